"""A look at a state that does not come to its end is among what was missed, with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from toantrinh.observations.journey import Reach, StepName
from toantrinh.observers.touring import close_looks
from toantrinh.observers.touring.close_looks import Close, CloseLooks
from toantrinh.observers.touring.states import state_of
from toantrinh.store import Attachments, NotObserved, Outcome


def test_what_could_not_be_seen_of_a_state_is_named(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object, **__: object) -> Any:
        raise NotObserved(Outcome.NOT_TESTED, "trang tự chuyển đi")

    def wrong(*_: object, **__: object) -> Any:
        raise RuntimeError("TypeError: all is not iterable\n at begin")

    page.set_content("<main><h1>Tờ khai</h1><label>Họ tên <input></label></main>")
    kept = Attachments(tmp_path, "tour", str)
    state = state_of(page, "Tờ khai – vừa mở", StepName.FORM, kept)
    looks = CloseLooks()
    whole = looks.at(page, state, Close.MEASURED, kept)
    assert whole.reading is not None and whole.geometry is not None and looks.missed == []
    monkeypatch.setattr(close_looks, "geometry_of", lost)
    part = looks.at(page, state, cast(Any, Close.MEASURED), kept)
    assert part.reading is not None and part.geometry is None
    assert [(one.name, one.why) for one in looks.missed] == [("Tờ khai – vừa mở: đo bố cục", "trang tự chuyển đi")]
    monkeypatch.setattr(close_looks, "geometry_of", wrong)
    assert looks.at(page, state, cast(Any, Close.MEASURED), kept).reading is not None
    assert [(one.reach, one.look) for one in looks.missed] == [
        (Reach.NOT_TRIED, "geometry"),
        (Reach.TOOL_ERROR, "geometry"),
    ]
    assert looks.missed[1].why == "TypeError: all is not iterable"
