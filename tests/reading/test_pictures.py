"""The pictures of what was read: one of each cause for all pages alike; the page itself where none shows the fault."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from suites.accessibility import test_5_1_reading as a51
from tests.reading.conftest import TEXT
from tests.reading.test_record_and_verdict import FAKE, record_of, verdict_of
from toantrinh.observations.reading import ReadingFacts
from toantrinh.observations.site import PageFacts, PageName, PageVisit
from toantrinh.observers.screen_reader.reading import reading_of
from toantrinh.store import Attachments, Observed, Outcome

MORE = f"<p>{TEXT}</p><h5>Nhảy cấp</h5>"


def read(page: Page, folder: Path, number: int, main: str = FAKE + MORE) -> ReadingFacts:
    page.set_content(f"<html lang=vi><title>T</title><main><h1>Một</h1>{main}</main>")
    return reading_of(page, Attachments(folder, f"reading/{number}", str))


def test_one_cause_on_three_pages_is_pictured_once(page: Page, tmp_path: Path) -> None:
    record = record_of(*(read(page, tmp_path, number) for number in range(3)))
    verdict_of(a51.test_headings_are_real_and_in_order, record)
    pictures = [piece for piece in record.evidence if piece.kind == "screenshot"]
    assert len(pictures) == 2
    assert {piece.path.split("/")[2] for piece in pictures} == {"0"}
    assert pictures[0].title == "cấp nhảy từ h1 tới h5: “Nhảy cấp” – Trang chủ"


def test_where_no_element_can_be_outlined_the_pages_at_fault_are_shown(page: Page, tmp_path: Path) -> None:
    wrong = read(page, tmp_path, 0).model_copy(update={"shots": {}})
    record = record_of(wrong, read(page, tmp_path, 1, f"<p>{TEXT}</p>"))
    for name in (PageName.HOME, PageName.SERVICES):
        visit = PageVisit.model_construct(name=name, page=PageFacts.model_construct(name=name, shot=f"{name}.jpg"))
        record.site.visits[name] = Observed(key="x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=visit)  # type: ignore[index]
    verdict_of(a51.test_headings_are_real_and_in_order, record)
    assert [piece.path for piece in record.evidence] == ["home.jpg"]
