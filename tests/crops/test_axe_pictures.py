"""What axe finds is pictured: the first element of each rule, in whatever frame it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.crops.conftest import surrounds
from toantrinh.observers.site.axe import MOST_SHOTS, axe_of
from toantrinh.store import Attachments

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
PICTURE = f'<img src="{PIXEL}" style="width:90px;height:40px;background:rgb(0,0,255);padding:4px">'
FIELD = '<input style="width:200px;height:30px;border:0;outline:0;background:rgb(0,255,0)">'


def shot(tmp_path: Path, path: str) -> Image.Image:
    return Image.open(tmp_path / path).convert("RGB")


def test_each_violated_rule_has_its_first_element_outlined(
    page: Page, attachments: Attachments, tmp_path: Path
) -> None:
    page.set_content(f'<html lang="vi"><title>T</title><main><h1>Trang</h1>{PICTURE}{FIELD}</main>')
    (frame,) = axe_of(page, attachments)
    shots = {rule.rule: rule.shot for rule in frame.violations}
    assert set(shots) == {"image-alt", "label"} and len(attachments.saved) == 2
    assert surrounds(shot(tmp_path, shots["image-alt"]))
    assert surrounds(shot(tmp_path, shots["label"]), (0, 255, 0))


def test_an_element_in_a_frame_is_outlined_in_the_page(page: Page, attachments: Attachments, tmp_path: Path) -> None:
    page.set_content(
        '<html lang="vi"><title>T</title><main><h1>Trang</h1><div style="height:1800px"></div>'
        f"<iframe title=K width=600 height=300 srcdoc='<html lang=vi><title>K</title><main>{PICTURE}</main>'></iframe></main>"
    )
    page.frames[-1].wait_for_selector("img")
    top, inner = axe_of(page, attachments)
    assert not top.violations
    (rule,) = inner.violations
    assert rule.rule == "image-alt" and surrounds(shot(tmp_path, rule.shot))


def test_a_fault_of_the_whole_page_and_of_what_is_not_drawn_has_no_crop(page: Page, attachments: Attachments) -> None:
    page.set_content("<html><main><h1>Trang</h1></main>")
    (frame,) = axe_of(page, attachments)
    assert {rule.rule: rule.shot for rule in frame.violations} == {"document-title": "", "html-has-lang": ""}
    assert attachments.saved == []


def test_without_a_place_for_pictures_none_is_taken(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.set_content(f'<html lang="vi"><title>T</title>{PICTURE}')
    monkeypatch.setattr(page, "screenshot", lambda **how: pytest.fail("a picture was taken"))
    (frame,) = axe_of(page)
    assert [(rule.rule, rule.shot) for rule in frame.violations] == [("image-alt", "")]


def test_a_rule_is_pictured_twice_at_most_and_a_page_has_few_pictures(page: Page, attachments: Attachments) -> None:
    frames = "".join(
        f"<iframe title=K{n} srcdoc='<html lang=vi><title>K</title>{PICTURE}{FIELD}<a href=/a></a><select><option>1</select>"
        "<ul><p>a</p></ul><button></button><div role=checkbox aria-checked=7>x</div>'></iframe>"
        for n in range(4)
    )
    page.set_content(f'<html lang="vi"><title>T</title>{frames}')
    for frame in page.frames[1:]:
        frame.wait_for_selector("button")
    axe_of(page, attachments)
    rules = [path.rsplit("-axe-", 1)[-1] for path in attachments.saved]
    assert 4 <= len(rules) <= MOST_SHOTS and max(rules.count(rule) for rule in rules) <= 2
    axe_of(page, attachments)
    assert len(set(attachments.saved)) == len(attachments.saved)
    rules = [path.rsplit("-axe-", 1)[-1] for path in attachments.saved]
    assert max(rules.count(rule) for rule in rules) <= 2
