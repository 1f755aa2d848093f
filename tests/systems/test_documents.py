"""Test documents open in real readers, have the size that is asked for, and say what they are."""

from __future__ import annotations

import io
import subprocess
import sys

import docx
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from toantrinh.documents import MARK, MIME_TYPES, make_document

TITLE = "Giấy chứng nhận kết hôn của cha mẹ trẻ (nếu có)"
MEGABYTE = 1024 * 1024


def opened(kind: str, document: bytes) -> str:
    """What a real reader finds: the words of a DOCX, the pages of a PDF, the size of a picture."""
    if kind == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(document)).paragraphs)
    if kind == "pdf":
        assert document.startswith(b"%PDF-") and document.rstrip().endswith(b"%%EOF")
        reader = PdfFileReader(io.BytesIO(document))
        return f"{reader.root['/Pages']['/Count']} page"
    with Image.open(io.BytesIO(document)) as picture:
        picture.load()
        return f"{picture.format} {picture.size}"


@pytest.mark.parametrize("kind", MIME_TYPES)
@pytest.mark.parametrize("more", [0, 300, 301, 302, 303, 65_537, 65_540, 131_080, MEGABYTE])
def test_a_document_of_any_size_opens_as_before(kind: str, more: int) -> None:
    plain = make_document(kind, TITLE)
    sized = make_document(kind, TITLE, size_bytes=len(plain) + more)
    assert len(sized) == len(plain) + more
    assert opened(kind, sized) == opened(kind, plain)


@pytest.mark.parametrize("kind", MIME_TYPES)
def test_the_limit_of_a_portal_is_met_to_the_byte(kind: str) -> None:
    assert len(make_document(kind, TITLE, size_bytes=5 * MEGABYTE + 1)) == 5 * MEGABYTE + 1


@pytest.mark.parametrize("kind", MIME_TYPES)
def test_a_document_is_light(kind: str) -> None:
    assert len(make_document(kind, TITLE)) < 50_000


def test_a_document_carries_its_title_and_its_mark() -> None:
    words = opened("docx", make_document("docx", TITLE))
    assert TITLE in words and MARK in words
    pdf = PdfFileReader(io.BytesIO(make_document("pdf", TITLE)))
    assert str(pdf.trailer_view["/Info"]["/Title"]) == f"{MARK} – {TITLE}"


def test_another_title_is_another_picture() -> None:
    assert make_document("png", "Tờ khai") != make_document("png", "Giấy chứng sinh")


def test_a_title_may_be_long_empty_or_odd() -> None:
    for title in ("", "x" * 3000, "<script>&\n\t\u0301", "日本 🙂"):
        for kind in MIME_TYPES:
            assert opened(kind, make_document(kind, title))


def test_the_same_document_is_made_in_another_process() -> None:
    code = (
        "import hashlib; from toantrinh.documents import *;"
        f"print([hashlib.sha256(make_document(k, {TITLE!r}, size_bytes=99999)).hexdigest() for k in MIME_TYPES])"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "12"
    )
    assert first == second


def test_jpeg_is_jpg() -> None:
    assert make_document(".JPEG", TITLE) == make_document("jpg", TITLE)


def test_another_kind_and_too_small_a_size_are_refused() -> None:
    with pytest.raises(ValueError, match="expected one of pdf, jpg, png, docx, found 'exe'"):
        make_document("exe", TITLE)
    with pytest.raises(ValueError, match="not 100"):
        make_document("pdf", TITLE, size_bytes=100)
