"""Another province is chosen: do the communes follow it?"""

from __future__ import annotations

from toantrinh.driver.answers import Answerer, fact_asked, is_empty_option
from toantrinh.driver.dropdowns import choose_drawn, options_of
from toantrinh.driver.eyes import Control, View
from toantrinh.journey.form import form_fields
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import CascadeTrial
from toantrinh.scenarios.trying import picture
from toantrinh.scenarios.values import field_again

SHOWN = 12  # communes kept in the record


def place_lists(view: View) -> tuple[Control, Control] | None:
    """The first list of provinces and the list of communes behind it; None when the page has no such pair."""
    province: Control | None = None
    for control in form_fields(view):
        if not (control.tag == "select" or control.widget == "dropdown") or not control.enabled:
            continue
        fact = fact_asked(control.label)
        if fact == "province":
            province = control
        elif fact == "commune" and province is not None:
            return province, control
    return None


def try_cascade(who: Traveller, view: View) -> tuple[View, CascadeTrial]:
    """Chooses another province, reads the communes, and chooses the former ones again; the page then."""
    pair = place_lists(view)
    if pair is None:
        return view, CascadeTrial(reach=Reach.NOT_NEEDED, why="biểu mẫu không có danh sách tỉnh và xã")
    province, commune = pair
    others = [text for text in _offered(who, view, province) if text != province.value]
    if not others:
        why = "danh sách tỉnh chỉ có một tỉnh"
        return view, CascadeTrial(reach=Reach.NOT_NEEDED, why=why, province=province.label, commune=commune.label)
    other = others[len(others) // 2]
    before = _offered(who, view, commune)
    after = _chosen(who, view, province, other)
    commune_then = field_again(after, commune)
    offered = _offered(who, after, commune_then) if commune_then else []
    trial = CascadeTrial(
        reach=Reach.REACHED if commune_then else Reach.UNANSWERED,
        why="" if commune_then else "chọn tỉnh khác thì không thấy danh sách xã nữa",
        address=after.address,
        shots=picture(who, f"Chọn {other}"),
        province=province.label,
        commune=commune.label,
        chosen_before=province.value,
        chosen_after=other,
        communes_before=tuple(before[:SHOWN]),
        communes_after=tuple(offered[:SHOWN]),
    )
    for former in (province, commune):
        again = field_again(after, former)
        if again and former.value and again.value != former.value:
            after = _chosen(who, after, again, former.value)
    return after, trial


def _chosen(who: Traveller, view: View, control: Control, text: str) -> View:
    """The page after this was chosen; the same page when the list does not offer it."""
    if control.tag == "select":
        value = next((value for value, name, _ in control.options if name == text), None)
        if value is None:
            return view
        who.hands.choose(view, control, value)
        return who.hands.settle()
    chosen = choose_drawn(who.hands, view, control, Answerer(who.persona, {control.label: text}))
    return chosen[1] if chosen else who.hands.settle()


def _offered(who: Traveller, view: View, control: Control) -> list[str]:
    """What the list offers; one that is only filled when it is opened is opened."""
    if control.tag != "select":
        return options_of(who.hands, view, control)
    if not (found := _options(control)):
        view.element(control).click()
        again = field_again(who.hands.settle(), control)
        found = _options(again) if again else []
    return found


def _options(control: Control) -> list[str]:
    return [text for value, text, enabled in control.options if enabled and not is_empty_option(value, text)]
