"""One visit as anybody: the home page, a search, the public lookup; what their scripts and forms ask the system for.

Nothing is sent but what a reader sends, so a JSON POST that is heard here reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey.discovery import ask, open_home, search_box
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.prober.role import Role, role_of_state
from toantrinh.observers.trespass.heard import Ear
from toantrinh.observers.trespass.places import CALLS
from toantrinh.ownership import at_home
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Request as Heard

_CREDENTIAL = re.compile(
    r"(?!.*(?:csrf|xsrf|antiforgery|requestverification))"
    r"(?:authorization|(?:x-)?(?:[\w-]*-)?(?:auth|token|jwt|session|sid|api-?key|authorization)(?:-?(?:id|token|key))?)",
    re.I,
)
_KEPT = re.compile(r"token|jwt|bearer|session|auth|\beyJ", re.I)
MOST_DATA = 4_000  # characters of a JSON body


class Ears(Ear):
    """Every GET of a browser context, and the JSON that its scripts send to read.

    `shows_by`: headers by which scripts show the system who asks; `trusted`: the own servers that were sent one.
    """

    def __init__(self, context: BrowserContext, home: str, hosts: Collection[str] = ()) -> None:
        self.posts: list[Request] = []
        self.shows_by: dict[str, str] = {}
        self.trusted: set[str] = set()
        self.home, self.hosts = home, hosts
        super().__init__(context, home, hosts)

    def role_as_of_now(self, key: str, context: BrowserContext) -> Role:
        """The person in this browser, who can be asked for when it is closed. Only at the servers in `trusted`."""
        return role_of_state(key, context.storage_state(), **self.shows_by)

    def _hear(self, request: Heard) -> None:
        if not at_home(request.url, self.home) and not self._is_own_call(request):
            return
        super()._hear(request)
        if request.resource_type in CALLS:
            shown = {name: value for name, value in request.headers.items() if is_credential(name)}
            self.shows_by |= shown
            self.trusted |= {urlsplit(request.url).netloc} if shown else set()
        if request.method != "POST" or request.resource_type not in CALLS:
            return
        if (data := _json_of(request)) is not None:
            sent = request.headers
            own = {name: sent[name] for name in sent if name.startswith("x-") or name in ("accept", "content-type")}
            self.posts.append(Request(request.url, "POST", own, data))

    def _is_own_call(self, request: Heard) -> bool:
        """True for what a script of the system's own page asks another server for that the file names."""
        from playwright.sync_api import Error

        with suppress(Error):  # a frame that is gone
            named = urlsplit(request.url).hostname in self.hosts
            return request.resource_type in CALLS and named and at_home(request.frame.url, self.home)
        return False


def hear(
    browser: Browser, system: System, service: Service, attachments: Attachments, *, equipment: Equipment = PLAIN
) -> tuple[list[Request], str]:
    """(what was asked for, why the visit ended early)."""
    from playwright.sync_api import Error

    why = ""
    with travelling(browser, system, service, attachments, equipment=equipment) as who:
        who.book.pictures = False
        ears = Ears(who.hands.watch.context, system.base_url, system.allowed_hosts)
        try:
            view = open_home(who)
            if (box := search_box(who, view)) is not None:
                ask(who, view, box, service.search_words)
            who.way_to("look-up", "lookup")
        except StepEnded as end:
            why = end.why
        except (CannotAct, Error) as error:
            why = first_line(error)
        heard = [Request(one.address, "GET", one.headers) for one in ears.places]
        return [*heard, *ears.posts], why


def is_credential(name: str) -> bool:
    """True for a header of scripts that shows who asks."""
    return _CREDENTIAL.fullmatch(name) is not None


def kept_by_scripts(state: Mapping[str, Any]) -> bool:
    """True for a storage state in which scripts keep something that looks like a credential."""
    kept = [one for origin in state.get("origins", ()) for one in origin.get("localStorage", ())]
    return not state.get("cookies") or any(_KEPT.search(f"{one['name']} {one['value']}") for one in kept)


def _json_of(request: Heard) -> Any:
    """The JSON that a call sends; None when it is something else."""
    from playwright.sync_api import Error

    with suppress(Error, ValueError, UnicodeError):
        text = request.post_data or ""
        if len(text) <= MOST_DATA and text.lstrip()[:1] in ("{", "["):
            return json.loads(text)
    return None
