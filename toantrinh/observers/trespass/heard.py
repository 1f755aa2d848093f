"""What the pages of a citizen ask the system for while the citizen looks at them, and how they show who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.proof import logged_in
from toantrinh.journey.identity import log_in, needs_log_in
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observers.prober.role import Role, role_of_context
from toantrinh.observers.trespass.places import CALLS, Place
from toantrinh.scenarios.own_list import open_list

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request

NEVER = ("destructive", "log-out", "delete-draft", "remove-file", "withdraw")
SURE = 60


class Ear:
    """Every GET that a browser context sends to the system, in order, with the headers that scripts gave it."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.places: list[Place] = []
        self.authorization = ""
        self._home = home
        context.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        if not request.url.startswith(self._home):
            return
        headers = request.headers
        self.authorization = headers.get("authorization", self.authorization)
        call = request.resource_type in CALLS
        if request.method != "GET" or not (call or request.resource_type in ("document", "image")):
            return
        own = {name: value for name, value in headers.items() if name.startswith("x-") or name == "accept"}
        self.places.append(Place(request.url, call, own if call else {}))

    def role(self, key: str, context: BrowserContext) -> Role:
        """The person in this context, as the system knows it: by cookies, or by a token that scripts send."""
        return role_of_context(key, context, **({"Authorization": self.authorization} if self.authorization else {}))


def see_own(who: Traveller, address: str) -> list[str]:
    """Opens the owner's dossier and the own list; returns what the dossier's page leads to. Raises StepEnded."""
    who.book.begin(StepName.RESULT)
    view = who.go(address)
    if needs_log_in(view, who.lexicon) or logged_in(view, who.lexicon) is False:
        log_in(who, view if needs_log_in(view, who.lexicon) else _door(who))
        view = who.go(address)
    who.book.begin(StepName.RESULT)
    who.book.see(view)
    links = [control.href for control in view.controls if control.href and not _acts(who, control)]
    try:
        listed = open_list(who)
    except StepEnded:
        listed = None
    if listed is not None:
        links += [c.href for c in listed.controls if c.href and listed.in_body(c) and not _acts(who, c)]
    return list(dict.fromkeys(links))


def let_in(who: Traveller) -> bool:
    """Logs somebody in where they are not yet; True when the page shows that they are. Raises StepEnded."""
    who.book.begin(StepName.LOG_IN)
    view = who.go(who.path("home") or "")
    if logged_in(view, who.lexicon) is not True:
        view = log_in(who, view if needs_log_in(view, who.lexicon) else _door(who))
    return is_in(who, view)


def is_in(who: Traveller, view: View | None = None) -> bool:
    """True when the home page, or `view`, shows that somebody is logged in."""
    view = view or who.go(who.path("home") or "")
    return logged_in(view, who.lexicon) is True or who.persona.full_name in view.text


def _door(who: Traveller) -> View:
    view = who.way_to("log-in", "log-in")
    if view is None:
        raise StepEnded(Reach.ABSENT, "không thấy đường đến trang đăng nhập")
    return view


def _acts(who: Traveller, control: Control) -> bool:
    """True for a link whose words say that it does something."""
    words = who.lexicon
    if any(words[intent].nearness(control.label) >= SURE for intent in NEVER):
        return True
    return words["pay"].nearness(control.label) > max(SURE, words["payment-receipt"].nearness(control.label))
