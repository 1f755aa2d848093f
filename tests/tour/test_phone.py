"""The journey on a phone is compared with the one at a desk: only what the desk reached is asked of the phone."""

from __future__ import annotations

import pytest

from fixtures.tour import PhoneRecord
from suites.layout import test_2_3_phone as l23
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.journey import Journey, Reach, Shot, Step, StepName
from toantrinh.verdicts import Verdict


def journey(width: int, *, stops: StepName | None = None, how: Reach = Reach.REACHED) -> Journey:
    steps = []
    for name in l23.WAY:
        ended = how if name is stops else Reach.REACHED
        shots = (Shot(path="evidence/x.jpg", title="Nơi dừng lại"),) if name is stops else ()
        address = f"https://cong.example/{name}"
        steps.append(Step(name=name, reach=ended, why="không thấy nút" if shots else "", address=address, shots=shots))
        if name is stops:
            break
    return Journey(
        service="1.1", name="x", declared="toàn trình", fee=0, account="citizen", persona="", viewport=(width, 740),
        steps=tuple(steps),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("desk", "phone", "verified", "wanted"),
    [
        ((None, Reach.REACHED), (None, Reach.REACHED), True, Verdict.PASS),
        ((None, Reach.REACHED), (StepName.DETAIL, Reach.ABSENT), True, Verdict.FAIL),
        ((None, Reach.REACHED), (StepName.FORM, Reach.REFUSED), False, Verdict.FAIL),
        ((None, Reach.REACHED), (StepName.DETAIL, Reach.ABSENT), False, Verdict.NEEDS_REVIEW),
        ((None, Reach.REACHED), (StepName.FORM, Reach.UNANSWERED), True, Verdict.NEEDS_REVIEW),
        ((None, Reach.REACHED), (StepName.FORM, Reach.TOOL_ERROR), True, Verdict.NEEDS_REVIEW),
        ((None, Reach.REACHED), (StepName.LOG_IN, Reach.NOT_TRIED), True, Verdict.NOT_TESTED),
        ((StepName.FORM, Reach.REFUSED), (StepName.FORM, Reach.REFUSED), True, Verdict.NOT_TESTED),
    ],
)
def test_only_what_the_desk_reached_is_asked(
    desk: tuple[StepName | None, Reach], phone: tuple[StepName | None, Reach], verified: bool, wanted: Verdict
) -> None:
    at_desk, on_phone = journey(1366, stops=desk[0], how=desk[1]), journey(360, stops=phone[0], how=phone[1])
    record = PhoneRecord(at_desk, on_phone, "observations/x.json", verified)
    verdict, words = verdict_of(l23.test_dossier_is_sent_from_a_phone, record)
    assert verdict is wanted, words
    if wanted is Verdict.FAIL:
        assert phone[0] and phone[0].vietnamese in words and "360 × 740" in words
        assert record.evidence[0].path == "evidence/x.jpg"
