"""Two scorecards are compared verdict by verdict and point by point; the first difference is told first."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from toantrinh.bundle.comparing import differences


def card() -> dict[str, Any]:
    """A scorecard with one check."""
    row = {"service": "1.001193", "verdict": "pass", "share": 1.0, "message": "", "duration_ms": 3.5, "evidence": []}
    check = {"id": "form.required", "verdict": "pass", "results": [row]}
    criterion = {"id": "1.5", "points": 4.0, "low": 4.0, "high": 4.0, "checks": [check]}
    group = {"id": "1", "points": 50.0, "low": 4.0, "high": 50.0, "criteria": [criterion]}
    return {
        "tool": {"version": "0.1.0"}, "criteria_set": {"id": "qd473-2024", "version": "1", "sha256": "ab", "catalogue": {"sha256": "cd"}},
        "score": {"low": 4.0, "high": 50.0}, "grade": {"low": "E", "high": "D"}, "groups": [group], "advice": [],
        "services": [{"code": "1.001193", "journey": [{"step": "search", "duration_ms": 120.0}]}],
    }  # fmt: skip


def row_of(card: dict[str, Any]) -> dict[str, Any]:
    return card["groups"][0]["criteria"][0]["checks"][0]["results"][0]


def test_equal_scorecards_differ_in_nothing() -> None:
    assert list(differences(card(), card())) == []


def test_the_time_that_judging_took_is_no_difference() -> None:
    again = card()
    row_of(again)["duration_ms"] = 99.0
    assert list(differences(card(), again)) == []


@pytest.mark.parametrize(
    ("change", "first"),
    [
        (lambda c: c["score"].update(low=9.5), "tổng điểm, đầu thấp: phiếu điểm ghi 9.5, chấm lại được 4"),
        (lambda c: c["grade"].update(high="A"), "xếp loại, đầu cao: phiếu điểm ghi A, chấm lại được D"),
        (lambda c: c["groups"][0].update(low=5.0), "nhóm 1: điểm, đầu thấp: phiếu điểm ghi 5, chấm lại được 4"),
        (
            lambda c: c["groups"][0]["criteria"][0].update(low=3.0),
            "tiêu chí 1.5: điểm, đầu thấp: phiếu điểm ghi 3, chấm lại được 4",
        ),
        (
            lambda c: row_of(c).update(verdict="fail"),
            "phép kiểm form.required, dịch vụ 1.001193: phán quyết: phiếu điểm ghi fail, chấm lại được pass",
        ),
        (
            lambda c: row_of(c).update(message="x"),
            "/groups/1/criteria/1.5/checks/form.required/results/1.001193/message: phiếu điểm ghi x, chấm lại được ",
        ),
        (
            lambda c: c["services"][0]["journey"][0].update(duration_ms=1.0),
            "/services/1.001193/journey/search/duration_ms: phiếu điểm ghi 1, chấm lại được 120",
        ),
        (lambda c: c["groups"].clear(), "nhóm 1: điểm tối đa: phiếu điểm ghi (không có), chấm lại được 50"),
        (lambda c: c["criteria_set"].update(sha256="x"), "bộ tiêu chí (sha256): phiếu điểm ghi x, chấm lại được ab"),
    ],
)
def test_each_difference_is_one_line(change: Callable[[Any], None], first: str) -> None:
    kept = copy.deepcopy(card())
    change(kept)
    assert next(differences(kept, card())) == first


def test_nothing_is_told_twice() -> None:
    kept = card()
    row_of(kept)["verdict"] = "fail"
    assert len(list(differences(kept, card()))) == 1
