"""What the pages of a citizen ask the system for while the citizen looks at them, and how they show who asks."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.proof import logged_in
from toantrinh.journey.identity import log_in, needs_log_in
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observers.prober.role import Role, role_of_context
from toantrinh.observers.trespass.credentials import is_secret
from toantrinh.observers.trespass.places import CALLS, Place
from toantrinh.scenarios.own_list import open_list

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request

NEVER = ("destructive", "log-out", "delete-draft", "remove-file", "withdraw")
SURE = 60
BROWSERS = ("cookie", "user-agent", "sec-fetch-user", "upgrade-insecure-requests", "sec-ch-ua")


class Ear:
    """Every GET that a browser context sends to the system, in order, with the headers that scripts gave it.

    Of the other `hosts` that the file names only what scripts ask for is heard: their data, not their pages.
    """

    def __init__(self, context: BrowserContext, home: str, hosts: Collection[str] = ()) -> None:
        self.places: list[Place] = []
        self._home, self._hosts = home, hosts
        self._sent: dict[str, list[str]] = {}  # what scripts gave as headers, by name, the latest last
        context.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        call = request.resource_type in CALLS
        if not (request.url.startswith(self._home) or (call and urlsplit(request.url).hostname in self._hosts)):
            return
        headers = {name: value for name, value in request.headers.items() if _of_script(name)}
        for name, value in headers.items():
            known = self._sent.setdefault(name, [])
            self._sent[name] = [*(one for one in known if one != value), value]
        if request.method != "GET" or not (call or request.resource_type in ("document", "image")):
            return
        own = {name: value for name, value in headers.items() if name != "authorization"}
        own |= {"accept": request.headers["accept"]} if "accept" in request.headers else {}
        self.places.append(Place(request.url, call, own if call else {}))

    @property
    def secret_names(self) -> set[str]:
        """The names of headers that look like a credential."""
        return {name for name, values in self._sent.items() if is_secret(name, values[-1])}

    def sends(self, name: str, value: str) -> bool:
        """True for a header that this browser sends, too: the application's."""
        return value in self._sent.get(name, ())

    def role(self, key: str, context: BrowserContext, other: Ear | None = None) -> Role:
        """The person in this context, as the system knows it: by cookies, or by what scripts send.

        A header with which the `other` person's browser sends something else is this one's own, unless it has many.
        """
        own = {}
        for name, values in self._sent.items():
            if other is not None and other.sends(name, values[-1]):
                continue
            differs = other is not None and name in other._sent and len(values) == 1
            if differs or is_secret(name, values[-1]):
                own[name] = values[-1]
        return role_of_context(key, context, **own)


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


def _of_script(name: str) -> bool:
    """True for a header that no browser sends by itself and that may be a credential or the application's mark."""
    return name == "authorization" or name.startswith("x-") or (name not in BROWSERS and is_secret(name, ""))


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
