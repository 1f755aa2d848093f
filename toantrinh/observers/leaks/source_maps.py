"""What the source map of a script gives away: sources of the system's own, and credentials in them."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from toantrinh.observations.leaks import SourceMap, State

MOST_NAMES = 5
COMMENT = re.compile(r"(?://|/\*)[#@]\s*sourceMappingURL=([^\s*'\"]+)")
OTHERS = re.compile(
    r"node_modules|bower_components|jspm_packages|webpack/(?:runtime|bootstrap|universal)|\(webpack\)|^external "
)
OWN = re.compile(r"webpack://|webpack-internal|ng://|(?:^|/)src/|\.(?:vue|tsx?|jsx|svelte)(?:\?|$)", re.I)
KEYS = (
    ("khóa riêng", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    ("khóa dịch vụ đám mây", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    (
        "chuỗi kết nối có mật khẩu",
        re.compile(r"\b(?:jdbc:\w+|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|redis|amqp)://[^\s\"'<>/@:]+:[^\s\"'<>@]+@"),
    ),
)
SETTING = re.compile(
    r"\b([\w-]{0,40}(?:password|passwd|mat_?khau|secret|api_?key|access_?token|private_?key)[\w-]{0,40})[\"']?\s*[:=]\s*[\"']([^\"'\s]{8,})[\"']",
    re.I,
)


def address_in(text: str, header: str = "") -> str:
    """Where a script says that its map is: the last comment counts (ECMA-426), then the SourceMap header."""
    found = COMMENT.findall(text)
    return found[-1] if found else header


def inline_of(address: str) -> bytes | None:
    """The map that stands in a `data:` address; None where it cannot be read."""
    head, _, data = address.partition(",")
    try:
        return base64.b64decode(data) if ";base64" in head else unquote_to_bytes(data)
    except (binascii.Error, ValueError):
        return None


def judged(content: bytes, address: str, exchange: int, *, of_library: bool) -> SourceMap | None:
    """What a map gives away; None when the content is no source map. `of_library`: the script is a known library."""
    data = _read(content)
    if data is None:
        return None
    sources = [str(one) for one in data.get("sources") or ()]
    contents = data.get("sourcesContent") or ()
    told = [
        (name, text)
        for name, text in zip(sources, [*contents, *[None] * len(sources)], strict=False)
        if isinstance(text, str) and text.strip() and not OTHERS.search(name)
    ]
    secrets = [f"{what} ({name})" for name, text in told for what in secrets_in(text)]
    facts = SourceMap(
        address=address if not address.startswith("data:") else "(trong chính tệp)",
        exchange=exchange,
        state=State.CLEAN,
        sources=len(told),
        names=tuple(name for name, _ in told[:MOST_NAMES]),
        secrets=tuple(dict.fromkeys(secrets))[:MOST_NAMES],
        foreign=of_library or not told,
    )
    if facts.secrets or (told and not facts.foreign and any(OWN.search(name) for name, _ in told)):
        return facts.model_copy(update={"state": State.FOUND})
    if told and not facts.foreign:
        return facts.model_copy(update={"state": State.UNSURE})
    return facts


def secrets_in(text: str) -> list[str]:
    """What looks like a credential in a source, named without its value. Words and placeholders are none."""
    found = [name for name, pattern in KEYS if pattern.search(text)]
    for hit in SETTING.finditer(text):
        name, value = hit.groups()
        mixed = re.search(r"\d", value) and re.search(r"[a-zA-Z]", value)
        if mixed and not re.search(r"[{}$<>()]|^(?:https?:|/)|example|xxx|process\.env", value, re.I):
            found.append(f"giá trị của “{name}”")
    return found


def _read(content: bytes) -> Mapping[str, Any] | None:
    text = content.decode("utf-8", "replace").lstrip("\ufeff")
    text = re.sub(r"\A\)\]\}'[^\n]*\n", "", text)
    try:
        data = json.loads(text)
    except ValueError:
        return None
    whole = isinstance(data, dict) and "mappings" in data and isinstance(data.get("sources"), list)
    return data if whole else None
