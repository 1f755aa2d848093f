"""A look at a page that does as it likes: it ends in time, and what the page did meanwhile has a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from toantrinh.driver.alarm import alarm
from toantrinh.observers.asking.page_world import ask
from toantrinh.store import NotObserved, Outcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

T = TypeVar("T")
AGAIN_MS = 3_000  # for the next document, when the first one was left
GONE = (
    "context was destroyed",
    "Cannot find context",
    "because of a navigation",
    "frame was detached",
    "frame with given id",
)
CLOSED = ("has been closed", "Target closed", "Target crashed", "Page crashed")
TERMINATED = "Execution was terminated"  # a question with a limit of its own
BORN = "() => performance.timeOrigin"
HOLDS = "() => document.contentType.includes('html') && document.body !== null && document.documentElement !== null"


class WentAway(NotObserved):
    """The page went to another document while it was looked at."""


def born_of(page: Page) -> float:
    """When the document that is open began, in ms since 1970: no two of one page are alike. Raises as World does."""
    return float(ask(page, BORN))


def within(page: Page, seconds: float, doing: str, look: Callable[[], T], *, again: bool = True) -> T:
    """What `look` gives. A page that goes to another document at the same address meanwhile is looked at once more,
    unless `again` is False.

    `doing` completes “trong khi …”. Raises WentAway when the page leaves, NotObserved (not-tested) when it takes longer
    than so many seconds or than a question may, closes itself, draws no picture in time, or holds no HTML; our own
    fault stays an error.
    """
    from playwright.sync_api import Error

    address = page.url
    with alarm(page, seconds) as bell:
        for last in (False, True) if again else (True,):
            try:
                return look()
            except (Error, RuntimeError) as error:
                if bell.rang:
                    raise _lost(f"trang không trả lời xong trong {seconds:g} giây khi {doing}") from error
                why = _why(page, error, doing)
                if not why:
                    raise
                if not _left(error):
                    raise _lost(why) from error
                if last or not _comes_again(page, address):
                    raise WentAway(Outcome.NOT_TESTED, why) from error
    raise AssertionError("the second look returns or raises")


def _lost(why: str) -> NotObserved:
    return NotObserved(Outcome.NOT_TESTED, why)


def _left(error: Exception) -> bool:
    return any(word in str(error) for word in GONE)


def _why(page: Page, error: Exception, doing: str) -> str:
    """What the page did that the look failed; empty when it did nothing."""
    from playwright.sync_api import Error

    if page.is_closed() or any(word in str(error) for word in CLOSED):
        return f"trang bị đóng trong khi {doing}"
    if _left(error):
        return f"trang tự chuyển đi hoặc tải lại trong khi {doing}"
    if "Timeout" in str(error):
        return f"trang không vẽ xong khi {doing}"
    if TERMINATED in str(error):
        return f"trang không trả lời xong khi {doing}"
    try:
        return "" if ask(page, HOLDS) else f"trang không còn nội dung HTML khi {doing}"
    except (Error, RuntimeError):
        return f"trang tự chuyển đi hoặc tải lại trong khi {doing}"


def _comes_again(page: Page, address: str) -> bool:
    """True when the next document is there, and is the same page."""
    from playwright.sync_api import Error

    try:
        page.wait_for_load_state("domcontentloaded", timeout=AGAIN_MS)
    except Error:
        return False
    return page.url.split("#")[0].split("?")[0] == address.split("#")[0].split("?")[0]
