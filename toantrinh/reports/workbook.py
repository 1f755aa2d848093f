"""The scorecard as a workbook (Office Open XML, ISO/IEC 29500): a sheet per group, filters, formulas that add up.

Points of a criterion are figures of `scorecard.json`; those of a group and the total are formulas over them, kept with
the value that they have, so that readers which compute nothing show it, too. What a system said stays text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from toantrinh.reports.people import in_a_line
from toantrinh.reports.words import FIVE_TESTS, LEVELS, SEVERITIES, VERDICTS, day, grades, moment, span
from toantrinh.scorecard_model import CheckRow, CriterionRow, GroupRow, ResultRow, Scorecard
from toantrinh.verdicts import FINDINGS, Verdict

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FILE_NAME = "scorecard.xlsx"
SUMMARY, SERVICES, ADVICE = "Tổng hợp", "Dịch vụ", "Tham khảo"
CRITERION, RESULT = "Tiêu chí", "Kết quả"  # what a row is: sums are made over rows of the first kind
COLUMNS: Sequence[tuple[str, int]] = (  # with their widths, in characters
    ("Loại dòng", 10), ("Tiêu chí", 9), ("Phép kiểm", 26), ("Nội dung", 44), ("Dịch vụ", 12), ("Kết luận", 16),
    ("Mức độ", 13), ("Điểm tối đa", 11), ("Điểm thấp", 10), ("Điểm cao", 10), ("Trọng số", 9), ("Phần đạt", 9),
    ("Nhận xét", 50), ("Phải có", 44), ("Đã thấy", 44), ("Ở đâu", 36), ("Cách sửa", 44), ("Căn cứ", 36),
    ("Ý kiến của người", 36), ("Bằng chứng", 30), ("Mã của phát hiện", 20),
)  # fmt: skip
WITH_POINTS = ("Loại dòng", "Tiêu chí", "Điểm tối đa", "Điểm thấp", "Điểm cao", "Trọng số")
NAMES = [name for name, _ in COLUMNS]
HEAD = 3  # the row of column names on a group's sheet, counted from 0; its sums stand above
LONGEST = 32_767  # characters that a cell holds
NO_NAME = re.compile(r"[\[\]:*?/\\']")  # what the name of a sheet may not hold
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
COLOURS = {  # behind the word, never instead of it
    Verdict.PASS: "#DDF1E1", Verdict.FAIL: "#F9D9D6", Verdict.PARTIAL: "#FCE8CF", Verdict.NEEDS_REVIEW: "#E4E1F6",
    Verdict.TOOL_ERROR: "#E4E1F6", Verdict.NOT_TESTED: "#ECECEC", Verdict.NOT_APPLICABLE: "#ECECEC",
}  # fmt: skip


def as_xlsx(card: Scorecard) -> bytes:
    """The workbook: the whole first, then a sheet per group, the services and the lists of advice.

    The same scorecard gives the same bytes.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    quiet = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, quiet) as book:
        _describe(book, card)
        styles = _Styles(book)
        summary = book.add_worksheet(SUMMARY)
        sheets = [(group, _group_sheet(book, styles, group)) for group in card.groups]
        _fill_summary(summary, styles, card, sheets)
        if card.services:
            _fill_services(book.add_worksheet(SERVICES), styles, card)
        if card.advice:
            _fill_advice(book.add_worksheet(ADVICE), styles, card.advice)
    return file.getvalue()


def same_workbook(one: bytes, other: bytes) -> bool:
    """True when two workbooks hold the same parts; how they were packed does not count. Raises BadZipFile."""
    return _parts(one) == _parts(other)


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


class _Styles:
    """The formats of the cells."""

    def __init__(self, book: Workbook) -> None:
        plain = {"valign": "top", "text_wrap": True}
        self.plain = book.add_format(plain)
        self.bold = book.add_format({**plain, "bold": True})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format(
            {**plain, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1}
        )
        self.points = book.add_format({**plain, "num_format": "0.00"})
        self.sum = book.add_format({**plain, "num_format": "0.00", "bold": True, "top": 1})
        self.share = book.add_format({**plain, "num_format": "0%"})
        self.verdicts = {one: book.add_format({**plain, "bg_color": colour}) for one, colour in COLOURS.items()}


