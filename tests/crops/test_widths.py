"""What sticks out of a page is outlined in a picture at the width at which it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from toantrinh.observers.pictures.crops import COLOUR
from toantrinh.observers.site.widths import widths_of
from toantrinh.store import Attachments

PAGE = "<!doctype html><meta name=viewport content='width=device-width'><h1>Lệ phí</h1>{}<p>Nộp khi nhận kết quả.</p>"
WIDE = "<div id=bang style='width:700px;height:80px;background:#dfe'>Bảng lệ phí</div>"


def test_only_the_width_at_which_it_sticks_out_has_a_picture(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.set_content(PAGE.format(WIDE))

    seen = widths_of(page, Attachments(tmp_path, "site/home", str), "home")

    assert [(one.width, one.sticking_out, bool(one.shot)) for one in seen] == [
        (1366, (), False),
        (768, (), False),
        (360, ("div#bang",), True),
    ]
    with Image.open(tmp_path / seen[2].shot) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or ()}
    assert COLOUR in colours and (221, 255, 238) in colours
    assert page.viewport_size == {"width": 1366, "height": 768}


def test_a_table_that_scrolls_in_a_box_of_its_own_sticks_out_nowhere(page: Page, tmp_path: Path) -> None:
    page.set_content(PAGE.format(f"<div style='overflow-x:auto'>{WIDE}</div>"))

    attachments = Attachments(tmp_path, "site/home", str)

    assert all(one.content_width <= one.width and not one.shot for one in widths_of(page, attachments, "home"))
    assert attachments.saved == []


@pytest.mark.parametrize(
    ("head", "layout"),
    [
        ("", 980),
        ("<meta name=viewport content='width=1024'>", 1024),
        ("<meta name=viewport content='user-scalable=yes'>", 980),
        ("<meta name=viewport content='width=device-width, initial-scale=1'>", 360),
        ("<META NAME=Viewport CONTENT='WIDTH=DEVICE-WIDTH;INITIAL-SCALE=1.0'>", 360),
        ("<meta name=viewport content='initial-scale=1.0, maximum-scale=5'>", 360),
        ("<meta name=viewport content='width=1024'><meta name=viewport content='width=device-width'>", 360),
        ("<meta name=viewport content='width=320'>", 320),
    ],
)
def test_a_page_that_a_phone_shrinks_is_known_by_what_it_declares(
    page: Page, tmp_path: Path, head: str, layout: int
) -> None:
    page.set_content(f"<!doctype html>{head}<h1>Lệ phí</h1>")
    desk, _, phone = widths_of(page, Attachments(tmp_path, "site/home", str), "home")
    assert (phone.layout_width, phone.shrunk) == (layout, layout > 360)
    assert not desk.shrunk
