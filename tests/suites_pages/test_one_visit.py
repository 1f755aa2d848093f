"""One visit of a page yields all that the checks ask for; a page that must be opened again proves itself again.

Given a small portal, when its pages are visited with the looks that a run asks for, then each page is asked for once,
what needs interaction is tried once per template, and whatever answers instead of the page carries no verdict.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page

from fixtures.looking import ASKED, Looking, Looks, alike, firsts
from fixtures.pages import observe_site
from fixtures.progress import Progress
from fixtures.workers import shared_out
from tests.hardships.hard_portal import HardPortal, Talk, page, running
from toantrinh.observations.site import PageName
from toantrinh.observers.sight import less_motion
from toantrinh.observers.site.looks import COLOURS, GEOMETRY, KEYBOARD, LOOKS, MOTION, READING, Look, Occasion
from toantrinh.observers.site.templates import representatives, template_of
from toantrinh.store import Attachments, Outcome, Store
from toantrinh.systems import load_system

LINKS = {"/huong-dan": "Hướng dẫn sử dụng", "/hoi-dap": "Câu hỏi thường gặp", "/tra-cuu": "Tra cứu hồ sơ"}
HOME = page("<nav>" + "".join(f"<a href={path}>{text}</a> " for path, text in LINKS.items()) + "</nav>")
ARTICLE = "<article class=bai><h2>{}</h2><p>Nộp hồ sơ trên mạng, theo dõi và nhận kết quả tại nhà.</p></article>"
PAGES = {
    "/": HOME,
    "/huong-dan": page(ARTICLE.format("Cách nộp")),
    "/hoi-dap": page(ARTICLE.format("Bao lâu thì có kết quả?")),
    "/tra-cuu": page("<form class=tim><label>Mã hồ sơ <input name=ma></label><button>Tra cứu</button></form>"),
}
BLOCKED = b"<!doctype html><title>403 Forbidden</title><h1>Access denied</h1><p>Request blocked by the firewall</p>"


class Progresses:
    """Progress that nobody reads."""

    def about(self, subject: str) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def step(self, name: object) -> None: ...


def looking_at(portal: HardPortal, browser: Browser, folder: Path, *looks: Look[Any]) -> Looking:
    """What a run of this portal that asks for these looks needs."""
    system = load_system(str(Path(__file__).parents[1] / "strangers" / "may.yaml"), base_url=portal.address)
    run = cast(Any, SimpleNamespace(system=system, options=SimpleNamespace(stash={ASKED: looks})))
    return Looking(run, Store(folder, str), cast(Any, lambda: browser), cast(Progress, Progresses()))


def visited(looking: Looking) -> dict[PageName, Any]:
    return observe_site(looking.run, looking.store, looking.browser, looking.progress)


def documents(portal: HardPortal) -> list[str]:
    return sorted(what for _, what in portal.times if what.split()[1] in PAGES)


def answers() -> Any:
    return {path: lambda talk, body=body: talk.answer(body) for path, body in PAGES.items()}


def test_one_visit_yields_every_look_that_is_asked_for(chromium: Browser, tmp_path: Path) -> None:
    with running(answers()) as portal:
        looking = looking_at(portal, chromium, tmp_path, READING, GEOMETRY, COLOURS, KEYBOARD)
        visits = visited(looking)
        seen = {look.subject: looking.pages(look, visits) for look in (READING, GEOMETRY, COLOURS, KEYBOARD)}
    assert documents(portal) == [f"GET {path}" for path in sorted(PAGES)]
    assert list(seen["reading"]) == [PageName.HOME, PageName.LOOK_UP, PageName.GUIDE, PageName.QUESTIONS]
    once_per_template = [PageName.HOME, PageName.LOOK_UP, PageName.GUIDE]
    assert firsts(visits)[PageName.QUESTIONS] is PageName.GUIDE
    assert all(list(seen[subject]) == once_per_template for subject in ("geometry", "colours", "keyboard"))
    assert all(one.outcome is Outcome.OBSERVED for looks in seen.values() for one in looks.values())
    together = alike.__wrapped__(visits)  # type: ignore[attr-defined]
    assert Looks(seen["keyboard"], alike=together).named(PageName.GUIDE) == "Hướng dẫn, Hỏi đáp"
    assert Looks(seen["keyboard"], alike=together).named(PageName.QUESTIONS) == "Hỏi đáp, Hướng dẫn"
    assert Looks(seen["keyboard"], alike=together).named(PageName.HOME) == "Trang chủ"


def test_what_nobody_asks_for_is_not_looked_at(chromium: Browser, tmp_path: Path) -> None:
    with running(answers()) as portal:
        looking = looking_at(portal, chromium, tmp_path, READING)
        visited(looking)
    kept = {path.parent.name for path in looking.store.observations()}
    assert kept == {"site", "reading"}


ASKING = "<script>matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', () => {})</script>"


def test_a_page_that_cannot_be_watched_as_it_is_open_is_opened_once_more(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(less_motion, "FRESH_MS", 60_000)  # on however slow a machine
    asking = page(ARTICLE.format("Cách nộp") + ASKING)
    with running({**answers(), "/huong-dan": lambda talk: talk.answer(asking)}) as portal:
        looking = looking_at(portal, chromium, tmp_path, MOTION)
        motion = looking.pages(MOTION, visited(looking))
    assert all(one.data is not None for one in motion.values())
    assert [documents(portal).count(f"GET {path}") for path in ("/", "/tra-cuu", "/huong-dan")] == [1, 1, 2]


def blocked(talk: Talk) -> None:
    talk.answer(BLOCKED)


SECOND = [
    ("refused", READING, lambda talk: talk.answer(BLOCKED, status=403), "403"),
    ("maintenance", READING, lambda talk: talk.answer(page("<p>Hệ thống đang bảo trì.</p>"), status=503), "bao tri"),
    ("led-elsewhere", READING, lambda talk: talk.answer(b"", status=302, Location="/khac"), "/khac"),
    ("dropped", READING, lambda talk: talk.connection.close(), "Hướng dẫn"),
    *((f"blocked-{look.subject}", look, blocked, "forbidden") for look in LOOKS),
]


@pytest.mark.parametrize(("look", "second", "said"), [case[1:] for case in SECOND], ids=[case[0] for case in SECOND])
def test_what_answers_instead_of_the_page_the_second_time_is_not_judged(
    chromium: Browser, tmp_path: Path, look: Look[Any], second: Any, said: str
) -> None:
    asked: list[str] = []

    def guide(talk: Talk) -> None:
        asked.append(talk.path)
        talk.answer(PAGES["/huong-dan"]) if len(asked) == 1 else second(talk)

    with running({**answers(), "/huong-dan": guide, "/khac": lambda talk: talk.answer(PAGES["/tra-cuu"])}) as portal:
        looking = looking_at(portal, chromium, tmp_path)
        visits = {name: one for name, one in visited(looking).items() if name is PageName.GUIDE}
        seen = looking.pages(look, visits)[PageName.GUIDE]
    assert seen.data is None and seen.outcome in (Outcome.NOT_TESTED, Outcome.NETWORK)
    assert said.lower() in seen.reason.lower(), seen.reason


def test_a_page_that_leaves_during_one_look_is_asked_again_for_the_next(chromium: Browser, tmp_path: Path) -> None:
    def leaving(page: Page, *_: object) -> Any:
        page.goto("about:blank")
        return READING.of(page, Occasion(PageName.HOME, cast(Any, None)))

    went = Look("went", "Rời đi", READING.facts, leaving, interactive=False)
    with running(answers()) as portal:
        looking = looking_at(portal, chromium, tmp_path, went, READING)
        seen = looking.pages(READING, visited(looking))
    assert next(one.data.headings[0].text for one in seen.values()) == "Cổng dịch vụ công tỉnh Thử"
    assert documents(portal).count("GET /") == 2


def test_pages_of_one_template_are_known_whatever_they_say(page: Page) -> None:
    row = "<tr class='dong-{0}'><td><a href='/{0}'>Thủ tục {0}</a></td></tr>"
    listed = "<main><h1>Danh sách</h1><table id=bang-{n}>{rows}</table></main>"
    form = (
        "<main><h1>Danh sách</h1><form><label>Họ tên <input name=ho-ten></label><select name=xa></select></form></main>"
    )
    seen = {}
    for name, html in {
        "two": listed.format(n=1, rows=row.format(1) + row.format(2)),
        "many": listed.format(n=2, rows="".join(row.format(n) for n in range(60))),
        "form": form,
        "form again": form.replace("Họ tên", "Tên cha"),
        "other form": form.replace("ho-ten", "cccd"),
    }.items():
        page.set_content(html)
        seen[name] = template_of(page)
    assert representatives(seen) == {
        "two": "two", "many": "two", "form": "form", "form again": "form", "other form": "other form",
    }  # fmt: skip
    assert representatives({1: (), 2: ()}) == {1: 1, 2: 2}


def test_workers_begin_at_different_pages_and_each_takes_all(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name for name in PageName if name is not PageName.HOME]
    orders = []
    for worker in ("gw0", "gw1"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "2")
        orders.append(shared_out(names))
    half = len(names) // 2
    assert not set(orders[0][:half]) & set(orders[1][:half])
    assert all(sorted(order) == sorted(names) for order in orders)


def test_a_focus_that_was_pictured_on_the_home_page_is_not_pictured_again(page: Page, tmp_path: Path) -> None:
    page.set_content("<main><h1>Thủ tục</h1><button class=chinh>Nộp</button> <a class=phu href=/x>Xem</a></main>")
    kept = Attachments(tmp_path, "look", str)
    home = {look.subject: look.at(page, Occasion(PageName.HOME, kept)) for look in (COLOURS, KEYBOARD)}
    page.set_content("<main><h1>Thủ tục</h1><button class=chinh>Gửi</button> <input class=moi aria-label=Tên></main>")
    colours = COLOURS.at(page, Occasion(PageName.GUIDE, kept, home["colours"]))
    assert [one.selector for one in home["colours"].focus] and [one.kind for one in colours.focus] == ["input[text]"]
    keyboard = KEYBOARD.at(page, Occasion(PageName.GUIDE, kept, home["keyboard"]))
    assert len(keyboard.looks) == 2 and "chưa chụp ở trang chủ" in keyboard.rule  # the new kind, and one by the seed
