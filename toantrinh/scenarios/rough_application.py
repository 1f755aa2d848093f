"""One application that goes wrong wherever it can: wrong answers, ways back, a draft, a lost session, wrong files.

It starts at the public page that the journey found, takes the straight path between its trials, and ends without
handing anything in. Its draft is taken away at the end.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import confirmation, discovery, form, papers
from toantrinh.journey.application import Detours, forward_controls, submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.form import TEXT_ROLES, form_fields
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.journey.withdrawal import withdraw
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.mistakes import (
    AnswersTrial,
    CascadeTrial,
    HandlingTrial,
    ReturnTrial,
    RoughApplication,
)
from toantrinh.observations.scenario import Trial
from toantrinh.scenarios.cascade import place_lists, try_cascade
from toantrinh.scenarios.drafts import discard_draft, try_draft
from toantrinh.scenarios.expiry import try_expired_session
from toantrinh.scenarios.marking import mark_text
from toantrinh.scenarios.trying import accepted_answers, at_detail, scenario_key, why_not
from toantrinh.scenarios.untried import say_why_not
from toantrinh.scenarios.values import Values, identity, values
from toantrinh.scenarios.way_back import try_ways_back
from toantrinh.scenarios.wrong_answers import try_wrong_answers
from toantrinh.scenarios.wrong_papers import try_handling, try_wrong_files
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

T = TypeVar("T", bound=Trial)
NAME = "rough-application"
MOST_PAGES_OF_WRONG_ANSWERS = 4


class _Enough(StepEnded):
    """All has been tried: the application is not taken further."""

    def __init__(self) -> None:
        super().__init__(Reach.REACHED, "")


def key_of(service: str) -> str:
    """The key under which the rough application of a service is kept."""
    return scenario_key(NAME, service)


def make_rough_application(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    journey: Journey,
    *,
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
) -> RoughApplication:
    """Takes one application of `service` through all that can go wrong and returns the record.

    Uses a fresh browser context, logged in with one of `sessions` where there is one. Nothing is begun where the
    journey came to no form.
    """
    if reason := system.why_not("submit"):
        return RoughApplication(name=NAME, service=service.code, reach=Reach.NOT_TRIED, why=reason)
    if stopped := why_not(journey, StepName.DETAIL, StepName.FORM):
        return RoughApplication(name=NAME, service=service.code, reach=stopped[0], why=stopped[1])
    known = service.model_copy(update={"answers": {**accepted_answers(journey), **service.answers}})
    way = travelling(
        browser, system, known, attachments, equipment=equipment, on_step=on_step, no_account=no_account,
        sessions=sessions, resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        path = _Rough(journey)
        reach, why = path.travel(who)
        return RoughApplication(
            name=NAME, service=service.code, reach=reach, why=why, left_behind=tuple(path.left_behind),
            handed_in=path.handed_in, beacons=who.hands.watch.beacons(since=0), **path.found,
        )  # fmt: skip


class _Rough(Detours):
    """The trials, each at the first page that allows it."""

    def __init__(self, journey: Journey) -> None:
        self.found: dict[str, Any] = {"answers": ()}
        self.left_behind: list[str] = []
        self.handed_in = ""
        self._journey = journey
        self._pages: list[str] = []  # pages of the form whose wrong answers were tried
        self._first: Values | None = None  # what was answered on the first page when it was left
        self._unasked: Values = {}  # what stood on this page before anything was ever answered
        self._unasked_at: dict[str, Values] = {}
        self._way_back_tried = False
        self._address = ""  # of a page of the draft
        self._begun = False
        self._first_is_telling = False

    def travel(self, who: Traveller) -> tuple[Reach, str]:
        """Goes as far as there is something to try; how the way there ended."""
        from playwright.sync_api import Error

        reach, why = Reach.REACHED, ""
        try:
            confirmed = submit_dossier(who, discovery.apply(who, at_detail(who, self._journey)), self)
            self._handed_in(who, confirmed)
        except StepEnded as end:
            reach, why = end.reach, end.why
        except CannotAct as error:
            reach, why = Reach.TOOL_ERROR, str(error)
        except Error as error:
            reach, why = Reach.TOOL_ERROR, f"browser: {first_line(error)}"
        say_why_not(self.found, self._journey, reach, why, begun=self._begun, one_page=self._first is None)
        if self._address and (left := discard_draft(who, self._address, saved=self._saved())):
            self.left_behind.append(left)
        return (Reach.REACHED, "") if self._begun else (reach, why)

    def on_page(self, who: Traveller, view: View) -> View:
        self._unasked = self._unasked_at.setdefault(_place(view), values(view))
        if self._first is None or self._way_back_tried:
            return view
        self._way_back_tried = True
        if not any(c.role in TEXT_ROLES and not c.value for c in form_fields(view)):
            self._first_is_telling = True
        after, button, by_browser = self._ways_back(who, view)
        self.found["back_by_button"], self.found["back_by_browser"] = button, by_browser
        return after

    def _ways_back(self, who: Traveller, view: View) -> tuple[View, ReturnTrial, ReturnTrial]:
        assert self._first is not None
        try:
            return try_ways_back(who, view, self._first)
        except StepEnded as end:
            lost = ReturnTrial(reach=end.reach, why=end.why, address=view.address)
            return who.go(view.address), lost, lost

    def answered(self, who: Traveller, view: View) -> View:
        view = who.hands.settle()  # the page was seen before its last fields were filled
        leads = next(iter(forward_controls(who, view)), None)
        step = leads[0] if leads else None
        has_form, has_files = bool(form_fields(view)), bool(papers.upload_places(view))
        if has_form or has_files:
            self._begun = True
            self._address = self._address or view.address
        if has_form and self._first is None and step is StepName.FORM and not has_files:
            return mark_text(who, view)[0]  # this page is tried when we have come back to it
        last = step is not StepName.FORM  # what comes next would hand the dossier in: files first, they never do
        if has_files and last:
            view = self._again(who, self._file_trials(who, view))
        if has_form:
            view = self._form_trials(who, view, step)
        if has_files and not last and papers.upload_places(view):
            view = self._file_trials(who, view)
        if last or ("handling" in self.found and "draft" in self.found):
            raise _Enough
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        if step is not StepName.FORM:
            raise _Enough
        if self._first is None and form_fields(view):
            self._first = values(view)
        return who.press(view, control)

    def at_gateway(self, who: Traveller, view: View) -> View:
        raise _Enough

    def _form_trials(self, who: Traveller, view: View, step: StepName | None) -> View:
        place = _place(view)
        if place in self._pages or len(self._pages) >= MOST_PAGES_OF_WRONG_ANSWERS:
            return view
        self._pages.append(place)
        answered = any(one.own for one in values(view).values())
        telling = answered and (
            step is not StepName.FORM
            or self._first_is_telling
            or any(c.role in TEXT_ROLES and identity(c) not in self._unasked and c.value for c in form_fields(view))
        )
        if telling and "expired" not in self.found:
            view = self._expiry(who, view)
        if "cascade" not in self.found and place_lists(view):
            view = self._trial(who, view, "cascade", CascadeTrial, lambda v: try_cascade(who, v))
        if telling and "draft" not in self.found:
            view = self._trial(who, view, "draft", ReturnTrial, lambda v: try_draft(who, v))
        if _place(view) == place:
            view = self._wrong_answers(who, self._again(who, view))
            if step is not StepName.FORM and confirmation.is_confirmation(who, view, True):
                self._handed_in(who, view)
        return view

    def _expiry(self, who: Traveller, view: View) -> View:
        """While what was typed here has not been sent yet; what is lost is written again."""
        before = self._unasked
        if self._first_is_telling:  # what stands on the first page was sent already
            before, view = values(view), mark_text(who, view)[0]
        typed = {key: one for key, one in values(view).items() if before.get(key) != one}
        place, shown = _place(view), typed or values(view)
        view = self._trial(who, view, "expired", ReturnTrial, lambda v: try_expired_session(who, v, shown))
        return self._again(who, view) if _place(view) == place else view

    def _again(self, who: Traveller, view: View) -> View:
        """The page with what is missing on it written again, and its files given again."""
        answerer = Answerer(who.persona, {**who.system.answers, **who.service.answers})
        view = form.fill_page(who, view, answerer)[0]
        return papers.attach_all(who, view)[0] if papers.upload_places(view) else view

    def _saved(self) -> bool:
        """True when a draft is known to have been kept."""
        draft = self.found.get("draft")
        return isinstance(draft, ReturnTrial) and (draft.reach is Reach.REACHED or bool(draft.pressed))

    def _wrong_answers(self, who: Traveller, view: View) -> View:
        address = view.address
        before = self.found["answers"]
        try:
            view, trials = try_wrong_answers(who, view, lambda shown: self._again(who, shown))
        except StepEnded as end:
            broken = AnswersTrial(reach=end.reach, why=end.why, address=address)
            view, trials = who.go(address), [broken]
        self.found["answers"] = (*before, *trials)
        return view

    def _file_trials(self, who: Traveller, view: View) -> View:
        if "wrong_type" in self.found:
            return view
        view, *trials = try_wrong_files(who, view)
        for name, trial in zip(("wrong_type", "empty_file", "oversize"), trials, strict=True):
            self.found[name] = trial
        view = self._trial(who, view, "handling", HandlingTrial, lambda v: try_handling(who, v))
        return view if "draft" in self.found else papers.attach_all(who, view)[0]

    def _trial(
        self, who: Traveller, view: View, name: str, model: type[T], act: Callable[[View], tuple[View, T]]
    ) -> View:
        """The page after one trial; a trial that cannot go on says so, and the page is opened again."""
        address = view.address
        try:
            view, self.found[name] = act(view)
        except StepEnded as end:
            self.found[name] = model(reach=end.reach, why=end.why, address=address)
            view = who.go(address)
        except CannotAct as error:
            self.found[name] = model(reach=Reach.TOOL_ERROR, why=str(error), address=address)
            view = who.go(address)
        return view

    def _handed_in(self, who: Traveller, view: View) -> NoReturn:
        """The portal has taken the dossier in although it was not meant to be: it is withdrawn, if that can be done."""
        what = f"hồ sơ {confirmation.code_in(who, view) or who.service.code}"
        self._address, self.handed_in = "", what
        try:
            gone = withdraw(who, view.address).confirmed
        except (StepEnded, CannotAct):
            gone = False
        if not gone:
            self.left_behind.append(what)
        raise StepEnded(Reach.REFUSED, f"{what} đã bị nộp trong khi thử")


def _place(view: View) -> str:
    return f"{view.address.split('?')[0]} {view.heading}"
