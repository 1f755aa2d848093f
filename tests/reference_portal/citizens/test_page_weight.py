"""What a page loads: one font file per weight, nothing twice, nothing that stands in the way of the text."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import Page, Request

from .conftest import Portal

LETTERS = "Đăng ký khai sinh ở nước ngoài: ưu tiên người được ủy quyền, lệ phí 8.000 ₫ – ẫ ẵ ễ ỗ ỡ ữ ỹ"


@pytest.mark.parametrize("path", ["/", "/thu-tuc/1.001193", "/en/"])
def test_each_weight_is_one_file_and_no_file_is_fetched_twice(page: Page, portal: Portal, path: str) -> None:
    asked: list[Request] = []
    complaints: list[str] = []
    page.on("request", lambda one: asked.append(one))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(portal.url + path, wait_until="networkidle")
    fonts = [one.url for one in asked if one.resource_type == "font"]
    assert 1 <= len(fonts) <= 3
    assert max(Counter(one.url for one in asked if one.method == "GET").values()) == 1
    assert page.locator("link[rel=preload]").count() == 1
    assert page.locator("link[rel=preload]").evaluate("link => link.href") in fonts
    assert not complaints


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_the_font_has_every_vietnamese_letter(page: Page, portal: Portal, weight: int) -> None:
    page.goto(portal.url)
    page.evaluate("font => document.fonts.load(font)", f'{weight} 16px "Be Vietnam Pro"')
    foreign = page.evaluate(
        """([letters, weight]) => {
          const pen = document.createElement('canvas').getContext('2d');
          const width = (letter, behind) => {
            pen.font = `${weight} 40px "Be Vietnam Pro", ${behind}`;
            return pen.measureText(letter.repeat(20)).width;
          };
          return [...letters].filter((letter) => letter.trim() && width(letter, 'serif') !== width(letter, 'monospace'));
        }""",
        [LETTERS, weight],
    )
    assert foreign == []


def test_no_script_stops_the_page_and_static_files_are_kept_for_ever(page: Page, portal: Portal) -> None:
    caching: dict[str, str] = {}
    page.on("response", lambda got: caching.update({got.url: got.headers.get("cache-control", "")}))
    page.goto(portal.url, wait_until="networkidle")
    stopping = "script[src]:not([async]):not([defer]):not([type=module])"
    assert page.locator(stopping).count() == 0
    static = {url: rule for url, rule in caching.items() if "/tinh/" in url}
    assert len(static) > 5 and set(static.values()) == {"public, max-age=31536000, immutable"}
