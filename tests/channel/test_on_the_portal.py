"""The reference portal over HTTPS: clean, nothing is found; with a defect, the clause that it breaks, and no other."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from suites.security import test_4_1_tls as s41_tls
from suites.security.channel_faults import suite_faults
from suites.security.channel_policy import channel_policy
from suites.security.redirects import Redirect, outcome_of
from tests.channel.conftest import LITTLE, record_of
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.channel import ChannelFacts, PlainFacts, Spoken
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.plain_http import plain_of
from toantrinh.observers.channel.tls import channel_of
from toantrinh.observers.prober.budget import Budget
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

ROOT = Path(__file__).parents[2]
YEAR = "max-age=31536000; includeSubDomains"
SOUND = ({"TLS 1.2", "TLS 1.3"}, False, {Redirect.RIGHT}, YEAR)
EXPECTED: dict[str, tuple[set[str], bool, set[Redirect], str]] = {  # versions, suites at fault, redirects, HSTS
    "": SOUND,
    "channel.old-versions": ({"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}, True, {Redirect.RIGHT}, YEAR),
    "channel.old-suites": ({"TLS 1.2", "TLS 1.3"}, True, {Redirect.RIGHT}, YEAR),
    "channel.plain-http": ({"TLS 1.2", "TLS 1.3"}, False, {Redirect.SHOWN}, YEAR),
    "channel.short-hsts": ({"TLS 1.2", "TLS 1.3"}, False, {Redirect.RIGHT}, "max-age=300; includeSubDomains"),
}


@contextmanager
def portal(folder: Path, defect: str) -> Iterator[dict[str, Any]]:
    """What the portal says of itself when it is ready."""
    words = ["-m", "portal", "--tls", "--data", str(folder), "--until-stdin-closes"]
    for role in ("", "identity-", "gateway-", "collector-"):
        words += [f"--{role}port", "0"]
    process = subprocess.Popen(
        [sys.executable, *words, "--defects", defect],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        yield json.loads(process.stdout.readline())
    finally:
        process.communicate(timeout=30)


@pytest.mark.parametrize("defect", EXPECTED)
def test_each_defect_is_seen_and_nothing_else(defect: str, tmp_path: Path) -> None:
    with portal(tmp_path / "data", defect) as ready:
        facts, plain, hsts = seen_of(ready, tmp_path)
    policy = channel_policy()
    spoken = {one.version for one in facts.versions if one.spoken is Spoken.ACCEPTED}
    broken, outside = suite_faults(facts, policy)
    kinds = {outcome_of(entry, policy).kind for entry in plain.entries}
    assert (spoken, bool(broken or outside), kinds, hsts) == EXPECTED[defect]
    assert verdict_of(s41_tls.test_certificate_holds, record_of(facts)) == (Verdict.PASS, "")


def seen_of(ready: dict[str, Any], folder: Path) -> tuple[ChannelFacts, PlainFacts, str]:
    """TLS, plain HTTP at two pages, and the HSTS header of the home page."""
    base = str(ready["portal"])
    place = Host("127.0.0.1", int(base.rsplit(":", 1)[1]))
    kept = Attachments(folder, "channel/x", lambda text: text)
    facts = channel_of(place, kept, authority=Path(ready["ca_file"]), patience=LITTLE)
    prober = Prober(load_system("demo", base_url=base), "channel", Budget())
    pages = {f"{base}/": ("Trang chủ",), f"{base}/thu-tuc": ("Danh sách thủ tục",)}
    plain = plain_of(place, int(str(ready["http"]).rsplit(":", 1)[1]), pages, {}, prober)
    return facts, plain, prober.ask(nobody(), base + "/", "HSTS").header("strict-transport-security")
