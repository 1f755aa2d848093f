"""Answers that are not found again: a fail where the file is verified, else a question with the places looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from suites.functional import test_1_05_form as s05
from tests.suites_functional.mistakes import record
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import Kept, ReturnTrial, RoughApplication
from toantrinh.verdicts import Verdict

PLACE = "http://127.0.0.1/ho-so/7/noi-dung"
KEPT = (Kept(label="Họ và tên", before="Nguyễn Văn A", after="Nguyễn Văn A"),)
CHECKS = [("draft", s05.test_draft_is_found_again), ("expired", s05.test_expired_session_loses_nothing)]


def said(part: str, test: Callable[..., None], *, verified: bool, **facts: Any) -> Judgement | None:
    trial = ReturnTrial(reach=Reach.REACHED, address=PLACE, found_by="ở địa chỉ cũ", **facts)
    try:
        test(record(RoughApplication(name="rough-application", **{part: trial}), verified=verified))
    except Judgement as judgement:
        return judgement
    return None


@pytest.mark.parametrize(("part", "test"), CHECKS)
def test_not_found_again_is_a_fail_in_a_verified_file(part: str, test: Callable[..., None]) -> None:
    found = said(part, test, verified=True, arrived=False)
    assert found is not None and found.verdict is Verdict.FAIL


@pytest.mark.parametrize(("part", "test"), CHECKS)
def test_not_found_again_is_for_a_person_elsewhere(part: str, test: Callable[..., None]) -> None:
    found = said(part, test, verified=False, arrived=False)
    assert found is not None and found.verdict is Verdict.NEEDS_REVIEW
    assert f"nơi đã tìm: ở địa chỉ cũ – {PLACE}" in found.message


@pytest.mark.parametrize(("part", "test"), CHECKS)
@pytest.mark.parametrize("verified", [True, False])
def test_what_is_seen_to_be_lost_is_a_fail_everywhere(part: str, test: Callable[..., None], verified: bool) -> None:
    gone = tuple(one.model_copy(update={"after": ""}) for one in KEPT)
    found = said(part, test, verified=verified, arrived=True, kept=gone)
    assert found is not None and found.verdict is Verdict.FAIL
    assert said(part, test, verified=verified, arrived=True, kept=KEPT) is None
