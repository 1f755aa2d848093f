"""Controls that may open a dialog and surely change nothing: pressed by the keyboard, and the dialog closed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from toantrinh.observations.keyboard import DialogOpened
from toantrinh.observers.asking.isolated import CannotAsk, Isolated
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

MOST_OPENERS = 5
MOST_TABS = 12  # within an open dialog
APPEARS_MS = 350
CLOSES_MS = 500
READING = ("GET", "HEAD", "OPTIONS")


def dialogs_of(
    keys: Isolated, words: Mapping[str, Sequence[str]], attachments: Attachments | None
) -> tuple[tuple[DialogOpened, ...], int]:
    """The dialogs that this page's harmless controls open, and how many controls were pressed.

    While they are pressed nothing but reading requests leave the page; one that leads away ends the search.
    """
    found: list[DialogOpened] = []
    pressed = 0
    try:
        openers = keys.ask("keyboard.openers", dict(words))[:MOST_OPENERS]
    except CannotAsk:
        return (), 0
    if not openers:
        return (), 0
    with _reading_only(keys.page):
        try:
            for number in openers:
                if not keys.ask("keyboard.arm", number):
                    continue
                (opener,) = keys.ask("keyboard.tell", [number])
                keys.ask("keyboard.arm", number)
                pressed += 1
                keys.press("Enter")
                seen = keys.ask("keyboard.appeared", APPEARS_MS)
                if seen is None:
                    keys.press("Escape")  # closes a menu
                    continue
                one = entered(keys, opener, seen, words["closes"], attachments, f"hop-thoai-{len(found)}")
                found.append(one)
                if not one.closed_by:
                    break
        except CannotAsk:  # it led to another page
            return tuple(found), pressed
    return tuple(found), pressed


def entered(
    keys: Isolated,
    opener: Mapping[str, Any],
    seen: Mapping[str, Any],
    closes: Sequence[str],
    attachments: Attachments | None,
    name: str,
    *,
    leave: bool = False,
    complains: bool = False,
) -> DialogOpened:
    """The dialog that has appeared, walked by Tab and closed by Escape, or by a button of these words; with `leave` it
    stays open. `name`: of its picture. One that `complains` may lead to the field at fault instead of back."""
    focus, leaks = ("inside" if seen["inside"] else "outside"), ""
    picture = attachments.save(f"{name}.png", keys.picture()) if attachments and not seen["inside"] else ""
    for press in range(MOST_TABS if seen["modal"] else 1):
        keys.press("Tab")
        at = keys.ask("keyboard.inOpened")
        if press == 0 and focus == "outside" and at["inside"]:
            focus = "next-tab"
        if not at["inside"] and not at["left"] and focus == "inside" and seen["modal"]:
            leaks = at["at"]
            break
    closed_by, closed = ("", None) if leave else _closed(keys, closes)
    back = closed["back"] if closed else ""
    return DialogOpened(
        opener=opener["selector"],
        opener_markup=opener["markup"],
        opener_name=opener["name"],
        dialog=seen["selector"],
        dialog_markup=seen["markup"],
        marked=seen["marked"],
        modal=seen["modal"],
        focus=focus,
        leaks=leaks,
        closed_by=closed_by,
        back="field" if complains and closed and back == "elsewhere" and closed["field"] else back,
        back_at=closed["at"] if closed else "",
        left_open=leave,
        picture=picture,
    )


def _closed(keys: Isolated, closes: Sequence[str]) -> tuple[str, dict[str, Any] | None]:
    """By what the dialog was closed, and where the focus is then."""
    keys.press("Escape")
    if closed := keys.ask("keyboard.closed", CLOSES_MS):
        return "Escape", closed
    if keys.ask("keyboard.closer", list(closes)) < 0:
        return "", None
    keys.press("Enter")
    closed = keys.ask("keyboard.closed", CLOSES_MS)
    return ("nút đóng" if closed else ""), closed


@contextmanager
def _reading_only(page: Page) -> Iterator[None]:
    from playwright.sync_api import Error

    def guard(route: Route) -> None:
        if route.request.method in READING:
            route.fallback()
        else:
            route.abort()

    page.route("**/*", guard)
    try:
        yield
    finally:
        with suppress(Error):  # the page was closed meanwhile
            page.unroute("**/*", guard)
