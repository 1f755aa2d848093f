"""The contents of files that a system should not take, made in memory. All are harmless: no program does anything, the
script calls one word that only the test's own browser knows, the macro is empty."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

from toantrinh.documents import MARK, make_document

CALLED = "toantrinhChay"  # the word that a script calls
PHP_SAYS = "kt-1764-kt"  # what a server that runs the PHP text answers with
BOMB_BYTES = 60 * 1024 * 1024
VBA = "vnd.ms-office.vbaProject"
_MAIN = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_MAIN = "vnd.ms-word.document.macroEnabled.main+xml"


def program() -> bytes:
    """A DOS program (MZ header) of 64 bytes that ends at once: INT 20h."""
    head = struct.pack("<2s13H", b"MZ", 2, 1, 0, 4, 0, 0xFFFF, 0xFFF0, 0x100, 0, 0x100, 0xFFF0, 0, 0)
    return head.ljust(64, b"\0") + b"\xcd\x20" + MARK.encode()


def php() -> bytes:
    """A PHP text that says a number where it is run, and itself where it is only kept."""
    return b"<?php /* " + MARK.encode() + b' */ echo "kt-".(42*42)."-kt"; ?>\n'


def html(token: str) -> bytes:
    """A page whose script calls the word."""
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{MARK}</title></head><body><h1>{MARK}</h1>'
        f"<script>try{{{CALLED}('{token}',self.origin)}}catch(e){{}}</script></body></html>"
    ).encode()


def svg(token: str) -> bytes:
    """A picture whose script calls the word."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="80"><text x="10" y="45" font-size="24">'
        f"{MARK}</text><script>try{{{CALLED}('{token}',self.origin)}}catch(e){{}}</script></svg>"
    ).encode()


def eicar() -> bytes:
    """The test file of EICAR, put together here so that no scanner stumbles over this source."""
    parts = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-", "STANDARD-", "ANTIVIRUS-", "TEST-", "FILE!$H+H*")
    return "".join(parts).encode()


def docx_with(parts: dict[str, bytes], *, macros: str = "", stored: bool = False) -> bytes:
    """A test document with further parts. `macros`: "docm" names it a macro document, too, "docx" only carries one."""
    out = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(make_document("docx", "Tệp thử"))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if macros and info.filename == "[Content_Types].xml":
                default = f'<Default Extension="bin" ContentType="application/{VBA}"/></Types>'
                content = content.replace(b"</Types>", default.encode())
                if macros == "docm":
                    content = content.replace(_MAIN.encode(), _MACRO_MAIN.encode())
            new.writestr(zipfile.ZipInfo(info.filename), content, zipfile.ZIP_DEFLATED)
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name), content, kind)
    return out.getvalue()


def macro_document(kind: str) -> bytes:
    """A docx or docm with an empty macro: the header of a compound file and nothing in it."""
    empty = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return docx_with({"word/vbaProject.bin": empty}, macros=kind)


@cache
def inflating_document() -> bytes:
    """A docx of about 100 KB, one part of which would become BOMB_BYTES."""
    return docx_with({"word/media/kiem-thu.bin": b"\0" * BOMB_BYTES})


@cache
def inflating_archive() -> bytes:
    """A ZIP of about 60 KB whose only file would become BOMB_BYTES."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr(zipfile.ZipInfo("kiem-thu.txt"), b" " * BOMB_BYTES, zipfile.ZIP_DEFLATED, zlib.Z_BEST_COMPRESSION)
    return out.getvalue()
