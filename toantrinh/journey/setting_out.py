"""Setting out: browser contexts with everything fixed that could change what is seen, and the traveller in them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.watch import Watch
from toantrinh.journey.stepbook import StepBook
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.persona import Persona, from_account, make_persona
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

VIEWPORT = (1366, 768)


def context_of(
    browser: Browser,
    system: System,
    viewport: tuple[int, int] = VIEWPORT,
    device: dict[str, Any] | None = None,
    **more: Any,
) -> BrowserContext:
    """A fresh browser context: fixed language, time zone, size, reduced motion; loopback may have its own
    certificate."""
    options: dict[str, Any] = {"viewport": {"width": viewport[0], "height": viewport[1]}, **(device or {}), **more}
    context = browser.new_context(
        locale=system.locale,
        timezone_id=system.timezone,
        reduced_motion="reduce",
        ignore_https_errors=system.is_loopback,
        accept_downloads=True,
        service_workers="block",
        **options,
    )
    if browser.browser_type.name != "chromium":  # Chromium's resolver knows no other host from the start
        hosts = "|".join(re.escape(host) for host in sorted(system.allowed_hosts))
        context.route(re.compile(rf"^(?:https?|wss?)://(?!(?:{hosts})(?:[:/?#]|$))"), lambda route: route.abort())
    return context


@contextmanager
def travelling(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    *,
    on_step: Callable[[StepName], None] = lambda name: None,
    viewport: tuple[int, int] = VIEWPORT,
    device: dict[str, Any] | None = None,
    tracing: bool = False,
    video: bool = False,
) -> Iterator[Traveller]:
    """A traveller for one service in a context of their own, closed afterwards; trace and video are kept as
    evidence."""
    with tempfile.TemporaryDirectory() as scratch:
        context = context_of(browser, system, viewport, device, **({"record_video_dir": scratch} if video else {}))
        others: list[BrowserContext] = []

        def another() -> BrowserContext:
            others.append(context_of(browser, system, viewport, device))
            return others[-1]

        if tracing:
            context.tracing.start(screenshots=True, snapshots=True)
        lexicon = load_lexicon(system.labels)
        hands = Hands(context.new_page(), Watch(context))
        try:
            yield Traveller(
                system=system,
                service=service,
                account=system.account_of(service),
                persona=persona_of(system, service),
                lexicon=lexicon,
                hands=hands,
                book=StepBook(hands, attachments, lexicon, system.allowed_hosts, on_step),
                attachments=attachments,
                new_context=another,
            )
        finally:
            if tracing:
                context.tracing.stop(path=Path(scratch) / "trace.zip")
                attachments.save("trace.zip", (Path(scratch) / "trace.zip").read_bytes())
            for one in (*others, context):
                one.close()
            for film in Path(scratch).glob("*.webm"):
                attachments.save(film.name, film.read_bytes())


def persona_of(system: System, service: Service) -> Persona:
    """Whose facts are written into the form: the account's person, the same on every run."""
    account = system.account_of(service)
    seed = sum(service.code.encode())
    return from_account(account, seed=seed) if account else make_persona(seed)
