"""At most so many browsers of ours at one host at the same time, whatever number of workers and runs there are."""

from __future__ import annotations

import getpass
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from toantrinh.store import NotObserved, Outcome

WAIT_S = 900.0
LOOK_S = 0.1

_held: dict[str, tuple[BaseFileLock, int]] = {}  # by host: this process's slot, and how many contexts use it


def hold(
    hosts: Iterable[str], connections: int, *, folder: Path | None = None, wait_s: float = WAIT_S
) -> Callable[[], None]:
    """Takes one of the `connections` slots of every host and returns what gives them back.

    One process needs one slot of a host, however many contexts it has open there: it acts in one at a time. The slots
    are files in the user's temporary folder, freed by the operating system when a process dies. Raises NotObserved when
    none is free within `wait_s` seconds.
    """
    place = folder or _folder()
    taken: list[str] = []

    def release() -> None:
        while taken:
            _give_back(taken.pop())

    try:
        for host in sorted(set(hosts)):  # everybody takes them in one order, so nobody waits in a circle
            _take(host, connections, place, wait_s)
            taken.append(host)
    except BaseException:
        release()
        raise
    return release


def _take(host: str, connections: int, place: Path, wait_s: float) -> None:
    if host in _held:
        lock, users = _held[host]
        _held[host] = (lock, users + 1)
        return
    name = re.sub(r"[^\w.\-]+", "_", host)
    slots = [FileLock(place / f"{name}.{number}.lock") for number in range(connections)]
    deadline = time.monotonic() + wait_s
    while True:
        for slot in slots:
            try:
                slot.acquire(timeout=0)
            except Timeout:
                continue
            _held[host] = (slot, 1)
            return
        if time.monotonic() > deadline:
            raise NotObserved(
                Outcome.NOT_TESTED, f"{host}: đã có {connections} trình duyệt của ta cùng truy cập (pace.connections)"
            )
        time.sleep(LOOK_S)


def _give_back(host: str) -> None:
    lock, users = _held[host]
    if users > 1:
        _held[host] = (lock, users - 1)
        return
    del _held[host]
    lock.release()


def _folder() -> Path:
    user = str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()
    folder = Path(tempfile.gettempdir()) / f"toantrinh-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
