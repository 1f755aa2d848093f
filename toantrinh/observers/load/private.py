"""A folder of this user alone for what a browser writes down while it is listened to: passwords stand in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from toantrinh import sessions


@contextmanager
def private_folder() -> Iterator[Path]:
    """The folder, gone at the end. Those that killed programs have left are cleared first."""
    home = sessions.folder().parent / "recording"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o700)
    clear(home)
    made = home / token_hex(8)
    lock = _lock(made)
    with lock:
        made.mkdir(mode=0o700)
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)
            Path(lock.lock_file).unlink(missing_ok=True)


def clear(home: Path) -> None:
    """Removes the folders that no living program holds."""
    for left in {one.with_suffix("") for one in home.iterdir()}:
        lock = _lock(left)
        try:
            with lock.acquire(timeout=0):
                shutil.rmtree(left, ignore_errors=True)
                Path(lock.lock_file).unlink(missing_ok=True)
        except Timeout:
            continue


def _lock(folder: Path) -> FileLock:
    return FileLock(folder.with_name(f"{folder.name}.lock"))
