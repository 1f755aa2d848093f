"""A run's folder: a new one, or the unfinished one that this run goes on with; and the pointer to the newest."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from toantrinh import __version__
from toantrinh.mistakes import UserMistake
from toantrinh.store import Store, disk_mistake, write_whole

UNFINISHED_HOURS = 24


@dataclass(frozen=True)
class RunMark:
    """`run.json`: what this run is. Two starts with the same `sameness` are the same run, continued."""

    id: str
    system: str
    started: str
    base_url: str
    sameness: str
    tool: str = __version__
    complete: bool = False


@dataclass(frozen=True)
class OpenRun:
    """An open run: its folder and mark, whether it goes on with an earlier start, the lock that keeps others out."""

    folder: Path
    mark: RunMark
    continued: bool
    lock: FileLock

    def close(self, *, complete: bool) -> None:
        """Writes whether it came to its end, and lets others in. Raises UserMistake when the disk refuses."""
        try:
            _write_mark(self.folder, replace(self.mark, complete=complete))
        finally:
            self.lock.release()

    def discard(self, *, but: Path | None = None) -> None:
        """Removes the folder of a run in which nothing was observed, all `but` one file that says why."""
        self.lock.release()
        said = but.read_bytes() if but and but.is_file() else b""
        shutil.rmtree(self.folder, ignore_errors=True)
        if but and said:
            write_whole(but, said)


def open_run(
    reports_dir: Path, system: str, base_url: str, sameness: str, timezone: str, *, fresh: bool = False
) -> OpenRun:
    """The newest unfinished run of the same system, file and options (within 24 hours), or a new folder.

    `sameness` sums up what must be equal for a continued run. Raises UserMistake when the folder cannot be written.
    """
    home = reports_dir / system
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_mistake(home, error) from None
    now = datetime.now(ZoneInfo(timezone))
    if not fresh and (found := _unfinished(home, base_url, sameness, now)):
        return found
    for form in ("%Y-%m-%dT%H%M", "%Y-%m-%dT%H%M%S", "%Y-%m-%dT%H%M%S.%f"):
        folder = home / now.strftime(form)
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise disk_mistake(home, error) from None
        mark = RunMark(folder.name, system, now.isoformat(timespec="seconds"), base_url, sameness)
        _write_mark(folder, mark)
        lock = _lock_of(folder)
        lock.acquire(timeout=5)
        return OpenRun(folder, mark, False, lock)
    raise UserMistake("no free name for the run's folder", str(home), "Start again.")


def _unfinished(home: Path, base_url: str, sameness: str, now: datetime) -> OpenRun | None:
    for folder in sorted((f for f in home.iterdir() if f.is_dir() and not f.is_symlink()), reverse=True):
        mark = read_mark(folder)
        if mark is None or mark.complete or mark.tool != __version__:
            continue
        if (mark.sameness, mark.base_url) != (sameness, base_url):
            continue
        if (now - datetime.fromisoformat(mark.started)).total_seconds() > UNFINISHED_HOURS * 3600:
            continue
        lock = _lock_of(folder)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue  # another process is running it now
        _sweep(folder)
        Store(folder).forget_tool_errors()
        return OpenRun(folder, mark, True, lock)
    return None


def _sweep(folder: Path) -> None:
    """Removes what a killed start was writing when it died."""
    for path in folder.rglob("*.part"):
        path.unlink(missing_ok=True)


def _lock_of(folder: Path) -> FileLock:
    try:
        (folder / ".locks").mkdir(exist_ok=True)
    except OSError as error:
        raise disk_mistake(folder, error) from None
    return FileLock(folder / ".locks" / "run.lock")


def read_mark(folder: Path) -> RunMark | None:
    """The mark of a run's folder; None when the folder holds no readable one."""
    try:
        return RunMark(**json.loads((folder / "run.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write_mark(folder: Path, mark: RunMark) -> None:
    write_whole(folder / "run.json", json.dumps(asdict(mark), indent=1, ensure_ascii=False).encode())


def point_latest(folder: Path) -> Path:
    """Points `reports/<system>/latest` at this run: a link, or where links are not allowed a file that names it."""
    latest = folder.parent / "latest"
    passing = folder.parent / f".latest-{os.getpid()}"
    try:
        passing.unlink(missing_ok=True)
        passing.symlink_to(folder.name, target_is_directory=True)
        os.replace(passing, latest)
    except OSError:
        passing.unlink(missing_ok=True)
        write_whole(folder.parent / "latest.txt", folder.name.encode())
    return latest
