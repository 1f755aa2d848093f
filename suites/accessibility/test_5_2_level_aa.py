"""5.2 WCAG 2.0 AA, and as advice what WCAG 2.1 and 2.2 add."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.pages import SiteRecord
from fixtures.phone_pages import PhonePages
from fixtures.tour import TourRecord
from suites.accessibility.findings import judge_level


@check("axe.level-aa")
def test_no_violation_of_level_aa(site: SiteRecord, tour: TourRecord, phones: PhonePages) -> None:
    """Không vi phạm quy tắc mức AA trong mọi khung của mọi trang (cả trên điện thoại) và mọi trạng thái."""
    judge_level(site, tour, phones, frozenset({"wcag2aa"}), "mức AA")


@check("axe.newer-levels")
def test_no_violation_of_newer_levels(site: SiteRecord, tour: TourRecord, phones: PhonePages) -> None:
    """Không vi phạm quy tắc mới của WCAG 2.1 và 2.2."""
    judge_level(site, tour, phones, frozenset({"wcag21a", "wcag21aa", "wcag22aa"}), "WCAG 2.1, 2.2")
