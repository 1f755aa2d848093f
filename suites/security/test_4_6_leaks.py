"""4.6 Lộ thông tin."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.checks import check
from fixtures.leaks import LeaksRecord, ScriptsRead
from fixtures.pages import SiteRecord
from suites.security import versions
from suites.security.leak_findings import Answered, holed, judge
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, some_of
from toantrinh.observations.exchanges import Ended
from toantrinh.observations.leaks import PathAnswer, Provoked, State


@check("leak.versions")
def test_no_version_of_the_software(site: SiteRecord, leaks: LeaksRecord) -> None:
    """Tiêu đề phản hồi, cả của trang lỗi, và trang không nêu phiên bản máy chủ, khung lập trình."""
    versions.on_pages(site)
    versions.on_error_pages(leaks)
    versions.need_headers(site)


@check("leak.stack-traces")
def test_error_pages_show_no_trace(leaks: LeaksRecord) -> None:
    """Các lỗi 400, 404, 405, 500 gợi ra được đều là trang lỗi chung, không có vết lỗi hay lỗi cơ sở dữ liệu."""
    answers = [_error(one) for one in leaks.probes.provoked]
    judge(answers, leaks.exchanges, expected="mọi lỗi gợi ra là trang lỗi chung", evidence=leaks.evidence)


@check("leak.listings")
def test_no_folder_is_listed(leaks: LeaksRecord) -> None:
    """Địa chỉ thư mục không cho danh sách tệp."""
    answers = _paths(leaks.probes.listings)
    judge(answers, leaks.exchanges, expected="thư mục không bị liệt kê", evidence=leaks.evidence)


@check("leak.left-files")
def test_no_file_is_left_behind(leaks: LeaksRecord) -> None:
    """Danh sách ngắn các đường dẫn như .git, .env, tệp sao lưu đều trả về không thấy; xét theo nội dung."""
    answers = _paths(leaks.probes.left_files)
    judge(answers, leaks.exchanges, expected="không có tệp sót", evidence=leaks.evidence)


@check("leak.debug-pages")
def test_no_debug_page_is_open(leaks: LeaksRecord) -> None:
    """Trang gỡ lỗi, giám sát, tài liệu giao diện lập trình không mở cho mọi người."""
    answers = _paths(leaks.probes.debug_pages)
    judge(answers, leaks.exchanges, expected="trang nội bộ đóng với người ngoài", evidence=leaks.evidence)


@check("leak.source-maps")
def test_source_maps_leak_nothing(scripts: ScriptsRead) -> None:
    """Không có tệp bản đồ mã nguồn công khai chứa mã nguồn riêng hay khóa."""
    if not scripts.data.scripts:
        not_applicable("các trang đã xem không tải tệp mã nào")
    answers = []
    for script in scripts.data.scripts:
        found = script.source_map
        if found is None:
            continue
        what = f"{found.sources} tệp nguồn ({some_of(found.names, 3)})" if found.sources else ""
        if found.secrets:
            what = f"{what}, có bí mật: {some_of(found.secrets, 3)}"
        answers.append(Answered(found.address, found.state, found.exchange, what, found.why, found.shown))
    judge(answers, scripts.exchanges, expected="không có bản đồ mã nguồn công khai", evidence=scripts.evidence)
    _need_read(scripts)


@check("leak.known-holes")
def test_client_libraries_have_no_known_holes(scripts: ScriptsRead) -> None:
    """Phiên bản thư viện nhận ra được không nằm trong danh mục lỗ hổng có ghi ngày."""
    if not (scripts.data.scripts or scripts.data.running):
        not_applicable("các trang đã xem không tải tệp mã nào")
    rows = holed([*scripts.data.scripts, *scripts.data.running], scripts.advisories)
    expected = f"không bản nào có lỗ hổng trong danh mục ngày {scripts.advisories.date:%d/%m/%Y}"
    for certain in (True, False):
        chosen = [row for row in rows if row.certain is certain]
        if not chosen:
            continue
        asked = [scripts.exchanges.of(row.script.exchange).summary for row in chosen if row.script.exchange]
        words = [f"“{row.found.words}” ({row.script.address})" for row in chosen]
        names = sorted({f"{row.found.library}@{row.found.version}" for row in chosen})
        grounds = Grounds(
            expected=expected,
            seen="; ".join([some_of(words), some_of(asked)] if asked else [some_of(words)]),
            where=some_of(row.script.address for row in chosen),
            identity=f"leak.known-holes:{','.join(names)}",
            evidence=scripts.evidence,
        )
        said = some_of(row.said for row in chosen)
        if certain:
            fail(said, grounds)
        needs_review(f"cần người xem: {said}", grounds)
    _need_read(scripts)


def _error(one: Provoked) -> Answered:
    grave = [trace for trace in one.traces if trace.kind != "default-page"]
    what = some_of((f"{trace.name} “{trace.words}”" for trace in grave or one.traces), 2)
    return Answered(one.title, one.state, one.exchange, what, one.why, one.shown, half=not grave)


def _paths(answers: Sequence[PathAnswer]) -> list[Answered]:
    return [
        Answered(f"{one.title} {one.address}", one.state, one.exchange, one.what, one.why, one.shown) for one in answers
    ]


def _need_read(scripts: ScriptsRead) -> None:
    """Nothing is known of scripts that could not be read; those of hosts that may not be asked are others' matter, as
    long as there are more."""
    read = scripts.data.scripts
    if not read:
        return
    unread = [one for one in read if one.state is State.UNASKED]
    if len(unread) == len(read):
        not_tested(f"không đọc được tệp mã nào: {some_of((one.why for one in unread), 2)}")
    foreign = {one.address for one in scripts.exchanges.exchanges if one.ended is Ended.FOREIGN}
    if own := [one for one in unread if one.address not in foreign]:
        causes, names = some_of((one.why for one in own), 2), some_of(one.address for one in own)
        not_tested(f"{len(own)}/{len(read)} tệp mã chưa đọc được ({causes}): {names}")
    if left := scripts.data.left:
        not_tested(f"chỉ đọc {len(read)} tệp mã được nhiều trang tải nhất, còn {left} tệp chưa đọc")
