"""The citizen's line and computer, and how the browser is made to behave as if it had them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from toantrinh.observations.loading import Profile

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

FILE = Path(__file__).parent / "profile.yaml"


@cache
def default_profile() -> Profile:
    """The profile that loads are given: the project's own."""
    return Profile.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def put_on(session: CDPSession, profile: Profile) -> None:
    """Gives the page of the session this line and computer.

    The browser adds the latency to each request and spreads bytes at the rate; handshakes cost nothing more.
    """
    conditions = {
        "offline": False,
        "latency": profile.latency_ms,
        "downloadThroughput": profile.down_kbps * 1000 / 8,
        "uploadThroughput": profile.up_kbps * 1000 / 8,
    }
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": profile.cpu_slower})


def take_off(session: CDPSession) -> None:
    """Gives the page this machine's own speed again: what is asked of it now is not measured."""
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )
