"""Proof of page: is this the system's own page, or a block, an error, a captcha, a maintenance notice, a log-in
wall?"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from toantrinh.driver.eyes import View
from toantrinh.driver.lexicon import Lexicon, fold
from toantrinh.observations.page import PageKind, ProofOfPage

FORM_REFUSED = (400, 409, 422)
SHORT_PAGE = 700  # characters of visible text under which a single weak word decides


@cache
def _words() -> dict[PageKind, tuple[tuple[str, ...], tuple[str, ...]]]:
    data = yaml.safe_load((Path(__file__).parent / "page_kinds.yaml").read_text(encoding="utf-8"))
    return {
        PageKind(kind): (tuple(fold(w) for w in entry["strong"]), tuple(fold(str(w)) for w in entry["weak"]))
        for kind, entry in data.items()
    }


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
    more is an error (403 and 429 a block). Words in a long ordinary page do not make it a block or maintenance page.
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
        return PageKind.ELSEWHERE, f"máy chủ {host or view.address} không có trong danh sách hosts của tệp hệ thống"
    text = fold(view.text)
    if not text and not view.controls:
        return PageKind.BLANK, "trang trống"
    around = f" {fold(view.title)} {fold(view.heading)} "
    for kind, (strong, weak) in _words().items():
        found = [word for word in strong if f" {word} " in f" {text} " or f" {word} " in around]
        short = len(text) < SHORT_PAGE
        if found and (short or f" {found[0]} " in around or (len(text) < 4 * SHORT_PAGE and (status or 200) >= 400)):
            return kind, f"trang báo “{found[0]}”"
        if short and (status or 200) >= 400 and any(f" {word} " in f" {text} " for word in weak):
            return kind, f"mã {status} và trang báo như vậy"
    if status is not None and status in (401, 403, 429):
        return PageKind.BLOCK, f"HTTP status {status}"
    if status in FORM_REFUSED and any(
        c.role != "searchbox" and c.landmark not in ("header", "nav", "footer", "search") for c in view.fields
    ):
        return PageKind.PAGE, ""  # its own form, shown again because of what was entered
    if status is not None and status >= 400:
        return PageKind.ERROR, f"HTTP status {status}"
    fields = [c for c in view.fields if c.landmark not in ("header", "nav", "footer", "search")]
    if any(c.type == "password" for c in fields) and not log_in_expected:
        return PageKind.LOG_IN_WALL, "trang hỏi mật khẩu"
    if len(text) < SHORT_PAGE and len(fields) == 1 and lexicon["captcha"].nearness(fields[0].label) >= 60:
        return PageKind.CAPTCHA, "trang chỉ có mã bảo mật"
    return PageKind.PAGE, ""


def logged_in(view: View, lexicon: Lexicon) -> bool | None:
    """True with a log-out in sight, False with a log-in, None when neither can be seen."""
    if view.best(lexicon["log-out"], least=60):
        return True
    if view.best(lexicon["log-in"], least=60):
        return False
    return None
