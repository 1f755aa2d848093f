"""The tour: one application taken to its last press, and looked at in each of its states.

It starts at the public page that the journey found, shows each page of the form as it opens and with its errors, and
ends before anything is sent; only a system on this machine is paid. Its draft is taken away at the end.
"""

from __future__ import annotations

import random
from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey import discovery, papers, payment, signing
from toantrinh.journey.application import SURE, Detours, forward_controls, submit_dossier
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.form import form_fields
from toantrinh.journey.identity import needs_log_in
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.tour import ErrorsShown, ReviewFacts, StateFacts, Tour
from toantrinh.observers.slips import lives, make_mistakes, mended
from toantrinh.observers.states import announced, errors_of, state_of
from toantrinh.scenarios.dialogs import past_what_it_says
from toantrinh.scenarios.drafts import back_button, discard_draft
from toantrinh.scenarios.trying import accepted_answers, at_detail, news, why_not
from toantrinh.scenarios.values import BOXES, field_again, identity, is_there, value_of, values
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "tour"
PHONE = Equipment(viewport=(360, 740), device={"has_touch": True})
MOST_STATES = 40
MENU = ("menu", "danh muc", "dieu huong", "trinh don", "navigation")
LEVELS = ("thông tin", "một phần", "toàn trình")


class _Enough(StepEnded):
    """The last press is reached: the application is not taken further."""

    def __init__(self) -> None:
        super().__init__(Reach.REACHED, "")


def chosen(services: Sequence[Service], seed: int) -> tuple[Service, str]:
    """The service whose application has most to show, and the rule in words: level, fee, signature, papers."""
    order = list(services)
    random.Random(seed).shuffle(order)
    best = max(order, key=lambda s: (LEVELS.index(s.declared), bool(s.fee), bool(s.signature), len(s.documents or ())))
    return best, (
        f"{best.code} trong {len(order)} dịch vụ: mức cao nhất, rồi có phí, có ký số, nhiều giấy tờ nhất; "
        f"bằng nhau thì bốc thăm (hạt giống {seed})"
    )


