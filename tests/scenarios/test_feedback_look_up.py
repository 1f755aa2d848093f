"""Looking a feedback up: its code or its status is as good as its text, and what nobody can tell is not held against
the portal."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, abort, request
from playwright.sync_api import Browser

from suites.functional import test_1_14_support as s14
from tests.scenarios.conftest import served, stranger
from tests.suites_functional.second_dossiers import verdict_of
from toantrinh.observations.feedback import FeedbackScenario, FeedbackSent
from toantrinh.observations.journey import Reach
from toantrinh.scenarios.feedback import TEXT, send_feedback
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

CODE = "PA-2026-0042"
PAGE = "<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng dịch vụ công</title><main>{}</main></html>"
LOOK_UP = "<form action=/tra><label>Mã phản ánh <input name=ma></label>{}<button>Tra cứu</button></form>"
CAPTCHA = "<label>Mã bảo mật <input name=cap></label>"
FORM = "<h1>Phản ánh, kiến nghị</h1><form method=post action=/gui><label>Nội dung <textarea name=nd></textarea></label>"
FORM += "<button>Gửi phản ánh</button></form>"


def portal(answer: str, status: int, captcha: str) -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def home() -> str:
        return PAGE.format("<h1>Cổng dịch vụ công</h1><a href=/phan-anh>Phản ánh kiến nghị</a>")

    @app.get("/phan-anh")
    def feedback() -> str:
        return PAGE.format(FORM + LOOK_UP.format(captcha if app.config.get("SENT") else ""))

    @app.post("/gui")
    def send() -> str:
        app.config["SENT"] = True
        return PAGE.format(f"<h1>Đã nhận phản ánh</h1><p>Mã phản ánh: {CODE}</p>")

    @app.get("/tra")
    def look_up() -> tuple[str, int]:
        if request.args.get("ma") != CODE:
            abort(400)
        return PAGE.format(answer + LOOK_UP.format(captcha)), status

    return app


def sent(chromium: Browser, folder: Path, answer: str, status: int = 200, captcha: str = "") -> FeedbackScenario:
    with served(portal(answer, status, captcha)) as address:
        return send_feedback(chromium, stranger(address)[0], Attachments(folder, "x", str))


ANSWERS = {
    "its text": (f"<h1>Kết quả</h1><p>{TEXT}</p>", True, Verdict.PASS),
    "its code alone": (f"<h1>Kết quả</h1><p>Mã {CODE}: cơ quan đang xem xét</p>", True, Verdict.PASS),
    "its status alone": ("<h1>Kết quả</h1><table><tr><th>Tình trạng</th><td>Đang xử lý</td></tr></table>", True, Verdict.PASS),
    "unknown, with the code repeated": (f"<h1>Kết quả</h1><p>Tra cứu mã {CODE}</p><p>Không tìm thấy phản ánh nào</p>", False, Verdict.PARTIAL),
    "nothing that tells": ("<h1>Phản ánh đã trả lời</h1><p>Đường hỏng</p>", None, Verdict.NEEDS_REVIEW),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "found", "verdict"), ANSWERS.values(), ids=list(ANSWERS))
def test_what_the_lookup_shows(
    answer: str, found: bool | None, verdict: Verdict, chromium: Browser, tmp_path: Path
) -> None:
    record = sent(chromium, tmp_path, answer)
    assert record.sent.found is found, record.sent.look_up
    assert verdict_of(s14.test_feedback_gives_a_tracking_code, record, verified=False) is verdict


def test_a_lookup_that_breaks_is_the_portals(chromium: Browser, tmp_path: Path) -> None:
    record = sent(chromium, tmp_path, "<h1>Lỗi</h1>", status=500)
    assert record.sent.found is False and record.sent.code == CODE
    assert verdict_of(s14.test_feedback_gives_a_tracking_code, record, verified=False) is Verdict.PARTIAL


def test_a_lookup_that_is_kept_from_us_is_not(chromium: Browser, tmp_path: Path) -> None:
    record = sent(chromium, tmp_path, "<h1>Truy cập bị từ chối</h1><p>Mã sự cố 77</p>", status=403)
    assert record.sent.look_up is not None and record.sent.look_up.reach is Reach.BLOCKED
    assert verdict_of(s14.test_feedback_gives_a_tracking_code, record) is Verdict.NOT_TESTED
    assert record.left_behind == (f"phản ánh {CODE}",)


def test_a_captcha_beside_the_lookup_is_for_a_person(chromium: Browser, tmp_path: Path) -> None:
    record = sent(chromium, tmp_path, "<p>Vui lòng nhập mã bảo mật</p>", captcha=CAPTCHA)
    assert record.sent.code == CODE
    assert verdict_of(s14.test_feedback_gives_a_tracking_code, record) is Verdict.NOT_TESTED


def test_a_record_of_before_is_read() -> None:
    old = FeedbackSent(reach=Reach.REACHED, code=CODE, found=True).model_dump(mode="json")
    del old["look_up"]
    assert FeedbackSent.model_validate(old).found is True
