"""What was sent while a submission failed: a submission event for it is a fault, one for each dossier made is none."""

from __future__ import annotations

import pytest

from fixtures.failed_submissions import FailedSubmissions
from suites.emc.test_6_3_each_service import test_no_event_for_failed_submission as check
from tests.suites_pages.conftest import verdict_of
from tests.suites_pages.test_checks_of_journeys import CODE, SYSTEM, beacon, submitted, viewed
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import AnswersTrial, RoughApplication
from toantrinh.observations.page import BeaconRecord
from toantrinh.observations.second_dossier import PaymentMisfortune, SecondDossier, SentOnce
from toantrinh.verdicts import Verdict

P, F, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
VIEW = beacon("/ho-so/x")
ONE, TWO = "H99-1", "H99-2"


def rough(*sent: BeaconRecord, stayed: bool = True, handed_in: str = "") -> RoughApplication:
    answers = (AnswersTrial(reach=Reach.REACHED, stayed=stayed),)
    return RoughApplication(
        name="rough-application", service=CODE, answers=answers, beacons=sent, handed_in=handed_in
    )  # fmt: skip


def second(
    failed: tuple[BeaconRecord, ...] = (VIEW,),
    sent: tuple[BeaconRecord, ...] = (submitted(),),
    before: tuple[str, ...] | None = (),
    after: tuple[str, ...] = (ONE,),
    sent_before: bool = False,
) -> SecondDossier:
    return SecondDossier(
        name="second-dossier",
        service=CODE,
        failed=PaymentMisfortune(reach=Reach.REACHED, beacons=failed, sent_before=sent_before),
        sent=SentOnce(reach=Reach.REACHED, code=ONE, listed_before=before, listed_after=after, beacons=sent),
    )


CASES: list[tuple[str, list[RoughApplication], list[SecondDossier], Verdict, str]] = [
    ("nothing but views", [rough(VIEW, viewed())], [second()], P, ""),
    ("event for a refused form", [rough(VIEW, submitted())], [], F, "bị từ chối"),
    ("event for another service", [rough(submitted("1.000656"))], [], P, ""),
    ("event for a dossier that was taken in all the same", [rough(submitted(), handed_in=ONE)], [], OPEN, "chưa có lần nộp"),
    ("form that refused nothing", [rough(submitted(), stayed=False)], [], OPEN, "chưa có lần nộp"),
    ("event for a failed payment", [], [second(failed=(submitted(),))], F, "thanh toán thất bại"),
    ("fee asked for after the dossier was sent", [], [second(failed=(submitted(),), sent_before=True)], OPEN, ""),
    ("two events for one dossier", [], [second(sent=(submitted(), submitted()))], F, "2 sự kiện nộp cho 1 hồ sơ"),
    ("two events for two dossiers", [], [second(sent=(submitted(), submitted()), after=(ONE, TWO))], P, ""),
    ("two events, list not seen", [], [second(sent=(submitted(), submitted()), before=None)], REVIEW, "danh sách hồ sơ"),
    ("nothing sent at all", [rough()], [second(failed=(), sent=())], OPEN, "không có tín hiệu"),
    ("nothing tried", [], [], OPEN, "chưa có lần nộp"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "other", "wanted", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_events_of_failed_submissions(
    first: list[RoughApplication], other: list[SecondDossier], wanted: Verdict, said: str
) -> None:
    verdict, words = verdict_of(check, FailedSubmissions(SYSTEM, first, other))
    assert verdict is wanted, words
    assert said in words
