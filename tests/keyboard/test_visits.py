"""A page of the set walked in a context of its own, and what is said when it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from fixtures.keyboard import KeyboardRecord
from suites.accessibility.test_5_3_keyboard import test_no_trap as no_trap
from tests.keyboard.conftest import html
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.asking.isolated import CannotAsk
from toantrinh.observers.keys import keyboard
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.observers.site.looks import KEYBOARD, Occasion
from toantrinh.store import NotObserved, Outcome, Store
from toantrinh.verdicts import Verdict

AWAY = "<input id=di aria-label=Di><script>di.onfocus = () => location.assign('/khac')</script>"


def test_a_page_that_goes_away_is_named(page: Page) -> None:
    page.route("**/*", lambda route: route.fulfill(body=html(AWAY), content_type="text/html; charset=utf-8"))
    page.goto("http://127.0.0.1:9/")
    with pytest.raises(CannotAsk):
        keyboard_of(page)


@pytest.mark.parametrize(
    ("main", "script", "wanted"),
    [
        ("<button>B</button>", keyboard.SCRIPT, Outcome.OBSERVED),
        (
            "<button>B</button>",
            keyboard.SCRIPT.replace("const found = tabbable()", "const found = missing()"),
            Outcome.TOOL_ERROR,
        ),
        ("<button>B</button>", "undefined.missing", Outcome.TOOL_ERROR),
        (AWAY, keyboard.SCRIPT, Outcome.NOT_TESTED),
    ],
    ids=["a script that works", "a function that fails", "a script that fails", "a page that goes away"],
)
def test_a_fault_of_our_script_is_ours(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main: str, script: str, wanted: Outcome
) -> None:
    page.route("**/*", lambda route: route.fulfill(body=html(main), content_type="text/html; charset=utf-8"))
    page.goto("http://127.0.0.1:9/")
    monkeypatch.setattr(keyboard, "SCRIPT", script)
    seen = Store(tmp_path).observe(
        "keyboard/home", KeyboardFacts, lambda kept: KEYBOARD.at(page, Occasion(PageName.HOME, kept))
    )
    assert seen.outcome is wanted, seen.reason
    assert (seen.data is not None) is (wanted is Outcome.OBSERVED)


@pytest.mark.parametrize(
    ("outcome", "wanted"), [(Outcome.NETWORK, Verdict.NOT_TESTED), (Outcome.TOOL_ERROR, Verdict.TOOL_ERROR)]
)
def test_what_was_not_walked_is_open(tmp_path: Path, outcome: Outcome, wanted: Verdict) -> None:
    def how(attachments: object) -> KeyboardFacts:
        raise NotObserved(outcome, "không tới được")

    walk = Store(tmp_path).observe("keyboard/home", KeyboardFacts, how)
    assert verdict_of(no_trap, KeyboardRecord({PageName.HOME: walk}, verified=True))[0] is wanted
