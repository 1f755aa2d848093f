"""A plain server beside HTTPS, asked about the pages of a system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.channel import ChannelRecord
from fixtures.pages import SiteRecord
from tests.channel import servers
from tests.channel.conftest import LITTLE, Serve, record_of
from tests.channel.papers import paper
from tests.channel.servers import answer, plain
from toantrinh.observations.channel import Answer, ChannelFacts, PlainFacts
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.plain_http import plain_of
from toantrinh.observers.prober.budget import Budget
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.wire import Bounds
from toantrinh.store import Observed, Outcome
from toantrinh.systems import load_system

Say = Callable[[str, str, str], bytes]  # the address of HTTPS, the path that was asked for, the head


def to(where: str, status: str = "308 Permanent Redirect", *more: str) -> bytes:
    return answer(b"", status, f"Location: {where}", *more)


@pytest.fixture
def ask(serve: Serve, tmp_path: Path) -> Callable[..., tuple[ChannelRecord, PlainFacts]]:
    """Asks a plain server about the pages of a system whose pages come over HTTPS."""
    files = paper("127.0.0.1").kept(tmp_path, "may-chu")
    https = serve(servers.secure(servers.context_of(files)))

    def see(
        say: Say | None, *pages: str, port: int | None = None, talk: servers.Talk | None = None, title: str = ""
    ) -> tuple[ChannelRecord, PlainFacts]:
        base = f"https://127.0.0.1:{https}"
        if port is None:
            port = serve(talk or plain(lambda path, head: say(base, path, head) if say else b""))
        system = load_system("demo", base_url=base)
        prober = Prober(system, "channel", Budget(), bounds=Bounds(64 * 1024, 3.0, 1.0))
        asked = {f"{base}{path}": (f"Trang {path}",) for path in pages or ("/",)}
        titles = {address: title for address in asked}
        facts = plain_of(Host("127.0.0.1", https), port, asked, titles, prober, LITTLE)
        own = ChannelFacts(host="127.0.0.1", port=https, seen="2026-11-22T00:00:00+00:00", answer=Answer.TLS)
        observed = Observed[PlainFacts](key="x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=facts)
        return record_of(own, plain=observed), facts

    return see


@pytest.fixture(autouse=True)
def pages_were_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof that the system's own pages came over HTTPS, which these checks rest on."""

    class Secure:
        secure = True

    monkeypatch.setattr(SiteRecord, "pages", lambda *_, **__: [Secure()])
