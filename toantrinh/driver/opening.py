"""Opening an address so that it ends in time whatever the other side does, and naming what it did.

A page that did not come, or came as a server error, is asked for once more after a pause (RFC 9110, 9.2.2: only what
may be repeated, so never a POST); the second try is noted for the record.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from toantrinh.address import probe_address
from toantrinh.driver.alarm import alarm
from toantrinh.driver.closing import close
from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.watch import Watch
from toantrinh.observations.journey import Reach

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE_S = 30.0  # within which a page must have been read
MARGIN_S = 5.0
RETRY_PAUSE_MS = 1_000.0
HOME_S = 5.0
PASSING = (429, 500, 502, 503, 504)  # statuses that a second request may mend
MOST_HOPS = 20  # documents in a row without a page coming to rest
MOST_NODES = 60_000
MOST_BYTES = 32 * 1024 * 1024
SIZE = """() => [document.getElementsByTagName('*').length,
  (performance.getEntriesByType('navigation')[0] || {decodedBodySize: 0}).decodedBodySize]"""

_FAULTS = (
    (Fault.CRASHED, r"page crashed|target crashed"),
    (Fault.UNKNOWN_ISSUER, r"ERR_CERT_AUTHORITY_INVALID|UNKNOWN_ISSUER|SELF_SIGNED"),
    (Fault.CERTIFICATE, r"ERR_CERT_|ERR_SSL_OBSOLETE|SEC_ERROR_|BAD_CERT|certificate"),
    (Fault.REDIRECTS, r"ERR_TOO_MANY_REDIRECTS|REDIRECT_LOOP|too many (HTTP )?redirects"),
    (
        Fault.CLOSES,
        r"ERR_EMPTY_RESPONSE|ERR_CONNECTION_(RESET|CLOSED|ABORTED)|ERR_INVALID_(HTTP|CHUNKED)|ERR_INCOMPLETE|"
        r"ERR_CONTENT_LENGTH|ERR_HTTP2|ERR_RESPONSE_HEADERS|NET_RESET|NET_INTERRUPT|PARTIAL_TRANSFER|"
        r"connection was lost",
    ),
    (Fault.HANGS, r"Timeout [\d.]+ms exceeded|ERR_(CONNECTION_)?TIMED_OUT|NET_TIMEOUT"),
    (Fault.UNREACHABLE, r"net::ERR_(?!ABORTED)|NS_ERROR_|could.?n.t connect|could not connect|hostname could not"),
)
SIZE_SO_FAR = f"() => [...({SIZE})(), document.documentElement ? document.documentElement.textContent.length : 0]"
LEAVE_MS = 500
ANSWER_S = 8.0
MOST_INTERRUPTIONS, INTERRUPTED_MS = 5, 200
# The page is of no more use after these.
STOPPED = (
    Fault.ENDLESS_SCRIPT,
    Fault.ENDLESS_DIALOGS,
    Fault.REDIRECTS,
    Fault.TOO_LARGE,
    Fault.CRASHED,
)
_SAID = {
    Fault.HANGS: "không trả lời xong trong {limit:g} giây",
    Fault.CLOSES: "đóng kết nối giữa chừng",
    Fault.UNREACHABLE: "không kết nối được",
    Fault.CERTIFICATE: "chứng thư số không hợp lệ",
    Fault.UNKNOWN_ISSUER: "không rõ ai cấp chứng thư số (có thể do mạng của máy đo)",
    Fault.REDIRECTS: "chuyển hướng không dứt",
    Fault.TOO_LARGE: "trang quá lớn để xem hết",
    Fault.ENDLESS_SCRIPT: "kịch bản của trang chạy mãi, trang không phản hồi",
    Fault.ENDLESS_DIALOGS: "trang mở hộp thoại không dứt",
    Fault.CRASHED: "trình duyệt của ta hỏng khi mở trang",
}


def open_address(page: Page, watch: Watch, address: str, pause_ms: float = RETRY_PAUSE_MS, *, tries: int = 2) -> Page:
    """Opens `address` and returns the page that shows it: a fresh one where the old had to be closed.

    Raises Unreached with the fault when nothing usable comes; playwright's Error for what is no fault of the system (a
    download, a wrong address).
    """
    for last in (*(False,) * (tries - 1), True):
        page = living(page, watch)
        if watch.pace:
            watch.pace.turn(page.wait_for_timeout)
        watch.arrival = None
        lost = _attempt(page, watch, address)
        if lost is None:
            status = watch.arrival.status if watch.arrival else 200
            if last or status not in PASSING:
                return page
            watch.note(f"GET {_short(address)} trả {status}: mở lại một lần")
        elif last or not lost.fault.passing:
            raise lost
        else:
            watch.note(f"{lost.why}: mở lại một lần")
        page = living(page, watch)
        page.wait_for_timeout(pause_ms)
    raise AssertionError("the last try returns or raises")


def _attempt(page: Page, watch: Watch, address: str) -> Unreached | None:
    from playwright.sync_api import Error

    watch.crashed, before = False, watch.journeys
    with alarm(page, PAGE_S + MARGIN_S) as bell:
        try:
            _goto(page, address)
            return None
        except Error as error:
            failure = error
    lost = named(failure, watch, address, rang=bell.rang)
    if lost and watch.journeys - before > MOST_HOPS:
        lost = unreached(Fault.REDIRECTS, watch, address)
    way = watch.last_journey()
    if lost and lost.fault is Fault.HANGS and way and way.answered:
        lost = _why_unread(page, watch, address) or lost
    watch.forget_failures()
    if lost is None:
        raise failure
    if lost.fault in STOPPED:
        close(page)
    elif not page.is_closed():
        _leave(page)
    if lost.fault in (Fault.HANGS, Fault.CLOSES, Fault.UNREACHABLE) and watch.pace:
        watch.pace.silent(_SAID[lost.fault].format(limit=PAGE_S))
    return lost


def _leave(page: Page) -> None:
    """Waits for the browser's own page about the failure: it would interrupt what is asked for next."""
    from playwright.sync_api import Error

    with contextlib.suppress(Error):
        page.wait_for_url(lambda url: not url.startswith("http"), wait_until="commit", timeout=LEAVE_MS)


