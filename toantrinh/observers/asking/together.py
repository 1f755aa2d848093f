"""Orders to the browser that are under way at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from greenlet import greenlet

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

Order = tuple[str, Mapping[str, Any]]  # a method of the browser's protocol and its parameters


def send_together(session: CDPSession, orders: Sequence[Order]) -> None:
    """Sends orders that the browser carries out one after the other, without waiting for each answer before the next.

    Returns when the last one is answered. Raises playwright's Error, also for an order before the last.
    """
    from playwright.sync_api import Error

    first, *others = orders
    failed: list[Error] = []

    def send(order: Order) -> None:
        try:
            session.send(order[0], dict(order[1]))
        except Error as error:
            failed.append(error)

    def start() -> None:
        """Within Playwright's loop, where a greenlet that waits for its answer gives way to the next."""
        for order in others[:-1]:
            greenlet(send).switch(order)

    loop = asyncio.get_running_loop()
    loop.call_soon(loop.call_soon, start)  # when the first one is on its way
    for order in (first, *others[-1:]):
        session.send(order[0], dict(order[1]))
    if failed:
        raise failed[0]
