"""The picture of a finding shows the element, with the outline closely around it, wherever the element stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.crops.conftest import TARGET, Crop, bounds, surrounds
from toantrinh.observers.pictures.crops import COLOUR, LARGEST, SMALLEST, Subject, crops_at, crops_of
from toantrinh.store import Attachments

BOX = "width:120px;height:40px;background:rgb(0,0,255)"
LONG = '<div style="height:4200px"></div>'
HEADER = '<header style="position:sticky;top:0;height:80px;background:#0a3d6b">Đầu trang</header>'
NOTHING_CHANGED = """() => {
  globalThis.seen = [];
  const all = { childList: true, subtree: true, attributes: true, characterData: true };
  new MutationObserver((records) => seen.push(...records.map((one) => one.type))).observe(document, all);
}"""


@pytest.mark.parametrize("viewport", [(1366, 768), (360, 740)], ids=["desk", "phone"])
@pytest.mark.parametrize(
    "main",
    [
        f'<div id=t style="{BOX}"></div>',
        f'{LONG}<div id=t style="{BOX}"></div>{LONG}',
        f'{HEADER}{LONG}<div id=t style="{BOX}"></div>',
        f'{LONG}<div id=t style="position:fixed;left:20px;bottom:30px;{BOX}"></div>',
        f'<div style="position:relative;height:900px"><div id=t style="position:absolute;right:0;bottom:0;{BOX}"></div></div>',
    ],
    ids=["near the top", "far down", "under a sticky header", "fixed", "at the edge"],
)
def test_the_outline_lies_around_the_element(page: Page, crop: Crop, viewport: tuple[int, int], main: str) -> None:
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.set_content(f"<body style='margin:0'>{main}")
    picture = crop("#t")
    assert picture is not None and surrounds(picture)
    assert picture.width <= LARGEST[0] and picture.height <= LARGEST[1]
    assert picture.width >= min(SMALLEST[0], viewport[0]) and picture.height >= SMALLEST[1]


@pytest.mark.parametrize("scroll", [0, 1500, 4000])
def test_a_page_that_was_scrolled_is_pictured_right_and_stays_there(page: Page, crop: Crop, scroll: int) -> None:
    page.set_content(f'<body style="margin:0">{HEADER}{LONG}<div id=t style="{BOX}"></div>{LONG}')
    page.evaluate("(top) => scrollTo(0, top)", scroll)
    picture = crop("#t")
    assert picture is not None and surrounds(picture)
    assert page.evaluate("scrollY") == scroll


def test_the_page_is_the_same_afterwards(page: Page, crop: Crop) -> None:
    page.set_content(f'{LONG}<div id=t style="{BOX}"></div>')
    before = page.content()
    page.evaluate(NOTHING_CHANGED)
    assert crop("#t") is not None
    assert page.content() == before
    assert page.evaluate("seen") == []


@pytest.mark.parametrize("depth", [1, 2])
def test_an_element_in_a_frame_is_found_through_the_frames_offsets(page: Page, crop: Crop, depth: int) -> None:
    inner = f"<body style='margin:0'><div id=t style='margin:50px 0 0 30px;{BOX}'></div>"
    for level in range(depth):
        escaped = inner.replace("&", "&amp;").replace('"', "&quot;")
        name = "deep" if level == 0 else f"level{level}"
        inner = (
            f'<body style="margin:0"><div style="height:{900 if level == depth - 1 else 20}px"></div>'
            f'<iframe name={name} style="border:7px solid #888;padding:11px;width:400px;height:300px" srcdoc="{escaped}"></iframe>'
        )
    page.set_content(inner)
    page.wait_for_function("() => frames.length === 1")
    page.frames[-1].wait_for_selector("#t")
    picture = crop("#t", frame="deep")
    assert picture is not None and surrounds(picture)


@pytest.mark.parametrize("within_frame", [False, True])
def test_an_element_out_of_sight_in_a_box_of_its_own_is_scrolled_to_and_back(
    page: Page, crop: Crop, within_frame: bool
) -> None:
    box = (
        f'<div id=box style="height:200px;overflow:auto"><div style="height:1500px"></div><div id=t style="{BOX}"></div>'
        '<div style="height:900px"></div></div>'
    )
    if within_frame:
        page.set_content(f"{LONG}<iframe name=deep style='width:500px;height:120px' srcdoc='{box}'></iframe>")
        page.frames[-1].wait_for_selector("#t")
    else:
        page.set_content(f"{LONG}{box}")
    page.evaluate("scrollTo(0, 70)")
    inside = page.frames[-1]
    inside.evaluate("document.getElementById('box').scrollTop = 33")
    picture = crop("#t", frame="deep" if within_frame else "")
    assert picture is not None and surrounds(picture)
    assert page.evaluate("scrollY") == 70
    assert inside.evaluate("[document.getElementById('box').scrollTop, document.documentElement.scrollTop]")[0] == 33


def test_an_element_behind_a_shadow_root_is_found(page: Page, crop: Crop) -> None:
    page.set_content("<x-host id=h></x-host>")
    page.evaluate(
        "(box) => { document.getElementById('h').attachShadow({ mode: 'open' }).innerHTML ="
        " `<div style='padding:90px'><p id=t style='margin:0;${box}'></p></div>`; }",
        BOX,
    )
    picture = crop("#h", "#t")
    assert picture is not None and surrounds(picture)


def test_an_empty_link_is_marked_where_it_stands(page: Page, crop: Crop) -> None:
    page.set_content('<p style="margin:300px 0 0 200px">Xem <a id=t href="/a"></a> ở đây</p>')
    picture = crop("#t")
    assert picture is not None and bounds(picture, COLOUR) is not None


@pytest.mark.parametrize(
    "main",
    [
        "<div id=t hidden>Ẩn</div>",
        '<div id=t style="visibility:hidden">Ẩn</div>',
        "<details><summary>Thêm</summary><div id=t>Ẩn</div></details>",
        '<div id=t style="position:absolute;left:-9999px">Xa</div>',
        "<p>Không có</p>",
    ],
    ids=["hidden", "invisible", "closed", "beside the page", "not there"],
)
def test_what_is_not_seen_has_no_picture(page: Page, crop: Crop, main: str) -> None:
    page.set_content(main)
    assert crop("#t") is None


@pytest.mark.parametrize("selector", ["html", "body", "title"])
def test_the_page_itself_is_no_element_to_outline(page: Page, crop: Crop, selector: str) -> None:
    page.set_content("<title>T</title><p>Chữ</p>")
    assert crop(selector) is None


def test_an_element_larger_than_a_picture_shows_its_beginning(page: Page, crop: Crop) -> None:
    page.set_content(
        f'<body style="margin:0"><div id=t style="margin-top:70px;height:5000px;background:rgb{TARGET}"></div>'
    )
    picture = crop("#t")
    assert picture is not None and picture.width <= LARGEST[0] and picture.height <= LARGEST[1]
    outline, inside = bounds(picture, COLOUR), bounds(picture, TARGET)
    assert outline and inside and 0 <= inside[1] - outline[1] <= 8


def test_a_wide_element_is_seen_with_both_its_ends(page: Page, crop: Crop) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.set_content(f'<div id=t style="margin:90px 60px;height:120px;background:rgb{TARGET}"></div>')
    picture = crop("#t")
    assert picture is not None and picture.width == LARGEST[0]
    assert surrounds(picture)


def test_many_elements_need_as_few_pictures_as_bands(
    page: Page, attachments: Attachments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = "".join(f'<p id=n{n} style="{BOX}"></p>' for n in range(6))
    page.set_content(f"{near}<div style='height:20000px'></div><p id=far style='{BOX}'></p>")
    taken = []
    screenshot = page.screenshot
    monkeypatch.setattr(page, "screenshot", lambda **how: taken.append(how["clip"]) or screenshot(**how))
    names = [*(f"n{n}" for n in range(6)), "far"]
    kept = crops_of(page, [Subject(name, (f"#{name}",)) for name in names], attachments)
    assert sorted(kept) == sorted(names)
    assert all((tmp_path / path).stat().st_size < 60_000 for path in kept.values())
    assert len(taken) == 2 and all(clip["height"] <= 3000 for clip in taken)


def test_a_page_that_overrides_what_is_asked_gives_the_right_picture_or_none(page: Page, crop: Crop) -> None:
    page.set_content(f'<div id=t style="{BOX}"></div><script>document.querySelector = () => {{ throw 1 }}</script>')
    picture = crop("#t")
    assert picture is None or surrounds(picture)


def test_a_box_of_the_page_is_pictured_wherever_the_window_is(
    page: Page, attachments: Attachments, tmp_path: Path
) -> None:
    page.set_content(f'<body style="margin:0">{LONG}<div id=t style="{BOX}"></div>{LONG}')
    page.evaluate("scrollTo(0, 900)")
    kept = crops_at(page, {"t": (0, 4200, 120, 40), "beyond": (0, 99_000, 5, 5)}, attachments)
    assert list(kept) == ["t"]
    with Image.open(tmp_path / kept["t"]) as picture:
        assert surrounds(picture.convert("RGB"))
