"""3.4 Tốc độ hiển thị."""

from __future__ import annotations

from collections.abc import Callable

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.judgement import Grounds, needs_review, not_tested
from toantrinh.observations.site import LoadingFigures, PageName

PAGES = (PageName.HOME, PageName.SERVICES, PageName.SERVICE)
CLEAR_SHARE = 0.5  # of the threshold: what a single load may take so that repetition could hardly change the verdict


@check("speed.first-content")
def test_first_content(site: SiteRecord) -> None:
    """Nội dung đầu tiên hiện dưới ngưỡng ở trang chủ, tìm kiếm, chi tiết."""
    _within(site, lambda figures: figures.first_content_ms, site.system.thresholds.first_content_s, "nội dung đầu tiên")


@check("speed.largest-content")
def test_largest_content(site: SiteRecord) -> None:
    """Nội dung lớn nhất hiện dưới ngưỡng ở trang chủ, tìm kiếm, chi tiết."""
    _within(
        site, lambda figures: figures.largest_content_ms, site.system.thresholds.largest_content_s, "nội dung lớn nhất"
    )


@check("speed.long-tasks")
def test_no_long_task(site: SiteRecord) -> None:
    """Mỗi tác vụ khi tải trang dưới ngưỡng ở trang chủ, tìm kiếm, chi tiết."""
    _within(site, lambda figures: figures.longest_task_ms, site.system.thresholds.task_s, "tác vụ dài nhất")


def _within(site: SiteRecord, figure: Callable[[LoadingFigures], float | None], limit_s: float, what: str) -> None:
    """Passes only when one cold load of every page is far below the limit; one load alone never fails anybody."""
    pages = [page for page in site.pages() if page.name in PAGES]
    if PageName.HOME not in {page.name for page in pages}:
        site.page(PageName.HOME)
    measured = [(page, figure(page.loading)) for page in pages]
    unknown = [page.name.vietnamese for page, value in measured if value is None]
    if unknown:
        not_tested(f"trình duyệt này không đo {what} ({', '.join(unknown)})")
    slow = [(page, value) for page, value in measured if value is not None and value > limit_s * 1000 * CLEAR_SHARE]
    if not slow:
        return
    site.look_at([page for page, _ in slow])
    said = "; ".join(f"{page.name.vietnamese} {_seconds(value)}" for page, value in slow)
    limit = _seconds(limit_s * 1000)
    needs_review(
        f"{what}: {said}; một lần tải chưa đủ để kết luận so với ngưỡng {limit}, cần đo nhiều lần tải nguội",
        Grounds(expected=f"dưới {limit}", seen=said, where=", ".join(page.address for page, _ in slow)),
    )


def _seconds(ms: float) -> str:
    return f"{ms / 1000:.2f} giây".replace(".", ",")
