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
    """`rang` is True when the time was up and the orders were given; what was being asked then fails."""

    rang: bool = False


@contextmanager
def alarm(page: Page, seconds: float) -> Iterator[Alarm]:
    """Closes `page` when the block takes longer than `seconds`. `Page.evaluate` itself knows no limit."""
    with limit(seconds, lambda: page.route("**/*", lambda route: route.abort()), page.close) as state:  # see closing
        yield state


@contextmanager
def limit(seconds: float, *orders: Callable[[], object]) -> Iterator[Alarm]:
    """Gives Playwright these orders, one after the other, when the block takes longer than `seconds`.

    Playwright's loop runs while one of its calls waits, so the alarm rings inside of it, each order in a greenlet of
    its own as Playwright's event handlers are.
    """
    state = Alarm()

    def ask(order: Callable[[], object]) -> None:
        from playwright.sync_api import Error

        with suppress(Error):  # what it was about has gone by itself
            order()

    def ring() -> None:
        state.rang = True
        for order in orders:
            greenlet(ask).switch(order)

    timer = asyncio.get_running_loop().call_later(seconds, ring)
    try:
        yield state
    finally:
        timer.cancel()
