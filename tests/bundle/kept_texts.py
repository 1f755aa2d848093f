"""Everything that can be read in a bundle, whatever it is wrapped in; and whether a secret stands in it."""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import html
import io
import json
import logging
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import pypdf

DEEPEST = 5
_DATA = re.compile(rb"[A-Za-z0-9+/_-]{64,}={0,2}")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_WORD = re.compile(r"[^\s\"'<>{}\[\](),;\x00-\x1f\x7f]{5,}")
_SHORT = 7


class Kept:
    """The words of each file of a bundle, each once; what was packed or encoded is opened first."""

    def __init__(self, bundle: Path) -> None:
        self.words: dict[str, str] = {}
        self.kinds: set[str] = set()
        self._known: dict[bytes, set[str]] = {}
        with zipfile.ZipFile(bundle) as packed:
            for name in packed.namelist():
                self.words[name] = "\n".join(sorted(self._words(name, packed.read(name))))

    def _words(self, name: str, raw: bytes) -> set[str]:
        return set(_WORD.findall(name)) | self._opened(raw, 0)

    def _opened(self, raw: bytes, depth: int) -> set[str]:
        """The words of the bytes, and of what they wrap; the same bytes are opened once."""
        digest = hashlib.sha256(raw).digest()
        if digest not in self._known and depth <= DEEPEST:
            text = raw.decode("utf-8", "replace")
            words = {word for way in (text, *_unwrapped(text)) for word in _WORD.findall(way)}
            for kind, inner in self._inside(raw):
                self.kinds.add(kind)
                words |= self._opened(inner, depth + 1)
            self._known[digest] = words
        return self._known.get(digest, set())

    def _inside(self, raw: bytes) -> Iterator[tuple[str, bytes]]:
        if zipfile.is_zipfile(io.BytesIO(raw)):
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                for name in packed.namelist():
                    yield "zip", name.encode()
                    yield "zip", packed.read(name)
        elif raw[:2] == b"\x1f\x8b":
            yield "gzip", gzip.decompress(raw)
        elif raw[:5] == b"%PDF-":
            yield from (("pdf", part) for part in _of_pdf(raw))
        elif raw[:2] in (b"PK", b"\xff\xd8") or raw[:4] == b"\x89PNG" or raw[:4] == b"wOF2":
            return
        else:
            yield from (("json", part) for part in _of_json(raw))
            yield from (("base64", part) for part in _of_base64(raw))


def _unwrapped(text: str) -> Iterator[str]:
    """The text without HTML's, JavaScript's and the address bar's ways of writing, as long as something changes."""
    if "&" in text:
        yield html.unescape(text)
    for _ in range(3):
        plain = unquote_plus(text)
        if plain == text:
            break
        yield (text := plain)
    if "\\u" in text or "\\x" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})", lambda one: chr(int(one[1] or one[2], 16)), text)


def _of_json(raw: bytes) -> Iterator[bytes]:
    """Every text in JSON (or in lines of it), also where a text is JSON itself."""
    if raw[:1] not in (b"{", b"[", b'"'):
        return
    for part in [raw] if _is_json(raw) else raw.splitlines():
        if _is_json(part):
            yield "\n".join(_texts(json.loads(part))).encode("utf-8", "surrogatepass")


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return True


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
        if data[:1] in ("{", "[") and _is_json(data.encode("utf-8", "replace")):
            yield from _texts(json.loads(data))
    elif isinstance(data, dict):
        for name, value in data.items():
            yield str(name)
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
    else:
        yield str(data)


def _of_base64(raw: bytes) -> Iterator[bytes]:
    for found in set(_DATA.findall(raw)):
        plain = found.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        try:
            yield base64.b64decode(plain[: len(plain) // 4 * 4])
        except (binascii.Error, ValueError):
            continue


def _of_pdf(raw: bytes) -> Iterator[bytes]:
    for stream in _STREAM.findall(raw):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            yield stream
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = pypdf.PdfReader(io.BytesIO(raw))
    yield "\n".join(
        [*(page.extract_text() for page in reader.pages), *map(str, (reader.metadata or {}).values())]
    ).encode()


def forms(secret: str) -> set[str]:
    """The secret as it may be written without being wrapped with other text: in clear, encoded, reversed."""
    raw = secret.encode()
    found = {
        secret,
        unicodedata.normalize("NFD", secret),
        html.escape(secret),
        quote(secret, safe=""),
        json.dumps(secret)[1:-1],
    }
    if len(secret) >= _SHORT:
        found |= {raw.hex(), raw.hex().upper(), base64.b32encode(raw).decode().rstrip("=")}
        for before in range(3):
            text = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
            core = text[(0, 2, 3)[before] : len(text) - (1 if (len(raw) + before) % 3 else 0)]
            if len(core) >= _SHORT:
                found |= {core, core.replace("+", "-").replace("/", "_")}
    return found


def holders(kept: Kept, secret: str) -> list[str]:
    """The files of a bundle in which a secret stands; a short one only where it stands alone."""
    if len(secret) < _SHORT:
        alone = re.compile(rf"(?<![0-9A-Za-z.\-]){re.escape(secret)}(?![0-9A-Za-z\-]|\.\d)")
        return [name for name, words in kept.words.items() if secret in words and alone.search(words)]
    wanted = forms(secret)
    return [name for name, words in kept.words.items() if any(form in words for form in wanted)]
