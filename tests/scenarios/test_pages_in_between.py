"""Pages that are not the system's answer (firewall, captcha, maintenance, log-in wall) are never held against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from suites.functional import test_1_06_papers as s06
from suites.functional import test_1_10_tracking as s10
from tests.scenarios.small_pages import visiting
from tests.suites_functional.mistakes import record
from tests.suites_functional.second_dossiers import verdict_of
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.mistakes import FileTrial, Outcome, RoughApplication
from toantrinh.observations.wrong_code import WrongCode, WrongCodes
from toantrinh.scenarios.trying import tried
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
