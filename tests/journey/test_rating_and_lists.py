"""What our eyes must not miss before a portal is accused: results without links, grades that are no radio buttons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toantrinh.driver.eyes import View
from toantrinh.journey import outcome, result_list
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.store import Attachments
from toantrinh.systems import load_system


@pytest.fixture
def who(chromium: Browser, tmp_path: Path) -> Iterator[Traveller]:
    system = load_system("demo", base_url="http://127.0.0.1:1")
    with travelling(chromium, system, system.services[0], Attachments(tmp_path, "x", str)) as traveller:
        yield traveller


def shown(who: Traveller, body: str) -> View:
    who.hands.page.set_content(f"<!doctype html><html lang=vi><body><main>{body}</main></body></html>")
    return who.hands.settle()


CARDS = """<div class=card style='cursor:pointer' onclick='1'><h3>Thủ tục đăng ký kết hôn</h3><small>1.000894</small></div>
<div class=card style='cursor:pointer' onclick='1'><h3>Thủ tục đăng ký khai sinh</h3><small>1.001193</small></div>"""
ROWS = """<table><tr><td>1.000894</td><td>Thủ tục đăng ký kết hôn</td><td><button>Xem chi tiết</button><button>Nộp trực tuyến</button></td></tr>
<tr><td>1.001193</td><td>Thủ tục đăng ký khai sinh</td><td><button>Xem chi tiết</button><button>Nộp trực tuyến</button></td></tr></table>"""


@pytest.mark.parametrize("body", [CARDS, ROWS])
def test_results_that_are_no_links_are_found(who: Traveller, body: str) -> None:
    results = result_list.result_links(shown(who, body))
    assert len(results) == 2 and result_list.rank_of(who, results) == 2


TABS = """<p>0 thủ tục cho từ khóa “1.001193”</p><ul><li><a href='/thu-tuc?tu-khoa=1.001193&muc-do=toan-trinh'>Toàn trình (0)</a></li>
<li><a href='/thu-tuc?tu-khoa=1.001193&muc-do=mot-phan'>Một phần (0)</a></li></ul>"""
BY_PARAMETER = "<ul><li><a href='/chi-tiet?ma=1.000894&tu-khoa=1.001193'>Thủ tục thứ nhất</a></li><li><a href='/chi-tiet?ma=1.001193&tu-khoa=1.001193'>Thủ tục thứ hai</a></li></ul>"


@pytest.mark.parametrize(("body", "rank"), [(TABS, None), (BY_PARAMETER, 2), (CARDS, 2)])
def test_a_link_that_repeats_what_was_asked_for_is_no_result(who: Traveller, body: str, rank: int | None) -> None:
    results = result_list.result_links(shown(who, body))
    assert result_list.rank_of(who, results, "http://127.0.0.1:1/thu-tuc?tu-khoa=1.001193") == rank


def test_of_a_row_the_details_are_opened_not_the_application(who: Traveller) -> None:
    view = shown(who, ROWS)
    chosen = result_list.result_links(view)[1]
    assert next(c for c in view.controls if c.index == chosen.index).label == "Xem chi tiết"


def test_a_list_that_names_the_service_unreadably_is_no_charge(who: Traveller) -> None:
    view = shown(who, "<p>Kết quả</p><p>1.001193 Thủ tục đăng ký khai sinh</p>")
    assert result_list.unread(who, view, "khai sinh", result_list.result_links(view))


def test_a_list_without_the_service_is_one(who: Traveller) -> None:
    view = shown(who, "<p>Không tìm thấy thủ tục phù hợp với “khai sinh”</p>")
    assert not result_list.unread(who, view, "khai sinh", result_list.result_links(view))


def test_grades_drawn_as_buttons_are_a_rating(who: Traveller) -> None:
    grades = "".join(f"<span class=sao role=button aria-label='{n} sao'>★</span>" for n in range(1, 6))
    assert outcome._stars(who, shown(who, grades))[0].label == "5 sao"


def test_the_invitation_to_rate_is_no_grade(who: Traveller) -> None:
    assert outcome._stars(who, shown(who, "<button>Đánh giá mức độ hài lòng</button><button>Hài lòng</button>")) == []
