"""A browser for one command of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toantrinh.browsers import find_browser, launch

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def opened_browser(
    allowed_hosts: Iterable[str], *, path: str | None = None, headless: bool = True
) -> Iterator[Browser]:
    """A Chromium that reaches the allowed hosts alone, closed afterwards. Raises UserMistake when there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        choice = find_browser("chromium", path, own_executable=playwright.chromium.executable_path)
        browser = launch(playwright, choice, headless=headless, allowed_hosts=allowed_hosts)
        try:
            yield browser
        finally:
            browser.close()
