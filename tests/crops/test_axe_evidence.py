"""The first evidence of what axe finds is the element, outlined; then come the pages and the records."""

from __future__ import annotations

from fixtures.pages import SiteRecord
from fixtures.phone_pages import PhonePages
from fixtures.tour import TourRecord
from suites.accessibility.findings import MOST_EVIDENCE, MOST_PAGES, Asked, judge_rules
from toantrinh.judgement import Judgement
from toantrinh.observations.page import PageKind, ProofOfPage
from toantrinh.observations.site import AxeFacts, ElementFacts, PageFacts, PageName, PageVisit, RuleFacts
from toantrinh.store import Observed, Outcome
from toantrinh.systems import load_system
from toantrinh.verdicts import Evidence

BASE = "http://127.0.0.1:1"


def rule(name: str, shot: str = "") -> RuleFacts:
    element = ElementFacts(selector="img.lo-go", markup="<img>", why="không có alt")
    return RuleFacts(rule=name, help="", impact="", tags=("wcag2a",), elements=(element,), count=1, shot=shot)


def page(name: PageName, *violations: RuleFacts, undecided: tuple[RuleFacts, ...] = ()) -> PageFacts:
    axe = AxeFacts(frame=f"{BASE}/{name}", version="4", violations=violations, undecided=undecided, decided=())
    proof = ProofOfPage.model_construct(address=f"{BASE}/{name}", kind=PageKind.PAGE)
    return PageFacts.model_construct(name=name, own=True, proof=proof, axe=(axe,), shot=f"shots/{name}.jpg")


def evidence_of(*pages: PageFacts) -> list[Evidence]:
    visits = {
        one.name: Observed[PageVisit](
            key="x",
            outcome=Outcome.OBSERVED,
            made="",
            duration_ms=0,
            data=PageVisit.model_construct(name=one.name, page=one),
        )
        for one in pages
    }
    site = SiteRecord(
        load_system("demo", base_url=BASE), visits, observations={one.name: f"{one.name}.json" for one in pages}
    )
    try:
        judge_rules(site, TourRecord(None), PhonePages(), Asked("mức A", frozenset({"wcag2a"})))
    except Judgement:
        return site.evidence
    raise AssertionError("nothing was found")


def test_one_crop_for_one_cause_on_many_pages_comes_first() -> None:
    names = list(PageName)
    first = page(names[0], rule("image-alt", "crops/1.png"), rule("label", "crops/2.png"))
    found = evidence_of(first, *(page(name, rule("image-alt", f"crops/{name}.png")) for name in names[1:]))
    assert [piece.path for piece in found[:2]] == ["crops/1.png", "crops/2.png"]
    assert found[0].title == "image-alt – Trang chủ: img.lo-go"
    assert sum(piece.path.startswith("crops/") for piece in found) == 2
    assert sum(piece.path.startswith("shots/") for piece in found) == MOST_PAGES
    assert len(found) <= MOST_EVIDENCE and found[-1].kind == "observation"


def test_a_rule_whose_first_page_gave_no_crop_takes_that_of_another() -> None:
    found = evidence_of(page(PageName.HOME, rule("label")), page(PageName.GUIDE, rule("label", "crops/1.png")))
    assert (found[0].path, found[0].title) == ("crops/1.png", "label – Hướng dẫn: img.lo-go")


def test_a_fault_of_the_whole_page_shows_the_page() -> None:
    found = evidence_of(
        page(PageName.HOME),
        page(PageName.GUIDE, rule("document-title")),
        page(PageName.FIGURES, rule("label", "crops/1.png")),
    )
    assert (found[0].path, found[0].title) == ("shots/guide.jpg", "document-title – Hướng dẫn")
    assert "shots/home.jpg" not in [piece.path for piece in found]


def test_what_axe_leaves_open_is_pictured_too() -> None:
    found = evidence_of(page(PageName.HOME, undecided=(rule("color-contrast", "crops/1.png"),)))
    assert found[0].path == "crops/1.png"
