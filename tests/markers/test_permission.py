"""Where markers are written at all: only with permission, and where an application was seen before."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.observers.markers.marking import is_personal, observe_markers
from toantrinh.store import Attachments
from toantrinh.systems import load_system


def journey(*reached: StepName) -> Journey:
    steps = tuple(Step(name=name, reach=Reach.REACHED, address="https://a.example/x") for name in reached)
    return Journey(
        service="1.004194", name="x", declared="toàn trình", fee=0, account="citizen", persona="", viewport=(1, 1),
        steps=steps,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "steps", "words"),
    [
        ("https://dichvucong.example", (StepName.DETAIL, StepName.FORM), "authorisation"),
        ("http://127.0.0.1:1", (StepName.DETAIL,), ""),
        ("http://127.0.0.1:1", (), ""),
    ],
)
def test_without_permission_or_a_form_nothing_is_asked(
    tmp_path: Path, address: str, steps: tuple[StepName, ...], words: str
) -> None:
    system = load_system("demo", base_url="http://127.0.0.1:1").model_copy(update={"base_url": address})
    browser = Mock()
    record = observe_markers(browser, system, system.services[0], Attachments(tmp_path, "m", str), journey(*steps))
    assert record.reach is Reach.NOT_TRIED and words in record.why and not record.places
    assert not browser.mock_calls


def test_what_a_citizen_writes_of_themselves_is_not_anothers() -> None:
    assert is_personal("Số điện thoại") and is_personal("Địa chỉ thường trú")
    assert not is_personal("Họ và tên mẹ") and not is_personal("Lý do")
