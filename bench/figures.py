"""What is measured, each as a function that runs once and returns its figures: {name: value}, s or MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil

HOUSE = Path(__file__).resolve().parent.parent
SERVICE = "1.001193"
MB = 1024 * 1024
# As on an ordinary machine: compiled files are kept.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextmanager
def running_portal(folder: Path) -> Iterator[str]:
    """The address of a reference portal in a process of its own."""
    with _started("demo", folder) as said:
        yield said["portal"]


@contextmanager
def _started(system: str, folder: Path) -> Iterator[dict[str, str]]:
    """What the portal of a system file says when it has started."""
    from toantrinh.systems import load_system

    start = load_system(system).start
    assert start is not None
    command = [part.format(python=sys.executable, port=0, data=folder / "portal") for part in start.command]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE, env=ENVIRONMENT)
    assert process.stdout is not None and process.stdin is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(20)


def journey(address: str) -> dict[str, float]:
    """One service from the search box to the rating, officer included, in a browser that is up already."""
    from playwright.sync_api import sync_playwright

    from toantrinh.browsers import find_browser, launch
    from toantrinh.journey.walk import make_journey
    from toantrinh.store import Attachments
    from toantrinh.systems import load_system

    system = load_system("demo", base_url=address)
    service = next(s for s in system.services if s.code == SERVICE)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        choice = find_browser(own_executable=playwright.chromium.executable_path)
        browser = launch(playwright, choice, allowed_hosts=system.allowed_hosts)
        make_journey(browser, system, service, Attachments(Path(folder), "warm", str))
        started = time.perf_counter()
        record = make_journey(browser, system, service, Attachments(Path(folder), "x", str))
        wall = time.perf_counter() - started
        browser.close()
    assert record.rating is not None, record.stopped_at()
    return {"one journey, s": wall, "browser steps in it": float(len(record.steps))}


def all_services(address: str) -> dict[str, float]:
    """The journeys of all eight services with two workers, pytest's own start included; and the memory of that."""
    return _judged(address, "eight journeys, two workers, s", "-n", "2")


def one_process(address: str) -> dict[str, float]:
    """One service in one process, for the memory of the Python side."""
    figures = _judged(address, "one service by pytest, s", f"--service={SERVICE}")
    return {
        "one service by pytest, s": figures["one service by pytest, s"],
        "Python side, one process, MB": figures["MB"],
    }


def functional(address: str) -> dict[str, float]:
    """The whole functional suite over eight services, unhappy paths included, with two workers."""
    figures = _judged(address, "functional suite, two workers, s", "-n", "2", asked=("suites/functional",))
    return {"functional suite, two workers, s": figures["functional suite, two workers, s"]}


def security(address: str) -> dict[str, float]:
    """The whole security suite over HTTPS with three workers, TLS beside the browser: for one service, and for all.

    Three, because a suite that asks and waits for answers leaves two processors half idle.

    The limit of an idle session is not waited for: that takes as long as the limit, whatever our speed.
    """
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, _started("demo-tls", Path(folder)) as said:
        port = urlsplit(said["http"]).port
        channel = (f"--ca-file={said['ca_file']}", f"--http-port={port}", "--idle-wait=0", "-n", "3")
        for name, services in (("one service", (f"--service={SERVICE}",)), ("eight services", ())):
            title = f"security suite, {name}, s"
            measured = _judged(
                said["portal"], title, *channel, *services, asked=("suites/security",), system="demo-tls"
            )
            figures[title] = measured[title]
    return figures


def probe(address: str) -> dict[str, float]:
    """A first look at a portal that nobody knows, browser's start included, to its first system file."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "toantrinh", "probe", address, "--out", str(Path(folder) / "first.yaml")]
        return {"probe of an unknown portal, s": _timed(command)}


HAPPY = ("--criterion=1.12",)  # asks for the journeys and for no scenario


def _judged(
    address: str, name: str, *options: str, asked: tuple[str, ...] = HAPPY, system: str = "demo"
) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", *asked, f"--system={system}", f"--base-url={address}", "-q"]
        command += [f"--reports-dir={folder}", *options]
        started = time.perf_counter()
        with _memory(command) as peak:
            wall = time.perf_counter() - started
    return {name: wall, "MB" if "-n" not in options else "Python side, two workers, MB": peak() / MB}


@contextmanager
def _memory(command: list[str]) -> Iterator[Callable[[], float]]:
    """Runs the command to its end; what is yielded tells the peak of the bytes of its Python processes."""
    process = subprocess.Popen(command, cwd=HOUSE, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            peak[0] = max(peak[0], _python_side(process.pid))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    said, _ = process.communicate(timeout=600)
    over.set()
    watcher.join()
    if process.returncode not in (0, 1):
        raise SystemExit(
            f"the measured command failed ({process.returncode}):\n{said.decode(errors='replace')[-2000:]}"
        )
    yield lambda: peak[0]


def _python_side(pid: int) -> float:
    """Bytes of a process and its Python children; browser, Playwright's driver and the portal are not ours.

    On Linux the proportional set size: what processes share is counted once. Elsewhere the resident set size.
    """
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    total = 0.0
    for one in family:
        try:
            if one.name().startswith("python") and "portal" not in one.cmdline():
                total += one.memory_full_info().pss if sys.platform == "linux" else one.memory_info().rss
        except psutil.Error:
            continue
    return total


def collect(address: str) -> dict[str, float]:
    """`pytest --collect-only` of all suites."""
    return {"pytest --collect-only, s": _timed([sys.executable, "-m", "pytest", "--system=demo", "--collect-only"])}


def second_call(address: str) -> dict[str, float]:
    """What run.py costs when there is nothing left to set up."""
    if not (HOUSE / ".venv").exists():
        return {}
    _timed([sys.executable, "run.py", "setup"])
    return {"run.py, second call, s": _timed([sys.executable, "run.py", "setup"])}


def _timed(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=HOUSE, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started
