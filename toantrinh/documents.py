"""Test documents made at run time: real PDF, JPG, PNG and DOCX files, marked as such, of the size that is asked for."""

from __future__ import annotations

import io
import struct
import textwrap
import time
import unicodedata
import zipfile
import zlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:  # Pillow and python-docx are loaded when the first document is made: a run often needs none
    from PIL import Image, ImageFont

DocumentKind = Literal["pdf", "jpg", "png", "docx"]

MARK = "TÀI LIỆU KIỂM THỬ"
NOTE = "Làm ra để kiểm thử phần mềm, không có giá trị pháp lý."
MIME_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FONT = Path(__file__).with_name("fonts") / "BeVietnamPro-Regular.ttf"
_A4 = (620, 877)  # 75 pixels per inch
_LONGEST_TITLE = 200  # characters; the properties of a DOCX hold 255
_DATE = datetime(2026, 1, 1)


def make_document(kind: str, title: str, *, size_bytes: int | None = None) -> bytes:
    """A one-page document called `title`, the same bytes for the same arguments; `size_bytes` long when that is given.

    `kind` is pdf, jpg (or jpeg), png or docx. Raises ValueError for another kind, and when the document cannot be made
    so small. The filling stands where each format provides for it, so that the file stays valid.
    """
    kind = {"jpeg": "jpg"}.get(kind.lower().lstrip("."), kind.lower().lstrip("."))
    if kind not in get_args(DocumentKind):
        raise ValueError(f"expected one of {', '.join(get_args(DocumentKind))}, found {kind!r}")
    title = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in title)[:_LONGEST_TITLE]
    document = _made(kind, title)
    if size_bytes is None or size_bytes == len(document):
        return document
    if size_bytes < len(document) + _LEAST_FILLING[kind]:
        least = len(document) + _LEAST_FILLING[kind]
        raise ValueError(f"a {kind} called {title!r} has {len(document)} bytes, or {least} or more, not {size_bytes}")
    filled = _FILL[kind](document, size_bytes)
    assert len(filled) == size_bytes
    return filled


@lru_cache(maxsize=64)
def _made(kind: str, title: str) -> bytes:
    if kind == "docx":
        return _docx(title)
    from PIL import Image

    out = io.BytesIO()
    page = _page(title)
    match kind:
        case "jpg":
            page.save(out, "JPEG", quality=60, dpi=(75, 75))
        case "png":
            page.quantize(16, Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=False)
        case _:
            when = time.struct_time(_DATE.timetuple())
            page.save(
                out, "PDF", resolution=75, quality=60, title=f"{MARK} – {title}", creationDate=when, modDate=when,
            )  # fmt: skip
    # Pillow gives object 0 a generation beyond the greatest that ISO 32000-1, 7.5.4 allows; strict readers refuse that.
    return out.getvalue().replace(b" 65536 f", b" 65535 f") if kind == "pdf" else out.getvalue()


def _page(title: str) -> Image.Image:
    from PIL import Image, ImageDraw

    page = Image.new("RGB", _A4, "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((24, 24, _A4[0] - 25, _A4[1] - 25), outline="#0f5c6e", width=3)
    draw.text((_A4[0] / 2, 110), MARK, font=_font(34), fill="#b3261e", anchor="mm")
    heading = textwrap.fill(title, 30, max_lines=6, placeholder="…")
    draw.multiline_text((_A4[0] / 2, 300), heading, font=_font(28), fill="#10282e", anchor="mm", align="center")
    draw.text((_A4[0] / 2, _A4[1] - 80), NOTE, font=_font(16), fill="#10282e", anchor="mm")
    return page


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(_FONT), size)


def _docx(title: str) -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = f"{MARK} – {title}"
    document.core_properties.author = "toantrinh"
    document.core_properties.created = document.core_properties.modified = _DATE
    document.add_heading(MARK, 0)
    document.add_heading(title, 1)
    document.add_paragraph(NOTE)
    out = io.BytesIO()
    document.save(out)
    return _rezipped(out.getvalue())


def _rezipped(archive: bytes, filling: bytes | None = None) -> bytes:
    """The same archive with fixed dates, and with a stored part that fills."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename != _FILLING_PART:
                new.writestr(zipfile.ZipInfo(info.filename), old.read(info), zipfile.ZIP_DEFLATED)
        if filling is not None:
            new.writestr(zipfile.ZipInfo(_FILLING_PART), filling, zipfile.ZIP_STORED)
    return out.getvalue()


_FILLING_PART = "customXml/filling.xml"


def _fill_docx(document: bytes, size: int) -> bytes:
    frame = len(_rezipped(document, b""))
    return _rezipped(document, b"<filling>" + b" " * (size - frame - 19) + b"</filling>")


def _fill_jpg(document: bytes, size: int) -> bytes:
    """Comment segments (ITU-T T.81, B.2.4.5) behind the start of the picture."""
    missing = size - len(document)
    segments = []
    while missing:
        length = min(missing, 0xFFFF + 2)
        if 0 < missing - length < 4:
            length -= 4
        segments.append(b"\xff\xfe" + struct.pack(">H", length - 2) + b" " * (length - 4))
        missing -= length
    return document[:2] + b"".join(segments) + document[2:]


def _fill_png(document: bytes, size: int) -> bytes:
    """A private ancillary chunk before the end (ISO/IEC 15948, 4.7)."""
    content = b"fiLl" + b" " * (size - len(document) - 12)
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    return document[:-12] + chunk + document[-12:]


def _fill_pdf(document: bytes, size: int) -> bytes:
    """An incremental update with one unused stream (ISO 32000-1, 7.5.6)."""
    old_xref = int(document.rsplit(b"startxref", 1)[1].split()[0])
    trailer = document.rsplit(b"trailer", 1)[1].split(b"startxref")[0]
    root = trailer.split(b"/Root", 1)[1].split(b"R", 1)[0].strip()
    number = int(trailer.split(b"/Size", 1)[1].split()[0])

    def updated(length: int) -> bytes:
        stream = b"\n%d 0 obj\n<< /Length %010d >>\nstream\n%s\nendstream\nendobj\n" % (number, length, b" " * length)
        table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(document) + 1)
        trailer = b"trailer\n<< /Size %d /Root %s R /Prev %d >>\n" % (number + 1, root, old_xref)
        end = b"startxref\n%010d\n%%%%EOF\n" % (len(document) + len(stream))
        return document + stream + table + trailer + end

    return updated(size - len(updated(0)))


_FILL = {"docx": _fill_docx, "jpg": _fill_jpg, "png": _fill_png, "pdf": _fill_pdf}
_LEAST_FILLING = {"docx": 200, "jpg": 4, "png": 12, "pdf": 300}
