"""What scenarios share: their keys in the store, a trial that ends without ending the scenario, pictures, what is new
on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from toantrinh.driver.eyes import View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey.form import TEXT_ROLES
from toantrinh.journey.stepbook import SHOT_QUALITY, StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, Shot, StepName
from toantrinh.observations.scenario import Scenario, Trial
from toantrinh.redaction import MARK, TOKEN

if TYPE_CHECKING:
    from playwright.sync_api import Page

T = TypeVar("T", bound=Trial)
S = TypeVar("S", bound=Scenario)
NEWS = 8  # lines
_HIDDEN = re.compile(rf"^\(|{re.escape(MARK)}|{re.escape(TOKEN)}")  # a captcha's answer, a secret
LINE = 300  # characters


def scenario_key(name: str, service: str = "") -> str:
    """The key under which a scenario is kept; without a service it is one of the whole system."""
    return f"scenario/{name}/{service}" if service else f"scenario/{name}"


def tried(model: type[T], act: Callable[[], T]) -> T:
    """What `act` returns; when it cannot go on, a trial of this kind that says how it ended and why."""
    from playwright.sync_api import Error

    try:
        return act()
    except StepEnded as end:
        return model(reach=end.reach, why=end.why)
    except CannotAct as error:
        return model(reach=Reach.TOOL_ERROR, why=str(error))
    except Error as error:
        return model(reach=Reach.TOOL_ERROR, why=f"browser: {first_line(error)}")


def picture(who: Traveller, title: str, page: Page | None = None) -> tuple[Shot, ...]:
    """A picture of what is in sight now, kept as evidence. One that cannot be taken is left out."""
    from playwright.sync_api import Error

    try:
        taken = (page or who.hands.page).screenshot(type="jpeg", quality=SHOT_QUALITY, caret="initial", timeout=5_000)
    except Error:
        return ()
    path = who.attachments.save(f"{len(who.attachments.saved) + 1:02d}.jpg", taken)
    return (Shot(path=path, title=title),)


def news(before: View, after: View, dialogs: list[str] | tuple[str, ...] = ()) -> tuple[str, ...]:
    """What `after` says that `before` did not: new lines of text and new messages; browser dialogs first."""
    known = {line.strip() for line in before.text.split("\n")} | {m.text for m in before.messages}
    lines = [*dialogs, *(m.text for m in after.messages), *after.dialogs, *after.text.split("\n")]
    fresh = [line.strip()[:LINE] for line in lines if line.strip() and line.strip() not in known]
    return tuple(dict.fromkeys(fresh))[:NEWS]


def why_not(journey: Journey, *steps: StepName) -> tuple[Reach, str] | None:
    """Why a scenario that needs these steps of the journey is not begun; None when they were seen.

    A form that was seen and did not accept our answers was seen.
    """
    for name in steps:
        step = journey.step(name)
        if step.reach not in (Reach.REACHED, Reach.UNANSWERED):
            reach = Reach.NOT_NEEDED if step.reach is Reach.NOT_NEEDED else Reach.NOT_TRIED
            return reach, f"{name.vietnamese}: {step.why}"
    return None


def at_detail(who: Traveller, journey: Journey) -> View:
    """The public page of the procedure, straight from the address that the journey found. Raises StepEnded."""
    who.book.begin(StepName.DETAIL)
    view = who.go(journey.step(StepName.DETAIL).address)
    who.book.see(view)
    return view


def sure(who: Traveller, view: View) -> View:
    """The page after a dialog that asks whether one is sure was answered with yes; the same page without one."""
    yes = view.best(who.lexicon["confirm"], roles=("button",), where=lambda c: c.landmark == "dialog", least=40)
    yes = yes or view.best(
        who.lexicon["remove-file"], roles=("button",), where=lambda c: c.landmark == "dialog", least=45
    )
    return who.press(view, yes) if yes and view.dialogs else view


def accepted_answers(journey: Journey) -> dict[str, str]:
    """What the journey wrote into its text fields in the end, by label: the form is known to take it.

    Left out are labels that stand for several fields, and answers that the record does not show in full.
    """
    written: dict[str, set[str]] = {}
    for field in (field for page in journey.form for field in page.fields):
        if field.role in TEXT_ROLES and field.label and not field.readonly:
            written.setdefault(field.label, set()).add(f"{field.group}|{field.role}")
    last = {
        field.label: field.answer
        for page in journey.form
        for field in page.fields
        if field.label in written and field.answer and not field.prefilled
    }
    return {label: answer for label, answer in last.items() if len(written[label]) == 1 and not _HIDDEN.search(answer)}
