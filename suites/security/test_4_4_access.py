"""4.4 Phân quyền hồ sơ."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.trespass import Trespasses
from suites.security.access_findings import judge, judge_changes
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, some_of
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import Kind, Trespass
from toantrinh.verdicts import Evidence


@check("access.other-citizen-reads-nothing")
def test_another_citizen_reads_nothing(trespasses: Trespasses) -> None:
    """Trang đã hiện dữ liệu của công dân A không hiện dữ liệu ấy với phiên của công dân B."""
    rows = _reads(trespasses, "citizen_b", Kind.PAGE, Kind.DATA)
    judge(rows, trespasses, "người dân khác đọc được hồ sơ của A")


@check("access.other-citizen-changes-nothing")
def test_another_citizen_changes_nothing(trespasses: Trespasses) -> None:
    """Thao tác ghi trên hồ sơ của A bằng phiên của B bị từ chối và hồ sơ không đổi."""
    judge_changes(trespasses)


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
    if not rows and (left := trespasses.data.unheard):
        not_tested(f"{len(left)} địa chỉ dữ liệu của trang không hỏi lại được: {some_of(left, 2)}")
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
    if trespasses.data.neighbours and trespasses.data.second_why:
        not_tested(trespasses.data.second_why)


@check("access.officer-pages-closed")
def test_officers_pages_are_closed(trespasses: Trespasses) -> None:
    """Trang mà cán bộ đã xem không mở cho người dân và khách."""
    rows = trespasses.data.officer_pages
    if not rows:
        not_tested("hành trình không tới được trang nào của cán bộ nên không có địa chỉ để hỏi")
    judge(rows, trespasses, "trang của cán bộ mở cho người không phải cán bộ")
    if trespasses.data.second_why:
        not_tested(trespasses.data.second_why)


@check("access.lookup-minimum")
def test_the_lookup_shows_the_minimum(trespasses: Trespasses) -> None:
    """Tra cứu công khai bằng mã của A không hiện dữ liệu cá nhân của A, cả trong dữ liệu phía sau trang."""
    found = trespasses.data.lookup
    if found is None or found.state is State.UNASKED:
        not_tested(f"chưa tra cứu được hồ sơ của A: {found.why if found else 'chưa hỏi'}")
    if found.picture:
        trespasses.evidence.append(Evidence(path=found.picture, title="Kết quả tra cứu công khai"))
    where = f" (chỉ trong dữ liệu phía sau trang: {', '.join(found.only_in_data)})" if found.only_in_data else ""
    grounds = Grounds(
        expected="chỉ có mã, tên thủ tục, trạng thái, ngày, đơn vị",
        seen=f"khách chưa đăng nhập tra cứu mã {trespasses.data.dossier} thấy {', '.join(found.seen)}{where}",
        where=found.address,
        evidence=trespasses.evidence,
    )
    if found.state is State.FOUND:
        fail(f"tra cứu công khai hiện {', '.join(found.seen)} của người nộp{where}", grounds)
    if found.state is State.UNSURE:
        needs_review(f"cần người xem: tra cứu công khai {found.why}", grounds)


@check("access.captcha-once")
def test_a_captcha_answer_works_once(trespasses: Trespasses) -> None:
    """Gửi lại yêu cầu tra cứu với câu trả lời captcha đã dùng thì bị từ chối."""
    again = trespasses.data.captcha
    if again is None or (again.state is State.UNASKED and again.asked):
        not_tested(f"chưa gửi lại được câu trả lời captcha: {again.why if again else 'chưa hỏi'}")
    if not again.asked:
        not_applicable(again.why)
    if again.state is State.FOUND:
        exchange = trespasses.exchanges.of(again.exchange)
        shown = Evidence(path=again.shown, title="Trao đổi: tra cứu lần thứ hai", kind="observation")
        fail(
            "câu trả lời captcha đã dùng vẫn tra cứu được lần nữa",
            Grounds(
                expected="câu trả lời captcha chỉ dùng được một lần",
                seen=f"{exchange.summary}; làm lại: {exchange.curl}",
                where=exchange.address,
                evidence=[shown, *trespasses.evidence],
            ),
        )


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
