"""A session that a person has logged in by hand: whether it still lives, and how a browser context goes on with it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from toantrinh import sessions
from toantrinh.driver.eyes import look
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.proof import logged_in
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import context_of
from toantrinh.ownership import at_home
from toantrinh.sessions import Session
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SURE = 80
NAMES = "() => Array.from(document.querySelectorAll('a,button'), (one) => (one.textContent || one.title || '').trim())"
RESTORE = """if (location.origin === %s) for (const [name, value] of Object.entries(%s)) {
  if (sessionStorage.getItem(name) === null) sessionStorage.setItem(name, value);
}"""


@dataclass(frozen=True)
class Stored:
    """The session to go on with; or why there is none although one was stored."""

    session: Session | None = None
    why: str = ""


_ASKED: dict[tuple[str, str, str], Stored] = {}


def living(browser: Browser, system: System, account: str) -> Stored:
    """The stored session of an account, when the system still knows it. A process asks the system once."""
    session = sessions.kept(system, account)
    if session is None:
        return Stored()
    key = (str(sessions.path_of(system, account)), session.origin, session.saved)
    if key not in _ASKED:
        again = f"toantrinh login {system.id} --account {account}"
        _ASKED[key] = (
            Stored(session)
            if lives(browser, system, session)
            else Stored(why=f"phiên của “{account}” lưu lúc {session.saved} không còn hiệu lực: chạy lại {again}")
        )
    return _ASKED[key]


def lives(browser: Browser, system: System, session: Session) -> bool:
    """True when the system still knows the session. Opens the home page once; what does not open lives no more."""
    context = context_of(browser, system, storage_state=session.state)
    try:
        prime(context, session)
        hands = Hands(context.new_page(), Watch(context, system))
        hands.go(urljoin(system.base_url + "/", system.paths.get("home", "")))
        return at_home(hands.page.url, system.base_url) and is_inside(hands.page, system)
    except CannotAct:
        return False
    finally:
        context.close()


def prime(context: BrowserContext, session: Session) -> None:
    """Gives the pages of a context the session storage of a session; cookies and the rest came with its state."""
    if session.page_storage:
        stored = json.dumps(dict(session.page_storage))
        context.add_init_script(RESTORE % (json.dumps(session.origin), stored))


def is_inside(page: Page, system: System) -> bool:
    """True when the page offers to log out, in sight or in a menu that is closed now."""
    lexicon = load_lexicon(system.labels)
    inside = logged_in(look(page), lexicon)
    if inside is not None:
        return inside
    return any(lexicon["log-out"].nearness(str(name)) >= SURE for name in page.evaluate(NAMES))
