"""Real journeys through the real reference portal, recorded once; the cases change one fact at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toantrinh.journey.walk import make_journey
from toantrinh.observations.catalogue import CatalogueFacts, SearchVariants
from toantrinh.observations.journey import Journey
from toantrinh.observers.catalogue import observe_catalogue, observe_variants
from toantrinh.store import Attachments
from toantrinh.system_model import System
from toantrinh.systems import load_system

HOUSE = Path(__file__).parents[2]
PAID, IN_PERSON, FREE = "1.001193", "1.000894", "1.000656"


@dataclass(frozen=True)
class Recorded:
    """What was seen on the clean portal: journeys by service, the list of services, searches."""

    system: System
    folder: Path
    data: Path
    journeys: dict[str, Journey]
    catalogue: CatalogueFacts
    variants: SearchVariants


@contextmanager
def running_portal(data: Path, *options: str) -> Iterator[str]:
    """The address of a reference portal in a process of its own, on a free port."""
    command = [sys.executable, "-m", "portal", "--port", "0", "--data", str(data), "--captcha-answer", "KT26SM"]
    command += ["--until-stdin-closes", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE)
    assert process.stdout is not None and process.stdin is not None
    with ThreadPoolExecutor(1) as reader:
        line = reader.submit(process.stdout.readline).result(timeout=60)
    yield json.loads(line)["portal"]
    process.stdin.close()
    process.wait(20)


@pytest.fixture(scope="session")
def portal_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The clean reference portal: its address and its data folder."""
    data = tmp_path_factory.mktemp("portal")
    with running_portal(data) as address:
        yield address, data


@pytest.fixture(scope="session")
def recorded(portal_address: tuple[str, Path], chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Three journeys (paid and signed; partly in person; free), the list and the searches, all seen for real."""
    address, data = portal_address
    system = load_system("demo", base_url=address)
    folder = tmp_path_factory.mktemp("run")

    def attachments(key: str) -> Attachments:
        return Attachments(folder, key, lambda text: text)

    services = {s.code: s for s in system.services}
    journeys = {
        code: make_journey(chromium, system, services[code], attachments(code)) for code in (PAID, IN_PERSON, FREE)
    }
    return Recorded(
        system,
        folder,
        data,
        journeys,
        observe_catalogue(chromium, system, attachments("catalogue")),
        observe_variants(chromium, system, services[PAID], attachments("variants")),
    )
