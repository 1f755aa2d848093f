"""Failed, left and doubled payments, double submission, supplement, withdrawal: real records, one fact changed at a
time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from suites.functional import test_1_08_payment as s08
from suites.functional import test_1_09_submission as s09
from suites.functional import test_1_11_amendment as s11
from tests.suites_functional.conftest import FREE, PAID, Recorded, running_portal
from tests.suites_functional.second_dossiers import CHECKS, second_dossier_at, verdict_of
from toantrinh.observations.journey import Reach
from toantrinh.observations.second_dossier import SecondDossier, SentOnce
from toantrinh.scenarios.second_dossier import comparable
from toantrinh.verdicts import Verdict

P, F, HALF, NA, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_APPLICABLE, Verdict.NOT_TESTED
REVIEW, OURS = Verdict.NEEDS_REVIEW, Verdict.TOOL_ERROR
TWIN = "000.00.21.H99-261121-0999"
Change = Callable[[SecondDossier], SecondDossier]


@pytest.fixture(scope="module")
def seconds(recorded: Recorded, chromium: Browser) -> dict[str, SecondDossier]:
    """A second dossier of a paid and signed service, and of a free one, at the clean portal."""
    base = recorded.system.base_url
    return {code: second_dossier_at(chromium, base, recorded.journeys[code], recorded.folder) for code in (PAID, FREE)}


def put(part: str, **facts: Any) -> Change:
    return lambda d: d.model_copy(update={part: getattr(d, part).model_copy(update=facts)})


def ended(part: str, reach: Reach, why: str = "đổi trong phép thử") -> Change:
    """The trial as it is when nothing came of it."""
    return lambda d: d.model_copy(update={part: type(getattr(d, part))(reach=reach, why=why)})


def both(*changes: Change) -> Change:
    def change(dossier: SecondDossier) -> SecondDossier:
        for one in changes:
            dossier = one(dossier)
        return dossier

    return change


def twin_listed(d: SecondDossier) -> SecondDossier:
    return put("sent", listed_after=(*(d.sent.listed_after or ()), TWIN))(d)


@dataclass(frozen=True)
class Case:
    """A check, what changes the record, and what the check says then; `verified` is the system file's."""

    test: Callable[..., None]
    change: Change
    verdict: Verdict
    verified: bool = True


FAILED, LEFT, ONCE = CHECKS[:3]
SENT, REACHES, ANSWERED, WITHDRAW = CHECKS[3:]
CASES = {
    "a failure after which nothing can be paid": Case(s08.test_failed_payment_leaves_it_payable, put("failed", payable=False), F),
    "the same where nobody has verified the file": Case(FAILED, put("failed", payable=False), REVIEW, verified=False),
    "a gateway where no payment can be made to fail": Case(FAILED, put("failed", reach=Reach.NOT_TRIED, why="không có nút", payable=None), OPEN),
    "our own failure after the payment failed": Case(FAILED, put("failed", payable=None), OPEN),
    "a failure that is told in other words": Case(FAILED, put("failed", said=("Chưa trừ tiền",)), P),
    "a left payment that is final": Case(s08.test_abandoned_payment_leaves_it_payable, put("abandoned", payable=False), F),
    "a left dossier that is in no list": Case(LEFT, put("abandoned", in_list=False), HALF),
    "a list that we did not find": Case(LEFT, put("abandoned", in_list=None), P),
    "two receipts for one payment": Case(s08.test_pressing_twice_pays_once, put("paid", receipts=("BL-261121-000001", "BL-261121-000002")), F),
    "two numbers of different shape": Case(ONCE, put("paid", receipts=("BL-261121-000001", "01BLP0-001")), P),
    "a gateway that asks again": Case(ONCE, put("paid", asked_again=True), F),
    "no receipt number in sight": Case(ONCE, put("paid", receipts=()), OPEN),
    "a payment that never came": Case(ONCE, ended("paid", Reach.NOT_TRIED), OPEN),
    "a second dossier in the list": Case(s09.test_pressing_twice_makes_one_dossier, twin_listed, F),
    "a second code after Back": Case(SENT, put("sent", pressed_after_back=True, code_after_back=TWIN), F),
    "the same code after Back": Case(SENT, lambda d: put("sent", pressed_after_back=True, code_after_back=d.sent.code)(d), P),
    "a list that does not show the dossier": Case(SENT, put("sent", listed_after=()), OPEN),
    "no list": Case(SENT, put("sent", listed_before=None, listed_after=None), OPEN),
    "a button that can be pressed but once": Case(SENT, put("sent", pressed_twice=False, pressed_after_back=False), OPEN),
    "an error page after the double press": Case(SENT, both(ended("sent", Reach.REFUSED), put("sent", pressed_twice=True)), F),
    "a way that ended before the button": Case(SENT, ended("sent", Reach.UNANSWERED), OPEN),
    "a supplement that nobody hears of": Case(s11.test_supplement_request_reaches_the_citizen, put("asked", status="Mới đăng ký", reason_shown=False, notices=()), F),
    "a supplement shown as a status alone": Case(REACHES, put("asked", reason_shown=False, notices=()), HALF),
    "a supplement without a notice": Case(REACHES, put("asked", notices=()), P),
    "a status in words of its own": Case(REACHES, put("asked", status="Chờ bổ sung"), P),
    "no officer account": Case(REACHES, ended("asked", Reach.NOT_TRIED), OPEN),
    "an officer who cannot ask": Case(REACHES, ended("asked", Reach.ABSENT), F),
    "an officer who cannot ask, unverified": Case(REACHES, ended("asked", Reach.ABSENT), REVIEW, verified=False),
    "no way to answer": Case(s11.test_supplement_is_answered_online, ended("answered", Reach.ABSENT), F),
    "an answer that changes nothing": Case(ANSWERED, lambda d: put("answered", status=d.answered.status_before)(d), F),
    "words but no paper": Case(ANSWERED, put("answered", attached=0), HALF),
    "an answer after which the status cannot be seen": Case(ANSWERED, put("answered", status=""), OPEN),
    "an answered supplement under another status": Case(ANSWERED, put("answered", status="Đã bổ sung, đang xử lý"), P),
    "nothing to answer": Case(ANSWERED, ended("asked", Reach.NOT_TRIED), OPEN),
    "no withdrawal": Case(s11.test_dossier_can_be_withdrawn, both(ended("withdrawn", Reach.ABSENT)), F),
    "a withdrawal before reception only": Case(WITHDRAW, both(ended("withdrawn", Reach.ABSENT), put("withdrawn", offered_at_first=True)), REVIEW),
    "a withdrawal that does nothing": Case(WITHDRAW, put("withdrawn", confirmed=False, status="Mới đăng ký"), F),
    "a withdrawal told in other words": Case(WITHDRAW, put("withdrawn", status="Đã rút"), P),
    "a browser that failed": Case(WITHDRAW, ended("withdrawn", Reach.TOOL_ERROR), OURS),
}  # fmt: skip


