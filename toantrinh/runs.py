"""A run's folder: a new one, or the unfinished one that this run goes on with; and the pointer to the newest."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from toantrinh import __version__
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.store import Store, disk_mistake, write_whole

UNFINISHED_HOURS = 24
SECOND_LOOK = "second-look"  # a folder with observations made anew, for what was charged
_NAME = re.compile(r"[\w\-][\w.\-]{0,99}")  # of a system's folder


@dataclass(frozen=True)
class RunMark:
    """`run.json`: what this run is. Two starts with the same `sameness` are the same run, continued.

    `asked`: what of the suites was asked, relative to their folder. `options`: those by which it was judged, by name.
    `replay`: the record `id` judged again.
    """

    id: str
    system: str
    started: str
    base_url: str
    sameness: str
    tool: str = __version__
    complete: bool = False
    finished: str = ""
    command: str = ""
    asked: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    replay: bool = False


@dataclass(frozen=True)
class OpenRun:
    """An open run: its folder and mark, whether it goes on with an earlier start, the lock that keeps others out."""

    folder: Path
    mark: RunMark
    continued: bool
    lock: FileLock

    def close(self, *, complete: bool, finished: str = "") -> None:
        """Writes whether it came to its end, and when, and lets others in. Raises UserMistake when the disk refuses."""
        try:
            _write_mark(self.folder, replace(self.mark, complete=complete, finished=finished))
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
    reports_dir: Path, wanted: RunMark, timezone: str, *, fresh: bool = False, resume: bool = False
) -> OpenRun:
    """The newest unfinished run of the same system, file and options (within 24 hours; with `resume` of any age and no
    other), or a new folder. `wanted` says what must be equal; its id and times are given here.

    Raises UserMistake when the folder cannot be written, and when there is nothing to resume.
    """
    home = reports_dir / wanted.system
    now = datetime.now(ZoneInfo(timezone))
    if not fresh and home.is_dir() and (found := _unfinished(home, wanted, now, of_any_age=resume)):
        return found
    if resume:
        raise UserMistake(_nothing_to_resume(home, wanted), "--resume", "Start it without --resume.")
    folder = _new_folder(home, now)
    mark = replace(wanted, id=folder.name, started=now.isoformat(timespec="seconds"))
    return _opened(folder, mark)


def open_replay(reports_dir: Path, record: RunMark, timezone: str) -> OpenRun:
    """A new folder in which `record` is judged again; its mark stays that of the record, which is what is judged.

    Raises UserMistake when the folder cannot be written.
    """
    folder = _new_folder(reports_dir / record.system, datetime.now(ZoneInfo(timezone)))
    return _opened(folder, replace(record, replay=True))


def _opened(folder: Path, mark: RunMark) -> OpenRun:
    _write_mark(folder, mark)
    lock = _lock_of(folder)
    lock.acquire(timeout=5)
    return OpenRun(folder, mark, False, lock)


def _new_folder(home: Path, now: datetime) -> Path:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_mistake(home, error) from None
    for form in ("%Y-%m-%dT%H%M", "%Y-%m-%dT%H%M%S", "%Y-%m-%dT%H%M%S.%f"):
        folder = home / now.strftime(form)
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise disk_mistake(home, error) from None
        return folder
    raise UserMistake("no free name for the run's folder", str(home), "Start again.")


def _unfinished(home: Path, wanted: RunMark, now: datetime, *, of_any_age: bool = False) -> OpenRun | None:
    for folder, mark in _cut_off(home):
        if (mark.tool, mark.sameness, mark.base_url) != (wanted.tool, wanted.sameness, wanted.base_url):
            continue
        old = (now - datetime.fromisoformat(mark.started)).total_seconds() > UNFINISHED_HOURS * 3600
        if old and not of_any_age:
            continue
        lock = _lock_of(folder)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue  # another process is running it now
        _sweep(folder)
        for place in (folder, folder / SECOND_LOOK):
            Store(place).forget_tool_errors()
        return OpenRun(folder, mark, True, lock)
    return None


def _cut_off(home: Path) -> Iterator[tuple[Path, RunMark]]:
    """The runs that did not come to their end, the newest first."""
    for folder in sorted((f for f in home.iterdir() if f.is_dir() and not f.is_symlink()), reverse=True):
        mark = read_mark(folder)
        if mark is not None and not mark.complete and not mark.replay:
            yield folder, mark


def _nothing_to_resume(home: Path, wanted: RunMark) -> str:
    left = list(_cut_off(home)) if home.is_dir() else []
    if not left:
        return f"no run of {wanted.system!r} was cut off: there is nothing to go on with."
    folder, mark = left[0]
    if mark.tool != wanted.tool:
        why = f"version {mark.tool} made it, and this is {wanted.tool}"
    elif mark.base_url != wanted.base_url:
        why = f"it was of {mark.base_url}"
    else:
        why = (
            "its options or the system's file were others" if mark.sameness != wanted.sameness else "it is running now"
        )
    return f"{shown(folder)} was cut off, and this command does not go on with it: {why}."


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


def strangeness_of(mark: RunMark) -> str:
    """What in a mark, which may come from anybody, is not for us to follow, in Vietnamese; empty when nothing is.

    A run asks for suites of this installation, by their names, and lies in the folder of its system.
    """
    if not isinstance(mark.system, str) or not _NAME.fullmatch(mark.system):
        return f"tên hệ thống trong run.json không hợp lệ: {mark.system!r}"
    if not isinstance(mark.asked, list | tuple) or not isinstance(mark.options, dict):
        return "run.json không đúng dạng"
    for part in mark.asked:
        path = PurePosixPath(str(part).split("::")[0])
        if path.is_absolute() or ".." in path.parts or "\\" in str(path) or ":" in str(path):
            return f"run.json đòi chấm thứ nằm ngoài suites/: {part}"
    return ""


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
