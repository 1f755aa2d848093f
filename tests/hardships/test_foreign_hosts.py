"""Hosts that the system file does not name are never asked; what wanted to ask them stands in the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.watch import NOT_ALLOWED
from toantrinh.journey.setting_out import travelling
from toantrinh.observations.journey import Reach, StepName
from toantrinh.store import Attachments
from toantrinh.system_model import System

from .hard_portal import HardPortal, page, running

FOREIGN = "<script src='http://cdn.example.vn/app.js'></script><img src='http://anh.example.vn/a.png'><iframe src='http://khung.example.vn/'></iframe>"


@pytest.fixture(scope="module")
def portal() -> Iterator[HardPortal]:
    answers = {
        "/": lambda talk: talk.answer(page(FOREIGN)),
        "/vo": lambda talk: talk.answer(
            b"<html lang=vi><title>x</title><div id=app></div><script src='http://cdn.example.vn/app.js'></script>"
        ),
        "/rong": lambda talk: talk.answer(b"<html lang=vi><title>x</title><div id=app></div>"),
    }
    with running(answers) as portal:
        yield portal


def test_what_wanted_to_ask_a_foreign_host_stands_in_the_record(
    chromium: Browser, portal: HardPortal, system_at: Callable[[str], System], tmp_path: Path
) -> None:
    system = system_at(portal.address)
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as who:
        who.book.begin(StepName.HOME)
        assert who.book.see(who.go("/")).holds
        [home] = who.book.steps()
    refused = {r.address.split("/")[2]: r.failure for r in home.requests if r.failure.startswith(NOT_ALLOWED)}
    assert set(refused) == {"cdn.example.vn", "anh.example.vn", "khung.example.vn"}


@pytest.mark.parametrize(
    ("path", "reach", "said"),
    [
        ("/vo", Reach.BLOCKED, "kịch bản của cdn.example.vn, hãy thêm vào hosts:"),
        ("/rong", Reach.REFUSED, "trang trống"),
    ],
)
def test_an_empty_page_is_not_held_against_it_when_we_refused_its_scripts(
    chromium: Browser,
    portal: HardPortal,
    system_at: Callable[[str], System],
    tmp_path: Path,
    path: str,
    reach: Reach,
    said: str,
) -> None:
    system = system_at(portal.address)
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as who:
        who.book.begin(StepName.HOME)
        with pytest.raises(StepEnded) as end:
            who.book.see(who.go(path))
    assert end.value.reach is reach and said in end.value.why