@pytest.mark.parametrize("code", [PAID, FREE])
def test_the_clean_portal_passes(code: str, seconds: dict[str, SecondDossier], recorded: Recorded) -> None:
    verdicts = {test.__name__: verdict_of(test, seconds[code], recorded.journeys[code]) for test in CHECKS}
    free = {test.__name__: NA for test in (FAILED, LEFT, ONCE)} if code == FREE else {}
    assert verdicts == {test.__name__: P for test in CHECKS} | free


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_changed_fact_changes_the_verdict(case: Case, seconds: dict[str, SecondDossier], recorded: Recorded) -> None:
    assert verdict_of(case.test, case.change(seconds[PAID]), recorded.journeys[PAID], case.verified) is case.verdict


def test_a_journey_that_was_not_sent_leaves_all_open(recorded: Recorded) -> None:
    stopped = SecondDossier(name="second-dossier", service=PAID, reach=Reach.NOT_TRIED, why="Nộp hồ sơ: không đến nơi")
    assert {verdict_of(test, stopped, recorded.journeys[PAID]) for test in CHECKS} == {OPEN}


def test_the_second_dossier_is_withdrawn_and_leaves_nothing_behind(seconds: dict[str, SecondDossier]) -> None:
    assert [d.left_behind for d in seconds.values()] == [(), ()]
    assert seconds[PAID].withdrawn.status == "Công dân yêu cầu rút hồ sơ"


def test_what_could_not_be_withdrawn_is_named(recorded: Recorded, chromium: Browser, tmp_path: Path) -> None:
    with running_portal(tmp_path / "portal", "--defects", "withdraw.missing,submit.twice") as address:
        dossier = second_dossier_at(chromium, address, recorded.journeys[FREE], tmp_path / "run")
    assert dossier.sent.code in dossier.left_behind
    assert len(dossier.left_behind) == 2


@pytest.mark.parametrize(
    ("before", "kept"),
    [((), None), (("A",), ("A",)), (None, None)],
    ids=["another view of the list", "the same list", "no list"],
)
def test_a_list_without_the_first_dossier_is_not_compared(
    before: tuple[str, ...] | None, kept: tuple[str, ...] | None, recorded: Recorded
) -> None:
    first = recorded.journeys[PAID].submit
    assert first is not None
    named = {"A": first.code}
    sent = SentOnce(
        listed_before=None if before is None else tuple(named[one] for one in before),
        listed_after=(first.code, "000.00.00.H99-261122-9999"),
    )
    found = comparable(sent, recorded.journeys[PAID]).listed_before
    assert found == (None if kept is None else tuple(named[one] for one in kept))
