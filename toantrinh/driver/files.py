"""Files that a portal gives only upon a press: a download started by a script, or a window that shows the file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from toantrinh.driver.closing import close
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import Hands

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAIT_S = 8.0
LOOK_MS = 20


def file_behind(hands: Hands, view: View, control: Control) -> tuple[bytes, str]:
    """(content, address) of what a press gives: the content of a download, or the address that a new window shows.

    Both are empty when neither comes within 8 s. A window that was opened is closed again.
    """
    from playwright.sync_api import Error

    downloads: list[Any] = []
    opened: list[Page] = []

    def keep(download: Any) -> None:
        downloads.append(download)

    def note(page: Page) -> None:
        opened.append(page)
        page.on("download", keep)

    context, page = hands.page.context, hands.page
    page.on("download", keep)
    context.on("page", note)
    try:
        hands.click(view.element(control))
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            if downloads:
                return downloads[0].path().read_bytes(), downloads[0].url
            shown = next((one.url for one in opened if not one.is_closed() and one.url.startswith("http")), "")
            if shown:
                return b"", shown
            page.wait_for_timeout(LOOK_MS)  # lets the browser's events come in
    except (Error, AssertionError, OSError):
        return b"", ""
    finally:
        page.remove_listener("download", keep)
        context.remove_listener("page", note)
        for one in opened:
            close(one)
    return b"", ""
