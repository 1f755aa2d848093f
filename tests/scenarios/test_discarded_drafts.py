"""A draft is called taken away only where the list of dossiers was seen without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toantrinh.driver.eyes import View
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach, StepName
from toantrinh.scenarios import drafts
from toantrinh.store import Attachments
from toantrinh.systems import load_system

OWN = "http://127.0.0.1:1/ho-so/5"
REMOVE = "<button onclick=\"this.closest('tr').remove()\">Xóa bản nháp</button>"


@pytest.fixture
def who(chromium: Browser, tmp_path: Path) -> Iterator[Traveller]:
    system = load_system("demo", base_url="http://127.0.0.1:1")
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as traveller:
        traveller.book.begin(StepName.FORM)
        yield traveller


def discarded(
    who: Traveller, monkeypatch: pytest.MonkeyPatch, actions: str | None, *, lazy: bool, saved: bool = True
) -> str:
    """What stays, at a list with one draft and these buttons beside it; None: with no draft."""
    name = who.service.name
    row = (
        f"<tr><td><a href={OWN}>{name}</a></td><td>Bản nháp</td><td>{actions}</td></tr>" if actions is not None else ""
    )
    frame = (
        "<!doctype html><html lang=vi><body><main><h1>Hồ sơ của tôi</h1><table id=ds>{}</table></main></body></html>"
    )

    def listed(traveller: Traveller) -> View:
        page = traveller.hands.page
        page.set_content(frame.format("" if lazy else row))
        view = traveller.hands.settle()
        if lazy:
            page.evaluate("row => { setTimeout(() => { ds.innerHTML = row; }, 100); }", row)
        return view

    monkeypatch.setattr(drafts, "own_list", listed)
    return drafts.discard_draft(who, f"{OWN}/khai", saved=saved)


@pytest.mark.parametrize("lazy", [False, True])
def test_a_draft_that_cannot_be_taken_away_is_named(
    who: Traveller, monkeypatch: pytest.MonkeyPatch, lazy: bool
) -> None:
    assert discarded(who, monkeypatch, "", lazy=lazy) == f"bản nháp {who.service.code}"


@pytest.mark.parametrize("lazy", [False, True])
def test_a_draft_that_was_taken_away_leaves_nothing(
    who: Traveller, monkeypatch: pytest.MonkeyPatch, lazy: bool
) -> None:
    assert discarded(who, monkeypatch, REMOVE, lazy=lazy) == ""
    assert who.hands.page.locator("tr").count() == 0


def test_a_list_without_a_draft_leaves_nothing(who: Traveller, monkeypatch: pytest.MonkeyPatch) -> None:
    assert discarded(who, monkeypatch, None, lazy=False) == ""


@pytest.mark.parametrize(
    ("how", "saved", "left"),
    [
        (Reach.ABSENT, False, ""),
        (Reach.ABSENT, True, "bản nháp {}"),
        (Reach.BLOCKED, False, "bản nháp {} (không rõ đã được lưu chưa)"),
    ],
)
def test_a_list_that_was_not_seen_proves_nothing(
    who: Traveller, monkeypatch: pytest.MonkeyPatch, how: Reach, saved: bool, left: str
) -> None:
    def unseen(_: Traveller) -> View:
        raise StepEnded(how, "không mở được")

    monkeypatch.setattr(drafts, "own_list", unseen)
    assert drafts.discard_draft(who, OWN, saved=saved) == left.format(who.service.code)


def test_a_tab_that_speaks_of_drafts_is_not_the_draft_that_is_gone(
    who: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, page = who.service.name, who.hands.page
    done = f"<tr><td><a href=http://127.0.0.1:1/ho-so/4>{name}</a></td><td>Đã trả kết quả</td></tr>"
    row = f"<tr><td><a href={OWN}>{name}</a></td><td>Bản nháp</td><td>{REMOVE}</td></tr>"
    page.set_content(
        "<!doctype html><html lang=vi><body><main><table><tr><td><a href=http://127.0.0.1:1/ds?loai=nhap>Bản nháp</a>"
        f"<table>{done}{row}</table></td></tr></table></main></body></html>"
    )
    monkeypatch.setattr(drafts, "own_list", lambda traveller: traveller.hands.settle())
    assert drafts.discard_draft(who, OWN) == ""
