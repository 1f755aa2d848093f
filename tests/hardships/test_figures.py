"""The page of public figures under hardship: what we could not see is never a page that is not there."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from toantrinh.observations.figures import PublicFigures
from toantrinh.observers import figures
from toantrinh.store import Attachments, Observed, Outcome, Store
from toantrinh.systems import load_system

from .hard_portal import Answer, page, running

TABLE = "<h2>Số liệu</h2><table><tr><th>Cơ quan</th><th>Tiếp nhận</th></tr><tr><td>Sở A</td><td>12</td></tr></table>"
ENDLESS = "<script>Object.defineProperty(HTMLTableCellElement.prototype, 'rowSpan', {get() { while (true); }})</script>"
TO_FIGURES = page("<a href=/so-lieu>Thống kê</a>")


def observed(chromium: Browser, folder: Path, answers: dict[str, Answer]) -> Observed[PublicFigures]:
    with running(answers) as portal:
        system = load_system(str(Path(__file__).parents[1] / "strangers" / "may.yaml"), base_url=portal.address)

        def how(attachments: Attachments) -> PublicFigures:
            return figures.observe_figures(chromium, system, attachments)

        return Store(folder, str).observe(figures.figures_key("before"), PublicFigures, how)


def test_figures_that_only_the_site_map_leads_to_are_read(chromium: Browser, tmp_path: Path) -> None:
    seen = observed(
        chromium,
        tmp_path,
        {
            "/": lambda talk: talk.answer(page("<a href=/so-do>Sơ đồ cổng</a>")),
            "/so-do": lambda talk: talk.answer(TO_FIGURES),
            "/so-lieu": lambda talk: talk.answer(page(TABLE)),
        },
    )
    assert seen.data is not None, seen.reason
    assert seen.data.tables[0].rows == (("Sở A", "12"),)
    assert seen.data.shots


def test_figures_behind_a_button_are_read(chromium: Browser, tmp_path: Path) -> None:
    button = page("<button onclick=\"location='/so-lieu'\">Thống kê</button>")
    answers: dict[str, Answer] = {
        "/": lambda talk: talk.answer(button),
        "/so-lieu": lambda talk: talk.answer(page(TABLE)),
    }
    seen = observed(chromium, tmp_path, answers)
    assert seen.data is not None and seen.data.tables, seen.reason


def test_figures_that_nothing_leads_to_are_absent(chromium: Browser, tmp_path: Path) -> None:
    seen = observed(chromium, tmp_path, {"/": lambda talk: talk.answer(page())})
    assert seen.data is not None and seen.data.absent


def test_a_page_that_would_keep_its_reader_for_ever_is_read_all_the_same(chromium: Browser, tmp_path: Path) -> None:
    answers: dict[str, Answer] = {
        "/": lambda talk: talk.answer(TO_FIGURES),
        "/so-lieu": lambda talk: talk.answer(page(TABLE + ENDLESS)),
    }
    seen = observed(chromium, tmp_path, answers)
    assert seen.data is not None and seen.data.tables, seen.reason


def test_a_home_page_in_trouble_does_not_say_that_there_are_no_figures(chromium: Browser, tmp_path: Path) -> None:
    seen = observed(chromium, tmp_path, {"/": lambda talk: talk.answer(page("Lỗi"), 500)})
    assert seen.data is None and seen.outcome is Outcome.NOT_TESTED


def test_a_connection_that_is_closed_is_no_fault_of_ours(chromium: Browser, tmp_path: Path) -> None:
    answers: dict[str, Answer] = {"/": lambda talk: talk.answer(TO_FIGURES), "/so-lieu": lambda talk: None}
    assert observed(chromium, tmp_path, answers).outcome is Outcome.NETWORK
