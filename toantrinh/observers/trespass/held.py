"""What a press would have sent, learnt without sending it: the browser's request is answered before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.watch import SAFE
from toantrinh.driver.window import first_line
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observers.session.forged import Sent, sent_of
from toantrinh.ownership import at_home
from toantrinh.scenarios.trying import sure
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request, Route

HELD_WITHIN_MS, LOOK_MS = 600, 25  # a press that sends something does so at once
ANSWERED = ("document", "xhr", "fetch")  # what waits for an answer, as a beacon does not
NOTHING = 204  # the browser stays on its page (RFC 9110, 15.3.5)


class Kept(list[Sent]):
    """What was to be sent, in order. `pressing`: navigations are held, too, not only what changes something."""

    pressing = False

    @property
    def chosen(self) -> Sent | None:
        """What the press was about: the last that changes something by its method, or else the last."""
        return next((one for one in reversed(self) if one.method not in SAFE), self[-1] if self else None)


@contextmanager
def held(context: BrowserContext, system: System) -> Iterator[Kept]:
    """While it lasts nothing that changes something reaches anybody; collects what was to be sent to the system itself,
    and what a press sends to its other hosts (what a page says to a tracker is held, and nothing more)."""
    kept = Kept()

    def stop(route: Route, request: Request) -> None:
        if request.method in SAFE and not (kept.pressing and request.is_navigation_request()):
            route.fallback()
            return
        pressed = kept.pressing and request.resource_type in ANSWERED
        if at_home(request.url, system.base_url) or (
            pressed and urlsplit(request.url).hostname in system.allowed_hosts
        ):
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
    with held(who.hands.watch.context, who.system) as kept:
        after = press_held(who, view, control, kept)
        if not kept:
            kept.pressing = True
            sure(who, after)
    return kept.chosen


def press_held(who: Traveller, view: View, control: Control, kept: Kept) -> View:
    """Presses while requests and navigations are held; the page as it was where one was held, else what is seen then.

    Nothing comes of what was held, so nothing else is waited for. Raises StepEnded when it cannot be pressed.
    """
    from playwright.sync_api import Error

    page, before = who.hands.page, len(kept)
    kept.pressing = True
    try:
        who.hands.click(view.element(control))
        for _ in range(HELD_WITHIN_MS // LOOK_MS):
            if len(kept) > before:
                return view
            page.wait_for_timeout(LOOK_MS)
        return who.hands.settle()
    except Error as error:
        raise StepEnded(Reach.TOOL_ERROR, f"không bấm được “{control.label}”: {first_line(error)}") from error
    finally:
        kept.pressing = False
