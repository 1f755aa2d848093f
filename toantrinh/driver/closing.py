"""Closing a page that will not let itself be closed."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from toantrinh.driver.alarm import alarm

if TYPE_CHECKING:
    from playwright.sync_api import Page

CUT_OFF_S = 3.0


def close(page: Page) -> None:
    """Closes `page`, whatever it is doing; does nothing when it is closed already.

    Between two documents Chromium can lose the order to close, and Playwright waits for the end for ever. So nothing
    more is fetched for the page first: one that redirects itself without end stands still then.
    """
    from playwright.sync_api import Error

    if page.is_closed():
        return
    with contextlib.suppress(Error), alarm(page, CUT_OFF_S):
        page.route("**/*", lambda route: route.abort())
    if not page.is_closed():
        page.close()
