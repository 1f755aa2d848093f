"""A proxy of faults between the browser and a portal: real sockets, asyncio in a thread of its own, seeded.

It stands before every origin of the portal (its outside parties too) and writes the addresses of the one side as those
of the other, so that a whole journey stays within it. A plan says for each request which fault meets it, if any; a fault
is what becomes of the answer. Chance hangs on the seed and on what is asked for, never on the order of arrival.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

HOST = "127.0.0.1"
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset
LONGEST_HEAD = 256 * 1024


@dataclass(frozen=True)
class Asked:
    """One request: to which of the portal's origins, what, for the how many-th time (1 is the first), and who asks."""

    role: str
    method: str
    path: str
    nth: int
    agent: str
    document: bool  # asked for as a page, not as a part of one

    def chance(self, seed: int) -> Random:
        """The chance of this very request."""
        return Random(f"{seed} {self.role} {self.method} {self.path} {self.nth}")


@dataclass
class Talk:
    """One exchange: the request as the portal shall have it (`request`), and the means to answer it rightly or wrongly."""

    asked: Asked
    request: bytes
    proxy: FaultProxy
    _writer: asyncio.StreamWriter
    _answer: bytes | None = None

    async def answer(self) -> bytes:
        """The portal's whole answer, asked for once."""
        if self._answer is None:
            self._answer = await self.proxy.ask(self.asked.role, self.request)
        return self._answer

    async def send(self, data: bytes) -> None:
        """Sends these very bytes to the browser."""
        self._writer.write(data)
        await self._writer.drain()

    def break_off(self) -> None:
        """Ends the connection with a reset."""
        raw = self._writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self._writer.transport.abort()

    async def hold(self) -> None:
        """Says nothing more until the proxy ends or the browser leaves."""
        await self.proxy.ended.wait()


Fault = Callable[[Talk], Awaitable[None]]
Plan = Callable[[Asked], Fault | None]


@dataclass
class FaultProxy:
    """The proxy while it runs. `urls` are its own origins by role; `asked` and `met` count requests, and those that met
    a fault, by method and path."""

    origins: Mapping[str, str]
    plan: Plan = lambda asked: None
    urls: dict[str, str] = field(default_factory=dict)
    asked: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where the portal is seen to be."""
        return self.urls["portal"]

    async def ask(self, role: str, request: bytes) -> bytes:
        """The answer of an origin, with the addresses of this side; empty when it gives none."""
        parts = urlsplit(self.origins[role])
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(request)
            try:
                return self._as_seen(await reader.read(-1))
            finally:
                writer.close()
        return b""

    async def serve(self) -> list[asyncio.Server]:
        """Listens for every origin, each on a free port of as many digits."""
        servers = []
        for role, origin in self.origins.items():
            length = len(str(urlsplit(origin).port))
            while True:
                server = await asyncio.start_server(self._client(role), HOST, 0, limit=LONGEST_HEAD)
                port = server.sockets[0].getsockname()[1]
                if len(str(port)) == length:
                    break
                server.close()
            self.urls[role] = f"http://{HOST}:{port}"
            servers.append(server)
        return servers

    def _client(self, role: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._exchange(role, reader, writer)
            with contextlib.suppress(OSError):
                writer.close()

        return meet

    async def _exchange(self, role: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, path = (part.decode("latin-1") for part in head.split(b" ", 2)[:2])
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        key = (role, method, path.partition("?")[0])
        self.asked[key] += 1
        document = headers.get("sec-fetch-dest") == "document"
        asked = Asked(role, method, key[2], self.asked[key], headers.get("user-agent", ""), document)
        talk = Talk(asked, self._as_meant(_closing(head) + body), self, writer)
        fault = self.plan(asked)
        if fault is None:
            await talk.send(await talk.answer())
            return
        self.met[f"{method} {key[2]}"] += 1
        await fault(talk)

    def _as_meant(self, data: bytes) -> bytes:
        return self._with({self.urls[role]: origin for role, origin in self.origins.items()}, data)

    def _as_seen(self, data: bytes) -> bytes:
        return self._with({origin: self.urls[role] for role, origin in self.origins.items()}, data)

    @staticmethod
    def _with(ports: Mapping[str, str], data: bytes) -> bytes:
        """Ports of one side as those of the other; as many digits, so that no length changes."""
        for before, after in ports.items():
            old, new = (str(urlsplit(one).port).encode() for one in (before, after))
            for colon in (b":", b"%3A", b"%3a"):
                data = data.replace(HOST.encode() + colon + old, HOST.encode() + colon + new)
        return data


def _closing(head: bytes) -> bytes:
    """The head of a request whose answer shall come plain and end with its connection."""
    dropped = (b"connection:", b"accept-encoding:", b"keep-alive:")
    lines = [line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(dropped)]
    return b"\r\n".join([*lines, b"Connection: close", b"", b""])


@contextlib.contextmanager
def before(origins: Mapping[str, str], plan: Plan = lambda asked: None) -> Iterator[FaultProxy]:
    """A proxy before these origins (by role, `portal` among them), ended with the block."""
    loop = asyncio.new_event_loop()
    proxy = FaultProxy(origins, plan)
    servers = loop.run_until_complete(proxy.serve())
    thread = threading.Thread(target=loop.run_forever, daemon=True, name="fault-proxy")
    thread.start()

    async def end() -> None:
        proxy.ended.set()
        for server in servers:
            server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()
