"""Where a page says that an answer is wrong: beside its field, in a summary that leads there, elsewhere, or nowhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from toantrinh.driver.eyes import View, look
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.mistakes import Place
from toantrinh.scenarios.complaints import around, complaint, general_complaint
from toantrinh.scenarios.trying import news
from toantrinh.scenarios.wrong_papers import stated_limit

WHO = cast(Traveller, SimpleNamespace(lexicon=load_lexicon()))
FORM = """<main><h1>Tờ khai</h1><form novalidate>{top}
<div><label for=ten>Họ và tên (bắt buộc)</label><input id=ten name=ten required value="A"></div>
<div><label for=dt>Số điện thoại *</label><input id=dt name=dt type=tel required value="{value}" {mark}>{under}</div>
<button>Tiếp tục</button></form></main>"""
TABLE = """<h2>Tờ khai</h2><form><table><tr><td>Họ tên</td><td><input name=ten value=A></td></tr>
<tr><td>Số điện thoại (*)</td><td><input name=dt value="{value}"></td>{cell}</tr>{row}
<tr><td>Ghi chú</td><td><input name=gc></td></tr></table><button>Gửi</button></form>"""
SAID = "Số điện thoại phải có 10 chữ số."


def shown(page: Page, html: str) -> View:
    page.set_content(html)
    return look(page)


def phone(view: View) -> Any:
    return next(c for c in view.fields if c.field == "dt")


CASES = {
    "tied by mark-up": (FORM, {"mark": "aria-invalid=true aria-describedby=e", "under": f"<p id=e>{SAID}</p>"}, Place.BESIDE),
    "under the field, tied by nothing": (FORM, {"under": f"<span>{SAID}</span>"}, Place.BESIDE),
    "in the next cell": (TABLE, {"cell": f"<td><font color=red>{SAID}</font></td>"}, Place.BESIDE),
    "in the row below": (TABLE, {"row": f"<tr><td colspan=2>{SAID}</td></tr>"}, Place.BESIDE),
    "summary that leads to the field": (FORM, {"top": f"<div role=alert><a href='#dt'>{SAID}</a></div><p>x</p>"}, Place.LINKED),
    "summary that names the field": (FORM, {"top": f"<div role=alert>{SAID}</div><p>x</p>"}, Place.NAMED),
    "a sentence that names no field": (FORM, {"top": "<div role=alert>Dữ liệu không hợp lệ.</div><p>x</p>"}, Place.NONE),
    "nothing at all": (FORM, {}, Place.NONE),
    "a hint that was there before": (FORM, {"under": "<small>Phải có 10 chữ số</small>"}, Place.NONE),
}  # fmt: skip


@pytest.mark.parametrize(("form", "parts", "place"), CASES.values(), ids=list(CASES))
def test_place_of_a_complaint(form: str, parts: dict[str, str], place: Place, page: Page) -> None:
    nothing = dict.fromkeys(("top", "mark", "under", "cell", "row"), "")
    hint = {"under": parts["under"]} if "<small>" in parts.get("under", "") else {}
    before = shown(page, form.format(**{**nothing, **hint}, value="0912345678"))
    stood = around(before, phone(before))
    after = shown(page, form.format(**{**nothing, **parts}, value="123"))
    found, words = complaint(WHO, stood, after, phone(after), news(before, after), same_document=False)
    assert found is place, words
    assert (words == "") is (place is Place.NONE)


def test_a_sentence_that_names_no_field_is_a_general_complaint(page: Page) -> None:
    parts = dict.fromkeys(("mark", "under"), "")
    before = shown(page, FORM.format(**parts, top="", value="1"))
    after = shown(page, FORM.format(**parts, top="<div class=alert>Dữ liệu không hợp lệ.</div>", value="1"))
    assert general_complaint(WHO, news(before, after)) == "Dữ liệu không hợp lệ."


def test_the_browsers_own_bubble_is_beside_the_field(page: Page) -> None:
    view = shown(
        page, "<main><form><label>Số điện thoại <input name=dt required></label><button>Gửi</button></form></main>"
    )
    stood = around(view, phone(view))
    page.click("button")
    after = look(page)
    assert complaint(WHO, stood, after, phone(after), (), same_document=True)[0] is Place.BESIDE
    assert complaint(WHO, stood, after, phone(after), (), same_document=False)[0] is Place.NONE


def test_a_form_that_switches_the_bubble_off_has_none(page: Page) -> None:
    view = shown(page, FORM.format(top="", mark="", under="", value=""))
    assert complaint(WHO, around(view, phone(view)), view, phone(view), (), same_document=True)[0] is Place.NONE


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Nhận tệp PDF, JPG, tối đa 5 MB. Bản chính: 1, bản sao: 0.", 5 * 1024 * 1024),
        ("Dung lượng không quá 500KB", 500 * 1024),
        ("Tệp mẫu 120 KB. Kích thước tối đa: 2,5 MB", int(2.5 * 1024 * 1024)),
        ("Nhận tệp PDF", None),
        ("Bản sao: 2 bản", None),
    ],
)
def test_the_stated_limit_is_read(text: str, limit: int | None) -> None:
    assert stated_limit(text) == limit
