"""How one page looks to those who see little: contrast measured on pixels, forced colours, reduced motion.

Ratios are contrast ratios of WCAG (1 to 21), lengths CSS pixels, times milliseconds. `shot` is the path of a picture
with the element outlined, empty when none was kept.
"""

from __future__ import annotations

from toantrinh.observations.page import Facts


class TextContrast(Facts):
    """Text that stands on a picture or gradient, or a placeholder; `ratio` is that of its worst letter.

    `even` is True when the background behind that letter has one colour: the measurement is then exact.
    `open` says why it could not be measured.
    """

    selector: str
    text: str
    kind: str  # placeholder | picture | gradient
    size: float
    large: bool
    ratio: float | None
    colour: str
    background: str
    even: bool = False
    open: str = ""
    shot: str = ""

    @property
    def needed(self) -> float:
        """What 1.4.3 asks of text of this size."""
        return 3.0 if self.large else 4.5


class FocusContrast(Facts):
    """The pixels that change when a control takes the focus, as far as they are needed to surround it.

    `changed` counts them; `ratio` is None when so few change that no indicator was seen. `default` marks the
    browser's own ring, which 1.4.11 leaves out. `look`: what it shares with controls that look alike.
    """

    selector: str
    kind: str
    changed: int
    ratio: float | None
    default: bool = False
    shot: str = ""
    look: str = ""


class ForcedColours(Facts):
    """A control or icon: pixels that stand out inside it (`content`) and from what surrounds it (`whole`).

    The first number is that of the page's own colours, the second that of forced ones.
    """

    selector: str
    name: str
    kind: str
    content: tuple[int, int]
    whole: tuple[int, int]
    shot: str = ""


class MovingPart(Facts):
    """An animation or transition that moves its element, which stood in `box` (left, top, width, height of the page).

    `iterations` None: without end.
    """

    selector: str
    name: str
    properties: tuple[str, ...]
    duration_ms: float
    iterations: float | None
    box: tuple[float, float, float, float] | None = None
    shot: str = ""


class ColoursFacts(Facts):
    """One page. `stops` tells how many stops of the keyboard the page has, of which those in `focus` were tried.

    `controls` tells how many controls and icons were compared; `forced` are those that vanish when colours are forced.
    """

    address: str
    texts: tuple[TextContrast, ...] = ()
    stops: int = 0
    focus: tuple[FocusContrast, ...] = ()
    controls: int = 0
    forced: tuple[ForcedColours, ...] = ()
    forced_known: bool = True  # False: this browser does not force colours
    moving: tuple[MovingPart, ...] = ()
    truncated: bool = False  # texts were left out: more than are measured, or too far down the page
