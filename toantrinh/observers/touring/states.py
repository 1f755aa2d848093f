"""One state of a journey, looked at as it stands: axe in every frame, widths, a picture; and what its errors are to
somebody who does not see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.observations.mistakes import Place
from toantrinh.observations.tour import ErrorsShown, FieldError, StateFacts
from toantrinh.observers.asking.page_world import World, ask
from toantrinh.observers.asking.patience import within
from toantrinh.observers.site.axe import axe_of
from toantrinh.observers.site.pages import picture_of
from toantrinh.observers.site.widths import WIDTHS, widths_of
from toantrinh.scenarios.complaints import Said, complaint
from toantrinh.scenarios.values import field_again
from toantrinh.store import Attachments, NotObserved

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
ANNOUNCEMENTS = (HERE / "announcements.js").read_text(encoding="utf-8")
ERROR_TIES = (HERE / "error_ties.js").read_text(encoding="utf-8")
HEADINGS = """() => Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6'))
  .filter((el) => el.checkVisibility()).slice(0, 60)
  .map((el) => [Number(el.tagName[1]), el.innerText.replace(/\\s+/g, ' ').trim().slice(0, 200)])"""
LOOK_S = 60.0


@dataclass(frozen=True)
class Mistake:
    """A field that was sent on wrong, and what stood around it just before."""

    field: Control
    kind: str
    entered: str
    right: str
    said: Said


def state_of(
    page: Page, name: str, step: StepName, attachments: Attachments, errors: ErrorsShown | None = None
) -> StateFacts:
    """What is open in `page` now; its window keeps its size. Raises CannotAct when the page cannot be looked at."""

    def look() -> StateFacts:
        world = World(page)
        seen = StateFacts(
            name=name,
            step=step,
            address=page.url,
            title=ask(page, "() => document.title"),
            headings=tuple((int(level), str(text)) for level, text in ask(page, HEADINGS)),
            shot=picture_of(page, attachments, f"{fold(name)[:80]}.jpg"),
            axe=axe_of(page, attachments),
            widths=widths_of(page, attachments, f"{fold(name)[:60]}-be-rong", _widths(page)),
            errors=errors,
        )
        world.run("true")  # this document is still there: all of it was asked of one
        return seen

    try:
        return within(page, LOOK_S, "xem trạng thái này", look)
    except NotObserved as lost:
        raise CannotAct(f"{name}: {lost.reason}") from lost


def _widths(page: Page) -> tuple[int, ...]:
    """As wide as the window is, and the narrower ones of the three screens."""
    wide = page.viewport_size["width"] if page.viewport_size else 0
    return tuple(dict.fromkeys((wide, *(width for width in WIDTHS if width < wide))))


def announced(page: Page) -> dict[str, Any]:
    """Texts of live regions and where the focus is, over all frames of the page."""
    from playwright.sync_api import Error

    whole: dict[str, Any] = {"live": [], "focus": "", "words": "", "invalid": False, "field": ""}
    for frame in page.frames[:12]:
        try:
            seen = ask(frame, ANNOUNCEMENTS)
        except (Error, RuntimeError):
            continue
        whole["live"] += seen["live"]
        if seen["focus"] and (not whole["focus"] or whole["focus"].startswith("<iframe")):
            whole |= {key: seen[key] for key in ("focus", "words", "invalid", "field")}
    return whole


def errors_of(
    who: Traveller,
    before: View,
    earlier: dict[str, Any],
    after: View,
    mistakes: Sequence[Mistake],
    fresh: Sequence[str],
    *,
    spoken: Sequence[str] = (),
    pressed: str,
    same_document: bool,
) -> ErrorsShown:
    """What the page says of these mistakes now. `earlier`: what `announced` gave just before; `fresh`: new lines.

    `spoken`: words of dialogs that came in front of the page, which every screen reader reads.
    """
    now = announced(who.hands.page)
    fields = tuple(
        one for mistake in mistakes if (one := _field(who, mistake, after, fresh, same_document)) is not None
    )
    known = set(earlier["live"]) if same_document else set()
    said = tuple(text for text in now["live"] if text not in known)
    wrong = {name for m in mistakes for name in (m.field.id, m.field.field) if name}
    told = [fold(one.message) for one in fields if one.message]
    words = fold(now["words"])
    moved = now["focus"] != earlier["focus"] or not same_document
    on_error = now["invalid"] or now["field"] in wrong or any(text in words for text in told)
    on_error = on_error or (bool(words) and who.lexicon.says("refusal", now["words"]))
    title = after.title != before.title and who.lexicon.says("refusal", after.title)
    return ErrorsShown(
        pressed=pressed,
        same_document=same_document,
        announced=(*spoken, *said)[:8],
        focus=now["focus"],
        focus_moved=bool(now["focus"]) and moved and on_error,
        title_tells=title,
        fields=fields,
    )


def _field(
    who: Traveller, mistake: Mistake, after: View, fresh: Sequence[str], same_document: bool
) -> FieldError | None:
    from playwright.sync_api import Error

    control = field_again(after, mistake.field)
    if control is None:
        return None
    try:
        place, message = complaint(who, mistake.said, after, control, fresh, same_document=same_document)
        ties = after.element(control).evaluate(ERROR_TIES)
    except (Error, AssertionError, TypeError, LookupError):  # gone, or answered by what the page put in our place
        return None
    if not message and not same_document and control.error:
        place, message = Place.BESIDE, control.error[:200]
    native = bool(message) and message == ties["native"]
    said = fold(message)
    return FieldError(
        label=control.label,
        selector=str(ties["selector"]),
        kind=mistake.kind,
        entered=mistake.entered,
        place=place,
        message=message,
        native=native,
        invalid=bool(ties["invalid"]),
        tied=native or (bool(said) and any(said in fold(text) for text in ties["tied"])),
        hint=f"{mistake.field.placeholder} {mistake.field.description}".strip()[:300],
    )
