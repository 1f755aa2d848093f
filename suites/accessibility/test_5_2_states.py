"""5.2 WCAG 2.0 AA: biểu mẫu báo lỗi và trước khi nộp."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.tour import TourRecord
from suites.accessibility.suggestions import says_how_to_mend
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial
from toantrinh.verdicts import Evidence

WELL_SHOWN = 0.8  # of the answers: figures and choices may be written otherwise
HARDLY_SHOWN = 0.3


@check("reader.error-suggestion")
def test_error_messages_say_how_to_mend(tour: TourRecord) -> None:
    """Thông báo lỗi nói cách sửa (WCAG 3.3.3): dạng đúng hoặc giá trị nhận được, không chỉ "không hợp lệ"."""
    states = [state for state in tour.need().states if state.errors]
    said = [(state, one) for state in states for one in (state.errors.fields if state.errors else ()) if one.message]
    own = [(state, one) for state, one in said if not one.native]  # the browser's bubbles are not the system's words
    if not own:
        not_tested("chưa thấy thông báo lỗi nào của hệ thống khi gửi biểu mẫu sai")
    bare = [(state, one) for state, one in own if not says_how_to_mend(one)]
    tour.look_at(list({state.name: state for state, _ in bare or own}.values()))
    if not bare:
        return
    told = "; ".join(dict.fromkeys(f"“{one.message}” ở ô {one.label} ({state.name})" for state, one in bare))
    grounds = Grounds(
        expected="thông báo nêu dạng đúng, ví dụ hoặc giá trị nhận được",
        seen=told,
        where="; ".join(dict.fromkeys(f"{state.address} {one.selector}" for state, one in bare)),
        identity="+".join(sorted({one.kind for _, one in bare})),
    )
    if len(bare) == len(own):
        fail(f"không thông báo lỗi nào nói cách sửa: {told}", grounds)
    partial(1 - len(bare) / len(own), f"thông báo lỗi không nói cách sửa: {told}", grounds)


@check("reader.review-before-submit")
def test_dossier_is_reviewed_before_it_is_sent(tour: TourRecord) -> None:
    """Trước lần bấm cuối, người dân xem lại được những gì đã nhập và quay lại sửa được (WCAG 3.3.4)."""
    seen = tour.need()
    page = seen.review
    if page is None:
        not_tested(f"chưa tới trang trước khi nộp: {seen.stopped or 'hành trình dừng trước đó'}")
    total = len(page.shown) + len(page.missing)
    if not total:
        not_tested("chưa nhập gì để xem lại")
    if page.shot:
        tour.evidence.insert(0, Evidence(path=page.shot, title=f"Trước khi bấm “{page.pressed}”"))
    share = len(page.shown) / total
    mendable = bool(page.ways_back) or page.editable >= total
    lacking = ", ".join(dict.fromkeys(page.missing))
    grounds = Grounds(
        expected="trang trước nút nộp nêu lại mọi điều đã nhập và có đường quay lại sửa",
        seen=f"nêu {len(page.shown)}/{total} điều đã nhập; "
        + (f"sửa bằng: {', '.join(page.ways_back)}" if page.ways_back else "không thấy đường quay lại sửa"),
        where=f"{page.address} (nút “{page.pressed}”)",
        identity="review",
    )
    if share >= WELL_SHOWN and mendable:
        return
    if page.pays and share < WELL_SHOWN:
        not_tested(f"mới xem tới trang thanh toán “{page.heading}”; trang xem lại có thể ở sau đó", grounds)
    if share >= WELL_SHOWN:
        if tour.verified:
            partial(0.5, f"trang “{page.heading}” nêu lại điều đã nhập nhưng không có đường quay lại sửa", grounds)
        needs_review(f"trang “{page.heading}” không thấy đường quay lại sửa", grounds)
    if share < HARDLY_SHOWN and not page.papers and tour.verified:
        fail(f"bấm “{page.pressed}” là nộp mà không được xem lại: không thấy {lacking}", grounds)
    needs_review(f"trang “{page.heading}” không thấy nêu lại: {lacking}", grounds)
