"""Load that a person sends with Locust's own program (suites/performance/locustfile.py): same plan, caps and brake."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import gevent
from locust.runners import MasterRunner
from pydantic import ValidationError

from toantrinh.load.citizen import citizen_of
from toantrinh.load.cluster import Crew
from toantrinh.load.desk import Desk, beat
from toantrinh.load.ledger import Ledger
from toantrinh.load.own_pulse import go_first, open_many
from toantrinh.load.permission import hosts_allowed, why_no_load, why_no_writing
from toantrinh.load.plan import Brake, Caps, Crowd, Errand, Handed, LoadPlan, Phase
from toantrinh.load.script import NothingToSend, plan_of
from toantrinh.load.taking import COOKIE, PLACE
from toantrinh.mistakes import UserMistake
from toantrinh.observations.load_script import ErrandName, LoadScript
from toantrinh.secrets import resolve
from toantrinh.store import Store
from toantrinh.system_model import System
from toantrinh.systems import load_system

SCRIPT_KEY = "load/script"
TELL_S, LOOK_S = 1.0, 0.1


def add_options(parser: Any) -> None:
    """Adds our own options to those of Locust, beside `--host`, which gives the system another address."""
    add = parser.add_argument
    parser.set_defaults(web_host="127.0.0.1")  # whoever reaches Locust's page may start the load
    add("--system", metavar="NAME", help="the system's file, by its name or path", include_in_web_ui=False)
    add("--plan", metavar="FILE", help="a plan as JSON, instead of what was recorded", include_in_web_ui=False)
    add("--reports-dir", metavar="FOLDER", default="reports", help="of the recorded run", include_in_web_ui=False)
    add("--out", metavar="FOLDER", help="where samples are kept (a new one)", include_in_web_ui=False)
    add("--seconds", type=float, default=60, help="how long (60)", include_in_web_ui=False)
    add("--arrivals", type=float, help="a second; else those of the system's file", include_in_web_ui=False)
    add("--crowd", type=int, help="so many at the same time, instead of arrivals", include_in_web_ui=False)


class ByHand:
    """Sees one plan through each time that a person starts the test. Ends the program when nothing may be sent."""

    def __init__(self, environment: Any) -> None:
        self._environment, self._over = environment, True
        try:
            self._system = _system(environment.parsed_options)
            self.plan, self._handed = _plan(environment.parsed_options, self._system)
            out = environment.parsed_options.out
            self._folder = Path(out or tempfile.mkdtemp(prefix="toantrinh-load-"))
            self._folder.mkdir(parents=True, exist_ok=True)
        except (UserMistake, NothingToSend, OSError) as mistake:
            _refuse(str(mistake))
        environment.host = self.plan.base_url
        self._crew: Crew | None = None
        self._desk: Desk | None = None
        go_first()
        open_many()
        events = environment.events
        events.test_start.add_listener(lambda **_: self._start())
        events.spawning_complete.add_listener(lambda **_: self._begin())
        events.test_stopping.add_listener(lambda **_: self._stop("dừng từ trang của Locust"))
        events.quitting.add_listener(lambda **_: self._stop("dừng theo yêu cầu"))
        print(
            f"{self.plan.base_url}: {', '.join(one.name for one in self.plan.errands)}; {self._folder}", file=sys.stderr
        )

    def again(self) -> None:
        """A person starts the test once more."""
        if self._over:
            self._crew = self._desk = None

    def citizens(self) -> tuple[int, float] | None:
        """For Locust's shape: all citizens at once, until the plan is over."""
        going = self._desk or self._crew
        return None if going and self._over else (self.plan.caps.citizens, self.plan.caps.citizens)

    def _start(self) -> None:
        now = datetime.now(UTC)  # hours may have gone by since the program began
        for moment in (now, now + timedelta(seconds=self.plan.seconds)):
            if self._system and (why := why_no_load(self._system, moment)):
                _refuse(why)
        self._over, self._ledger = False, Ledger(self.plan, self._folder)
        if isinstance(self._environment.runner, MasterRunner):
            self._crew = Crew(self._environment, self.plan, self._handed, self._ledger)
            self._crew.hand_out()
        else:
            self._desk = Desk(self.plan, self._handed, self._ledger.dossier)
            self._environment.user_classes[:] = [citizen_of(self._desk)]

    def _begin(self) -> None:
        if self._over:
            return
        if self._crew:
            self._crew.begin()
            gevent.spawn(self._lead, self._crew)
        elif self._desk and not self._desk.opened.is_set():
            self._desk.begin()
            gevent.spawn(beat, self._desk)
            gevent.spawn(self._watch, self._desk)

    def _lead(self, crew: Crew) -> None:
        crew.watch()
        self._end(crew.fault or crew.why)

    def _watch(self, desk: Desk) -> None:
        due = TELL_S
        while not desk.is_over:
            gevent.sleep(LOOK_S)
            if desk.now() >= due:
                due += TELL_S
                self._ledger.take(desk.tell())
                if why := self._ledger.say():
                    desk.stop(why)
        self._ledger.take(desk.tell())
        self._ledger.say()
        self._end(desk.fault or desk.why)

    def _end(self, why: str) -> None:
        self._ledger.close()
        self._over = True
        if why:
            print(why, file=sys.stderr, flush=True)

    def _stop(self, why: str) -> None:
        going = self._crew or self._desk
        if going and not self._over:
            going.stop(why)
            until = 20
            while not self._over and until:  # its last words
                gevent.sleep(LOOK_S)
                until -= 1


