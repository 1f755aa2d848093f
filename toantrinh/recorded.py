"""A run's record, judged again: the system as it was described then, and a store that makes nothing new.

`system.json` in a run's folder holds what checks may ask of the system's file. Who logs in, with what, and how the
system is started is not in it: a record asks nobody.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.store import Attachments, NotObserved, Observed, Outcome, Store, write_whole
from toantrinh.system_model import System

T = TypeVar("T", bound=BaseModel)
FILE_NAME = "system.json"
NOT_IN_RECORD = "không có trong bản ghi được chấm lại"
UNREADABLE = "bản ghi của phần này hỏng hoặc do phiên bản khác ghi, không đọc được"
LENT = "env:NOT_IN_THE_RECORD"


def keep_system(system: System, run_dir: Path) -> Path:
    """Writes what the file of the system says, without accounts, and returns the place."""
    facts = system.model_dump(mode="json", by_alias=True, exclude={"start", "extends"})
    facts["accounts"] = {name: {"username": LENT, "password": LENT} for name in facts["accounts"]}
    if facts["captcha"]:
        facts["captcha"]["answer"] = LENT
    path = run_dir / FILE_NAME
    write_whole(path, json.dumps({"digest": system.digest, "system": facts}, indent=1, ensure_ascii=False).encode())
    return path


def recorded_system(run_dir: Path, started: str) -> System:
    """The system of a record, as it was known when the run began (`started`, ISO 8601). Raises UserMistake."""
    path = run_dir / FILE_NAME
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        system = System.model_validate(kept["system"], context={"loopback": True})
        return system.as_of(datetime.fromisoformat(started), str(kept["digest"]))
    except FileNotFoundError:
        why = "was made by an older version: it does not say how the system was described"
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        why = f"is damaged ({type(error).__name__})"
    raise UserMistake(f"the record {why}.", shown(path), "Judge the system itself: pytest --system=NAME.")


class Recorded(Store):
    """The store of a run that is judged again: everything is read, nothing made, and each thing is read once."""

    def __init__(self, run_dir: Path, clean: Callable[[str], str] = lambda text: text) -> None:
        super().__init__(run_dir, clean)
        self._known: dict[tuple[Path, type[BaseModel]], Any] = {}

    def observe(self, key: str, model: type[T], how: Callable[[Attachments], T]) -> Observed[T]:
        """The observation as it was made; `not-tested` when it was not, `tool-error` when it cannot be read."""
        return self.read(key, model) or self.never_made(key, model)

    def never_made(self, key: str, model: type[T]) -> Observed[T]:
        """What stands for an observation that the record does not hold."""
        damaged = self.path_of(key).exists()
        return Observed[model](  # type: ignore[valid-type]
            key=key,
            outcome=Outcome.TOOL_ERROR if damaged else Outcome.NOT_TESTED,
            reason=UNREADABLE if damaged else NOT_IN_RECORD,
            made="",
            duration_ms=0,
        )

    def attachments(self, key: str) -> Attachments:
        """Raises NotObserved: nothing is added to a record."""
        raise NotObserved(Outcome.NOT_TESTED, NOT_IN_RECORD)

    def _read(self, path: Path, model: type[T]) -> Observed[T] | None:
        if (path, model) not in self._known:
            self._known[path, model] = super()._read(path, model)
        found: Observed[T] | None = self._known[path, model]
        return found
