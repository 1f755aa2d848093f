"""Looking up dossier codes that do not exist: does the page say so, in words?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toantrinh.driver.eyes import View
from toantrinh.journey import tracking
from toantrinh.journey.confirmation import LEGAL_CODE, NEWER_CODE
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.wrong_code import WrongCode, WrongCodes
from toantrinh.scenarios.own_page import proof_of_own_page
from toantrinh.scenarios.trying import news, picture, tried
from toantrinh.store import Attachments
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "wrong-code"
NO_CODE = "khong-phai-ma-ho-so"
MADE_UP = "000.00.00.H99-260101-9998"
VALIDATION = "e => (e.value && !(e.form && e.form.noValidate) && e.validationMessage) || ''"


def try_wrong_codes(
    browser: Browser, system: System, attachments: Attachments, known: str = "", *, equipment: Equipment = PLAIN
) -> WrongCodes:
    """Looks up a code that was never given and one that is none. `known` is a code that was, for its form."""
    if not system.services:
        return WrongCodes(name=NAME, reach=Reach.NOT_TRIED, why="tệp hệ thống không có dịch vụ nào")
    with travelling(browser, system, system.services[0], attachments, equipment=equipment) as who:
        unknown = tried(WrongCode, lambda: _look_up(who, never_given(known)))
        malformed = tried(WrongCode, lambda: _look_up(who, NO_CODE))
    return WrongCodes(name=NAME, unknown=unknown, malformed=malformed)


def never_given(known: str) -> str:
    """A code like `known` whose running number nobody has reached."""
    return re.sub(r"\d+$", lambda found: "9" * (len(found.group()) - 1) + "8", known) or MADE_UP


def _look_up(who: Traveller, code: str) -> WrongCode:
    before, box = tracking.open_look_up(who)
    view = tracking.enter_code(who, before, box, code)
    proof = proof_of_own_page(who, view, StepName.LOOK_UP, still_there=tracking.code_box(who, view) is not None)
    answer = _answer(who, before, view)
    shots = picture(who, f"Tra cứu mã {code}")
    others = tuple(shown for shown in _codes(before, view) if shown not in code)
    complains = any(who.lexicon.says("captcha", text) for text in news(before, view))
    if not answer and not others and complains and tracking.captcha_refused(who, view):
        raise StepEnded(Reach.NOT_TRIED, "mã bảo mật không được chấp nhận: xem lại captcha.answer")
    return WrongCode(
        reach=Reach.REACHED,
        address=view.address,
        said=news(before, view),
        shots=shots,
        code=code,
        http_status=proof.status,
        page_kind=proof.kind,
        answer=answer,
        status_shown=tracking.status_of(who, view, "", "lookup").status if others else "",
        codes_shown=others,
    )


def _answer(who: Traveller, before: View, view: View) -> str:
    """The sentence that says that the code is wrong or unknown; complaints of the captcha are none."""
    errors = [c.error for c in view.fields if c.invalid and c.error]
    lines = [*errors, *(m.text for m in view.messages if m not in before.messages), *news(before, view)]
    box = tracking.code_box(who, view) if view.address == before.address else None
    if box is not None and (bubble := str(view.element(box).evaluate(VALIDATION))):
        return bubble
    return next(
        (
            line
            for line in lines
            if who.lexicon.says("code-unknown", line) and not who.lexicon.says("captcha", line.split(":")[0])
        ),
        "",
    )


def _codes(before: View, view: View) -> tuple[str, ...]:
    """Dossier codes that the page shows newly."""
    shown = [found.group() for form in (LEGAL_CODE, NEWER_CODE) for found in form.finditer(view.main)]
    return tuple(dict.fromkeys(code for code in shown if code not in before.text))[:5]
