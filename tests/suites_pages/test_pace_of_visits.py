"""Pages of the set are visited at the system's pace, and nothing is waited for where nothing is asked."""

from __future__ import annotations

import contextlib
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from playwright.sync_api import Browser

from fixtures.pages import observe_site
from fixtures.progress import Progress
from tests.hardships.hard_portal import page, running
from toantrinh.observations.site import PageName
from toantrinh.store import Store
from toantrinh.system_model import Pace
from toantrinh.systems import load_system

PAUSE_MS = 700
MENU = page("<a href=/huong-dan>Hướng dẫn sử dụng</a>")


def test_visits_leave_the_pause_between_them_and_what_is_absent_costs_none(chromium: Browser, tmp_path: Path) -> None:
    progress = cast(Progress, SimpleNamespace(about=lambda subject: contextlib.nullcontext(), step=lambda name: None))
    answers: Any = dict.fromkeys(("/", "/huong-dan"), lambda talk: talk.answer(MENU))
    with running(answers) as portal:
        system = load_system(str(Path(__file__).parents[1] / "strangers" / "may.yaml"), base_url=portal.address)
        run = cast(Any, SimpleNamespace(system=system.model_copy(update={"pace": Pace(pause_ms=PAUSE_MS)}), options=SimpleNamespace(stash={})))
        visits = observe_site(run, Store(tmp_path, str), cast(Any, lambda: chromium), progress)
    asked = [at for at, what in portal.times if what in ("GET /", "GET /huong-dan")]
    assert len(asked) == 2
    # The pause lies between two departures; on the way to the server a request may be held up.
    assert all(later - earlier >= 0.7 * PAUSE_MS / 1000 for earlier, later in pairwise(asked))
    absent = visits[PageName.QUESTIONS]
    assert absent.data is not None and absent.data.page is None
    assert absent.duration_ms < visits[PageName.GUIDE].duration_ms  # which has its pause
