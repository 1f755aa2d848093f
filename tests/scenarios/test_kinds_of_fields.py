"""What a text field must mean, so that an answer can be wrong; what it may mean besides makes no answer wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from toantrinh.driver.eyes import look
from toantrinh.scenarios.wrong_answers import kind_of


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Số CCCD", "cccd"),
        ("Số CMND/CCCD", "cccd"),
        ("Số định danh cá nhân của cha", "cccd"),
        ("Số giấy tờ tùy thân (CCCD, CMND)", "cccd"),
        ("Số hộ chiếu", ""),
        ("Số CCCD/Hộ chiếu", ""),
        ("Số giấy tờ tùy thân", ""),
        ("Số định danh cá nhân hoặc giấy tờ tùy thân khác", ""),
        ("Số tiền đề nghị", "number"),
        ("Số tiền bằng chữ", ""),
        ("Số lượng (bằng chữ)", ""),
        ("Ngày sinh (ghi bằng chữ)", ""),
        ("Ngày sinh", "date"),
    ],
)
def test_what_a_field_must_mean(label: str, kind: str, page: Page) -> None:
    page.set_content(f"<main><form><label>{label} <input name=x></label></form></main>")
    assert kind_of(look(page).fields[0]) == kind
