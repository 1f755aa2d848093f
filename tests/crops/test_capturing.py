"""A picture that Chromium could not make is asked for again, and not for ever; any other error passes through."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.sync_api import Error

from toantrinh.observers.pictures.capturing import LATE, TRIES, captured


class Session:
    def __init__(self, *errors: str) -> None:
        self.errors, self.asked = list(errors), 0

    def send(self, method: str, asked: dict[str, Any]) -> dict[str, str]:
        self.asked += 1
        if self.errors:
            raise Error(self.errors.pop(0))
        return {"data": base64.b64encode(b"png").decode()}


def test_a_late_picture_is_asked_for_again() -> None:
    session = Session(LATE)
    assert captured(session, {}) == b"png" and session.asked == 2  # type: ignore[arg-type]


@pytest.mark.parametrize(("said", "asked"), [(LATE, TRIES), ("Target closed", 1)])
def test_what_goes_on_failing_passes_through(said: str, asked: int) -> None:
    session = Session(*[said] * TRIES)
    with pytest.raises(Error, match=said):
        captured(session, {})  # type: ignore[arg-type]
    assert session.asked == asked
