"""From what was tried to a verdict: only what was shown or changed is a fail; the rest is said by name."""

from __future__ import annotations

import pytest

from fixtures.session import SessionRecord
from suites.security import test_4_3_session as suite
from tests.session_security.conftest import verdict_of
from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.http_answers import HeldCookie
from toantrinh.observations.session import FlowTried, SessionFacts, State, Tried
from toantrinh.observers.session.witness import shown_in
from toantrinh.verdicts import Verdict

NOTHING = Exchanges(subject="session", seed=1, exchanges=(), spent=0, limit=180)


def record(**facts: object) -> SessionRecord:
    return SessionRecord(SessionFacts(exchanges=NOTHING, **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (State.HELD, Verdict.PASS),
        (State.BROKEN, Verdict.FAIL),
        (State.UNSURE, Verdict.NEEDS_REVIEW),
        (State.OPEN, Verdict.NOT_TESTED),
        (State.ABSENT, Verdict.NOT_APPLICABLE),
    ],
)
def test_each_state_has_its_verdict(state: State, verdict: Verdict) -> None:
    tried = Tried(state=state, what="đã thấy", why="lý do")
    assert verdict_of(suite.test_back_shows_nothing_of_the_account, record(back=tried))[0] is verdict


def test_what_could_not_be_told_says_why() -> None:
    verdict, told = verdict_of(suite.test_the_session_dies_on_the_server, record(why_no_witness="trang không hiện gì"))
    assert verdict is Verdict.NOT_TESTED and "trang không hiện gì" in told


def cookie(name: str, *changed: str) -> HeldCookie:
    return HeldCookie(
        name=name, domain="cong.example", host_only=True, path="/", secure=True, http_only=True, same_site="Lax",
        lifetime_s=None, opaque=True, officer=False, changed=changed,
    )  # fmt: skip


def test_without_a_witness_the_values_of_the_session_cookie_tell() -> None:
    check, facts = suite.test_the_session_id_changes_at_log_in, {"at_log_in": ("log-in",)}
    renewed = record(cookies=(cookie("SESSIONID", "home", "log-in"), cookie("_csrf", "home")), kept=("_csrf",), **facts)
    assert verdict_of(check, renewed)[0] is Verdict.PASS
    same = record(cookies=(cookie("SESSIONID", "home"),), kept=("SESSIONID",), **facts)
    verdict, told = verdict_of(check, same)
    assert verdict is Verdict.NEEDS_REVIEW and "SESSIONID" in told
    assert verdict_of(check, record(**facts))[0] is Verdict.NOT_TESTED


def test_a_log_in_without_identity_flow_is_no_subject() -> None:
    check = suite.test_the_identity_flow_holds
    assert verdict_of(check, record(why_no_flow="không có"))[0] is Verdict.NOT_APPLICABLE
    assert verdict_of(check, record())[0] is Verdict.NOT_TESTED


def test_a_part_of_the_flow_that_was_not_tried_keeps_it_open() -> None:
    flow = (
        FlowTried(title="state sai", tried=Tried(state=State.HELD, why="")),
        FlowTried(title="địa chỉ lạ", tried=Tried(why="tệp không cho phép")),
    )
    verdict, told = verdict_of(suite.test_the_identity_flow_holds, record(flow=flow))
    assert verdict is Verdict.NOT_TESTED and "địa chỉ lạ: tệp không cho phép" in told and "state sai" not in told


def test_the_owner_is_seen_however_the_characters_are_written() -> None:
    words = ("Trần Văn Kiểm Thử", "001088000025")
    assert shown_in("<b>Tr&#7847;n V&#259;n Ki&#7875;m Th&#7917;</b>", words) == ["Trần Văn Kiểm Thử"]
    assert shown_in('{"ten": "Tr\\u1ea7n V\\u0103n Ki\\u1ec3m Th\\u1eed"}', words) == ["Trần Văn Kiểm Thử"]
    assert shown_in("<h1>Đăng nhập</h1>", words) == []
