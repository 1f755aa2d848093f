"""Where a marker comes back in a page: what becomes mark-up is seen, what stays text is not, however alike it looks."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.prober.scripted import Said, scripted
from toantrinh.observations.markers import How, Kind
from toantrinh.observers.markers.looking import Lookout
from toantrinh.observers.markers.marker import FORMS, IN_LINK, IN_SCRIPT, Name, file_name, written
from toantrinh.observers.markers.trap import Trap
from toantrinh.store import Attachments

NAME = Name("k3zz9q")
FULL, QUOTED, SHORT = (NAME.marker(7, form) for form in FORMS)
ESCAPED = html.escape(FULL)
STRICT = "script-src 'self'"
PAGE = "<!doctype html><title>Hồ sơ</title><h1>Hồ sơ</h1>"
Became = Callable[..., list[tuple[int, How]]]


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="vi-VN")
    yield context
    context.close()


@pytest.fixture
def became(context: BrowserContext, tmp_path: Path) -> Became:
    """What becomes of the markers of a page that is served with these headers."""
    trap = Trap(NAME, "nobody", Kind.PAGE)
    trap.set_in(context)
    page = context.new_page()

    def look(
        body: str, headers: Mapping[str, str] | None = None, is_own: Callable[[str], bool] = lambda address: True
    ) -> list[tuple[int, How]]:
        trap.calls.clear()
        lookout = Lookout(trap, Attachments(tmp_path, "markers", lambda text: text), is_own)
        with scripted(lambda heard: Said(200, body, tuple((headers or {}).items()))) as server:
            page.goto(f"{server.address}/ho-so/1")
            lookout.at(page)
        seen = lookout.sightings()
        assert all(one.picture for one in seen)
        return [(one.number, one.how) for one in seen]

    return look


RAW = {
    "text": f"<p>{SHORT}</p>",
    "an attribute": f'<input value="{FULL}">',
    "an attribute in single quotes": f"<input value='{QUOTED}'>",
    "an attribute whose quotes alone are not escaped": f'<input value="{QUOTED.replace("<", "&lt;").replace(">", "&gt;")}">',
    "an attribute in single quotes that are not escaped": f"<a title='{html.escape(QUOTED, quote=False)}'>Xem</a>",
    "a field of many lines": f"<textarea>{FULL}</textarea>",
    "a string of a script": f"<script>var name = {json.dumps(FULL)};</script>",
    "mark-up that a script makes": f"<p id=a></p><script>a.innerHTML = {json.dumps(SHORT).replace('</', '<x')}</script>",
    "a shadow root": f"<p id=a></p><script>a.attachShadow({{mode: 'open'}}).innerHTML = {json.dumps(SHORT)}</script>",
    "a frame": f'<iframe srcdoc="{html.escape(SHORT)}"></iframe>',
    "capital letters": f"<p>{SHORT.upper()}</p>",
    "a title": f"<title>{FULL}</title>",
    "a string in single quotes of a script": f"<script>var name = '{NAME.marker(7, IN_SCRIPT[0])}';</script>",
    "a string in double quotes of a script": f'<script>var name = "{NAME.marker(7, IN_SCRIPT[1])}";</script>',
    "the address of a link": f'<a href="{NAME.marker(7, IN_LINK[0])}">Quay lại</a>',
}


@pytest.mark.parametrize("where", RAW)
def test_a_marker_that_comes_back_raw_runs(became: Became, where: str) -> None:
    assert became(PAGE + RAW[where]) == [(7, How.RAN)]


def framed(may: str, inner: str) -> str:
    """A frame of an origin of its own that holds this."""
    return f'<iframe sandbox="{may}" srcdoc="{html.escape(inner)}"></iframe>'


INERT = {
    "a comment": f"<!-- {SHORT.replace('--', '')} -->",
    "escaped text": f"<p>{ESCAPED}</p>",
    "a value that is quoted rightly": f'<input value="{ESCAPED}"><textarea>{ESCAPED}</textarea>',
    "a field of many lines that the short form cannot leave": f"<textarea>{SHORT}</textarea>",
    "a hidden field and data of a script": f'<input type=hidden value="{ESCAPED}"><p data-name="{ESCAPED}"></p>',
    "data in a script, escaped": "<script>var name = "
    + json.dumps(FULL).replace("<", "\\u003c").replace("'", "\\u0027")
    + "; document.title = name;</script>",
    "data of another type": f"<script type='application/json'>{json.dumps(FULL).replace('<', chr(92) + 'u003c')}</script>",
    "a template": f"<template>{SHORT}</template>",
    "a document that is only parsed": f"<script>new DOMParser().parseFromString({json.dumps(SHORT)}, 'text/html')</script>",
    "text that a script sets": f"<p id=a></p><script>a.textContent = {json.dumps(SHORT)}</script>",
    "a frame without scripts": f'<iframe sandbox srcdoc="{html.escape(SHORT)}"></iframe>',
    "a preview in a sandbox that lets scripts run": framed("allow-scripts", SHORT),
    "an attribute in a sandbox": framed("", f"<p title='{QUOTED}'>"),
    "a link in a sandbox": framed("", f"<a href={NAME.marker(7, IN_LINK[0])}>x</a>"),
    "an address that is encoded": f'<a href="/thu-tuc?tu-khoa={quote(FULL)}">Trang sau</a><a href="javascript:void(0)">x</a>',
    "a link whose words are script": f"<a href='/x'>{NAME.marker(7, IN_LINK[0])}</a>",
    "no script": f"<noscript>{html.escape(SHORT)}</noscript>",
}


@pytest.mark.parametrize("where", INERT)
def test_a_marker_that_stays_text_is_never_accused(became: Became, where: str) -> None:
    assert became(PAGE + INERT[where]) == []


@pytest.mark.parametrize(
    ("body", "how"),
    [
        (f"<p>{SHORT}</p>", How.ELEMENT),
        (f'<input value="{QUOTED.replace("<", "&lt;").replace(">", "&gt;")}">', How.ATTRIBUTE),
        (f'<a href="{NAME.marker(7, IN_LINK[0])}">Quay lại</a>', How.LINK),
    ],
)
def test_where_the_policy_holds_the_script_the_element_is_seen_all_the_same(
    became: Became, body: str, how: How
) -> None:
    assert became(PAGE + body, {"Content-Security-Policy": STRICT}) == [(7, how)]


def test_an_element_whose_handler_was_taken_away_is_told_apart(became: Became) -> None:
    assert became(f"{PAGE}<p><{NAME.tag(7)}>Nguyễn</{NAME.tag(7)}></p>") == [(7, How.STRIPPED)]


DATA = json.dumps({"name": SHORT})


def test_data_served_as_a_page_runs_and_data_served_as_data_does_not(became: Became) -> None:
    assert became(DATA, {"Content-Type": "text/html; charset=utf-8"}) == [(7, How.RAN)]
    assert became(DATA, {"Content-Type": "application/json"}) == []
    assert became(DATA, {"Content-Type": "text/plain"}) == []


def test_a_browser_that_does_not_hear_its_own_marker_is_told_apart(context: BrowserContext, page: Page) -> None:
    trap = Trap(NAME, "nobody", Kind.PAGE)
    trap.set_in(context)
    assert trap.hears(context.new_page()) and not trap.calls
    assert not trap.hears(page)  # of another context, without the trap


def test_pages_of_other_parties_are_not_the_systems(became: Became) -> None:
    assert became(f"{PAGE}<p>{SHORT}</p>", is_own=lambda address: False) == []


def test_in_any_other_browser_the_marker_does_nothing(page: Page) -> None:
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    with scripted(lambda heard: Said(200, f'{PAGE}<p>{SHORT}</p><input value="{FULL}">')) as server:
        page.goto(server.address)
        assert page.inner_text("h1") == "Hồ sơ"
        assert [one.path for one in server.heard if "favicon" not in one.path] == ["/"]
    assert not errors


@pytest.mark.parametrize("room", [0, 200, 100, 80, 60, 40, 30, 29, 12])
def test_the_longest_form_that_fits_is_written_and_never_more(room: int) -> None:
    made = written(NAME, 12, room, "Nguyễn Bé Thử Nghiệm")
    assert (made is None) == (0 < room < len(NAME.marker(12)))
    if made is not None:
        assert NAME.marker(12) in made.text and (not room or len(made.text) <= room)
    if room in (0, 200):
        assert made is not None and made.text == "Nguyễn Bé Thử Nghiệm" + NAME.marker(12, FORMS[0])


def test_a_files_name_keeps_its_beginning_and_its_ending() -> None:
    name = file_name(NAME, 3, "kiem-thu-01-to-khai-dang-ky-khai-sinh.pdf")
    assert name.startswith("kiem-thu-01-to-khai-dang") and name.endswith(".pdf") and NAME.marker(3) in name
    assert not set('/"\\') & set(name)
