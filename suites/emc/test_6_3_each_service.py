"""6.3 Đo từng dịch vụ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fixtures.checks import check
from fixtures.failed_submissions import FailedSubmissions
from fixtures.journeys import JourneyRecord
from fixtures.pages import JourneysRecord
from suites.emc.beacons import SUBMITTED, VIEWED, is_event_of, of_journey, script_requests
from suites.emc.measuring import ask_for, closed_hosts
from toantrinh.judgement import Grounds, fail, needs_review, not_tested
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observations.mistakes import RoughApplication
from toantrinh.observations.page import BeaconRecord
from toantrinh.observations.second_dossier import SecondDossier
from toantrinh.system_model import System


@check("emc.view-event")
def test_view_event(journey: JourneyRecord, system: System) -> None:
    """Trang chi tiết gửi trackDVC với mã của dịch vụ đó và -1."""
    journey.need(StepName.DETAIL)
    if not _events(journey.journey, VIEWED):
        _none_sent(journey, system, StepName.DETAIL, f"trackDVC với {journey.journey.service} và -1")


@check("emc.submission-event")
def test_submission_event(journey: JourneyRecord, system: System) -> None:
    """Sau khi máy chủ nhận hồ sơ, trang xác nhận gửi trackDVC với mã của dịch vụ đó và 1."""
    journey.need(StepName.SUBMIT)
    if not _events(journey.journey, SUBMITTED):
        _none_sent(journey, system, StepName.SUBMIT, f"trackDVC với {journey.journey.service} và 1")


@check("emc.submission-event-once")
def test_submission_event_is_sent_once(journey: JourneyRecord, system: System) -> None:
    """Tải lại trang xác nhận không gửi thêm sự kiện nộp."""
    journey.need(StepName.SUBMIT)
    sent = _events(journey.journey, SUBMITTED)
    if not sent:
        not_tested("không có sự kiện nộp nào để đếm")
    if len(sent) > 1:
        said = f"{len(sent)} sự kiện nộp cho một hồ sơ ({', '.join(name.vietnamese for name in sent)})"
        fail(said, journey.grounds(StepName.SUBMIT, "một sự kiện nộp", said))


@check("emc.events-equal-dossiers")
def test_events_equal_dossiers(all_journeys: JourneysRecord) -> None:
    """Số sự kiện nộp trong lần chạy bằng số hồ sơ đã được cấp mã."""
    dossiers = [one for one in all_journeys.journeys if one.submit is not None and one.submit.code]
    if not dossiers:
        not_tested("lần chạy này không có hồ sơ nào được cấp mã")
    if not any(one for journey in all_journeys.journeys for one in of_journey(journey)):
        closed = [name for journey in dossiers for name in closed_hosts(journey, all_journeys.system)]
        if closed:
            not_tested(ask_for(closed))
    events = [(one, len(_events(one, SUBMITTED))) for one in all_journeys.journeys]
    total = sum(count for _, count in events)
    if total != len(dossiers):
        odd = [f"{one.service}: {count}" for one, count in events if count != (one in dossiers)]
        fail(
            f"{len(dossiers)} hồ sơ được cấp mã, {total} sự kiện nộp ({'; '.join(odd)})",
            Grounds(expected=f"{len(dossiers)} sự kiện nộp", seen=f"{total} sự kiện nộp", where="; ".join(odd)),
        )


@check("emc.no-event-for-failed")
def test_no_event_for_failed_submission(failed_submissions: FailedSubmissions) -> None:
    """Hồ sơ bị từ chối, trả tiền không thành hay bấm nộp thừa không gửi sự kiện nộp."""
    tried = [*_refused(failed_submissions.rough), *_unpaid(failed_submissions.second)]
    tried += _sent_twice(failed_submissions.second)
    if not tried:
        why = next(iter(failed_submissions.missing), "chưa có lần nộp nào bị từ chối")
        not_tested(f"chưa có lần nộp không thành nào để xem: {why}")
    if not any(one.beacons for one in tried):
        not_tested("không có tín hiệu đo nào trong những lần nộp không thành, nên không kết luận được")
    wrong = [one for one in tried if one.events > one.dossiers]
    if not wrong:
        return
    said = "; ".join(f"{one.service}: {one.events} sự kiện nộp {one.when}" for one in wrong)
    grounds = Grounds(
        expected="không có sự kiện nộp nào cho lần nộp không thành",
        seen=said,
        where=", ".join(dict.fromkeys(page for one in wrong for page in one.pages)),
    )
    if all(one.unsure for one in wrong):
        needs_review(f"{said}; {wrong[0].unsure}", grounds)
    fail(said, grounds)


@dataclass(frozen=True)
class _Failed:
    """A submission that failed: the events that were sent meanwhile against the dossiers that it made.

    `unsure` says why the number of dossiers is not known for sure.
    """

    service: str
    when: str
    beacons: Sequence[BeaconRecord]
    dossiers: int = 0
    unsure: str = ""

    @property
    def events(self) -> int:
        return len(self.pages)

    @property
    def pages(self) -> list[str]:
        """The pages that sent a submission event, once for each sending."""
        return [beacon.page for beacon in self.beacons if is_event_of(beacon, self.service, SUBMITTED)]


def _refused(rough: Sequence[RoughApplication]) -> Iterator[_Failed]:
    for one in rough:
        refused = [trial for trial in one.answers if trial.reach is Reach.REACHED and trial.stayed]
        if refused and not one.handed_in:
            yield _Failed(one.service, "khi hồ sơ khai sai bị từ chối và chưa nộp", one.beacons)


def _unpaid(second: Sequence[SecondDossier]) -> Iterator[_Failed]:
    for one in second:
        for trial, when in ((one.failed, "khi thanh toán thất bại"), (one.abandoned, "khi bỏ dở thanh toán")):
            if trial.reach is Reach.REACHED and not trial.sent_before:
                yield _Failed(one.service, when, trial.beacons)


def _sent_twice(second: Sequence[SecondDossier]) -> Iterator[_Failed]:
    for one in second:
        sent = one.sent
        if sent.reach is not Reach.REACHED or one.failed.sent_before or one.abandoned.sent_before:
            continue
        known = sent.listed_before is not None and sent.listed_after is not None
        listed = {*(sent.listed_after or ())} - {*(sent.listed_before or ())} if known else set()
        made = len({sent.code, sent.code_after_back, *listed} - {""})
        unsure = "" if known else "không xem được danh sách hồ sơ để đếm"
        yield _Failed(one.service, f"cho {made} hồ sơ khi bấm nộp hai lần", sent.beacons, made, unsure)


def _events(journey: Journey, kind: str) -> list[StepName]:
    """The steps in which the service's event of this kind was sent, once for each sending."""
    return [step.name for step, beacon in of_journey(journey) if is_event_of(beacon, journey.service, kind)]


def _none_sent(journey: JourneyRecord, system: System, name: StepName, expected: str) -> None:
    step = journey.journey.step(name)
    others = [dict(beacon.parameters) for _, beacon in of_journey(journey.journey)]
    grounds = journey.grounds(name, expected, f"{len(step.beacons)} tín hiệu trong bước này, không có sự kiện đó")
    closed = closed_hosts(journey.journey, system)
    if not others and closed:
        not_tested(ask_for(closed), grounds)
    unfinished = [request for request in script_requests(step.requests) if request.duration_ms is None]
    if not step.beacons and unfinished:
        needs_review("bước này kết thúc khi mã đo chưa tải xong nên có thể chưa kịp gửi", grounds)
    fail(f"{name.vietnamese}: không gửi {expected}", grounds)
