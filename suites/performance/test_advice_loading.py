"""Khuyến nghị về tốc độ hiển thị (không tính điểm)."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.loading import Loading
from suites.performance.beside_rules import beside_is_no_slower
from suites.performance.loading_rules import weighed
from toantrinh.observations.loading import LoadingRecord


@check("advice.page-weight")
def test_pages_are_light(loading: Loading) -> None:
    """Lần tải đầu của bốn loại trang không quá 1,5 MB; kèm số yêu cầu, giao thức và phần văn bản được nén."""
    weighed(loading)


@check("speed.under-load")
def test_pages_show_quickly_under_load(loading: Loading, loading_beside: LoadingRecord) -> None:
    """Số liệu hiển thị ở tải thường không quá hai lần lúc rảnh."""
    beside_is_no_slower(loading, loading_beside)
