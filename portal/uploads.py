"""What may come in as a paper: judged by its content, not by its name."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from PIL import Image

from portal.careless_uploads import taken_as
from portal.defects import has_defect
from portal.wording import file_types, size

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_EXTENSIONS = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "docx": "docx"}
_PROGRAMS = re.compile(r"\.(exe|com|bat|cmd|scr|js|vbs|ps1|sh|php|jsp|aspx?|html?|svg|msi|jar|dll|hta|lnk)\b", re.I)
_EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")
_LARGEST_UNPACKED = 100 * 1024 * 1024
_MOST_PIXELS = 80_000_000


class RefusedFile(ValueError):
    """A file that is not taken; the message says why, to the citizen."""


@dataclass(frozen=True)
class Examined:
    """A file that may be kept. `kind`: pdf | jpg | png | docx; `name` is safe to show and to send back."""

    name: str
    kind: str
    media_type: str
    content: bytes


def examine(name: str, content: bytes, allowed: Collection[str], max_bytes: int, declared: str = "") -> Examined:
    """The file when its size, name and content are what the paper asks for. Raises RefusedFile.

    `declared`: the media type that came with it, which proves nothing.
    """
    clean = name if has_defect("uploads.name-as-path") else safe_name(name)
    if not content:
        if has_defect("papers.accepts-empty"):
            return Examined(clean, "pdf", MEDIA_TYPES["pdf"], content)
        raise RefusedFile(f"Tệp “{clean}” rỗng (0 KB). Vui lòng chọn tệp có nội dung.")
    if len(content) > max_bytes and not has_defect("papers.no-size-limit"):
        raise RefusedFile(f"Tệp “{clean}” nặng {size(len(content))}, vượt quá giới hạn {size(max_bytes)}.")
    wanted = file_types(list(allowed))
    stem, _, extension = clean.rpartition(".")
    kind = _EXTENSIONS.get(extension.lower())
    unseen, media_type = taken_as(kind or extension.lower(), declared, allowed, MEDIA_TYPES)
    if unseen and _EICAR not in content:
        return Examined(clean, unseen, media_type, content)
    if kind not in allowed and has_defect("papers.accepts-any-type"):
        return Examined(clean, "pdf", MEDIA_TYPES["pdf"], content)
    if kind is None or kind not in allowed or not stem or _PROGRAMS.search(clean):
        raise RefusedFile(f"Tệp “{clean}” không đúng loại. Chỉ nhận: {wanted}.")
    virus = _EICAR in content and not has_defect("uploads.not-scanned")
    if virus or not _LOOKS[kind](content):
        raise RefusedFile(
            f"Nội dung tệp “{clean}” không phải {kind.upper()} hợp lệ hoặc không an toàn. Chỉ nhận: {wanted}."
        )
    return Examined(clean, kind, MEDIA_TYPES[kind], content)


def safe_name(name: str) -> str:
    """The last part of a file name, in precomposed Unicode, without what could lead elsewhere or break a header."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    never = '"' if has_defect("input.raw-file-name") else '<>:"|?*;'
    kept = "".join(char for char in last if char.isprintable() and char not in never).strip(". ")
    stem, dot, extension = kept.rpartition(".")
    return f"{stem[:100]}{dot}{extension[:10]}" if dot else (kept[:100] or "tep")


def _is_pdf(content: bytes) -> bool:
    if not content.lstrip(b"\xef\xbb\xbf\r\n ")[:1024].startswith(b"%PDF-"):
        return False
    return b"%%EOF" in content and b"startxref" in content and not _ACTIVE_PDF.search(content)


def _is_picture(content: bytes, format_name: str) -> bool:
    try:
        with Image.open(io.BytesIO(content), formats=[format_name]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return False
            picture.verify()
    except Exception:  # Pillow raises whatever its decoders raise
        return False
    return b"<script" not in content[:4096].lower()


def _is_jpg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and _is_picture(content, "JPEG")


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n") and _is_picture(content, "PNG")


def _is_docx(content: bytes) -> bool:
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_UNPACKED:
                return False
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                return False
            types = parts.read("[Content_Types].xml")
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError):
        return False
    return b"macroEnabled" not in types and not any(name.endswith(("vbaProject.bin", ".exe")) for name in names)


_LOOKS = {"pdf": _is_pdf, "jpg": _is_jpg, "png": _is_png, "docx": _is_docx}
