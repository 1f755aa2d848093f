"""A citizen of Locust's, who runs one errand after the other when the desk says so."""

from __future__ import annotations

import errno
import socket
import ssl
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import gevent
from gevent.pool import Pool
from locust import FastHttpUser, task
from locust.contrib.fasthttp import FAILURE_EXCEPTIONS
from locust.exception import StopUser

from toantrinh.load.arrivals import Arrival
from toantrinh.load.asking import NotPermitted, body_of, headers_of
from toantrinh.load.cookie_jars import fill, jar_policy
from toantrinh.load.plan import Ask, Errand, Operation, files_to_fetch
from toantrinh.load.samples import Came, Sample
from toantrinh.load.taking import COOKIE, cookie_values, filled, taken

if TYPE_CHECKING:
    from toantrinh.load.desk import Desk

SIDE_BY_SIDE = 6  # files that a browser fetches from one host at the same time over HTTP/1.1
ANY_STATUS = frozenset(range(100, 600))  # what is right is for the plan to say
OWN_LIMITS = (errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL, errno.ENOBUFS, errno.ENOMEM)
NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)  # our network's, as far as anybody can tell
GIVEN_UP = (408, 504)  # somebody on the way has stopped waiting (RFC 9110 §15.5.9, §15.6.5)
LATE_BREAK_S = 10  # a connection that broke after so long was waited for in vain
DOSSIER = "dossier"  # a value taken under this name is the code of a dossier that now exists


