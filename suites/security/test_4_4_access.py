"""4.4 Phân quyền hồ sơ."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.trespass import Trespasses
from suites.security.access_findings import judge
from toantrinh.judgement import not_applicable, not_tested
from toantrinh.observations.trespass import Kind, Trespass


@check("access.other-citizen-reads-nothing")
def test_another_citizen_reads_nothing(trespasses: Trespasses) -> None:
    """Trang đã hiện dữ liệu của công dân A không hiện dữ liệu ấy với phiên của công dân B."""
    rows = _reads(trespasses, "citizen_b", Kind.PAGE, Kind.DATA)
    judge(rows, trespasses, "người dân khác đọc được hồ sơ của A")


@check("access.anonymous-sees-nothing")
def test_a_visitor_sees_nothing(trespasses: Trespasses) -> None:
    """Trang đã hiện dữ liệu của công dân A không hiện dữ liệu ấy với khách chưa đăng nhập."""
    rows = _reads(trespasses, "nobody", Kind.PAGE, Kind.DATA)
    judge(rows, trespasses, "chưa đăng nhập cũng đọc được hồ sơ của A")


@check("access.files-closed")
def test_files_are_the_owners_alone(trespasses: Trespasses) -> None:
    """Giấy tờ đính kèm, biên nhận, kết quả của A không tải được bằng phiên B hoặc khi chưa đăng nhập."""
    rows = _of_kind(trespasses, Kind.FILE)
    if not rows:
        not_tested(f"không thấy địa chỉ tệp nào của riêng A trong {trespasses.data.places} địa chỉ đã hỏi")
    _need_second(trespasses, rows)
    judge(rows, trespasses, "tệp của A tải được bởi người khác")


@check("access.data-answers-closed")
def test_data_answers_are_closed(trespasses: Trespasses) -> None:
    """Địa chỉ dữ liệu mà trang của A hỏi phía sau từ chối phiên B và khách."""
    rows = _of_kind(trespasses, Kind.DATA)
    if not rows:
        not_applicable("trang của hồ sơ không hỏi địa chỉ dữ liệu nào chứa dữ liệu của A")
    _need_second(trespasses, rows)
    judge(rows, trespasses, "địa chỉ dữ liệu trả hồ sơ của A cho người khác")


@check("access.identifiers-unguessable")
def test_identifiers_cannot_be_guessed(trespasses: Trespasses) -> None:
    """Đổi số thứ tự hoặc giải mã định danh của A không mở ra dữ liệu của ai."""
    if not trespasses.data.reads:
        not_tested(f"không địa chỉ nào trong {trespasses.data.places} địa chỉ đã hỏi hiện dữ liệu của A với chính A")
    judge(trespasses.data.neighbours, trespasses, "đếm tiếp định danh là mở được dữ liệu cá nhân")


@check("access.officer-pages-closed")
def test_officers_pages_are_closed(trespasses: Trespasses) -> None:
    """Trang mà cán bộ đã xem không mở cho người dân và khách."""
    rows = trespasses.data.officer_pages
    if not rows:
        not_tested("hành trình không tới được trang nào của cán bộ nên không có địa chỉ để hỏi")
    judge(rows, trespasses, "trang của cán bộ mở cho người không phải cán bộ")
    if trespasses.data.second_why:
        not_tested(trespasses.data.second_why)


def _of_kind(record: Trespasses, *kinds: Kind) -> list[Trespass]:
    return [one for one in record.data.reads if one.kind in kinds]


def _reads(record: Trespasses, role: str, *kinds: Kind) -> list[Trespass]:
    """What was asked as `role`; ends the check as open where nothing was."""
    rows = [one for one in _of_kind(record, *kinds) if one.role == role]
    if not rows and role == "citizen_b" and record.data.second_why:
        not_tested(record.data.second_why)
    if not rows:
        not_tested(f"không địa chỉ nào trong {record.data.places} địa chỉ đã hỏi hiện dữ liệu của A với chính A")
    return rows


def _need_second(record: Trespasses, rows: list[Trespass]) -> None:
    """What was asked as nobody alone answers only half of the question, unless it was shown even so."""
    judge([one for one in rows if one.role == "nobody"], record, "chưa đăng nhập cũng nhận được dữ liệu của A")
    if not any(one.role == "citizen_b" for one in rows):
        not_tested(record.data.second_why or "chưa hỏi được bằng phiên của công dân thứ hai")
