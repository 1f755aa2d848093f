"""Coming back to answers given before: they should stand there again."""

from __future__ import annotations

from fixtures.scenarios import ScenarioRecord
from toantrinh.judgement import fail, partial
from toantrinh.observations.mistakes import ReturnTrial, RoughApplication

HALF = 0.5  # when fewer of the answers are left than this, they count as lost


def judge_return(rough: ScenarioRecord[RoughApplication], trial: ReturnTrial, how: str) -> None:
    """Judges what was found of the answers; `how` one came back, in words for a person."""
    rough.need(trial)
    expected = "dữ liệu đã điền vẫn còn"
    if not trial.arrived:
        fail(f"{how}: không thấy lại biểu mẫu đang điền", rough.grounds(trial, expected, trial.found_by))
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
