"""Small pages in a real browser, used by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.keyboard_hands import KeyboardHands
from toantrinh.driver.lexicon import fold
from toantrinh.driver.watch import Watch

HEADER = "<header><a href='#dau'>Sao Mai</a><nav><a href='#a'>Giới thiệu</a> <a href='#b'>Hướng dẫn</a></nav></header>"
FOOTER = "<footer><a href='#lh'>Liên hệ</a></footer>"
DONE = "document.getElementById('ket-qua').textContent = 'Đã làm'"

Opened = tuple[KeyboardHands, View]


def html(main: str, *, script: str = "", style: str = "") -> str:
    """A page with header, main and footer; `done()` writes that something was done."""
    return (
        f"<!doctype html><html lang='vi'><title>T</title><style>{style}</style><body>{HEADER}<main><h1>Trang</h1>{main}"
        f"<p id='ket-qua'></p></main>{FOOTER}<script>function done() {{ {DONE} }} {script}</script></body></html>"
    )


def named(view: View, label: str) -> Control:
    """The control whose label begins so."""
    return next(one for one in view.controls if fold(one.label).startswith(fold(label)))


@pytest.fixture
def open_page(page: Page) -> Callable[..., Opened]:
    """Gives hands on a page with this content, and what is seen there."""

    def opened(main: str, *, script: str = "", style: str = "") -> Opened:
        page.set_content(html(main, script=script, style=style))
        hands = KeyboardHands(page, Watch(page.context))
        return hands, hands.settle()

    return opened
