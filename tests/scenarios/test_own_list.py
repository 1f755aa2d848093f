"""The citizen's list of dossiers: a dossier of another service in the same table is never taken for one of ours."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from playwright.sync_api import Page

from toantrinh.driver.eyes import look
from toantrinh.journey.traveller import Traveller
from toantrinh.scenarios.own_list import codes_listed

OURS, OTHERS = "000.00.21.H99-261122-0008", "000.00.09.H99-261122-0001"
ROW = "<tr><td>{}</td><td>{}</td><td>22/11/2026</td><td><a href='/{}'>Xem</a></td></tr>"
ROWS = ROW.format("Cấp Phiếu lý lịch tư pháp", OTHERS, 1) + ROW.format("Thủ tục đăng ký khai sinh", OURS, 2)
WHO = cast(Traveller, SimpleNamespace(service=SimpleNamespace(code="1.001193", name="Thủ tục đăng ký khai sinh")))


def listed(page: Page, body: str) -> tuple[str, ...]:
    page.set_content(f"<main>{body}</main>")
    return codes_listed(WHO, look(page))


def test_the_rows_of_our_service_alone_are_read(page: Page) -> None:
    assert listed(page, f"<table>{ROWS}</table>") == (OURS,)


def test_a_row_that_holds_the_whole_table_is_no_row(page: Page) -> None:
    assert listed(page, f"<table><tr><td><table>{ROWS}</table></td></tr></table>") == (OURS,)


def test_an_item_with_several_codes_tells_nothing(page: Page) -> None:
    both = f"<li>{OTHERS} 22/11/2026, {OURS} Thủ tục đăng ký khai sinh</li>"
    assert listed(page, f"<ul>{both}</ul>") == ()

