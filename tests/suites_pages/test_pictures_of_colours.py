"""What is measured on pixels is measured wherever it stands, on pictures of no more of the page than is needed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.crops.conftest import bounds
from toantrinh.observations.colours import ColoursFacts
from toantrinh.observers.pictures.crops import COLOUR
from toantrinh.observers.pictures.patchwork import GAP, Patchwork, View, joined
from toantrinh.observers.sight.colours import colours_of

WINDOW = (1280, 720)
FAR = "<div style='height:2600px'></div>"
BARS = "<span style='display:block;height:4px;margin:4px;background:#123'></span>" * 3
FAULTS: dict[str, tuple[str, Callable[[ColoursFacts], tuple[Any, ...]]]] = {
    "text": (
        "<style>#loi::placeholder{color:#bbb}</style><input id=loi placeholder='Nhập từ khóa'>",
        lambda facts: facts.texts,
    ),
    "focus": (
        "<style>:focus{outline:2px solid #ddd}</style><button id=loi style='border:1px solid #333'>Gửi đi</button>",
        lambda facts: facts.focus,
    ),
    "forced": (
        f"<button id=loi aria-label='Danh mục' style='border:0;background:#fff;width:40px'>{BARS}</button>",
        lambda facts: facts.forced,
    ),
}
COUNTS_SIZES = "() => { globalThis.sizes = 0; addEventListener('resize', () => globalThis.sizes++); }"


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("before", ["", FAR], ids=["in the window", "far down"])
def test_a_fault_is_measured_and_shown_wherever_it_stands(page: Page, before: str, name: str) -> None:
    html, of = FAULTS[name]
    page.set_content(f"<!doctype html><body style='background:#fff;padding:20px'>{before}{html}")
    kept: dict[str, bytes] = {}

    def keep(name: str, content: bytes) -> str:
        kept[name] = content
        return name

    found = [one for one in of(colours_of(page, keep)) if one.selector == "#loi"]

    assert [one.shot for one in found] == [f"{name}-1.png"]
    assert bounds(Image.open(io.BytesIO(kept[f"{name}-1.png"])).convert("RGB"), COLOUR)


def test_what_stands_out_in_forced_colours_needs_no_other_picture(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    pictured = []
    picture = View.picture
    monkeypatch.setattr(View, "picture", lambda *given: pictured.append(given[1]) or picture(*given))
    page.set_content("<body style='background:#fff'><p><a href=/a tabindex=-1>Tra cứu hồ sơ</a></p>")

    facts = colours_of(page)

    assert (facts.controls, facts.forced, len(pictured)) == (1, (), 1)


def test_a_page_that_fits_its_window_is_not_told_of_another_size(page: Page) -> None:
    page.set_content(f"<body style='background:#fff'>{FAULTS['focus'][0]}{FAULTS['text'][0]}")
    page.evaluate(COUNTS_SIZES)

    facts = colours_of(page)

    assert facts.focus and facts.texts and page.evaluate("sizes") == 0


def test_a_page_that_was_scrolled_is_measured_from_its_top(page: Page) -> None:
    page.set_content(f"<body style='background:#fff'>{FAULTS['text'][0]}{FAR}")
    page.evaluate("scrollTo(0, 1500)")

    assert [one.ratio for one in colours_of(page).texts] == [1.92]


def test_parts_are_the_same_in_the_window_and_beyond(page: Page) -> None:
    page.set_viewport_size({"width": WINDOW[0], "height": WINDOW[1]})
    page.set_content(f"<body style='margin:0;background:linear-gradient(#fff,#036)'><h1>Thủ tục</h1>{FAR}<p>Cuối</p>")
    view = View(page, (WINDOW[0], 2700), 1.0)
    seen, beyond = Patchwork(view, WINDOW), Patchwork(view, (0, 0))
    boxes = [(0.0, 10.0, 300.0, 60.0), (0.0, 2620.0, 300.0, 60.0)]
    for one in (seen, beyond):
        one.cover(boxes)

    parts = [[one.part(box) for box in boxes] for one in (seen, beyond)]

    assert [one.tobytes() for one in parts[0] if one] == [one.tobytes() for one in parts[1] if one]
    assert all(one and len(set(one.tobytes())) > 2 for one in parts[0])


def test_a_part_that_nobody_covered_is_our_own_fault(page: Page) -> None:
    with pytest.raises(LookupError):
        Patchwork(View(page, WINDOW, 1.0), WINDOW).part((0, 0, 9, 9))


def test_near_regions_share_a_picture_and_far_ones_do_not() -> None:
    near, nearer, far = (10, 0, 20, 30), (5, 30 + GAP, 12, 40 + GAP), (0, 42 + 2 * GAP, 9, 50 + 2 * GAP)

    assert joined([far, nearer, near]) == [(5, 0, 20, 40 + GAP), far]
