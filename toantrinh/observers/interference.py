"""Goes a short way through the system while its measuring host is slow, down or talks rubbish, and undisturbed between.

Home, search, the public page of a service, then its form's first page, sent once; where nothing may be sent, the log-in
page. The draft that the form's first page makes is taken away again.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from greenlet import greenlet

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import discovery
from toantrinh.journey.application import Detours, submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.interference import Disturbance, Interference, Passage, Place, Stop
from toantrinh.observations.journey import Reach, Shot, StepName
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.scenarios.trying import picture
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SCRIPT = re.compile(r"gov-tracking", re.I)
DELAY_S = 10.0
ROUNDS = 3  # of both kinds, where times are compared or a difference has to be confirmed
MOST_S = 300.0  # for one disturbance; a round that has begun is finished
HTML = "<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>"
HALF_SCRIPT = "throw new Error('gov-tracking: unexpected end');\n(function (window, document) { var queue = ["
MOST_ERRORS = 20


def interference_key(disturbance: Disturbance) -> str:
    """The key of the observation, such as `interference/slow`."""
    return f"interference/{disturbance}"


def observe_interference(
    browser: Browser,
    system: System,
    service: Service,
    disturbance: Disturbance,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
    delay_s: float = DELAY_S,
) -> Interference:
    """The way gone undisturbed and disturbed in turn. Raises NotObserved where nothing asks for a measuring host."""
    known: MutableMapping[str, Any] = {} if sessions is None else sessions
    addresses = _Addresses(urlsplit(system.base_url).netloc)
    left: list[str] = []

    def go(disturbed: bool) -> Passage:
        collector = _Collector(disturbance if disturbed else None, addresses, delay_s)
        way = travelling(
            browser, system, service, attachments, equipment=equipment, no_account=no_account, sessions=known,
            resume=True,
        )  # fmt: skip
        with way as who:
            passage, stays = _pass(who, collector)
        left.extend([stays] if stays else [])
        return passage

    first = go(disturbed=False)  # warms the system up, logs in and tells the addresses; its times are not compared
    if not first.stops:
        raise NotObserved(Outcome.NOT_TESTED, f"không đi được quãng đường ngắn: {first.why}")
    if not addresses.found:
        stays = f"; còn lại {left[0]}" if left else ""
        raise NotObserved(Outcome.NOT_TESTED, f"không trang nào gọi tới máy đo nên không có gì để cản{stays}")
    started, passages = time.monotonic(), [go(disturbed=False), go(disturbed=True)]

    def so_far() -> Interference:
        return Interference(
            disturbance=disturbance, service=service.code, delay_s=delay_s, hosts=tuple(sorted(addresses.hosts)),
            passages=tuple(passages), left_behind=tuple(dict.fromkeys(left)),
        )  # fmt: skip

    for _ in range(ROUNDS - 1):
        enough = disturbance is not Disturbance.SLOW and not so_far().lost()
        if enough or time.monotonic() - started > MOST_S:
            break
        passages += [go(disturbed=False), go(disturbed=True)]
    return so_far()


@dataclass
class _Addresses:
    """The addresses of the measuring host, as they become known. `home` is the system's own host and port."""

    home: str
    found: set[str] = field(default_factory=set)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(address).netloc for address in self.found}

    def learn(self, watch: Watch) -> None:
        asked = {seen.request.url.split("?")[0] for seen in watch.seen}
        self.found |= {one for one in asked if one.startswith("http") and (SCRIPT.search(one) or watch.is_beacon(one))}

    def __contains__(self, address: str) -> bool:
        bare = address.split("?")[0]
        netloc = urlsplit(bare).netloc
        return bare in self.found or (netloc in self.hosts and netloc != self.home)


@dataclass
class _Collector:
    """Stands in the way of the measuring host; without a disturbance it lets everything pass."""

    disturbance: Disturbance | None
    addresses: _Addresses
    delay_s: float
    met: int = 0
    off: bool = False

    def __call__(self, route: Route) -> None:
        if self.disturbance is None or self.off:
            route.fallback()
            return
        self.met += 1
        match self.disturbance:
            case Disturbance.SLOW:
                asyncio.get_running_loop().call_later(self.delay_s, lambda: greenlet(_let_go).switch(route))
            case Disturbance.REFUSED:
                route.abort("connectionrefused")
            case Disturbance.ERROR:
                route.fulfill(status=500, content_type="text/html", body=HTML)
            case Disturbance.HTML:
                route.fulfill(status=200, headers=_script_headers(), body=HTML)
            case Disturbance.BROKEN:
                route.fulfill(status=200, headers=_script_headers(), body=HALF_SCRIPT)


