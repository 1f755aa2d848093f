"""Records of small portals, seen for real by one Chromium and kept for the whole session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser
from pydantic import BaseModel

from fixtures.answers import AnswersRecord, add_pages
from fixtures.looking import Looks
from fixtures.pages import SiteRecord
from fixtures.phone_pages import PhonePages
from fixtures.tour import TourRecord
from tests.suites_pages.portals import PORTALS
from tests.suites_pages.small_portal import served
from toantrinh.judgement import Judgement
from toantrinh.observations.colours import ColoursFacts
from toantrinh.observations.journey import Reach
from toantrinh.observations.site import PageFacts, PageName, PageVisit, RobotsFacts
from toantrinh.observations.tour import Tour
from toantrinh.observers.site.pages import observe_robots, observe_visit, page_key
from toantrinh.store import Observed, Outcome, Store
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

Recorder = Callable[[str], SiteRecord]
NOTHING_MORE = Tour(name="tour", reach=Reach.NOT_NEEDED)  # there is no application, and so no state of one
T = TypeVar("T", bound=BaseModel)


def verdict_of(check: Callable[..., None], *records: object) -> tuple[Verdict, str]:
    """What the check says of these records, with all its words; one that asks for states gets a tour that saw none."""
    if "answers" in check.__annotations__ and isinstance(records[0], SiteRecord):
        (site,) = records
        seen = AnswersRecord(site.system, [])
        add_pages(seen, None, site.visits)
        records = (seen, site) if "site" in check.__annotations__ else (seen,)
    if "tour" in check.__annotations__ and len(records) == 1 and isinstance(records[0], SiteRecord):
        records = (*records, TourRecord(NOTHING_MORE))
    if "phones" in check.__annotations__ and len(records) == 2:  # nobody looked on a phone
        records = (*records, PhonePages())
    if "colours" in check.__annotations__ and len(records) == 3:  # every page was measured whole
        records = (*records, looks_of(*(ColoursFacts(address="") for _ in PageName)))
    try:
        check(*records)
    except Judgement as judgement:
        grounds = judgement.grounds
        return judgement.verdict, " | ".join((judgement.message, grounds.seen, grounds.where))
    return Verdict.PASS, ""


def looks_of(*facts: T) -> Looks[T]:
    """The record of pages of which this was seen: home, services, …"""
    observed = (
        Observed[type(one)](key="look/x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=one)  # type: ignore[misc]
        for one in facts
    )
    return Looks(dict(zip(PageName, observed, strict=False)))


@pytest.fixture(scope="session")
def site_of(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Recorder:
    """Gives the record of a portal of `portals.py` by its name; each portal is visited once in the session."""
    known: dict[str, SiteRecord] = {}

    def get(name: str) -> SiteRecord:
        if name not in known:
            known[name] = _observe(chromium, name, tmp_path_factory.mktemp(name))
        kept = known[name]
        return SiteRecord(kept.system, dict(kept.visits), kept.robots, kept.observations)

    return get


def _observe(browser: Browser, name: str, folder: Path) -> SiteRecord:
    portal, wanted = PORTALS[name]
    store, visits = Store(folder), dict[PageName, Observed[PageVisit]]()
    with served(portal()) as address:
        system = load_system("demo", base_url=address)

        def seen(page: PageName) -> PageFacts | None:
            visit = visits.get(page)
            found = visit.data.page if visit and visit.data else None
            return found if found and found.judged else None

        for page in wanted:
            visits[page] = store.observe(
                page_key(page),
                PageVisit,
                lambda attachments, page=page: observe_visit(browser, system, page, seen, attachments),
            )
        robots = store.observe("site/robots", RobotsFacts, lambda attachments: observe_robots(browser, system))
    return SiteRecord(system, visits, robots, {page: f"observations/{page_key(page)}.json" for page in visits})
