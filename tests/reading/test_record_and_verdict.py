"""From the readings of several pages to one verdict; from PDF bytes to what a screen reader gets of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from fixtures.pages import SiteRecord
from fixtures.reading import ReadingRecord
from suites.accessibility import test_5_1_reading as a51
from suites.accessibility import test_5_2_reading as a52
from tests.crops.conftest import bounds
from tests.reading.conftest import TEXT, Reader
from toantrinh.judgement import Judgement
from toantrinh.observations.reading import DocumentsFacts, ReadingFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.pictures.crops import COLOUR
from toantrinh.observers.screen_reader.pdf_documents import candidates, document_of
from toantrinh.observers.screen_reader.reading import reading_of
from toantrinh.store import Attachments, Observed, Outcome
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

FAKE = f'<p>{TEXT}</p><p style="font-size:22px;font-weight:700">Lệ phí</p><p>{TEXT}</p>'
MENU = '<nav><a href="/1">Một</a><a href="/2">Hai</a><a href="/3">Ba</a></nav>'
SEARCH = '<form role="search"><input aria-label="Tìm"></form>'


def observed(data: ReadingFacts | DocumentsFacts) -> Observed:  # type: ignore[type-arg]
    return Observed(key="reading/x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=data)


def record_of(*pages: ReadingFacts, **documents: object) -> ReadingRecord:
    system = load_system("demo", base_url="http://127.0.0.1:1").model_copy(update={"verified": None})
    readings = {name: observed(page) for name, page in zip(PageName, pages, strict=False)}
    return ReadingRecord(looks=readings, site=SiteRecord(system, {}), **documents)  # type: ignore[arg-type]


def verdict_of(check: Callable[[ReadingRecord], None], record: ReadingRecord) -> tuple[Verdict, str, float | None]:
    try:
        check(record)
    except Judgement as judgement:
        grounds = judgement.grounds
        return judgement.verdict, f"{judgement.message} | {grounds.seen} | {grounds.where}", judgement.share
    return Verdict.PASS, "", None


def test_one_cause_on_two_pages_is_one_finding_that_names_both(read: Reader) -> None:
    wrong, right = read(FAKE), read(f"<p>{TEXT}</p>")
    verdict, words, share = verdict_of(a51.test_headings_are_real_and_in_order, record_of(wrong, wrong, right))
    assert (verdict, share) == (Verdict.PARTIAL, 0.3333)
    assert words.split(" | ")[0].count("chữ trông như đề mục") == 1
    assert "Trang chủ, Danh sách thủ tục" in words


def test_a_fault_on_every_page_fails(read: Reader) -> None:
    assert verdict_of(a51.test_headings_are_real_and_in_order, record_of(read(FAKE)))[0] is Verdict.FAIL


def test_doubt_alone_is_for_a_person(read: Reader) -> None:
    page = read(f"<p><b>Lệ phí</b></p><p>{TEXT}</p>")
    assert verdict_of(a51.test_headings_are_real_and_in_order, record_of(page))[0] is Verdict.NEEDS_REVIEW


def test_pages_without_fields_have_no_subject(read: Reader) -> None:
    verdict, _, _ = verdict_of(a51.test_fields_have_label_and_instructions, record_of(read(f"<p>{TEXT}</p>")))
    assert verdict is Verdict.NOT_APPLICABLE


def test_a_form_that_was_not_seen_leaves_its_fields_open(read: Reader) -> None:
    form = "các trang của hồ sơ (chưa được cho phép nộp)"
    right, without, wrong = read("<label>Họ tên <input></label>"), read(f"<p>{TEXT}</p>"), read("<input>")
    for pages, wanted in (((right,), Verdict.NOT_TESTED), ((without,), Verdict.NOT_TESTED), ((wrong,), Verdict.FAIL)):
        verdict, words, _ = verdict_of(a51.test_fields_have_label_and_instructions, record_of(*pages, form_unseen=form))
        assert verdict is wanted and (wanted is Verdict.FAIL or form in words), words
    assert verdict_of(a51.test_fields_have_label_and_instructions, record_of(right))[0] is Verdict.PASS


def test_pages_that_were_not_read_leave_the_check_open() -> None:
    assert verdict_of(a51.test_reading_order_is_the_order_seen, record_of())[0] is Verdict.NOT_TESTED


@pytest.mark.parametrize(
    ("main", "verdict"),
    [(MENU + SEARCH, Verdict.PASS), (MENU, Verdict.NEEDS_REVIEW), (SEARCH, Verdict.NEEDS_REVIEW)],
)
def test_two_ways_to_each_page(read: Reader, main: str, verdict: Verdict) -> None:
    assert verdict_of(a52.test_more_than_one_way_to_each_page, record_of(read(main)))[0] is verdict


def test_menu_and_site_map_are_two_ways(read: Reader) -> None:
    record = record_of(read(MENU))
    record.looks = {PageName.HOME: record.looks[PageName.HOME], PageName.SITE_MAP: observed(read(MENU))}
    assert verdict_of(a52.test_more_than_one_way_to_each_page, record)[0] is Verdict.PASS


def test_titles_are_judged_by_another_check(read: Reader) -> None:
    same = [read(f"<p>{n}</p>", title="React App") for n in range(3)]
    assert verdict_of(a52.test_headings_describe_their_topic, record_of(*same))[0] is Verdict.PASS


def test_pictures_of_the_elements_are_kept_and_shown(page: Page, tmp_path: Path) -> None:
    page.set_content(f"<main><h1>Một</h1>{FAKE}</main>")
    before = page.content()
    facts = reading_of(page, Attachments(tmp_path, "reading/home", str))
    assert list(facts.shots) == [facts.drawn_headings[0].element.selector]
    record = record_of(facts)
    verdict_of(a51.test_headings_are_real_and_in_order, record)
    kept = tmp_path / record.evidence[0].path
    with Image.open(io.BytesIO(kept.read_bytes())) as picture:
        assert bounds(picture.convert("RGB"), COLOUR) is not None
    assert page.content() == before


def test_a_page_that_overrides_everything_is_read_all_the_same(page: Page) -> None:
    page.route("**/*", lambda route: route.fulfill(
        content_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": "script-src 'unsafe-inline'; style-src 'unsafe-inline'"},
        body="<script>JSON.stringify = () => '{}'; Array.from = () => []; Array.prototype.map = Array.prototype.filter = () => null;"
        f"window.getComputedStyle = null; document.querySelectorAll = null;</script><main><h1>Một</h1>{FAKE}</main>",
    ))  # fmt: skip
    page.goto("http://127.0.0.1/")
    facts = reading_of(page)
    assert [one.text for one in facts.headings] == ["Một"]
    assert [one.text for one in facts.drawn_headings] == ["Lệ phí"]


def test_a_huge_page_is_read_in_time_and_says_that_it_is_cut(page: Page) -> None:
    page.set_content("<main><h1>Một</h1></main>")
    page.evaluate(
        "() => { const one = '<div><p>Chữ <a href=\"/a\">liên kết</a></p></div>'; document.body.innerHTML += one.repeat(16000); }"
    )
    facts = reading_of(page)
    assert facts.cut
    assert len(facts.links) <= 600


def pdf(*, tagged: bool = False, text: bool = True, language: str = "", title: str = "") -> bytes:
    """A PDF of one page, written by hand."""
    catalogue = "/Type /Catalog /Pages 2 0 R" + (f" /Lang ({language})" if language else "")
    catalogue += " /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R" if tagged else ""
    stream = "BT /F1 12 Tf (To khai) Tj ET" if text else "0 0 100 100 re f"
    parts = [
        f"<< {catalogue} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /StructTreeRoot /K 7 0 R >>",
        "<< /Type /StructElem /S /Document /P 6 0 R >>",
        f"<< /Title ({title}) >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(parts) + 1} /Root 1 0 R /Info 8 0 R >>\n"
    return out + f"{tail}startxref\n{len(out)}\n%%EOF\n".encode()


def scanned() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(file, "PDF")
    return file.getvalue()


GOOD = pdf(tagged=True, language="vi", title="To khai")


@pytest.mark.parametrize(
    ("content", "verdict", "said"),
    [
        (GOOD, Verdict.PASS, ""),
        (pdf(), Verdict.FAIL, "không có thẻ cấu trúc"),
        (scanned(), Verdict.FAIL, "quét ảnh"),
        (pdf(tagged=True), Verdict.NEEDS_REVIEW, "ngôn ngữ, tiêu đề"),
        (b"%PDF-1.7 broken", Verdict.NOT_TESTED, "không đọc được"),
    ],
    ids=["tagged", "untagged", "scanned", "without language", "broken"],
)
def test_a_template_is_judged_by_its_bytes(content: bytes, verdict: Verdict, said: str) -> None:
    document = document_of("Tờ khai", "http://127.0.0.1/mau.pdf", content)
    record = record_of(documents=observed(DocumentsFacts(documents=(document,), seen=(document.address,))))
    found, words, _ = verdict_of(a51.test_templates_can_be_read, record)
    assert found is verdict, words
    assert said in words


def test_one_bad_template_of_two_is_named_and_counts_half() -> None:
    documents = tuple(
        document_of(name, f"http://127.0.0.1/{name}.pdf", body) for name, body in (("tot", GOOD), ("quet", scanned()))
    )
    record = record_of(documents=observed(DocumentsFacts(documents=documents, seen=())))
    verdict, words, share = verdict_of(a51.test_templates_can_be_read, record)
    assert (verdict, share) == (Verdict.PARTIAL, 0.5)
    assert "quet.pdf" in words and "tot.pdf" not in words


def test_no_template_no_subject() -> None:
    record = record_of(documents=observed(DocumentsFacts(documents=(), seen=())))
    assert verdict_of(a51.test_templates_can_be_read, record)[0] is Verdict.NOT_APPLICABLE


def test_templates_are_looked_for_by_address_and_by_words(page: Page) -> None:
    page.route("**/*", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=(
        '<main><a href="/tin">Tin tức</a><a href="/tai?id=7">Tải mẫu đơn</a><a href="/a.docx">Mẫu đơn Word</a>'
        '<a href="/b.PDF">Quy định</a></main><nav><a href="/bieu-mau">Biểu mẫu</a></nav>')))  # fmt: skip
    page.goto("http://127.0.0.1/")
    found = [link.address for link in candidates({PageName.SERVICE: reading_of(page)})]
    assert found == ["http://127.0.0.1/b.PDF", "http://127.0.0.1/tai?id=7"]


@pytest.mark.parametrize(
    ("main", "selector"),
    [
        ('<p>Mục <a href="/1">Xem thêm</a></p><p>Mục <a id="khac" href="/2">Xem thêm</a></p>', "#khac"),
        ('<h2>Một</h2><h4 id="nhay">Nhảy cấp</h4>', "#nhay"),
        ('<h2>Một</h2><p>a</p><h2 id="lai">Một</h2>', "#lai"),
        (f'<p>{TEXT}</p><p id="ngoai">This passage is written in English and does not say so, and that is the fault.</p>', "#ngoai"),
        ('<p><label for="o">Tên</label><input id="o2" placeholder="dd/mm/yyyy"></p>', "#o2"),
    ],
    ids=["the same words", "a skipped level", "the same heading", "a passage", "a field"],
)  # fmt: skip
def test_what_a_judge_may_name_is_pictured(read: Reader, page: Page, tmp_path: Path, main: str, selector: str) -> None:
    read(main)
    shots = reading_of(page, Attachments(tmp_path, "reading/home", str)).shots
    assert any(page.query_selector(shot).evaluate("(el, it) => el.matches(it)", selector) for shot in shots), shots