def citizen_of(desk: Desk) -> type[FastHttpUser]:
    """The class of this desk's citizens."""
    plan = desk.plan
    trusted = ssl.create_default_context(cafile=plan.ca_file)  # reading the authorities takes long: once for all
    copies_cookies = "{{" + COOKIE in plan.model_dump_json()
    number_of = {name: number for number, name in enumerate(plan.operations)}

    class Citizen(FastHttpUser):
        host = plan.base_url
        network_timeout = connection_timeout = plan.timeout_s
        max_retries = 0
        insecure = False
        default_headers = {"User-Agent": plan.agent}  # noqa: RUF012
        ssl_context_factory = staticmethod(lambda: trusted)

        def on_start(self) -> None:
            agent = cast("Any", self.client.client)
            agent.redirect_response_codes = frozenset()  # each hop is a request of the plan
            agent.valid_response_codes = ANY_STATUS
            self.client.cookiejar.set_policy(jar_policy(plan.base_url))
            self.next = desk.who_next()
            desk.opened.wait()

        @task
        def serve(self) -> None:
            arrival = self.next()
            if arrival is None:
                desk.closed.wait()  # going home is work, too, and would make others late
                raise StopUser
            held = arrival.at < desk.now()
            self.rest_until(arrival.at)
            with desk.errand(), desk.taking(arrival.errand) as errand:
                try:
                    self.run_errand(errand, arrival, held)
                except StopUser:
                    raise
                except (NotPermitted, OSError, KeyError) as error:
                    desk.fail(_said(error))
                except Exception as error:  # Locust would go on without this citizen, and nobody would know
                    at = traceback.extract_tb(error.__traceback__)[-1]
                    desk.fail(f"{type(error).__name__} ({Path(at.filename).name}:{at.lineno})")
            if desk.why:
                raise StopUser

        def run_errand(self, errand: Errand, arrival: Arrival, held: bool) -> None:
            """Does its operations, one after the other, until one goes wrong; as somebody whom nobody has seen yet."""
            fill(self.client.cookiejar, desk.handed.cookies[errand.account] if errand.account else ())
            values = dict(desk.handed.values)
            seen: set[str] = set()
            first, planned = desk.is_first_visit(), arrival.at
            for place, operation in enumerate(errand.operations):
                if place:
                    planned, held = desk.now() + operation.think_s, False
                    self.rest_until(planned)
                came = self.timed(operation, arrival, planned, held, values)
                if came is not Came.RIGHT:
                    break
                self.fetch_files(operation, arrival, seen, first)

        def rest_until(self, moment: float) -> None:
            """Waits; ends the citizen when all is over meanwhile."""
            while (wait := moment - desk.now()) > 0:
                gevent.sleep(wait)
            if desk.why:
                raise StopUser

        def timed(
            self, operation: Operation, arrival: Arrival, planned: float, held: bool, values: dict[str, str]
        ) -> Came:
            """Does one operation and notes what came of it. Its time is that between requests and their answers, and of
            one who was held up since he arrived; waits at the gate and what is written and read in between are ours."""
            self.at_gate()
            held = held and desk.gate_was_free_since(planned)
            begun, waited, came, status, size = desk.now(), 0.0, Came.RIGHT, 0, 0
            for place, ask in enumerate(operation.asks):
                if place:
                    self.at_gate()
                with desk.asking():
                    came, status, length, seconds = self.ask(operation.name, ask, values)
                size, waited = size + length, waited + seconds
                if came is not Came.RIGHT:
                    break
            if came is Came.BROKEN and waited >= LATE_BREAK_S:
                came = Came.TIMEOUT
            times, number = (planned, begun, begun + waited), number_of[operation.name]
            desk.note(Sample(number, arrival.phase, *times, came, status, size, int(held)))
            return came

        def at_gate(self) -> float:
            """Waits until one more request may be sent; how long, s. Ends the citizen when all is over meanwhile."""
            waited = desk.gate.wait()
            if desk.why:
                raise StopUser
            return waited

        def ask(self, name: str, ask: Ask, values: dict[str, str]) -> tuple[Came, int, int, float]:
            """Sends one request; how it came out, its status, bytes of its body, seconds until it was there. Takes from
            the answer what is to be taken."""
            known = values | cookie_values(self.client.cookiejar) if copies_cookies else values
            address = desk.addresses.of(filled(ask.path, known))
            headers, body = headers_of(ask, known), body_of(ask, known)
            came, status, length, content, given, seconds = self.sent(ask.method, address, name, headers, body)
            if came is Came.RIGHT:
                came = _came(status, ask, content)
            if came is Came.RIGHT and not self.all_taken(ask, given, content, values):
                came = Came.WRONG_PAGE
            return came, status, length, seconds

        def sent(
            self, method: str, address: str, name: str, headers: dict[str, str], body: bytes | None
        ) -> tuple[Came, int, int, bytes, Mapping[str, str], float]:
            """Whether there was an answer at all, its status, bytes on the wire, its body, its headers, seconds."""
            desk.sent += 1
            status, length, content, given, begun = 0, 0, b"", {}, desk.now()
            with gevent.Timeout(plan.timeout_s, False) as limit:  # all of it, however it trickles
                try:
                    with self.client.request(
                        method, address, name=name, data=cast("Any", body), headers=headers, catch_response=True
                    ) as answer:
                        seconds = desk.now() - begun
                        status, error = answer.status_code, answer.request_meta["exception"]
                        if error is None:
                            content, given = answer.content or b"", answer.headers
                            length = _length(given, content)
                            came = Came.RIGHT
                            answer.success()
                        else:  # what came of the body until then would be read as if it were whole
                            self.see_own_limits(error)
                            came = _why_none(error)
                            answer.failure(came.vietnamese)
                    return came, status, length, content, given, seconds
                except (*FAILURE_EXCEPTIONS, ValueError) as error:
                    if error is limit:
                        raise
                    return _why_none(error), status, 0, b"", {}, desk.now() - begun
            return Came.TIMEOUT, status, 0, b"", {}, desk.now() - begun

        def see_own_limits(self, error: BaseException) -> None:
            """What this machine has no more of is nobody else's fault."""
            first = getattr(error, "original", None) or error
            if isinstance(first, OSError) and first.errno in OWN_LIMITS:
                desk.fail(f"máy đo hết tài nguyên mạng: {first.strerror}")
            if isinstance(first, socket.gaierror) or (isinstance(first, OSError) and first.errno in NO_WAY):
                desk.fail(f"mạng của máy đo không tới được hệ thống: {first.strerror}")

        def all_taken(self, ask: Ask, given: Mapping[str, str], content: bytes, values: dict[str, str]) -> bool:
            """Whether the answer has all that later requests carry."""
            if not ask.takes:
                return True
            body = content.decode("utf-8", errors="replace")
            for take in ask.takes:
                value = taken(take, dict(given.items()), body)
                if value is None:
                    return False
                values[take.name] = value
                if take.name == DOSSIER:
                    desk.on_dossier(value)
            return True

        def fetch_files(self, operation: Operation, arrival: Arrival, seen: set[str], first: bool) -> None:
            """The files of the page, some side by side; the citizen reads on when they are there. One sample of all."""
            wanted = [(desk.addresses.of(file.path), sent) for file, sent in files_to_fetch(operation, seen, first)]
            if not wanted:
                return
            begun = desk.now()

            def fetch(address: str, validators: dict[str, str]) -> tuple[Came, int, int]:
                desk.gate.wait()
                if desk.why:
                    return Came.BROKEN, 0, 0
                with desk.asking():
                    came, status, length, *_ = self.sent("GET", address, f"{operation.name} (tệp)", validators, None)
                if came is Came.RIGHT and status not in (200, 206, 304):
                    came = Came.STATUS
                return came, status, length

            pool = Pool(SIDE_BY_SIDE)
            try:
                fetched = pool.map(lambda one: fetch(*one), wanted)
            finally:
                pool.kill(block=False)
            if desk.why:
                return
            worst = max(fetched)
            number, size = number_of[operation.name], sum(length for *_, length in fetched)
            desk.note_files(Sample(number, arrival.phase, begun, begun, desk.now(), worst[0], worst[1], size, 0))

    return Citizen


def _said(error: Exception) -> str:
    """What is wrong with the plan, or with our own disk, without any value that was handed over."""
    if isinstance(error, KeyError):
        return f"kế hoạch cần {error.args[0]!r}, chưa có giá trị"
    if isinstance(error, OSError):
        return f"không đọc được {error.filename}: {error.strerror}"
    return str(error)


def _came(status: int, ask: Ask, content: bytes) -> Came:
    if status not in ask.status:
        return Came.TIMEOUT if status in GIVEN_UP else Came.STATUS
    return Came.RIGHT if not ask.shows or any(word.encode() in content for word in ask.shows) else Came.WRONG_PAGE


def _length(given: Mapping[str, str], content: bytes) -> int:
    """Bytes of the body as they were sent: as it says itself, or as they are without compression."""
    said = given.get("content-length")
    return int(said) if isinstance(said, str) and said.isdigit() else len(content)


def _why_none(error: BaseException | None) -> Came:
    """Why there was no answer. The client wraps what happened first."""
    first = getattr(error, "original", None) or error
    return Came.TIMEOUT if isinstance(first, (TimeoutError, gevent.Timeout)) else Came.BROKEN
