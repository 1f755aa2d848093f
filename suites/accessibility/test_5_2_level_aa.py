"""5.2 WCAG 2.0 AA, and as advice what WCAG 2.1 and 2.2 add."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.looking import Looks
from fixtures.pages import SiteRecord
from fixtures.phone_pages import PhonePages
from fixtures.tour import TourRecord
from suites.accessibility.findings import Asked, judge_rules
from toantrinh.observations.colours import ColoursFacts

TARGET_SIZE, TARGET_SIZE_CRITERION = "target-size", "wcag258"


@check("axe.level-aa")
def test_no_violation_of_level_aa(
    site: SiteRecord, tour: TourRecord, phones: PhonePages, colours: Looks[ColoursFacts]
) -> None:
    """Không vi phạm quy tắc mức AA trong mọi khung của mọi trang (cả trên điện thoại) và mọi trạng thái."""
    judge_rules(site, tour, phones, Asked("mức AA", frozenset({"wcag2aa"})), colours)


@check("axe.newer-levels")
def test_no_violation_of_newer_levels(site: SiteRecord, tour: TourRecord, phones: PhonePages) -> None:
    """Không vi phạm quy tắc mới của WCAG 2.1 và 2.2."""
    newer = frozenset({"wcag21a", "wcag21aa", "wcag22aa"})
    judge_rules(site, tour, phones, Asked("WCAG 2.1, 2.2", newer, without=frozenset({TARGET_SIZE})))


@check("zoom.target-size")
def test_targets_are_large_enough(site: SiteRecord, tour: TourRecord, phones: PhonePages) -> None:
    """Vùng chạm ít nhất 24 × 24 điểm ảnh, hoặc cách vùng chạm khác đủ xa (WCAG 2.5.8)."""
    judge_rules(site, tour, phones, Asked("về vùng chạm", frozenset({TARGET_SIZE_CRITERION})))
