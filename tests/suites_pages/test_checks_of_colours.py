"""Contrast on pixels, focus rings, forced colours and reduced motion: what is right, what is wrong, and look-alikes.

Given a small page in a real browser, when a check judges what was seen of it, then the verdict and its words are these.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from fixtures.looking import Looks
from suites.accessibility import test_5_4_colours as a54
from tests.suites_pages.conftest import looks_of, verdict_of
from toantrinh.observations.colours import ColoursFacts
from toantrinh.observers.sight.colours import colours_of
from toantrinh.verdicts import Verdict

Check = Callable[[Looks[ColoursFacts]], None]
P, F, REVIEW, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.NEEDS_REVIEW, Verdict.NOT_TESTED
PICTURE = (
    "url(&quot;data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 width=%2720%27 height=%2720%27%3E"
    "%3Crect width=%2720%27 height=%2720%27 fill=%27%23COLOUR%27/%3E%3C/svg%3E&quot;)"
)
LIGHT, DARK = PICTURE.replace("COLOUR", "dddddd"), PICTURE.replace("COLOUR", "102030")
BARS = "<span style='display:block;height:4px;margin:4px;background:#123'></span>" * 3

CASES: list[tuple[str, Check, str, Verdict, tuple[str, ...]]] = [
    ("dark picture", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div id=anh style='background:{DARK};color:#fff'><p>Chào mừng người dân</p></div>", P, ()),
    ("light picture", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div id=anh style=\"background:{LIGHT};color:#fff\"><p>Chào mừng người dân</p></div>", F,
     ("#anh > p", "chữ trên ảnh", "Trang chủ", "#dddddd")),
    ("gradient that ends too light", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<h2 id=dai style='width:700px;font-size:20px;background:linear-gradient(90deg,#036,#cde);color:#fff'>Thủ tục hành chính công của tỉnh Sao Mai trên mạng Internet năm nay</h2>",
     F, ("#dai", "nền chuyển màu")),
    ("gradient that is too light elsewhere", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<h2 id=dai style='width:1200px;font-size:20px;background:linear-gradient(90deg,#036 50%,#cde);color:#fff'>Thủ tục hành chính</h2>", P, ()),
    ("photograph under an opaque band", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div style=\"background:{LIGHT};padding:20px\"><p style='background:#222;color:#fff'>Chào mừng</p></div>", P, ()),
    ("text over an img", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<div style='position:relative'><img alt='' width=600 height=100 src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='600' height='100'%3E%3Crect width='600' height='100' fill='%23eee'/%3E%3C/svg%3E\">"
     "<p id=tren style='position:absolute;left:9px;top:9px;color:#bbb'>Thông báo mới</p></div>", F, ("#tren", "chữ trên ảnh")),
    ("text over a panel that is drawn with ::before", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>.h{position:relative;background:#123}.h::before{content:'';position:absolute;inset:0;background:#f4f4f4}</style>"
     "<div class=h><p id=chu style='position:relative;color:#fff;padding:20px'>Chữ trắng trên nền gần trắng</p></div>", REVIEW, ("#chu", "trùng màu")),
    ("pale text over a panel that is drawn with ::before", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>.h{position:relative;background:#123}.h::before{content:'';position:absolute;inset:0;background:#f4f4f4}</style>"
     "<div class=h><p id=chu style='position:relative;color:#ccc;padding:20px'>Chữ xám trên nền gần trắng</p></div>", F, ("#chu", "#f4f4f4")),
    ("white text that a dark panel covers", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<div style='position:relative;height:60px;background:#123'><p style='color:#fff'>Chữ bị che</p>"
     "<div style='position:absolute;inset:0;background:#245'></div></div>", P, ()),
    ("white text beneath a neighbour with dark words", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<div style='position:relative;height:60px'><p style='background:#036;color:#fff;width:200px;margin:0'>Tra cứu</p>"
     "<p style='position:absolute;left:0;top:-4px;width:200px;background:#fff;color:#111;pointer-events:none;margin:0'>Làm lại từ đầu</p></div>", P, ()),
    ("white words of a button that a white bar covers", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<a style='background:#036;color:#fff;display:block;width:200px'>Nộp trực tuyến</a><div style='position:fixed;inset:0 0 auto 0;height:90px;background:#fff'></div>", P, ()),
    ("white words far below that a white neighbour covers", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<div style='height:1500px'></div><div style='position:relative'><a style='background:#036;color:#fff;display:block;width:200px'>Nộp trực tuyến</a>"
     "<div style='position:absolute;inset:0;background:#fff'></div></div>", P, ()),
    ("words that a link over the whole card covers", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div style='position:relative;background:{LIGHT};color:#fff'><p id=the>Thông báo mới</p><a href=/t style='position:absolute;inset:0' aria-label='Xem'></a></div>", F, ("#the",)),
    ("dark text over such a panel", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>.h{position:relative;background:#123}.h::before{content:'';position:absolute;inset:0;background:#f4f4f4}</style>"
     "<div class=h><p id=chu style='position:relative;color:#222;padding:20px'>Chữ đen trên nền gần trắng</p></div>", P, ()),
    ("text under another element's ground", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<div style='position:relative;height:60px;background:#123'><div style='position:absolute;inset:0;background:#eee'></div>"
     "<p id=tren style='position:absolute;color:#fff'>Thông báo mới</p></div>", F, ("#tren", "#eeeeee")),
    ("text that sticks out of its ground", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<div style='width:60px;background:#123'><p id=dai style='color:#ccc;white-space:nowrap'>Thông báo mới của Ủy ban nhân dân tỉnh</p></div>", F, ("#dai", "#ffffff")),
    ("pale placeholder", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>#tu::placeholder{color:#bbb}</style><input id=tu placeholder='Nhập từ khóa'>", F, ("#tu", "chữ gợi ý", "1,9:1")),
    ("button over the end of a field", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>#tu::placeholder{color:#767676}</style><div style='position:relative;width:300px'><input id=tu placeholder='Từ khóa' style='width:100%;box-sizing:border-box'>"
     "<span style='position:absolute;right:0;top:0;width:60px;height:100%;background:#ccc'></span></div>", P, ()),
    ("pale end of a field", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>#tu::placeholder{color:#767676}</style><div style='position:relative;width:300px'><input id=tu placeholder='Từ khóa' style='width:100%;box-sizing:border-box;text-align:right'>"
     "<span style='position:absolute;right:0;top:0;width:60px;height:100%;background:#cccccc99;pointer-events:none'></span></div>", F, ("#tu",)),
    ("dark placeholder", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>#tu::placeholder{color:#555}</style><input id=tu placeholder='Nhập từ khóa'>", P, ()),
    ("disabled field", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>#tu::placeholder{color:#bbb}</style><input id=tu disabled placeholder='Nhập từ khóa'>", P, ()),
    ("placeholder that another label hides", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<style>#tu::placeholder{color:transparent}</style><input id=tu placeholder='x'>", P, ()),
    ("logo", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div class=logo style=\"background:{LIGHT};color:#fff\"><p>Sao Mai</p></div>", P, ()),
    ("large text at 3.5 to 1", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<h1 id=to style='font-size:40px;background:linear-gradient(#fff,#fff);color:#858585'>Thủ tục</h1>", P, ()),
    ("text painted by its background", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<h1 id=to style='background:linear-gradient(90deg,#c00,#fc0);-webkit-background-clip:text;color:transparent'>Thủ tục</h1>", P, ()),
    ("pale words of a list with a drawn arrow", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<select id=cap style=\"appearance:none;width:300px;color:#bbb;background:#fff {DARK} no-repeat right\"><option>Tất cả các cấp</select>", F, ("#cap", "Tất cả các cấp", "1,9:1")),
    ("dark words of a list with a drawn arrow", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<select style=\"appearance:none;width:300px;color:#333;background:#fff {DARK} no-repeat right\"><option>Tất cả các cấp</select>", P, ()),
    ("pale words of a list on an even ground are axe's", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<select style='color:#bbb;background:#fff'><option>Tất cả các cấp</select>", P, ()),
    ("options that are not shown", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<select style=\"color:#222;background:{LIGHT}\"><option>Tất cả<option style='color:#ddd'>Cấp xã</select>", P, ()),
    ("a list that shows its options over a picture", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div style=\"background:{LIGHT}\"><select id=cap multiple style='color:#222;background:transparent'><option>Một<option>Hai</select></div>", REVIEW, ("#cap", "nhiều dòng")),
    ("pale words in a field over a picture", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div style=\"background:{LIGHT}\"><input id=ten value='Nguyễn Văn Bình' style='background:transparent;color:#bbb'></div>", F, ("#ten", "chữ trong ô")),
    ("pale button that is an input", a54.test_text_on_pictures_and_placeholders_has_contrast,
     "<input id=gui type=submit value='Gửi đi' style='background:linear-gradient(#fff,#eee);color:#bbb'>", F, ("#gui", "Gửi đi", "nền chuyển màu")),
    ("fields without words over a picture", a54.test_text_on_pictures_and_placeholders_has_contrast,
     f"<div style=\"background:{LIGHT};color:#fff\"><input type=checkbox><input type=range><input><select><option></select></div>", P, ()),

    ("strong ring", a54.test_focus_rings_have_contrast, "<style>:focus{outline:3px solid #036}</style><button>Gửi</button><a href=/x>Đi</a>", P, ()),
    ("pale ring", a54.test_focus_rings_have_contrast,
     "<style>:focus{outline:2px solid #ddd}</style><button id=gui style='border:1px solid #333;background:#fff'>Gửi đi</button>", F, ("#gui", "vòng tiêu điểm", "1,4:1")),
    ("the browser's own ring", a54.test_focus_rings_have_contrast, "<button>Gửi</button>", P, ()),
    ("pale ring with a dark one inside", a54.test_focus_rings_have_contrast,
     "<style>:focus{outline:2px solid #eee;box-shadow:inset 0 0 0 2px #036}</style><button style='border:0;background:#fff'>Gửi đi</button>", P, ()),
    ("no ring at all", a54.test_focus_rings_have_contrast, "<style>:focus{outline:0}</style><button>Gửi</button>", OPEN, ("không thấy vòng",)),

    ("bars that colour draws", a54.test_forced_colours_lose_nothing,
     f"<button id=menu aria-label='Danh mục' style='border:0;background:#fff;width:40px'>{BARS}</button>", F, ("#menu", "Danh mục")),
    ("bars with a border", a54.test_forced_colours_lose_nothing,
     "<button id=menu aria-label='Danh mục' style='border:0;background:#fff;width:40px'>" + "<span style='display:block;margin:4px;border-top:4px solid #123'></span>" * 3 + "</button>", P, ()),
    ("button that is cut off", a54.test_forced_colours_lose_nothing,
     "<div style='height:14px;overflow:hidden'><button style='border:0;height:44px;width:120px;background:#036;color:#fff'>Tra cứu</button></div>", P, ()),
    ("icon painted by a mask", a54.test_forced_colours_lose_nothing,
     "<a id=tim href=/t aria-label='Tìm' style=\"display:inline-block;width:24px;height:24px;background:#036;clip-path:circle(8px)\"></a>", F, ("#tim",)),
    ("button with words and a shadow", a54.test_forced_colours_lose_nothing,
     "<button style='border:0;box-shadow:0 0 9px #000;background:linear-gradient(#eef,#99c)'>Nộp hồ sơ</button>", P, ()),
    ("icon that is a picture", a54.test_forced_colours_lose_nothing,
     f"<a href=/t aria-label='Tìm' style=\"display:inline-block;width:24px;height:24px;background:{DARK}\"></a>", P, ()),

    ("card that keeps sliding", a54.test_reduced_motion_is_honoured,
     "<style>@keyframes truot{from{transform:none}to{transform:translateX(200px)}}#tin{animation:truot 3s infinite}</style><p id=tin>Tin mới</p>", F, ("#tin", "truot")),
    ("card that heeds the wish", a54.test_reduced_motion_is_honoured,
     "<style>@keyframes truot{from{transform:none}to{transform:translateX(200px)}}@media(prefers-reduced-motion:no-preference){#tin{animation:truot 3s infinite}}</style><p id=tin>Tin mới</p>", P, ()),
    ("card that fades", a54.test_reduced_motion_is_honoured,
     "<style>@keyframes mo{from{opacity:.4}to{opacity:1}}#tin{animation:mo 3s infinite}</style><p id=tin>Tin mới</p>", P, ()),
    ("a sign that something loads", a54.test_reduced_motion_is_honoured,
     "<style>@keyframes quay{to{transform:rotate(1turn)}}.spinner{width:20px;height:20px;animation:quay 1s infinite}</style><div class=spinner role=status>.</div>", P, ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "html", "verdict", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_check_of_colours(chromium: Browser, check: Check, html: str, verdict: Verdict, words: tuple[str, ...]) -> None:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.set_content(f"<!doctype html><html lang=vi><body style='background:#fff;padding:20px'>{html}</body></html>")
    facts = colours_of(page)
    context.close()

    found, said = verdict_of(check, looks_of(facts))

    assert found is verdict, said
    assert all(word in said for word in words), said


def test_one_cause_on_two_pages_is_one_finding(page) -> None:  # type: ignore[no-untyped-def]
    page.set_content("<style>#tu::placeholder{color:#bbb}</style><input id=tu placeholder='Nhập từ khóa'>")
    facts = colours_of(page)

    _, said = verdict_of(
        a54.test_text_on_pictures_and_placeholders_has_contrast,
        looks_of(facts, facts),
    )

    assert said.split(" | ")[0].count("#tu") == 1 and "Trang chủ, Danh sách thủ tục" in said


def test_looks_under_a_strict_policy_and_leaves_the_page_as_it_was(page) -> None:  # type: ignore[no-untyped-def]
    page.set_content(
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'none'\">"
        "<input id=tu placeholder='Nhập từ khóa'>"
    )
    before = page.content()

    facts = colours_of(page)

    assert [one.selector for one in facts.texts] == ["#tu"]
    assert (
        page.content().replace(' style=""', "") == before and page.evaluate("document.adoptedStyleSheets.length") == 0
    )
    assert page.evaluate("document.activeElement === document.body")


def test_a_page_that_changes_what_scripts_stand_on_is_measured_all_the_same(page) -> None:  # type: ignore[no-untyped-def]
    page.set_content(
        "<style>#tu::placeholder{color:#bbb}:focus{outline:3px solid #036}</style><input id=tu placeholder='Nhập từ khóa'>"
        "<script>Array.prototype.map = Array.prototype.filter = Array.prototype.some = null; JSON = null; Number = null</script>"
    )

    facts = colours_of(page)

    assert [one.selector for one in facts.texts] == ["#tu"] and len(facts.focus) == 1


MEASURED = "<p style='background:linear-gradient(#fff,#eee)'>Thủ tục số {}</p>"


@pytest.mark.parametrize(
    ("body", "texts", "truncated"),
    [
        ("".join(map(MEASURED.format, range(40))) + "<p>Chữ thường</p>", 40, False),
        ("".join(map(MEASURED.format, range(41))), 40, True),
        ("<div style='height:6500px'></div>" + MEASURED.format(1), 0, True),
        ("<style>h2{position:relative}h2::after{content:'';position:absolute;left:0;bottom:-6px;width:50px;height:3px;"
         "background:#c00}</style>" + "<h2>Tin mới</h2>" * 45, 0, False),
    ],
    ids=["as many as are measured", "one more", "too far down", "bars under the words"],
)  # fmt: skip
def test_words_that_were_left_out_are_told(page, body: str, texts: int, truncated: bool) -> None:  # type: ignore[no-untyped-def]
    page.set_content(f"<!doctype html><html lang=vi><body style='background:#fff'>{body}")
    facts = colours_of(page)
    assert (len(facts.texts), facts.truncated) == (texts, truncated)
