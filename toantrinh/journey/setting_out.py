"""Setting out: browser contexts with everything fixed that could change what is seen, and the traveller in them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.hands import NOTES, Hands
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


@dataclass(frozen=True)
class Equipment:
    """How the browser is set up: size (CSS pixels), options of an emulated device, whether trace and video are kept."""

    viewport: tuple[int, int] = VIEWPORT
    device: Mapping[str, Any] = field(default_factory=dict)
    tracing: bool = False
    video: bool = False


PLAIN = Equipment()


def context_of(browser: Browser, system: System, equipment: Equipment = PLAIN, **more: Any) -> BrowserContext:
    """A fresh browser context with language, time zone and size fixed and motion reduced.

    A system on this machine may show a certificate of its own.
    """
    width, height = equipment.viewport
    options: dict[str, Any] = {"viewport": {"width": width, "height": height}, **equipment.device, **more}
    context = browser.new_context(
        locale=system.locale,
        timezone_id=system.timezone,
        reduced_motion="reduce",
        ignore_https_errors=system.is_loopback,
        accept_downloads=True,
        service_workers="block",
        **options,
    )
    context.add_init_script(NOTES)
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
    equipment: Equipment = PLAIN,
    on_step: Callable[[StepName], None] = lambda name: None,
    no_account: str = "",
    sessions: MutableMapping[str, Any] | None = None,
    resume: bool = False,
) -> Iterator[Traveller]:
    """A traveller for one service in contexts of their own, closed afterwards.

    `sessions` keeps the log-ins of this process by account; with `resume` the traveller goes on with the one of the
    service's account, if there is one.
    """
    known = {} if sessions is None else sessions
    with tempfile.TemporaryDirectory() as scratch:
        more = {"record_video_dir": scratch} if equipment.video else {}
        if resume and service.account in known:
            more["storage_state"] = known[service.account]
        context = context_of(browser, system, equipment, **more)
        others: list[BrowserContext] = []

        def another(**options: Any) -> BrowserContext:
            others.append(context_of(browser, system, equipment, **options))
            return others[-1]

        if equipment.tracing:
            context.tracing.start(screenshots=True, snapshots=True)
        lexicon = load_lexicon(system.labels)
        hands = Hands(context.new_page(), Watch(context), system.pace.pause_ms)
        who = Traveller(
            system=system,
            service=service,
            account=None if no_account else system.account_of(service),
            no_account=no_account,
            persona=persona_of(system, service),
            lexicon=lexicon,
            hands=hands,
            book=StepBook(hands, attachments, lexicon, system.allowed_hosts, on_step),
            attachments=attachments,
            new_context=another,
            sessions=known,
        )
        try:
            yield who
            if "log_in" in who.facts:
                known[service.account] = context.storage_state()
        finally:
            if equipment.tracing:
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
