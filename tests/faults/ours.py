"""Faults of our own side, done to a main job that is going on: its browser, its disk, its handles, the citizen's
session."""

from __future__ import annotations

import contextlib
import resource
import signal
import sqlite3
from pathlib import Path

import psutil

SMALL_FILE = 2_000  # bytes
FEW_HANDLES = 3


def kill_browser(pid: int, kind: str = "") -> None:
    """Kills (signal 9) the browser of this main job; of its processes only those of this kind, if one is named."""
    for child in psutil.Process(pid).children(recursive=True):
        with contextlib.suppress(psutil.Error):
            words = child.cmdline()
            kinds = [word for word in words if word.startswith("--type=")]
            if "chrom" in words[0] and ((not kinds and not kind) or f"--type={kind}" in kinds):
                child.send_signal(signal.SIGKILL)


def fill_disk(pid: int) -> None:
    """From now on this process (not those it has started) writes no file longer than 2 kB."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALL_FILE, SMALL_FILE))


def take_handles(pid: int) -> None:
    """From now on this process gets no handle more than it has."""
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (FEW_HANDLES, FEW_HANDLES))


def end_sessions(data: Path) -> None:
    """Every session of the portal is ended on the server."""
    with contextlib.closing(sqlite3.connect(data / "portal.sqlite3", timeout=20)) as database, database:
        database.execute("DELETE FROM web_sessions")
