"""2.3 Đáp ứng mọi màn hình: nộp hồ sơ trên điện thoại."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.tour import PhoneRecord
from toantrinh.judgement import Grounds, fail, needs_review, not_tested
from toantrinh.observations.journey import Reach, StepName
from toantrinh.verdicts import Evidence

WAY = (
    StepName.HOME,
    StepName.SEARCH,
    StepName.DETAIL,
    StepName.LOG_IN,
    StepName.FORM,
    StepName.PAPERS,
    StepName.SIGN,
    StepName.PAY,
    StepName.SUBMIT,
)
DONE = (Reach.REACHED, Reach.NOT_NEEDED)


@check("layout.phone-journey")
def test_dossier_is_sent_from_a_phone(phone_journey: PhoneRecord) -> None:
    """Hành trình nộp hồ sơ tới khi có mã hồ sơ đi hết ở màn hình 360 × 740 điểm ảnh, bằng chạm.

    Only a step that the desk reached and the phone did not is held against the system.
    """
    desk, phone = phone_journey.desk, phone_journey.phone
    lost = next((name for name in WAY if desk.reached(name) and phone.step(name).reach not in DONE), None)
    if lost is None:
        if not desk.reached(StepName.SUBMIT):
            not_tested(f"hành trình ở màn hình lớn cũng chưa nộp được hồ sơ – {desk.stopped_at()}")
        return
    step = phone.step(lost)
    phone_journey.evidence[:0] = [Evidence(path=shot.path, title=shot.title) for shot in step.shots[-2:]]
    said = f"{lost.vietnamese}: {step.why}"
    grounds = Grounds(
        expected="bước này đi được như ở màn hình lớn",
        seen=step.why,
        where=f"{step.address} ở màn hình {phone.viewport[0]} × {phone.viewport[1]}",
        identity=lost.value,
    )
    if step.reach is Reach.REFUSED or (step.reach is Reach.ABSENT and phone_journey.verified):
        fail(f"trên điện thoại không qua được bước {said}", grounds)
    if step.reach in (Reach.ABSENT, Reach.UNANSWERED, Reach.TOOL_ERROR):
        needs_review(f"trên điện thoại dừng ở bước {said}; ở màn hình lớn thì qua được", grounds)
    not_tested(f"chưa đi hết được trên điện thoại – {said}", grounds)
