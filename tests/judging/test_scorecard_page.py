"""index.html: says what scorecard.json says, escapes what strangers wrote, needs no network, and is accessible."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from toantrinh.criteria import load_catalogue, load_criteria
from toantrinh.reports import html, terminal
from toantrinh.reports.gains import gains
from toantrinh.reports.html import evidence_address
from toantrinh.reports.words import duration, number, span
from toantrinh.scorecard import JourneyStep, RunFacts, Scorecard, ServiceFacts, SystemFacts, build_scorecard
from toantrinh.verdicts import CheckResult, Evidence, Verdict

HOSTILE = """"'><script>window.hurt=1</script><img src=x onerror="window.hurt=1">{{7*7}}</style></title>"""


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    return chromium


def opened(browser: Browser, path: Path, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(path.as_uri())
    return page


def test_the_page_shows_every_criterion_with_its_points(scorecard: Scorecard, run_dir: Path, browser: Browser) -> None:
    page = opened(browser, html.write(scorecard, run_dir))
    for group in scorecard.groups:
        for criterion in group.criteria:
            shown = page.locator(f"[id='c{criterion.id}'] .criterion-points").inner_text()
            assert shown == f"{span(criterion.low, criterion.high)} / {number(criterion.points)}"
    assert page.locator(".points .big").inner_text() == span(scorecard.score.low, scorecard.score.high)
    assert page.locator(".grade-letters").inner_text().split() == [scorecard.grade.low, "đến", scorecard.grade.high]


def test_the_page_asks_the_network_for_nothing(scorecard: Scorecard, run_dir: Path, browser: Browser) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(html.write(scorecard, run_dir).as_uri())
    page.locator("[data-open]").click()
    for picture in page.locator("img").all()[:3]:
        picture.scroll_into_view_if_needed()
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}
    assert any(url.endswith(".png") for url in asked)


OF_EACH_KIND = "#services details, #g1 details, #g3 .criterion, #c4\\.7, #c4\\.7 details, #c2\\.5, #c2\\.5 details"


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1366, "dark")])
def test_axe_finds_nothing_when_findings_of_each_kind_are_open(
    scorecard: Scorecard, run_dir: Path, browser: Browser, scheme: str, width: int
) -> None:
    page = opened(
        browser,
        html.write(scorecard, run_dir),
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )
    page.locator(OF_EACH_KIND).evaluate_all("all => all.forEach(one => { one.open = true })")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1366])
def test_nothing_has_to_be_scrolled_sideways(scorecard: Scorecard, run_dir: Path, browser: Browser, width: int) -> None:
    page = opened(browser, html.write(scorecard, run_dir), viewport={"width": width, "height": 800})
    page.locator("[data-open]").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_has_one_first_heading_and_skips_no_level(scorecard: Scorecard, run_dir: Path) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html.render(scorecard, run_dir))]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_link_to_a_finding_opens_it(scorecard: Scorecard, run_dir: Path, browser: Browser) -> None:
    page = opened(browser, html.write(scorecard, run_dir))
    page.locator("#mend a").first.click()
    page.locator(".check[open] .message").first.wait_for(state="visible")


def test_all_can_be_opened_and_closed_by_keyboard(scorecard: Scorecard, run_dir: Path, browser: Browser) -> None:
    page = opened(browser, html.write(scorecard, run_dir))
    page.locator("[data-open]").focus()
    page.keyboard.press("Enter")
    assert page.locator("main details:not([open])").count() == 0
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("main details[open]").count() == 0


def test_findings_are_printed_open(scorecard: Scorecard, run_dir: Path, browser: Browser) -> None:
    page = opened(browser, html.write(scorecard, run_dir))
    page.emulate_media(media="print")
    assert page.locator("[id='papers.from-store'] .message").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_the_same_finding_of_several_services_is_shown_once(
    scorecard: Scorecard, run_dir: Path, browser: Browser
) -> None:
    page = opened(browser, html.write(scorecard, run_dir))
    rows = page.locator("[id='papers.from-store'] .by-service > li")
    assert rows.count() == 1
    assert rows.locator(".names > li").count() == len(scorecard.services)


