"""A limit for everything that is asked of a page: one whose script never ends would keep us waiting for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlet import greenlet

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass
class Alarm:
    """`rang` is True when the time was up and the page was closed; all that was being asked of it then fails."""

    rang: bool = False


@contextmanager
def alarm(page: Page, seconds: float) -> Iterator[Alarm]:
    """Closes `page` when the block takes longer than `seconds`. `Page.evaluate` itself knows no limit.

    Playwright's loop runs while one of its calls waits, so the alarm rings inside of it, in a greenlet of its own as
    Playwright's event handlers do.
    """
    state = Alarm()

    def close() -> None:
        from playwright.sync_api import Error

        try:
            page.close()
        except Error:
            return  # it has gone by itself

    def ring() -> None:
        state.rang = True
        greenlet(close).switch()

    timer = asyncio.get_running_loop().call_later(seconds, ring)
    try:
        yield state
    finally:
        timer.cancel()
