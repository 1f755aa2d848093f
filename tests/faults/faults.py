"""What can become of an answer on its way, and plans of whom it meets."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.faults.fault_proxy import Asked, Fault, Plan, Talk

SEED = 7
SHARE = 0.25  # of the addresses that a passing fault meets, each once
BODY = b"\r\n\r\n"


async def delayed(talk: Talk) -> None:
    """The answer comes 50 to 400 ms late."""
    await asyncio.sleep(talk.asked.chance(SEED).uniform(0.05, 0.4))
    await talk.send(await talk.answer())


async def reset_before(talk: Talk) -> None:
    """The connection is reset before anything was answered; the portal never hears of it."""
    talk.break_off()


async def reset_within(talk: Talk) -> None:
    """Half of the answer, then a reset."""
    whole = await talk.answer()
    await talk.send(whole[: len(whole) // 2])
    talk.break_off()


async def truncated(talk: Talk) -> None:
    """The head, a third of the body, and the end of the connection."""
    head, _, body = (await talk.answer()).partition(BODY)
    await talk.send(head + BODY + body[: len(body) // 3])


async def garbled(talk: Talk) -> None:
    """The second half of the body is noise of the same length."""
    head, _, body = (await talk.answer()).partition(BODY)
    half = len(body) // 2
    noise = talk.asked.chance(SEED).randbytes(len(body) - half)
    await talk.send(head + BODY + body[:half] + noise)


async def stalled(talk: Talk) -> None:
    """The head and a few bytes, and then nothing, for ever."""
    head, _, body = (await talk.answer()).partition(BODY)
    await talk.send(head + BODY + body[:200])
    await talk.hold()


def status(code: int, **headers: str) -> Fault:
    """A short error page of a machine in between; the portal never hears of the request."""

    async def answered(talk: Talk) -> None:
        body = f"<html><title>{code}</title><h1>{code}</h1></html>".encode()
        lines = [
            f"HTTP/1.1 {code} Said",
            "Content-Type: text/html",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        await talk.send("\r\n".join(lines).encode() + BODY + body)

    return answered


def at_another_time(shift: timedelta) -> Fault:
    """The answer is dated wrongly by so much."""

    async def dated(talk: Talk) -> None:
        said = format_datetime(datetime.now(UTC) + shift, usegmt=True).encode()
        head, split, body = (await talk.answer()).partition(BODY)
        await talk.send(re.sub(rb"(?im)^Date:[^\r\n]*", b"Date: " + said, head) + split + body)

    return dated


def led_to(role: str, address: str) -> Fault:
    """Every redirect to this origin leads to another address instead."""

    async def led(talk: Talk) -> None:
        head, split, body = (await talk.answer()).partition(BODY)
        here = talk.proxy.urls[role].encode()
        await talk.send(head.replace(b"ocation: " + here, b"ocation: " + address.encode()) + split + body)

    return led


def after(act: Callable[[], None]) -> Fault:
    """Something happens elsewhere first; the answer itself is right."""

    async def acted(talk: Talk) -> None:
        await asyncio.to_thread(act)
        await talk.send(await talk.answer())

    return acted


def always(fault: Fault) -> Plan:
    """Meets every request of the portal itself."""
    return lambda asked: fault if asked.role == "portal" else None


def now_and_then(fault: Fault, share: float = SHARE) -> Plan:
    """Meets a share of the portal's pages, each the first time that it is asked for by the browser and never again."""

    def plan(asked: Asked) -> Fault | None:
        due = asked.document and asked.role == "portal" and asked.method == "GET" and asked.nth == 1
        return fault if due and asked.chance(SEED).random() < share else None

    return plan


def at(pattern: str, fault: Fault, *, method: str = "GET", nth: int = 0) -> Plan:
    """Meets the browser's requests for pages of this kind: each time, or the `nth` of them only (counted over all)."""
    seen = 0

    def plan(asked: Asked) -> Fault | None:
        nonlocal seen
        if not (
            asked.document and asked.role == "portal" and asked.method == method and re.search(pattern, asked.path)
        ):
            return None
        seen += 1
        return fault if nth in (0, seen) else None

    return plan


def from_then_on(pattern: str, fault: Fault, *, nth: int) -> Plan:
    """Meets everything that is asked for, by anybody, from the `nth` page of this kind on."""
    first, begun = at(pattern, fault, nth=nth), False

    def plan(asked: Asked) -> Fault | None:
        nonlocal begun
        begun = begun or first(asked) is not None
        return fault if begun else None

    return plan
