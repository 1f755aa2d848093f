"""What a downloaded file really is, judged by its content and never by its name."""

from __future__ import annotations

import io
import zipfile

_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def kind_of(content: bytes) -> str:
    """pdf, docx, xlsx, pptx, doc, jpg, png, zip, html, text, empty or unknown."""
    head = content[:1024].lstrip()
    if not content.strip():
        return "empty"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n"):
        return "png"
    if b"<html" in head.lower() or head.lower().startswith(b"<!doctype html"):
        return "html"
    return "text" if _is_text(content[:4096]) else "unknown"


def is_sound(content: bytes) -> bool:
    """True when a document opens as what it is: a PDF with its end, an office file whose parts can be read."""
    kind = kind_of(content)
    if kind == "pdf":
        return b"%%EOF" in content[-2048:] and len(content) > 400
    if kind in ("docx", "xlsx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.testzip() is None
    return kind in ("doc", "jpg", "png") and len(content) > 200


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return "unknown"
    return next((kind for part, kind in _OFFICE.items() if part in names), "zip")


def _is_text(sample: bytes) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(sample) - 4
    return True
