"""Setting out: the traveller of one service, in browser contexts of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.watch import Watch
from toantrinh.journey import saved_session
from toantrinh.journey.equipment import PLAIN, Equipment, context_of
from toantrinh.journey.saved_session import Stored
from toantrinh.journey.stepbook import StepBook
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.persona import Persona, from_account, make_persona
from toantrinh.platforms import load_platform
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


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
        if equipment.archive:
            more |= {"record_har_path": equipment.archive, "record_har_content": "embed"}
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
        hands = equipment.hands(context.new_page(), Watch(context, system))
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
            if "log_in" in who.facts and browser.is_connected():  # a browser that died has no log-in to keep
                known[service.account] = context.storage_state()
        finally:
            if equipment.tracing and browser.is_connected():
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
