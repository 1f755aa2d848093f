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
from toantrinh.driver.slots import hold
from toantrinh.driver.watch import Watch
from toantrinh.journey import saved_session
from toantrinh.journey.saved_session import Stored
from toantrinh.journey.stepbook import StepBook
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.person import Person
from toantrinh.persona import Persona, from_account, make_persona
from toantrinh.platforms import load_platform
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

VIEWPORT = (1366, 768)


@dataclass(frozen=True)
class Equipment:
    """How the browser is set up: size (CSS pixels), options of an emulated device, whether trace and video are kept;
    and who sits before it, if anybody (`person`)."""

    viewport: tuple[int, int] = VIEWPORT
    device: Mapping[str, Any] = field(default_factory=dict)
    tracing: bool = False
    video: bool = False
    person: Person | None = None


PLAIN = Equipment()


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
    by_hand: bool = False,
) -> Iterator[Traveller]:
    """A traveller for one service in contexts of their own, closed afterwards.

    `sessions` keeps the log-ins of this process by account; with `resume` the traveller goes on with the one of the
    service's account, if there is one. A session that a person has logged in (`toantrinh login`) goes before it; with
    `by_hand` it is taken without `resume`, too.
    """
    known = {} if sessions is None else sessions
    with tempfile.TemporaryDirectory() as scratch:
        more: dict[str, Any] = {"record_video_dir": scratch} if equipment.video else {}
        stored = saved_session.living(browser, system, service.account) if resume or by_hand else Stored()
        if stored.session:
            more["storage_state"] = stored.session.state
        elif resume and service.account in known:
            more["storage_state"] = known[service.account]
        context = context_of(browser, system, equipment, **more)
        if stored.session:
            saved_session.prime(context, stored.session)
        others: list[BrowserContext] = []

        def another(**options: Any) -> BrowserContext:
            others.append(context_of(browser, system, equipment, **options))
            return others[-1]

        if equipment.tracing:
            context.tracing.start(screenshots=True, snapshots=True)
        lexicon = load_lexicon(system.labels)
        hands = Hands(context.new_page(), Watch(context, system), system.pace.pause_ms)
        who = Traveller(
            system=system,
            service=service,
            account=None if no_account else system.account_of(service),
            no_account=no_account or stored.why,
            persona=persona_of(system, service),
            lexicon=lexicon,
            hands=hands,
            book=StepBook(hands, attachments, lexicon, system.allowed_hosts, on_step),
            attachments=attachments,
            new_context=another,
            sessions=known,
            platform=load_platform(system.platform_code),
            person=equipment.person,
            by_hand=stored.session is not None,
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
