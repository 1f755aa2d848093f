"""Hosts beside the system's own: asked no more than is allowed, and not at all when they want to be left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import fixtures.channel as channel
from tests.channel.conftest import LITTLE, record_of
from toantrinh.driver import pace
from toantrinh.observations.channel import Answer, ChannelFacts
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.places import may_scan
from toantrinh.observers.channel.tls import CERTIFICATE_ALONE, channel_of
from toantrinh.store import Attachments, Outcome, Store
from toantrinh.system_model import Authorisation, Channel, System
from toantrinh.systems import load_system

OWN, SSO, PAYMENT = "dichvucong.saomai.gov.vn", "sso.saomai.gov.vn", "thanh-toan.vn"


def system_with(allows: tuple[str, ...] | None = None, until: str = "9999-12-31", hosts: Any = None) -> System:
    permission = None
    if allows is not None:
        permission = Authorisation.model_validate(
            {"by": "Sở", "document": "số 1", "until": until, "allows": allows, "hosts": hosts}
        )
    known = {"base_url": f"https://{OWN}", "hosts": (SSO, PAYMENT), "authorisation": permission}
    return load_system("demo").model_copy(update=known)


@pytest.mark.parametrize(
    ("system", "allowed"),
    [
        (system_with(), [OWN]),
        (system_with(("submit",)), [OWN]),
        (system_with(("intrusive",)), [OWN, SSO, PAYMENT]),
        (system_with(("intrusive",), hosts=(OWN, SSO)), [OWN, SSO]),
        (system_with(("intrusive",), until="2020-01-01"), [OWN]),
    ],
)
def test_which_hosts_may_be_scanned(system: System, allowed: list[str]) -> None:
    assert [host for host in (OWN, SSO, PAYMENT) if may_scan(host, system)] == allowed


def test_of_the_others_the_certificate_is_all_that_is_asked_for(shown: Callable[..., int], tmp_path: Path) -> None:
    kept = Attachments(tmp_path, "channel/x", lambda text: text)
    never = (str(tmp_path / "sslyze"),)
    facts = channel_of(Host("127.0.0.1", shown()), kept, sslyze=never, patience=LITTLE, scans=False)
    assert (facts.answer, len(facts.chain), facts.versions) == (Answer.TLS, 2, ())
    assert facts.trust is not None and facts.aside == CERTIFICATE_ALONE
    assert facts.handshakes <= 3
    assert record_of(facts).tls() is facts


@pytest.fixture
def no_paces() -> Iterator[None]:
    known = dict(pace._paces)
    pace._paces.clear()
    yield
    pace._paces.clear()
    pace._paces.update(known)


@pytest.mark.usefixtures("no_paces")
def test_a_host_that_wants_to_be_left_alone_is_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: dict[str, bool] = {}

    def seen(place: Host, _: Attachments, **how: Any) -> ChannelFacts:
        asked[place.name] = how["scans"]
        seen_at = "2026-11-22T00:00:00+00:00"
        return ChannelFacts(host=place.name, port=place.port, seen=seen_at, answer=Answer.CLOSED)

    monkeypatch.setattr(channel, "channel_of", seen)
    system = system_with()
    run: Any = SimpleNamespace(
        system=system.model_copy(update={"pace": system.pace.model_copy(update={"pause_ms": 0})})
    )
    pace.pace_of(f"https://{SSO}", 0).refused(429, "9999")
    found = {
        name: channel.observe_tls(run, Store(tmp_path), Host(name, 443), Channel()) for name in (OWN, SSO, PAYMENT)
    }
    assert asked == {OWN: True, PAYMENT: False}
    assert found[SSO].data is None and found[SSO].outcome is Outcome.NOT_TESTED and "429" in found[SSO].reason
