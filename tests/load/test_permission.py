"""Load goes where it is allowed, when it is allowed, and writes only where that is allowed, too."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from toantrinh.load.permission import hosts_allowed, why_no_load, why_no_writing
from toantrinh.load_terms import LoadTerms
from toantrinh.system_model import Authorisation, System
from toantrinh.systems import load_system

NIGHT = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # 23:30 in Việt Nam
NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
WINDOW = "22:00-05:00"


def system(*, allows: tuple[str, ...] | None = ("load", "submit"), window: str | None = WINDOW, **more: Any) -> System:
    """One that is not on this machine."""
    demo = load_system("demo")
    terms = LoadTerms.model_validate({**demo.load.model_dump(), "window": window, **more.pop("load", {})})
    paper = None
    if allows is not None:
        said = {"by": "Sở", "document": "12/CV", "until": date(2026, 12, 31), "allows": allows}
        paper = Authorisation.model_validate({**said, "hosts": ("dvc.example.vn",), **more})
    return demo.model_copy(update={"base_url": "https://dvc.example.vn", "load": terms, "authorisation": paper})


def test_load_is_sent_within_the_window_of_an_authorised_system() -> None:
    assert why_no_load(system(), NIGHT) == "" and why_no_writing(system(), NIGHT) == ""


@pytest.mark.parametrize(
    ("one", "now", "why"),
    [
        (system(), NOON, "Ngoài khung giờ được gửi tải 22:00-05:00 (giờ của hệ thống là 12:00)"),
        (system(window=None), NIGHT, "chưa ghi khung giờ được gửi tải (load.window)"),
        (system(allows=None), NIGHT, "không có văn bản cho phép gửi tải"),
        (system(allows=("submit",)), NIGHT, "(12/CV) không cho gửi tải"),
        (system(until=date(2026, 11, 21)), NIGHT, "đã hết hạn ngày 21/11/2026"),
        (system(hosts=("khac.example.vn",)), NIGHT, "không bao gồm máy chủ dvc.example.vn"),
    ],
)
def test_why_no_load_is_said_in_one_sentence(one: System, now: datetime, why: str) -> None:
    said = why_no_load(one, now)
    assert why in said and said.endswith(".") and "\n" not in said


def test_the_last_day_ends_by_the_systems_own_clock() -> None:
    """18:00 UTC of the last day is the day after in Việt Nam."""
    last = system(until=date(2026, 11, 22))
    assert why_no_load(last, NIGHT) == "" and "hết hạn" in why_no_load(last, datetime(2026, 11, 22, 18, 0, tzinfo=UTC))


def test_this_machine_may_be_sent_load_at_any_time_unless_its_file_names_one() -> None:
    demo = load_system("demo")
    assert why_no_load(demo, NOON) == why_no_writing(demo, NOON) == ""
    night = demo.model_copy(update={"load": demo.load.model_copy(update={"window": WINDOW})})
    assert "Ngoài khung giờ" in why_no_load(night, NOON)


def test_writing_needs_more_than_load() -> None:
    assert "(12/CV) không cho nộp hồ sơ thử" in why_no_writing(system(allows=("load",)), NIGHT)
    assert "submissions_at_most: 0" in why_no_writing(system(load={"submissions_at_most": 0}), NIGHT)


def test_only_hosts_that_the_authorisation_covers_are_asked() -> None:
    both = ("dvc.example.vn:443", "tinh.example.vn:443")
    assert hosts_allowed(system(), both) == both[:1] and hosts_allowed(system(allows=None), both) == ()
    assert hosts_allowed(load_system("demo"), ("127.0.0.1:8080",)) == ("127.0.0.1:8080",)


@pytest.mark.parametrize("name", ["sso", "pay", "id", "xacthuc", "f-emc", "thanhtoan", "login", "auth2", "dang-nhap"])
def test_a_log_in_or_a_gateway_is_sent_nothing_whoever_owns_its_domain(name: str) -> None:
    host = f"{name}.example.vn"
    both = ("dvc.example.vn:443", f"{host}:443")
    assert hosts_allowed(system(hosts=("dvc.example.vn", host)), both) == both[:1]
    itself = system(hosts=(host,)).model_copy(update={"base_url": f"https://{host}"})
    assert hosts_allowed(itself, both) == both[1:], "the system itself is called so"


def test_other_hosts_of_the_system_are_its_own() -> None:
    names = ("api", "cdn", "video", "idea", "paper", "dichvucong")
    both = tuple(f"{name}.example.vn:443" for name in names)
    assert hosts_allowed(system(hosts=tuple(f"{name}.example.vn" for name in names)), both) == both
