"""Who travels: one service, one account, one persona, one browser context, and what they have seen so far."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from toantrinh.accounts import Account
from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Unreached
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.fetching import Fetched, fetch
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import Lexicon
from toantrinh.driver.window import CannotAct, WentAway
from toantrinh.journey.stepbook import StepBook, StepEnded
from toantrinh.observations.journey import Reach
from toantrinh.ownership import at_home
from toantrinh.person import Person
from toantrinh.persona import Persona
from toantrinh.platforms import Platform
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


@dataclass
class Traveller:
    """What every step of a journey needs. `facts` collects what the steps saw, by field of `Journey`.

    `no_account` says why the account is not used, when it was refused before.
    """

    system: System
    service: Service
    account: Account | None
    persona: Persona
    lexicon: Lexicon
    hands: Hands
    book: StepBook
    attachments: Attachments
    new_context: Callable[..., BrowserContext]
    no_account: str = ""
    sessions: MutableMapping[str, Any] = field(default_factory=dict)  # by account, in memory only
    platform: Platform = field(default_factory=Platform)
    person: Person | None = None
    by_hand: bool = False  # began in a session that a person has logged in
    lost: Unreached | None = None  # the last page that did not come
    facts: dict[str, object] = field(default_factory=dict)
    _user_agent: str = ""

    def go(self, path: str) -> View:
        """Opens a path of the system. Raises StepEnded when nothing answers."""
        try:
            return self.hands.go(urljoin(self.system.base_url + "/", path))
        except CannotAct as error:
            raise StepEnded(Reach.BLOCKED, str(error)) from error

    def path(self, page: str) -> str | None:
        """The path that the system file gives for a page, if any."""
        return self.system.paths.get(page)

    def at_home(self, address: str) -> bool:
        """True when the address is of the system itself, not of a party it sends us to."""
        return at_home(address, self.system.base_url)

    def find(self, view: View, intent: str, *, fields: bool = False, least: int = 35) -> Control | None:
        """The control for an intent: by the platform's class, the system file's selector, or else the lexicon."""
        if (control := self.platform.find(self, view, intent)) is not None:
            return control
        roles = ("textbox", "searchbox", "combobox", "spinbutton") if fields else ("button", "link")
        if selector := self.system.selectors.get(intent):
            element = self.hands.page.query_selector(selector)
            if element:
                for control in view.controls:
                    if control.enabled and view.element(control).evaluate("(mine, other) => mine === other", element):
                        return control
        return view.best(self.lexicon[intent], roles=roles, least=least)

    def way_to(self, intent: str, page: str) -> View | None:
        """The page behind an intent: by the path of the system file, a link in sight, or one on the home page.

        None when there is no such link.
        """
        if (view := self.platform.way_to(self, page)) is not None:
            return view
        if path := self.path(page):
            return self.go(path)
        view = self.hands.settle()
        link = self.find(view, intent) if self.at_home(view.address) else None
        if link is None:
            view = self.go(self.path("home") or "")
            link = self.find(view, intent)
        return self.press(view, link) if link else None

    def press(self, view: View, control: Control) -> View:
        """Presses, and ends the step when that is impossible (our failure, never the system's)."""
        try:
            return self.hands.press(view, control)
        except WentAway as error:  # nobody's fault: the page has its own pace
            raise StepEnded(Reach.BLOCKED, f"chưa bấm được {error}") from error
        except CannotAct as error:
            raise StepEnded(Reach.TOOL_ERROR, f"không bấm được {error}") from error

    def fetch(self, address: str) -> tuple[int | None, bytes, str]:
        """(status, body, content type) of an address, asked for with the traveller's cookies; hosts of the system only.

        A body over 25 MiB, or one that does not come in time, is left out. Status None: not asked for, or no answer.
        """
        got = self.fetch_file(address)
        return got.status, got.content, got.kind

    def fetch_file(self, address: str) -> Fetched:
        """Like `fetch`, with the reason when the file did not come wholly; a second request is said in the record."""
        got = fetch(self.hands.watch.context, address, self.system.allowed_hosts, agent=self._agent())
        for note in got.notes:
            self.book.note(note)
        return got

    def _agent(self) -> str:
        """The browser's name for itself: firewalls know programs that call themselves otherwise."""
        from playwright.sync_api import Error

        if not self._user_agent:
            try:
                with alarm(self.hands.page, 5):
                    self._user_agent = str(self.hands.page.evaluate("() => navigator.userAgent"))
            except Error:
                return "toantrinh"
        return self._user_agent
