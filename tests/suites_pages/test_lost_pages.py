"""A page that could not be visited opens what would have passed without it, and is named beside what was found."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from fixtures.pages import SiteRecord, pytest_pyfunc_call
from suites.layout.test_2_5_domain_and_characters import test_precomposed_vietnamese as precomposed
from suites.layout.test_2_5_domain_and_characters import test_utf8_declared_and_used as charset
from tests.suites_pages.conftest import Recorder
from toantrinh.judgement import Judgement
from toantrinh.observations.page import PageKind
from toantrinh.observations.site import PageFacts, PageName, PageVisit
from toantrinh.store import Observed, Outcome
from toantrinh.verdicts import Verdict

P, F, OPEN, OURS = Verdict.PASS, Verdict.PARTIAL, Verdict.NOT_TESTED, Verdict.TOOL_ERROR
Visit = Observed[PageVisit]


def said(check: Callable[..., None], site: SiteRecord) -> tuple[Verdict, str]:
    """What a run says of a check that reads these pages."""
    call = cast(Any, pytest_pyfunc_call)(SimpleNamespace(funcargs={"site": site}))
    next(call)
    try:
        try:
            check(site)
        except Judgement as judgement:
            call.throw(judgement)
        else:
            call.send(None)
    except StopIteration:
        return P, ""
    except Judgement as judgement:
        return judgement.verdict, judgement.message
    raise AssertionError("the call has an end")


def lost(outcome: Outcome) -> Callable[[Visit], Visit]:
    return lambda visit: visit.model_copy(update={"outcome": outcome, "reason": "hết giờ", "data": None})


def showing(kind: PageKind, **more: Any) -> Callable[[Visit], Visit]:
    def change(visit: Visit) -> Visit:
        assert visit.data is not None and visit.data.page is not None
        proof = visit.data.page.proof.model_copy(update={"kind": kind, "why": "trang chặn"})
        return changed(visit, proof=proof, **more)

    return change


def changed(visit: Visit, **more: Any) -> Visit:
    assert visit.data is not None and visit.data.page is not None
    page: PageFacts = visit.data.page.model_copy(update=more)
    return visit.model_copy(update={"data": visit.data.model_copy(update={"page": page})})


@pytest.mark.parametrize(
    ("change", "wanted", "words"),
    [
        (lambda visit: visit, P, ""),
        (lost(Outcome.NOT_TESTED), OPEN, "chưa xem được: Hướng dẫn"),
        (lost(Outcome.TOOL_ERROR), OURS, "hết giờ"),
        (showing(PageKind.BLOCK), OPEN, "trang chặn"),
        (showing(PageKind.LOG_IN_WALL), P, ""),  # the page is not there for everybody
        (showing(PageKind.BLOCK, own=False), P, ""),  # somebody else's page
        (
            lambda visit: visit.model_copy(
                update={"data": PageVisit(name=PageName.GUIDE, page=None, way="", looked_for=())}
            ),
            P,
            "",
        ),  # none
    ],
)
def test_a_page_that_was_not_seen_opens_what_would_have_passed(
    site_of: Recorder, change: Callable[[Visit], Visit], wanted: Verdict, words: str
) -> None:
    site = site_of("clean")
    visits = {**site.visits, PageName.GUIDE: change(site.visits[PageName.GUIDE])}
    verdict, told = said(charset, SiteRecord(site.system, visits, site.robots, site.observations))
    assert verdict is wanted and words in told, told


def test_a_finding_stands_and_names_what_was_not_seen(site_of: Recorder) -> None:
    site = site_of("clean")
    home = site.visits[PageName.HOME]
    assert home.data is not None and home.data.page is not None
    parted = changed(home, decomposed=("Thủ tục",))
    visits = {
        **site.visits,
        PageName.HOME: parted,
        PageName.GUIDE: lost(Outcome.NOT_TESTED)(site.visits[PageName.GUIDE]),
    }
    verdict, told = said(precomposed, SiteRecord(site.system, visits, site.robots, site.observations))
    assert verdict is F and "chưa xem được: Hướng dẫn (hết giờ)" in told, told
