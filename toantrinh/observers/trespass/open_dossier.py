"""A dossier of the owner's that is still open, on which others are asked to do what the owner could do to it.

The journey's own dossier has its result by then, and nobody can change it any more. So one more is begun, for the
service that costs least: as a draft its content, its papers and its payment are tried, once it is sent its withdrawal.
In the end it is withdrawn, or its draft taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import confirmation, discovery, papers, withdrawal
from toantrinh.journey.application import Detours, forward_controls, submit_dossier
from toantrinh.journey.form import form_fields
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observers.session.forged import Sent, request_with
from toantrinh.observers.trespass.changing import Changer, Operation
from toantrinh.observers.trespass.held import held, press_held, sent_by
from toantrinh.observers.trespass.owners_eyes import PAY, REMOVE, SAVE, WITHDRAW
from toantrinh.scenarios.drafts import discard_draft
from toantrinh.scenarios.marking import mark_text
from toantrinh.scenarios.trying import at_detail
from toantrinh.scenarios.withdrawal import withdraw
from toantrinh.system_model import System

NO_PAYMENT = "ngoài máy này không thử với vai người khác: không chắc giữ lại được mọi thứ mà nút thanh toán gửi đi"
NO_REQUEST = "không nhận ra yêu cầu mà trình duyệt của chủ hồ sơ gửi"
BY_LINK = "lối rút hồ sơ là một liên kết rút ngay, không giữ lại được để hỏi với vai người khác"
OVER = "dừng lại vì hồ sơ đã bị đổi"


def cheapest(system: System, journeys: Sequence[Journey], account: str) -> Journey | None:
    """The journey whose service costs least to go through again: nothing to sign, and, elsewhere than on this machine,
    nothing to pay; None when nothing of this account was sent."""
    services = {one.code: one for one in system.services}

    def cost(journey: Journey) -> tuple[bool, bool]:
        service = services[journey.service]
        return service.signature is not False, (service.fee == 0) is system.is_loopback

    own = [one for one in journeys if one.submit and one.service in services]
    return min((one for one in own if services[one.service].account == account), key=cost, default=None)


class _Enough(StepEnded):
    """Somebody has changed the dossier: it goes no further."""

    def __init__(self) -> None:
        super().__init__(Reach.REACHED, OVER)


class OpenDossier(Detours):
    """Goes the straight way with a stop for each operation. `on_draft` is told the address of its first page, once."""

    def __init__(self, changer: Changer, on_draft: Callable[[str], None]) -> None:
        self._changer, self._on_draft = changer, on_draft
        self._tried: set[str] = set()
        self._mark, self._since = "", 0
        self._draft = ""  # a page of the draft
        self._gone = False  # withdrawn, as the owner saw
        self.left_behind: list[str] = []

    def go_through(self, who: Traveller, journey: Journey) -> None:
        """From the procedure's page to the withdrawal. What stops it is told by the changer's `why`."""
        from playwright.sync_api import Error

        what, own = f"hồ sơ {who.service.code}", ""
        try:
            confirmed = submit_dossier(who, discovery.apply(who, at_detail(who, journey)), self)
            own, self._draft = confirmed.address, ""
            what = f"hồ sơ {confirmation.code_in(who, confirmed)}"
            self._withdrawal(who, own)
        except StepEnded as end:
            self._stopped(end.why)
        except (CannotAct, Error) as error:
            self._stopped(first_line(error))
        if own and not self._gone and not _withdrawn(who, own):
            self.left_behind.append(what)
        elif self._draft and (left := discard_draft(who, self._draft)):
            self.left_behind.append(left)

    def answered(self, who: Traveller, view: View) -> View:
        """Marks an answer, so that it is known again in what is sent; tries what removes a paper."""
        fields, places = form_fields(view), papers.upload_places(view)
        if fields or places:
            self._draft = self._draft or view.address
        if fields and SAVE not in self._tried and not self._mark:
            self._since = len(who.hands.watch.seen)
            view, self._mark = mark_text(who, view)
        if places and REMOVE not in self._tried and (button := _removing(who, view)):
            self._tried.add(REMOVE)
            self._ask(REMOVE, sent_by(who, view, button), view.address, repeats=False)
            view = who.go(view.address)
        return view

    def press(self, who: Traveller, view: View, control: Control, step: StepName) -> View:
        """Presses what leads on; what would pay is tried before, what was saved after it."""
        if step is StepName.PAY and PAY not in self._tried:
            self._tried.add(PAY)
            view = self._payment(who, view, control)
            control = next((one for found, one in forward_controls(who, view) if found is StepName.PAY), control)
        after = who.press(view, control)
        if self._mark and SAVE not in self._tried:
            self._saved(who, view.address)
            return who.go(after.address)
        return after

    def _payment(self, who: Traveller, view: View, control: Control) -> View:
        """Asks for the payment as others, but not where what cannot be held would cost somebody money."""
        if not who.system.is_loopback:
            self._changer.why[PAY] = NO_PAYMENT
            return view
        self._ask(PAY, sent_by(who, view, control), view.address, repeats=False)
        return who.go(view.address)

    def _saved(self, who: Traveller, page: str) -> None:
        sent = request_with(who.hands.watch.seen[self._since :], self._mark, who.system.base_url)
        mark, self._mark = self._mark, ""
        if sent is None:
            return  # the next page is marked
        self._tried.add(SAVE)
        self._on_draft(page)
        self._ask(SAVE, sent, page, mark=mark)

    def _withdrawal(self, who: Traveller, own: str) -> None:
        view = who.go(own)
        way = withdrawal.way_out(who, view)
        if way is None:
            self._changer.why[WITHDRAW] = "trang hồ sơ không có lối rút hồ sơ"
            return
        with held(who.hands.watch.context, who.system) as kept:
            known = {field.key for field in form_fields(view)}

            def press(shown: View, control: Control) -> View:
                return press_held(who, shown, control, kept)

            asked = who.press(view, way)  # a link leads to the question, and is no withdrawal yet
            if not kept and withdrawal.said_withdrawn(who, asked):
                self._changer.why[WITHDRAW], self._gone = BY_LINK, True
                return
            withdrawal.confirm(who, asked, known, press, lambda: bool(kept))
        heard = self._ask(WITHDRAW, kept.chosen, own)
        self._gone = heard and withdrawal.said_withdrawn(who, who.hands.settle())

    def _ask(self, what: str, sent: Sent | None, page: str, *, mark: str = "", repeats: bool = True) -> bool:
        """True when the owner's own request was heard."""
        if sent is None:
            self._changer.why[what] = NO_REQUEST
            return False
        heard = self._changer.ask(Operation(what, sent, page, mark, repeats))
        if self._changer.broken:
            raise _Enough
        return heard

    def _stopped(self, why: str) -> None:
        if self._changer.broken:
            return
        for what in (SAVE, WITHDRAW):
            if what not in self._changer.asked:
                self._changer.why.setdefault(what, why)


def _removing(who: Traveller, view: View) -> Control | None:
    """What removes a paper that is attached, and not the whole draft."""
    remove, discard = who.lexicon["remove-file"], who.lexicon["delete-draft"]
    found = view.ranked(remove, where=view.in_body, least=60)
    return next((one for one in found if remove.nearness(one.label) >= discard.nearness(one.label)), None)


def _withdrawn(who: Traveller, own: str) -> bool:
    """True when the dossier is withdrawn already, or now."""
    from playwright.sync_api import Error

    try:
        view = who.go(own)
        return withdrawal.said_withdrawn(who, view) or withdraw(who, own).confirmed
    except (StepEnded, CannotAct, Error):
        return False
