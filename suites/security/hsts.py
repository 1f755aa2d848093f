"""Strict-Transport-Security as browsers read it (RFC 6797 §6.1, §8.1)."""

from __future__ import annotations


def max_age_of(header: str) -> tuple[int | None, str]:
    """(max-age in seconds, why there is none). Of several headers only the first counts; a name twice spoils it."""
    first = header.replace("\n", ",").split(",")[0].strip()
    if not first:
        return None, "không có Strict-Transport-Security"
    found: dict[str, str] = {}
    for part in first.split(";"):
        name, _, value = part.partition("=")
        if not (name := name.strip().lower()):
            continue
        if name in found:
            return None, f"Strict-Transport-Security ghi {name} hai lần nên trình duyệt bỏ qua"
        found[name] = value.strip().strip('"')
    age = found.get("max-age", "")
    if not (age.isascii() and age.isdigit()):
        return None, f"Strict-Transport-Security không có max-age đọc được (“{first[:60]}”)"
    return int(age), ""
