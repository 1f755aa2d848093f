"""The Back button after log-out: whether the browser shows anything of the account again.

Where the browser keeps no pages in memory (Playwright's Chromium), Back asks its cache, which shows every page that
may be stored, however old (RFC 9111 §6): what comes back there came from the disk, from memory of scripts, or anew.
"""

from __future__ import annotations

from toantrinh.driver.eyes import look
from toantrinh.driver.window import first_line
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.session import State, Tried
from toantrinh.observers.session.witness import shown_in
from toantrinh.scenarios.trying import picture

MOST = 6  # pages back; log-out may lead over several
WAIT_MS = 8_000


def go_back(who: Traveller, words: tuple[str, ...], left: str) -> Tried:
    """Presses Back until the page `left` (where log-out was pressed) has been passed, and looks at every page.

    `words` are what the account's page showed of its owner.
    """
    from playwright.sync_api import Error

    page, watch, passed, seen = who.hands.page, who.hands.watch, False, 0
    since = len(watch.seen)
    for _ in range(MOST):
        before = page.url
        try:
            page.go_back(timeout=WAIT_MS, wait_until="commit")
        except Error as error:
            if "ERR_CACHE_MISS" not in str(error):
                return Tried(why=f"trình duyệt không quay lại được: {first_line(error)}")
        if page.url in (before, "about:blank"):
            break
        if page.url.startswith(("chrome-error:", "about:neterror")):
            seen += 1
            continue
        try:
            view = who.hands.settle()
        except Error:
            view = look(page)
        seen += 1
        passed = passed or any(same(url, left) for url in (page.url, *(one.request.url for one in watch.seen[since:])))
        if not who.at_home(page.url):
            continue
        if shown_in(view.text, words):
            return Tried(
                state=State.BROKEN,
                what=f"bấm Quay lại {seen} lần, trang “{view.heading}” lại hiện dữ liệu của người đã thoát",
                why="",
                place=page.url.split("?")[0],
                shots=picture(who, "Quay lại sau khi đăng xuất"),
            )
        if passed and seen >= 2:
            break
    if not seen or not passed:
        return Tried(why="bấm Quay lại không về tới trang cá nhân đã mở trước khi đăng xuất")
    shots = picture(who, "Quay lại sau khi đăng xuất")
    return Tried(state=State.HELD, why="", place=left.split("?")[0], shots=shots)


def same(one: str, other: str) -> bool:
    """True for the same page, its fragment left aside."""
    return one.split("#")[0] == other.split("#")[0]
