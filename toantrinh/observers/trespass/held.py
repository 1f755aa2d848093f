"""What a press would have sent, learnt without sending it: the browser's request is answered before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.watch import SAFE
from toantrinh.driver.window import first_line
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observers.session.forged import Sent, sent_of
from toantrinh.ownership import at_home
from toantrinh.scenarios.trying import sure

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request, Route

HELD_WITHIN_MS, LOOK_MS = 600, 25  # a press that sends something does so at once
NOTHING = 204  # the browser stays on its page (RFC 9110, 15.3.5)


@contextmanager
def held(context: BrowserContext, base: str) -> Iterator[list[Sent]]:
    """While it lasts, nothing that changes something reaches the system itself; collects what was to be sent."""
    kept: list[Sent] = []

    def stop(route: Route, request: Request) -> None:
        if request.method in SAFE or not at_home(request.url, base):
            route.fallback()
            return
        kept.append(sent_of(request))
        route.fulfill(status=NOTHING)

    context.route("**/*", stop)
    try:
        yield kept
    finally:
        context.unroute("**/*", stop)


def sent_by(who: Traveller, view: View, control: Control) -> Sent | None:
    """The request that pressing the control would send, a question whether one is sure answered with yes.

    None when nothing would be sent. The page is to be opened again afterwards.
    """
    with held(who.hands.watch.context, who.system.base_url) as kept:
        after = press_held(who, view, control, kept)
        if not kept:
            sure(who, after)
    return kept[-1] if kept else None


def press_held(who: Traveller, view: View, control: Control, kept: list[Sent]) -> View:
    """Presses while requests are held; the page as it was where one was held, else what is seen then.

    Nothing comes of what was held, so nothing else is waited for. Raises StepEnded when it cannot be pressed.
    """
    from playwright.sync_api import Error

    page, before = who.hands.page, len(kept)
    try:
        who.hands.click(view.element(control))
        for _ in range(HELD_WITHIN_MS // LOOK_MS):
            if len(kept) > before:
                return view
            page.wait_for_timeout(LOOK_MS)
    except Error as error:
        raise StepEnded(Reach.TOOL_ERROR, f"không bấm được “{control.label}”: {first_line(error)}") from error
    return who.hands.settle()
