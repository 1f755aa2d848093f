"""The limits of a run in small: the same code ends sooner on a page that does not come, or does not answer."""

from __future__ import annotations

import pytest

from toantrinh.driver import opening, pace, window


def shorten(patch: pytest.MonkeyPatch, *, page_s: float) -> None:
    """A page is waited for so long only, tried again at once, and a window settles within 3 seconds.

    The caller's `patch` must end before tests of other rooms run: a limit that stays short fails them on a busy machine.
    """
    patch.setattr(opening, "PAGE_S", page_s)
    patch.setattr(opening, "MARGIN_S", 2.0)
    patch.setattr(opening, "RETRY_PAUSE_MS", 50.0)
    patch.setattr(opening, "HOME_S", 1.0)
    patch.setattr(window, "SETTLE_S", 3.0)
    patch.setattr(window, "STUCK_S", 3.0)
    patch.setattr(pace, "FIRST_PAUSE_S", 0.05)
