"""What happens to a citizen who makes mistakes: wrong answers, wrong files, a way back, a session that ends, a wrong
password. Facts only."""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.page import BeaconRecord, Facts
from toantrinh.observations.scenario import Scenario, Trial


class Outcome(StrEnum):
    """What became of one wrong entry."""

    REFUSED = "refused"
    ACCEPTED = "accepted"  # the page went on with it
    PREVENTED = "prevented"  # the field does not even take it
    UNSEEN = "unseen"  # the page refused something else first, or asked something first


class Place(StrEnum):
    """Where the message about a refused entry stood."""

    BESIDE = "beside"  # in the field's own part of the page, tied to it by mark-up, or the browser's own bubble
    LINKED = "linked"  # in a summary that leads to the field
    NAMED = "named"  # elsewhere, naming the field
    GENERAL = "general"  # elsewhere, naming no field
    NONE = "none"


class WrongAnswer(Facts):
    """One field that was left empty or filled with what it cannot mean. `kind`: empty, date, number, email, phone,
    cccd, tax-code. `message`: what the page said of it; of an unseen one, which dialog stood before any opinion."""

    label: str
    kind: str
    entered: str
    outcome: Outcome
    place: Place = Place.NONE
    message: str = ""


class Kept(Facts):
    """A field that nobody complained about, before and after."""

    label: str
    before: str
    after: str | None  # None when the field was not seen again

    @property
    def lost(self) -> bool:
        """True when what stood there stands there no more."""
        return self.after is not None and self.after != self.before


class AnswersTrial(Trial):
    """One page of the form sent on with wrong answers. `stayed`: the page did not let go on."""

    heading: str = ""
    pressed: str = ""
    stayed: bool = False
    answers: tuple[WrongAnswer, ...] = ()
    kept: tuple[Kept, ...] = ()


class CascadeTrial(Trial):
    """Another province chosen: the communes offered before and after (at most 12 of each)."""

    province: str = ""
    commune: str = ""
    chosen_before: str = ""
    chosen_after: str = ""
    communes_before: tuple[str, ...] = ()
    communes_after: tuple[str, ...] = ()


class ReturnTrial(Trial):
    """Coming back to answers given before: by what, and what was found.

    `arrived`: their page was seen again. `found_by` says how, in words for a person.
    """

    pressed: str = ""
    arrived: bool = False
    found_by: str = ""
    kept: tuple[Kept, ...] = ()


class FileTrial(Trial):
    """A file that ought to be refused. `size` and `limit` in bytes; `limit` None: the page states none."""

    place: str = ""
    file: str = ""
    size: int = 0
    limit: int | None = None
    outcome: Outcome = Outcome.UNSEEN
    message: str = ""
    broke: str = ""  # what an error page said instead of the form


class HandlingTrial(Trial):
    """An upload that is right: seen again by its name, opened, replaced, removed. None: no way to try it was found.

    `waits`: the file is not sent before the whole page is.
    """

    place: str = ""
    shown: bool = False
    waits: bool = False
    opens: bool | None = None
    replaced: bool | None = None
    removed: bool | None = None


class RoughApplication(Scenario):
    """One application that goes wrong wherever it can, and is not handed in.

    `handed_in`: what was taken in all the same; empty when nothing was. `beacons`: all that was sent meanwhile.
    """

    form: Trial = Trial()
    answers: tuple[AnswersTrial, ...] = ()
    cascade: CascadeTrial = CascadeTrial()
    draft: ReturnTrial = ReturnTrial()
    back_by_button: ReturnTrial = ReturnTrial()
    back_by_browser: ReturnTrial = ReturnTrial()
    expired: ReturnTrial = ReturnTrial()
    wrong_type: FileTrial = FileTrial()
    empty_file: FileTrial = FileTrial()
    oversize: FileTrial = FileTrial()
    handling: HandlingTrial = HandlingTrial()
    handed_in: str = ""
    beacons: tuple[BeaconRecord, ...] = ()


class PasswordTrial(Trial):
    """A wrong password, once. `logged_in`: it was let in all the same."""

    message: str = ""
    logged_in: bool = False
    asked_again: bool = False


class LogOutTrial(Trial):
    """Log-out, then a page that is for the citizen alone.

    `asked_again`: the page is closed; False when it is seen to be open, None when what came tells neither.
    `old_session_dead`: the session's former cookies do not open it either; None when that could not be tried, or, as
    `old_session_untold` then says, what came told nothing.
    """

    pressed: str = ""
    own_page: str = ""
    asked_again: bool | None = False
    old_session_dead: bool | None = None
    old_session_untold: str = ""


class LogInScenario(Scenario):
    """Wrong password, right password, log-out."""

    password: PasswordTrial = PasswordTrial()
    log_out: LogOutTrial = LogOutTrial()
