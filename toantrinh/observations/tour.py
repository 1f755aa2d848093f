"""The states of one application, looked at while it is taken to its last press: what a visit of addresses never sees.

Widths are CSS pixels.
"""

from __future__ import annotations

from toantrinh.observations.colours import ColoursFacts
from toantrinh.observations.geometry import GeometryFacts
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.mistakes import Place
from toantrinh.observations.page import Facts, ProofOfPage
from toantrinh.observations.reading import ReadingFacts
from toantrinh.observations.scenario import Scenario
from toantrinh.observations.site import AxeFacts, WidthFacts


class FieldError(Facts):
    """What the page said of one field that was sent on wrong, and how a screen reader would come to know of it.

    `kind` as in `WrongAnswer`. `native`: the browser's own bubble said it. `invalid`: aria-invalid is true. `tied`: the
    message is the field's description, error message or label. `hint`: what stood at the field before. `shot`: of the
    first fields alone, outlined.
    """

    label: str
    selector: str
    kind: str
    entered: str
    place: Place
    message: str
    native: bool
    invalid: bool
    tied: bool
    hint: str = ""
    shot: str = ""


class ErrorsShown(Facts):
    """A page of the form sent on wrong, that did not let go on.

    `same_document`: the page was not loaded anew. `announced`: new words in live regions. `focus`: the element that has
    the focus now, as an opening tag; `focus_moved`: onto a field at fault, or onto words that tell of the errors.
    """

    pressed: str
    same_document: bool
    announced: tuple[str, ...]
    focus: str
    focus_moved: bool
    title_tells: bool
    fields: tuple[FieldError, ...]


class StateFacts(Facts):
    """One state of the journey as it stood. `name` is unique in its tour.

    `own`: a page of the system itself, not of a party it sends us to. `reading`, `geometry`, `colours`, `keyboard`: of
    some states alone; None where it was not asked for, or did not come to its end.
    """

    name: str
    step: StepName
    address: str
    title: str
    headings: tuple[tuple[int, str], ...]
    axe: tuple[AxeFacts, ...]
    widths: tuple[WidthFacts, ...]
    shot: str
    errors: ErrorsShown | None = None
    proof: ProofOfPage | None = None
    own: bool = True
    reading: ReadingFacts | None = None
    geometry: GeometryFacts | None = None
    colours: ColoursFacts | None = None
    keyboard: KeyboardFacts | None = None

    @property
    def judged(self) -> bool:
        """True when a verdict about the system may rest on it."""
        return self.own and not self.doubt

    @property
    def doubt(self) -> str:
        """Why a page of the system itself is not proved to be what it was looked at for; empty for one that is."""
        if not self.own or self.proof is None or self.proof.holds:
            return ""
        return self.proof.why or self.proof.kind.value


class MissedState(Facts):
    """A state that was looked for and not come to, or a look at one that did not come to its end.

    `look`: which facts of a state that was seen are missing, as StateFacts or Tour name them; empty for a whole state.
    """

    name: str
    why: str
    reach: Reach | None = None
    look: str = ""

    @property
    def unseen(self) -> bool:
        """True when the state is there as far as is known, but was not seen."""
        return not self.look and self.reach not in (None, Reach.ABSENT, Reach.NOT_NEEDED)


class ReviewFacts(Facts):
    """The last page before the dossier is paid for or sent.

    `shown` and `missing` are labels of what had been entered, by whether the page shows the answer. `editable`: how
    many of the answers stand in fields of this very page. `ways_back`: words of what leads back to the answers.
    """

    address: str
    heading: str
    pressed: str
    pays: bool
    shown: tuple[str, ...]
    missing: tuple[str, ...]
    editable: int
    ways_back: tuple[str, ...]
    papers: bool  # the page shows a document or a frame in which the answers may stand
    shot: str = ""


class HoverContent(Facts):
    """What appeared while the pointer rested on a control. `covers`: words of the page lay under it.

    `dismissed`: Escape took it away; `hoverable`: it stayed while the pointer went onto it, None if not known, as it
    did not go with the pointer and come again with it.
    """

    address: str
    trigger: str
    markup: str
    name: str
    content: str
    text: str
    covers: bool
    dismissed: bool
    hoverable: bool | None = None
    shot: str = ""


class Tour(Scenario):
    """The tour of one service. `chosen_by`: the rule by which the service was chosen, in words.

    `hovers`: of the home page and the page of the procedure; None where neither was tried.
    """

    chosen_by: str = ""
    states: tuple[StateFacts, ...] = ()
    review: ReviewFacts | None = None
    missed: tuple[MissedState, ...] = ()
    hovers: tuple[HoverContent, ...] | None = None
    stopped: str = ""  # why the application went no further than the last state

    @property
    def unseen(self) -> tuple[str, ...]:
        """What there is as far as is known, but no verdict can rest on, each with the reason: missing data."""
        found = [f"{one.name} ({one.why})" for one in self.missed if one.unseen]
        found += [f"{one.name} ({one.doubt})" for one in self.states if one.doubt]
        return (*found, *([self.form_unseen] if self.form_unseen else ()))

    @property
    def form_unseen(self) -> str:
        """Which pages of the application were not seen, with the reason; empty when it was taken to its last press."""
        if self.reach is Reach.REACHED:
            why = self.stopped or "chưa tới trang trước khi nộp"
            return "" if self.review else f"các trang sau của hồ sơ ({why})"
        return "" if self.reach is Reach.NOT_NEEDED else f"các trang của hồ sơ ({self.why})"
