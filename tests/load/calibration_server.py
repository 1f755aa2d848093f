"""A server whose answer times are known: `python calibration_server.py KIND [SEED]`; it prints its port.

When its standard input closes it prints how long each answer really took, s, from the request's arrival to the last
byte written: on a busy machine a server is late, too, and the truth is what it did, not what it meant.

`constant`: 20 ms. `humps`: 10 ms or 100 ms, four to one. `tail`: log-normal, median 20 ms. `stalls`: 10 ms, but nothing
at all for 2 s of every 20 s. `capacity:N`: 5 ms each, N a second at the most, one after the other. `trivial`: at once.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import random
import sys
from contextlib import suppress

PAGE = b"<title>Trang \xc4\x91\xc3\xbang</title>"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
STALL_EVERY_S, STALL_S = 20.0, 2.0


class Times:
    """How long the next answer takes, s."""

    def __init__(self, kind: str, seed: int) -> None:
        self.kind, _, figure = kind.partition(":")
        self.figure = float(figure or 0)
        self.chance = random.Random(seed)
        self.free_at = 0.0
        self.took: list[float] = []
        self.zero: float | None = None

    def next(self, now: float) -> float:
        """Seconds until the answer to a request that has just come."""
        if self.kind == "constant":
            return 0.02
        if self.kind == "humps":
            return 0.01 if self.chance.random() < 0.8 else 0.1
        if self.kind == "tail":
            return 0.02 * math.exp(0.8 * self.chance.gauss(0, 1))
        if self.kind == "stalls":
            self.zero = now if self.zero is None else self.zero
            into = (now - self.zero) % STALL_EVERY_S - (STALL_EVERY_S - STALL_S) / 2
            return max(0.01, STALL_S - into) if 0 <= into < STALL_S else 0.01
        if self.kind == "capacity":
            self.free_at = max(self.free_at, now) + 1 / self.figure
            return self.free_at - now + 0.005
        return 0.0


class Answering(asyncio.Protocol):
    """Answers each request of a connection, which stays open, after its time."""

    def __init__(self, times: Times) -> None:
        self.times, self.loop = times, asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.left = b""

    def data_received(self, data: bytes) -> None:
        came = self.loop.time()
        *requests, self.left = (self.left + data).split(b"\r\n\r\n")
        for _ in requests:
            seconds = self.times.next(came)
            if seconds:
                self.loop.call_at(came + seconds, self.answer, came)
            else:
                self.answer(came)

    def answer(self, came: float) -> None:
        if not self.transport.is_closing():
            self.transport.write(ANSWER)  # type: ignore[attr-defined]
            self.times.took.append(self.loop.time() - came)


async def serve(kind: str, seed: int) -> None:
    times = Times(kind, seed)
    server = await asyncio.get_running_loop().create_server(lambda: Answering(times), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until whoever started it is gone
    server.close()
    print(json.dumps(times.took), flush=True)


if __name__ == "__main__":
    with suppress(ImportError, OSError):  # Linux's table of connections, which stops all when it grows
        import fcntl

        os.close(fcntl.fcntl(0, fcntl.F_DUPFD, 1000))
    with suppress(AttributeError, OSError):  # it has to be on time; Linux lets root
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1))
