"""Proof of page: is this the system's own page, or a block, an error, a captcha, a maintenance notice, a log-in
wall?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import Lexicon, fold
from toantrinh.observations.page import PageKind, ProofOfPage

FORM_REFUSED = (400, 409, 422)
SHORT_PAGE = 700  # characters of the main part's text under which a page has hardly more to say than one thing
OPENING = 160  # characters in which a page without a heading says what it is
NOTICE = 300  # characters of a page that says one sentence and no more
AROUND = ("header", "nav", "footer", "search")


@dataclass(frozen=True)
class _Words:
    kinds: dict[PageKind, tuple[tuple[str, ...], tuple[str, ...]]]
    about: tuple[str, ...]
    wall: tuple[str, ...]
    empty: tuple[str, ...]


@cache
def _words() -> _Words:
    data = yaml.safe_load((Path(__file__).parent / "page_kinds.yaml").read_text(encoding="utf-8"))
    return _Words(
        {
            PageKind(kind): (tuple(fold(w) for w in entry["strong"]), tuple(fold(str(w)) for w in entry["weak"]))
            for kind, entry in data["kinds"].items()
        },
        tuple(fold(w) for w in data["about"]),
        tuple(fold(w) for w in data["wall"]),
        tuple(sorted((fold(w) for w in data["empty"]), key=len, reverse=True)),
    )


def words_of(kind: PageKind) -> tuple[str, ...]:
    """The words, folded, of which one alone says that a page with little else is of this kind."""
    return _words().kinds[kind][0]


def prove(
    view: View,
    *,
    status: int | None,
    allowed_hosts: frozenset[str],
    step: str,
    lexicon: Lexicon,
    log_in_expected: bool = False,
) -> ProofOfPage:
    """Names the kind of the page in `view`, with the reason.

    `status` is the HTTP status of its document (None when it came by an in-page move). A page whose status is 400 or
    more is an error (403 and 429 a block). What only speaks of trouble (a guide, a news item, a procedure) is a page.
    """
    kind, why = _kind(view, status, allowed_hosts, lexicon, log_in_expected)
    return ProofOfPage(
        address=view.address,
        title=view.title,
        status=status,
        kind=kind,
        step=step,
        logged_in=logged_in(view, lexicon),
        why=why,
    )


def _kind(
    view: View, status: int | None, allowed_hosts: frozenset[str], lexicon: Lexicon, log_in_expected: bool
) -> tuple[PageKind, str]:
    host = urlsplit(view.address).hostname or ""
    if host not in allowed_hosts:
        if view.address.startswith("chrome-error:"):
            return (
                PageKind.ELSEWHERE,
                "trình duyệt không mở được nơi vừa bấm: không ai trả lời, hoặc máy chủ không có trong hosts",
            )
        return PageKind.ELSEWHERE, f"máy chủ {host or view.address} không có trong hosts: của tệp hệ thống"
    body = [c for c in view.controls if c.landmark not in AROUND]
    fields = [c for c in body if c.is_field]
    if reason := _blank(view, body):
        return PageKind.BLANK, reason
    if found := _said(view, status, fields):
        return found
    if status is not None and status in (401, 403, 429):
        return PageKind.BLOCK, f"HTTP status {status}"
    if status in FORM_REFUSED and any(c.role != "searchbox" for c in fields):
        return PageKind.PAGE, ""  # its own form, shown again because of what was entered
    if status is not None and status >= 400:
        return PageKind.ERROR, f"HTTP status {status}"
    main = fold(view.main)
    if not log_in_expected and (wall := _wall(view, main, fields, lexicon)):
        return PageKind.LOG_IN_WALL, wall
    if len(main) < SHORT_PAGE and len(fields) == 1 and lexicon["captcha"].nearness(fields[0].label) >= 60:
        return PageKind.CAPTCHA, "trang chỉ có mã bảo mật"
    return PageKind.PAGE, ""


def _blank(view: View, body: list[Control]) -> str:
    """Why the page shows nothing; empty when it shows something. Header and footer alone are nothing."""
    if any(c.is_field or c.role == "link" for c in body):
        return ""
    main = fold(view.main)
    if not main:
        return "trang trống" if not view.controls else "phần chính của trang trống"
    left = f" {main} "
    for words in _words().empty:
        left = left.replace(f" {words} ", "  ")
    return "" if left.strip() else "trang chỉ báo đang tải, không hiện nội dung"


def _said(view: View, status: int | None, fields: list[Control]) -> tuple[PageKind, str] | None:
    """The kind that the page itself says it is: by its title or heading, or by its few words."""
    failed = (status or 200) >= 400
    content, names = f" {fold(view.main)} ", _names(view)
    if not failed and any(_holds(name, word) for name in names for word in _words().about):
        return None
    short = len(content) < SHORT_PAGE
    for kind, (strong, weak) in _words().kinds.items():
        captcha = kind is PageKind.CAPTCHA  # a page with a heading of its own may write about them
        may_tell = (short or failed) and len(fields) <= captcha and not (captcha and view.headings)
        for word in strong:
            named = any(_holds(name, word) and (short or failed or len(name) < len(word) + 25) for name in names)
            where = content if failed or kind is PageKind.BLOCK else content[: OPENING + len(word)]
            told = may_tell and _holds(where, word)
            if (named and len(fields) <= 1) or told:  # more fields: a form that says so of what was entered
                return kind, f"trang báo “{word}”"
        if short and failed and not fields and any(_holds(content, word) for word in weak):
            return kind, f"mã {status} và trang báo như vậy"
    return None


def _names(view: View) -> list[str]:
    """What the page calls itself: its heading and the parts of its title, folded."""
    return [fold(name) for name in (view.heading, *re.split(r"[|–—·»]| - ", view.title)) if name.strip()]


def _holds(text: str, word: str) -> bool:
    return f" {word} " in f" {text} "


def _wall(view: View, main: str, fields: list[Control], lexicon: Lexicon) -> str:
    """Why the page is a log-in wall; empty when it is none. A log-in box beside a page's own content is none."""
    titled = any(lexicon["log-in"].nearness(text) >= 75 for text in (view.heading, view.title))
    if any(c.type == "password" and c.landmark != "aside" for c in fields) and (titled or len(main) < 2 * SHORT_PAGE):
        return "trang hỏi mật khẩu"
    if not fields and len(main) < NOTICE and any(_holds(main, word) for word in _words().wall):
        return "trang đòi đăng nhập"
    return ""


def logged_in(view: View, lexicon: Lexicon) -> bool | None:
    """True with a log-out in sight, False with a log-in, None when neither can be seen."""
    if view.best(lexicon["log-out"], least=60):
        return True
    if view.best(lexicon["log-in"], least=60):
        return False
    return None
