"""Whole portals by keys: the reference portal in each of its faces, and strangers whose journey by mouse is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ElementHandle, Mouse

from fixtures.by_keyboard import ByKeyboardRecord
from suites.accessibility import test_5_3_submission as s53
from tests.scenarios.conftest import served
from tests.strangers.chim_portal import Nest, make_chim
from tests.strangers.may_portal import Office, make_portal
from tests.suites_functional.conftest import PAID, running_portal
from tests.suites_pages.conftest import verdict_of
from toantrinh.journey.walk import make_journey
from toantrinh.observations.by_keyboard import Blocking
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.observers.by_keyboard import submit_by_keyboard
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

STRANGERS = Path(__file__).parents[1] / "strangers"


@pytest.fixture
def by_mouse(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    """(act, host) of everything that is not done by keys."""
    acts: list[tuple[str, str]] = []

    def watch(name: str) -> None:
        act = getattr(ElementHandle, name)

        def told(self: ElementHandle, *given: Any, **more: Any) -> Any:
            frame = self.owner_frame()
            acts.append((name, urlsplit(frame.url if frame else "").netloc))
            return act(self, *given, **more)

        monkeypatch.setattr(ElementHandle, name, told)

    for name in ("click", "dblclick", "check", "fill", "select_option", "set_input_files", "press", "tap"):
        watch(name)
    click = Mouse.click

    def clicked(self: Mouse, *given: Any, **more: Any) -> None:
        acts.append(("mouse", self._impl_obj._page.url and urlsplit(self._impl_obj._page.url).netloc))
        click(self, *given, **more)

    monkeypatch.setattr(Mouse, "click", clicked)
    yield acts


def came_through(service: Any) -> Journey:
    """The record of a journey by mouse that reached every step."""
    steps = tuple(Step(name=name, reach=Reach.REACHED) for name in StepName)
    return Journey(
        service=service.code, name=service.name, declared=service.declared, fee=0, account="citizen", persona="",
        viewport=(1366, 768), steps=steps,
    )  # fmt: skip


@pytest.mark.parametrize("face", ["modern", "spa", "legacy"])
def test_the_reference_portal_is_used_by_keys_alone(
    chromium: Browser, tmp_path: Path, by_mouse: list[tuple[str, str]], face: str
) -> None:
    with running_portal(tmp_path / "data", *(() if face == "modern" else ("--skin", face))) as address:
        system = load_system("demo" if face == "modern" else f"demo-{face}", base_url=address)
        service = next(one for one in system.services if one.code == PAID)
        desk = came_through(service)
        keys = submit_by_keyboard(chromium, system, service, Attachments(tmp_path, "k", str), desk)
    assert keys.code, [(step.name, step.why) for step in keys.steps]
    assert not keys.blocked and not keys.untried
    own = urlsplit(address).netloc
    assert [act for act, host in by_mouse if host == own] == []
    assert [act for act, host in by_mouse if host != own]  # other parties' pages are none of the system's
    assert verdict_of(s53.test_whole_submission_by_keyboard, ByKeyboardRecord(desk, keys, "o.json"))[0] is Verdict.PASS


def test_a_strangers_portal_with_html_of_its_own_takes_keys(chromium: Browser, tmp_path: Path) -> None:
    with served(make_portal(Office())) as address:
        system = load_system(str(STRANGERS / "may.yaml"), base_url=address)
        service = system.services[0]
        desk = make_journey(chromium, system, service, Attachments(tmp_path, "m", str))
        keys = submit_by_keyboard(chromium, system, service, Attachments(tmp_path, "k", str), desk)
    assert keys.code and not keys.blocked, keys.blocked


def test_a_portal_for_the_mouse_alone_names_every_control_and_goes_on_to_the_code(
    chromium: Browser, tmp_path: Path
) -> None:
    with served(make_chim(Nest())) as address:
        system = load_system(str(STRANGERS / "chim.yaml"), base_url=address)
        service = system.services[0]
        desk = make_journey(chromium, system, service, Attachments(tmp_path, "m", str))
        keys = submit_by_keyboard(chromium, system, service, Attachments(tmp_path, "k", str), desk)
    assert keys.code, [(step.name, step.why) for step in keys.steps]
    found = {(one.step, one.label.split(" ▾")[0][:16]): one.why for one in keys.blocked if one.sure}
    for step, label in (
        (StepName.SEARCH, "Đăng ký thả đèn "),
        (StepName.FORM, "Đăng ký ngay"),
        (StepName.LOG_IN, "Vào"),
        (StepName.FORM, "Sang bước 2"),
        (StepName.PAPERS, "Duyệt tệp…"),
        (StepName.SUBMIT, "Gửi đi"),
    ):
        assert found.get((step, label)) is Blocking.NOT_REACHED, found
    assert found[StepName.PAPERS, "Tôi cam kết thả "] is Blocking.NO_REACTION
    assert found[StepName.FORM, "Chọn một mục"] is Blocking.NO_REACTION
    assert all((tmp_path / one.picture).is_file() for one in keys.blocked)
    record = ByKeyboardRecord(desk, keys, "o.json")
    verdict, words = verdict_of(s53.test_whole_submission_by_keyboard, record)
    assert verdict is Verdict.FAIL
    assert "“Vào” không tới được bằng Tab" in words and '<div class="nut">' in words
    assert record.evidence[0].path == keys.blocked[0].picture