def _goto(page: Page, address: str) -> None:
    from playwright.sync_api import Error

    for _ in range(MOST_INTERRUPTIONS):
        try:
            page.goto(address, wait_until="domcontentloaded", timeout=PAGE_S * 1000)
            return
        except Error as error:
            if "interrupted by another navigation" not in str(error):
                raise
            failure = error  # the browser was still on its way to its own page about the failure before
            page.wait_for_timeout(INTERRUPTED_MS)
    raise failure


def _why_unread(page: Page, watch: Watch, address: str) -> Unreached | None:
    """The time was up: does the page's own script hold it, or is there too much of it? None: it has not come."""
    from playwright.sync_api import Error

    with alarm(page, ANSWER_S) as bell:
        try:
            nodes, size, characters = page.evaluate(SIZE_SO_FAR)
        except Error:
            return named(TimeoutError(), watch, address, rang=True) if bell.rang else None
    if nodes > MOST_NODES or max(size, characters) > MOST_BYTES:
        return unreached(Fault.TOO_LARGE, watch, address, _measure(nodes, max(size, characters)))
    return None


def living(page: Page, watch: Watch) -> Page:
    """`page` while it lives, else another one of its context."""
    if not page.is_closed() and not watch.crashed:
        return page
    if watch.crashed:
        watch.crashed = False
        page.close()
    alive = [one for one in watch.context.pages if not one.is_closed()]
    return alive[-1] if alive else watch.context.new_page()


def named(error: BaseException, watch: Watch, address: str, *, rang: bool = False) -> Unreached | None:
    """The fault that playwright's error tells of; None when it tells of none. `rang`: our alarm closed the page."""
    if watch.floods:
        return unreached(Fault.ENDLESS_DIALOGS, watch, address)
    if watch.crashed:
        return unreached(Fault.CRASHED, watch, address)
    if rang:
        way = watch.last_journey()
        if way and not way.answered:  # the browser itself waits for it
            return unreached(Fault.HANGS, watch, way.address)
        asked = way.address if way else address
        if (size := watch.size_of_last()) > MOST_BYTES:
            return unreached(Fault.TOO_LARGE, watch, asked, _measure(0, size))
        return unreached(Fault.ENDLESS_SCRIPT, watch, asked)
    said = str(error)
    failed = watch.failed_journey()
    asked = failed.address if failed else address
    if watch.is_foreign(urlsplit(asked).hostname or "") and not re.search("timeout", said, re.I):
        return foreign(asked)
    for fault, words in _FAULTS:
        if re.search(words, said, re.I):
            word = re.search(r"(net::)?ERR_\w+|NS_ERROR_\w+|SEC_ERROR_\w+|MOZILLA_\w+", said)
            return unreached(fault, watch, asked, word.group(0) if word else "")
    return None


def unreached(fault: Fault, watch: Watch, address: str, word: str = "") -> Unreached:
    """The fault as a step ends by it. Silence is held against the system only when its home page, or else the canary
    address of its file, answers at that very moment; otherwise it may be the network between us."""
    why = f"{_short(address)}: {_SAID[fault].format(limit=PAGE_S)}" + (f" ({word})" if word else "")
    if fault in (Fault.HANGS, Fault.CLOSES, Fault.UNREACHABLE):
        return Unreached(fault, *_whose(fault, watch, address, why))
    return Unreached(fault, why)


def _whose(fault: Fault, watch: Watch, address: str, why: str) -> tuple[str, Reach]:
    system = watch.system
    if system is None:
        return why, fault.reach
    home = urljoin(system.base_url + "/", system.paths.get("home", ""))
    own = urlsplit(address).netloc == urlsplit(system.base_url).netloc
    deeper = address.rstrip("/") not in (home.rstrip("/"), system.base_url)
    may_ask = own and deeper and fault is not Fault.UNREACHABLE
    if may_ask and probe_address(home, timeout_s=HOME_S).kind == "answers":
        return f"{why}, trong khi trang chủ vẫn trả lời", Reach.REFUSED
    if own and system.canary:
        if probe_address(system.canary, timeout_s=HOME_S).is_up:
            return f"{why}, trong khi {system.canary} vẫn trả lời", Reach.REFUSED
        return f"{why}; {system.canary} cũng không trả lời: lỗi mạng của máy đo", Reach.BLOCKED
    return why, Reach.BLOCKED


def foreign(address: str) -> Unreached:
    """The system leads to a host that its file does not name: what to add there."""
    host = urlsplit(address).hostname or address
    return Unreached(
        Fault.FOREIGN_HOST,
        f"hệ thống dẫn sang {host}, máy chủ không có trong tệp hệ thống nên không truy cập: thêm “{host}” vào hosts:",
    )


def check_size(page: Page, watch: Watch, nodes: int, size: int) -> None:
    """Raises Unreached for a page that is too large to be surveyed: its elements, its bytes."""
    if nodes > MOST_NODES or size > MOST_BYTES:
        lost = unreached(Fault.TOO_LARGE, watch, page.url, _measure(nodes, size))
        close(page)
        raise lost


def _measure(nodes: int, size: int) -> str:
    return ", ".join(filter(None, (f"{nodes} phần tử" if nodes else "", f"{size / 1048576:.0f} MiB")))


def _short(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path or '/'}"[:160]