def _system(options: Any) -> System | None:
    """The system that is named, if it may be sent load now. Raises UserMistake."""
    if not options.system and not options.plan:
        raise UserMistake("--system: name a system, or --plan a file")
    system = load_system(options.system, base_url=options.host) if options.system else None
    if system and (why := why_no_load(system)):
        raise UserMistake(why)
    return system


def _plan(options: Any, system: System | None) -> tuple[LoadPlan, Handed]:
    """What is sent, and the answer to the security code where the system's file knows it.

    Raises UserMistake, NothingToSend, OSError.
    """
    plan = _plan_in(Path(options.plan), system) if options.plan else _recorded(options, system)
    known = {"captcha": resolve(system.captcha.answer).reveal()} if system and system.captcha else {}
    # A person may start it any number of times: elsewhere than here nothing is submitted by hand.
    may_write = system is None or (system.is_loopback and not why_no_writing(system))
    errands = []
    for errand in plan.errands:
        if errand.account or _needs_more(errand, known) or (errand.name == ErrandName.SUBMIT and not may_write):
            print(f"{errand.name}: left out, it needs a log-in or may not be sent", file=sys.stderr)
        else:
            errands.append(errand)
    if not errands:
        raise NothingToSend("every errand of the plan needs a log-in, or may not be sent")
    return plan.model_copy(update={"errands": tuple(errands)}), Handed(values=known)


def _plan_in(path: Path, system: System | None) -> LoadPlan:
    """A plan of a file, for hosts that may be sent load, and within the caps of the system's file."""
    try:
        plan = LoadPlan.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise UserMistake(f"{path}: no plan ({error.error_count()} mistakes)") from None
    wanted = plan.hosts or (plan.base_url.partition("://")[2].partition("/")[0],)
    allowed = hosts_allowed(system, wanted) if system else ()
    if refused := sorted(host for host in wanted if host not in allowed and not _is_here(host)):
        raise UserMistake(f"{path}: {', '.join(refused)} may not be sent load; --system names the file that allows it")
    if system is None:
        return plan
    caps = Caps(
        citizens=min(plan.caps.citizens, system.load.citizens_at_most),
        rate=min(plan.caps.rate, system.load.requests_per_second_at_most),
    )
    own = system.load.brake
    brake = plan.brake or Brake(error_share=own.error_share, slow_s=own.slow_s)
    return plan.model_copy(update={"caps": caps, "brake": brake})


def _recorded(options: Any, system: System | None) -> LoadPlan:
    """What the newest run recorded, for as long and as often as was asked for."""
    assert system is not None
    newest = Path(options.reports_dir) / system.id / "latest"
    known = Store(newest).read(SCRIPT_KEY, LoadScript) if newest.is_dir() else None
    if known is None or known.data is None:
        raise UserMistake(f"{newest}: no recorded load; run pytest suites/performance --system={options.system} first")
    rate, seconds = options.arrivals or system.load.arrivals_per_second, options.seconds
    phases: tuple[Phase, ...] | tuple[Crowd, ...] = (Phase(name="tải", rate=rate, seconds=seconds),)
    if options.crowd:
        phases = (Crowd(name="tải", citizens=options.crowd, think_s=system.load.think_s, seconds=seconds),)
    documents = Path(tempfile.mkdtemp(prefix="toantrinh-load-"))
    return plan_of(known.data, system, phases, folder=documents, seed=1)


def _needs_more(errand: Errand, known: Mapping[str, str]) -> bool:
    """Whether its requests carry something that is not known and that no answer gives."""
    asked = {found[1] for found in PLACE.finditer(errand.model_dump_json())}
    given = {take.name for operation in errand.operations for ask in operation.asks for take in ask.takes}
    return any(name not in given and name not in known and not name.startswith(COOKIE) for name in asked)


def _is_here(host: str) -> bool:
    return bool(re.fullmatch(r"(127\.[\d.]+|localhost|\[::1\])(:\d+)?", host))


def _refuse(why: str) -> NoReturn:
    """Ends the program with one line: Locust would go on."""
    print(why, file=sys.stderr, flush=True)
    os._exit(2)
