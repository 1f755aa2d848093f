"""Coming back to answers given before: they should stand there again."""

from __future__ import annotations

from typing import NoReturn

from fixtures.scenarios import ScenarioRecord
from toantrinh.judgement import fail, needs_review, partial
from toantrinh.observations.mistakes import ReturnTrial, RoughApplication

HALF = 0.5  # when fewer of the answers are left than this, they count as lost


def judge_return(rough: ScenarioRecord[RoughApplication], trial: ReturnTrial, how: str) -> None:
    """Judges what was found of the answers; `how` one came back, in words for a person."""
    rough.need(trial)
    expected = "dữ liệu đã điền vẫn còn"
    if not trial.arrived:
        _not_found_again(rough, trial, how, expected)
    known = [one for one in trial.kept if one.after is not None]
    lost = [one for one in known if one.lost]
    if not lost:
        return
    message = f"{how} thì mất: " + "; ".join(one.label for one in lost[:6])
    seen = "; ".join(f"{one.label}: “{one.after}” thay vì “{one.before}”" for one in lost[:3])
    share = 1 - len(lost) / len(known)
    if share < HALF:
        fail(message, rough.grounds(trial, expected, seen))
    partial(share, message, rough.grounds(trial, expected, seen))


def _not_found_again(rough: ScenarioRecord[RoughApplication], trial: ReturnTrial, how: str, expected: str) -> NoReturn:
    """Absence: a fail only where a person has verified the system's file; else a person sees where we looked."""
    message = f"{how}: không thấy lại biểu mẫu đang điền"
    looked = f"nơi đã tìm: {' – '.join(part for part in (trial.found_by, trial.address) if part)}"
    grounds = rough.grounds(trial, expected, looked)
    if rough.verified:
        fail(message, grounds)
    needs_review(f"{message} ({looked})", grounds)
