"""A citizen of Locust's, who runs one errand after the other when the desk says so."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import gevent
from locust import FastHttpUser, task
from locust.exception import StopUser

from toantrinh.load.arrivals import Arrival
from toantrinh.load.plan import Ask, Operation
from toantrinh.load.samples import Came, Sample
from toantrinh.load.taking import filled, taken

if TYPE_CHECKING:
    from toantrinh.load.desk import Desk


def citizen_of(desk: Desk) -> type[FastHttpUser]:
    """The class of this desk's citizens."""
    plan = desk.plan
    trusted = ssl.create_default_context(cafile=plan.ca_file)  # reading the authorities takes long: once for all
    number_of = {name: number for number, name in enumerate(plan.operations)}

    class Citizen(FastHttpUser):
        host = plan.base_url
        network_timeout = connection_timeout = plan.timeout_s
        max_retries = 0
        insecure = False
        default_headers = {"User-Agent": plan.agent}  # noqa: RUF012
        ssl_context_factory = staticmethod(lambda: trusted)

        def on_start(self) -> None:
            type(self.client.client).redirect_response_codes = frozenset()  # each hop is a request of the plan
            self.next = desk.who_next()
            desk.opened.wait()

        @task
        def serve(self) -> None:
            arrival = self.next()
            if arrival is None:
                raise StopUser
            held = arrival.at < desk.now()
            self.rest_until(arrival.at)
            with desk.errand():
                self.run_errand(arrival, held)

        def run_errand(self, arrival: Arrival, held: bool) -> None:
            """Does its operations, one after the other, until one goes wrong."""
            values: dict[str, str] = {}
            planned = arrival.at
            for place, operation in enumerate(plan.errands[arrival.errand].operations):
                if place:
                    planned, held = desk.now() + operation.think_s, False
                    self.rest_until(planned)
                if self.timed(operation, arrival, planned, held, values) is not Came.RIGHT:
                    break

        def rest_until(self, moment: float) -> None:
            """Waits; ends the citizen when all is over meanwhile."""
            while (wait := moment - desk.now()) > 0:
                gevent.sleep(wait)
            if desk.why:
                raise StopUser

        def timed(
            self, operation: Operation, arrival: Arrival, planned: float, held: bool, values: dict[str, str]
        ) -> Came:
            """Does one operation and notes what came of it."""
            begun = desk.under_way[id(self)] = desk.now()
            came, status, size = Came.RIGHT, 0, 0
            for ask in operation.asks:
                came, status, length = self.ask(operation.name, ask, values)
                size += length
                if came is not Came.RIGHT:
                    break
            del desk.under_way[id(self)]
            desk.note(
                Sample(
                    number_of[operation.name], arrival.phase, planned, begun, desk.now(), came, status, size, int(held)
                )
            )
            return came

        def ask(self, name: str, ask: Ask, values: dict[str, str]) -> tuple[Came, int, int]:
            """Sends one request; how it came out, its status, bytes of its body. Takes from the answer what is to be
            taken."""
            desk.sent += 1
            sent = self.client.request(
                ask.method,
                filled(ask.path, values),
                name=name,
                data=filled(ask.body, values) or None,
                headers={header: filled(value, values) for header, value in ask.headers.items()},
                catch_response=True,
            )
            with sent as answer:
                content = answer.content or b""
                came = _came(answer, ask, content)
                if came is Came.RIGHT and not _all_taken(answer, ask, content, values):
                    came = Came.WRONG_PAGE
                if came is Came.RIGHT:
                    answer.success()
                else:
                    answer.failure(came.vietnamese)
            return came, answer.status_code, len(content)

    return Citizen


def _came(answer: Any, ask: Ask, content: bytes) -> Came:
    if not answer.status_code:
        return Came.TIMEOUT if isinstance(answer.error, TimeoutError) else Came.BROKEN
    if answer.status_code not in ask.status:
        return Came.STATUS
    return Came.RIGHT if not ask.shows or any(word.encode() in content for word in ask.shows) else Came.WRONG_PAGE


def _all_taken(answer: Any, ask: Ask, content: bytes, values: dict[str, str]) -> bool:
    if not ask.takes:
        return True
    body = content.decode("utf-8", errors="replace")
    for take in ask.takes:
        value = taken(take, dict(answer.headers.items()), body)
        if value is None:
            return False
        values[take.name] = value
    return True