def make_tour(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    journey: Journey,
    *,
    chosen_by: str = "",
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
) -> Tour:
    """Takes one application of `service` from page to page and returns what its states looked like.

    Uses fresh browser contexts. Nothing is begun where the journey came to no form.
    """
    begun = Tour(name=NAME, service=service.code, chosen_by=chosen_by)
    if reason := system.why_not("submit"):
        return begun.model_copy(update={"reach": Reach.NOT_TRIED, "why": reason})
    if stopped := why_not(journey, StepName.DETAIL, StepName.FORM):
        return begun.model_copy(update={"reach": stopped[0], "why": stopped[1]})
    known = service.model_copy(update={"answers": {**accepted_answers(journey), **service.answers}})
    path = _Tour(journey)
    with travelling(browser, system, known, attachments, equipment=equipment, on_step=on_step) as who:
        who.book.pictures = False
        path.at_the_door(who)
    with travelling(browser, system, known, attachments, equipment=PHONE, on_step=on_step) as who:
        who.book.pictures = False
        path.menu_of_a_phone(who)
    way = travelling(
        browser, system, known, attachments, equipment=equipment, on_step=on_step, no_account=no_account,
        sessions=sessions, resume=True,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        reach, why = path.travel(who)
    return begun.model_copy(
        update={
            "reach": Reach.REACHED if path.begun else reach,
            "why": "" if path.begun else why,
            "stopped": why,
            "states": tuple(path.states),
            "review": path.review,
            "left_behind": tuple(path.left_behind),
        }
    )


class _Tour(Detours):
    """Looks at each state once."""

    def __init__(self, journey: Journey) -> None:
        self.states: list[StateFacts] = []
        self.review: ReviewFacts | None = None
        self.left_behind: list[str] = []
        self.begun = False
        self._journey = journey
        self._opened: set[str] = set()
        self._erred: set[str] = set()
        self._address = ""
        self._entered: dict[str, tuple[str, str]] = {}  # by identity: what was answered, label and value

    def at_the_door(self, who: Traveller) -> None:
        """The page that asks a stranger to log in."""

        def look() -> None:
            view = discovery.apply(who, at_detail(who, self._journey))
            if needs_log_in(view, who.lexicon):
                self._look(who, f"Đăng nhập – {view.heading}", StepName.LOG_IN)

        _tried(look)

    def menu_of_a_phone(self, who: Traveller) -> None:
        """The home page on a phone, and its menu open."""

        def look() -> None:
            who.book.begin(StepName.HOME)
            view = who.go(who.path("home") or "")
            who.book.see(view)
            self._look(who, "Trang chủ trên điện thoại", StepName.HOME)
            view = who.hands.settle()
            menu = next((c for c in view.controls if c.role == "button" and c.enabled and _names_menu(c)), None)
            if menu is not None:
                who.press(view, menu)
                self._look(who, "Thực đơn mở trên điện thoại", StepName.HOME)

        _tried(look)

    def travel(self, who: Traveller) -> tuple[Reach, str]:
        """Goes as far as nothing is sent; how the way there ended."""
        reach, why = Reach.REACHED, ""

        def go() -> None:
            view = submit_dossier(who, discovery.apply(who, at_detail(who, self._journey)), self)
            self._address = ""
            self.left_behind.append(f"hồ sơ {who.service.code} đã bị nộp khi chưa bấm nộp ({view.address})")

        if ended := _tried(go):
            reach, why = ended
        if self._address and (left := discard_draft(who, self._address)) and self.begun:
            self.left_behind.append(left)
        return reach, why

    def on_page(self, who: Traveller, view: View) -> View:
        if (place := _place(view)) in self._opened:
            return view
        self._opened.add(place)
        opened = "hộp thoại mở" if view.modal else "vừa mở"
        self._look(who, f"{view.heading} – {opened}", _step_of(view))
        return who.hands.settle()

    def answered(self, who: Traveller, view: View) -> View:
        view = who.hands.settle()  # the page was seen before its last fields were filled
        if (signs := self._signs_last(who, view)) is not None:
            self._last_page(who, view, signs, StepName.SIGN)
            raise _Enough
        has_form, has_files = bool(form_fields(view)), bool(papers.upload_places(view))
        if not (has_form or has_files):
            return view
        self.begun = True
        self._address = self._address or view.address
        self._remember(view)
        place = _place(view)
        if has_files and place not in self._erred:
            self._look(who, f"{view.heading} – đã đính kèm giấy tờ", StepName.PAPERS)
            view = who.hands.settle()
        leads = next(iter(forward_controls(who, view)), None)
        plain = leads is not None and leads[0] is StepName.FORM
        if has_form and plain and place not in self._erred:
            view = self._with_errors(who, view)
        self._erred.add(place)
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        if step is StepName.FORM:
            return who.press(view, control)
        if self.review is None or self.review.pays:  # a page of its own may follow the payment
            self._last_page(who, view, control, step)
        gateway = self._journey.pay is not None and self._journey.pay.gateway
        if step is StepName.PAY and gateway:  # the journey has shown that this leads to the gateway, which asks again
            return who.press(view, control)
        raise _Enough

    def at_gateway(self, who: Traveller, view: View) -> View:
        self._look(who, f"Thanh toán – {view.heading}", StepName.PAY)
        if not who.system.is_loopback:  # no money is moved for the sake of looking
            raise _Enough
        return payment.pay_at_gateway(who, who.hands.settle())

    def _look(self, who: Traveller, name: str, step: StepName, errors: ErrorsShown | None = None) -> None:
        if len(self.states) >= MOST_STATES:
            return
        names = {state.name for state in self.states}
        number = next(n for n in range(1, MOST_STATES + 2) if _numbered(name, n) not in names)
        self.states.append(state_of(who.hands.page, _numbered(name, number), step, who.attachments, errors))

    def _signs_last(self, who: Traveller, view: View) -> Control | None:
        """What signs on this page, where signing may send the dossier, too; None elsewhere."""
        if who.facts.get("sign") is not None:
            return None
        pin = signing.pin_field(who, view)
        word, send = who.lexicon["sign"], who.lexicon["submit-dossier"]
        button = view.best(word, where=lambda c: c.landmark in ("main", "dialog", ""), least=50)
        signs = button or pin
        if signs is None:
            return None
        leads = next((step for step, _ in forward_controls(who, view)), StepName.SUBMIT)
        sends = leads is StepName.SUBMIT or send.nearness(signs.label) >= SURE
        return signs if sends or not who.system.is_loopback else None

    def _remember(self, view: View) -> None:
        for control in form_fields(view):
            value = value_of(control)
            if control.role not in (*BOXES, "radio") and len(value) > 1:
                self._entered[f"{_place(view)} {identity(control)}"] = (control.label, value)

    def _last_page(self, who: Traveller, view: View, control: Control, step: StepName) -> None:
        """Before the press that pays or sends: does the citizen see what was entered, and can it still be mended?"""
        self._remember(view)
        here = [fold(value_of(c)) for c in form_fields(view)]
        text = f" {fold(view.text)} "
        shown: list[str] = []
        missing: list[str] = []
        for label, value in self._entered.values():
            found = any(_says(text, form) or form in here for form in _ways_to_write(value))
            (shown if found else missing).append(label)
        place = _place(view)
        back = back_button(who, view)
        change = [c for c in view.controls if view.in_body(c) and c.role in ("link", "button") and _changes(c.label)]
        self._look(who, f"{view.heading} – trước khi bấm “{control.label}”", step)
        self.review = ReviewFacts(
            address=view.address,
            heading=view.heading,
            pressed=control.label,
            pays=step is StepName.PAY,
            shown=tuple(shown),
            missing=tuple(missing),
            editable=sum(key.startswith(place) for key in self._entered),
            ways_back=tuple(dict.fromkeys(c.label for c in ([back] if back else []) + change))[:6],
            papers=len(view.addresses) > 1 or any(c.href.split("?")[0].endswith(".pdf") for c in view.controls),
            shot=self.states[-1].shot,
        )

    def _with_errors(self, who: Traveller, view: View) -> View:
        """Sends the answered page on with mistakes, looks at what it says, and mends it again; the page then."""
        mistakes = make_mistakes(who, view)
        before = who.hands.settle()
        mistakes = [m for m in mistakes if (c := field_again(before, m.field)) and c.value.strip() == m.entered]
        forward = forward_controls(who, before)
        if not mistakes or not forward or forward[0][0] is not StepName.FORM:
            return mended(who, before, mistakes)
        control, dialogs, earlier = forward[0][1], len(who.hands.watch.dialogs), announced(who.hands.page)
        first = field_again(before, mistakes[0].field)
        after = who.press(before, control)
        who.book.see(after)
        standing, spoken = values(before), who.hands.watch.dialogs[dialogs:]
        if after.modal and not before.modal:
            spoken.append(after.front[:600])
            self._look(who, f"{before.heading} – hộp thoại báo lỗi", _step_of(before))
            after = past_what_it_says(who, who.hands.settle())
        if not is_there(standing, after):
            return after
        shown = errors_of(
            who, before, earlier, after, mistakes,
            news(before, after, who.hands.watch.dialogs[dialogs:]),
            spoken=spoken, pressed=control.label, same_document=first is not None and lives(before, first),
        )  # fmt: skip
        self._look(who, f"{before.heading} – báo lỗi", _step_of(before), shown)
        return mended(who, who.hands.settle(), mistakes)


def _tried(act: Callable[[], None]) -> tuple[Reach, str] | None:
    """How an act ended that did not go to its end; None for one that did."""
    from playwright.sync_api import Error

    try:
        act()
    except StepEnded as end:
        return end.reach, end.why
    except CannotAct as error:
        return Reach.TOOL_ERROR, str(error)
    except Error as error:
        return Reach.TOOL_ERROR, f"browser: {str(error).splitlines()[0]}"
    return None


def _place(view: View) -> str:
    return f"{view.address.split('?')[0]} {view.heading}"


def _step_of(view: View) -> StepName:
    return StepName.PAPERS if papers.upload_places(view) else StepName.FORM


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _names_menu(control: Control) -> bool:
    return any(f" {word} " in f" {fold(control.name)} " for word in MENU) and control.landmark != "main"


def _changes(label: str) -> bool:
    words = fold(label).split()
    return bool({"sua", "chinh sua", "thay doi", "edit"} & {" ".join(words[:1]), " ".join(words[:2])})


def _says(text: str, form: str) -> bool:
    return bool(form) and f" {form} " in text


def _ways_to_write(value: str) -> tuple[str, ...]:
    """An answer as a summary may write it: as it is, a date day first, a long text by its beginning, digits alone."""
    ways = [fold(value)]
    parts = value.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4:
        ways.append(fold("/".join(reversed(parts))))
    if len(value) > 60:
        ways.append(" ".join(fold(value).split()[:6]))
    return tuple(ways)
