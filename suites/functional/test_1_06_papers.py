"""1.6 Thành phần hồ sơ."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.run import Run
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import fail, needs_review, not_applicable, not_tested, partial
from toantrinh.observations.journey import StepName

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


def _about(name: str, place: str) -> bool:
    words = [word for word in name.split() if len(word) > 2]
    return name in place or (bool(words) and sum(word in place.split() for word in words) / len(words) >= 0.75)
