"""What a probe and a rehearsal say in the terminal, in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator

from toantrinh.probing.found import PortalSeen
from toantrinh.probing.rehearsal import Rehearsed, Sight

PAGES = {
    "look-up": "tra cứu hồ sơ", "notices": "thông báo", "my-dossiers": "hồ sơ của tôi", "document-store": "kho giấy tờ",
    "guide": "hướng dẫn", "questions": "hỏi đáp", "feedback": "phản ánh kiến nghị", "figures": "số liệu",
    "site-map": "sơ đồ cổng", "foreign-language": "tiếng Anh",
}  # fmt: skip


def summary(seen: PortalSeen) -> Iterator[str]:
    """Lines of at most what fits a terminal: what was found, and what was not."""
    yield f"{seen.name} – {seen.base_url} (xem trong {seen.seconds:.1f} giây)"
    platform = seen.platform
    sure = platform.name if platform.sure or platform.name == "generic" else f"có thể {platform.name}"
    yield _line("nền tảng", f"{sure}{_because(platform.facts or platform.hints)}")
    yield _line("ô tìm kiếm", f"“{seen.search_field}”" if seen.search_field else "")
    found = (
        f"{seen.services_at.address}{f', {seen.total} thủ tục' if seen.total else ''}" if seen.services_at.found else ""
    )
    yield _line("danh sách", found)
    for service in seen.services:
        fee = "phí ?" if service.fee is None else f"phí {service.fee:,}".replace(",", ".")
        yield _line(
            "  dịch vụ", f"{service.code or 'mã ?'}  {service.name[:70]}  ({service.level or 'mức độ ?'}, {fee})"
        )
    yield _line("đăng nhập", _door(seen))
    captcha = ", có mã bảo mật" if seen.look_up_captcha else ""
    yield _line("tra cứu", f"ô “{seen.code_field}”{captcha}" if seen.code_field else "")
    there = [PAGES[way.intent] for way in seen.pages if way.found and way.intent != "look-up"]
    gone = [PAGES[way.intent] for way in seen.pages if not way.found]
    yield _line("có trang", ", ".join(there))
    if gone:
        yield _line("chưa thấy", ", ".join(gone))
    yield _line("chủ quản", ", ".join(part for part in (seen.owner, seen.hotline) if part))
    tag = seen.tag
    yield _line(
        "thẻ EMC",
        f"mã {', '.join(tag.site_ids) or '?'}, gửi về {', '.join(tag.collectors) or '?'}" if tag.present else "",
    )
    for host in seen.needed_hosts:
        yield _line("máy chủ", f"{host} (trang cần, đã ghi vào hosts)")
    for what in (*seen.unseen, *seen.stopped):
        yield _line("kiểm tra", what)


SIGHTS = {Sight.FOUND: "thấy", Sight.NOT_FOUND: "KHÔNG THẤY", Sight.NOT_LOOKED: "không xem"}


def table(rows: tuple[Rehearsed, ...]) -> Iterator[str]:
    """One line for each step of a rehearsal: whether it was found, and by which words or why not."""
    for row in rows:
        yield f"  {row.step:<22}{SIGHTS[row.sight]:<12}{row.by}"


def _line(what: str, said: str) -> str:
    return f"  {what:<12}{said or 'không thấy'}"


def _because(facts: tuple[str, ...]) -> str:
    return f" ({'; '.join(facts)})" if facts else ""


def _door(seen: PortalSeen) -> str:
    door = seen.log_in
    if not door.way.found:
        return ""
    to = f" → {', '.join(door.leads_to)}" if door.leads_to else ""
    ways = f": {'; '.join(door.offers)}" if door.offers else ": tài khoản và mật khẩu" if door.asks_password else ""
    return f"“{door.way.by}”{ways}{to}"
