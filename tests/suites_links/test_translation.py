"""The foreign version is judged by its text: translated, left in Vietnamese, half and half, and what only looks so."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from fixtures.translation import TranslationRecord
from suites.layout import test_2_4_general_information as l24
from tests.suites_pages.conftest import verdict_of
from tests.suites_pages.small_portal import File, Portal, served
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observations.translation import Translation
from toantrinh.observers.site.pages import observe_visit
from toantrinh.observers.site.translation import language_of, observe_translation, translation_of
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED
VI = (
    "Người dân tra cứu thủ tục, điền biểu mẫu, nộp hồ sơ và nhận kết quả trên mạng.",
    "Cán bộ tiếp nhận hồ sơ, xử lý đúng hạn và trả kết quả cho người nộp.",
    "Mọi thông báo được gửi tới tài khoản của người nộp, kèm ngày hẹn và nơi giải quyết.",
)
EN = (
    "Find the procedure that you need, fill in the form and send it with your papers.",
    "The officers receive the file, settle it in time and return the result to you.",
    "You are told of each step by a notice in your account on the portal.",
)
PLAIN_VI = "Nguoi dan tra cuu thu tuc, dien bieu mau va nop ho so truc tuyen tren cong dich vu cong."
NAMES = "".join(
    f"<p>{name}</p>"
    for name in (
        "Nguyễn Văn An, Trần Thị Bình, Lê Hoàng Cường",
        "Số 12 Lê Lợi, Phường Bắc Ninh, Tỉnh Bắc Ninh",
        "Nguyen Van An, Bac Ninh, Viet Nam",
        "1900 1990 – 0299 3990 990",
        "Tiếng Việt",
    )
)


def text(*parts: str) -> str:
    return "".join(f"<p>{part}</p>" for part in parts)


def judged(page: Page, main: str, lang: str = "en") -> tuple[Verdict, str]:
    page.set_content(f"<html lang='{lang}'><title>x</title><body><main>{main}</main></body></html>")
    record = Translation(pages=(translation_of(page),), home=VI, seed=1)
    return verdict_of(l24.test_translation_is_real, TranslationRecord(record))


@pytest.mark.parametrize(
    ("main", "lang", "verdict", "words"),
    [
        pytest.param(text(*EN), "en", P, "", id="translated"),
        pytest.param(text(*VI), "en", F, "chính trang tiếng Việt", id="the home page again"),
        pytest.param(text("Tổ chức và cá nhân nộp hồ sơ tại đây. " * 5), "en", F, "không được dịch", id="other Vietnamese"),
        pytest.param(text(PLAIN_VI, PLAIN_VI), "en", F, "không được dịch", id="Vietnamese without its marks"),
        pytest.param(text(*EN, VI[0].upper()), "en", HALF, "một phần", id="in capitals"),
        pytest.param(text(*EN[:2], *VI[:2]), "en", HALF, "p:nth-of-type(3)", id="half and half"),
        pytest.param(text(*EN), "vi", HALF, 'lang="vi"', id="declared as Vietnamese"),
        pytest.param(text(*EN), "", HALF, "không khai báo lang", id="not declared"),
        pytest.param(text(*EN) + NAMES, "en", P, "", id="names and addresses"),
        pytest.param(text(*EN) + f"<p lang=vi>{VI[0]}</p>", "en", P, "", id="a quotation marked as Vietnamese"),
        pytest.param(text(*EN) + f"<p hidden>{VI[0]}</p><script>'{VI[1]}'</script>", "en", P, "", id="not in sight"),
        pytest.param(text("Le dossier est déposé en ligne par le citoyen et traité par l’administration compétente. " * 3), "fr", P, "", id="French"),
        pytest.param(text("Welcome to the portal"), "en", OPEN, "quá ít chữ", id="hardly a word"),
    ],
)  # fmt: skip
def test_a_version_is_judged_by_its_text(page: Page, main: str, lang: str, verdict: Verdict, words: str) -> None:
    said, message = judged(page, main, lang)
    assert said is verdict and words in message, message


def test_the_language_of_a_text_does_not_hang_on_what_was_asked_before() -> None:
    told = [language_of(line) for line in (*EN, *VI)]
    assert told == ["en"] * 3 + ["vi"] * 3
    assert [language_of(line) for line in (*EN, *VI)] == told


def test_blocks_are_led_to_by_their_selectors_in_shadow_roots_too(page: Page) -> None:
    page.set_content(
        f"<body><div><ul><li>{VI[0]}<li>{EN[0]} <b>Really</b></ul></div><div id=goc></div>"
        f"<script>JSON.stringify = () => '0'; goc.attachShadow({{mode: 'open'}}).innerHTML = '<p>{EN[1]}</p>'</script>"
    )
    found = {block.text: block for block in translation_of(page).blocks}
    assert set(found) == {VI[0], f"{EN[0]} Really", EN[1]}
    assert page.locator(found[VI[0]].selector).inner_text() == VI[0]


def portal(guide: str) -> Portal:
    """A home page, and an English version of two pages: its home page and a guide with this text."""

    def html(lang: str, main: str) -> File:
        return File(
            "text/html; charset=utf-8", f"<!doctype html><html lang={lang}><title>{lang}</title><main>{main}</main>"
        )

    return {
        "/": html("vi", '<a href="/en/" hreflang="en">English</a>' + text(*VI)),
        "/en/": html("en", '<a href="/en/guide">Guide</a> <a href="/" lang="vi">Tiếng Việt</a>' + text(*EN)),
        "/en/guide": html("en", guide),
    }


@pytest.mark.parametrize(
    ("guide", "verdict", "words"), [(text(*reversed(EN)), P, ""), (text(*VI), HALF, "/en/guide – body > main")]
)
def test_pages_of_the_version_below_its_first_are_looked_at(
    chromium: Browser, tmp_path: Path, guide: str, verdict: Verdict, words: str
) -> None:
    seen: dict[PageName, PageFacts] = {}
    with served(portal(guide)) as address:
        system = load_system("demo", base_url=address)
        kept = Attachments(tmp_path, "site/translation", lambda said: said)
        for name in (PageName.HOME, PageName.ENGLISH):
            visit = observe_visit(chromium, system, name, seen.get, kept)
            assert visit.page is not None
            seen[name] = visit.page
        found = observe_translation(chromium, system, seen[PageName.HOME], seen[PageName.ENGLISH], kept)
    assert len(found.pages) == 2
    said, message = verdict_of(l24.test_translation_is_real, TranslationRecord(found))
    assert said is verdict and words in message, message
