"""What the check says of a journey by keys, beside the one by mouse; and where none is made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from fixtures.by_keyboard import ByKeyboardRecord
from suites.accessibility import test_5_3_submission as s53
from tests.by_keyboard.test_portals import came_through
from tests.suites_functional.conftest import FREE, running_portal
from tests.suites_pages.conftest import verdict_of
from toantrinh.driver.eyes import View
from toantrinh.journey.stepbook import StepEnded
from toantrinh.observations.by_keyboard import Blocked, Blocking, ByKeyboard
from toantrinh.observations.journey import Reach, Step, StepName
from toantrinh.observers import by_keyboard
from toantrinh.observers.by_keyboard import submit_by_keyboard
from toantrinh.scenarios import drafts
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, REVIEW, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.NEEDS_REVIEW, Verdict.NOT_TESTED
SYSTEM = load_system("demo")


def blocked(step: StepName, *, sure: bool) -> Blocked:
    return Blocked(
        step=step, label="Tiếp tục", selector="#x", markup='<div id="x">', address="https://cong.example/to-khai",
        why=Blocking.NOT_REACHED, sure=sure, picture="evidence/x.png",
    )  # fmt: skip


def stopped(how: Reach) -> tuple[Step, ...]:
    home = Step(name=StepName.HOME, reach=Reach.REACHED)
    return home, Step(
        name=StepName.FORM, reach=how, why="không thấy nút đi tiếp", address="https://cong.example/to-khai"
    )


@pytest.mark.parametrize(
    ("facts", "desk_stops", "wanted", "said"),
    [
        ({"code": "H99-1"}, None, P, ""),
        ({"code": "H99-1", "blocked": (blocked(StepName.FORM, sure=True),)}, None, F, "“Tiếp tục” không tới được bằng Tab"),
        ({"blocked": (blocked(StepName.FORM, sure=True),)}, StepName.PAPERS, F, '<div id="x">'),
        ({"blocked": (blocked(StepName.FORM, sure=True),)}, StepName.FORM, REVIEW, "có thể phải dùng chuột"),
        ({"code": "H99-1", "blocked": (blocked(StepName.FORM, sure=False),)}, None, REVIEW, "có thể phải dùng chuột"),
        ({"code": "H99-1", "untried": ("“Ngày”: trong lịch",)}, None, REVIEW, "trong lịch"),
        ({"steps": stopped(Reach.ABSENT)}, None, REVIEW, "dừng ở bước Kê khai biểu mẫu"),
        ({"steps": stopped(Reach.UNANSWERED)}, None, REVIEW, "bằng chuột thì qua được"),
        ({"steps": stopped(Reach.BLOCKED)}, None, OPEN, "chưa đi hết"),
        ({"steps": stopped(Reach.TOOL_ERROR)}, None, OPEN, "chưa đi hết"),
        ({"steps": stopped(Reach.ABSENT)}, StepName.FORM, OPEN, "bằng chuột cũng chưa nộp"),
    ],
)  # fmt: skip
def test_only_what_the_mouse_came_through_is_asked_of_the_keys(
    facts: dict[str, Any], desk_stops: StepName | None, wanted: Verdict, said: str
) -> None:
    desk = came_through(SYSTEM.services[0])
    if desk_stops:
        order = list(StepName)
        steps = desk.steps[: order.index(desk_stops)]
        desk = desk.model_copy(update={"steps": (*steps, Step(name=desk_stops, reach=Reach.UNANSWERED))})
    record = ByKeyboardRecord(desk, ByKeyboard(name="by-keyboard", **facts), "observations/x.json")
    verdict, words = verdict_of(s53.test_whole_submission_by_keyboard, record)
    assert verdict is wanted and said in words, words
    if wanted is F:
        assert record.evidence[0].path == "evidence/x.png"
        assert "https://cong.example/to-khai #x" in words


def test_a_browser_that_does_not_tell_of_its_focus_is_not_tested(tmp_path: Path) -> None:
    firefox = cast(Browser, SimpleNamespace(browser_type=SimpleNamespace(name="firefox")))
    service = SYSTEM.services[0]
    with pytest.raises(NotObserved) as ended:
        submit_by_keyboard(firefox, SYSTEM, service, Attachments(tmp_path, "k", str), came_through(service))
    assert ended.value.outcome is Outcome.NOT_TESTED


def test_without_authorisation_nothing_is_sent(chromium: Browser, tmp_path: Path) -> None:
    system = SYSTEM.model_copy(update={"base_url": "https://cong.example"})
    service = system.services[0]
    keys = submit_by_keyboard(chromium, system, service, Attachments(tmp_path, "k", str), came_through(service))
    assert keys.reach is Reach.NOT_TRIED and keys.why == system.why_not("submit") and not keys.steps


def test_the_dossier_is_taken_back_where_that_is_asked_and_named_where_it_stays(
    chromium: Browser, tmp_path: Path
) -> None:
    with running_portal(tmp_path / "data") as address:
        system = load_system("demo", base_url=address)
        service = next(one for one in system.services if one.code == FREE)
        desk, folder = came_through(service), Attachments(tmp_path, "k", str)
        back = submit_by_keyboard(chromium, system, service, folder, desk, take_back=True)
        stays = submit_by_keyboard(chromium, system, service, folder, desk)
    assert back.code and back.left_behind == ()
    assert stays.code and stays.left_behind == (f"hồ sơ {stays.code}",)
    assert next(step for step in back.steps if step.name is StepName.SUBMIT).reach is Reach.REACHED


def drafts_in(data: Path) -> int:
    with closing(sqlite3.connect(data / "portal.sqlite3", timeout=20)) as database:
        return int(database.execute("SELECT count(*) FROM dossiers").fetchone()[0])


@pytest.mark.parametrize("removable", [True, False])
def test_a_way_that_stops_leaves_no_draft_or_names_it(
    removable: bool, chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> View:
        raise StepEnded(Reach.ABSENT, "không thấy nút đi tiếp")

    monkeypatch.setattr(by_keyboard._Trail, "press", stop)
    if not removable:
        monkeypatch.setattr(drafts, "own_list", stop)
        monkeypatch.setattr(by_keyboard, "discard_draft", lambda who, address, **_: drafts.discard_draft(who, address))
    with running_portal(tmp_path / "data") as address:
        system = load_system("demo", base_url=address)
        service = next(one for one in system.services if one.code == FREE)
        before = drafts_in(tmp_path / "data")
        keys = submit_by_keyboard(
            chromium, system, service, Attachments(tmp_path, "k", str), came_through(service), take_back=True
        )
        assert drafts_in(tmp_path / "data") - before == (0 if removable else 1)
    assert keys.left_behind == (() if removable else (f"bản nháp {FREE}",))
    assert [step.reach for step in keys.steps if step.name is StepName.FORM] == [Reach.ABSENT]
    assert StepName.NOTICE not in {step.name for step in keys.steps}
