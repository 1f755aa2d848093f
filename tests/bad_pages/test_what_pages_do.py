"""Whatever a page does while it is looked at: facts that are right or a reason in words, in time, and never our fault."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.bad_pages.bad_portal import BAD
from tests.bad_pages.conftest import AMPLE_S, BOUND_S, Open, meetings
from tests.bad_pages.observers import OBSERVERS
from tests.bad_pages.test_changed_globals import attachments_in
from toantrinh.driver.window import CannotAct
from toantrinh.observers.asking.isolated import CannotAsk
from toantrinh.store import NotObserved, Outcome

# They hold still and answer: nothing excuses an observer that sees nothing of them.
SEEN = (
    "asks-without-end",
    "timers-without-end",
    "asks-before-leaving",
    "prints",
    "policy-none",
    "trusted-types",
    "clobbered-form",
    "clobbered-document",
    "shadows-open",
    "shadows-closed",
    "quirks",
    "right-to-left",
    "root-hidden",
    "content-visibility",
    "very-tall",
    "very-wide",
    "no-height",
)


@pytest.mark.parametrize(("name", "observer"), meetings(BAD, OBSERVERS))
def test_it_ends_in_time_with_facts_or_a_reason(
    open_page: Open, tmp_path: Path, request: pytest.FixtureRequest, name: str, observer: str
) -> None:
    if name in SEEN:
        request.getfixturevalue("ample_time")
    page = open_page(f"/{name}")
    started = time.monotonic()
    try:
        assert OBSERVERS[observer](page, attachments_in(tmp_path)) is not None
    except (NotObserved, CannotAct, CannotAsk) as lost:
        assert name not in SEEN, str(lost)
        assert not isinstance(lost, NotObserved) or lost.outcome is Outcome.NOT_TESTED
        assert "trang" in str(lost)
    assert time.monotonic() - started < BOUND_S + (AMPLE_S if name in SEEN else 0)
