"""The session ends while the form is being filled: the cookies are gone when the citizen presses on."""

from __future__ import annotations

from toantrinh.driver.eyes import View
from toantrinh.driver.proof import logged_in
from toantrinh.journey.application import forward_controls
from toantrinh.journey.form import TEXT_ROLES, form_fields
from toantrinh.journey.identity import log_in, needs_log_in
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.observations.mistakes import ReturnTrial
from toantrinh.scenarios.drafts import open_draft
from toantrinh.scenarios.own_page import see_own_page
from toantrinh.scenarios.trying import news, picture
from toantrinh.scenarios.values import Values, identity, is_there, kept


def try_expired_session(who: Traveller, view: View, standing: Values) -> tuple[View, ReturnTrial]:
    """Drops the cookies, presses on, logs in again and looks for what was typed (`standing`); the page then.

    Where pressing on would hand in the dossier, one required field is left empty first: a portal that does not care
    for the session must not take it in.
    """
    forward = forward_controls(who, view)
    if not forward:
        return view, ReturnTrial(reach=Reach.NOT_TRIED, why="không thấy nút đi tiếp", address=view.address)
    step, control = forward[0]
    address = view.address
    if step is not StepName.FORM:
        view, left_out = one_left_empty(who, view)
        if not (left_out or who.system.is_loopback):  # a session that is kept elsewhere would send the dossier
            why = "trang này bấm là nộp hồ sơ, và không có ô bắt buộc nào để bỏ trống"
            return view, ReturnTrial(reach=Reach.NOT_TRIED, why=why, address=address)
        standing = {key: one for key, one in standing.items() if key != left_out}
        control = next(iter(c for _, c in forward_controls(who, view)), control)
    who.hands.page.context.clear_cookies()
    after = who.press(view, control)
    said = news(view, after)
    if not needs_log_in(after, who.lexicon) and logged_in(after, who.lexicon) is False:
        link = after.best(who.lexicon["log-in"], least=60)
        after = who.press(after, link) if link else after
    if not needs_log_in(after, who.lexicon):
        see_own_page(who, after, StepName.FORM)
        why = "bỏ cookie mà phiên vẫn còn: phiên không nằm trong cookie"
        return after, ReturnTrial(reach=Reach.NOT_TRIED, why=why, address=address, said=said)
    shots = picture(who, "Phiên đã hết")
    try:
        back = log_in(who, after)
    except StepEnded as end:
        raise StepEnded(Reach.NOT_TRIED, f"không đăng nhập lại được: {end.why}") from end
    who.book.begin(StepName.FORM)
    found_by, back = "ngay sau khi đăng nhập lại", see_own_page(who, back, StepName.FORM)
    if not is_there(standing, back):
        found_by, back = _looked_for(who, standing, address)
    return back, ReturnTrial(
        reach=Reach.REACHED,
        address=back.address,
        said=said,
        pressed=control.label,
        arrived=is_there(standing, back),
        found_by=found_by,
        kept=kept(standing, back),
        shots=shots + picture(who, "Sau khi đăng nhập lại"),
    )


def one_left_empty(who: Traveller, view: View) -> tuple[View, str]:
    """The page with one required text field empty, and that field's identity; empty when there is none."""
    field = next(
        (
            c
            for c in reversed(form_fields(view))
            if c.role in TEXT_ROLES and (c.required or c.marked) and c.enabled and not c.readonly and c.value
        ),
        None,
    )
    if field is None:
        return view, ""
    who.hands.fill(view, field, "")
    return who.hands.settle(), identity(field)


def _looked_for(who: Traveller, standing: Values, address: str) -> tuple[str, View]:
    """(how it was found, page): at its address, or among the drafts."""
    at_address = "ở địa chỉ cũ"
    view = see_own_page(who, who.go(address), StepName.FORM)
    if is_there(standing, view) and not any(one.lost for one in kept(standing, view)):
        return at_address, view
    try:
        draft, label = open_draft(who, standing, address)
    except StepEnded as end:
        if end.reach is not Reach.ABSENT:  # the list could not be seen: who knows what stands in it
            raise
        draft, label = None, ""
    if draft is not None:
        return f"qua bản nháp “{label}”", draft
    return at_address, see_own_page(who, who.go(address), StepName.FORM)
