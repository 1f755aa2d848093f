"""3.1 Thời gian phản hồi trung bình."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.load import Load
from suites.performance.load_rules import each_within, mean_stands, p95_stands

P95_TIMES = 2  # of the limit of the mean


@check("load.mean-in-limit")
def test_mean_is_within_the_limit(load: Load) -> None:
    """Ở tải thường, thời gian phản hồi trung bình của mỗi thao tác không quá ngưỡng."""
    each_within(load, mean_stands, load.system.thresholds.mean_response_s, "trung bình mỗi thao tác", "3.1")


@check("load.percentiles-in-limit")
def test_p95_is_within_twice_the_limit(load: Load) -> None:
    """Ở tải thường, 95% lượt của mỗi thao tác không quá hai lần ngưỡng trung bình."""
    each_within(load, p95_stands, P95_TIMES * load.system.thresholds.mean_response_s, "p95 mỗi thao tác", "3.1")
