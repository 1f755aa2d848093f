"""3.4 Tốc độ hiển thị."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.loading import Loading
from suites.performance.loading_rules import within


@check("speed.first-content")
def test_first_content(loading: Loading) -> None:
    """Nội dung đầu tiên hiện dưới ngưỡng ở trang chủ, tìm kiếm, chi tiết và biểu mẫu."""
    limit = loading.system.thresholds.first_content_s
    within(loading, lambda load: load.first_content_ms, limit, "nội dung đầu tiên")


@check("speed.largest-content")
def test_largest_content(loading: Loading) -> None:
    """Nội dung lớn nhất hiện dưới ngưỡng ở trang chủ, tìm kiếm, chi tiết và biểu mẫu."""
    limit = loading.system.thresholds.largest_content_s
    within(loading, lambda load: load.largest_content_ms, limit, "nội dung lớn nhất")


@check("speed.fully-displayed")
def test_fully_displayed(loading: Loading) -> None:
    """Chỉ số tốc độ hiển thị (Speed Index) dưới ngưỡng ở trang chủ, tìm kiếm, chi tiết và biểu mẫu."""
    limit = loading.system.thresholds.fully_displayed_s
    within(loading, lambda load: load.speed_index_ms, limit, "chỉ số tốc độ hiển thị")


@check("speed.long-tasks")
def test_no_long_task(loading: Loading) -> None:
    """Mỗi tác vụ khi tải trang dưới ngưỡng ở trang chủ, tìm kiếm, chi tiết và biểu mẫu."""
    within(loading, lambda load: load.longest_task_ms, loading.system.thresholds.task_s, "tác vụ dài nhất")
