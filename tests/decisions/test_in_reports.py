"""Every report shows who said what; struck through what is not counted; nothing that was written gets in unescaped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.cards import card_of
from toantrinh.decisions.applying import Known, Moment, with_decisions
from toantrinh.decisions.files import read_decisions
from toantrinh.reports import html, terminal
from toantrinh.scorecard import validate_scorecard, write_scorecard
from toantrinh.scorecard_model import Scorecard

from .conftest import ACCEPTED, FAILED, FEEDBACK, OPEN, REFUSED, RESULTS, SERVICES, TODAY, explained, reviewed

HOSTILE = """"'><script>window.hurt=1</script><img src=x onerror="window.hurt=1">{{7*7}}</s></dd>"""
Write = Callable[..., Path]


def decided(file: Path) -> Scorecard:
    """The scorecard with what the files beside the system say."""
    known = Known({result.check for result in RESULTS}, SERVICES)
    results, facts = with_decisions(RESULTS, read_decisions(file), known, Moment(TODAY, TODAY))
    return card_of(results).model_copy(update={"decisions": facts})


def all_kinds(write: Write, reason: str = "cổng thanh toán quốc gia trả sai số tiền") -> Scorecard:
    """Accepted, not accepted, reviewed, stale."""
    accepted = [explained(one, accepted=ACCEPTED, reason=reason) for one in FAILED]
    stale = explained(FEEDBACK, check="search.by-code", seen="v1-0123456789abcdef")
    return decided(write([*accepted, explained(FEEDBACK), stale], [reviewed(OPEN, grounds=reason)]))


def opened(browser: Browser, path: Path, **options: Any) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(path.as_uri())
    return page


def test_the_page_strikes_through_what_was_accepted_and_nothing_else(
    write: Write, tmp_path: Path, chromium: Browser
) -> None:
    page = opened(chromium, html.write(all_kinds(write), tmp_path))
    struck = page.locator("#people li:has(> .service-line) s").all_inner_texts()
    assert FAILED[0].message in struck and FEEDBACK.message not in struck and len(struck) == 4
    shown = page.locator("#people").inner_text()
    for said in (
        "Trần Thị A",
        "Lê Văn B",
        "Lỗi của dịch vụ bên ngoài",
        "chưa có; điểm vẫn tính như máy kết luận",
        "thu.explanations.yaml:",
    ):
        assert said in shown, said
    assert page.locator("[id='pay.amount-equals-fee'] > summary s").count() == 1
    assert "1 đã giải trình, không trừ điểm" in page.locator("#score").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_refusal_is_shown_with_its_grounds(write: Write, tmp_path: Path, chromium: Browser) -> None:
    card = decided(write([explained(one, refused=REFUSED) for one in FAILED]))
    shown = opened(chromium, html.write(card, tmp_path)).locator("#people").inner_text()
    for said in ("không được chấp nhận", "Lê Văn B", REFUSED["grounds"], "Trần Thị A"):
        assert str(said) in shown, shown
    lines = "\n".join(terminal.decisions(card))
    assert "2 có giải trình, không được chấp nhận" in lines


def test_the_page_of_a_system_of_which_nobody_spoke_has_no_such_part(tmp_path: Path, chromium: Browser) -> None:
    page = opened(chromium, html.write(card_of(RESULTS), tmp_path))
    assert page.locator("#people, .spoken, s").count() == 0


def test_the_part_is_accessible_and_fits_a_phone(write: Write, tmp_path: Path, chromium: Browser) -> None:
    path = html.write(all_kinds(write), tmp_path)
    for scheme in ("light", "dark"):
        page = opened(chromium, path, viewport={"width": 360, "height": 740}, color_scheme=scheme)
        page.evaluate(
            "document.querySelectorAll('details').forEach(one => one.open = one.id === 'pay.amount-equals-fee' || !!one.querySelector('[id=\"pay.amount-equals-fee\"]'))"
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page, context="#people").response["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_nothing_that_people_write_gets_in_unescaped(write: Write, tmp_path: Path, chromium: Browser) -> None:
    page = opened(chromium, html.write(all_kinds(write, HOSTILE), tmp_path))
    assert HOSTILE in page.locator("#people").inner_text()
    assert page.evaluate("window.hurt") is None and page.locator("#people img").count() == 0


def test_the_terminal_says_what_people_said_and_what_is_stale(write: Write) -> None:
    lines = list(terminal.decisions(all_kinds(write)))
    for said in (
        "2 giải trình được chấp nhận, không trừ điểm",
        "1 có giải trình, chưa được chấp nhận",
        "1 người đánh giá: đạt",
    ):
        assert said in lines[0], lines[0]
    assert any("thu.explanations.yaml:" in line and "search.by-code" in line for line in lines)
    assert list(terminal.decisions(card_of(RESULTS))) == []


def test_the_file_keeps_its_contract_and_says_it_all(write: Write, tmp_path: Path) -> None:
    card = all_kinds(write)
    read = validate_scorecard(write_scorecard(card, tmp_path / "scorecard.json"))
    assert read == card and read.schema_version == "1.1"
    assert len(read.decisions.stale) == 1 and [file.entries for file in read.decisions.files] == [4, 1]
