"""A person's log-in: an open window, and waiting until the system greets somebody in it."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from toantrinh import sessions
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import context_of
from toantrinh.journey.saved_session import is_inside
from toantrinh.mistakes import UserMistake
from toantrinh.ownership import at_home
from toantrinh.sessions import Session
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TURN_MS = 1_000
PAGE_STORAGE = "() => ({...sessionStorage})"


def person_logs_in(
    browser: Browser, system: System, account: str, *, wait_s: float, tell: Callable[[str], None]
) -> Session:
    """Opens the system's log-in in a window and returns the session when a person has logged in there.

    `tell` hears what the person must know. Raises UserMistake when the page does not open, the window is closed or the
    time (s) is over.
    """
    from playwright.sync_api import Error

    context = context_of(browser, system)
    try:
        watch = Watch(context)
        _open_door(Hands(context.new_page(), watch), system)
        tell(f"Cửa sổ đã mở: hãy đăng nhập “{account}” trong đó (tối đa {wait_s / 60:.0f} phút).")
        until = time.monotonic() + wait_s
        told: set[str] = set()
        while time.monotonic() < until:
            try:
                page = context.pages[-1] if context.pages else None
                if page is None or not browser.is_connected():
                    raise UserMistake("the window was closed before anybody had logged in.", system.id, "Start again.")
                if at_home(page.url, system.base_url) and is_inside(page, system):
                    return _session(context, page, system, account)
                for host in _unlisted(watch, system) - told:
                    told.add(host)
                    tell(f"Trang chuyển sang {host}, máy chủ này chưa có trong hosts của tệp hệ thống nên bị chặn.")
                _await_turn(page)
            except Error:
                continue  # the page was just being left
        raise UserMistake(f"nobody logged in within {wait_s:.0f} s.", system.id, "Start again, or wait longer: --wait.")
    finally:
        context.close()


def _open_door(hands: Hands, system: System) -> None:
    """Opens the log-in page, or the home page when no way there is in sight: the person finds it."""
    path = system.paths.get("log-in") or system.paths.get("home") or ""
    try:
        view = hands.go(urljoin(system.base_url + "/", path))
        control = None if "log-in" in system.paths else view.best(load_lexicon(system.labels)["log-in"], least=50)
        if control:
            hands.press(view, control)
    except CannotAct as error:
        raise UserMistake(f"its page does not open ({error}).", system.base_url, "Try again later.") from None


def _await_turn(page: Page) -> None:
    """Waits for the next page, at most a second: a page may also change without being left."""
    from playwright.sync_api import TimeoutError as TooLong

    try:
        page.wait_for_event("domcontentloaded", timeout=TURN_MS)
    except TooLong:
        return


def _unlisted(watch: Watch, system: System) -> set[str]:
    """Hosts of pages that were asked for and are not listed."""
    asked = {
        urlsplit(seen.request.url).hostname or ""
        for seen in watch.seen
        if seen.request.resource_type == "document" and seen.request.url.startswith("http")
    }
    return asked - system.allowed_hosts - {""}


def _session(context: BrowserContext, page: Page, system: System, account: str) -> Session:
    return Session(
        system=system.id,
        account=account,
        origin=sessions.origin_of(system),
        saved=datetime.datetime.now(ZoneInfo(system.timezone)).isoformat(timespec="minutes"),
        state=dict(context.storage_state()),
        page_storage=page.evaluate(PAGE_STORAGE),
    )
