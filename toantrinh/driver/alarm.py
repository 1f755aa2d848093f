"""A limit for everything that is asked of a page: one whose script never ends would keep us waiting for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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

    def ask(order: Callable[[], object]) -> None:
        from playwright.sync_api import Error

        with suppress(Error):  # it has gone by itself
            order()

    def ring() -> None:
        state.rang = True
        greenlet(ask).switch(lambda: page.route("**/*", lambda route: route.abort()))  # see closing.close
        greenlet(ask).switch(page.close)

    timer = asyncio.get_running_loop().call_later(seconds, ring)
    try:
        yield state
    finally:
        timer.cancel()
