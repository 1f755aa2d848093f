"""The workbook: read by another program, its formulas worked out, every number the one of the scorecard."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cards import card_of, printed
from tests.judging.test_formats import EVIL, RESULTS
from toantrinh.reports.formats import same_as
from toantrinh.reports.words import VERDICTS
from toantrinh.reports.workbook import COLUMNS, CRITERION, FILE_NAME, HEAD, SUMMARY, as_xlsx
from toantrinh.scorecard_model import Scorecard
from toantrinh.verdicts import CheckResult, Verdict

NAMES = [name for name, _ in COLUMNS]
SUMIFS = re.compile(r'=SUMIFS\((?P<values>\w+:\w+),(?P<kinds>\w+:\w+),"(?P<kind>[^"]+)"\)')
SUM = re.compile(r"=SUM\((?P<values>\w+:\w+)\)")
ELSEWHERE = re.compile(r"='(?P<sheet>[^']+)'!(?P<cell>\w+)")
POINTS = [NAMES.index(name) for name in ("Điểm tối đa", "Điểm thấp", "Điểm cao")]


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return card_of(printed(RESULTS))


@pytest.fixture(scope="module")
def book(card: Scorecard) -> Workbook:
    return load_workbook(io.BytesIO(as_xlsx(card)))


def worked_out(book: Workbook, sheet: Worksheet, cell: str) -> float:
    """What a formula comes to, as a spreadsheet works it out. Raises KeyError for one that is of no known kind."""
    value = sheet[cell].value
    if not isinstance(value, str):
        return float(value)
    if there := ELSEWHERE.fullmatch(value):
        return worked_out(book, book[there["sheet"]], there["cell"])
    if named := SUMIFS.fullmatch(value):
        kinds = [row[0].value for row in sheet[named["kinds"]]]
        places = [row[0].coordinate for row in sheet[named["values"]]]
        return sum(worked_out(book, sheet, at) for at, kind in zip(places, kinds, strict=True) if kind == named["kind"])
    if summed := SUM.fullmatch(value):
        return sum(worked_out(book, sheet, row[0].coordinate) for row in sheet[summed["values"]])
    raise KeyError(value)


def test_formulas_come_to_the_points_of_the_scorecard(card: Scorecard, book: Workbook) -> None:
    for group, sheet in zip(card.groups, book.worksheets[1:], strict=False):
        expected = (group.points, group.low, group.high)
        found = tuple(worked_out(book, sheet, sheet.cell(2, column + 1).coordinate) for column in POINTS)
        assert found == pytest.approx(expected), sheet.title
    summary = book[SUMMARY]
    (last,) = [row for row in summary.iter_rows() if row[1].value == "Cộng"]
    assert all(cell.value.startswith("=SUM(") for cell in last[2:5])
    whole = tuple(worked_out(book, summary, cell.coordinate) for cell in last[2:5])
    assert whole == pytest.approx((card.criteria_set.points, card.score.low, card.score.high))


def test_what_reads_no_formulas_sees_the_same_values(card: Scorecard, book: Workbook) -> None:
    values = load_workbook(io.BytesIO(as_xlsx(card)), data_only=True)
    compared = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    compared += 1
                    assert values[sheet.title][cell.coordinate].value == pytest.approx(
                        worked_out(book, sheet, cell.coordinate)
                    )
    assert compared == 3 * (2 * len(card.groups) + 1)


def test_each_sheet_has_every_result_of_its_group(card: Scorecard, book: Workbook) -> None:
    for group, sheet in zip(card.groups, book.worksheets[1:], strict=False):
        heads = [cell.value for cell in sheet[HEAD + 1]]
        assert heads == NAMES
        rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=HEAD + 2, values_only=True)]
        criteria = [
            (row["Tiêu chí"], row["Điểm tối đa"], row["Điểm thấp"], row["Điểm cao"])
            for row in rows
            if row["Loại dòng"] == CRITERION
        ]
        assert criteria == [(one.id, one.points, one.low, one.high) for one in group.criteria]
        said = [
            (row["Tiêu chí"], row["Phép kiểm"], row["Dịch vụ"], row["Kết luận"], row["Phần đạt"])
            for row in rows
            if row["Loại dòng"] != CRITERION
        ]
        expected = [
            (
                criterion.id,
                check.id,
                result.service if result else None,
                VERDICTS[(result or check).verdict],
                (result or check).share,
            )
            for criterion in group.criteria
            for check in criterion.checks
            for result in check.results or (None,)
        ]
        assert said == expected
        assert sheet.auto_filter.ref == f"A{HEAD + 1}:{sheet.cell(HEAD + 1 + len(rows), len(NAMES)).coordinate}"


def test_what_a_system_said_stays_text(card: Scorecard, book: Workbook) -> None:
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == EVIL]
    assert cells and all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
    with zipfile.ZipFile(io.BytesIO(as_xlsx(card))) as packed:
        assert not [name for name in packed.namelist() if "externalLink" in name]


@pytest.mark.parametrize(
    "said", ["a\x00b\x1b[0m", "x" * 40_000, "a\ufffe", "a\ud83d", "@SUM(1)", "http://127.0.0.1:1/" + "a" * 3000]
)
def test_a_text_that_no_sheet_can_hold_spoils_nothing(said: str) -> None:
    found = card_of(printed([CheckResult(check="channel.hsts", verdict=Verdict.FAIL, share=0, message=said)]))
    book = load_workbook(io.BytesIO(as_xlsx(found)))
    kept = [
        row[NAMES.index("Nhận xét")]
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(min_row=HEAD + 2, values_only=True)
        if row[2] == "channel.hsts" and len(row) == len(NAMES)
    ]
    assert kept and all(isinstance(one, str) and 0 < len(one) <= 32_767 for one in kept)


def test_the_same_scorecard_gives_the_same_workbook(card: Scorecard) -> None:
    raw = as_xlsx(card)
    assert as_xlsx(card) == raw
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as stored:
        for name in packed.namelist():
            stored.writestr(name, packed.read(name))
    assert again.getvalue() != raw and same_as(FILE_NAME, again.getvalue(), raw)
    altered = as_xlsx(card.model_copy(update={"system": card.system.model_copy(update={"name": "Cổng khác"})}))
    assert not same_as(FILE_NAME, altered, raw) and not same_as(FILE_NAME, b"PK no workbook", raw)
