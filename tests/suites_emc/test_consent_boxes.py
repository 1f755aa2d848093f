"""A tag behind a consent box is named as such; one that runs beside such a box is no fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser

from fixtures.pages import SiteRecord
from suites.emc.test_6_1_tag_on_every_page import test_tag_on_every_page as check
from tests.suites_pages.conftest import verdict_of
from tests.suites_pages.small_portal import TAG, SmallPage, clean, served
from toantrinh.observations.site import PageName, PageVisit
from toantrinh.observers.site.pages import observe_visit
from toantrinh.store import Store
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

BOX = '<div role="region" aria-label="Cookie"><p>Cổng dùng cookie.</p><button>Tôi đồng ý</button></div>'


def judged(chromium: Browser, folder: Path, tag: str) -> tuple[Verdict, str]:
    page = clean()["/"]
    assert isinstance(page, SmallPage)
    with served({**clean(), "/": replace(page, tag=tag, main=f"{page.main}{BOX}")}) as address:
        system = load_system("demo", base_url=address)
        visit = Store(folder).observe(
            "site/home", PageVisit, lambda kept: observe_visit(chromium, system, PageName.HOME, lambda _: None, kept)
        )
    return verdict_of(check, SiteRecord(system, {PageName.HOME: visit}))


def test_a_tag_that_waits_for_consent_is_named(chromium: Browser, tmp_path: Path) -> None:
    held = TAG.replace("<script nonce", '<script type="text/plain" data-consent="analytics" nonce')
    verdict, words = judged(chromium, tmp_path, held)
    assert verdict is Verdict.FAIL and "trước khi người dân đồng ý" in words


def test_a_tag_that_runs_beside_a_box_is_right(chromium: Browser, tmp_path: Path) -> None:
    assert judged(chromium, tmp_path, TAG) == (Verdict.PASS, "")
