"""Pages that are not the system's answer (firewall, captcha, maintenance, log-in wall) are never held against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from suites.functional import test_1_05_form as s05
from suites.functional import test_1_06_papers as s06
from suites.functional import test_1_10_tracking as s10
from tests.scenarios.small_pages import visiting
from tests.suites_functional.mistakes import record
from tests.suites_functional.second_dossiers import verdict_of
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import File
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.mistakes import FileTrial, Outcome, ReturnTrial, RoughApplication
from toantrinh.observations.wrong_code import WrongCode, WrongCodes
from toantrinh.scenarios import wrong_papers
from toantrinh.scenarios.drafts import try_draft
from toantrinh.scenarios.expiry import try_expired_session
from toantrinh.scenarios.trying import tried
from toantrinh.scenarios.values import values
from toantrinh.scenarios.wrong_code import _look_up
from toantrinh.scenarios.wrong_papers import try_wrong_files
from toantrinh.verdicts import Verdict

UPLOAD = """<main><h1>Giấy tờ đính kèm</h1><form method=post action=/gui enctype=multipart/form-data>
<label>Bản vẽ (PDF) * <input type=file name=tep accept=.pdf></label><button>Tiếp tục</button></form></main>"""
SEARCH = """<header><a href=/>Trang chủ</a></header><main><h1>Tra cứu hồ sơ</h1><form action=/kq>
<label>Mã hồ sơ <input name=ma></label><button>Tra cứu</button></form></main>"""
HOME = "<main><h1>Cổng dịch vụ</h1><a href=/tra-cuu>Tra cứu hồ sơ</a></main>"
IN_BETWEEN = {
    "firewall": ("<h1>Request Rejected</h1><p>The requested URL was rejected. Your support ID is: 123</p>", 200),
    "too many requests": ("<p>Too many requests</p>", 429),
    "captcha": ("<main><p>Verify you are human</p></main>", 200),
    "maintenance": ("<h1>Hệ thống đang bảo trì</h1>", 503),
    "log-in wall": ("<main><h1>Đăng nhập</h1><form><label>Tài khoản <input name=a></label><label>Mật khẩu <input type=password name=b></label><button>Đăng nhập</button></form></main>", 200),
}  # fmt: skip


KHAI = """<header><a href=/cua-toi>Hồ sơ của tôi</a></header><main><h1>Tờ khai</h1><form method=post action=/luu>
<label>Họ và tên * <input name=ten value="Nguyễn Thử Nghiệm" required></label><label>Địa chỉ <input name=dc value="Số 17"></label>
<button>Lưu nháp</button><button formaction=/tiep>Tiếp tục</button></form></main>"""
SAVED = "<header><a href=/cua-toi>Hồ sơ của tôi</a></header><main><h1>Đã lưu bản nháp</h1><p>Bản nháp của bạn đã được lưu lại.</p></main>"
LISTED = "<main><h1>Hồ sơ của tôi</h1><table><tr><td><a href=/khai>{name}</a></td><td>Bản nháp</td></tr></table></main>"
DOOR = """<main><h1>Đăng nhập</h1><form method=post action=/vao><label>Tài khoản <input name=a></label>
<label>Mật khẩu <input type=password name=b></label><button>Đăng nhập</button></form></main>"""
FOR_THE_MOMENT = {**IN_BETWEEN, "error": ("<h1>500 Internal Server Error</h1>", 500)}
GONE = ("<header><a href=/>Trang chủ</a></header><main><h1>Không tìm thấy trang</h1></main>", 404)


def from_now_on(who: Traveller, place: str, answer: tuple[str, int]) -> None:
    """From now on the portal answers with this page there."""
    body, status = f"<!doctype html><html lang=vi><meta charset=utf-8>{answer[0]}</html>", answer[1]
    who.hands.page.context.route(place, lambda route: route.fulfill(body=body, status=status, content_type="text/html"))


def draft(chromium: Browser, place: str, answer: tuple[str, int], folder: Path) -> ReturnTrial:
    """What came of a draft when this page comes at `place` once it has been saved."""
    pages: dict[str, str | tuple[str, int]] = {
        "GET /khai": KHAI,
        "POST /luu": SAVED,
        "GET /": SAVED,
        "GET /cua-toi": "",
    }
    with visiting(chromium, pages, folder) as who:
        from_now_on(who, "**/cua-toi", (LISTED.format(name=who.service.name), 200))
        who.book.begin(StepName.FORM)
        view = who.go("/khai")
        from_now_on(who, place, answer)
        return tried(ReturnTrial, lambda: try_draft(who, view)[1])


def expired(chromium: Browser, answer: tuple[str, int], folder: Path) -> ReturnTrial:
    """What came of the answers of a session that expired, when this page comes at their address after the log-in."""
    pages = {"GET /khai": KHAI, "POST /tiep": DOOR, "POST /vao": SAVED, "GET /": SAVED, "GET /cua-toi": SAVED}
    with visiting(chromium, pages, folder) as who:
        who.book.begin(StepName.FORM)
        view = who.go("/khai")
        from_now_on(who, "**/khai", answer)
        return tried(ReturnTrial, lambda: try_expired_session(who, view, values(view))[1])


def wrong_type(chromium: Browser, answer: tuple[str, int], folder: Path) -> FileTrial:
    """What came of a file of the wrong type that the portal answers with this page."""
    with visiting(chromium, {"GET /giay-to": UPLOAD, "POST /gui": answer}, folder) as who:
        who.book.begin(StepName.PAPERS)
        return try_wrong_files(who, who.go("/giay-to"))[1]


def wrong_code(chromium: Browser, answer: tuple[str, int], folder: Path) -> WrongCode:
    """What came of a wrong code that the portal answers with this page."""
    with visiting(chromium, {"GET /": HOME, "GET /tra-cuu": SEARCH, "GET /kq": answer}, folder) as who:
        return tried(WrongCode, lambda: _look_up(who, "H46.12-261121-9998"))


@pytest.mark.parametrize("answer", IN_BETWEEN.values(), ids=list(IN_BETWEEN))
def test_a_file_that_meets_such_a_page_is_not_tested(
    answer: tuple[str, int], chromium: Browser, tmp_path: Path
) -> None:
    trial = wrong_type(chromium, answer, tmp_path)
    assert trial.reach is Reach.BLOCKED and trial.why and trial.file and trial.shots, trial
    with pytest.raises(Judgement) as said:
        s06.test_wrong_type_is_refused(record(RoughApplication(name="rough-application", wrong_type=trial)))
    assert said.value.verdict is Verdict.NOT_TESTED


def test_a_file_that_breaks_the_portal_is_a_fault(chromium: Browser, tmp_path: Path) -> None:
    trial = wrong_type(chromium, ("<h1>500 Internal Server Error</h1>", 500), tmp_path)
    assert trial.reach is Reach.REACHED and trial.broke.startswith("error"), trial


def test_a_file_that_leads_on_is_accepted(chromium: Browser, tmp_path: Path) -> None:
    trial = wrong_type(
        chromium, ("<main><h1>Bước 3</h1><p>Kiểm tra lại thông tin đã kê khai.</p></main>", 200), tmp_path
    )
    assert trial.outcome is Outcome.ACCEPTED, trial


def test_words_of_a_block_beside_the_place_are_a_refusal(chromium: Browser, tmp_path: Path) -> None:
    said = "<div role=alert>Yêu cầu bị từ chối: tệp không đúng định dạng PDF</div>"
    trial = wrong_type(chromium, (UPLOAD.replace("</h1>", f"</h1>{said}"), 200), tmp_path)
    assert trial.outcome is Outcome.REFUSED and not trial.broke and "PDF" in trial.message, trial


@pytest.mark.parametrize("answer", IN_BETWEEN.values(), ids=list(IN_BETWEEN))
def test_a_code_that_meets_such_a_page_is_not_tested(
    answer: tuple[str, int], chromium: Browser, tmp_path: Path
) -> None:
    trial = wrong_code(chromium, answer, tmp_path)
    assert trial.reach is Reach.BLOCKED and trial.why, trial
    assert judged(trial) is Verdict.NOT_TESTED


def test_a_code_that_breaks_the_portal_is_a_fault(chromium: Browser, tmp_path: Path) -> None:
    trial = wrong_code(chromium, ("<h1>500 Internal Server Error</h1>", 500), tmp_path)
    assert trial.reach is Reach.REACHED, trial
    assert judged(trial) is Verdict.FAIL


@pytest.mark.parametrize("kind", ["block", "captcha", "maintenance", "elsewhere"])
def test_a_record_of_such_a_page_is_not_tested(kind: str) -> None:
    trial = WrongCode(reach=Reach.REACHED, code="H46.12-261121-9998", http_status=403, page_kind=kind)
    assert judged(trial) is Verdict.NOT_TESTED


def judged(trial: WrongCode) -> Verdict:
    """What the check says when both codes met this."""
    malformed = trial.model_copy(update={"code": "khong-phai-ma-ho-so"})
    codes = WrongCodes(name="wrong-code", unknown=trial, malformed=malformed)
    return verdict_of(s10.test_a_wrong_code_gets_a_clear_answer, codes)


@pytest.mark.parametrize("place", ["**/cua-toi", "**/khai"], ids=["in the list", "in the draft"])
@pytest.mark.parametrize("answer", FOR_THE_MOMENT.values(), ids=list(FOR_THE_MOMENT))
def test_a_draft_behind_such_a_page_is_not_tested(
    answer: tuple[str, int], place: str, chromium: Browser, tmp_path: Path
) -> None:
    trial = draft(chromium, place, answer, tmp_path)
    assert trial.reach in (Reach.BLOCKED, Reach.NOT_TRIED) and trial.why, trial
    with pytest.raises(Judgement) as said:
        s05.test_draft_is_found_again(record(RoughApplication(name="rough-application", draft=trial)))
    assert said.value.verdict is Verdict.NOT_TESTED


@pytest.mark.parametrize("answer", FOR_THE_MOMENT.values(), ids=list(FOR_THE_MOMENT))
def test_what_an_expired_session_left_behind_such_a_page_is_not_tested(
    answer: tuple[str, int], chromium: Browser, tmp_path: Path
) -> None:
    trial = expired(chromium, answer, tmp_path)
    assert trial.reach in (Reach.BLOCKED, Reach.NOT_TRIED) and trial.why, trial


def test_a_draft_that_is_there_is_found(chromium: Browser, tmp_path: Path) -> None:
    trial = draft(chromium, "**/khong-dau", ("", 200), tmp_path)
    assert trial.reach is Reach.REACHED and trial.arrived and not any(one.lost for one in trial.kept), trial


def test_answers_that_are_gone_with_their_page_are_lost(chromium: Browser, tmp_path: Path) -> None:
    trial = expired(chromium, GONE, tmp_path)
    assert trial.reach is Reach.REACHED and not trial.arrived, trial
    assert draft(chromium, "**/khai", GONE, tmp_path).arrived is False


@pytest.mark.parametrize("kind", ["firewall", "maintenance"])
def test_each_file_says_for_itself_how_it_ended(kind: str, chromium: Browser, tmp_path: Path) -> None:
    upload = UPLOAD.replace("Bản vẽ (PDF)", "Bản vẽ (PDF, tối đa 1 MB)")
    with visiting(chromium, {"GET /giay-to": upload, "POST /gui": upload}, tmp_path) as who:
        body, status = IN_BETWEEN[kind]
        answers = iter([False, True, False])

        def answer(route: Route) -> None:
            if next(answers, False):
                route.fulfill(body=f"<meta charset=utf-8>{body}", status=status, content_type="text/html")
            else:
                route.continue_()

        who.hands.page.route("**/gui", answer)
        who.book.begin(StepName.PAPERS)
        _, *trials = try_wrong_files(who, who.go("/giay-to"))
    assert [trial.reach for trial in trials] == [Reach.REACHED, Reach.BLOCKED, Reach.REACHED], trials


def test_a_file_whose_act_fails_leaves_the_others_their_own_end(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offer(who: Traveller, view: View, place: Control, file: File) -> object:
        if file.content == b"":
            raise StepEnded(Reach.TOOL_ERROR, "không bấm được")
        return real(who, view, place, file)

    real = wrong_papers.offer
    monkeypatch.setattr(wrong_papers, "offer", offer)
    upload = UPLOAD.replace("Bản vẽ (PDF)", "Bản vẽ (PDF, tối đa 1 MB)")
    with visiting(chromium, {"GET /giay-to": upload, "POST /gui": upload}, tmp_path) as who:
        who.book.begin(StepName.PAPERS)
        _, *trials = try_wrong_files(who, who.go("/giay-to"))
    assert [trial.reach for trial in trials] == [Reach.REACHED, Reach.TOOL_ERROR, Reach.REACHED], trials
