"""What a small server cannot show (other hosts, HTTPS, slow loads): the same checks on a real record with one fact changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fixtures.pages import SiteRecord
from suites.accessibility import test_5_1_level_a as a51
from suites.accessibility import test_5_2_level_aa as a52
from suites.emc import test_6_1_tag_on_every_page as e61
from suites.emc import test_6_2_figures_sent as e62
from suites.emc import test_6_4_label_and_no_harm as e64
from suites.layout import test_2_4_general_information as l24
from suites.layout import test_2_5_domain_and_characters as l25
from suites.performance import test_3_5_stability as p35
from suites.security import test_4_1_channel as s41
from suites.security import test_4_2_headers_and_cookies as s42
from suites.security import test_4_7_security_level as s47
from tests.suites_pages.conftest import Recorder, verdict_of
from toantrinh.observations.page import PageKind
from toantrinh.observations.site import ElementFacts, ForeignFile, PageFacts, PageName, RuleFacts
from toantrinh.store import Outcome
from toantrinh.verdicts import Verdict

P, F, HALF, NA = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_APPLICABLE
OPEN, REVIEW, TOOL = Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW, Verdict.TOOL_ERROR
Change = Callable[[SiteRecord], SiteRecord]
Check = Callable[..., None]


def pages(change: Callable[[PageFacts], PageFacts], *names: PageName) -> Change:
    """Changes these pages of the record, or all of them."""

    def of(site: SiteRecord) -> SiteRecord:
        visits = dict(site.visits)
        for name, visit in visits.items():
            if visit.data and visit.data.page and (not names or name in names):
                data = visit.data.model_copy(update={"page": change(visit.data.page)})
                visits[name] = visit.model_copy(update={"data": data})
        return replace(site, visits=visits)

    return of


def put(**facts: Any) -> Callable[[PageFacts], PageFacts]:
    return lambda page: page.model_copy(update=facts)


def within(part: str, **facts: Any) -> Callable[[PageFacts], PageFacts]:
    """Changes facts of one part of a page, such as `tag`."""
    return lambda page: page.model_copy(update={part: getattr(page, part).model_copy(update=facts)})


def system(**facts: Any) -> Change:
    return lambda site: replace(site, system=site.system.model_copy(update=facts))


def at(origin: str) -> Change:
    """The same portal at another origin."""

    def moved(page: PageFacts) -> PageFacts:
        old = "/".join(page.address.split("/")[:3])
        proof = page.proof.model_copy(update={"address": page.address.replace(old, origin)})
        own = [
            r.model_copy(update={"address": r.address.replace(old, origin)})
            for r in page.resources
            if r.address.startswith(old)
        ]
        return page.model_copy(update={"proof": proof, "resources": tuple(own)})

    return lambda site: system(base_url=origin)(pages(moved)(site))


def both(*changes: Change) -> Change:
    def of(site: SiteRecord) -> SiteRecord:
        for change in changes:
            site = change(site)
        return site

    return of


def header(name: str, value: str) -> Callable[[PageFacts], PageFacts]:
    return lambda page: page.model_copy(update={"headers": {**page.headers, name: value}})


def undecided(why: str, *, alone: bool = False) -> Callable[[PageFacts], PageFacts]:
    """axe could not decide the contrast of one element; `alone`: nor that of any other."""
    element = ElementFacts(selector=".banner", markup='<p class="banner">', why=why)
    rule = RuleFacts(
        rule="color-contrast", help="contrast", impact="serious", tags=("wcag2aa",), elements=(element,), count=1
    )

    def change(page: PageFacts) -> PageFacts:
        decided = tuple(one for one in page.axe[0].decided if not alone or one != "color-contrast")
        return page.model_copy(
            update={"axe": (page.axe[0].model_copy(update={"undecided": (rule,), "decided": decided}),)}
        )

    return change


def beacons(change: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[PageFacts], PageFacts]:
    def of(page: PageFacts) -> PageFacts:
        changed = tuple(b.model_copy(update={"parameters": change(b.parameters)}) for b in page.beacons)
        return page.model_copy(update={"beacons": changed})

    return of


def unseen(site: SiteRecord) -> SiteRecord:
    """One page of the set did not come."""
    lost = site.visits[PageName.GUIDE].model_copy(
        update={"data": None, "outcome": Outcome.NETWORK, "reason": "không trả lời"}
    )
    return replace(site, visits={**site.visits, PageName.GUIDE: lost})


def broken(page: PageFacts) -> PageFacts:
    """axe found a picture without words."""
    element = ElementFacts(selector="img", markup="<img>", why="no alt")
    rule = RuleFacts(rule="image-alt", help="", impact="", tags=("wcag2a",), elements=(element,), count=1)
    return page.model_copy(update={"axe": (page.axe[0].model_copy(update={"violations": (rule,)}),)})


def small_target(page: PageFacts) -> PageFacts:
    element = ElementFacts(
        selector="button.nho", markup="<button>", why="14px by 14px, should be at least 24px by 24px"
    )
    tags = ("cat.sensory", "wcag22aa", "wcag258")
    rule = RuleFacts(rule="target-size", help="", impact="", tags=tags, elements=(element,), count=1)
    return page.model_copy(update={"axe": (page.axe[0].model_copy(update={"violations": (rule,)}),)})


ON_A_PICTURE = "Element's background color could not be determined due to a background image"
BUILT_SO = "Element's background color could not be determined because it's outside the viewport"
ONE_TO_ONE = "Element has a 1:1 contrast ratio with the background"
FOREIGN = ForeignFile(address="https://cdn.example/lib.js", kind="script", integrity=False)
EMC_FILE = ForeignFile(address="https://f-emc.ngsp.gov.vn/embed/gov-tracking.min.js", kind="script", integrity=False)
SECURE = at("https://dichvucong.hue.gov.vn")
YEAR = pages(header("strict-transport-security", "max-age=31536000; includeSubDomains"))
OTHER_NAMES = pages(beacons(lambda sent: {"s": sent["idsite"], "u": sent["url"], "r": sent["random"]}))

CASES: list[tuple[str, Check, Change, Verdict, str]] = [
    ("domain", l25.test_domain_pattern, SECURE, P, ""),
    ("English domain", l25.test_domain_pattern, at("https://e-services.hue.gov.vn"), P, ""),
    ("domain of a stranger", l25.test_domain_pattern, at("https://dichvucong.hue.gov.vn.example.com"), F, "example.com"),
    ("other name", l25.test_domain_pattern, at("https://dvc.hue.gov.vn"), F, "dvc.hue.gov.vn"),
    ("this machine", l25.test_domain_pattern, system(), NA, "loopback"),
    ("absent, file not verified", l24.test_site_map, both(system(verified=None), pages(put(links=()))), F, "liên kết"),
    ("plain http here", s41.test_https_everywhere, system(), NA, "loopback"),
    ("plain http elsewhere", s41.test_https_everywhere, at("http://dichvucong.hue.gov.vn"), F, "không mã hóa"),
    ("https", s41.test_https_everywhere, SECURE, P, ""),
    ("HSTS of a year", s41.test_hsts_is_long_enough, both(SECURE, YEAR), P, ""),
    ("HSTS of an hour", s41.test_hsts_is_long_enough, both(SECURE, pages(header("strict-transport-security", "max-age=3600"))), F, "3600"),
    ("no HSTS", s41.test_hsts_is_long_enough, SECURE, F, "không có Strict-Transport-Security"),
    ("mixed picture", s41.test_no_mixed_content, both(SECURE, pages(put(blocked=("http://anh.example/a.png (mixed)",)))), F, "a.png"),
    ("form to http", s41.test_no_mixed_content, both(SECURE, pages(put(insecure_forms=("http://a.example/gui",)))), F, "biểu mẫu"),
    ("link to http only", s41.test_no_mixed_content, SECURE, P, ""),
    ("third-party script", s42.test_third_party_files_are_pinned, pages(put(foreign_files=(FOREIGN,))), F, "cdn.example"),
    ("pinned script", s42.test_third_party_files_are_pinned,
     pages(put(foreign_files=(FOREIGN.model_copy(update={"integrity": True}),))), P, ""),
    ("EMC script", s42.test_third_party_files_are_pinned, pages(put(foreign_files=(EMC_FILE,))), NA, "EMC"),
    ("approval", lambda site: s47.test_approved_security_level(site.system), system(), REVIEW, "người đánh giá"),
    ("contrast undecided for one element", a52.test_no_violation_of_level_aa, pages(undecided(ONE_TO_ONE), PageName.GUIDE), REVIEW, "Hướng dẫn – .banner"),
    ("contrast measured on pixels", a52.test_no_violation_of_level_aa, pages(undecided(ON_A_PICTURE, alone=True)), P, ""),
    ("contrast undecided for how the page is built", a52.test_no_violation_of_level_aa, pages(undecided(BUILT_SO)), P, ""),
    ("contrast undecided for how every part is built", a52.test_no_violation_of_level_aa, pages(undecided(BUILT_SO, alone=True)), REVIEW, "Trang chủ"),
    ("undecided of another level", a51.test_no_violation_of_level_a, pages(undecided(ONE_TO_ONE)), P, ""),
    ("a page that did not come", a51.test_no_violation_of_level_a, unseen, OPEN, "Hướng dẫn (không trả lời)"),
    ("a page behind an error", a51.test_no_violation_of_level_a, pages(within("proof", kind=PageKind.ERROR), PageName.GUIDE), OPEN, "Hướng dẫn (error)"),
    ("small targets", a52.test_targets_are_large_enough, pages(small_target, PageName.GUIDE), F, "button.nho"),
    ("small targets elsewhere", a52.test_no_violation_of_newer_levels, pages(small_target), P, ""),
    ("a fault weighs more than what was not seen", a51.test_no_violation_of_level_a, both(unseen, pages(broken)), F, "image-alt"),
    ("axe broke in a frame", a51.test_no_violation_of_level_a,
     pages(lambda page: page.model_copy(update={"axe": (page.axe[0].model_copy(update={"error": "gone"}),)})), TOOL, "gone"),
    ("site id not registered", e61.test_registered_site_id, lambda site: replace(
        site, system=site.system.model_copy(update={"emc": site.system.emc.model_copy(update={"site_id": None})})), OPEN, "site_id"),
    ("parameters of other names", e62.test_page_views_are_sent, OTHER_NAMES, P, ""),
    ("view of another page", e62.test_page_views_are_sent,
     pages(beacons(lambda sent: {**sent, "url": f"{sent['url']}khac"})), F, "trang khác"),
    ("view with another title", e62.test_page_views_are_sent, pages(beacons(lambda sent: {**sent, "title": "x"})), F, "tiêu đề khác"),
    ("view that did not arrive", e62.test_page_views_are_sent,
     pages(lambda page: page.model_copy(update={"beacons": tuple(
         b.model_copy(update={"failure": "net::ERR_FAILED"}) for b in page.beacons)})), F, "ERR_FAILED"),
    ("label on inner pages only", e64.test_label_is_visible,
     pages(within("tag", label="", label_visible=False), PageName.HOME), HALF, "trang chủ không có nhãn"),
    ("no tag, file not verified", e61.test_tag_on_every_page, both(system(verified=None), pages(
        within("tag", inline=False, scripts=(), queue=False))), REVIEW, "không thấy mã đo"),
    ("captcha picture is not kept", p35.test_static_files_can_be_cached, pages(lambda page: page.model_copy(update={
        "resources": (*page.resources, page.resources[0].model_copy(update={
            "address": f"{page.address}/captcha/1.png", "kind": "image", "cache_control": "no-store"}))})), P, ""),
    ("block page carries no verdict", l25.test_language_declared, pages(within("proof", kind=PageKind.BLOCK)), OPEN, "block"),
    ("page elsewhere carries no verdict", l25.test_language_declared, pages(put(own=False)), OPEN, "ngoài hệ thống"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "change", "wanted", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_one_fact_changed(site_of: Recorder, check: Check, change: Change, wanted: Verdict, said: str) -> None:
    verdict, words = verdict_of(check, change(site_of("clean")))
    assert verdict is wanted, words
    assert said in words


def test_absence_is_for_a_person_to_review_when_nobody_verified_the_file(site_of: Recorder) -> None:
    verdict, words = verdict_of(l24.test_site_map, system(verified=None)(site_of("bare")))
    assert verdict is REVIEW
    assert "không thấy đường tới" in words


def test_evidence_is_the_pages_at_fault(site_of: Recorder) -> None:
    site = site_of("faulty")
    verdict_of(l25.test_language_declared, site)
    assert [one.kind for one in site.evidence] == ["screenshot", "observation"]
    assert "guide" in site.evidence[0].path