def _script_headers() -> dict[str, str]:
    return {"Content-Type": "text/javascript; charset=utf-8", "Access-Control-Allow-Origin": "*"}


def _let_go(route: Route) -> None:
    from playwright.sync_api import Error

    try:
        route.fallback()
    except Error:  # its page has gone
        return


def _pass(who: Traveller, collector: _Collector) -> tuple[Passage, str]:
    """The way gone once, and what is left of its draft, in words."""
    from playwright.sync_api import Error

    who.book.pictures = False
    context = who.hands.watch.context
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)[:300]))
    context.route(lambda address: address in collector.addresses, collector)
    way = _Way(who)
    reach, why = Reach.REACHED, ""
    try:
        way.travel()
    except StepEnded as end:
        reach, why = end.reach, end.why
    except CannotAct as error:
        reach, why = Reach.TOOL_ERROR, str(error)
    except Error as error:
        reach, why = Reach.TOOL_ERROR, f"browser: {first_line(error)}"
    disturbed = collector.disturbance is not None
    shots: tuple[Shot, ...] = ()
    if reach is not Reach.REACHED and disturbed:
        shots = picture(who, f"Nơi dừng lại {collector.disturbance.vietnamese}" if collector.disturbance else "")
    collector.addresses.learn(who.hands.watch)
    collector.off = True
    left = discard_draft(who, way.draft, saved=False) if way.draft else ""
    passage = Passage(
        disturbed=disturbed, stops=tuple(way.stops), reach=reach, why=why, met=collector.met,
        errors=tuple(dict.fromkeys(errors))[:MOST_ERRORS], shots=shots,
    )  # fmt: skip
    return passage, left


class _Enough(StepEnded):
    """The way ends here."""

    def __init__(self) -> None:
        super().__init__(Reach.REACHED, "")


class _Way(Detours):
    """The way, place by place."""

    def __init__(self, who: Traveller) -> None:
        self._who, self.stops, self.draft = who, list[Stop](), ""
        self._since = 0.0

    def travel(self) -> None:
        """Goes as far as it gets. Raises StepEnded where it stops."""
        who = self._who
        view = self._timed(Place.HOME, lambda: discovery.open_home(who))
        view = self._timed(Place.DETAIL, lambda: self._seen(StepName.DETAIL, discovery.search(who, view)))
        if who.system.why_not("submit") or who.account is None:
            self._timed(Place.LOG_IN, self._log_in_page)
            return
        self._since = time.perf_counter()
        submit_dossier(who, discovery.apply(who, view), self)

    def on_page(self, who: Traveller, view: View) -> View:
        if self.stops[-1].place is Place.DETAIL:
            self._stop(Place.FORM, view)
            self.draft = view.address
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        if step is StepName.FORM:
            self._timed(Place.SENT, lambda: self._seen(StepName.FORM, who.press(view, control)))
        raise _Enough

    def at_gateway(self, who: Traveller, view: View) -> View:
        raise _Enough

    def _log_in_page(self) -> View:
        who = self._who
        who.book.begin(StepName.LOG_IN)
        view = who.way_to("log-in", "log-in")
        if view is None:
            raise StepEnded(Reach.ABSENT, "không thấy lối đăng nhập")
        who.book.see(view, log_in_expected=True)
        return view

    def _seen(self, step: StepName, view: View) -> View:
        self._who.book.begin(step)
        self._who.book.see(view)
        return view

    def _timed(self, place: Place, act: Callable[[], View]) -> View:
        self._since = time.perf_counter()
        view = act()
        self._stop(place, view)
        return view

    def _stop(self, place: Place, view: View) -> None:
        took = round((time.perf_counter() - self._since) * 1000, 1)
        self.stops.append(Stop(place=place, address=view.address, heading=view.heading, duration_ms=took))
