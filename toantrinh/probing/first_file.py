"""The first system file of a portal: what was found, what is unsure, what a person must add.

Links that a person would find by their words are only told of, never written as `paths:`, so that a run goes on finding
them as a citizen does, and notices when they go.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import yaml

from toantrinh.probing.found import PortalSeen, ServiceSeen, Way

WIDTH = 118
MANY = 100_000
PAGE_OF = {
    "service-list": "search", "look-up": "lookup", "log-in": "log-in", "notices": "notices",
    "my-dossiers": "my-dossiers", "document-store": "store", "guide": "guide", "questions": "questions",
    "feedback": "feedback", "figures": "figures", "site-map": "site-map", "foreign-language": "english",
}  # fmt: skip
"""The page of `paths:` for each intent that leads to one."""
BEHIND_LOG_IN = ("notices", "my-dossiers", "store")


def first_file(seen: PortalSeen, today: datetime.date) -> str:
    """The system file, as YAML text with comments in Vietnamese."""
    return "\n".join([*_head(seen, today), *_identity(seen), *_pages(seen), *_log_in(seen), *_services(seen), ""])


def scalar(text: str) -> str:
    """`text` as a YAML scalar that fits anywhere, in one line."""
    return yaml.safe_dump([" ".join(text.split())], allow_unicode=True, default_flow_style=True, width=MANY)[1:-2]


def _note(text: str) -> str:
    return "# " + " ".join(text.split())


def _head(seen: PortalSeen, today: datetime.date) -> Iterator[str]:
    yield _note(f"Tệp hệ thống đầu tiên, do `toantrinh probe {seen.base_url}` viết ngày {today:%d/%m/%Y}.")
    yield _note("Chỉ đọc những trang ai cũng xem được: không đăng nhập, không gửi gì, không sang máy chủ khác.")
    yield _note(
        "“kiểm tra lại” là điều chưa chắc, “điền” là điều người phải thêm. Xong thì: toantrinh check <tệp này>."
    )
    yield _note("Mọi khóa được giải thích trong docs/system-files.md.")


def _identity(seen: PortalSeen) -> Iterator[str]:
    yield f"name: {scalar(seen.name)}  # kiểm tra lại: đọc từ tiêu đề và phần đầu trang chủ"
    unsure = "" if seen.kind != "other" else "  # điền: ministry, province hoặc national"
    yield f"kind: {seen.kind}{unsure or '  # kiểm tra lại: đoán theo tên'}"
    yield f"base_url: {seen.base_url}"
    yield from _platform(seen)
    yield _note(f"Chân trang: cơ quan chủ quản “{seen.owner}”" if seen.owner else "Không thấy tên cơ quan chủ quản.")
    yield _note(f"Đường dây hỗ trợ: {seen.hotline}" if seen.hotline else "Không thấy số điện thoại hỗ trợ.")
    yield from _emc(seen)
    yield from _hosts(seen)


def _platform(seen: PortalSeen) -> Iterator[str]:
    guess = seen.platform
    why = "; ".join(guess.facts)
    if guess.name != "generic" and guess.sure:
        yield f"platform: {guess.name}  # kiểm tra lại: {why}"
    else:
        yield "platform: generic"
        if guess.facts:
            yield _note(f"kiểm tra lại: có thể là {guess.name} ({why})")
    if guess.hints:
        yield _note(f"Trang mang dấu vết của {', '.join(guess.hints)}.")


def _emc(seen: PortalSeen) -> Iterator[str]:
    tag = seen.tag
    if tag.site_ids:
        more = f"; trang còn có mã {', '.join(tag.site_ids[1:])}" if len(tag.site_ids) > 1 else ""
        yield f'emc: {{site_id: "{tag.site_ids[0]}"}}  # kiểm tra lại: mã trong thẻ đo, so với mã đã đăng ký{more}'
    else:
        yield _note(
            'điền: emc: {site_id: "…"}'
            + ("  (có thẻ đo, không đọc được mã)" if tag.present else "  (không thấy thẻ đo EMC)")
        )
    if tag.collectors:
        yield _note(f"Thẻ đo gửi về {', '.join(tag.collectors)}; máy chủ ấy không cần liệt kê trong hosts.")


def _hosts(seen: PortalSeen) -> Iterator[str]:
    own = seen.base_url.split("://")[1].split(":")[0]
    doors = [host.split(":")[0] for host in seen.log_in.leads_to if host.split(":")[0] != own]
    reasons = {host: "trang dùng tệp của máy chủ này" for host in seen.needed_hosts}
    reasons |= {host: "đăng nhập chuyển sang đây" for host in doors}
    if reasons:
        yield "hosts:  # điền thêm: cổng thanh toán, ký số, kho tệp"
        for host, why in reasons.items():
            yield f"  - {scalar(host)}  # kiểm tra lại: {why}"
    else:
        yield _note("điền: hosts: [máy chủ đăng nhập, thanh toán, ký số nếu ở nơi khác]")
    if seen.other_hosts:
        yield _note(f"Chỉ đếm lượt xem, không cần: {', '.join(seen.other_hosts)}")


def _pages(seen: PortalSeen) -> Iterator[str]:
    yield ""
    yield _note(
        "Các trang. Trang tìm thấy theo chữ của liên kết thì không cần khai; trang chưa thấy thì điền đường dẫn."
    )
    yield _note(
        f"Ô tìm kiếm: “{seen.search_field}”"
        if seen.search_field
        else "điền: labels: {search-field: [chữ cạnh ô tìm thủ tục]}"
    )
    missing: list[str] = []
    for way in (seen.services_at, *seen.pages, seen.log_in.way):
        page = PAGE_OF.get(way.intent)
        if way.found:
            yield _note(f"{way.intent}: {_place(way, seen)} (“{way.by}”)")
        elif page:
            missing.append(page)
    if seen.code_field:
        captcha = ", có mã bảo mật" if seen.look_up_captcha else ""
        yield _note(f"Ô tra cứu: “{seen.code_field}”{captcha}")
    elif seen.way("look-up").found:
        yield _note("kiểm tra lại: trang tra cứu không thấy ô mã hồ sơ; điền labels: {dossier-code: [chữ cạnh ô]}")
    if seen.look_up_captcha or seen.log_in.captcha:
        yield _note(
            "điền: captcha: {answer: env:TEN_BIEN} nếu có mã bảo mật cố định để thử; hoặc chạy với --interactive"
        )
    yield _note("paths:")
    for page in [*missing, "officer"]:
        behind = "  (thường chỉ thấy sau khi đăng nhập)" if page in BEHIND_LOG_IN else ""
        yield f"#   {page}: /…  # điền{behind or _officer(page)}"
    for what in (*seen.unseen, *(f"không thực hiện {one}, vì lần xem này chỉ đọc" for one in seen.stopped)):
        yield _note(f"kiểm tra lại: {what}")


def _officer(page: str) -> str:
    return "  (trang của cán bộ, khi có tài khoản cán bộ)" if page == "officer" else ""


def _place(way: Way, seen: PortalSeen) -> str:
    return way.address.removeprefix(seen.base_url) or "/" if way.address else "nút, không có địa chỉ"


def _log_in(seen: PortalSeen) -> Iterator[str]:
    door = seen.log_in
    yield ""
    if not door.way.found:
        yield _note("kiểm tra lại: trang chủ không có lối đăng nhập; điền labels: {log-in: [chữ của nút]}")
    if door.offers:
        yield _note(f"Cách đăng nhập: {'; '.join(door.offers)}")
    if door.leads_to:
        yield _note(f"Đăng nhập chuyển sang {', '.join(door.leads_to)} (chỉ ghi tên, chưa vào).")
    yield _note("điền: tài khoản thử. Bí mật không đứng trong tệp, chỉ tên biến môi trường hay keyring.")
    yield "# accounts:"
    yield "#   citizen: {username: env:TEN_DANG_NHAP, password: env:MAT_KHAU, otp_secret: env:KHOA_OTP}"
    yield "#   # hoặc: citizen: {session: true}, và người đăng nhập một lần bằng VNeID: toantrinh login <tên hệ thống>"
    if not _on_this_machine(seen.base_url):
        yield _note("điền: ai cho phép nộp hồ sơ thử; không có thì hệ thống chỉ được đọc.")
        yield "# authorisation: {by: …, document: …, until: 2026-12-31, allows: [submit]}"
    yield _note("điền: phiên hết hạn sau bao nhiêu phút không dùng, theo đơn vị vận hành:")
    yield "# session: {idle_minutes: …}"
    yield _note("điền khi đã xem hết các bước; chưa có thì điều không thấy chỉ là needs-review:")
    yield "# verified: {by: …, date: …}"


def _on_this_machine(base_url: str) -> bool:
    from toantrinh.system_model import is_loopback

    return is_loopback(base_url)


def _services(seen: PortalSeen) -> Iterator[str]:
    yield ""
    whole = (
        f"Trang danh sách ghi {seen.total} thủ tục; đây là vài thủ tục đầu."
        if seen.total
        else "Vài thủ tục đầu danh sách."
    )
    whole_codes = [service for service in seen.services if service.code]
    if not whole_codes:
        yield _note("điền: chưa đọc được thủ tục nào có mã; mỗi dịch vụ một dòng:")
        yield _note("services:")
        yield _note('  - {code: "1.001193", name: Thủ tục đăng ký khai sinh, declared: toàn trình, fee: 8000}')
    else:
        yield _note(f"{whole} điền thêm: những dịch vụ cần thử.")
        yield "services:"
        for service in whole_codes:
            yield from _service(service)
    for service in seen.services:
        if not service.code:
            yield _note(f"kiểm tra lại: “{service.name}” ({service.address}) không cho thấy mã thủ tục")


def _service(service: ServiceSeen) -> Iterator[str]:
    unsure = []
    level = service.level
    if not level:
        level = "một phần" if service.apply else "thông tin"
        unsure.append("trang không ghi mức độ")
    if not service.apply and level != "thông tin":
        unsure.append("không thấy nút nộp trực tuyến")
    if service.fee is None:
        unsure.append(f"phí: trang ghi “{service.fee_text}”" if service.fee_text else "trang không ghi phí")
    if len(service.labels) < 3:
        unsure.append("trang này có ít mục của một thủ tục")
    yield f'  - code: "{service.code}"' + (f"  # kiểm tra lại: {'; '.join(unsure)}" if unsure else "")
    yield f"    name: {scalar(service.name)}"
    yield f"    declared: {level}"
    if service.fee is not None:
        yield f"    fee: {service.fee}"
    yield f"    # {service.address}" + (f" (nút “{service.apply}”)" if service.apply else "")
