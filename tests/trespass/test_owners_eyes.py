"""What the owner's later look says: a page that does not open says nothing, and a dossier may change by itself."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser

from tests.prober.conftest import probe, serve
from tests.prober.scripted import Said
from tests.scenarios.conftest import served, stranger
from tests.trespass import test_changing
from tests.trespass.test_changing import DONE, Dossier, Try, attempt, its_owner, verdict, view
from toantrinh.driver.endings import StepEnded
from toantrinh.journey.setting_out import travelling
from toantrinh.observations.journey import Reach
from toantrinh.observations.leaks import State
from toantrinh.observers.trespass.owners_eyes import PAY, WITHDRAW, Look, changed, look
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

__all__ = ["attempt", "probe", "serve"]

GOOD = """<!doctype html><html lang=vi><title>Hồ sơ</title><header><a href=/dang-xuat>Đăng xuất</a></header><main>
<h1>Hồ sơ H1</h1><dl><dt>Trạng thái<dd>Mới đăng ký<dt>Địa chỉ<dd>Số 1</dl><p>Cập nhật: vừa xong</p></main>"""
UNSEEN = {
    "error": ("<!doctype html><title>Lỗi</title><h1>Lỗi hệ thống</h1><p>Vui lòng thử lại sau.", 500),
    "busy, and 200": (
        "<!doctype html><title>Thông báo</title><main><h1>Hệ thống đang bận</h1><p>Vui lòng thử lại sau.</main>", 200,
    ),
    "firewall": ("<!doctype html><title>Request Rejected</title><p>Your support ID is: 123", 403),
    "firewall, and 200": (
        "<!doctype html><title>Request Rejected</title><p>The requested URL was rejected. Your support ID is: 123", 200,
    ),
    "shed": ("<!doctype html><title>Too many</title><p>Quá nhiều yêu cầu.", 429),
    "error with the dossier's own frame": (GOOD, 500),
    "the home page": ("<!doctype html><title>Cổng</title><main><h1>Cổng dịch vụ công</h1><a href=/x>Tin</a></main>", 200),
}  # fmt: skip
NEWS = "<div class=notice><p>Bạn còn 2 bản nháp khác của thủ tục này.</p></div>"
SEEN = {
    "a message of something else": (GOOD.replace("<dl>", f"{NEWS}<dl>"), None),
    "news in the header": (GOOD.replace("<header>", "<header><a href=/tin>Thông báo 3</a> "), None),
    "a line less": (GOOD.replace("<dt>Địa chỉ<dd>Số 1", ""), State.UNSURE),
    "a heading in capitals": (GOOD.replace("<h1>", "<h1 style='text-transform: uppercase'>"), None),
    "a time that runs": (GOOD.replace("vừa xong", "1 phút trước"), None),
    "the office": (GOOD.replace("Mới đăng ký", "Được tiếp nhận"), State.UNSURE),
    "withdrawn": (GOOD.replace("Mới đăng ký", "Công dân yêu cầu rút hồ sơ"), State.FOUND),
    "no status any more": (GOOD.replace("<dt>Trạng thái<dd>Mới đăng ký", ""), State.UNSURE),
}


def looked(browser: Browser, folder: Path, body: str, status: int) -> tuple[Look, Look, Look]:
    """Two looks at the dossier and one at what is there afterwards."""
    turns = itertools.count()
    app = Flask("cong")

    @app.get("/ho-so/1")
    def page() -> Response:
        late = next(turns) >= 2
        return Response(body if late else GOOD, status if late else 200, content_type="text/html; charset=utf-8")

    with served(app) as address:
        system, service = stranger(address)
        with travelling(browser, system, service, Attachments(folder, "x", str)) as who:
            first = look(who, f"{address}/ho-so/1")
            steady = look(who, f"{address}/ho-so/1")
            return first, steady, look(who, f"{address}/ho-so/1", steady)


@pytest.mark.parametrize("what", UNSEEN)
def test_a_page_that_is_not_the_dossiers_says_nothing(what: str, chromium: Browser, tmp_path: Path) -> None:
    with pytest.raises(StepEnded, match="không xem lại được trang của chủ hồ sơ"):
        looked(chromium, tmp_path, *UNSEEN[what])


@pytest.mark.parametrize("what", SEEN)
def test_only_what_the_operation_causes_is_its_work(what: str, chromium: Browser, tmp_path: Path) -> None:
    body, state = SEEN[what]
    looks = looked(chromium, tmp_path, body, 200)
    change = changed(*looks, what=WITHDRAW, refused=False)
    assert (change and change.state) == state
    refused = changed(*looks, what=WITHDRAW, refused=True)
    assert refused is None or refused.state is State.UNSURE


def test_a_payment_is_seen_by_what_the_page_says_of_it() -> None:
    before = view({"dia_chi": "Số 1", "status": "Mới đăng ký"})
    lines = {**before.lines, "d": "Đã thanh toán"}
    paid = Look(before.status, before.code, lines, before.text, effects=frozenset({PAY}))
    for refused, state in ((False, State.FOUND), (True, State.UNSURE)):
        change = changed(before, before, paid, what=PAY, refused=refused)
        assert change is not None and change.state is state


def moves_on(status: str, after: int) -> Any:
    """The owner's page, whose dossier gets another status by itself after so many looks."""
    looks = itertools.count()

    def page(dossier: Dossier, *more: str) -> Look:
        late = next(looks) >= after and dossier["status"] == "Mới đăng ký"
        return view({**dossier, "status": status} if late else dossier, *more)

    return page


@pytest.mark.parametrize(("status", "after"), [("Được tiếp nhận", 2), ("Đã rút", 7)])
def test_who_was_plainly_refused_is_not_blamed_for_what_the_office_does(
    status: str, after: int, attempt: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_changing, "view", moves_on(status, after))
    record, _ = attempt(its_owner)
    outcome, said = verdict(record)
    assert outcome is Verdict.NEEDS_REVIEW and "bị từ chối (HTTP 403)" in said


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Said(303, "", (("Location", "/dang-nhap?ve=1"),)), Verdict.NEEDS_REVIEW),
        (Said(200, "<h1>Đăng nhập</h1><form><input type=password name=mk></form>"), Verdict.NEEDS_REVIEW),
        (Said(200, "<h1>Đã nhận yêu cầu</h1>"), Verdict.FAIL),
    ],
)
def test_a_log_in_page_is_a_refusal(
    answer: Said, expected: Verdict, attempt: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_changing, "view", moves_on("Đã rút", 7))  # once somebody else has asked to withdraw it
    record, _ = attempt(its_owner, says=lambda done: DONE if done else answer)
    assert verdict(record)[0] is expected


def test_an_owners_page_that_breaks_off_leaves_the_question_open(attempt: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = itertools.count()

    def page(dossier: Dossier, *more: str) -> Look:
        if next(looks) >= 3:
            raise StepEnded(Reach.BLOCKED, "không xem lại được trang của chủ hồ sơ: HTTP status 500")
        return view(dossier, *more)

    monkeypatch.setattr(test_changing, "view", page)
    record, _ = attempt(its_owner)
    outcome, said = verdict(record)
    assert outcome is Verdict.NOT_TESTED and "HTTP status 500" in said
