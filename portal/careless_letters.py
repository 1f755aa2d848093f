"""Text as careless converters leave it: composed of two characters, encoded twice, a PDF without its structure."""

from __future__ import annotations

import io
import unicodedata


def decomposed(text: str) -> str:
    """The text in Unicode NFD, as old typing programs and some file systems write it."""
    return unicodedata.normalize("NFD", text)


def encoded_twice(text: str) -> str:
    """The text as it looks when its UTF-8 was read as Windows-1252 and stored again: `ế` as `áº¿`."""
    return text.encode().decode("cp1252", "ignore")


def without_tags(document: bytes) -> bytes:
    """The PDF as a virtual printer writes it: the same pages, no structure."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in writer.root:
            del writer.root[key]
    writer.update_root()
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
