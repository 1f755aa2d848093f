"""Little patience, and records as the checks read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from fixtures.channel import ChannelRecord
from fixtures.pages import SiteRecord
from tests.channel.papers import Paper, between, paper, root
from tests.channel.servers import Talk, context_of, secure, talking
from toantrinh.observations.channel import ChannelFacts
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.patience import Patience
from toantrinh.observers.channel.tls import channel_of
from toantrinh.store import Attachments, Observed, Outcome
from toantrinh.systems import load_system

LITTLE = Patience(connect_s=3, handshake_s=1, altogether_s=30, sslyze_s=60)
Serve = Callable[[Talk], int]
Look = Callable[..., ChannelFacts]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers for one test; their ports."""
    with ExitStack() as stack:
        yield lambda talk: stack.enter_context(talking(talk))


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """The file of the authority that the tests trust."""
    (tmp_path / "ca.pem").write_bytes(root().pem)
    return tmp_path / "ca.pem"


@pytest.fixture
def look(tmp_path: Path, authority: Path) -> Look:
    """What the probe sees of a port of this machine."""

    def see(port: int, host: str = "127.0.0.1", *, trusts: bool = True, sslyze: tuple[str, ...] = ()) -> ChannelFacts:
        kept = Attachments(tmp_path, "channel/x", lambda text: text)
        named = authority if trusts else None
        return channel_of(Host(host, port), kept, sslyze=sslyze, authority=named, patience=LITTLE)

    return see


@pytest.fixture
def shown(serve: Serve, tmp_path: Path) -> Callable[..., int]:
    """Serves a certificate; the port. Without any, a good one below the authority in between."""

    def show(leaf: Paper | None = None, *beside: Paper, **how: object) -> int:
        chain = (leaf, *beside) if leaf else (paper("127.0.0.1", between()), between())
        files = chain[0].kept(tmp_path, "may-chu", *chain[1:])
        return serve(secure(context_of(files, **how)))  # type: ignore[arg-type]

    return show


def record_of(facts: ChannelFacts, base_url: str = "", **more: object) -> ChannelRecord:
    """The record of what was seen; `base_url`: of a system elsewhere, at this address."""
    system = load_system("demo", base_url=f"https://127.0.0.1:{facts.port}")
    system = system.model_copy(update={"base_url": base_url} if base_url else {})
    own = Observed[ChannelFacts](key="channel/x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=facts)
    return ChannelRecord(SiteRecord(system, {}), own, **more)  # type: ignore[arg-type]
