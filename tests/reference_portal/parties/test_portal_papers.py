"""Papers of the portal: tagged PDFs in Vietnamese, forms that open, signatures that hold or break."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pyhanko.pdf_utils.reader import PdfFileReader

from portal.papers import eform, forms, receipt, result, signature
from portal.papers.typesetting import Row, date_line, money

RECEIPT = receipt.ReceiptFacts(
    code="000.00.00.H99-261121-0007",
    service_name="Đăng ký khai sinh",
    service_code="1.001193",
    agency="Ủy ban nhân dân phường Sao Mai",
    applicant_name="Nguyễn Thị Thử Nghiệm",
    submitted=datetime(2026, 11, 21, 9, 30),
    promised=datetime(2026, 11, 26, 17, 0),
    documents=(receipt.DocumentLine("Giấy chứng sinh", 1, 0),),
    fee=8000,
    paid=True,
    payment_receipt="BL-2026-000012",
)
EFORM = eform.EFormFacts(
    title="Tờ khai đăng ký khai sinh",
    service_name="Đăng ký khai sinh",
    agency="Ủy ban nhân dân phường Sao Mai",
    applicant=(Row("Họ và tên", "Nguyễn Thị Thử Nghiệm"),),
    sections=(eform.EFormSection("Người được khai sinh", (Row("Họ và tên", "Nguyễn Văn Bé"),)),),
    signer_name="Nguyễn Thị Thử Nghiệm",
    day=date(2026, 11, 21),
)
RESULT = result.ResultFacts(
    number="125/TLKS-BS",
    title="Trích lục khai sinh",
    agency="Ủy ban nhân dân phường Sao Mai",
    code="000.00.00.H99-261121-0007",
    service_name="Đăng ký khai sinh",
    rows=(Row("Họ và tên", "Nguyễn Văn Bé"),),
    issued=date(2026, 11, 21),
    signer_name="Phạm Văn Lãnh Đạo",
)
PAPERS = {
    "receipt": lambda: receipt.make(RECEIPT),
    "eform": lambda: eform.make(EFORM),
    "result": lambda: result.make(RESULT),
    "form": lambda: forms.form_template("Tờ khai đăng ký khai sinh", ["Họ và tên trẻ"], "pdf"),
}


def catalogue_of(pdf: bytes) -> Any:
    return PdfFileReader(io.BytesIO(pdf)).root


def metadata_of(pdf: bytes) -> str:
    return str(catalogue_of(pdf)["/Metadata"].data.decode())


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_a_tagged_pdf_in_vietnamese_with_a_title(name: str) -> None:
    made = PAPERS[name]()
    root = catalogue_of(made)
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("vi")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata_of(made)


def test_a_letter_without_a_glyph_does_not_stop_a_paper() -> None:
    made = receipt.make(replace(RECEIPT, address="Nhà 😀 中文"))
    assert catalogue_of(made)["/MarkInfo"]["/Marked"]


def test_markup_of_the_typesetter_in_an_answer_stays_text() -> None:
    hostile = '#import "letterhead.typ" \\ $x$ *đậm* _nghiêng_ <nhãn> @đó #panic("x") "'
    facts = replace(EFORM, sections=(eform.EFormSection(hostile, (Row(hostile, hostile),)),))
    assert eform.make(facts).startswith(b"%PDF")


def test_a_long_form_runs_over_several_pages() -> None:
    rows = tuple(Row(f"Câu hỏi {number}", "Trả lời " * 20) for number in range(60))
    made = eform.make(replace(EFORM, sections=(eform.EFormSection("Nội dung", rows),)))
    assert int(catalogue_of(made)["/Pages"]["/Count"]) > 2


def test_the_dates_and_amounts_are_written_as_administrative_papers_do() -> None:
    assert date_line(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert date_line(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert money(1250000) == "1.250.000 đồng"


def test_a_form_to_type_in_holds_title_and_questions() -> None:
    made = forms.form_template(
        "Tờ khai đăng ký khai sinh", ["Họ tên trẻ", {"label": "Giới tính", "section": "Về trẻ"}], "docx"
    )
    document = Document(io.BytesIO(made))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in texts
    assert "Về trẻ" in texts
    assert any(text.startswith("Giới tính:") for text in texts)
    assert document.core_properties.language == "vi-VN"


def test_every_template_that_a_service_names_has_its_own_form() -> None:
    assert len(forms.template_names()) >= 8
    for name in forms.template_names():
        assert len(forms.template_file(name, "docx")) > 10_000


def test_a_name_that_no_service_knows_still_gives_a_form() -> None:
    assert forms.template_file("don-de-nghi-chung", "pdf").startswith(b"%PDF")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> signature.Keys:
    return signature.keys(tmp_path_factory.mktemp("chung-thu"))


@pytest.fixture(scope="module")
def sealed(keys: signature.Keys) -> bytes:
    return signature.sign(
        result.make(RESULT), keys.agency_seal("Ủy ban nhân dân phường Sao Mai", "H99.21"), "Phát hành"
    )


def test_a_sealed_result_verifies_with_signer_time_and_profile(keys: signature.Keys, sealed: bytes) -> None:
    report = signature.verify(sealed, keys)
    assert report.valid
    (one,) = report.signatures
    assert (one.signer, one.reason, one.profile) == ("Ủy ban nhân dân phường Sao Mai", "Phát hành", "PAdES")
    assert one.signed_at is not None and one.whole


def test_the_signature_is_of_the_profile_b_b(sealed: bytes) -> None:
    embedded = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures[0]
    attributes = {attribute["type"].native for attribute in embedded.signer_info["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_certificate_v2"} <= attributes
    assert "signing_time" not in attributes  # ETSI EN 319 142-1: the time stands in the signature dictionary
    assert embedded.sig_object["/M"]


def test_the_signature_has_a_visible_box_on_the_last_page(sealed: bytes) -> None:
    field = PdfFileReader(io.BytesIO(sealed)).embedded_regular_signatures[0].sig_field
    left, bottom, right, top = (float(number) for number in field["/Rect"])
    assert right - left > 150 and top - bottom > 60
    assert "/N" in field["/AP"]
    assert "Ủy ban nhân dân phường Sao Mai" in str(field["/TU"])


def test_one_changed_byte_breaks_the_signature(keys: signature.Keys, sealed: bytes) -> None:
    for place in (0.1, 0.4):
        changed = bytearray(sealed)
        changed[int(len(sealed) * place)] ^= 1
        assert not signature.verify(bytes(changed), keys).valid


def test_a_signature_from_another_trust_service_is_intact_but_not_trusted(sealed: bytes, tmp_path: Path) -> None:
    (one,) = signature.verify(sealed, signature.keys(tmp_path)).signatures
    assert (one.intact, one.trusted, one.holds) == (True, False, False)


def test_text_added_after_the_signature_is_noticed(keys: signature.Keys, sealed: bytes) -> None:
    assert not signature.verify(sealed + b"\n% them vao sau\n", keys).valid


def test_a_citizen_and_an_agency_can_sign_one_after_the_other(keys: signature.Keys, sealed: bytes) -> None:
    twice = signature.sign(sealed, keys.citizen("Nguyễn Thị Thử Nghiệm", "001190000017"), "Đã nhận")
    report = signature.verify(twice, keys)
    assert report.valid and len(report.signatures) == 2


def test_a_paper_stays_tagged_when_it_is_signed(sealed: bytes) -> None:
    assert catalogue_of(sealed)["/MarkInfo"]["/Marked"]


def test_an_unsigned_paper_has_no_valid_signature(keys: signature.Keys) -> None:
    assert not signature.verify(result.make(RESULT), keys).valid
    assert signature.verify(b"khong phai pdf", keys).problem


def test_what_is_no_pdf_cannot_be_signed(keys: signature.Keys) -> None:
    with pytest.raises(signature.NotSignable):
        signature.sign(b"khong phai pdf", keys.citizen("A", "1"), "x")


def test_the_same_signer_keeps_the_same_certificate(keys: signature.Keys) -> None:
    first, second = keys.citizen("A", "1"), keys.citizen("A", "1")
    assert first == second
    assert first.serial_number != keys.citizen("B", "2").serial_number


def test_private_keys_are_readable_by_their_owner_only(keys: signature.Keys) -> None:
    keys.citizen("A", "1")
    assert {file.stat().st_mode & 0o077 for file in keys.folder.glob("*.key")} == {0}
