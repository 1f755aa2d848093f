"""The reference portal: clean it gives nothing away in any skin; each defect is found by its own check alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from fixtures.leaks import LeaksRecord, ScriptsRead
from suites.security import test_4_6_leaks as suite
from tests.leaks.conftest import page, verdict_of
from toantrinh.advisories.model import load_advisories
from toantrinh.observers.leaks.probes import observe_leaks
from toantrinh.observers.leaks.scripts import observe_scripts
from toantrinh.observers.prober.prober import Prober
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

HOUSE = Path(__file__).parents[2]
OF_PROBES = {
    "leak.stack-trace": (suite.test_error_pages_show_no_trace, "Traceback"),
    "leak.listing": (suite.test_no_folder_is_listed, "ho-so-cu.xlsx"),
    "leak.left-files": (suite.test_no_file_is_left_behind, "APP_ENV, DB_HOST, DB_PASSWORD"),
    "leak.debug-pages": (suite.test_no_debug_page_is_open, "/openapi.json"),
}
OF_SCRIPTS = {
    "leak.source-map": (suite.test_source_maps_leak_nothing, "giá trị của “apiKey”"),
    "leak.old-library": (suite.test_client_libraries_have_no_known_holes, "jQuery 3.4.1"),
}
SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"')


@contextmanager
def portal(data: Path, *options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "portal", "--port", "0", "--data", str(data), "--until-stdin-closes", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE)
    assert process.stdout is not None and process.stdin is not None
    with ThreadPoolExecutor(1) as reader:
        line = reader.submit(process.stdout.readline).result(timeout=120)
    yield json.loads(line)["portal"]
    process.stdin.close()
    process.wait(20)


def records(address: str, folder: Path) -> tuple[LeaksRecord, ScriptsRead]:
    """What is asked of a portal, with the scripts of its home page."""
    with urllib.request.urlopen(f"{address}/") as answer:
        scripts = SCRIPT.findall(answer.read().decode())
    files = tuple(found for found in scripts if found.startswith("/"))
    system, advisories = load_system("demo", base_url=address), load_advisories()
    loaded = {urljoin(f"{address}/", found): ("Trang chủ",) for found in files}
    attachments = Attachments(folder, "security/leaks", lambda text: text)
    probes = observe_leaks(Prober(system, "leak"), [page(address, files=files)], attachments)
    read = observe_scripts(Prober(system, "leak"), loaded, advisories, attachments)
    return LeaksRecord(probes), ScriptsRead(read, advisories)


def verdicts(leaks: LeaksRecord, scripts: ScriptsRead) -> dict[str, tuple[Verdict, str]]:
    said = {name: verdict_of(check, leaks) for name, (check, _) in OF_PROBES.items()}
    return said | {name: verdict_of(check, scripts) for name, (check, _) in OF_SCRIPTS.items()}


@pytest.mark.parametrize("skin", ["modern", "spa", "legacy"])
def test_the_clean_portal_gives_nothing_away(tmp_path: Path, skin: str) -> None:
    with portal(tmp_path / "data", "--skin", skin) as address:
        leaks, scripts = records(address, tmp_path)
    assert {verdict for verdict, _ in verdicts(leaks, scripts).values()} == {Verdict.PASS}
    assert scripts.data.scripts and leaks.exchanges.spent + scripts.exchanges.spent < leaks.exchanges.limit


@pytest.fixture(scope="module")
def leaky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the checks say of a portal with all defects of 4.6, which do not touch each other."""
    folder = tmp_path_factory.mktemp("leaky")
    with portal(folder / "data", "--defects", ",".join([*OF_PROBES, *OF_SCRIPTS])) as address:
        leaks, scripts = records(address, folder)
    yield {"said": verdicts(leaks, scripts), "folder": folder, "kept": leaks.probes.model_dump_json()}


@pytest.mark.parametrize("defect", [*OF_PROBES, *OF_SCRIPTS])
def test_each_defect_is_found_with_request_response_and_role(leaky: dict[str, Any], defect: str) -> None:
    _, words = {**OF_PROBES, **OF_SCRIPTS}[defect]
    verdict, told = leaky["said"][defect]
    assert verdict is Verdict.FAIL and words in told and "(khách chưa đăng nhập) → HTTP" in told


def test_nothing_secret_of_what_was_found_is_kept(leaky: dict[str, Any]) -> None:
    kept = leaky["kept"] + "".join(file.read_text() for file in (leaky["folder"] / "evidence").rglob("*.txt"))
    assert "mat-khau-that-9" not in kept and "sm-9f3b27c41d0e8a65" not in kept and "10.0.0.5" not in kept


def test_a_defect_alone_fails_its_own_check_alone(tmp_path: Path) -> None:
    with portal(tmp_path / "data", "--defects", "leak.left-files") as address:
        said = verdicts(*records(address, tmp_path))
    assert {name for name, (verdict, _) in said.items() if verdict is not Verdict.PASS} == {"leak.left-files"}
