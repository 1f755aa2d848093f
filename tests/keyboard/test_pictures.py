"""What the keyboard's checks name is seen in a picture, outlined: traps, steps back, skip links that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from fixtures.keyboard import KeyboardRecord
from suites.accessibility import test_5_3_keyboard as a53
from tests.crops.conftest import bounds, surrounds
from tests.keyboard.conftest import html, record_of
from tests.suites_pages.conftest import verdict_of
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.observers.pictures.crops import COLOUR
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

BLUE = "width:150px;height:30px;border:0;padding:0;background:rgb(0,0,255)"
TRAP = f"""<p>Chữ</p><button id=bay aria-label=B style='{BLUE}'></button><p>Chữ</p><a href='#x'>Sau</a>
<script>bay.addEventListener('keydown', (e) => {{ if (e.key === 'Tab') e.preventDefault(); }});</script>"""
JUMP = f"<p><a href='#a'>Một</a></p><p><a href='#b' tabindex=0 aria-label=H><img alt='' style='{BLUE}'></a></p><p><a href='#c' tabindex=5>Ba</a></p>"
HIDDEN = "position:absolute;left:-900px"
SKIP = f"<style>.bo-qua{{{HIDDEN}}} .bo-qua:focus{{left:20px;top:20px}}</style><a class=bo-qua href='#khong-co'>Bỏ qua tới nội dung</a>"


def pictured(page: Page, folder: Path, content: str, check: Callable[[KeyboardRecord], None]) -> Image.Image:
    page.set_content(content)
    record = record_of(keyboard_of(page, attachments=Attachments(folder, "keyboard/home", str)))
    verdict, said = verdict_of(check, record)
    assert verdict in (Verdict.FAIL, Verdict.NEEDS_REVIEW), said
    assert record.evidence, said
    return Image.open(folder / record.evidence[0].path).convert("RGB")


def test_a_trap_is_outlined(page: Page, tmp_path: Path) -> None:
    assert surrounds(pictured(page, tmp_path, html(TRAP), a53.test_no_trap))


def test_a_step_back_is_outlined_where_it_leads(page: Page, tmp_path: Path) -> None:
    picture = pictured(page, tmp_path, html(JUMP), a53.test_focus_order)
    assert bounds(picture, COLOUR) is not None


@pytest.mark.parametrize(
    "before", [SKIP, SKIP.replace(HIDDEN, "display:block")], ids=["shown with focus", "always shown"]
)
def test_a_skip_link_that_leads_nowhere_is_outlined(page: Page, tmp_path: Path, before: str) -> None:
    picture = pictured(page, tmp_path, html("<p>Chữ</p><a href='#x'>Sau</a>", before=before), a53.test_skip_link)
    assert bounds(picture, COLOUR) is not None


def test_a_page_that_is_right_is_not_pictured(page: Page, tmp_path: Path) -> None:
    right = SKIP.replace("#khong-co", "#nd")
    page.set_content(html("<p>Chữ</p><a href='#x'>Sau</a>", before=right))
    attachments = Attachments(tmp_path, "keyboard/home", str)
    assert keyboard_of(page, attachments=attachments).shots == {}
