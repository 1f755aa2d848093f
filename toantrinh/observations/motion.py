"""What changes by itself on one page: moves, blinks, reloads, flashes, runs out. Times are milliseconds."""

from __future__ import annotations

from toantrinh.observations.page import Facts

LONG_MS = 5_000  # WCAG 2.2.2: what goes on for longer can be stopped
Box = tuple[float, float, float, float]  # left, top, width, height in CSS pixels of the page


class SelfMoving(Facts):
    """Something that goes on by itself. `lasts_ms` None: without end. `sure` False: a person has to look.

    `box`: where it stood when it was seen. `shot`: a picture of the page around it then, with the box outlined.
    """

    kind: str  # animation | marquee | picture | video | timer
    selector: str
    what: str
    lasts_ms: float | None
    sure: bool = True
    box: Box | None = None
    shot: str = ""


class Flashing(Facts):
    """Flashes in one second, over `area` CSS pixels; `per_second` None: too fast for us to count."""

    selector: str
    per_second: float | None
    area: float
    box: Box | None = None
    shot: str = ""


class MotionFacts(Facts):
    """One page, looked at without the mouse over it and without a wish for less motion.

    `pauses` are the names of controls that stop movement, `limits` what the page says of a time limit, `extends` the
    names of controls that give more time. `refresh_ms` is the delay of a `meta refresh`, `refresh_to` its address.
    """

    address: str
    moving: tuple[SelfMoving, ...] = ()
    flashing: tuple[Flashing, ...] = ()
    pauses: tuple[str, ...] = ()
    refresh_ms: float | None = None
    refresh_to: str = ""
    limits: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    watched_ms: float = 0.0
