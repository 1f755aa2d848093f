"""Header, menu and footer of pages that mark none of them up: what most of the pages begin and end with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fixtures.pages import SiteRecord
from suites.layout import test_2_1_identity as l21
from suites.layout import test_2_2_navigation as l22
from tests.suites_pages.conftest import Recorder, verdict_of
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observers.site.pages import PAGE_FACTS
from toantrinh.verdicts import Verdict

P, F, HALF, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NEEDS_REVIEW
CHECKS = (
    l21.test_emblem_and_official_name,
    l21.test_same_header,
    l21.test_same_footer,
    l21.test_footer_contacts,
    l22.test_menu_entries,
)
Change = Callable[[PageFacts], PageFacts]


def unmarked(page: PageFacts) -> PageFacts:
    links = tuple(link.model_copy(update={"landmark": ""}) for link in page.links)
    return page.model_copy(update={"header": (), "footer": (), "links": links})


def at_guide(change: Change) -> Change:
    return lambda page: change(unmarked(page)) if page.name is PageName.GUIDE else unmarked(page)


def without_phone(page: PageFacts) -> PageFacts:
    kept = [line for line in page.text.splitlines() if "1900" not in line]
    links = tuple(link for link in page.links if not link.address.startswith("tel:"))
    return unmarked(page).model_copy(update={"text": "\n".join(kept), "links": links})


def without(words: str) -> Change:
    return lambda page: page.model_copy(
        update={
            "text": page.text.replace(words, ""),
            "links": tuple(link for link in page.links if link.text != words),
        }
    )


def as_seen(site: SiteRecord, change: Change) -> SiteRecord:
    visits = dict(site.visits)
    for name, visit in visits.items():
        if visit.data and visit.data.page:
            page = change(visit.data.page)
            visits[name] = visit.model_copy(update={"data": visit.data.model_copy(update={"page": page})})
    return SiteRecord(site.system, visits, site.robots, site.observations)


@pytest.mark.parametrize("check", CHECKS)
def test_an_unmarked_header_and_footer_are_known_by_what_the_pages_share(
    site_of: Recorder, check: Callable[..., None]
) -> None:
    assert verdict_of(check, as_seen(site_of("clean"), unmarked)) == (P, "")


@pytest.mark.parametrize(
    ("check", "change", "wanted", "said"),
    [
        (l21.test_emblem_and_official_name, lambda page: unmarked(page).model_copy(update={"header_pictures": 0}), F, "biểu trưng"),
        (l21.test_footer_contacts, without_phone, HALF, "điện thoại"),
        (l22.test_menu_entries, lambda page: without("Tra cứu hồ sơ")(unmarked(page)), HALF, "tra cứu hồ sơ"),
        (l21.test_same_header, at_guide(without("Tra cứu hồ sơ")), HALF, "tra cuu ho so"),
    ],
)  # fmt: skip
def test_what_an_unmarked_frame_lacks_is_named(
    site_of: Recorder, check: Callable[..., None], change: Change, wanted: Verdict, said: str
) -> None:
    verdict, words = verdict_of(check, as_seen(site_of("clean"), change))
    assert verdict is wanted and said in words, words


def headed(*lines: str) -> Change:
    return lambda page: page.model_copy(update={"header": lines})


SLOGAN = "Hành chính phục vụ, công khai, minh bạch, đúng hạn, thân thiện, gần dân, vì sự hài lòng của tổ chức và công dân"


@pytest.mark.parametrize(
    ("lines", "wanted", "said"),
    [
        (("{first}", SLOGAN, "{rest}"), REVIEW, "không liền nhau"),
        (("{first} {rest}", SLOGAN), P, ""),
        (("Cổng thông tin điện tử", SLOGAN), F, "không có tên"),
    ],
    ids=["a slogan in between", "a slogan behind", "another name"],
)
def test_a_name_in_parts_is_for_a_person(
    site_of: Recorder, lines: tuple[str, ...], wanted: Verdict, said: str
) -> None:
    site = site_of("clean")
    words = site.system.name.split("(")[0].split()
    parts = {"first": " ".join(words[: len(words) // 2]), "rest": " ".join(words[len(words) // 2 :])}
    check = l21.test_emblem_and_official_name
    verdict, words_said = verdict_of(check, as_seen(site, headed(*(line.format(**parts) for line in lines))))
    assert verdict is wanted and said in words_said, words_said


def test_a_name_in_parts_on_one_page_alone_is_none(site_of: Recorder) -> None:
    site = site_of("clean")
    words = site.system.name.split("(")[0].split()
    half = len(words) // 2
    split = headed(" ".join(words[:half]), SLOGAN, " ".join(words[half:]))
    there = as_seen(site, lambda page: split(page) if page.name is PageName.GUIDE else page)
    verdict, said = verdict_of(l21.test_emblem_and_official_name, there)
    assert verdict is HALF and "không có tên" in said, said


def test_two_pages_are_too_few_to_tell_what_they_share(site_of: Recorder) -> None:
    site = as_seen(site_of("clean"), unmarked)
    two = {name: site.visits[name] for name in (PageName.HOME, PageName.GUIDE)}
    verdict, words = verdict_of(l21.test_same_header, SiteRecord(site.system, two, site.robots, site.observations))
    assert verdict is REVIEW, words


TOP = '<table width=900><tr><td><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width=66 height=66 alt=""></td><td>CỔNG DỊCH VỤ CÔNG</td></tr></table>'


@pytest.mark.parametrize(
    ("markup", "pictures"),
    [
        (TOP + "<p>Nội dung</p>", 1),
        ("<div style='height:400px'>Nội dung</div>" + TOP, 0),
        ("<header>CỔNG DỊCH VỤ CÔNG</header>" + TOP, 0),
        (TOP.replace("66", "8"), 0),
    ],
    ids=["at the top", "below", "beside a header", "a pixel"],
)  # fmt: skip
def test_the_emblem_of_a_page_without_a_marked_header_is_drawn_at_its_top(
    page: Page, markup: str, pictures: int
) -> None:
    page.set_content(f"<!doctype html><html lang=vi><body>{markup}</body></html>")
    assert page.evaluate(PAGE_FACTS)["header_pictures"] == pictures
