"""What a run leaves in the system is withdrawn where it can be, and named where it cannot."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.suites_functional.conftest import FREE, Recorded
from toantrinh.journey.walk import make_journey
from toantrinh.left_behind import FILE_NAME, Left, left_behind, write_left_behind
from toantrinh.observations.feedback import FeedbackScenario
from toantrinh.observations.interference import Disturbance, Interference
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.store import Attachments, Store


def test_a_dossier_that_nobody_settles_is_taken_back(recorded: Recorded, chromium: Browser, tmp_path: Path) -> None:
    accounts = {name: one for name, one in recorded.system.accounts.items() if name not in ("officer", "approver")}
    system = recorded.system.model_copy(update={"accounts": accounts})
    service = next(s for s in system.services if s.code == FREE)
    store = Store(tmp_path)
    observed = store.observe(
        f"journey/{FREE}",
        Journey,
        lambda attachments: make_journey(chromium, system, service, attachments, take_back=True),
    )
    assert observed.data is not None
    assert observed.data.taken_back
    assert observed.data.submit is not None and observed.data.submit.code
    assert left_behind(store) == ()


def test_what_stays_is_named_with_its_reason(recorded: Recorded, tmp_path: Path) -> None:
    store = Store(tmp_path)
    settled = recorded.journeys[FREE]
    assert settled.submit is not None

    def keep(key: str, journey: Journey) -> str:
        store.observe(f"journey/{key}", Journey, lambda _: journey)
        return f"hồ sơ {journey.submit.code}" if journey.submit else ""

    code = keep("1-settled", settled)
    keep("2-open", settled.model_copy(update={"officer": None, "taken_back": False}))
    keep("3-taken-back", settled.model_copy(update={"officer": None, "taken_back": True}))
    unsent = tuple(step for step in settled.steps if step.name is not StepName.SUBMIT)
    keep("4-never-sent", settled.model_copy(update={"submit": None, "steps": unsent}))
    pressed = Step(name=StepName.SUBMIT, reach=Reach.REFUSED, why="trang lỗi")
    keep("5-no-code-seen", settled.model_copy(update={"submit": None, "steps": (*unsent, pressed)}))
    store.observe(
        "scenario/feedback",
        FeedbackScenario,
        lambda _: FeedbackScenario(name="feedback", left_behind=("phản ánh X-1",)),
    )
    slow = Interference(
        disturbance=Disturbance.SLOW, service=FREE, delay_s=1, hosts=(), passages=(), left_behind=(f"bản nháp {FREE}",)
    )
    store.observe("interference/slow", Interference, lambda _: slow)
    found = left_behind(store)
    assert found == (
        Left(f"bản nháp {FREE}", FREE, "chưa lấy lại"),
        Left(code, FREE, "đã trả kết quả nên không rút được"),
        Left(code, FREE, "rút không được"),
        Left(f"hồ sơ {FREE} có thể đã nộp mà không thấy mã", FREE, "chưa lấy lại"),
        Left("phản ánh X-1", "", "chưa lấy lại"),
    )
    write_left_behind(store, found)
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8").count("\n") == 5


def test_attachments_are_no_observations(tmp_path: Path) -> None:
    store = Store(tmp_path)
    Attachments(tmp_path, "journey/x", str).save("a.txt", "x")
    assert left_behind(store) == ()
