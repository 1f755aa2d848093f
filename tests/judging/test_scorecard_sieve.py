"""The sieve of index.html: by verdict, group, severity, service and words; what it leaves is what the scorecard says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from toantrinh.reports import html
from toantrinh.scorecard import Scorecard
from toantrinh.scorecard_model import CheckRow
from toantrinh.verdicts import Verdict

SHOWN = "[...document.querySelectorAll('#criteria .check')].filter(one => one.checkVisibility() || one.closest('details.criterion:not([open])') && !one.closest('[hidden]')).map(one => one.id)"
Wanted = Callable[[str, CheckRow], bool]


@pytest.fixture
def page(scorecard: Scorecard, run_dir: Path, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(html.write(scorecard, run_dir).as_uri())
    yield page
    context.close()


def checks_of(card: Scorecard) -> list[tuple[str, CheckRow]]:
    """All checks in the order of the page, with the id of their group there."""
    rows = [
        (f"g{group.id}", check) for group in card.groups for criterion in group.criteria for check in criterion.checks
    ]
    return rows + [("advice", check) for check in card.advice]


def said(check: CheckRow, *verdicts: Verdict, service: str = "") -> bool:
    """Whether the check said one of these verdicts (any, when none is named) of this service (of any)."""
    rows = [(one.service or "-", one.verdict) for one in check.results] or [("-", check.verdict)]
    return any((not verdicts or verdict in verdicts) and service in ("", of) for of, verdict in rows)


def tick(page: Page, *verdicts: Verdict) -> None:
    for verdict in verdicts:
        page.locator(f"#sieve [name=verdict][value={verdict.value}]").check()


SIEVES: dict[str, tuple[Callable[[Page], object], Wanted]] = {
    "one verdict": (lambda page: tick(page, Verdict.FAIL), lambda group, one: said(one, Verdict.FAIL)),
    "two verdicts": (
        lambda page: tick(page, Verdict.FAIL, Verdict.NEEDS_REVIEW),
        lambda group, one: said(one, Verdict.FAIL, Verdict.NEEDS_REVIEW),
    ),
    "a group": (lambda page: page.select_option("#sieve [name=group]", "g2"), lambda group, one: group == "g2"),
    "a severity": (
        lambda page: page.select_option("#sieve [name=severity]", "critical"),
        lambda group, one: one.severity.value == "critical",
    ),
    "a service": (
        lambda page: page.select_option("#sieve [name=service]", "1.000894"),
        lambda group, one: said(one, service="1.000894"),
    ),
    "the whole system": (
        lambda page: page.select_option("#sieve [name=service]", "-"),
        lambda group, one: said(one, service="-"),
    ),
    "faults of a service": (
        lambda page: (tick(page, Verdict.FAIL), page.select_option("#sieve [name=service]", "1.000894")),
        lambda group, one: said(one, Verdict.FAIL, service="1.000894"),
    ),
}


@pytest.mark.parametrize("name", SIEVES)
def test_what_is_left_is_what_the_scorecard_says(name: str, page: Page, scorecard: Scorecard) -> None:
    act, wanted = SIEVES[name]
    act(page)
    expected = [check.id for group, check in checks_of(scorecard) if wanted(group, check)]
    everything = len(checks_of(scorecard))
    assert 0 < len(expected) < everything
    assert page.evaluate(SHOWN) == expected
    assert page.locator("#sieve [role=status]").inner_text() == f"Còn {len(expected)} trong {everything} phép kiểm."
    empty = page.locator("#criteria .criterion:visible, #criteria .group:visible").evaluate_all(
        "all => all.filter(one => !one.querySelector('.check:not([hidden])')).length"
    )
    assert empty == 0


def test_words_are_found_without_their_marks_and_in_any_case(page: Page, scorecard: Scorecard) -> None:
    page.fill("#sieve [name=words]", "GO KHONG DAU KHONG THAY")
    assert page.evaluate(SHOWN) == ["search.without-diacritics"]
    page.fill("#sieve [name=words]", "không có chữ nào như thế này")
    assert page.evaluate(SHOWN) == [] and page.locator("#sieve [role=status]").inner_text().startswith("Còn 0 trong")


def test_one_button_takes_it_all_back_and_a_link_shows_what_it_names(page: Page, scorecard: Scorecard) -> None:
    before = page.evaluate(SHOWN)
    tick(page, Verdict.FAIL)
    page.fill("#sieve [name=words]", "kho")
    assert page.evaluate(SHOWN) != before
    page.get_by_role("button", name="Bỏ lọc").click()
    assert page.evaluate(SHOWN) == before and page.locator("#sieve :checked[type=checkbox]").count() == 0
    assert (
        page.evaluate("document.activeElement.name") == "verdict"
        and page.get_by_role("button", name="Bỏ lọc").is_hidden()
    )
    tick(page, Verdict.PASS)
    page.evaluate("location.hash = 'support.feedback-answer'")
    page.locator("[id='support.feedback-answer'][open]").wait_for()
    assert page.evaluate(SHOWN) == before


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1366, "light")])
def test_it_has_no_finding_of_accessibility_and_fits(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    tick(page, Verdict.FAIL)
    found = Axe().run(page, "#sieve").response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.locator(
        "#sieve label:has([type=checkbox]), #sieve select, #sieve [type=search], #sieve button"
    ).evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(box => box.height < 24 || box.width < 24).length"
    )
    assert small == 0  # WCAG 2.2, 2.5.8


def test_without_a_script_there_is_no_sieve_and_on_paper_only_what_it_left(
    page: Page, scorecard: Scorecard, run_dir: Path, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(html.write(scorecard, run_dir).as_uri())
    assert plain.locator("#sieve").is_hidden() and plain.locator("#criteria .criterion").first.is_visible()
    context.close()
    page.emulate_media(media="print")
    assert page.locator("#sieve").is_hidden()
    page.emulate_media(media="screen")
    tick(page, Verdict.FAIL)
    page.emulate_media(media="print")
    assert page.locator("#sieve [role=status]").is_visible() and page.locator("#sieve fieldset").is_hidden()
