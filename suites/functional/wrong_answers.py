"""How a page should meet wrong answers: not go on, and say so beside each field (or lead there from a summary)."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.scenarios import ScenarioRecord
from toantrinh.judgement import fail, not_applicable, not_tested, partial
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import Outcome, Place, RoughApplication, WrongAnswer

GOOD = {Place.BESIDE: 1.0, Place.LINKED: 1.0, Place.NAMED: 0.5, Place.GENERAL: 0.5, Place.NONE: 0.25}
"""What a refusal is worth by where its message stands; an accepted wrong answer is worth nothing."""
KINDS = {
    "empty": "để trống",
    "date": "ngày",
    "number": "số",
    "email": "thư điện tử",
    "phone": "điện thoại",
    "cccd": "số định danh",
    "tax-code": "mã số thuế",
}


def judge_answers(
    rough: ScenarioRecord[RoughApplication], is_meant: Callable[[str], bool], none: str, wrong: str
) -> None:
    """Judges the wrong answers of the kinds that are meant. `none`: why there is nothing to judge, `wrong`: what they
    are."""
    rough.need(rough.data.form)
    for trial in rough.data.answers:
        if trial.reach is not Reach.REACHED:
            rough.need(trial)
    rows = [(trial, answer) for trial in rough.data.answers for answer in trial.answers if is_meant(answer.kind)]
    if not rows:
        not_applicable(none)
    rough.at(*dict.fromkeys(trial for trial, _ in rows))
    seen = [(trial, answer) for trial, answer in rows if answer.outcome in (Outcome.REFUSED, Outcome.ACCEPTED)]
    if not seen:
        if all(answer.outcome is Outcome.PREVENTED for _, answer in rows):
            return  # the fields take nothing of the kind
        asked = next((answer.message for _, answer in rows if answer.outcome is Outcome.UNSEEN and answer.message), "")
        first = asked or "trang từ chối vì lỗi khác trước"
        not_tested(f"{first}, chưa xét đến: " + _named([answer for _, answer in rows]))
    share = sum(_worth(answer) for _, answer in seen) / len(seen)
    if share == 1:
        return
    accepted = [answer for _, answer in seen if answer.outcome is Outcome.ACCEPTED]
    silent = [answer for _, answer in seen if answer.outcome is Outcome.REFUSED and answer.place is Place.NONE]
    elsewhere = [answer for _, answer in seen if answer.place in (Place.NAMED, Place.GENERAL)]
    parts = [
        f"{what}: {_named(answers)}"
        for what, answers in (
            (f"{wrong} mà vẫn cho đi tiếp", accepted),
            ("không cho đi tiếp nhưng không nói gì", silent),
            ("thông báo không nằm cạnh ô", elsewhere),
        )
        if answers
    ]
    first = next(trial for trial, answer in seen if _worth(answer) < 1)
    message = "; ".join(parts)
    shown = "; ".join(dict.fromkeys(a.message for a in (*elsewhere, *silent, *accepted) if a.message))
    grounds = rough.grounds(first, "bị từ chối, thông báo cạnh từng ô", shown or message)
    if share == 0:
        fail(message, grounds)
    partial(share, message, grounds)


def _worth(answer: WrongAnswer) -> float:
    return 0.0 if answer.outcome is Outcome.ACCEPTED else GOOD[answer.place]


def _named(answers: list[WrongAnswer]) -> str:
    names = dict.fromkeys(
        answer.label if answer.kind == "empty" else f"{answer.label} ({KINDS[answer.kind]})" for answer in answers
    )
    return ", ".join(list(names)[:6])
