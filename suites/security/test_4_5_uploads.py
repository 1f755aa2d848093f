"""4.5 Dữ liệu đầu vào: tệp tải lên và tải về."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from fixtures.checks import check
from fixtures.uploads import UploadsSeen
from suites.security.download_findings import judge_downloads
from suites.security.upload_findings import Found, end, judge, judged, unseen
from toantrinh.observations.exchanges import Ended
from toantrinh.observations.leaks import State
from toantrinh.observations.uploads import FileTried, Group, Returned, Serving

EXECUTABLE = re.compile(
    r"\.(exe|com|scr|bat|cmd|msi|jar|hta|lnk|ps1|vbs|js|docm|xlsm|php|phtml|aspx?|jsp|html?|svg)$", re.I
)
RUNNING = ("application/x-msdownload", "application/x-dosexec", "application/vnd.microsoft.portable-executable")
MACRO = "application/vnd.ms-word.document.macroenabled.12"
ACTIVE = ("text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml")
DOCUMENT = re.compile(r"application/(pdf|msword|vnd\.openxml)|image/(?!svg)")
SLOWER, SLOW_MS = 10, 5_000


@check("input.disguised-uploads-refused")
def test_disguised_executables_are_refused(uploads: UploadsSeen) -> None:
    """Tệp hai phần mở rộng, sai chữ ký nội dung, tài liệu có macro không được nhận và trả lại như tài liệu thật.

    ASVS V12.2.1 asks for the type to be checked by content: a program that comes back as the document it claims to be,
    or under a name that runs, shows that nobody did. What is kept as mere bytes (octet-stream, attachment) endangers
    nobody who opens it here; whether it should be there at all is for a person.
    """
    judge(
        uploads,
        (Group.DISGUISED,),
        _disguised,
        "tệp ngụy trang được nhận",
        "tệp có nội dung không đúng loại bị từ chối",
    )


@check("input.script-uploads-refused")
def test_script_bearing_uploads_are_harmless(uploads: UploadsSeen) -> None:
    """SVG, HTML có mã bị từ chối, hoặc mở lại thì mã không chạy ở nguồn gốc của hệ thống."""
    expected = "bị từ chối, hoặc chỉ tải về, hoặc không chạy được"
    judge(uploads, (Group.SCRIPT,), _script, "mã kịch bản trong tệp tải lên chạy được", expected)
    for tried in uploads.data.of(Group.SCRIPT):
        if tried.accepted:
            uploads.remark(f"{tried.about} được nhận; mở lại thì vô hại, nhưng loại tệp này không nên được nhận")


@check("input.harmful-uploads-refused")
def test_harmful_uploads_are_refused(uploads: UploadsSeen) -> None:
    """Tệp thử EICAR không nằm lại trong hệ thống; tệp phình không làm hệ thống ngừng phục vụ."""
    uploads.need_files()
    rows = []
    for tried in uploads.data.of(Group.HARMFUL):
        if tried.inflated:
            rows.append(_inflated(uploads, tried))
            if rows[-1].state is State.CLEAN and tried.accepted:
                uploads.remark(
                    f"{tried.about}: {tried.size} byte thành {tried.inflated} byte, được nhận, hệ thống vẫn phục vụ"
                )
        else:
            rows.append(judged(uploads, tried, lambda one: _virus(uploads, one)))
    end(uploads, rows, "tệp có hại ở lại hệ thống", "tệp thử vi-rút bị từ chối hoặc bị gỡ; hệ thống vẫn phục vụ")


@check("input.file-names-held")
def test_file_names_are_held(uploads: UploadsSeen) -> None:
    """Tên tệp có ../, đường dẫn, NUL, xuống dòng, dấu nháy, thẻ HTML, quá dài không đi ra ngoài chỗ của nó.

    An error of the server (5xx) for a strange name changes nothing and shows nothing: it is for a person.
    """
    uploads.need_files()
    good = uploads.data.before
    rows = [
        _broken(tried) or judged(uploads, tried, lambda one: _named(one, good)) for tried in uploads.data.of(Group.NAME)
    ]
    expected = "tên được làm sạch hoặc do máy chủ đặt, hiện ra dưới dạng chữ"
    end(uploads, rows, "tên tệp tải lên không được làm sạch", expected)
    for tried in uploads.data.of(Group.NAME):
        if any("\\u202e" in name for name in (tried.listed, *(one.name for one in tried.returned))):
            uploads.remark(f"{tried.about}: ký tự đảo chiều được giữ nguyên, tên hiện ra có thể đánh lừa người đọc")


@check("input.safe-downloads")
def test_downloads_are_safe(uploads: UploadsSeen) -> None:
    """Tệp của hồ sơ được trả với kiểu đúng, nosniff, và attachment khi là loại trình duyệt sẽ chạy."""
    judge_downloads(uploads)


def _disguised(tried: FileTried) -> Found:
    came = [one for one in tried.returned if one.came]
    for one in came:
        if one.executed:
            return Found(State.FOUND, tried, f"máy chủ chạy {tried.about}", one)
        if one.same is False:
            if one.media_type in ACTIVE:
                return Found(State.UNSURE, tried, f"{tried.about} được nhận, mở lại thì ra một trang khác", one)
            continue
        name = one.name or _name_at(one.address, tried)
        if EXECUTABLE.search(name) or one.media_type in (*RUNNING, MACRO, *ACTIVE):
            words = f"{tried.about} được nhận và trả lại dưới tên “{name}”, kiểu {one.media_type or 'không khai'}"
            return Found(State.FOUND, tried, words, one)
        if DOCUMENT.match(one.media_type) and tried.key != "hidden-macro":
            return Found(State.FOUND, tried, f"{tried.about} được nhận và trả lại như {one.media_type}", one)
        return Found(
            State.UNSURE, tried, f"{tried.about} được nhận, trả lại như {one.media_type or 'không khai kiểu'}", one
        )
    return Found(State.CLEAN, tried) if came else unseen(tried)


def _name_at(address: str, tried: FileTried) -> str:
    """The last part of an address that ends as the file's own name does; what gives files out may itself be named
    `.aspx` or `.php`."""
    name = unquote(PurePosixPath(urlsplit(address).path).name)
    return name if PurePosixPath(name).suffix == PurePosixPath(tried.file).suffix else ""


def _script(tried: FileTried) -> Found:
    if tried.ran_in_page:
        return Found(State.FOUND, tried, f"{tried.about} chạy ngay trong trang giấy tờ")
    for one in tried.returned:
        if one.ran:
            return Found(State.FOUND, tried, f"{tried.about} mở ra thì chạy ở {one.ran_in}, kiểu {one.media_type}", one)
    told = [one for one in tried.returned if one.came or one.elsewhere]
    for one in told:
        if one.elsewhere or one.attached or one.same is False or one.media_type not in ACTIVE or one.policy:
            continue
        words = f"{tried.about} trả về như {one.media_type} để mở trong trình duyệt, dù mã không chạy khi thử"
        return Found(State.UNSURE, tried, words, one)
    return Found(State.CLEAN, tried) if told else unseen(tried)


def _virus(record: UploadsSeen, tried: FileTried) -> Found:
    """ASVS V12.4.2 wants known malware neither kept nor served. A scan may come after the upload: the file counts when
    it was still given to its owner, byte for byte, after the time that the visit leaves to a scan, and no word of the
    page says that it waits for one."""
    later = next((one for one in record.data.later if one.key == tried.key), None)
    if later is None or later.there is None:
        return Found(State.UNSURE, tried, f"{tried.about} được nhận, cuối lần thử không nhìn lại được")
    if not later.there:
        record.remark(f"{tried.about} được nhận rồi không còn khi nhìn lại")
        return Found(State.CLEAN, tried)
    if later.scanning:
        return Found(State.UNSURE, tried, f"{tried.about} được nhận, trang ghi “{later.scanning}”", later.returned)
    if later.returned is None or later.returned.same is not True:
        words = f"{tried.about} được nhận, không nhận lại được đúng nội dung đã gửi"
        return Found(State.UNSURE, tried, words, later.returned)
    words = f"{tried.about} được nhận, cuối lần thử vẫn còn nguyên và được trả lại (hệ thống có thể quét muộn hơn)"
    return Found(State.FOUND, tried, words, later.returned)


def _inflated(record: UploadsSeen, tried: FileTried) -> Found:
    """What counts is that the system still serves, whether it took the archive or not: an answer of 5xx to the archive
    may be how the system refuses it, and is for a person."""
    size = f"{tried.about} ({tried.size} byte, giải nén {tried.inflated} byte)"
    for one in record.data.serving:
        exchange = record.data.exchanges.of(one.exchange)
        broken = exchange.ended in (Ended.DROPPED, Ended.SILENT) or (one.status or 0) >= 500
        if one.before_ms is not None and broken:
            said = f"HTTP {one.status}" if one.status else one.why
            return Found(State.FOUND, tried, f"sau {size}, {one.address} ngừng phục vụ ({said})")
        if _slowed(one):
            words = f"sau {size}, {one.address} chậm đi từ {one.before_ms:.0f} ms thành {one.after_ms:.0f} ms"
            return Found(State.UNSURE, tried, words)
    if tried.status is not None and tried.status >= 500:
        words = f"máy chủ lỗi {tried.status} khi nhận {size}; sau đó hệ thống không ngừng phục vụ"
        return Found(State.UNSURE, tried, words)
    if tried.accepted:
        unknown = [one for one in record.data.serving if one.before_ms is None or one.status is None]
        if unknown or not record.data.serving:
            return Found(State.UNASKED, tried, f"{size} được nhận, chưa hỏi được hệ thống còn phục vụ không")
        return Found(State.CLEAN, tried)
    return judged(record, tried, lambda one: Found(State.CLEAN, one))


def _slowed(one: Serving) -> bool:
    return bool(one.before_ms and one.after_ms and one.after_ms > max(SLOWER * one.before_ms, SLOW_MS))


def _broken(tried: FileTried) -> Found | None:
    if tried.element or tried.ran_in_page or not (tried.broke or (tried.status or 0) >= 500):
        return None
    said = f"máy chủ lỗi {tried.status}" if tried.status else tried.broke
    return Found(State.UNSURE, tried, f"{tried.about}: {said}")


def _named(tried: FileTried, good: FileTried | None) -> Found:
    if tried.element or tried.ran_in_page:
        return Found(State.FOUND, tried, f"{tried.about} trở thành phần tử của trang")
    for one in tried.returned:
        if one.injected:
            return Found(State.FOUND, tried, f"{tried.about} chèn được tiêu đề vào câu trả lời", one)
        if path := _path_in(tried, one, good):
            return Found(State.FOUND, tried, f"{tried.about}: {path}", one)
    if (lost := next((one for one in tried.returned if not one.well_formed), None)) is not None:
        return Found(State.UNSURE, tried, f"{tried.about}: Content-Disposition sai cú pháp “{lost.disposition}”", lost)
    if tried.key in PATHS and f"{PATHS[tried.key]}{_token(tried)}" in tried.listed:
        return Found(State.UNSURE, tried, f"{tried.about}: trang hiện “{tried.listed}”")
    if tried.returned and not any(one.came or one.elsewhere for one in tried.returned):
        return unseen(tried)
    return Found(State.CLEAN, tried)


PATHS = {"path-up": "../", "absolute-path": "/tmp/"}


def _token(tried: FileTried) -> str:
    return tried.file.rsplit("/", 1)[-1].split("-")[0]


def _path_in(tried: FileTried, one: Returned, good: FileTried | None) -> str:
    """How the file's own path shows in its address or its header; empty when it does not."""
    if tried.key not in PATHS:
        return ""
    wanted, token = PATHS[tried.key], _token(tried)
    if f"{wanted}{token}" in one.name:
        return f"Content-Disposition trả lại “{one.name}”"
    place = unquote(urlsplit(one.address).path)
    if f"{wanted}{token}" in place:
        return f"đường dẫn tải về dùng nguyên tên ({place})"
    usual = (
        next((PurePosixPath(unquote(urlsplit(r.address).path)) for r in good.returned if r.came), None)
        if good
        else None
    )
    folder = PurePosixPath(place).parent
    if usual and one.came and token in place and good and _token(good) in usual.name and folder in usual.parent.parents:
        return f"tệp nằm ở {folder}, ngoài {usual.parent}"
    return ""
