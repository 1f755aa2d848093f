"""The states that one tour has looked at, each with the proof of its page; and those that it could not come to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toantrinh.driver.eyes import View
from toantrinh.driver.proof import prove
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import signing
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.page import ProofOfPage
from toantrinh.observations.tour import ErrorsShown, HoverContent, MissedState, StateFacts
from toantrinh.observers.pictures.crops import Subject, crops_of
from toantrinh.observers.touring.close_looks import Close, CloseLooks
from toantrinh.observers.touring.hovering import hovers_of
from toantrinh.observers.touring.states import state_of
from toantrinh.store import Attachments, NotObserved

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST_STATES = 40
MOST_FIELDS = 4  # of one state with errors that are pictured
T = TypeVar("T")
DialogWalk = Callable[[Attachments], KeyboardFacts | None]


class Album:
    """Looks at states and keeps them. `missed`: those, and looks at them, that could not be had, with the reason."""

    def __init__(self) -> None:
        self.states: list[StateFacts] = []
        self.hovers: list[HoverContent] | None = None
        self._close = CloseLooks()
        self.missed = self._close.missed

    def look(
        self,
        who: Traveller,
        view: View,
        name: str,
        step: StepName,
        *,
        errors: ErrorsShown | None = None,
        close: Close = Close.NO,
        keys: bool = False,
        dialog: DialogWalk | None = None,
    ) -> None:
        """Looks at what is open, of which `view` is a survey. `close`: how much more than axe and widths is asked.

        `keys`: it is walked by the keyboard, too, for a state in which nothing is done afterwards. `dialog`: walks what
        is open in front.
        """
        if len(self.states) >= MOST_STATES:
            return
        names = {state.name for state in self.states}
        number = next(n for n in range(1, MOST_STATES + 2) if numbered(name, n) not in names)
        page, kept = who.hands.page, _Chapter(who.attachments, f"{len(self.states) + 1:02d}")
        proof = _proof(who, view, step)
        state = state_of(page, numbered(name, number), step, kept, errors and _pictured(page, errors, kept))
        state = state.model_copy(update={"proof": proof, "own": who.at_home(state.address)})
        if state.judged:
            state = self._close.at(page, state, close, kept)
        if state.judged and keys:
            state = self._close.by_keys(page, state, kept)
        if state.judged and dialog:
            state = self._close.dialog(page, state, lambda: dialog(kept))
        self.states.append(state)

    def hover(self, who: Traveller, name: str, come: Callable[[], View]) -> None:
        """Rests the pointer on what may show more, on a page of the system itself; no state of its own."""

        def look() -> None:
            if not who.at_home(come().address):
                return
            kept = f"re-chuot-{len(self.hovers or ())}"
            try:
                self.hovers = [*(self.hovers or ()), *hovers_of(who.hands.page, who.attachments, kept)]
            except NotObserved as lost:
                raise CannotAct(lost.reason) from lost

        if ended := tried(look):
            self.missed.append(MissedState(name=f"{name}: rê chuột", why=ended[1], reach=ended[0], look="hovers"))

    def come_to(self, name: str, act: Callable[[], T]) -> T | None:
        """What `act` gives; a state that it could not come to is among the missed."""
        result: list[T] = []
        if ended := tried(lambda: result.append(act())):
            self.missed.append(MissedState(name=name, why=ended[1] or ended[0].value, reach=ended[0]))
        return result[0] if result else None


class _Chapter(Attachments):
    """The same folder; the names of one state's pictures begin alike."""

    def __init__(self, whole: Attachments, name: str) -> None:
        self._whole, self._name = whole, name
        self.clean, self.saved = whole.clean, whole.saved

    def save(self, name: str, content: bytes | str) -> str:
        return self._whole.save(f"{self._name}-{name}", content)

    def file_of(self, relative: str) -> Path:
        return self._whole.file_of(relative)


def _pictured(page: Page, errors: ErrorsShown, kept: Attachments) -> ErrorsShown:
    """The same, with pictures of the first fields of which the system itself says what is wrong."""
    told = [one for one in errors.fields if one.message and not one.native][:MOST_FIELDS]
    names = {one.selector: f"loi-{number}" for number, one in enumerate(told, 1)}
    shots = crops_of(page, [Subject(name, (selector,)) for selector, name in names.items()], kept)
    pictured = (one.model_copy(update={"shot": shots.get(names.get(one.selector, ""), "")}) for one in errors.fields)
    return errors.model_copy(update={"fields": tuple(pictured)})


def tried(act: Callable[[], object]) -> tuple[Reach, str] | None:
    """How an act ended that did not go to its end; None for one that did."""
    from playwright.sync_api import Error

    try:
        act()
    except StepEnded as end:
        return end.reach, end.why
    except CannotAct as error:
        return Reach.TOOL_ERROR, str(error)
    except Error as error:
        return Reach.TOOL_ERROR, f"browser: {first_line(error)}"
    except RuntimeError as error:  # a question of our own failed: the states seen so far are kept
        return Reach.TOOL_ERROR, str(error).split("\n")[0]
    return None


def numbered(name: str, number: int) -> str:
    """A state's name, with a number from the second of its name on."""
    return name if number == 1 else f"{name} ({number})"


def called(view: View) -> str:
    """What a page is called: its heading, or what its title says before the system's own name."""
    if any(level == 1 for level, _ in view.headings):
        return view.heading
    return re.split(r"\s+[|–—·»-]\s+", view.title.strip())[0] or view.title


def _proof(who: Traveller, view: View, step: StepName) -> ProofOfPage:
    asks = step in (StepName.LOG_IN, StepName.SIGN) or signing.pin_field(who, view) is not None
    return prove(
        view,
        status=who.hands.watch.status_of(view.address),
        allowed_hosts=who.system.allowed_hosts,
        step=step.value,
        lexicon=who.lexicon,
        log_in_expected=asks,
    )
