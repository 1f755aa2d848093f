"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Thông tư 01/2018/TT-VPCP, mẫu 01)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from portal.papers.typesetting import date_line, money, short_date, typeset


@dataclass(frozen=True)
class DocumentLine:
    """One paper of a dossier: its name, and how many originals and copies were handed in."""

    name: str
    originals: int = 1
    copies: int = 0


@dataclass(frozen=True)
class ReceiptFacts:
    """What a receipt says. Fees in đồng; `promised` is the day of the result, None where the law sets no time limit."""

    code: str
    service_name: str
    service_code: str
    agency: str
    applicant_name: str
    submitted: datetime
    promised: datetime | date | None
    parent_agency: str = "Ủy ban nhân dân tỉnh Sao Mai"
    on_behalf_of: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    documents: tuple[DocumentLine, ...] = ()
    fee: int = 0
    paid: bool = False
    payment_receipt: str = ""
    processing_days: int | None = None
    delivery: str = "Trực tuyến, trên Cổng Dịch vụ công tỉnh Sao Mai"
    lookup_address: str = "Cổng Dịch vụ công tỉnh Sao Mai"
    hotline: str = "1900 1990"
    place: str = "Sao Mai"
    signer_title: str = "Bộ phận Một cửa"
    signer_name: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())


def make(facts: ReceiptFacts) -> bytes:
    """The receipt as a tagged PDF."""
    rows = [
        ["Thủ tục hành chính", facts.service_name],
        ["Mã thủ tục", facts.service_code],
        ["Người nộp hồ sơ", facts.applicant_name],
        *_given(("Nộp thay cho", facts.on_behalf_of), ("Điện thoại", facts.phone)),
        *_given(("Thư điện tử", facts.email), ("Địa chỉ", facts.address), *facts.extra),
        ["Hình thức nộp", "Trực tuyến"],
    ]
    documents = [
        [str(number), line.name, str(line.originals), str(line.copies)]
        for number, line in enumerate(facts.documents, start=1)
    ]
    working_days = f"{facts.processing_days} ngày làm việc" if facts.processing_days else "Trong ngày làm việc"
    promised = short_date(facts.promised) if facts.promised else "Theo thông báo của cơ quan giải quyết"
    return typeset(
        "receipt",
        {
            "code": facts.code,
            "agency": facts.agency,
            "parent_agency": facts.parent_agency if facts.parent_agency != facts.agency else "",
            "place": facts.place,
            "date_line": date_line(facts.submitted),
            "rows": rows,
            "documents": documents or [["—", "Không có giấy tờ kèm theo", "0", "0"]],
            "fees": _fees(facts),
            "times": [
                ["Thời gian nhận hồ sơ", short_date(facts.submitted)],
                ["Thời hạn giải quyết", working_days],
                ["Ngày hẹn trả kết quả", promised],
                ["Hình thức nhận kết quả", facts.delivery],
            ],
            "lookup_address": facts.lookup_address,
            "hotline": facts.hotline,
            "signer_title": facts.signer_title,
            "signer_name": facts.signer_name,
        },
    )


def _given(*rows: tuple[str, str]) -> list[list[str]]:
    return [[label, value] for label, value in rows if value]


def _fees(facts: ReceiptFacts) -> list[list[str]]:
    if not facts.fee:
        return [["Phí, lệ phí", "Không thu"]]
    state = "Đã thanh toán trực tuyến" if facts.paid else "Chưa thanh toán"
    return [["Phí, lệ phí", money(facts.fee)], ["Tình trạng", state], *_given(("Số biên lai", facts.payment_receipt))]
