"""One dossier from the home page to its code by the keyboard alone (WCAG 2.0, 2.1.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from toantrinh.driver.endings import StepEnded, Unreached
from toantrinh.driver.eyes import View
from toantrinh.driver.hands import Hands
from toantrinh.driver.keyboard_hands import KeyboardHands
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import confirmation, discovery, withdrawal
from toantrinh.journey.application import Detours, submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.form import form_fields
from toantrinh.journey.papers import upload_places
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.by_keyboard import ByKeyboard
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observers.pictures.crops import crop_of
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.scenarios.trying import accepted_answers
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ElementHandle, Page

NAME = "by-keyboard"


def submit_by_keyboard(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    desk: Journey,
    *,
    chosen_by: str = "",
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    take_back: bool = False,
) -> ByKeyboard:
    """Sends one dossier of `service` without a mouse and returns how far that went, and what was blocked.

    `desk`: the journey by mouse, whose accepted answers are given again. With `take_back` the dossier is withdrawn.
    Raises NotObserved where the browser does not tell of its focus, or where nothing was heard of the system.
    """
    begun = ByKeyboard(name=NAME, service=service.code, chosen_by=chosen_by)
    if browser.browser_type.name != "chromium":
        raise NotObserved(Outcome.NOT_TESTED, "chỉ đi bằng bàn phím được trong trình duyệt họ Chromium")
    if reason := system.why_not("submit"):
        return begun.model_copy(update={"reach": Reach.NOT_TRIED, "why": reason})
    known = service.model_copy(update={"answers": {**accepted_answers(desk), **service.answers}})
    way = travelling(
        browser, system, known, attachments, equipment=replace(equipment, hands=KeyboardHands), on_step=on_step,
        no_account=no_account, by_hand=True,
    )  # fmt: skip
    with way as who:
        hands = who.hands
        assert isinstance(hands, KeyboardHands)
        hands.step = lambda: who.book.step
        hands.picture = lambda page, element: _picture(page, element, attachments)
        trail = _Trail()
        code, own = _travel(who, trail)
        stays = bool(own) and not (take_back and _taken_back(who, own))
        if who.lost and who.lost.fault.of_the_network and who.book.reach_of(StepName.SEARCH)[0] is Reach.NOT_TRIED:
            raise NotObserved(Outcome.NETWORK, who.lost.why)
        seen = {"steps": who.book.steps(), "blocked": tuple(hands.blocked), "untried": tuple(hands.untried)}
        left = (f"hồ sơ {code or service.code}",) if stays else ()
        if not own and who.book.reach_of(StepName.SUBMIT)[0] is not Reach.NOT_TRIED:  # pressed, and no code was seen
            left = (f"hồ sơ {service.code} có thể đã nộp mà không thấy mã",)
        elif not own and trail.draft and (draft := _draft_left(who, trail.draft)):
            left = (draft,)
        return begun.model_copy(update={**seen, "code": code, "left_behind": left})


class _Trail(Detours):
    """Keeps the address of the application's first page with something to fill in, where a draft may have begun."""

    def __init__(self) -> None:
        self.draft = ""

    def on_page(self, who: Traveller, view: View) -> View:
        if form_fields(view) or upload_places(view):
            self.draft = self.draft or view.address
        return view


def _travel(who: Traveller, trail: _Trail) -> tuple[str, str]:
    """Goes as far as it gets: (dossier code, address of the dossier's own page), both empty when none was sent."""
    from playwright.sync_api import Error

    try:
        view = discovery.search(who, discovery.open_home(who))
        who.book.begin(StepName.DETAIL)
        who.book.see(view)
        confirmed = submit_dossier(who, discovery.apply(who, view), trail)
        who.book.begin(StepName.SUBMIT)
        who.book.see(confirmed)
        who.book.shot("Có mã hồ sơ, chỉ bằng bàn phím")
        return confirmation.code_in(who, confirmed), confirmed.address
    except StepEnded as end:
        who.book.ended(end.reach, end.why)
        who.lost = end if isinstance(end, Unreached) else who.lost
    except CannotAct as error:
        who.book.ended(Reach.TOOL_ERROR, str(error))
    except Error as error:
        who.book.ended(Reach.TOOL_ERROR, f"browser: {first_line(error)}")
    return "", ""


def _taken_back(who: Traveller, own: str) -> bool:
    """Withdraws the dossier, by mouse; False when that cannot be done."""
    from playwright.sync_api import Error

    kept = who.book.reach_of(StepName.SUBMIT)
    try:
        with _mouse(who):
            return withdrawal.withdraw(who, own).confirmed
    except (StepEnded, CannotAct, Error):
        return False
    finally:
        who.book.mark(StepName.SUBMIT, *kept)  # how it was sent stays what it was


def _draft_left(who: Traveller, address: str) -> str:
    """Takes the draft of a way that stopped away, by mouse; what is left of it, in words."""
    with _mouse(who):
        return discard_draft(who, address, saved=False)


@contextmanager
def _mouse(who: Traveller) -> Iterator[None]:
    by_keys = who.hands
    who.hands = Hands(by_keys.page, by_keys.watch)
    try:
        yield
    finally:
        who.hands = by_keys


def _picture(page: Page, element: ElementHandle, attachments: Attachments) -> str:
    """The path of a picture of the element, outlined; empty when it has no box."""
    box = element.bounding_box()
    if box is None:
        return ""
    number = len(attachments.saved) + 1
    return crop_of(page, (box["x"], box["y"], box["width"], box["height"]), attachments, f"khong-phim-{number:02d}.png")
