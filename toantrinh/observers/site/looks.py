"""What a visit yields besides the facts of the page: each look at a page that is open, with its limits.

A look that needs interaction (keys, other sizes, other colours) is tried once per template, not on each page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from toantrinh.driver.alarm import alarm
from toantrinh.observations.colours import ColoursFacts
from toantrinh.observations.geometry import GeometryFacts
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.motion import MotionFacts
from toantrinh.observations.reading import ReadingFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.asking.isolated import CannotAsk
from toantrinh.observers.asking.patience import CLOSED, GONE, within
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.observers.screen_reader.reading import reading_of
from toantrinh.observers.sight.colours import colours_of
from toantrinh.observers.sight.geometry import geometry_of
from toantrinh.observers.sight.less_motion import as_for_most_people, moves_as_for_most_people, moving_freely
from toantrinh.observers.sight.motion import motion_of
from toantrinh.observers.site.visiting import Prepare
from toantrinh.store import Attachments, NotObserved, Outcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

T = TypeVar("T", bound=BaseModel)
LOOK_S = 60.0  # a look has a shorter limit of its own where it needs one


@dataclass(frozen=True)
class Occasion(Generic[T]):
    """What a look may use besides the page.

    `home`: the facts of the home page, for what pages share. `picture`: the file of one of the whole page.
    """

    name: PageName
    attachments: Attachments
    home: T | None = None
    picture: Path | None = None


@dataclass(frozen=True)
class Look(Generic[T]):
    """One way to look at a page. `of` gives its facts.

    `prepare`: it needs a page that was opened in its own way; `suits`: or one that is open, where that is as good.
    """

    subject: str
    title: str
    facts: type[T]
    of: Callable[[Page, Occasion[T]], T]
    interactive: bool = True
    prepare: Prepare | None = None
    suits: Callable[[Page], bool] | None = None
    shares: bool = False  # what pages have in common is looked at on the home page alone

    def key(self, name: PageName) -> str:
        """The key of a page's observation, such as `reading/home`."""
        return f"{self.subject}/{name}"

    def fits(self, page: Page) -> bool:
        """True where the page that is open need not be opened again for this look."""
        return self.prepare is None or (self.suits is not None and self.suits(page))

    def at(self, page: Page, occasion: Occasion[T]) -> T:
        """The facts of the page that is open.

        Raises NotObserved when the page goes away, or does not let itself be looked at in time.
        """
        from playwright.sync_api import Error

        with alarm(page, LOOK_S) as bell:
            try:
                return self.of(page, occasion)
            except (Error, CannotAsk) as error:
                lost = bell.rang or page.is_closed() or isinstance(error, CannotAsk)
                if not lost and not any(word in str(error) for word in (*GONE, *CLOSED)):
                    raise
                why = "không xem xong trong thời hạn" if page.is_closed() else "trang tự chuyển đi trong khi xem"
                said = f"{occasion.name.vietnamese}: {why} ({self.title.lower()})"
                raise NotObserved(Outcome.NOT_TESTED, said) from error


def _reading(page: Page, occasion: Occasion[ReadingFacts]) -> ReadingFacts:
    return reading_of(page, occasion.attachments, picture=occasion.picture)


def _geometry(page: Page, occasion: Occasion[GeometryFacts]) -> GeometryFacts:
    return geometry_of(page, occasion.attachments)


def _colours(page: Page, occasion: Occasion[ColoursFacts]) -> ColoursFacts:
    known = {one.look for one in occasion.home.focus} if occasion.home else set()
    return colours_of(page, occasion.attachments.save, known)


def _keyboard(page: Page, occasion: Occasion[KeyboardFacts]) -> KeyboardFacts:
    browser = page.context.browser
    if browser is None or browser.browser_type.name != "chromium":
        raise NotObserved(Outcome.NOT_TESTED, "chỉ đi bằng bàn phím được trong trình duyệt họ Chromium")
    home = occasion.home
    around, kinds = ({home.around}, {one.kind for one in home.looks}) if home else (set(), set())

    def walk() -> KeyboardFacts:
        return keyboard_of(page, around, occasion.attachments, seed=occasion.name, kinds=kinds)

    return within(page, LOOK_S, "đi trang bằng bàn phím", walk)


def _motion(page: Page, occasion: Occasion[MotionFacts]) -> MotionFacts:
    with moving_freely(page):
        return motion_of(page, occasion.attachments)


READING = Look("reading", "Đọc trang như trình đọc màn hình", ReadingFacts, _reading, interactive=False)
COLOURS = Look("colours", "Màu sắc", ColoursFacts, _colours, shares=True)
GEOMETRY = Look("geometry", "Bố cục các trang", GeometryFacts, _geometry)
KEYBOARD = Look("keyboard", "Đi các trang bằng bàn phím", KeyboardFacts, _keyboard, shares=True)
MOTION = Look("motion", "Chuyển động", MotionFacts, _motion, prepare=as_for_most_people, suits=moves_as_for_most_people)
# Motion early, before what moves from the start ends; keys last: they change the page.
LOOKS: tuple[Look[Any], ...] = (READING, MOTION, COLOURS, GEOMETRY, KEYBOARD)
