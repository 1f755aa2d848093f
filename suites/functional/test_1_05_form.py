"""1.5 Biểu mẫu điện tử."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import fail, needs_review, not_applicable, partial
from toantrinh.observations.journey import FieldRecord, StepName

TEXT = ("textbox", "combobox", "spinbutton", "radio", "searchbox")


@check("form.interactive")
def test_form_is_interactive(journey: JourneyRecord) -> None:
    """Biểu mẫu điền ngay trên trang, không phải tệp tải về."""
    journey.need_seen(StepName.FORM)
    fields = _fields(journey)
    if not fields:
        fail(
            "không có trường nào để điền trên trang",
            journey.grounds(StepName.FORM, "biểu mẫu điền trên trang", "không có trường"),
        )
    if journey.journey.unanswered and not journey.journey.reached(StepName.SUBMIT):
        needs_review("có câu hỏi mà trình điều khiển không trả lời được: " + "; ".join(journey.journey.unanswered))


@check("form.required-marked")
def test_required_fields_are_marked(journey: JourneyRecord) -> None:
    """Trường bắt buộc được đánh dấu."""
    journey.need_seen(StepName.FORM)
    required = [f for f in _fields(journey) if f.required and not f.readonly]
    if not required:
        if any(f.marked for f in _fields(journey)):
            return
        not_applicable("biểu mẫu không có trường bắt buộc")
    unmarked = [f.label for f in required if not f.marked]
    if unmarked:
        partial(
            1 - len(unmarked) / len(required),
            "trường bắt buộc không có dấu: " + "; ".join(unmarked[:6]),
            journey.grounds(StepName.FORM, "dấu * hoặc chữ “bắt buộc” ở nhãn", "; ".join(unmarked[:6])),
        )


@check("form.prefilled")
def test_account_data_is_prefilled(journey: JourneyRecord) -> None:
    """Dữ liệu của tài khoản được điền sẵn."""
    journey.need(StepName.LOG_IN)
    journey.need_seen(StepName.FORM)
    own = ("họ và tên", "họ tên", "họ, chữ đệm", "số định danh", "ngày sinh", "điện thoại")
    asked = [f for f in _fields(journey)[:25] if any(fold(word) in fold(f.label) for word in own)]
    if not asked:
        not_applicable("biểu mẫu không hỏi dữ liệu có trong tài khoản")
    if not any(f.prefilled for f in asked):
        fail(
            "không trường nào được điền sẵn từ tài khoản",
            journey.grounds(StepName.FORM, "họ tên, số định danh điền sẵn", "; ".join(f.label for f in asked[:6])),
        )


@check("form.asked-once")
def test_nothing_is_asked_twice(journey: JourneyRecord) -> None:
    """Một thông tin chỉ hỏi một lần."""
    journey.need(StepName.FORM, StepName.SUBMIT)
    seen: dict[tuple[str, str], str] = {}
    again = []
    for page in journey.journey.form:
        for field in page.fields:
            if field.prefilled or field.readonly or field.role not in TEXT or not field.label:
                continue
            key = (fold(field.group), fold(field.label))
            if key in seen and seen[key] != page.address and page.address.split("?")[0] != seen[key].split("?")[0]:
                again.append(field.label)
            seen.setdefault(key, page.address)
    if again:
        fail(
            "hỏi lại điều đã trả lời: " + "; ".join(again[:6]),
            journey.grounds(StepName.FORM, "hỏi một lần", "; ".join(again[:6])),
        )


def _fields(journey: JourneyRecord) -> list[FieldRecord]:
    return [field for page in journey.journey.form for field in page.fields if field.role in TEXT]
