"""Whether a browser goes out by itself where a script in the page names the stranger: tried, as its text does not tell.

The stranger is a reserved name that no resolver knows: nothing reaches it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from toantrinh.journey.equipment import PLAIN, Equipment, context_of
from toantrinh.observers.parameters.redirects import is_stranger
from toantrinh.observers.parameters.where_to import host_of
from toantrinh.observers.prober.role import Role
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

MOST_TRIES = 2  # pages that are opened in the browser
LOAD_MS, LINGER_MS = 8_000, 1_500

Goes = Callable[[Role, str], bool | None]


def by_browser(browser: Browser, system: System, equipment: Equipment = PLAIN) -> Goes:
    """Opens an address as a role: True when the browser sets out for the stranger, None when the page did not come."""
    tries = [0]

    def goes(role: Role, address: str) -> bool | None:
        from playwright.sync_api import Error

        tries[0] += 1
        if tries[0] > MOST_TRIES:
            return None
        out: list[str] = []

        def hear(request: Request) -> None:
            if request.is_navigation_request() and is_stranger(host_of(request.url, address)):
                out.append(request.url)

        context = context_of(browser, system, equipment)
        try:
            given = role.cookies(address).items()
            context.add_cookies([{"name": name, "value": value, "url": address} for name, value in given])
            page = context.new_page()
            page.on("request", hear)
            came = False
            try:
                came = page.goto(address, timeout=LOAD_MS) is not None
                if not out:
                    page.wait_for_event("request", lambda _: bool(out), timeout=LINGER_MS)
            except Error:
                return True if out else (False if came else None)
            return bool(out)
        except Error:
            return None
        finally:
            context.close()

    return goes
