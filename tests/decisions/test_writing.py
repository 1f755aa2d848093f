"""Entries are added to a file that people write too: what is there stays, with its comments."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from toantrinh.decisions.files import read_decisions
from toantrinh.decisions.writing import put

from .conftest import ACCEPTED, FAILED, FEEDBACK, OPEN, explained, reviewed

PAY = FAILED[0]
BY_HAND = """\
# Biên bản họp ngày 20/11 nằm ở phòng 305.
explanations:
{dash}# đã gọi cho bên cổng thanh toán
{dash}- check: pay.amount-equals-fee   # cả hai dịch vụ
{dash}  service: '1.001193'
{dash}  seen: "v1-0123456789abcdef"
{dash}  by: Trần Thị A
{dash}  date: 2026-11-20
{dash}  expires: 2027-06-30
{dash}  kind: third-party
{dash}  reason: cổng thanh toán quốc gia trả sai số tiền
{dash}  accepted: {{by: Lê Văn B, date: 2026-11-21}}
{dash}# mục sau do anh C viết
{dash}- check: support.faq
{dash}  seen: v1-0123456789abcdef
{dash}  by: Phạm Văn C
{dash}  date: 2026-11-20
{dash}  expires: 2027-06-30
{dash}  kind: measured-wrongly
{dash}  reason: trang hỏi đáp ở mục khác
# hết
"""


def file_of(system_file: Path, dash: str = "  ") -> Path:
    path = system_file.with_name("thu.explanations.yaml")
    path.write_text(BY_HAND.format(dash=dash), encoding="utf-8")
    return path


@pytest.mark.parametrize("dash", ["  ", ""])
def test_a_new_entry_leaves_every_line_as_it_was(system_file: Path, dash: str) -> None:
    path = file_of(system_file, dash)
    before = path.read_text(encoding="utf-8")
    put(path, "explanations", explained(FEEDBACK))
    after = path.read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert [line.entry.check for line in read_decisions(system_file).explanations] == [
        PAY.check,
        "support.faq",
        FEEDBACK.check,
    ]


def test_a_newer_entry_takes_the_place_of_the_old_one_and_comments_stay(system_file: Path) -> None:
    path = file_of(system_file)
    put(path, "explanations", explained(PAY, reason="một lý do mới, sau khi điều thấy được đã đổi"))
    text = path.read_text(encoding="utf-8")
    for comment in ("phòng 305", "đã gọi cho bên", "cả hai dịch vụ", "mục sau do anh C viết", "# hết"):
        assert comment in text, comment
    first, second = read_decisions(system_file).explanations
    assert (first.entry.seen, first.entry.finding) == (explained(PAY)["seen"], (PAY.check, PAY.service))
    assert first.entry.accepted is None and second.entry.check == "support.faq"  # type: ignore[attr-defined]
    assert text.index("mục sau do anh C viết") < text.index("support.faq")


def test_a_file_that_is_not_there_is_made_and_read_back(system_file: Path) -> None:
    path = system_file.with_name("thu.review.yaml")
    long = "đã xem quyết định phê duyệt hồ sơ đề xuất cấp độ: " + "bản ký số của Ủy ban nhân dân tỉnh, " * 6
    put(path, "review", reviewed(OPEN, grounds=long.strip(), share=None, service=None))
    put(path, "review", reviewed(PAY, verdict="partial", share=0.5, service="1.000656"))
    first, second = read_decisions(system_file).reviews
    assert first.entry.grounds == long.strip() and first.entry.service is None  # type: ignore[attr-defined]
    assert (second.entry.service, second.entry.share) == ("1.000656", 0.5)  # type: ignore[attr-defined]


def test_texts_that_look_like_something_else_stay_texts(system_file: Path) -> None:
    path = system_file.with_name("thu.explanations.yaml")
    odd = "no: 'thế' # không\n- phải: ghi chú"
    put(path, "explanations", explained(PAY, by="2026-11-20", reason=odd, identity="1e5", accepted=ACCEPTED))
    (line,) = read_decisions(system_file).explanations
    assert (line.entry.by, line.entry.identity) == ("2026-11-20", "1e5")
    assert line.entry.reason == odd and isinstance(line.entry.date, datetime.date)  # type: ignore[attr-defined]
