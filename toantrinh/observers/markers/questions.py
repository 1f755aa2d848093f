"""Markers in what a request itself carries: parameters, search words, look-up code, user name, headers, path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from toantrinh.driver.endings import Unreached
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import Hands
from toantrinh.driver.watch import Watch
from toantrinh.journey import discovery, tracking
from toantrinh.journey.form import TEXT_ROLES
from toantrinh.journey.identity import password_field
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.markers import Kind
from toantrinh.observers.markers.looking import Lookout, Seen
from toantrinh.observers.markers.marker import FORMS, IN_LINK, IN_SCRIPT, PLAINEST, written
from toantrinh.observers.markers.own_pages import guarded
from toantrinh.observers.markers.parameters import Query, queries_of, query_of
from toantrinh.observers.markers.writing import Places
from toantrinh.scenarios.logging_in import password_page

MOST_ASKED = 24  # addresses opened with a marker in them
MOST_LOST = 2  # pages that do not come: it cannot bear more
MOST_BLOCKS = 3  # pages of a firewall in a row: it wants no more
NOBODY = "nobody"
WRONG = "sai-mat-khau-kiem-thu"


@dataclass
class Questions:
    """One visit's questions. `asked`: how many addresses were opened so far."""

    who: Traveller
    lookout: Lookout
    places: Places
    asked: int = 0
    _blocks: int = 0
    _lost: int = 0

    def ask(self, journey: Journey, heard: Iterable[str]) -> str:
        """Asks everything; why a part could not be asked, empty when all could."""
        queries = queries_of(journey, heard, self.who.at_home)
        parts: list[Callable[[], str | None]] = [
            *(lambda query=query: self._parameters(query) for query in queries),
            lambda: self._search(journey),
            self._look_up,
            self._doors,
            self._headers,
        ]
        told: list[str] = []
        with self.lookout.trap.looking(self.lookout.trap.role, Kind.PAGE):
            for part in parts:
                told.append(guarded(part))
                if self._blocks >= MOST_BLOCKS:
                    told.append("bị chặn: hệ thống từ chối nhiều trang liền có dấu thử")
                    break
                if self._lost >= MOST_LOST:
                    break
        return "; ".join(dict.fromkeys(why for why in told if why))

    def _parameters(self, query: Query) -> None:
        """All parameters at once; one by one where the system takes the whole for a mistake."""
        self.who.book.begin(StepName.SEARCH)
        numbers = {name: self._allot("parameter", f"tham số {name}", query.path) for name in query.names}
        numbers = {name: number for name, number in numbers.items() if number}
        seen, stood = self._opened(query, numbers, FORMS[0])
        if not stood and len(numbers) > 1:
            for name, number in numbers.items():
                one, _ = self._opened(query, {name: number}, FORMS[0])
                seen = Seen((*seen.scripts, *one.scripts), (*seen.links, *one.links))
        for name, number in numbers.items():
            further = (*(IN_SCRIPT if number in seen.scripts else ()), *(IN_LINK if number in seen.links else ()))
            for form in further:
                self._opened(query, {name: number}, form)

    def _opened(self, query: Query, numbers: dict[str, int], form: tuple[str, str]) -> tuple[Seen, bool]:
        """What the page does with markers in these parameters, and whether it is a page of the system's content."""
        if self.asked >= MOST_ASKED or self._blocks >= MOST_BLOCKS:
            return Seen(), True
        values = {name: self.lookout.trap.name.marker(number, form) for name, number in numbers.items()}
        for name, number in numbers.items():
            self.places.write(number, values[name], form[0])
        self.asked += 1
        return self._looked(self._gone(self.who.hands, query.with_values(values)))

    def _gone(self, hands: Hands, address: str) -> View:
        """Opens an address; a page that does not come is counted."""
        try:
            return hands.go(address)
        except Unreached:
            self._lost += 1
            raise

    def _looked(self, view: View) -> tuple[Seen, bool]:
        try:
            self.who.book.see(view, log_in_expected=True)
        except StepEnded as end:
            self._blocks = self._blocks + 1 if end.reach is Reach.BLOCKED and self.who.at_home(view.address) else 0
            return self.lookout.at(self.who.hands.page, why=end.why), False
        self._blocks = 0
        return self.lookout.at(self.who.hands.page), True

    def _search(self, journey: Journey) -> None:
        """The search box itself, where no address of the run carries its words."""
        if query_of(journey.step(StepName.SEARCH).address):
            return
        who = self.who
        who.book.begin(StepName.SEARCH)
        view = who.go(who.path("home") or "")
        box = discovery.search_box(who, view)
        if box is not None and (text := self._for_box("search", box, view.address)):
            self._looked(discovery.ask(who, view, box, text))

    def _look_up(self) -> None:
        view, box = tracking.open_look_up(self.who)
        if text := self._for_box("look-up", box, view.address):
            self._looked(tracking.enter_code(self.who, view, box, text))

    def _doors(self) -> None:
        """A user name that nobody has, at the doors that are the system's own: what the refusal shows of it."""
        who, citizen = self.who, self.who.hands
        context = who.new_context()
        who.hands = stranger = Hands(context.new_page(), Watch(context, who.system))
        try:
            with self.lookout.trap.looking(NOBODY, Kind.PAGE):
                who.book.begin(StepName.LOG_IN, stranger)
                with suppress(StepEnded):  # without a way to a password there is no refusal either
                    view, password = password_page(who)
                    self._knock(stranger, view, password)
                if path := who.path("officer"):
                    view = self._gone(stranger, urljoin(who.system.base_url + "/", path))
                    self._knock(stranger, view, password_field(view))
        finally:
            who.hands = citizen
            who.book.begin(StepName.SEARCH, citizen)
        context.close()

    def _knock(self, hands: Hands, view: View, password: Control | None) -> None:
        if password is None or not self.who.at_home(view.address):
            return
        name = next((c for c in view.fields if c.role in TEXT_ROLES and c.form == password.form), None)
        if name is not None and (text := self._for_box("user-name", name, view.address)):
            hands.fill(view, name, text)
            hands.fill(view, password, WRONG)
            hands.enter(view, password)
            self.lookout.at(hands.page)

    def _headers(self) -> None:
        """The browser's name, where it came from, and the path of a page that does not exist."""
        who, base = self.who, f"{self.who.system.base_url}/"
        agent, referer = self._headed("User-Agent"), self._headed("Referer")
        lost = self._allot("path", "đường dẫn của trang không có", base)
        if not (agent and referer and lost):
            return
        form = PLAINEST
        self.places.write(lost, self.lookout.trap.name.marker(lost, form), form[0])
        context = who.new_context(
            user_agent=f"Mozilla/5.0 {self.places.known[agent].written}",
            extra_http_headers={"Referer": f"{base}?{self.places.known[referer].written}"},
        )
        hands = Hands(context.new_page(), Watch(context, who.system))
        with self.lookout.trap.looking(NOBODY, Kind.PAGE):
            for path in (who.path("home") or "", quote(self.places.known[lost].written, safe="")):
                if self._lost < MOST_LOST:
                    self._gone(hands, urljoin(base, path))
                    self.lookout.at(hands.page)
        context.close()

    def _headed(self, header: str) -> int:
        number = self._allot("header", f"tiêu đề {header}", self.who.system.base_url)
        if number:
            self.places.write(number, self.lookout.trap.name.marker(number, FORMS[1]), FORMS[1][0])
        return number

    def _for_box(self, what: str, box: Control, address: str) -> str:
        number = self._allot(what, box.label or box.placeholder or what, address)
        made = written(self.lookout.trap.name, number, box.maxlength, "") if number else None
        if made is None:
            return ""
        self.places.write(number, *made)
        return made.text

    def _allot(self, what: str, label: str, address: str) -> int:
        return self.places.allot(what, label, address)
