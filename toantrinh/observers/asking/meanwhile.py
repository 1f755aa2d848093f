"""Gives the browser an order that is carried out while others are given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")
Done = TypeVar("Done")


class Meanwhile(Generic[T]):
    """An order to Playwright under way. It goes on whenever its giver waits for the browser.

    Wait for its end before the page is left; a page that is closed ends what was asked of it.
    """

    def __init__(self, order: Callable[[], T]) -> None:
        self._ended: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        giver, child = getcurrent(), greenlet(self._carry_out)

        def back() -> None:
            # Called by Playwright's loop, which is where the order waits, and where its end must lead.
            self._loop = child.parent = getcurrent()
            giver.switch()

        waits = asyncio.get_running_loop().call_soon(back)
        child.switch(order)
        waits.cancel()  # no-op unless the order has ended without any wait

    def _carry_out(self, order: Callable[[], T]) -> None:
        try:
            self._ended.set_result(order())
        except Exception as error:
            self._ended.set_exception(error)

    def wait(self) -> BaseException | None:
        """Lets the order come to its end; what it raised."""
        giver, waiting = getcurrent(), True

        def resume(_: asyncio.Future[T]) -> None:
            if waiting:
                giver.switch()

        if not self._ended.done():
            self._ended.add_done_callback(resume)
        while not self._ended.done():
            self._loop.switch()
        waiting = False
        return self._ended.exception()

    def result(self) -> T:
        """What the order gives. Raises what it raised."""
        self.wait()
        return self._ended.result()


def beside(order: Callable[[], T], work: Callable[[], Done]) -> tuple[T, Done]:
    """What an order to the browser gives, and what is reckoned while the browser carries it out.

    Raises what either raised, when the order has ended.
    """
    going = Meanwhile(order)
    try:
        done = work()
    finally:
        going.wait()
    return going.result(), done
