"""4.5 Dữ liệu đầu vào: dấu thử vô hại."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.markers import Markers
from suites.security.marker_findings import judge, need_sent, need_shown, read
from toantrinh.judgement import needs_review, not_tested
from toantrinh.observations.markers import Kind


@check("input.markers-escaped")
def test_what_was_typed_comes_back_as_text(markers: Markers) -> None:
    """Dấu thử vô hại ở ô chữ, tên tệp, tham số, tiêu đề không thành mã ở trang nào của người dân."""
    pages = judge(markers, Kind.PAGE, what="nội dung đã nhập không được mã hóa khi hiện lại")
    need_sent(markers)
    if not read(pages):
        not_tested(f"không xem được trang nào sau khi nộp: {markers.data.own_why}")
    if markers.data.own_why:
        not_tested(f"chưa xem hết trang của người dân: {markers.data.own_why}")
    if markers.data.questions_why:
        not_tested(f"chưa hỏi hết tham số, tiêu đề: {markers.data.questions_why}")
    need_shown(markers, read(pages), "trang của người dân")


@check("input.markers-escaped-for-officer")
def test_officers_see_text(markers: Markers) -> None:
    """Dấu thử vô hại hiện thành chữ ở danh sách và trang hồ sơ của cán bộ."""
    pages = judge(markers, Kind.OFFICER, what="nội dung người dân nhập không được mã hóa ở trang cán bộ")
    need_sent(markers)
    if markers.data.officer_why:
        not_tested(f"chưa xem được hồ sơ ở phía cán bộ: {markers.data.officer_why}")
    if not read(pages):
        not_tested("không xem được trang nào của cán bộ")
    need_shown(markers, read(pages), "trang của cán bộ")


@check("input.markers-escaped-in-papers")
def test_papers_and_notices_show_text(markers: Markers) -> None:
    """Dấu thử vô hại hiện thành chữ trong biên nhận, bản in và thông báo."""
    pages = judge(markers, Kind.PAPER, Kind.NOTICE, what="nội dung đã nhập không được mã hóa trong giấy tờ, thông báo")
    need_sent(markers)
    data = markers.data
    if unread := [one for one in pages if one.why and one.kind is Kind.PAPER]:
        needs_review(f"cần người xem “{unread[0].title}” ({unread[0].address}): {unread[0].why}")
    if why := "; ".join(why for why in (data.papers_why, data.notices_why) if why):
        not_tested(f"chưa xem hết giấy tờ, thông báo về hồ sơ: {why}")
    if not read(pages):
        not_tested("không thấy đường đến giấy nào do hệ thống lập, cũng không thấy thông báo")
    need_shown(markers, read(pages), "giấy tờ đọc được, thông báo")
