"""Answers that scripts of the pages ask for, served as HTML: what a browser makes of one that is opened by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toantrinh.driver.window import CannotAct
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observers.markers.looking import Lookout

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Response

CALLS = ("xhr", "fetch")
MOST_HEARD, MOST_OPENED = 30, 6


class DataEar:
    """The answers of one context to GET calls of scripts that a browser would take for a page."""

    def __init__(self, context: BrowserContext, is_own: Callable[[str], bool]) -> None:
        self._heard: dict[str, Response] = {}
        self._is_own = is_own
        context.on("response", self._hear)

    def _hear(self, response: Response) -> None:
        request = response.request
        kind = response.headers.get("content-type", "text/html").lower()
        if request.resource_type in CALLS and request.method == "GET" and "html" in kind and self._is_own(response.url):
            self._heard.pop(key := urlsplit(response.url).path, None)
            self._heard[key] = response

    def open_marked(self, who: Traveller, lookout: Lookout) -> None:
        """Opens those that hold a marker as mark-up, each as a page of its own."""
        from playwright.sync_api import Error

        opened = 0
        for response in list(self._heard.values())[-MOST_HEARD:]:
            try:
                marked = f"<{lookout.trap.name.word}-" in response.text().lower()
            except Error:
                continue  # its body is kept no more
            if not marked or opened >= MOST_OPENED:
                continue
            opened += 1
            try:
                who.go(response.url)
            except (StepEnded, CannotAct):
                continue
            lookout.at(who.hands.page)
