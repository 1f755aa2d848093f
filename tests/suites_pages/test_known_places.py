"""A page that is opened again is the page that was proved, or it is not judged: at its place, and one document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from fixtures.phone_pages import phones
from fixtures.progress import DONE
from tests.hardships.hard_portal import Talk, page, running
from tests.suites_pages.test_one_visit import looking_at, visited
from toantrinh.observations.site import PageName
from toantrinh.observers.asking import page_world
from toantrinh.observers.comparing import place_of
from toantrinh.observers.site import pages
from toantrinh.observers.site.looks import READING
from toantrinh.store import Outcome

HOME = page("<a href=/huong-dan>Hướng dẫn sử dụng</a>")
GUIDE = page("<p>Cách nộp hồ sơ trên mạng và nhận kết quả tại nhà.</p>")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://a.example/x;jsessionid=1A2B.n1?ma=1", "https://a.example/x?ma=1"),
        ("https://a.example/x?PHPSESSID=9f&trang=2", "https://a.example/x?trang=2"),
        ("https://a.example/x?sessionId=9f#/y", "https://a.example/x#/y"),
        ("https://a.example/x;v=2?trang=2", "https://a.example/x;v=2?trang=2"),
        ("https://a.example/?trang=dang-nhap", "https://a.example/?trang=dang-nhap"),
    ],
)
def test_a_session_says_nothing_of_the_place_and_a_query_does(address: str, place: str) -> None:
    assert place_of(address) == place


@pytest.mark.parametrize(
    ("second", "seen"),
    [("/huong-dan;jsessionid=2", True), ("/huong-dan?PHPSESSID=2", True), ("/huong-dan?trang=dang-nhap", False)],
    ids=["session-in-path", "session-in-query", "another-page-of-one-path"],
)
def test_a_page_opened_again_is_at_its_place(chromium: Browser, tmp_path: Path, second: str, seen: bool) -> None:
    led: list[str] = []

    def guide(talk: Talk) -> None:
        led.append(talk.path)
        there = len(led) == 1 or talk.path == second
        talk.answer(GUIDE) if there else talk.answer(b"", status=302, Location=second)

    routes: Any = {"/": lambda talk: talk.answer(HOME), "/huong-dan": guide, second: guide}
    with running(routes) as portal:
        looking = looking_at(portal, chromium, tmp_path)
        visits = {name: one for name, one in visited(looking).items() if name is PageName.GUIDE}
        look = looking.pages(READING, visits)[PageName.GUIDE]
    assert (look.data is not None) is seen, look.reason
    assert seen or ("trang=dang-nhap" in look.reason and look.outcome is Outcome.NOT_TESTED)


@pytest.mark.parametrize("isolated", [True, False], ids=["chromium", "without-isolated-worlds"])
def test_all_that_a_visit_tells_is_of_one_document(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isolated: bool
) -> None:
    cookies_of, asked = pages.cookies_of, []

    def another_document(context: Any, *given: Any) -> Any:
        asked.append(context.pages[0].url)
        if len(asked) == 1:
            context.pages[0].goto(f"{portal.address}/huong-dan")
        return cookies_of(context, *given)

    monkeypatch.setattr(pages, "cookies_of", another_document)
    if not isolated:
        monkeypatch.setattr(page_world, "is_chromium", lambda where: False)
    routes: Any = {"/": lambda talk: talk.answer(HOME), "/huong-dan": lambda talk: talk.answer(GUIDE)}
    with running(routes) as portal:
        looking = looking_at(portal, chromium, tmp_path)
        home = visited(looking)[PageName.HOME].data
    assert home and home.page and home.page.address.endswith("/huong-dan")
    assert "Cách nộp" in home.page.text and len(asked) >= 2  # looked at anew, from its proof on


@pytest.mark.parametrize("leads", [True, False], ids=["to-a-page-of-its-own", "nowhere"])
def test_a_page_for_phones_alone_is_said_and_not_judged(chromium: Browser, tmp_path: Path, leads: bool) -> None:
    script = "<script>if (screen.width < 500) location = '/m/huong-dan'</script>" if leads else ""
    routes: Any = {
        "/": lambda talk: talk.answer(HOME),
        "/huong-dan": lambda talk: talk.answer(page(f"<p>Cách nộp hồ sơ trên mạng.</p>{script}")),
        "/m/huong-dan": lambda talk: talk.answer(GUIDE),
    }
    with running(routes) as portal:
        looking = looking_at(portal, chromium, tmp_path)
        visits = visited(looking)
        seen = phones.__wrapped__(looking.run, looking.store, looking.browser, looking.progress, visits)  # type: ignore[attr-defined]
    assert list(seen.pages) == [PageName.HOME] if leads else [PageName.HOME, PageName.GUIDE]
    said = [what for what, _ in looking.run.options.stash.get(DONE, [])]
    assert bool(said) is leads and all("điện thoại" in one and "/m/huong-dan" in one for one in said)
