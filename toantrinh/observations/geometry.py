"""Facts about where things stand on a page: controls and menu on three screens, text that is made larger or spaced.

Widths are CSS pixels. At most 12 faults of a kind are kept. `sure` is False where a person has to look. `shot`: a
picture with the element outlined; empty when none was taken.
"""

from __future__ import annotations

from toantrinh.observations.page import Facts


class PlacedElement(Facts):
    """An element by selector, opening tag and the name that a person sees or hears."""

    selector: str
    markup: str
    name: str


class ControlFault(Facts):
    """A control that `by` covers or cuts; `share` (0 to 1) of it cannot be reached."""

    element: PlacedElement
    by: str
    by_name: str
    share: float
    sure: bool
    shot: str = ""


class MenuFacts(Facts):
    """The main menu at one width: entries of the widest screen (behind a button, if need be), those not to be seen now.

    `opener`: the button that showed the most of them, when one was pressed.
    `after`: entries that are still not to be seen when the button was pressed. `at_the_end`: those of `hidden` that the
    end of the page repeats.
    """

    entries: tuple[str, ...]
    hidden: tuple[str, ...]
    opener: PlacedElement | None = None
    native: bool = True  # the opener is a button to the keyboard, too
    tried: int = 0
    after: tuple[str, ...] = ()
    at_the_end: tuple[str, ...] = ()
    shot: str = ""


class ScreenFacts(Facts):
    """One window width."""

    width: int
    controls: int
    covered: tuple[ControlFault, ...]
    cut: tuple[ControlFault, ...]
    menu: MenuFacts


class LostText(Facts):
    """Text that is `clipped` by `by`, or `overlapping` with it, and was not before the change."""

    kind: str
    element: PlacedElement
    text: str
    by: str
    axis: str  # x | y
    sure: bool
    shot: str = ""


class TextChange(Facts):
    """What a change did to the texts: how many were compared, how many are at fault (`count`), the first of them."""

    texts: int
    count: int
    lost: tuple[LostText, ...]


class StickingOut(Facts):
    """An element that makes the page scroll sideways."""

    element: PlacedElement
    sure: bool


class Narrow(TextChange):
    """The page at 320 pixels. `excepted`: elements that stick out and may (data tables, maps, drawings)."""

    width: int
    content_width: int
    excepted: int
    sticking: tuple[StickingOut, ...]
    shot: str = ""


class GeometryFacts(Facts):
    """All of it for one page, seen in one visit."""

    address: str
    screens: tuple[ScreenFacts, ...]
    doubled: TextChange
    spaced: TextChange
    narrow: Narrow
