"""6.3 Đo từng dịch vụ."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.pages import JourneysRecord
from suites.emc.beacons import SUBMITTED, VIEWED, is_event_of, of_journey, script_requests
from suites.emc.measuring import ask_for, closed_hosts
from toantrinh.judgement import Grounds, fail, needs_review, not_tested
from toantrinh.observations.journey import Journey, StepName
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
