"""The observation store: one run's folder on disk, where every fact is made once and read many times.

Layout of a run's folder: `run.json` (what this run is), `observations/<key>.json`, `evidence/<key>/…`,
`manifest.json` (every file with its SHA-256). Files are written beside their place and moved into it, so that a run
killed at any moment leaves whole files only.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from toantrinh import __version__
from toantrinh.mistakes import UserMistake
from toantrinh.redaction import Redactor
from toantrinh.traces import clean_trace

T = TypeVar("T", bound=BaseModel)
LOCK_S = 900
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_HANDLES = (errno.EMFILE, errno.ENFILE)
UMASK = os.umask(0)
os.umask(UMASK)


class Outcome(StrEnum):
    """How an attempt to observe ended."""

    OBSERVED = "observed"
    NOT_TESTED = "not-tested"  # no account, no authorisation, a captcha, a step before it
    NETWORK = "network"  # the network or the address, not the system's behaviour
    TOOL_ERROR = "tool-error"  # our fault


class NotObserved(Exception):
    """Raised by an observer that could not look; the reason is kept as the observation."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        self.outcome, self.reason = outcome, reason
        super().__init__(reason)


class Observed(BaseModel, Generic[T]):
    """An observation with its circumstances. `data` is None unless `outcome` is `observed`."""

    model_config = ConfigDict(frozen=True)

    key: str
    outcome: Outcome
    reason: str = ""
    made: str
    duration_ms: float
    tool: str = __version__
    attachments: tuple[str, ...] = ()
    data: T | None = None


class Attachments:
    """The evidence folder of one observation. `save` returns the path relative to the run's folder."""

    def __init__(self, run_dir: Path, key: str, clean: Callable[[str], str]) -> None:
        self._run_dir, self.clean = run_dir, clean
        self._folder = run_dir / "evidence" / _slug(key)
        self.saved: list[str] = []
        if self._folder.exists():
            shutil.rmtree(self._folder)

    def hide(self, secret: str) -> None:
        """From now on `secret` is kept neither here nor in the observation, such as a one-time code that was typed."""
        known = self.clean
        hidden = Redactor([secret])
        self.clean = lambda text: hidden.clean(known(text))

    def save(self, name: str, content: bytes | str) -> str:
        """Keeps one file; text is redacted first, in a ZIP too. Raises UserMistake when the disk refuses."""
        data = self.clean(content).encode() if isinstance(content, str) else content
        if name.endswith(".zip") and isinstance(content, bytes):
            data = clean_trace(content, self.clean)
        path = self._folder / re.sub(r"[^\w.\-]+", "-", name)
        write_whole(path, data)
        relative = path.relative_to(self._run_dir).as_posix()
        self.saved.append(relative)
        return relative

    def file_of(self, relative: str) -> Path:
        """The file that `save` has kept under this path."""
        return self._run_dir / relative


