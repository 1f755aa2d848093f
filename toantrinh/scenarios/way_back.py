"""Back to the step before, by the page's own button and by the browser's: what was answered there?"""

from __future__ import annotations

from toantrinh.driver.eyes import View
from toantrinh.journey.application import forward_controls
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import ReturnTrial
from toantrinh.scenarios.drafts import back_button
from toantrinh.scenarios.trying import picture
from toantrinh.scenarios.values import Values, is_there, kept, values

BROWSER = "nút Quay lại của trình duyệt"
BACK_MS = 10_000


def try_ways_back(who: Traveller, view: View, standing: Values) -> tuple[View, ReturnTrial, ReturnTrial]:
    """From the second page of a form back to the first, whose answers were `standing`, by both ways.

    Returns the page on which this ended (the first one when a way back was found), the trial by the page's button and
    the trial by the browser's.
    """
    second, address = values(view), view.address
    view, by_browser = _by_browser(who, view, standing)
    if by_browser.arrived:
        forward = forward_controls(who, view)
        view = who.press(view, forward[0][1]) if forward else who.go(address)
    elif not is_there(second, view):
        view = who.go(address)
    button = back_button(who, view)
    if button is None:
        why = "trang của bước sau không có nút quay lại bước trước"
        return view, ReturnTrial(reach=Reach.ABSENT, why=why, address=view.address), by_browser
    after = who.press(view, button)
    who.book.see(after)
    return after, _returned(who, after, standing, button.label), by_browser


def _by_browser(who: Traveller, view: View, standing: Values) -> tuple[View, ReturnTrial]:
    from playwright.sync_api import Error

    try:
        who.hands.page.go_back(wait_until="commit", timeout=BACK_MS)
        after = who.hands.settle()
    except Error:
        return who.hands.settle(), ReturnTrial(reach=Reach.UNANSWERED, why="trình duyệt không quay lại được")
    if after.address.startswith("chrome-error:"):
        why = "trình duyệt đòi gửi lại biểu mẫu khi quay lại"
        return after, ReturnTrial(reach=Reach.UNANSWERED, why=why, address=view.address, pressed=BROWSER)
    return after, _returned(who, after, standing, BROWSER)


def _returned(who: Traveller, view: View, standing: Values, pressed: str) -> ReturnTrial:
    arrived = is_there(standing, view)
    return ReturnTrial(
        reach=Reach.REACHED if arrived else Reach.UNANSWERED,
        why="" if arrived else f"{pressed} không dẫn về bước trước",
        address=view.address,
        pressed=pressed,
        arrived=arrived,
        found_by=view.heading,
        kept=kept(standing, view),
        shots=picture(who, f"Quay lại bằng {pressed}"),
    )
