"""1.6 Thành phần hồ sơ."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.run import Run
from fixtures.scenarios import ScenarioRecord
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import fail, needs_review, not_applicable, not_tested, partial
from toantrinh.observations.journey import StepName
from toantrinh.observations.mistakes import FileTrial, Outcome, RoughApplication

ENOUGH = 3  # services: with fewer, the citizen may just hold no document that fits
SIZE = re.compile(r"\d+(?:[.,]\d+)?\s*(?:MB|KB|MiB)", re.I)
TYPE = re.compile(r"\b(?:pdf|docx?|jpe?g|png)\b", re.I)


@check("papers.place-for-each")
def test_place_for_each_document(journey: JourneyRecord, run: Run, service_code: str) -> None:
    """Mỗi giấy tờ trong thành phần hồ sơ có chỗ đính kèm."""
    service = next(s for s in run.system.services if s.code == service_code)
    if not service.documents:
        not_applicable("tệp hệ thống không nêu thành phần hồ sơ của dịch vụ này")
    journey.need(StepName.PAPERS)
    places = [fold(f"{place.label} {place.row}") for place in journey.journey.uploads]
    missing = [name for name in service.documents if not any(_about(fold(name), place) for place in places)]
    if missing and len(journey.journey.uploads) >= len(service.documents):
        needs_review(
            "đủ số chỗ đính kèm nhưng không nhận ra chỗ của: " + "; ".join(missing),
            journey.grounds(
                StepName.PAPERS, "; ".join(service.documents), "; ".join(u.label for u in journey.journey.uploads)
            ),
        )
    if missing:
        partial(
            1 - len(missing) / len(service.documents),
            "không có chỗ đính kèm: " + "; ".join(missing),
            journey.grounds(StepName.PAPERS, f"{len(service.documents)} chỗ", f"{len(journey.journey.uploads)} chỗ"),
        )


@check("papers.types-and-sizes-stated")
def test_types_and_sizes_are_stated(journey: JourneyRecord) -> None:
    """Loại tệp và dung lượng cho phép được nêu."""
    journey.need(StepName.PAPERS)
    text = " ".join(f"{u.row} {u.label}" for u in journey.journey.uploads) + " ".join(
        message for page in journey.journey.form for message in page.messages
    )
    wrong = [what for what, pattern in (("loại tệp", TYPE), ("dung lượng", SIZE)) if not pattern.search(text)]
    if wrong:
        partial(
            1 - len(wrong) / 2,
            "không nêu: " + ", ".join(wrong),
            journey.grounds(StepName.PAPERS, "loại tệp và dung lượng tối đa ở chỗ đính kèm", text[:200]),
        )


@check("papers.wrong-type-refused")
def test_wrong_type_is_refused(rough: ScenarioRecord[RoughApplication]) -> None:
    """Tệp sai loại bị từ chối kèm thông báo."""
    _judge_file(rough, rough.data.wrong_type, "tệp sai loại", "nói loại được nhận")


@check("papers.empty-refused")
def test_empty_file_is_refused(rough: ScenarioRecord[RoughApplication]) -> None:
    """Tệp rỗng bị từ chối kèm thông báo."""
    _judge_file(rough, rough.data.empty_file, "tệp rỗng", "nói tệp không có nội dung")


@check("papers.oversize-refused")
def test_oversize_file_is_refused(rough: ScenarioRecord[RoughApplication]) -> None:
    """Tệp quá lớn bị từ chối kèm thông báo."""
    _judge_file(rough, rough.data.oversize, "tệp quá lớn", "nói dung lượng lớn nhất")


@check("papers.shown-replaceable-removable")
def test_upload_is_shown_replaceable_removable(rough: ScenarioRecord[RoughApplication]) -> None:
    """Tệp đã tải lên xem lại, thay, xóa được."""
    trial = rough.data.handling
    rough.need(trial)
    parts = {"thấy tên tệp": trial.shown, "thay bằng tệp khác": trial.replaced}
    if not trial.waits:  # what only waits in the field has not come to the portal yet
        parts |= {"mở xem": trial.opens, "gỡ": trial.removed}
    if all(parts.values()):
        return
    lacking = [what for what, works in parts.items() if not works]
    message = f"tệp ở “{trial.place}” không: " + ", ".join(lacking)
    grounds = rough.grounds(trial, "thấy tên, mở xem, thay và gỡ được", message)
    if not rough.verified and not any(works is False for works in parts.values()):
        needs_review(message, grounds)
    partial(1 - len(lacking) / len(parts), message, grounds)


@check("papers.from-store")
def test_documents_held_are_offered(journey_records: list[JourneyRecord]) -> None:
    """Giấy tờ đã có trong kho được đề nghị dùng lại."""
    asked = [j for j in journey_records if j.journey.uploads]
    if not asked:
        not_tested("chưa có hành trình nào đến bước đính kèm giấy tờ")
    if not any(place.from_store for j in asked for place in j.journey.uploads):
        message = f"{len(asked)} dịch vụ đều không đề nghị dùng giấy tờ đã có trong kho"
        grounds = asked[0].grounds(StepName.PAPERS, "chọn từ kho giấy tờ", "chỉ có tải lên")
        if asked[0].verified and len(asked) >= ENOUGH:
            fail(message, grounds)
        needs_review(message, grounds)


def _judge_file(rough: ScenarioRecord[RoughApplication], trial: FileTrial, what: str, said: str) -> None:
    rough.need(trial)
    expected = f"bị từ chối, thông báo {said}"
    about = f"{what} ({trial.file}, {trial.size} byte)"
    if trial.outcome is Outcome.ACCEPTED:
        fail(f"{about} được nhận ở “{trial.place}”", rough.grounds(trial, expected, "tệp được nhận"))
    if trial.broke:
        fail(f"{about} gặp trang lỗi: {trial.broke}", rough.grounds(trial, expected, trial.broke))
    if trial.outcome is not Outcome.REFUSED:
        not_tested(f"{about}: trang chỉ xét tệp khi nộp cả hồ sơ, hoặc không nhận tệp thử")
    if not trial.message:
        partial(0.5, f"{about} không được nhận nhưng không có thông báo", rough.grounds(trial, expected, "không có gì"))


def _about(name: str, place: str) -> bool:
    words = [word for word in name.split() if len(word) > 2]
    return name in place or (bool(words) and sum(word in place.split() for word in words) / len(words) >= 0.75)
