"""Names the outcome of asking for a page by plain HTTP: one table of names, words and shares."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from suites.security.channel_policy import ChannelPolicy
from toantrinh.observations.channel import EntryFacts
from toantrinh.observations.exchanges import Ended


class Redirect(StrEnum):
    """What plain HTTP does with somebody who asks for a page."""

    RIGHT = "right"
    PASSING = "passing"  # to HTTPS, but 302, 303 or 307
    BY_HTTP = "by-http"  # to HTTPS, by way of another plain address
    OTHER_PAGE = "other-page"  # to HTTPS, but not to the page
    OWN_HOST = "own-host"  # to HTTPS, but on another host of the system, such as the one with www.
    OTHER_HOST = "other-host"
    UNREADABLE = "unreadable"  # to an address that no browser can read
    CIRCLE = "circle"
    SHOWN = "shown"  # the page itself comes, unprotected
    BY_SCRIPT = "by-script"  # the page comes, and a script or meta element leads on
    OTHER_CONTENT = "other-content"  # something comes that is not the page
    REFUSED = "refused"  # an error status
    UNHEARD = "unheard"  # nothing came, or it says nothing about the page


HALF_RIGHT = (Redirect.PASSING, Redirect.BY_HTTP, Redirect.OTHER_PAGE, Redirect.OWN_HOST)
FOR_A_PERSON = (Redirect.OTHER_CONTENT, Redirect.REFUSED)


@dataclass(frozen=True)
class Outcome:
    """What it was, in words, and its share (0 to 1); None where a person has to decide or nothing was seen."""

    kind: Redirect
    words: str
    share: float | None


def outcome_of(entry: EntryFacts, policy: ChannelPolicy, own: Container[str] = ()) -> Outcome:
    """The outcome at one page. `own`: the addresses that are the system's, on whichever of its hosts."""
    kind, words = _named(entry, policy, own)
    if kind is Redirect.RIGHT:
        return Outcome(kind, words, 1.0)
    if kind in HALF_RIGHT:
        return Outcome(kind, words, policy.redirect.share_half_right)
    return Outcome(kind, words, None if kind in (*FOR_A_PERSON, Redirect.UNHEARD) else 0.0)


def _named(entry: EntryFacts, policy: ChannelPolicy, own: Container[str]) -> tuple[Redirect, str]:
    if not entry.hops:
        return Redirect.UNHEARD, "chưa hỏi"
    last = entry.hops[-1]
    if last.ended not in (Ended.ANSWERED, Ended.CIRCLE):
        return Redirect.UNHEARD, last.why or str(last.ended)
    if entry.circle:
        return Redirect.CIRCLE, "chuyển hướng vòng tròn, không bao giờ tới https"
    if entry.onward:
        return _onward(entry, policy, own)
    if last.status is not None and 200 <= last.status < 300:
        if entry.same_page and entry.by_script:
            return Redirect.BY_SCRIPT, "trả trang bằng http rồi mới chuyển bằng mã trong trang"
        if entry.same_page:
            return Redirect.SHOWN, "trả trang bằng http, không chuyển hướng"
        said = " có mã chuyển sang https" if entry.by_script else ""
        return Redirect.OTHER_CONTENT, f"trả nội dung{said} bằng http, chưa rõ có phải trang này (“{last.title}”)"
    return Redirect.REFUSED, f"trả lỗi {last.status} bằng http, không chuyển hướng"


def _onward(entry: EntryFacts, policy: ChannelPolicy, own: Container[str]) -> tuple[Redirect, str]:
    wanted, status = urlsplit(entry.address), entry.hops[-1].status
    try:
        found = urlsplit(entry.onward)
        port = found.port or 443
    except ValueError:
        return Redirect.UNREADABLE, f"chuyển hướng tới địa chỉ không đọc được: {entry.onward[:80]}"
    if found.scheme != "https" or (found.hostname, port) != (wanted.hostname, _port_of(entry)):
        if found.scheme == "https" and port == _port_of(entry) and (_twins(found, wanted) or entry.onward in own):
            return Redirect.OWN_HOST, f"chuyển hướng tới máy chủ khác của hệ thống: {found.scheme}://{found.netloc}"
        return Redirect.OTHER_HOST, f"chuyển hướng tới nơi khác: {found.scheme}://{found.netloc}"
    if len(entry.hops) > 1:
        return Redirect.BY_HTTP, f"qua {len(entry.hops) - 1} bước http nữa rồi mới tới https"
    if status not in policy.redirect.statuses:
        return Redirect.PASSING, f"chuyển hướng tạm thời ({status})"
    if (_path(found.path), found.query) != (_path(wanted.path), wanted.query):
        return Redirect.OTHER_PAGE, f"chuyển tới trang khác ({found.path or '/'})"
    return Redirect.RIGHT, ""


def _twins(one: SplitResult, other: SplitResult) -> bool:
    """True for a host with www. and the one without."""
    return (one.hostname or "").removeprefix("www.") == (other.hostname or "").removeprefix("www.")


def _port_of(entry: EntryFacts) -> int:
    wanted = urlsplit(entry.address)
    return wanted.port or 443 if wanted.scheme == "https" else 443


def _path(path: str) -> str:
    return unquote(path).rstrip("/") or "/"
