"""1.3 Mức độ dịch vụ đúng thực chất."""

from __future__ import annotations

from fixtures.catalogue import CatalogueRecord
from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.judgement import Grounds, fail, not_applicable, not_tested, partial
from toantrinh.level import FULL, INFORMATION, PART, TEST_WORDS, missing_labels
from toantrinh.observations.journey import StepName

ORDER = (INFORMATION, PART, FULL)


@check("level.label-on-service")
def test_label_on_service(journey: JourneyRecord) -> None:
    """Mỗi dịch vụ mang nhãn mức độ."""
    journey.need(StepName.DETAIL)
    detail = journey.journey.detail
    assert detail is not None
    if not detail.level_label:
        fail(
            "trang dịch vụ không ghi mức độ",
            journey.grounds(StepName.DETAIL, "toàn trình, một phần hoặc thông tin", "không có nhãn"),
        )


@check("level.count-by-level")
def test_count_by_level(catalogue: CatalogueRecord) -> None:
    """Danh sách đếm được theo mức độ."""
    facts = catalogue.facts
    if any(f.intent == "filter-level" and 0 < f.after < f.before for f in facts.filters):
        return
    if len(facts.levels_offered) < 2 and facts.rows_with_level < len(facts.rows):
        catalogue.missing("lọc hoặc đếm theo mức độ", "không đếm được dịch vụ theo mức độ")


@check("level.declared-equals-measured")
def test_declared_equals_measured(journey: JourneyRecord) -> None:
    """Mức độ công bố bằng mức độ mà trình duyệt thật sự đi được."""
    measured = journey.level
    detail = journey.journey.detail
    journey.at(StepName.DETAIL, StepName.SUBMIT, StepName.RESULT)
    shown = detail.level_label if detail else ""
    declared = shown or journey.journey.declared
    if measured.level is None:
        not_tested(f"chưa đo được mức độ: {measured.why}")
    if ORDER.index(measured.level) < ORDER.index(declared):
        fail(
            f"công bố {declared}, đo được {measured.level}: {measured.why}",
            journey.grounds(StepName.DETAIL, declared, f"{measured.level} ({measured.why})"),
        )
    if ORDER.index(measured.level) > ORDER.index(declared):
        partial(
            0.5,
            f"công bố {declared} nhưng đi được đến {measured.level}",
            journey.grounds(StepName.DETAIL, declared, str(measured.level)),
        )


@check("level.published-fully")
def test_published_fully(journey: JourneyRecord) -> None:
    """TT 01/2023 (1): thông tin thủ tục được công khai đầy đủ."""
    _one_of_five(journey, "published-fully", StepName.DETAIL)


@check("level.forms-downloadable")
def test_forms_downloadable(journey: JourneyRecord) -> None:
    """TT 01/2023 (2): biểu mẫu tải về được."""
    _one_of_five(journey, "forms-downloadable", StepName.DETAIL)


@check("level.filled-and-sent-online")
def test_filled_and_sent_online(journey: JourneyRecord) -> None:
    """TT 01/2023 (3): biểu mẫu được điền và gửi trên mạng, ký số khi cần."""
    _one_of_five(journey, "filled-and-sent-online", StepName.FORM, StepName.SUBMIT)


@check("level.whole-dossier-electronic")
def test_whole_dossier_electronic(journey: JourneyRecord) -> None:
    """TT 01/2023 (4): toàn bộ hồ sơ nộp bằng bản điện tử."""
    _one_of_five(journey, "whole-dossier-electronic", StepName.PAPERS, StepName.SUBMIT)


@check("level.fee-online")
def test_fee_online(journey: JourneyRecord) -> None:
    """TT 01/2023 (5): phí, lệ phí nộp trực tuyến."""
    _one_of_five(journey, "fee-online", StepName.PAY)


def _one_of_five(journey: JourneyRecord, name: str, *steps: StepName) -> None:
    measured = journey.level
    journey.at(*steps)
    passed = measured.tests[name]
    if journey.journey.declared != FULL:
        not_applicable(f"dịch vụ công bố là {journey.journey.declared}: năm điều kiện chỉ hỏi ở dịch vụ toàn trình")
    if passed is None:
        not_tested(journey.journey.stopped_at() or measured.why)
    if not passed:
        seen = ", ".join(missing_labels(journey.journey)) if name == "published-fully" else measured.why
        fail(f"không đạt: {TEST_WORDS[name]}", Grounds(expected=TEST_WORDS[name], seen=seen, where=steps[0].vietnamese))
