"""A page that was opened with a wish for less motion is watched without it: at once where that is as good, else anew.

Given a small page that is open as a visit opens it, when its motion is looked at as a run does, then what moves for
most people is found, however the page learns of the wish, and it is opened again only where it must be.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from suites.accessibility import test_5_1_motion as a51
from suites.accessibility import test_5_4_colours as a54
from tests.crops.conftest import bounds
from tests.suites_pages.conftest import looks_of, verdict_of
from toantrinh.observations.motion import MotionFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.pictures.crops import COLOUR
from toantrinh.observers.sight import less_motion
from toantrinh.observers.sight.colours import colours_of
from toantrinh.observers.sight.timers import TIMERS, timers_of
from toantrinh.observers.site.looks import MOTION, Occasion
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

NEWS = "<p id=tin style='width:300px;height:60px;margin:0'>Tin mới của tỉnh</p>"
SLIDES = "@keyframes truot { from { transform: none } to { transform: translateX(200px) } }"
STOPPED = "* { animation-duration: .01ms !important; animation-iteration-count: 1 !important; transition: none }"
TURN = "const turn = () => setInterval(() => { tin.style.background = tin.style.background ? '' : '#036'; }, 900);"
REDUCE, ANY = "(prefers-reduced-motion: reduce)", "(prefers-reduced-motion: no-preference)"
LINES = "<p>Người dân nộp hồ sơ trên mạng.</p>"

# What the page is, whether it must be opened anew, whether something moves for most people.
PAGES: dict[str, tuple[str, bool, bool]] = {
    "still": (LINES, False, False),
    "moves whatever is wished": (f"<style>{SLIDES} #tin {{ animation: truot 3s infinite }}</style>{NEWS}", False, True),
    "moves where no wish is": (f"<style>{SLIDES} @media {ANY} {{ #tin {{ animation: truot 3s infinite }} }}</style>{NEWS}", False, True),
    "stopped by a wish": (f"<style>{SLIDES} #tin {{ animation: truot 3s infinite }} @media {REDUCE} {{ {STOPPED} }}</style>{NEWS}", False, True),
    "stopped in a layer": (f"<style>{SLIDES} @layer a {{ #tin {{ animation: truot 3s infinite; @media {REDUCE} {{ animation: none }} }} }}</style>{NEWS}", False, True),
    "calm, with a rule for the wish": (f"<style>a {{ transition: color 1s }} @media {REDUCE} {{ {STOPPED} }}</style>{NEWS}", False, False),
    "turned by a script whatever is wished": (f"{NEWS}<script>{TURN} turn()</script>", False, True),
    "turned by a script where no wish is": (f"{NEWS}<script>{TURN} if (!matchMedia('{REDUCE}').matches) turn()</script>", True, True),
    "turned until the wish is heard": (
        f"{NEWS}<script>{TURN} const wish = matchMedia('{REDUCE}'); let timer = 0; const heed = () => {{ clearInterval(timer);"
        " if (!wish.matches) timer = turn(); }; heed(); wish.addEventListener('change', heed)</script>", True, True),
    "stopped for good by the wish": (
        f"{NEWS}<script>{TURN} const timer = turn(); if (matchMedia('{REDUCE}').matches) clearInterval(timer)</script>", True, True),
    "a script reads what a rule says": (
        f"<style>:root {{ --yen: 0 }} @media {REDUCE} {{ :root {{ --yen: 1 }} }}</style>{NEWS}<script>{TURN}"
        " if (getComputedStyle(document.documentElement).getPropertyValue('--yen').trim() === '0') turn()</script>", True, True),
    "hidden by a rule": (f"<style>@media {REDUCE} {{ #tin {{ display: none }} }}</style>{NEWS}", True, False),
    "another picture for the wish": (f"<picture><source media='{REDUCE}' srcset='data:image/gif;base64,R0lGODlhAQABAAAAACw='><img alt=''></picture>", True, False),
    "a style sheet for the wish": (f"<style media='{ANY}'>{SLIDES} #tin {{ animation: truot 3s infinite }}</style>{NEWS}", False, True),
}  # fmt: skip


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """As a visit opens it."""
    context = chromium.new_context(reduced_motion="reduce", viewport={"width": 1000, "height": 700})
    notes = "Object.defineProperty(window, Symbol.for('toantrinh.notes'), { value: { changed: 0 } })"
    context.add_init_script(f"{notes}; {TIMERS}")
    yield context
    context.close()


def opened(context: BrowserContext, html: str, *, prepared: bool = False) -> Page:
    page = context.new_page()
    if prepared:
        less_motion.as_for_most_people(page)
    page.route("**/*", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=html))
    page.goto("http://127.0.0.1:9/")
    return page


def seen_of(
    context: BrowserContext, html: str, kept: Attachments, monkeypatch: pytest.MonkeyPatch
) -> tuple[bool, MotionFacts]:
    """Whether the page had to be opened anew, and what was seen."""
    monkeypatch.setattr(less_motion, "FRESH_MS", 60_000)  # on however slow a machine
    source = f"<!doctype html><html lang=vi><body style='margin:20px'>{html}</body></html>"
    page = opened(context, source)
    again = not MOTION.fits(page)
    facts = MOTION.at(opened(context, source, prepared=True) if again else page, Occasion(PageName.HOME, kept))
    return again, facts


@pytest.mark.parametrize("name", PAGES)
def test_what_moves_for_most_people_is_seen(
    context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    html, anew, moves = PAGES[name]
    again, facts = seen_of(context, html, Attachments(tmp_path, "motion", str), monkeypatch)
    assert (again, ["#tin"] * moves) == (anew, [one.selector for one in facts.moving])


def test_the_wish_is_there_again_afterwards(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, "<p>Tin</p>")
    MOTION.at(page, Occasion(PageName.HOME, Attachments(tmp_path, "motion", str)))
    assert page.evaluate(f"matchMedia('{REDUCE}').matches")


def test_a_page_that_came_long_ago_is_opened_anew(context: BrowserContext, monkeypatch: pytest.MonkeyPatch) -> None:
    """What moved for six seconds from the start has ended by then."""
    page = opened(context, LINES)
    monkeypatch.setattr(less_motion, "FRESH_MS", 1)
    assert not MOTION.fits(page)


def test_what_a_page_does_to_a_window_of_another_size_is_not_its_own_motion(
    context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(less_motion, "FRESH_MS", 60_000)
    page = opened(
        context,
        f"<!doctype html><body>{NEWS}<script>setInterval(() => {{}}, 1500); let late = 0; addEventListener('resize', () => {{"
        " clearTimeout(late); late = setTimeout(() => { tin.style.height = '80px'; }, 250); })</script>",
    )
    page.set_viewport_size({"width": 600, "height": 700})
    page.wait_for_function("innerWidth === 600")
    if MOTION.fits(page):  # else it is opened anew
        seen = MOTION.at(page, Occasion(PageName.HOME, Attachments(tmp_path, "motion", str)))
        assert page.evaluate("tin.style.height") == "80px" and seen.moving == ()


def test_the_browser_s_functions_are_its_own_to_the_page(context: BrowserContext, chromium: Browser) -> None:
    names = ("setTimeout", "setInterval", "clearTimeout", "clearInterval", "requestAnimationFrame", "matchMedia")
    asked = """(names) => [Object.keys(window).length, ...names.map((name) => {
      const { get, set, value, ...how } = Object.getOwnPropertyDescriptor(window, name), of = window[name];
      return [name, of.name, of.length, Function.prototype.toString.call(of).includes('[native code]'), typeof of.prototype, JSON.stringify(how)];
    })]"""
    plain = chromium.new_context()
    assert opened(context, LINES).evaluate(asked, names) == opened(plain, LINES).evaluate(asked, names)
    plain.close()


def test_timers_that_have_run_wait_no_more(context: BrowserContext) -> None:
    page = opened(context, LINES)
    page.evaluate("""() => new Promise((done) => {
      clearTimeout(setTimeout(() => {}, 5000)); clearInterval(setInterval(() => {}, 5000));
      cancelAnimationFrame(requestAnimationFrame(() => {}));
      setInterval(() => {}, 3000); setTimeout((...given) => { window.given = given; done(); }, 1, 'a', 'b');
    })""")
    timers = timers_of(page)
    assert timers is not None and (timers.coming, timers.asked) == (0, False)
    assert timers.waiting == ((3000.0, True),) and page.evaluate("given") == ["a", "b"]


BLINK = "<style>@keyframes nhay { 0%, 49% { background: #000 } 50%, 100% { background: #fff } } #to { width: 400px; height: 300px; margin: 900px 0 0 300px; animation: nhay .2s infinite }</style><div id=to></div>"
RUNS_OUT = f"<style>{SLIDES} #tin {{ animation: truot 3s infinite }}</style>{NEWS}"
SHOWN = {
    "animation": (RUNS_OUT, a51.test_moving_content_can_be_stopped),
    "running letters": ("<marquee id=tin style='width:300px;height:60px'>Thông báo</marquee>", a51.test_moving_content_can_be_stopped),
    "script": (PAGES["turned by a script whatever is wished"][0], a51.test_moving_content_can_be_stopped),
    "flashing": (BLINK, a51.test_nothing_flashes),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHOWN)
def test_what_moves_is_pictured_with_its_outline(
    context: BrowserContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    html, check = SHOWN[kind]
    _, facts = seen_of(context, html, Attachments(tmp_path, "motion", str), monkeypatch)
    record = looks_of(facts)
    assert verdict_of(check, record)[0] is Verdict.FAIL
    one = (facts.flashing if kind == "flashing" else facts.moving)[0]
    assert record.evidence[0].path == one.shot
    assert_outlined(tmp_path / one.shot, one.box)


def test_what_moves_in_spite_of_the_wish_is_pictured_with_its_outline(context: BrowserContext, tmp_path: Path) -> None:
    page = opened(context, f"<!doctype html><html lang=vi><body style='margin:20px'>{RUNS_OUT}</body></html>")
    record = looks_of(colours_of(page, Attachments(tmp_path, "colours", str).save))
    assert verdict_of(a54.test_reduced_motion_is_honoured, record)[0] is Verdict.FAIL
    one = record.looks[PageName.HOME].data.moving[0]  # type: ignore[union-attr]
    assert record.evidence[0].path == one.shot
    assert_outlined(tmp_path / one.shot, one.box)


def assert_outlined(shot: Path, box: tuple[float, float, float, float] | None) -> None:
    picture = Image.open(BytesIO(shot.read_bytes())).convert("RGB")
    outline = bounds(picture, COLOUR)
    assert box and outline, "the element has no box, or the picture no outline"
    left, top, right, bottom = outline
    assert abs(right - left - box[2]) < 16 and abs(bottom - top - box[3]) < 16
    assert picture.width < 1000  # the window
