"""Another province is chosen: do the communes follow it?"""

from __future__ import annotations

from toantrinh.driver.answers import fact_asked, is_empty_option
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
        if control.tag != "select" or not control.enabled:
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
    others = [(value, text) for value, text in _offered(province) if text != province.value]
    if not others:
        why = "danh sách tỉnh chỉ có một tỉnh"
        return view, CascadeTrial(reach=Reach.NOT_NEEDED, why=why, province=province.label, commune=commune.label)
    other = others[len(others) // 2]
    who.hands.choose(view, province, other[0])
    after = who.hands.settle()
    commune_then = field_again(after, commune)
    if commune_then and not _offered(commune_then):  # some lists are only loaded when they are opened
        after.element(commune_then).click()
        after = who.hands.settle()
        commune_then = field_again(after, commune)
    trial = CascadeTrial(
        reach=Reach.REACHED if commune_then else Reach.UNANSWERED,
        why="" if commune_then else "chọn tỉnh khác thì không thấy danh sách xã nữa",
        address=after.address,
        shots=picture(who, f"Chọn {other[1]}"),
        province=province.label,
        commune=commune.label,
        chosen_before=province.value,
        chosen_after=other[1],
        communes_before=_names(commune),
        communes_after=_names(commune_then) if commune_then else (),
    )
    return _back_to(who, after, province, commune), trial


def _back_to(who: Traveller, view: View, province: Control, commune: Control) -> View:
    for former in (province, commune):
        control = field_again(view, former)
        value = next((value for value, text in _offered(former) if text == former.value), None)
        if control and value and any(value == offered for offered, _ in _offered(control)):
            who.hands.choose(view, control, value)
            view = who.hands.settle()
    return view


def _offered(control: Control) -> list[tuple[str, str]]:
    return [(value, text) for value, text, enabled in control.options if enabled and not is_empty_option(value, text)]


def _names(control: Control) -> tuple[str, ...]:
    return tuple(text for _, text in _offered(control))[:SHOWN]
