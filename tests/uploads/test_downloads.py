"""Files of the dossier that the journey's browser was given, told from all else that a portal gives out."""

from __future__ import annotations

import pytest

from fixtures.uploads import UploadsSeen
from tests.session_security.conftest import verdict_of
from tests.suites_functional.mistakes import journey_to
from tests.uploads.kinds import DOWNLOADS
from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.http_answers import AnswersSeen, HttpAnswer
from toantrinh.observations.uploads import UploadsRecord
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

HOME = "https://dvc.example"
BYTES, PDF = "application/octet-stream", "application/pdf"
NOTHING = Exchanges(subject="input", seed=1, exchanges=(), spent=0, limit=1)


def row(path: str, headers: int = 0, media: str = PDF, kind: str = "document", step: str = "result") -> HttpAnswer:
    address = path if "://" in path else HOME + path
    return HttpAnswer(
        method="GET", address=address, kind=kind, status=200, content_type=media, headers=headers, step=step
    )


def heard(*rows: HttpAnswer, table: tuple[dict[str, str], ...] = ({},)) -> UploadsSeen:
    service = load_system("demo").services[0]
    journey = journey_to(service, "/").model_copy(update={"answers": AnswersSeen(table=table, answers=rows)})
    return UploadsSeen(UploadsRecord(name="uploads", exchanges=NOTHING), journey, home=HOME)


def test_files_that_the_browser_was_given_on_the_journey_are_judged_too() -> None:
    table: tuple[dict[str, str], ...] = ({}, {"x-content-type-options": "nosniff"})
    record = heard(row("/bien-nhan"), row("/ket-qua", 1), row("/trang", 0, "text/html"), row("/x", -1), table=table)
    verdict, said = verdict_of(DOWNLOADS, record)
    assert verdict is Verdict.FAIL
    assert said.startswith(f"thiếu X-Content-Type-Options: nosniff: {HOME}/bien-nhan |")


@pytest.mark.parametrize(
    "other",
    [
        row("/theme/fontawesome.woff2", media=BYTES, kind="font"),
        row("/anh", media=BYTES, kind="image"),
        row("/ma.js", media=BYTES, kind="script"),
        row("/api/hb", media=BYTES, kind="xhr"),
        row("/bieu-mau/mau-01.pdf", step="home"),
        row("/thu-tuc/huong-dan.pdf", step="detail"),
        row("https://sso.example/tep.pdf"),
    ],
    ids=lambda one: f"{one.kind} {one.address}",
)
def test_what_is_no_file_of_the_dossier_is_not_judged(other: HttpAnswer) -> None:
    verdict, said = verdict_of(DOWNLOADS, heard(other))
    assert verdict is Verdict.NOT_TESTED and "chưa thấy tệp nào của hồ sơ" in said


@pytest.mark.parametrize("kind", ["document", "fetch"])
def test_a_file_that_is_only_saved_needs_no_nosniff_and_that_is_remarked(kind: str) -> None:
    record = heard(row("/bien-nhan", kind=kind), table=({"content-disposition": "attachment; filename=a.pdf"},))
    assert verdict_of(DOWNLOADS, record)[0] is Verdict.PASS
    (remark,) = [one.title for one in record.evidence if one.title.startswith("Lưu ý")]
    assert "nosniff" in remark and f"{HOME}/bien-nhan" in remark


def test_without_any_file_the_reason_is_told() -> None:
    empty = UploadsSeen(UploadsRecord(name="uploads", exchanges=NOTHING, downloads_why="không có hồ sơ"))
    assert verdict_of(DOWNLOADS, empty) == (
        Verdict.NOT_TESTED,
        "chưa thấy tệp nào của hồ sơ được tải về: không có hồ sơ |  | ",
    )
