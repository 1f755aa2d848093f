"""1.2 Công khai đầy đủ thủ tục."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.judgement import fail, not_tested, partial
from toantrinh.level import DETAIL_LABELS, missing_labels, published_fee, value_of
from toantrinh.observations.journey import StepName


@check("publish.detail-labels")
def test_detail_labels(journey: JourneyRecord) -> None:
    """Trang thủ tục có đủ mười bốn nội dung, không nội dung nào trống."""
    journey.need(StepName.DETAIL)
    missing = missing_labels(journey.journey)
    if missing:
        partial(
            1 - len(missing) / len(DETAIL_LABELS),
            "thiếu hoặc trống: " + ", ".join(missing),
            journey.grounds(StepName.DETAIL, "đủ mười bốn nội dung", f"có {len(DETAIL_LABELS) - len(missing)}"),
        )


@check("publish.templates-download")
def test_templates_download(journey: JourneyRecord) -> None:
    """Biểu mẫu tải về được, là tài liệu thật và không rỗng."""
    journey.need(StepName.DETAIL)
    detail = journey.journey.detail
    assert detail is not None
    if not detail.templates:
        message = "không thấy biểu mẫu nào để tải"
        grounds = journey.grounds(StepName.DETAIL, "ít nhất một biểu mẫu tải về được", message)
        fail(message, grounds)
    taken = [t for t in detail.templates if not t.why]
    if not taken:
        not_tested("; ".join(f"{t.label}: {t.why}" for t in detail.templates))
    broken = [f"{t.label} ({t.status}, {t.kind}, {t.bytes} byte)" for t in taken if not t.sound]
    if broken:
        partial(
            1 - len(broken) / len(taken),
            "tải về không thành tài liệu: " + "; ".join(broken),
            journey.grounds(StepName.DETAIL, "tệp PDF hoặc DOCX mở được", "; ".join(broken)),
        )


@check("publish.fee-and-time")
def test_fee_and_time(journey: JourneyRecord) -> None:
    """Phí và thời hạn được nêu bằng con số."""
    journey.need(StepName.DETAIL)
    detail = journey.journey.detail
    assert detail is not None
    way = value_of(detail.labels, "Cách thức thực hiện") or ""
    time = value_of(detail.labels, "Thời hạn giải quyết") or way
    fee = (value_of(detail.labels, "Phí, lệ phí") or value_of(detail.labels, "Lệ phí") or way).lower()
    wrong = []
    if not any(c.isdigit() for c in time) and "ngay khi" not in time.lower():
        wrong.append("thời hạn không có con số")
    if published_fee(journey.journey) is None and not any(word in fee for word in ("không", "miễn", "0 đồng")):
        wrong.append("phí không có con số")
    if wrong:
        partial(
            1 - len(wrong) / 2,
            "; ".join(wrong),
            journey.grounds(StepName.DETAIL, "con số cho phí và thời hạn", "; ".join(wrong)),
        )
