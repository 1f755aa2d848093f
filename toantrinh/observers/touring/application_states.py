"""One application taken to its last press: each page as it opens, with its papers and its errors, and the last page."""

from __future__ import annotations

from functools import partial

from toantrinh.driver.eyes import Control, View
from toantrinh.journey import discovery, papers, payment, signing
from toantrinh.journey.application import SURE, Detours, forward_controls, submit_dossier
from toantrinh.journey.form import form_fields
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.tour import ReviewFacts
from toantrinh.observers.keys.dialog_in_front import DialogInFront
from toantrinh.observers.touring.album import Album, called, tried
from toantrinh.observers.touring.close_looks import Close
from toantrinh.observers.touring.dialogs import behind, complaint_by_keys, promised_dialog, step_of
from toantrinh.observers.touring.last_page import Entered, place_of
from toantrinh.observers.touring.own_states import own_pages
from toantrinh.observers.touring.slips import lives, make_mistakes, mended
from toantrinh.observers.touring.states import announced, errors_of
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.scenarios.trying import at_detail, news
from toantrinh.scenarios.values import field_again, is_there, values

MOST_DIALOGS = 2  # of one application that a button of its pages promises


class _Enough(StepEnded):
    """The last press is reached: the application is not taken further."""

    def __init__(self) -> None:
        super().__init__(Reach.REACHED, "")


class ApplicationStates(Detours):
    """Shows each page of the application to the album once."""

    def __init__(self, journey: Journey, album: Album) -> None:
        self.review: ReviewFacts | None = None
        self.left_behind: list[str] = []
        self.begun = False
        self._journey, self._album, self._entered = journey, album, Entered()
        self._opened: set[str] = set()
        self._erred: set[str] = set()
        self._address = ""
        self._paid = False
        self._front: DialogInFront | None = None
        self._dialogs = 0

    def travel(self, who: Traveller) -> tuple[Reach, str]:
        """Goes as far as nothing is sent; how the way there ended."""
        reach, why = Reach.REACHED, ""

        def go() -> None:
            detail = at_detail(who, self._journey)
            self._front = DialogInFront(who.hands.page)
            view = submit_dossier(who, discovery.apply(who, detail), self)
            self._address = ""
            self.left_behind.append(f"hồ sơ {who.service.code} đã bị nộp khi chưa bấm nộp ({view.address})")

        if ended := tried(go):
            reach, why = ended
        if self.begun:
            own_pages(who, self._album)
        if self._address and (left := self._draft_left(who)) and self.begun:
            self.left_behind.append(f"{left} đã trả phí" if self._paid else left)
        return reach, why

    def _draft_left(self, who: Traveller) -> str:
        """What is left of the draft, in words; all of it where there is no page any more to take it away from."""
        left: list[str] = []
        ended = tried(lambda: left.append(discard_draft(who, self._address)))
        return f"bản nháp {who.service.code}" if ended else left[0]

    def on_page(self, who: Traveller, view: View) -> View:
        if (place := place_of(view)) in self._opened:
            return view
        self._opened.add(place)
        opened = "hộp thoại mở" if view.modal else "vừa mở"
        front, self._front = self._front, None
        walk = partial(front.walked, leave=True) if view.modal and front and front.look() else None
        self._album.look(who, view, f"{called(view)} – {opened}", step_of(view), close=Close.COLOURED, dialog=walk)
        if not view.modal and self._dialogs < MOST_DIALOGS:
            name = f"{called(view)} – hộp thoại mở"
            self._dialogs += bool(self._album.come_to(name, lambda: promised_dialog(who, self._album, view)))
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
        self._entered.remember(view)
        place = place_of(view)
        if has_files and place not in self._erred:
            name = f"{called(view)} – đã đính kèm giấy tờ"
            self._album.look(who, view, name, StepName.PAPERS, close=Close.READ)
            view = who.hands.settle()
        leads = next(iter(forward_controls(who, view)), None)
        plain = leads is not None and leads[0] is StepName.FORM
        if has_form and plain and place not in self._erred:
            view = self._with_errors(who, view)
        self._erred.add(place)
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        if step is StepName.FORM:
            self._front = DialogInFront(who.hands.page)
            return who.press(view, control)
        if self.review is None or self.review.pays:  # a page of its own may follow the payment
            self._last_page(who, view, control, step)
        gateway = self._journey.pay is not None and self._journey.pay.gateway
        if step is StepName.PAY and gateway:  # the journey has shown that this leads to the gateway, which asks again
            return who.press(view, control)
        raise _Enough

    def at_gateway(self, who: Traveller, view: View) -> View:
        self._album.look(who, view, f"Thanh toán – {called(view)}", StepName.PAY)
        if not who.system.is_loopback:  # no money is moved for the sake of looking
            raise _Enough
        after = payment.pay_at_gateway(who, who.hands.settle())
        self._paid = True
        return after

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

    def _last_page(self, who: Traveller, view: View, control: Control, step: StepName) -> None:
        self._entered.remember(view)
        self._album.look(who, view, f"{called(view)} – trước khi bấm “{control.label}”", step, close=Close.READ)
        shot = self._album.states[-1].shot
        self.review = self._entered.review(who, view, control, pays=step is StepName.PAY, shot=shot)

    def _with_errors(self, who: Traveller, view: View) -> View:
        """Sends the answered page on with mistakes, looks at what it says, and mends it again; the page then."""
        mistakes = make_mistakes(who, view)
        before = who.hands.settle()
        mistakes = [m for m in mistakes if (c := field_again(before, m.field)) and c.value.strip() == m.entered]
        forward = forward_controls(who, before)
        if not mistakes or not forward or forward[0][0] is not StepName.FORM:
            return mended(who, before, mistakes)
        control, dialogs, earlier = forward[0][1], len(who.hands.watch.dialogs), announced(who.hands.page)
        first, front = field_again(before, mistakes[0].field), DialogInFront(who.hands.page)
        after = who.press(before, control)
        who.book.see(after)
        standing, spoken = values(before), who.hands.watch.dialogs[dialogs:]
        if after.modal and not before.modal:
            spoken.append(after.front[:600])
            name = f"{called(before)} – hộp thoại báo lỗi"
            walk = complaint_by_keys(who, after, front)
            self._album.look(who, after, name, step_of(before), close=Close.READ, dialog=walk)
            after = behind(who, after.front)
        if not is_there(standing, after):
            return after
        shown = errors_of(
            who, before, earlier, after, mistakes,
            news(before, after, who.hands.watch.dialogs[dialogs:]),
            spoken=spoken, pressed=control.label, same_document=first is not None and lives(before, first),
        )  # fmt: skip
        name = f"{called(before)} – báo lỗi"
        self._album.look(who, after, name, step_of(before), errors=shown, close=Close.READ)
        return mended(who, who.hands.settle(), mistakes)
