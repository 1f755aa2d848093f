"""How many requests the questions about security may send: a fixed number for the run and for each subject.

All processes of a run, and all starts of one that was continued, share what was spent, in one small file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from filelock import FileLock

from toantrinh.store import write_whole

FILE_NAME = "requests.json"
LOCK_S = 10


@dataclass(frozen=True)
class Limit:
    """The most requests of one subject, and its Vietnamese name."""

    title: str
    requests: int


@dataclass(frozen=True)
class Limits:
    """The most requests of a run, and of each subject by its name."""

    run: int
    subjects: Mapping[str, Limit]


@cache
def limits() -> Limits:
    """The limits as the data file says."""
    data = yaml.safe_load((Path(__file__).parent / "budget.yaml").read_text(encoding="utf-8"))
    return Limits(data["run"], {name: Limit(**entry) for name, entry in data["subjects"].items()})


class Budget:
    """The requests of one run. `folder`: the run's folder; None: this process alone."""

    def __init__(self, folder: Path | None = None, most: Limits | None = None) -> None:
        self.limits = most or limits()
        self._file = folder / FILE_NAME if folder else None
        self._lock = folder / ".locks" / "requests.lock" if folder else None
        self._own: dict[str, int] = {}

    def spend(self, subject: str) -> str:
        """Takes one request of the subject; or says why there is none left. Raises KeyError for an unknown subject."""
        limit = self.limits.subjects[subject]
        if self._file is None or self._lock is None:
            return self._take(self._own, subject, limit)
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._lock, timeout=LOCK_S):
            spent = read_spent(self._file)
            if why := self._take(spent, subject, limit):
                return why
            write_whole(self._file, json.dumps(spent).encode())
        return ""

    def spent(self) -> dict[str, int]:
        """Requests sent so far, by subject."""
        return dict(self._own) if self._file is None else read_spent(self._file)

    def _take(self, spent: dict[str, int], subject: str, limit: Limit) -> str:
        if spent.get(subject, 0) >= limit.requests:
            return f"đã dùng hết {limit.requests} yêu cầu dành cho phần “{limit.title}”"
        if sum(spent.values()) >= self.limits.run:
            return f"đã dùng hết {self.limits.run} yêu cầu thăm dò của cả lần chạy"
        spent[subject] = spent.get(subject, 0) + 1
        return ""


def read_spent(file: Path) -> dict[str, int]:
    """The requests that a run's file says were sent, by subject; none where there is no readable file."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): int(count) for name, count in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def said_of_budget(folder: Path) -> str:
    """What a run spent of its requests, in one sentence; empty when it asked nothing."""
    spent, most = read_spent(folder / FILE_NAME), limits()
    if not spent:
        return ""
    each = ", ".join(
        f"{limit.title.lower()} {spent[name]}/{limit.requests}"
        for name, limit in most.subjects.items()
        if name in spent
    )
    return f"Yêu cầu thăm dò an toàn thông tin đã gửi: {sum(spent.values())}/{most.run} ({each})"
