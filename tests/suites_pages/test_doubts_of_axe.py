"""What axe leaves undecided on real pages: which of it is for a person, and which is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fixtures.checks import known_tests
from suites.accessibility.doubts import checks_elsewhere, for_a_person, known_doubts
from toantrinh.observations.site import ElementFacts, RuleFacts
from toantrinh.observers.site.axe import _source, axe_of

WORDS = "<p>Người dân nộp hồ sơ trên mạng và nhận kết quả tại nhà.</p>"
PANEL = "<style>.nen{position:relative}.nen::before{content:'';position:absolute;inset:0;background:#eee;z-index:-1}</style>"
DRAWN = f"{PANEL}<div class='nen'><p>Hồ sơ đã được tiếp nhận.</p></div>"
PICKER = (
    '<div role="combobox" tabindex="0" aria-label="Lĩnh vực" aria-haspopup="listbox" aria-expanded="{open}"'
    ' aria-controls="danh-sach">Tất cả</div>'
)


def asked(page: Page, body: str) -> dict[str, str]:
    """By rule the first element for which a person is asked."""
    page.set_content(f'<!doctype html><html lang="vi"><title>Trang</title><main><h1>Cổng</h1>{body}</main></html>')
    (facts,) = axe_of(page)
    assert not facts.error
    found = (for_a_person(rule, decided=rule.rule in facts.decided) for rule in facts.undecided)
    return {rule.rule: rule.elements[0].selector for rule in found if rule}


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"{WORDS}<p id=trang style='color:#fff;background:#fff'>Lệ phí: 8.000 đồng</p>", {"color-contrast": "#trang"}),
        (f"{WORDS}<input aria-labelledby=khong-co aria-label=Tên id=o>", {"aria-valid-attr-value": "#o"}),
        ('<video id=phim src="/phim.mp4" controls></video>', {"video-caption": "#phim"}),
        (
            '<p id=nhan>Một</p><p id=nhan>Hai</p><input id=o aria-labelledby="nhan">',
            {"duplicate-id-aria": "p:nth-child(2)"},
        ),
    ],
)
def test_one_element_that_nobody_decided_is_for_a_person(page: Page, body: str, wanted: dict[str, str]) -> None:
    assert asked(page, body) == wanted


@pytest.mark.parametrize(
    "body",
    [
        f"{WORDS}<div style='background:linear-gradient(#fff,#ccc)'>{WORDS}</div>",
        f"{WORDS}{DRAWN}",
        f"{WORDS}<label>Họ tên <input aria-describedby='loi goi'></label><p id=goi>Chữ in hoa</p>",
        WORDS + PICKER.format(open="true"),
        WORDS + PICKER.format(open="false"),
    ],
    ids=[
        "measured on pixels",
        "a panel that is drawn behind",
        "an error yet to come",
        "a list that is open",
        "a list that is closed",
    ],
)
def test_what_is_decided_elsewhere_or_harms_nobody_is_not(page: Page, body: str) -> None:
    assert asked(page, body) == {}


def rule_of(*reasons: str, count: int = 0, rule: str = "color-contrast") -> RuleFacts:
    elements = tuple(ElementFacts(selector=f"#o{n}", markup=f"<p id=o{n}>", why=why) for n, why in enumerate(reasons))
    return RuleFacts(rule=rule, help="", impact="", tags=(), elements=elements, count=count or len(elements), shot="a")


def test_where_axe_decided_nothing_the_slight_is_for_a_person() -> None:
    rule = rule_of("Element content is too short to determine if it is actual text content")
    assert for_a_person(rule, decided=False) == rule and for_a_person(rule, decided=True) is None


def test_where_contrast_was_not_measured_a_person_is_asked_but_for_what_was_measured_elsewhere() -> None:
    rule = rule_of("Nền: background image", "Nền: pseudo element", "Nền: overlapped by another element")
    assert for_a_person(rule, decided=True) is None
    assert for_a_person(rule, decided=True, blind=("zoom.contrast",)) == rule
    found = for_a_person(rule, decided=True, blind=("zoom.contrast",), seen=rule.elements[:2])
    assert found is not None and [one.selector for one in found.elements] == ["#o2"] and not found.shot


def test_in_a_state_that_nobody_measured_its_likes_speak_for_an_element() -> None:
    def one(markup: str, why: str) -> RuleFacts:
        found = rule_of(why)
        return found.model_copy(update={"elements": (found.elements[0].model_copy(update={"markup": markup}),)})

    def told(markup: str, why: str = "background image") -> bool:
        seen = (*one('<p class="nen">Một</p>', why).elements, *one("<select id=a>", why).elements)
        here = one(markup, why)
        return for_a_person(here, decided=True, blind=("zoom.contrast",), seen=seen, asked=False) is not None

    assert [told('<p id=x class="nen">Hai</p>'), told("<select id=b>")] == [False, False]
    assert [told('<p class="khac">Hai</p>'), told("<p>Hai</p>")] == [True, True]
    assert not told("<p>Hai</p>", "pseudo element")


def test_a_reason_that_stands_after_twenty_others_is_kept(page: Page) -> None:
    many = "".join(f"<p>Thủ tục số {n} của tỉnh</p>" for n in range(30))
    body = f"<div style='background:linear-gradient(#fff,#eee)'>{many}</div><p id=trang style='color:#fff'>Lệ phí</p>"
    assert asked(page, body) == {"color-contrast": "#trang"}


def test_where_every_element_kept_has_a_reason_of_its_own_the_rest_may_hide_others() -> None:
    whole = rule_of("background image", "background gradient", count=2)
    assert for_a_person(whole, decided=True) is None
    cut = rule_of("background image", "background gradient", count=3)
    assert for_a_person(cut, decided=True) == cut
    likes = rule_of('background image "1"', 'background image "2"', count=3)
    assert for_a_person(likes, decided=True) is None


def test_every_reason_is_one_that_axe_gives() -> None:
    words = _source().lower()
    reasons = [
        one
        for doubts in known_doubts().values()
        for one in (*doubts.nobody, *doubts.slight, *(word for _, word in doubts.elsewhere))
    ]
    assert len(reasons) > 10 and [one for one in reasons if one.split(": aria-")[0] not in words] == []


def test_what_is_left_to_another_check_is_left_to_one_that_is_there() -> None:
    assert checks_elsewhere() <= known_tests()


SMALL = "<button style='all:unset;width:14px;height:14px;background:#036;display:block'>{}</button>"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (SMALL.format("") * 3, True),
        (SMALL.format("").replace("all:unset", "all:unset;margin:30px"), False),
        ("<p>Xem <a href='/1'>một</a>, <a href='/2'>hai</a> hay <a href='/3'>ba</a>.</p>", False),
    ],
    ids=["three in a heap", "small and far from others", "links of a sentence"],
)
def test_small_targets_are_seen(page: Page, body: str, wanted: bool) -> None:
    page.set_content(f'<!doctype html><html lang="vi"><title>Trang</title><main>{body}</main></html>')
    (facts,) = axe_of(page)
    found = [rule for rule in facts.violations if "wcag258" in rule.tags]
    assert bool(found) is wanted and all(rule.elements[0].selector for rule in found)
