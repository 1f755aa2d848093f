"""Files that a portal gives only upon a press: a download started by a script, or a window that shows the file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from toantrinh.driver.alarm import limit
from toantrinh.driver.closing import close
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.fetching import MOST_BYTES
from toantrinh.driver.hands import Hands

if TYPE_CHECKING:
    from playwright.sync_api import Download, Page

WAIT_S = 8.0
DOWNLOAD_S = 20.0
LOOK_MS = 20


def file_behind(hands: Hands, view: View, control: Control) -> tuple[bytes, str]:
    """(content, address) of what a press gives: the content of a download, or the address that a new window shows.

    Both are empty when neither comes within 8 s, or when the download does not end within 20 s or is larger than any
    document of a dossier; then the record says so. A window that was opened is closed again.
    """
    from playwright.sync_api import Error

    downloads: list[Download] = []
    opened: list[Page] = []

    def keep(download: Download) -> None:
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
                content = _content(hands, downloads[0])
                return content, downloads[0].url if content else ""
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


def _content(hands: Hands, download: Download) -> bytes:
    """What came; nothing of a download that has no end. Raises playwright's Error for one that failed."""
    from playwright.sync_api import Error

    name = download.suggested_filename
    with limit(DOWNLOAD_S, download.cancel) as bell:
        try:
            path = download.path()
        except Error:
            if not bell.rang:
                raise
            hands.watch.note(f"tệp {name}: tải quá {DOWNLOAD_S:g} giây chưa xong, đã dừng")
            return b""
    if (size := path.stat().st_size) > MOST_BYTES:
        hands.watch.note(f"tệp {name}: {size / 1048576:.0f} MiB, quá lớn để đọc")
        download.delete()
        return b""
    return path.read_bytes()
