"""What a run leaves in the system that it judged: dossiers that were not withdrawn, drafts, feedback."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.plain_text import plain
from toantrinh.store import Store, read_json, write_whole

FILE_NAME = "left-behind.txt"
SETTLED = "trả kết quả"


class Left(NamedTuple):
    """One thing that stays: its code or name, the service (empty: none), and why it was not taken back."""

    what: str
    service: str
    why: str

    def __str__(self) -> str:
        return plain(f"{self.what}{f' ({self.service})' if self.service else ''}: {self.why}")


class _Scenario(BaseModel):
    model_config = ConfigDict(extra="ignore")

    service: str = ""
    left_behind: tuple[str, ...] = ()


def left_behind(store: Store) -> tuple[Left, ...]:
    """Everything of this run that stays in the system, read from the record, in its order."""
    found: list[Left] = []
    for path in store.observations():
        try:
            record = read_json(path)
        except ValueError:
            continue
        key, data = str(record.get("key", "")), record.get("data")
        if key.startswith("journey/"):
            found += _of_journey(data)
        elif key.startswith(("scenario/", "interference/", "security/", "load/")):
            found += _of_scenario(data)
    return tuple(dict.fromkeys(found))


def write_left_behind(store: Store, left: tuple[Left, ...]) -> None:
    """Keeps the list in the run's folder, one line for each thing, empty when nothing stays."""
    write_whole(store.run_dir / FILE_NAME, "".join(f"{one}\n" for one in left).encode())


def _of_journey(data: Any) -> list[Left]:
    try:
        journey = Journey.model_validate(data)
    except ValidationError:
        return []
    if journey.submit is None:
        if journey.step(StepName.SUBMIT).reach in (Reach.NOT_TRIED, Reach.NOT_NEEDED):
            return []
        unseen = f"hồ sơ {journey.service} có thể đã nộp mà không thấy mã"  # pressed, and no code was seen
        return [Left(unseen, journey.service, "chưa lấy lại")]
    if journey.taken_back:
        return []
    if journey.officer is not None and SETTLED in journey.officer.acts:
        why = "đã trả kết quả nên không rút được"
    else:
        why = "rút không được" if journey.taken_back is False else "chưa rút"
    return [Left(f"hồ sơ {journey.submit.code}", journey.service, why)]


def _of_scenario(data: Any) -> list[Left]:
    try:
        scenario = _Scenario.model_validate(data)
    except ValidationError:
        return []
    return [Left(what, scenario.service, "chưa lấy lại") for what in scenario.left_behind]
