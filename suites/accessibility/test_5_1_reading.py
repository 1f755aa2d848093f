"""5.1 WCAG 2.0 A: what a screen reader's user gets."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import parse_qsl, urlsplit

from fixtures.checks import check
from fixtures.reading import ReadingRecord
from suites.accessibility.reading import Finding, bare, judge_readings, words
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, partial, tool_error
from toantrinh.observations.reading import DocumentFacts, ReadingFacts, ReadLink, TableFacts
from toantrinh.store import Outcome

LARGE = 1.2  # times the running text
LONG_LINE = 25  # words; numbered paragraphs of so many are clauses of a text
BESIDE = ("nav", "aside", "footer", "dialog")
LEAST_CONTRAST = 3.0  # WCAG technique G183
MOST_AROUND = 120  # words: more of them are the page, and no context of one link


@check("reader.headings-real")
def test_headings_are_real_and_in_order(reading: ReadingRecord) -> None:
    """1.3.1: Chữ trông như đề mục có mã đề mục; cấp không nhảy cóc; không đề mục nào trống."""
    judge_readings(reading, headings_at_fault, expected="đề mục thật, không trống, cấp không nhảy cóc")


def headings_at_fault(page: ReadingFacts) -> list[Finding]:
    """Empty and skipped headings; large bold text in place of one. Only bold, or only large: for a person."""
    found = [Finding("đề mục trống", one.element) for one in page.headings if not one.text]
    last = 0
    for one in page.headings:
        if one.landmark in BESIDE:
            continue
        if one.landmark != "header" and one.level > max(last, 1) + 1:
            cause = f"cấp nhảy từ h{last} tới h{one.level}" if last else f"trang bắt đầu bằng h{one.level}"
            found.append(Finding(cause, one.element, one.text[:60]))
        last = one.level
    for drawn in page.drawn_headings:
        alike = [one for one in page.drawn_headings if (one.larger, one.bold) == (drawn.larger, drawn.bold)]
        sure = drawn.bold and drawn.larger >= LARGE and (not drawn.below_heading or len(alike) > 1)
        cause = "chữ trông như đề mục mà không phải đề mục" if sure else "chữ nổi bật đứng riêng, có thể là đề mục"
        found.append(Finding(cause, drawn.element, drawn.text[:60], sure))
    return found


@check("reader.lists-and-tables")
def test_lists_and_tables_have_structure(reading: ReadingRecord) -> None:
    """1.3.1: Danh sách dùng mã danh sách; bảng dữ liệu có ô tiêu đề; bảng dàn trang không giả làm bảng dữ liệu."""
    judge_readings(reading, structure_at_fault, expected="danh sách và bảng có mã thật")


def structure_at_fault(page: ReadingFacts) -> list[Finding]:
    """Typed lists, data tables without headers, layout tables with headers."""
    found = []
    for drawn in page.drawn_lists:
        clauses = drawn.words > LONG_LINE
        cause = "đoạn đánh số bằng tay" if clauses else "danh sách gõ tay, không có mã danh sách"
        found.append(Finding(cause, drawn.element, f"{drawn.lines} dòng", sure=not clauses))
    for table in page.tables:
        found += _table_at_fault(table)
    return found


def _table_at_fault(table: TableFacts) -> list[Finding]:
    arranges = table.blocks > 0 or table.rows < 2 or table.columns < 2
    if table.presentation and (table.headers or table.caption):
        return [Finding("bảng dàn trang (role) mà có th hoặc caption", table.element)]
    if not table.presentation and table.blocks > 1 and (table.headers or table.caption):
        return [Finding("bảng có vẻ chỉ để dàn trang mà có th hoặc caption", table.element, sure=False)]
    if table.presentation or table.headers or arranges or table.words > LONG_LINE:
        return []
    if table.marked or table.caption:
        return [Finding("bảng dữ liệu không có ô tiêu đề (th)", table.element)]
    if table.ruled and table.rows > 2:
        return [Finding("bảng có vẻ là bảng dữ liệu mà không có ô tiêu đề (th)", table.element, sure=False)]
    return []


@check("reader.link-words")
def test_link_words_say_where_they_lead(reading: ReadingRecord) -> None:
    """2.4.4: Không có liên kết mà lời và ngữ cảnh của nó không nói được nơi đến."""
    judge_readings(
        reading,
        links_at_fault,
        expected="lời liên kết, hoặc lời cùng ngữ cảnh, nói được nơi đến",
        subject=lambda page: bool(page.links),
        nothing="không trang nào có liên kết",
    )


def links_at_fault(page: ReadingFacts) -> list[Finding]:
    """Words that say nothing without a context; the same words in the same context for different places."""
    found = []
    alike: dict[tuple[str, str, str], list[ReadLink]] = defaultdict(list)
    for link in page.links:
        said = bare(link.name)
        if said in words("links") and len(bare(link.context).split()) < 2:
            found.append(Finding("lời liên kết không nói nơi đến, quanh nó không có ngữ cảnh", link.element, link.name))
        elif said in words("links") and link.around > MOST_AROUND:
            cause = "lời liên kết không nói nơi đến, đứng riêng giữa một khối chữ dài"
            found.append(Finding(cause, link.element, link.name, sure=False))
        elif said and not said.isdigit():
            alike[said, bare(link.context), link.landmark].append(link)
    for some in alike.values():
        places = {_place(link.address) for link in some}
        if len(places) > 1:
            other = next(link for link in some if _place(link.address) != _place(some[0].address))
            sure = urlsplit(other.address).path != urlsplit(some[0].address).path or bare(other.name) in words("links")
            found.append(Finding("cùng lời, cùng ngữ cảnh mà khác đích", other.element, other.name[:60], sure))
    return found


def _place(address: str) -> str:
    """An address without what does not change the place: a way back, counters of campaigns."""
    parts = urlsplit(address)
    asked = [
        f"{name}={value}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (name.startswith("utm_") or value.startswith(("/", "http")))
    ]
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}?{'&'.join(sorted(asked))}#{parts.fragment}"


@check("reader.not-colour-alone")
def test_meaning_is_not_by_colour_alone(reading: ReadingRecord) -> None:
    """1.4.1: Liên kết trong đoạn văn, ô bắt buộc còn nhận ra được khi bỏ màu."""
    judge_readings(reading, colours_at_fault, expected="liên kết trong đoạn văn còn nhận ra được khi bỏ màu")


def colours_at_fault(page: ReadingFacts) -> list[Finding]:
    """Links in running text with nothing but a near colour; sentences that explain a state by colour (a person)."""
    found = []
    for link in page.plain_links:
        if link.contrast >= LEAST_CONTRAST:
            continue
        if link.contrast <= 1.05:
            found.append(
                Finding("liên kết trong đoạn văn không khác gì chữ quanh nó", link.element, link.text[:60], False)
            )
        else:
            ratio = f"{link.text[:60]} ({str(link.contrast).replace('.', ',')}:1)"
            found.append(Finding("liên kết trong đoạn văn chỉ khác chữ quanh nó ở màu", link.element, ratio))
    for one in page.colour_words:
        found.append(Finding("lời giải thích bằng màu", one, one.why[:80], sure=False))
    return found


@check("reader.reading-order")
def test_reading_order_is_the_order_seen(reading: ReadingRecord) -> None:
    """1.3.2: Thứ tự trong mã khớp thứ tự trên màn hình."""
    judge_readings(reading, order_at_fault, expected="thứ tự trong mã là thứ tự nhìn thấy")


def order_at_fault(page: ReadingFacts) -> list[Finding]:
    """Blocks turned upside down by style. Side by side, or placed absolutely, order may not matter: for a person."""
    found = []
    for one in page.displaced:
        sure = one.way == "above" and one.by != "position: absolute"
        way = "trên" if one.way == "above" else "trái"
        found.append(
            Finding(
                f"phần đứng sau trong mã hiện ở bên {way} ({one.by})",
                one.element,
                f"{one.second[:40]} / {one.first[:40]}",
                sure,
            )
        )
    return found


@check("reader.field-instructions")
def test_fields_have_label_and_instructions(reading: ReadingRecord) -> None:
    """3.3.2, 1.3.1: Mỗi ô có nhãn gắn với ô đó; dạng cần nhập và tính bắt buộc có trong cây trợ năng."""
    if reading.form_unseen and not any(page.fields for page in reading.seen().values()):
        not_tested(f"không trang nào đã xem có ô nhập; chưa xem được {reading.form_unseen}")
    judge_readings(
        reading,
        fields_at_fault,
        expected="nhãn, dạng nhập và tính bắt buộc gắn với ô",
        subject=lambda page: bool(page.fields),
        nothing="không trang nào có ô nhập",
    )
    if reading.form_unseen:
        not_tested(f"các ô nhập đã xem không có lỗi; chưa xem được {reading.form_unseen}")


def fields_at_fault(page: ReadingFacts) -> list[Finding]:
    """Fields without a label of their own, required for the eye only, or with a hint that is not tied (a person)."""
    found = []
    for one in page.fields:
        if not one.name and not one.described:
            if not one.placeholder:
                cause = "nhãn nhìn thấy mà không gắn với ô" if one.beside else "ô không có nhãn"
                found.append(Finding(cause, one.element, one.beside[:60]))
            elif one.search:
                found.append(Finding("ô tìm kiếm chỉ có chữ gợi ý trong ô", one.element, one.placeholder, sure=False))
            else:
                found.append(Finding("chữ gợi ý trong ô là nhãn duy nhất", one.element, one.placeholder[:60]))
        in_name = one.mark.endswith("in name")
        if one.mark and not one.told_required and not (in_name and page.asterisk_explained):
            said = one.name[:60] or one.beside[:60]
            found.append(Finding("tính bắt buộc chỉ nhìn thấy được", one.element, said, sure=not in_name))
        if one.hint:
            found.append(Finding("hướng dẫn dạng nhập không gắn với ô", one.element, one.hint[:80], sure=False))
    return found


@check("reader.documents-tagged")
def test_templates_can_be_read(templates: ReadingRecord) -> None:
    """1.1.1, 1.3.1: Tệp PDF mẫu có chữ thật và có thẻ cấu trúc."""
    observed = templates.documents
    if observed is None or observed.data is None:
        if observed is not None and observed.outcome is Outcome.TOOL_ERROR:
            tool_error(observed.reason)
        not_tested(observed.reason if observed else "chưa tải tệp nào")
    offered = observed.data.documents
    if not offered:
        not_applicable("các trang đã xem không đưa ra tệp PDF nào")
    known = [one for one in offered if not one.why]
    if not known:
        not_tested("; ".join(f"{one.address}: {one.why}" for one in offered))
    wrong = {one.address: (one, said) for one in known if (said := document_at_fault(one))}
    expected = "tệp PDF mẫu có chữ thật, có thẻ cấu trúc, có ngôn ngữ và tiêu đề"
    if wrong:
        said = "; ".join(f"{one.name or one.address}: {why}" for one, why in wrong.values())
        grounds = Grounds(expected=expected, seen=said, where=", ".join(wrong), identity="pdf")
        if len(wrong) == len(known):
            fail(said, grounds)
        partial(1 - len(wrong) / len(known), f"{len(wrong)}/{len(known)} tệp: {said}", grounds)
    silent = [one for one in known if not one.language or not one.title]
    if silent:
        said = "; ".join(f"{one.name or one.address}: không khai báo {_lacking(one)}" for one in silent)
        needs_review(said, Grounds(expected=expected, seen=said, where=", ".join(one.address for one in silent)))


def document_at_fault(document: DocumentFacts) -> str:
    """What keeps a screen reader out of the file."""
    if not document.has_text:
        return "tệp quét ảnh, không có chữ" if document.pictures else "tệp không có chữ nào"
    return "" if document.tagged else "tệp không có thẻ cấu trúc"


def _lacking(document: DocumentFacts) -> str:
    lacking = {"ngôn ngữ": document.language, "tiêu đề": document.title}
    return ", ".join(name for name, value in lacking.items() if not value)
