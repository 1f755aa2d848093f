"""1.1 Tìm kiếm thủ tục."""

from __future__ import annotations

from fixtures.catalogue import CatalogueRecord
from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from toantrinh.judgement import Grounds, fail, not_applicable, partial
from toantrinh.observations.catalogue import SearchTry, SearchVariants
from toantrinh.observations.journey import StepName

FIRST = 5  # results that a citizen sees without scrolling


@check("search.keyword-from-home")
def test_keyword_from_home(journey: JourneyRecord) -> None:
    """Tìm được thủ tục bằng từ khóa ngay từ trang chủ."""
    journey.need(StepName.HOME, StepName.SEARCH)


@check("search.without-diacritics")
def test_without_diacritics(variants: SearchVariants) -> None:
    """Tìm bằng chữ không dấu cho cùng thủ tục."""
    _found(variants.without_diacritics)


@check("search.by-code")
def test_by_code(variants: SearchVariants) -> None:
    """Tìm được bằng mã thủ tục."""
    _found(variants.by_code)


@check("search.target-among-first")
def test_target_among_first(journey: JourneyRecord) -> None:
    """Thủ tục cần tìm ở trong những kết quả đầu."""
    journey.need(StepName.SEARCH)
    search = journey.journey.search
    assert search is not None
    if search.rank is None or search.rank > FIRST:
        fail(
            f"“{search.query}”: thủ tục ở vị trí {search.rank} trong kết quả",
            journey.grounds(
                StepName.SEARCH,
                f"trong {FIRST} kết quả đầu",
                f"vị trí {search.rank}: {'; '.join(search.results[:FIRST])}",
            ),
        )


@check("search.filters-narrow")
def test_filters_narrow(catalogue: CatalogueRecord) -> None:
    """Bộ lọc đối tượng, lĩnh vực, mức độ, cơ quan đều thu hẹp kết quả."""
    filters = {found.intent: found for found in catalogue.facts.filters}
    names = {
        "filter-audience": "đối tượng",
        "filter-field": "lĩnh vực",
        "filter-level": "mức độ",
        "filter-agency": "cơ quan",
    }
    if not filters:
        catalogue.missing("bốn bộ lọc: " + ", ".join(names.values()), "không thấy bộ lọc nào trong danh sách thủ tục")
    wrong = [f"{name}: không thấy" for intent, name in names.items() if intent not in filters]
    wrong += [
        f"{names[f.intent]}: chọn “{f.option}” {f.before} → {f.after} thủ tục"
        for f in filters.values()
        if not 0 < f.after < f.before
    ]
    if wrong:
        partial(
            1 - len(wrong) / len(names),
            "; ".join(wrong),
            Grounds(expected="mỗi bộ lọc thu hẹp danh sách", seen="; ".join(wrong), where=catalogue.facts.address),
        )


@check("search.no-result-message")
def test_no_result_message(catalogue: CatalogueRecord) -> None:
    """Không có kết quả thì nói rõ."""
    tried = catalogue.facts.nothing
    if not tried.said:
        fail(
            f"tìm “{tried.query}” mà trang không nói là không có kết quả",
            Grounds(
                expected="lời báo không tìm thấy", seen=f"{len(tried.results)} liên kết", where=tried.proof.address
            ),
        )


@check("search.paging")
def test_paging(catalogue: CatalogueRecord) -> None:
    """Danh sách dài được chia trang, mỗi trang cho thủ tục khác."""
    facts = catalogue.facts
    if facts.total is not None and facts.total <= len(facts.rows):
        not_applicable(f"danh sách có {facts.total} thủ tục, hiện hết trên một trang")
    if facts.paging is None:
        catalogue.missing("nút sang trang", "không sang được trang thứ hai của danh sách")
        return
    again = set(facts.paging.first) & set(facts.paging.second)
    if again:
        fail(
            f"trang thứ hai lặp lại {len(again)} thủ tục của trang đầu",
            Grounds(expected="thủ tục khác", seen="; ".join(sorted(again)[:5]), where=facts.address),
        )


def _found(tried: SearchTry) -> None:
    if tried.rank is None or tried.rank > FIRST:
        seen = f"{len(tried.results)} kết quả, thủ tục {'không có' if tried.rank is None else f'ở vị trí {tried.rank}'}"
        fail(
            f"tìm “{tried.query}”: {seen}",
            Grounds(expected=f"trong {FIRST} kết quả đầu", seen=seen, where=tried.proof.address),
        )
