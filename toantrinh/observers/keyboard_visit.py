"""Opens a page of the set in a fresh context and walks it by the keyboard."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Unreached
from toantrinh.driver.hands import Hands
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import context_of
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observers.isolated import CannotAsk
from toantrinh.observers.keyboard import keyboard_of
from toantrinh.observers.pages import outcome_of
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WALK_S = 60.0


def keyboard_key(name: PageName) -> str:
    """The key of a page's walk, such as `keyboard/home`."""
    return f"keyboard/{name}"


def observe_keyboard(
    browser: Browser, system: System, page: PageFacts, known: Collection[str], attachments: Attachments
) -> KeyboardFacts:
    """The page that was visited before, by the keyboard. Raises NotObserved when it does not come or goes away."""
    from playwright.sync_api import Error

    where = page.name.vietnamese
    if browser.browser_type.name != "chromium":
        raise NotObserved(Outcome.NOT_TESTED, "chỉ đi bằng bàn phím được trong trình duyệt họ Chromium")
    context = context_of(browser, system)
    try:
        hands = Hands(context.new_page(), Watch(context, system))
        try:
            hands.go(page.address)
        except Unreached as lost:
            raise NotObserved(outcome_of(lost.fault), f"{where}: {lost.why}") from lost
        except CannotAct as error:
            raise NotObserved(Outcome.NETWORK, f"{where}: {error}") from error
        with alarm(hands.page, WALK_S) as bell:
            try:
                return keyboard_of(hands.page, known, attachments, seed=page.name)
            except (Error, CannotAsk) as error:
                if not bell.rang and not isinstance(error, CannotAsk):
                    raise
                why = f"không đi xong trong {WALK_S:g} giây" if bell.rang else f"trang đổi giữa chừng ({error})"
                raise NotObserved(Outcome.NOT_TESTED, f"{where}: {why}") from error
    finally:
        context.close()
