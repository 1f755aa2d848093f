"""One visit as anybody: the home page, a search, the public lookup; what their scripts and forms ask the system for.

Nothing is sent but what a reader sends, so a JSON POST that is heard here reads.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.window import CannotAct
from toantrinh.journey.discovery import ask, open_home, search_box
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.trespass.heard import Ear
from toantrinh.observers.trespass.places import CALLS
from toantrinh.ownership import at_home
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Request as Heard

MOST_DATA = 4_000  # characters of a JSON body


class Ears(Ear):
    """Every GET of a browser context, and the JSON that its scripts send to read."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.posts: list[Request] = []
        self.home = home
        super().__init__(context, home)

    def _hear(self, request: Heard) -> None:
        super()._hear(request)
        if request.method != "POST" or request.resource_type not in CALLS or not at_home(request.url, self.home):
            return
        if (data := _json_of(request)) is not None:
            sent = request.headers
            own = {name: sent[name] for name in sent if name.startswith("x-") or name in ("accept", "content-type")}
            self.posts.append(Request(request.url, "POST", own, data))


def hear(
    browser: Browser, system: System, service: Service, attachments: Attachments, *, equipment: Equipment = PLAIN
) -> tuple[list[Request], str]:
    """(what was asked for, why the visit ended early)."""
    from playwright.sync_api import Error

    why = ""
    with travelling(browser, system, service, attachments, equipment=equipment) as who:
        who.book.pictures = False
        ears = Ears(who.hands.watch.context, system.base_url)
        try:
            view = open_home(who)
            if (box := search_box(who, view)) is not None:
                ask(who, view, box, service.search_words)
            who.way_to("look-up", "lookup")
        except StepEnded as end:
            why = end.why
        except (CannotAct, Error) as error:
            why = str(error).splitlines()[0]
        heard = [Request(one.address, "GET", one.headers) for one in ears.places]
        return [*heard, *ears.posts], why


def _json_of(request: Heard) -> Any:
    """The JSON that a call sends; None when it is something else."""
    from playwright.sync_api import Error

    with suppress(Error, ValueError, UnicodeError):
        text = request.post_data or ""
        if len(text) <= MOST_DATA and text.lstrip()[:1] in ("{", "["):
            return json.loads(text)
    return None
