"""Equipment: browser contexts with everything fixed that could change what is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.eyes import KEPT
from toantrinh.driver.hands import NOTES, Hands
from toantrinh.driver.slots import hold
from toantrinh.journey import stand_in
from toantrinh.person import Person
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

VIEWPORT = (1366, 768)


@dataclass(frozen=True)
class Equipment:
    """How the browser is set up: size (CSS pixels), options of an emulated device, whether trace and video are kept;
    who sits before it, if anybody (`person`), and what acts in it (`hands`). `archive`: where all that the traveller's
    own window sent and was answered is written when it closes (HTTP Archive 1.2, secrets included)."""

    viewport: tuple[int, int] = VIEWPORT
    device: Mapping[str, Any] = field(default_factory=dict)
    tracing: bool = False
    video: bool = False
    person: Person | None = None
    hands: type[Hands] = Hands
    archive: Path | None = None


PLAIN = Equipment()


def phone_of(browser: Browser) -> Equipment:
    """The window of a phone that is touched, 360 × 740; Firefox knows touch, but no phone."""
    touched = {"has_touch": True}
    return Equipment((360, 740), touched if browser.browser_type.name == "firefox" else touched | {"is_mobile": True})


def context_of(browser: Browser, system: System, equipment: Equipment = PLAIN, **more: Any) -> BrowserContext:
    """A fresh browser context with language, time zone and size fixed and motion reduced.

    A system on this machine may show a certificate of its own. While the context is open, this process holds one of the
    connections to each host of the system (`pace.connections`); a system on this machine may be visited by any number.
    """
    width, height = equipment.viewport
    options: dict[str, Any] = {"viewport": {"width": width, "height": height}, **equipment.device, **more}
    release = hold(() if system.is_loopback else system.allowed_hosts, system.pace.connections)
    try:
        context = _new_context(browser, system, options)
    except BaseException:
        release()
        raise
    context.on("close", lambda _: release())
    return context


def _new_context(browser: Browser, system: System, options: dict[str, Any]) -> BrowserContext:
    context = browser.new_context(
        locale=system.locale,
        timezone_id=system.timezone,
        reduced_motion="reduce",
        ignore_https_errors=system.is_loopback,
        accept_downloads=True,
        service_workers="block",
        **options,
    )
    context.add_init_script(NOTES + KEPT)
    if browser.browser_type.name != "chromium":  # Chromium's resolver knows no other host from the start
        hosts = "|".join(re.escape(host) for host in sorted(system.allowed_hosts))
        context.route(re.compile(rf"^(?:https?|wss?)://(?!(?:{hosts})(?:[:/?#]|$))"), lambda route: route.abort())
    if stand_in.is_needed(system):
        stand_in.answer_inside(context)
    return context
