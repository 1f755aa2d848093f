"""Wrong passwords: the reference portal slows them and tells nothing; what is made of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from suites.security import test_4_3_session as suite
from tests.session_security.conftest import portal, verdict_of
from toantrinh.observations.session import Attempt, GuessingFacts, State
from toantrinh.observers.prober.budget import Budget
from toantrinh.observers.session.guessing import MOST_NOBODY, MOST_OWN, guess, nobody_like
from toantrinh.observers.session.spared import spared_traveller
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

SLOWED, SAME = suite.test_wrong_passwords_are_slowed, suite.test_wrong_user_and_wrong_password_look_alike


def guessed(browser: Browser, address: str, folder: Path) -> GuessingFacts:
    attachments = Attachments(folder, "security/wrong-passwords", lambda text: text)
    loaded = load_system("demo", base_url=address)
    with spared_traveller(browser, loaded, attachments, "không đến được chỗ hỏi mật khẩu") as who:
        facts = guess(who, Budget())
    return GuessingFacts.model_validate_json(facts.model_dump_json())


def test_the_clean_portal_slows_them_and_tells_nothing(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data") as address:
        facts = guessed(chromium, address, tmp_path)
    assert verdict_of(SLOWED, facts) == verdict_of(SAME, facts) == (Verdict.PASS, "")
    assert facts.braked and sum(one.own_name for one in facts.attempts) == 1


def test_a_portal_that_never_slows_and_knows_its_people_aloud(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data", "--defects", "passwords.unlimited,passwords.tells-who") as address:
        facts = guessed(chromium, address, tmp_path)
    verdict, told = verdict_of(SLOWED, facts)
    assert verdict is Verdict.NEEDS_REVIEW and f"{MOST_NOBODY} lần với tên không ai có, {MOST_OWN} lần" in told
    verdict, told = verdict_of(SAME, facts)
    assert verdict is Verdict.FAIL and "Tài khoản không tồn tại" in told and "hoặc mật khẩu không đúng" in told


def facts_of(*attempts: Attempt, braked: str = "", why: str = "") -> GuessingFacts:
    reach = State.HELD if braked else State.OPEN if why else State.UNSURE
    return GuessingFacts(place="https://cong.example/dang-nhap", reach=reach, attempts=attempts, braked=braked, why=why)


def test_a_countdown_of_tries_left_is_no_difference_of_names() -> None:
    facts = facts_of(
        Attempt(own_name=False, seconds=0.1, message="Sai tài khoản hoặc mật khẩu"),
        Attempt(own_name=True, seconds=0.1, message="Sai tài khoản hoặc mật khẩu. Còn 0 lần"),
        Attempt(own_name=False, seconds=0.1, message="Sai tài khoản hoặc mật khẩu. Còn 0 lần"),
    )
    assert verdict_of(SAME, facts) == (Verdict.PASS, "")


def test_a_page_that_says_nothing_tells_nothing() -> None:
    facts = facts_of(*(Attempt(own_name=own, seconds=0.1, message="") for own in (False, True)))
    assert verdict_of(SAME, facts)[0] is Verdict.NOT_TESTED


@pytest.mark.parametrize("check", [SLOWED, SAME])
def test_passwords_asked_elsewhere_are_no_subject(check: object) -> None:
    facts = GuessingFacts(place="https://xacthuc.example", reach=State.ABSENT, why="máy chủ ngoài hệ thống")
    assert verdict_of(check, facts)[0] is Verdict.NOT_APPLICABLE  # type: ignore[arg-type]


def test_used_up_requests_accuse_nobody() -> None:
    facts = facts_of(Attempt(own_name=False, seconds=0.1, message="Sai"), why="đã dùng hết yêu cầu")
    verdict, told = verdict_of(SLOWED, facts)
    assert verdict is Verdict.NOT_TESTED and "đã dùng hết yêu cầu" in told


@pytest.mark.parametrize("name", ["001088000025", "0912345678", "can.bo@congdan.example", "nguyenvana"])
def test_a_name_that_nobody_has_keeps_the_shape(name: str) -> None:
    other = nobody_like(name)
    assert other != name and other.isdigit() == name.isdigit() and ("@" in other) == ("@" in name)
    assert not name.isdigit() or len(other) == len(name)
    assert not (name.isdigit() and len(name) == 12) or other.startswith("099")
