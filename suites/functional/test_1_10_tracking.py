"""1.10 Theo dõi, thông báo."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.scenarios import ScenarioRecord
from toantrinh.driver.lexicon import fold
from toantrinh.journey.tracking import DATED, NATIONAL
from toantrinh.judgement import fail, needs_review, not_tested, partial
from toantrinh.observations.journey import StatusSeen, StepName
from toantrinh.observations.page import PageKind
from toantrinh.observations.wrong_code import WrongCode, WrongCodes

SERVER_ERROR = 500
SILENT = "trang không nói gì"
BROKEN = (PageKind.ERROR, PageKind.BLANK)
IN_BETWEEN = (PageKind.BLOCK, PageKind.CAPTCHA, PageKind.MAINTENANCE, PageKind.ELSEWHERE)
NATIONAL_FOLDED = {fold(word): number for number, word in NATIONAL.items()}


@check("track.lookup-by-code")
def test_lookup_by_code(journey: JourneyRecord) -> None:
    """Tra cứu bằng mã hồ sơ cho biết trạng thái."""
    journey.need(StepName.LOOK_UP)
    if not _seen(journey, "lookup"):
        fail("tra cứu không cho biết trạng thái", journey.grounds(StepName.LOOK_UP, "trạng thái hồ sơ", "không có"))


@check("track.national-words")
def test_status_in_the_national_words(journey: JourneyRecord) -> None:
    """Trạng thái dùng mười từ của Cổng Dịch vụ công quốc gia."""
    odd = [s.status for s in _statuses(journey) if fold(s.status) not in NATIONAL_FOLDED]
    if odd:
        fail(
            "trạng thái không thuộc mười trạng thái quốc gia: " + "; ".join(dict.fromkeys(odd)),
            journey.grounds(StepName.LOOK_UP, "; ".join(NATIONAL.values()), "; ".join(dict.fromkeys(odd))),
        )


@check("track.history-with-dates")
def test_history_with_dates(journey: JourneyRecord) -> None:
    """Có lịch sử xử lý kèm ngày."""
    statuses = _statuses(journey)
    last = statuses[-1]
    if not _dated(last):
        fail(
            "không có lịch sử xử lý kèm ngày", journey.grounds(StepName.LOOK_UP, "mỗi lần chuyển có ngày", last.status)
        )
    if (gone := _forgotten(statuses)) is not None:
        message = f"trạng thái đã đổi từ “{gone.status}” sang “{last.status}” mà trang chỉ còn lần đổi sau cùng"
        grounds = journey.grounds(StepName.LOOK_UP, f"còn dòng của “{gone.status}”", "; ".join(_dated(last)))
        if journey.verified:
            fail(message, grounds)
        needs_review(f"{message}; lịch sử có thể ở một trang khác", grounds)


def _dated(seen: StatusSeen) -> list[str]:
    return [line for line in seen.history if DATED.search(line)]


def _forgotten(statuses: list[StatusSeen]) -> StatusSeen | None:
    """The first status that a page showed and, at its last change, no longer tells of: the change stands there with its
    date, no line names an earlier status, and there are no more dated lines than before. None where it cannot be said.
    """
    last = statuses[-1]
    first = next((s for s in statuses if s.where == last.where and fold(s.status) != fold(last.status)), None)
    if first is None or first.dated_lines is None or last.dated_lines is None:
        return None
    earlier = {fold(s.status) for s in statuses} - {fold(last.status)}
    lines = [f" {fold(line)} " for line in _dated(last)]
    told = any(f" {fold(last.status)} " in line for line in lines)
    named = any(f" {status} " in line for line in lines for status in earlier)
    return first if told and not named and last.dated_lines <= first.dated_lines else None


@check("track.unit-shown")
def test_unit_is_shown(journey: JourneyRecord) -> None:
    """Nêu đơn vị đang giải quyết."""
    statuses = _statuses(journey)
    if not any(s.unit for s in statuses) and not any(
        re.search(r"Ủy ban|UBND|Sở |Phòng |Trung tâm|Bộ phận|Cục |Ban ", line) for s in statuses for line in s.history
    ):
        fail("không nêu đơn vị đang giải quyết", journey.grounds(StepName.LOOK_UP, "tên đơn vị", statuses[-1].status))


@check("track.follows-officer")
def test_status_follows_the_officer(journey: JourneyRecord) -> None:
    """Trạng thái đổi theo việc cán bộ làm."""
    journey.at(StepName.OFFICER)
    officer = journey.journey.officer
    if officer is None or not officer.acts:
        not_tested(journey.journey.step(StepName.OFFICER).why or "không có việc nào của cán bộ để theo")
    statuses = _statuses(journey)
    if len({fold(s.status) for s in statuses}) < 2:
        fail(
            f"cán bộ đã {', '.join(officer.acts)} mà trạng thái vẫn là “{statuses[-1].status}”",
            journey.grounds(StepName.LOOK_UP, "trạng thái mới sau việc của cán bộ", statuses[-1].status),
        )


@check("track.notice-reaches")
def test_a_notice_reaches_the_citizen(journey: JourneyRecord) -> None:
    """Thông báo đến được người dân."""
    journey.need(StepName.NOTICE)


@check("track.wrong-code-answer")
def test_a_wrong_code_gets_a_clear_answer(wrong_codes: ScenarioRecord[WrongCodes]) -> None:
    """Mã hồ sơ sai được trả lời rõ ràng."""
    trials = (wrong_codes.data.unknown, wrong_codes.data.malformed)
    wrong_codes.need(*trials)
    if foreign := next((trial for trial in trials if trial.page_kind in IN_BETWEEN), None):
        not_tested(f"mã “{foreign.code}”: trang trả lời không phải của hệ thống ({foreign.page_kind})")
    faults = {trial.code: said for trial in trials if (said := _fault(trial))}
    if not faults:
        return
    message = "; ".join(f"mã “{code}”: {said}" for code, said in faults.items())
    worst = next(trial for trial in trials if trial.code in faults)
    grounds = wrong_codes.grounds(worst, "câu trả lời rằng không có mã này hoặc mã sai dạng", message)
    if all(said == SILENT for said in faults.values()) and not wrong_codes.verified:
        needs_review(message, grounds)
    if len(faults) == len(trials):
        fail(message, grounds)
    partial(1 - len(faults) / len(trials), message, grounds)


def _fault(trial: WrongCode) -> str:
    """What is wrong with the answer to a wrong code; empty when it says so, whatever its status."""
    if trial.page_kind in BROKEN and not trial.answer:
        return f"trang lỗi (HTTP {trial.http_status})" if trial.http_status else "trang lỗi"
    if trial.http_status is not None and trial.http_status >= SERVER_ERROR:
        return f"lỗi máy chủ (HTTP {trial.http_status})"
    if trial.status_shown and trial.codes_shown:
        return f"hiện hồ sơ {trial.codes_shown[0]} của người khác"
    return "" if trial.answer else SILENT


def _seen(journey: JourneyRecord, where: str) -> list[StatusSeen]:
    return [s for s in journey.journey.statuses if s.where == where and s.status]


def _statuses(journey: JourneyRecord) -> list[StatusSeen]:
    """What was seen of the status, by lookup or on the citizen's own page; ends the check when nothing was."""
    journey.at(StepName.LOOK_UP)
    found = [s for s in journey.journey.statuses if s.status]
    if not found:
        journey.need(StepName.LOOK_UP)
        not_tested("chưa thấy trạng thái nào của hồ sơ")
    return found
