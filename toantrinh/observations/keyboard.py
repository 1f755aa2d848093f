"""What a person meets who moves through a page by the keyboard alone. Boxes are CSS pixels of the whole page."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from toantrinh.observations.page import Facts

Box = tuple[float, float, float, float]  # left, top, width, height


class Stop(Facts):
    """One element at which Tab stops. `rank`: its place in the source among the stops; `part`: the landmark around it.

    `tied`: position fixed or sticky, so that its place says nothing. `reordered`: style sheets show it elsewhere than
    the source has it. `aside`: shown only while it has the focus, or without a box.
    """

    selector: str
    markup: str
    name: str
    kind: str  # what it shares with elements that look alike
    tabindex: int
    rank: int
    part: str  # main | nav | header | footer | aside | dialog | ""
    form: int  # -1: in none
    field: bool
    tied: bool
    reordered: bool
    aside: bool
    box: Box


class Trap(Facts):
    """The same stops round and round while others are left. `way_out`: escape | back | dialog | "" (none)."""

    direction: Literal["Tab", "Shift+Tab"]
    selectors: tuple[str, ...]
    markup: str
    unreached: tuple[str, ...]
    way_out: str


class FocusLook(Facts):
    """A stop with and without focus. `changed`: pixels that clearly differ; `slightly`: that differ at all.

    `caret`: a text field, whose writing mark shows the focus. `sure`: seen again by the Tab key, in the whole window.
    """

    selector: str
    markup: str
    kind: str
    changed: int
    slightly: int
    caret: bool
    sure: bool
    picture: str = ""


class SkipLink(Facts):
    """The first link that promises to skip to the content, and what pressing Enter on it did.

    `before_main`: stops before the main content, itself not counted; None where no main content is marked.
    `skipped`: stops between the link and the next stop after it; None when there was no next stop.
    """

    selector: str = ""
    markup: str = ""
    target: str = ""
    target_found: bool = False
    before_main: int | None = None
    lands: Literal["", "in-main", "in-target", "after-target", "before-target", "same-place", "left"] = ""
    skipped: int | None = None


class DialogOpened(Facts):
    """A control that opened a dialog by the keyboard. `modal`: it says that the rest is out of reach.

    `focus`: inside | next-tab | outside; `leaks`: a stop behind the open modal dialog; `back`: opener | lost | field |
    elsewhere | gone | "" (it was not closed). `left_open`: it holds a form to be filled, and nobody tried to close it.
    """

    opener: str
    opener_markup: str
    opener_name: str
    dialog: str
    dialog_markup: str
    marked: bool
    modal: bool
    focus: Literal["inside", "next-tab", "outside"]
    leaks: str = ""
    closed_by: str = ""
    back: Literal["", "opener", "lost", "field", "elsewhere", "gone"] = ""
    back_at: str = ""
    left_open: bool = False
    picture: str = ""


class KeyboardFacts(Facts):
    """One page by the keyboard. `whole` False: only its main part, as the rest is that of a page seen before.

    `ended`: left (the document) | trap | many (more stops than are followed) | frame (one that hides its inside).
    """

    address: str
    whole: bool
    around: str  # a hash of the stops outside the main part
    stops: tuple[Stop, ...]
    ended: Literal["left", "trap", "many", "frame"]
    traps: tuple[Trap, ...]
    rule: str  # by which stops were chosen for pictures
    looks: tuple[FocusLook, ...]
    skip: SkipLink | None
    dialogs: tuple[DialogOpened, ...]
    pressed: int  # controls that were pressed to see whether they open a dialog
    shots: dict[str, str] = Field(default_factory=dict)  # pictures of stops that a judge may name, by their selectors