def _describe(book: Workbook, card: Scorecard) -> None:
    made = datetime.fromisoformat(card.run.finished).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({
        "title": f"Phiếu điểm: {card.system.name}", "author": f"{card.tool.name} {card.tool.version}", "created": made,
        "comments": f"{card.run.id}; {card.criteria_set.id} {card.criteria_set.version}",
    })  # fmt: skip


def _name_of(group: GroupRow) -> str:
    """The name of the group's sheet: at most 31 characters, none of those that a formula would take for its own."""
    return NO_NAME.sub(" ", f"{group.id}. {group.title}")[:31].strip()


def _group_sheet(book: Workbook, styles: _Styles, group: GroupRow) -> Worksheet:
    """A row for each criterion and each result below it; the sums at the top hold whatever is sorted or filtered."""
    sheet = book.add_worksheet(_name_of(group))
    rows = [row for criterion in group.criteria for row in _rows_of(criterion)]
    last = HEAD + len(rows)
    sheet.write_string(0, 0, f"{group.id}. {group.title}", styles.title)
    sheet.write_string(1, 0, "Cộng", styles.bold)
    for name, value in (("Điểm tối đa", group.points), ("Điểm thấp", group.low), ("Điểm cao", group.high)):
        column = NAMES.index(name)
        letter = _letter(column)
        sheet.write_formula(
            1, column,
            f'=SUMIFS({letter}{HEAD + 2}:{letter}{last + 1},A{HEAD + 2}:A{last + 1},"{CRITERION}")', styles.sum, value,
        )  # fmt: skip
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD, column, name, styles.head)
    for at, row in enumerate(rows, HEAD + 1):
        _write(sheet, at, NAMES, row, styles)
    sheet.autofilter(HEAD, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(HEAD + 1, 3)
    _for_print(sheet)
    sheet.repeat_rows(HEAD)
    return sheet


def _rows_of(criterion: CriterionRow) -> Iterable[dict[str, Any]]:
    yield {
        "Loại dòng": CRITERION, "Tiêu chí": criterion.id, "Nội dung": criterion.title, "Kết luận": criterion.verdict,
        "Điểm tối đa": criterion.points, "Điểm thấp": criterion.low, "Điểm cao": criterion.high,
        "Nhận xét": criterion.message, "Phải có": criterion.words,
    }  # fmt: skip
    for check in criterion.checks:
        for result in check.results or (None,):
            yield {"Loại dòng": RESULT, "Tiêu chí": criterion.id, "Trọng số": check.weight, **_said(check, result)}


def _said(check: CheckRow, result: ResultRow | None) -> dict[str, Any]:
    """What a check said of a service, or why it said nothing."""
    row = {
        "Phép kiểm": check.id, "Nội dung": check.title, "Kết luận": check.verdict, "Phần đạt": check.share,
        "Nhận xét": check.message, "Phải có": check.expected, "Căn cứ": check.law.citation,
    }  # fmt: skip
    if result is None:
        return row
    row |= {
        "Dịch vụ": result.service or "", "Kết luận": result.verdict, "Phần đạt": result.share,
        "Nhận xét": result.message, "Phải có": result.expected or check.expected, "Đã thấy": result.seen,
        "Ở đâu": result.where, "Ý kiến của người": in_a_line(result.decision) if result.decision else "",
        "Bằng chứng": "\n".join(piece.path for piece in result.evidence), "Mã của phát hiện": result.fingerprint,
    }  # fmt: skip
    if result.verdict in FINDINGS:
        row |= {"Mức độ": SEVERITIES[check.severity], "Cách sửa": check.mend}
    return row


def _write(sheet: Worksheet, at: int, names: Sequence[str], row: dict[str, Any], styles: _Styles) -> None:
    words = styles.bold if row.get("Loại dòng") == CRITERION else styles.plain
    for column, name in enumerate(names):
        value = row.get(name)
        if isinstance(value, Verdict):
            sheet.write_string(at, column, VERDICTS[value], styles.verdicts[value])
        elif isinstance(value, (int, float)):
            sheet.write_number(at, column, value, styles.share if name == "Phần đạt" else styles.points)
        elif value:
            _text(sheet, at, column, value, words)


def _text(sheet: Worksheet, row: int, column: int, value: str, style: Format) -> None:
    """A text as it is; it never becomes a formula or a link, and what XML forbids is left out."""
    sheet.write_string(row, column, FORBIDDEN.sub("", value)[:LONGEST], style)


def _fill_summary(
    sheet: Worksheet, styles: _Styles, card: Scorecard, sheets: Sequence[tuple[GroupRow, Worksheet]]
) -> None:
    """Who was judged, when and by what; then a row per group, whose figures are those of its sheet, and their sum."""
    _text(sheet, 0, 0, card.system.name, styles.title)
    official = f"{card.criteria_set.title} ({card.criteria_set.id} {card.criteria_set.version})"
    facts = (
        ("Địa chỉ", card.run.base_url), ("Lần chạy", f"{card.run.id}, xong {moment(card.run.finished)}"),
        ("Bộ tiêu chí", f"{official}, {day(card.criteria_set.date)}"), ("Chính thức", card.criteria_set.official.vi),
        ("Của dự án này", card.criteria_set.own.vi), ("Điểm", span(card.score.low, card.score.high)),
        ("Hạng", grades(card.grade.low, card.grade.high)),
        ("Trọn vẹn", "có" if card.run.complete else "không: lần chạy bị dừng hoặc chỉ xét một phần"),
    )  # fmt: skip
    for at, (name, value) in enumerate(facts, 2):
        _text(sheet, at, 0, name, styles.bold)
        _text(sheet, at, 1, value, styles.plain)
    head = len(facts) + 3
    for column, name in enumerate(("Nhóm", "Tên", "Điểm tối đa", "Điểm thấp", "Điểm cao")):
        sheet.write_string(head, column, name, styles.head)
    figures = ("Điểm tối đa", "Điểm thấp", "Điểm cao")
    for at, (group, own) in enumerate(sheets, head + 1):
        sheet.write_string(at, 0, group.id, styles.plain)
        sheet.write_url(at, 1, f"internal:'{own.get_name()}'!A1", styles.plain, group.title)
        for column, (name, points) in enumerate(zip(figures, (group.points, group.low, group.high), strict=True), 2):
            place = f"{_letter(NAMES.index(name))}2"
            sheet.write_formula(at, column, f"='{own.get_name()}'!{place}", styles.points, points)
    last = head + len(sheets)
    sheet.write_string(last + 1, 1, "Cộng", styles.bold)
    for column, points in enumerate((card.criteria_set.points, card.score.low, card.score.high), 2):
        letter = _letter(column)
        sheet.write_formula(last + 1, column, f"=SUM({letter}{head + 2}:{letter}{last + 1})", styles.sum, points)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    sheet.set_column(2, 4, 12)
    _for_print(sheet)


def _fill_services(sheet: Worksheet, styles: _Styles, card: Scorecard) -> None:
    """Declared beside measured level, and the five tests of TT 01/2023/TT-VPCP, where they are known."""
    names = ("Mã", "Tên", "Mức công bố", "Mức đo được", "Vì sao", *FIVE_TESTS.values())
    for column, (name, width) in enumerate(zip(names, (12, 44, 14, 14, 44, *[16] * len(FIVE_TESTS)), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, styles.head)
    for at, service in enumerate(card.services, 1):
        said = (service.code, service.name, LEVELS[service.declared_level])
        measured = LEVELS[service.measured_level] if service.measured_level else "chưa đo được"
        for column, value in enumerate((*said, measured, service.why)):
            _text(sheet, at, column, value, styles.plain)
        for column, name in enumerate(FIVE_TESTS, 5):
            if service.tests is not None:
                verdict = getattr(service.tests, name).verdict
                sheet.write_string(at, column, VERDICTS[verdict], styles.verdicts[verdict])
    sheet.autofilter(0, 0, len(card.services), len(names) - 1)
    sheet.freeze_panes(1, 2)
    _for_print(sheet)


def _fill_advice(sheet: Worksheet, styles: _Styles, checks: Sequence[CheckRow]) -> None:
    """What is worth no points."""
    kept = [(name, width) for name, width in COLUMNS if name not in WITH_POINTS]
    for column, (name, width) in enumerate(kept):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, styles.head)
    rows = [_said(check, result) for check in checks for result in check.results or (None,)]
    for at, row in enumerate(rows, 1):
        _write(sheet, at, [name for name, _ in kept], row, styles)
    sheet.autofilter(0, 0, len(rows), len(kept) - 1)
    sheet.freeze_panes(1, 1)
    _for_print(sheet)


def _for_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _letter(column: int) -> str:
    """The letters of a column, counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
