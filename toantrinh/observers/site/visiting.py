"""Opens a page of the system in a context of its own and proves which page it is; a second time, that it still is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.eyes import View
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.proof import prove
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import PLAIN, Equipment, context_of
from toantrinh.observations.page import PageKind, ProofOfPage
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observers.comparing import place_of
from toantrinh.observers.sight.timers import TIMERS
from toantrinh.observers.site.traffic import Traffic
from toantrinh.store import NotObserved, Outcome
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Go = Callable[[Hands], View]
Prepare = Callable[["Page"], None]


@dataclass(frozen=True)
class Opened:
    """A page that is open and settled, with the proof of what it is and what listened while it came."""

    page: Page
    view: View
    proof: ProofOfPage
    watch: Watch
    traffic: Traffic


class Stay(ExitStack):
    """Keeps what a visit opened open until it ends; `opened` is None until then, and where nothing came."""

    opened: Opened | None = None


@contextmanager
def opening(
    browser: Browser,
    system: System,
    name: PageName,
    go: Go,
    *,
    equipment: Equipment = PLAIN,
    prepare: Prepare | None = None,
) -> Iterator[Opened]:
    """The page to which `go` leads, in a fresh context of its own; `prepare` is done before it goes.

    Raises NotObserved when nothing answers. The proof may say that it is another kind of page.
    """
    from playwright.sync_api import Error

    context = context_of(browser, system, equipment)
    try:
        context.add_init_script(TIMERS)
        page = context.new_page()
        if prepare:
            prepare(page)
        traffic, watch = Traffic(page), Watch(context, system)
        hands = Hands(page, watch)
        try:
            view = go(hands)
        except Unreached as lost:
            raise NotObserved(outcome_of(lost.fault), f"{name.vietnamese}: {lost.why}") from lost
        except CannotAct as error:
            raise NotObserved(Outcome.NETWORK, f"{name.vietnamese}: {error}") from error
        yield Opened(hands.page, view, proof_of(view, system, name, watch), watch, traffic)
    finally:
        with suppress(Error):
            context.close()


@contextmanager
def opened_again(
    browser: Browser, system: System, known: PageFacts, *, prepare: Prepare | None = None
) -> Iterator[Opened]:
    """The page that a visit has proved, once more. Raises NotObserved when something else answers now."""
    with opening(browser, system, known.name, lambda hands: hands.go(known.address), prepare=prepare) as opened:
        where, proof = known.name.vietnamese, opened.proof
        if proof.kind is not PageKind.PAGE:
            raise NotObserved(Outcome.NOT_TESTED, f"{where}: lần mở lại chỉ gặp {proof.why or proof.kind.value}")
        if place_of(proof.address) != place_of(known.address):
            raise NotObserved(Outcome.NOT_TESTED, f"{where}: lần mở lại bị đưa sang {proof.address}")
        yield opened


def proved_anew(opened: Opened, system: System, name: PageName) -> Opened:
    """The page that took the place of the one that was open, with its own proof. Raises NotObserved without any."""
    hands = Hands(opened.page, opened.watch)
    try:
        view = hands.settle()
    except Unreached as lost:
        raise NotObserved(outcome_of(lost.fault), f"{name.vietnamese}: {lost.why}") from lost
    except CannotAct as error:
        raise NotObserved(Outcome.NOT_TESTED, f"{name.vietnamese}: trang không đứng yên để xem ({error})") from error
    return replace(opened, page=hands.page, view=view, proof=proof_of(view, system, name, opened.watch))


def proof_of(view: View, system: System, name: PageName, watch: Watch) -> ProofOfPage:
    """What kind of page is shown where the page `name` of the set is looked for."""
    return prove(
        view,
        status=watch.status_of(view.address),
        allowed_hosts=system.allowed_hosts,
        step=name.value,
        lexicon=load_lexicon(system.labels),
        log_in_expected=name is PageName.LOG_IN,
    )


def outcome_of(fault: Fault) -> Outcome:
    """How an observation ends by a fault that kept the page from us."""
    if fault is Fault.CRASHED:
        return Outcome.TOOL_ERROR
    return Outcome.NETWORK if fault.of_the_network else Outcome.NOT_TESTED