class Store:
    """The store of one run. `clean` redacts every text before it is written."""

    def __init__(self, run_dir: Path, clean: Callable[[str], str] = lambda text: text) -> None:
        self.run_dir, self.clean = run_dir, clean

    def attachments(self, key: str) -> Attachments:
        """An evidence folder for what is seen before its observation is made."""
        return Attachments(self.run_dir, key, self.clean)

    def observe(self, key: str, model: type[T], how: Callable[[Attachments], T]) -> Observed[T]:
        """The observation `key`: read when it is there, else made by `how`, under a lock shared by all processes.

        What `how` raises becomes the observation: NotObserved with its outcome, anything else as `tool-error`.
        UserMistake and KeyboardInterrupt pass through, and nothing is written. A `tool-error` of an earlier process of
        this run is tried again once.
        """
        path = self.path_of(key)
        if (known := self._read(path, model)) is not None:
            return known
        lock = self.run_dir / ".locks" / f"{_slug(key)}.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=LOCK_S):
            if (known := self._read(path, model)) is not None:
                return known
            return self._make(key, path, model, how)

    def _make(self, key: str, path: Path, model: type[T], how: Callable[[Attachments], T]) -> Observed[T]:
        made, started = datetime.now(UTC).isoformat(timespec="seconds"), time.perf_counter()
        attachments = Attachments(self.run_dir, key, self.clean)
        outcome, reason, data = Outcome.OBSERVED, "", None
        try:
            data = how(attachments)
        except NotObserved as miss:
            outcome, reason = miss.outcome, miss.reason
        except (UserMistake, KeyboardInterrupt):
            raise
        except OSError as error:
            if error.errno in (*FULL, *NO_HANDLES, errno.EACCES, errno.EROFS):
                raise disk_mistake(self.run_dir, error) from error
            outcome, reason = Outcome.TOOL_ERROR, f"{type(error).__name__}: {error}"
        except Exception as error:
            import traceback

            attachments.save("traceback.txt", traceback.format_exc())
            first_line = next(iter(str(error).splitlines()), "")
            outcome, reason = Outcome.TOOL_ERROR, f"{type(error).__name__}: {first_line}"
        observed: Observed[T] = Observed[model](  # type: ignore[valid-type]
            key=key,
            outcome=outcome,
            reason=reason,
            made=made,
            duration_ms=round((time.perf_counter() - started) * 1000, 1),
            attachments=tuple(attachments.saved),
            data=data,
        )
        write_whole(path, attachments.clean(observed.model_dump_json(indent=1)).encode())
        return observed

    def read(self, key: str, model: type[T]) -> Observed[T] | None:
        """The observation `key` if it was made, without making it."""
        return self._read(self.path_of(key), model)

    def never_made(self, key: str, model: type[T]) -> Observed[T] | None:
        """What stands for an observation that can no longer be made; None where it can."""
        return None

    def _read(self, path: Path, model: type[T]) -> Observed[T] | None:
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            observed: Observed[T] = Observed[model].model_validate_json(text)  # type: ignore[valid-type]
        except ValidationError:
            return None  # damaged, or of another shape: as good as not made
        return observed

    def forget_tool_errors(self) -> int:
        """Removes observations that failed by our fault, so that a continued run makes them anew; their number."""
        count = 0
        for path in self.observations():
            try:
                outcome = read_json(path).get("outcome")
            except (ValueError, AttributeError):
                outcome = Outcome.TOOL_ERROR
            if outcome in (Outcome.TOOL_ERROR, Outcome.NETWORK):
                path.unlink()
                count += 1
        return count

    def path_of(self, key: str) -> Path:
        """Where the observation `key` is kept."""
        return self.run_dir / "observations" / f"{_slug(key)}.json"

    def place_of(self, key: str) -> str:
        """The same place, seen from the run's folder, as reports name it."""
        return self.path_of(key).relative_to(self.run_dir).as_posix()

    def observations(self) -> Iterator[Path]:
        """All kept observations, in order of their keys."""
        yield from sorted((self.run_dir / "observations").glob("**/*.json"))

    def write_manifest(self) -> Path:
        """Lists every file of the run with size (bytes) and SHA-256 in `manifest.json`; returns its path. A signature
        of an earlier manifest goes.
        """
        files = [
            {"path": path.relative_to(self.run_dir).as_posix(), "bytes": path.stat().st_size, "sha256": _digest(path)}
            for path in kept_files(self.run_dir)
        ]
        target = self.run_dir / MANIFEST
        (self.run_dir / SIGNATURE).unlink(missing_ok=True)
        write_whole(target, json.dumps({"tool": __version__, "files": files}, indent=1).encode())
        return target


def kept_files(run_dir: Path) -> Iterator[Path]:
    """Every file of a run's record, sorted; the manifest and its signature are about them and not among them."""
    about = (run_dir / MANIFEST, run_dir / SIGNATURE)
    for path in sorted(run_dir.rglob("*")):
        if path.is_file() and path not in about and not _passing(path.relative_to(run_dir)):
            yield path


def _passing(relative: Path) -> bool:
    """Locks, unfinished files and the started system's own data are no part of the record."""
    return relative.parts[0] == "system" or ".locks" in relative.parts or relative.suffix in (".lock", ".part")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _slug(key: str) -> str:
    return "/".join(re.sub(r"[^\w.\-@=]+", "-", part).strip(".") or "-" for part in key.split("/"))


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that it is there wholly or not at all. Raises UserMistake when the disk is full or refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, 0o666 & ~UMASK)  # readable like any other file: mkstemp alone would close it to others
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise disk_mistake(path, error) from error


def disk_mistake(path: Path, error: OSError) -> UserMistake:
    """What the disk's refusal means for the person at the keyboard."""
    if error.errno in FULL:
        advice = "Free some space and start again: the run goes on with what it has observed."
        return UserMistake("the disk is full.", str(path), advice)
    if error.errno in NO_HANDLES:
        advice = "Raise the limit (ulimit -n) and start again: the run goes on with what it has observed."
        return UserMistake("too many files are open.", str(path), advice)
    return UserMistake(f"cannot be written ({error.strerror}).", str(path), "Choose another place with --reports-dir.")


def read_json(path: Path) -> Any:
    """The content of a JSON file of the run."""
    return json.loads(path.read_text(encoding="utf-8"))