@pytest.fixture
def hostile() -> Scorecard:
    evidence = (
        Evidence(path="javascript:alert(1)", title=HOSTILE),
        Evidence(path="../../../etc/passwd", title="outside"),
        Evidence(path='evidence/a" onload="window.hurt=1.png', title=HOSTILE),
    )
    result = CheckResult(
        check="search.by-code", service=HOSTILE, verdict=Verdict.FAIL, message=HOSTILE, expected=HOSTILE, seen=HOSTILE,
        where=HOSTILE, identity=HOSTILE, evidence=evidence,
    )  # fmt: skip
    step = JourneyStep(
        step=HOSTILE, title=HOSTILE, reached=False, reach=HOSTILE, why=HOSTILE, address="javascript:alert(1)",
        screenshot="javascript:alert(1)",
    )  # fmt: skip
    service = ServiceFacts(code=HOSTILE, name=HOSTILE, declared_level="một phần", why=HOSTILE, journey=(step,))
    run = RunFacts(
        id=HOSTILE, started=HOSTILE, finished=HOSTILE, base_url="javascript:alert(1)", browser=HOSTILE,
        command=HOSTILE, seed=1, complete=False, notes=(HOSTILE,),
    )  # fmt: skip
    system = SystemFacts(id=HOSTILE, name=HOSTILE, kind="other", platform=HOSTILE, authorisation=HOSTILE)
    return build_scorecard(run, system, load_criteria(), load_catalogue(), [result], [service])


def test_hostile_text_stays_text(hostile: Scorecard, tmp_path: Path, browser: Browser) -> None:
    page = browser.new_context().new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(html.write(hostile, tmp_path).as_uri())
    page.locator("[data-open]").click()
    assert page.evaluate("window.hurt") is None
    assert errors == []
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.locator("body script").count() == 1
    assert "{{7*7}}" in page.title()


def test_hostile_addresses_are_no_links(hostile: Scorecard, tmp_path: Path) -> None:
    text = html.render(hostile, tmp_path)
    assert re.findall(r"(?:href|src)=\"(?!#|\./)[^\"]*", text.split("<body>")[1]) == []


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x.png", "a/../../x.png", "", "a\\..\\x.png", "x\0.png", "missing.png"]
)
def test_evidence_outside_the_run_or_not_there_is_not_linked(tmp_path: Path, path: str) -> None:
    (tmp_path / "there.png").write_bytes(b"")
    assert evidence_address(path, tmp_path) == ""


def test_evidence_with_odd_letters_is_linked_so_that_it_opens(tmp_path: Path) -> None:
    name = "ảnh #1 100%?.png"
    (tmp_path / name).write_bytes(b"")
    assert evidence_address(name, tmp_path) == "./%E1%BA%A3nh%20%231%20100%25%3F.png"


def test_a_run_without_services_findings_or_evidence_makes_a_page(scorecard: Scorecard, tmp_path: Path) -> None:
    bare = build_scorecard(scorecard.run, scorecard.system, load_criteria(), load_catalogue(), [], [])
    text = html.render(bare, tmp_path)
    assert "0–100" in text
    assert "Nên sửa trước" not in text


def test_what_to_mend_first_is_what_wins_back_most(scorecard: Scorecard) -> None:
    points = [gain.points for gain in gains(scorecard)]
    assert points == sorted(points, reverse=True)
    assert gains(scorecard)[0].check.id == "papers.from-store"


def test_the_terminal_table_fits_100_columns_and_says_the_same(scorecard: Scorecard) -> None:
    text = terminal.table(scorecard)
    assert max(len(line) for line in text.splitlines()) <= 100
    assert f"{span(scorecard.score.low, scorecard.score.high)} / 100" in text
    assert f"Xếp loại {scorecard.grade.low}–{scorecard.grade.high}" in text
    for group in scorecard.groups:
        assert f"{span(group.low, group.high)} / {number(group.points)}" in text
    assert not set("█░·─") & set(terminal.table(scorecard, plain=True))


@pytest.mark.parametrize(
    ("ms", "said"), [(850.4, "850 ms"), (1234, "1,2 giây"), (60_000, "1 phút"), (200_000, "3 phút 20 giây")]
)
def test_durations_are_said_as_people_say_them(ms: float, said: str) -> None:
    assert duration(ms) == said
