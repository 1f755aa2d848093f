"""What is asked of a state besides axe: how it is read, how it stands on narrow screens, its colours.

As many states as a tour can afford; the numbers are fixed, so that two tours of one system ask the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING, TypeVar

from toantrinh.observations.journey import Reach
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.tour import MissedState, StateFacts
from toantrinh.observers.asking.isolated import CannotAsk
from toantrinh.observers.asking.patience import within
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.observers.screen_reader.reading import reading_of
from toantrinh.observers.sight.colours import colours_of
from toantrinh.observers.sight.geometry import geometry_of
from toantrinh.store import Attachments, NotObserved, Outcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

T = TypeVar("T")
MOST_READ, MOST_MEASURED, MOST_COLOURED = 16, 10, 4
WALK_S = 60.0


class Close(IntEnum):
    """How closely a state is looked at; each grade with those before it.

    Measuring changes the window's size; colours move the focus through the page, which a form may answer to.
    """

    NO = 0
    READ = 1
    MEASURED = 2
    COLOURED = 3


class CloseLooks:
    """Keeps the numbers of one tour. `missed`: looks at states that did not come to their end, with the reason."""

    def __init__(self) -> None:
        self._done: Counter[Close] = Counter()
        self.missed: list[MissedState] = []

    def at(self, page: Page, state: StateFacts, close: Close, attachments: Attachments) -> StateFacts:
        """The state with what was asked of it; a look that does not come to its end is left out."""
        found: dict[str, object] = {}
        if self._may(Close.READ, close, MOST_READ):
            whole = attachments.file_of(state.shot) if state.shot else None
            read = f"{state.name}: đọc trang"
            found["reading"] = self._tried("reading", read, lambda: reading_of(page, attachments, picture=whole))
        if self._may(Close.MEASURED, close, MOST_MEASURED):
            measured = f"{state.name}: đo bố cục"
            found["geometry"] = self._tried("geometry", measured, lambda: geometry_of(page, attachments, menus=False))
        if self._may(Close.COLOURED, close, MOST_COLOURED):
            coloured = f"{state.name}: đo màu"
            found["colours"] = self._tried("colours", coloured, lambda: colours_of(page, attachments.save))
        return state.model_copy(update=found)

    def by_keys(self, page: Page, state: StateFacts, attachments: Attachments) -> StateFacts:
        """The state walked by the keyboard, which leaves it otherwise than it was: what is open now, and no more.

        Skip links, and the dialogs of what it opens besides, are those of the page itself.
        """

        def walk() -> KeyboardFacts:
            return keyboard_of(page, attachments=attachments, seed=state.name)

        walked = f"{state.name}: đi bằng bàn phím"
        found = self._tried("keyboard", walked, lambda: within(page, WALK_S, "đi bằng bàn phím", walk))
        kept = found and found.model_copy(update={"skip": None, "dialogs": ()})
        return state.model_copy(update={"keyboard": kept})

    def dialog(self, page: Page, state: StateFacts, walk: Callable[[], KeyboardFacts | None]) -> StateFacts:
        """The state of which the dialog in front was walked by the keyboard."""
        walked = f"{state.name}: đi hộp thoại bằng bàn phím"
        found = self._tried("keyboard", walked, lambda: within(page, WALK_S, "đi hộp thoại bằng bàn phím", walk))
        return state.model_copy(update={"keyboard": found})

    def _may(self, grade: Close, asked: Close, most: int) -> bool:
        if grade > asked or self._done[grade] >= most:
            return False
        self._done[grade] += 1
        return True

    def _tried(self, what: str, name: str, look: Callable[[], T]) -> T | None:
        """What a look gives; one that fails is missed: by our own fault, but where the page would not be asked."""
        from playwright.sync_api import Error

        try:
            return look()
        except (NotObserved, RuntimeError, Error) as error:
            theirs = isinstance(error, CannotAsk) or getattr(error, "outcome", None) is Outcome.NOT_TESTED
            reach = Reach.NOT_TRIED if theirs else Reach.TOOL_ERROR
            why = (str(error).splitlines() or [type(error).__name__])[0]
            self.missed.append(MissedState(name=name, why=why, reach=reach, look=what))
            return None
