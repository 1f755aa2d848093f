"""5.3 Bàn phím và tiêu điểm: nộp hồ sơ chỉ bằng bàn phím (WCAG 2.1.1)."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.by_keyboard import ByKeyboardRecord
from fixtures.checks import check
from toantrinh.judgement import Grounds, fail, needs_review, not_tested
from toantrinh.observations.by_keyboard import Blocked
from toantrinh.observations.journey import Reach, StepName

WAY = tuple(StepName)[: tuple(StepName).index(StepName.SUBMIT) + 1]
DONE = (Reach.REACHED, Reach.NOT_NEEDED)
OURS = (Reach.ABSENT, Reach.UNANSWERED, Reach.REFUSED)  # how a step may end because of what the keyboard left undone
EXPECTED = "tới được bằng Tab, dùng được bằng Enter, phím cách hoặc phím mũi tên, như bằng chuột"
MOST_NAMED = 6


@check("keyboard.whole-submission")
def test_whole_submission_by_keyboard(keyboard_journey: ByKeyboardRecord) -> None:
    """Đi hết từ trang chủ tới mã hồ sơ không dùng chuột (WCAG 2.1.1).

    Only what the journey by mouse came through is asked; pages of other parties are not.
    """
    desk, keys = keyboard_journey.desk, keyboard_journey.keys
    sure = [one for one in keys.blocked if one.sure and desk.reached(one.step)]
    if sure:
        keyboard_journey.look_at(*sure)
        fail(f"phải dùng chuột: {_told(sure)}", _grounds(sure))
    if keys.blocked:
        keyboard_journey.look_at(*keys.blocked)
        needs_review(f"có thể phải dùng chuột: {_told(keys.blocked)}", _grounds(keys.blocked))
    if keys.untried:
        told = "; ".join(keys.untried[:MOST_NAMED])
        needs_review(f"chưa thử được bằng phím: {told}", Grounds(EXPECTED, told, identity="by-keyboard untried"))
    if keys.code:
        return
    if not desk.reached(StepName.SUBMIT):
        not_tested(f"hành trình bằng chuột cũng chưa nộp được hồ sơ – {desk.stopped_at()}")
    last = next((step for step in reversed(keys.steps) if step.name in WAY and step.reach not in DONE), None)
    said = f"{last.name.vietnamese}: {last.why}" if last else "không tới được mã hồ sơ"
    grounds = Grounds(EXPECTED, said, last.address if last else "", f"by-keyboard {last.name if last else ''}")
    if last and last.reach in OURS:
        needs_review(f"chỉ bằng bàn phím thì dừng ở bước {said}; bằng chuột thì qua được", grounds)
    not_tested(f"chưa đi hết được bằng bàn phím – {said}", grounds)


def _told(blocked: Sequence[Blocked]) -> str:
    named = [f"{one.step.vietnamese}: “{one.label or one.selector}” {one.why.vietnamese}" for one in blocked]
    more = f"; và {len(named) - MOST_NAMED} chỗ nữa" if len(named) > MOST_NAMED else ""
    return "; ".join(named[:MOST_NAMED]) + more


def _grounds(blocked: Sequence[Blocked]) -> Grounds:
    pressed = [f" (đã bấm {', '.join(one.tried)})" if one.tried else "" for one in blocked]
    return Grounds(
        expected=EXPECTED,
        seen="; ".join(f"{one.markup}{keys}" for one, keys in zip(blocked, pressed, strict=True)),
        where="; ".join(f"{one.address} {one.selector}" for one in blocked),
        identity="by-keyboard " + " ".join(sorted({one.selector for one in blocked})),
    )
