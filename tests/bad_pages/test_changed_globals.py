"""A page that has replaced what the browser offers to scripts is seen as the same page without that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.bad_pages.bad_portal import OVERRIDES
from tests.bad_pages.conftest import AMPLE_S, LOOKERS, Open, meetings
from tests.bad_pages.observers import OBSERVERS
from tests.hardships.hard_portal import HardPortal
from toantrinh.store import Attachments


@pytest.fixture(scope="module")
def sound(context: BrowserContext, portal: HardPortal, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each observer sees of the sound page."""
    seen = {}
    with pytest.MonkeyPatch.context() as patch:
        for looker in LOOKERS:
            patch.setattr(looker, "LOOK_S", AMPLE_S)
        for name, observer in OBSERVERS.items():
            page = context.new_page()
            page.goto(portal.address + "/")
            seen[name] = plain(observer(page, attachments_in(tmp_path_factory.mktemp(name))), "/")
            page.close()
    return seen


def attachments_in(folder: Path) -> Attachments:
    """Pictures of one observation."""
    return Attachments(folder, "xau", lambda text: text)


def plain(facts: Any, path: str) -> str:
    """Facts as a text without the page's own address."""
    return str(facts).replace(path, "/") if path != "/" else str(facts)


@pytest.mark.usefixtures("ample_time")
@pytest.mark.parametrize(("name", "observer"), meetings(OVERRIDES, OBSERVERS))
def test_the_facts_are_those_of_the_sound_page(
    open_page: Open, sound: dict[str, Any], tmp_path: Path, name: str, observer: str
) -> None:
    page = open_page(f"/doi/{name}")
    assert plain(OBSERVERS[observer](page, attachments_in(tmp_path)), f"/doi/{name}") == sound[observer]


def test_the_sound_page_is_really_seen(sound: dict[str, Any]) -> None:
    assert "Bảng lệ phí" in sound["page-facts"] and "Lĩnh vực số 3" in sound["links"] and "tu-khoa" in sound["keyboard"]
    assert "foreign residents" in sound["translation"] and "Lệ phí phải nộp" in sound["reading"]
