"""The scripts inside a PDF (ISO 32000-1, 12.6.4.16), and whether a marker is part of one."""

from __future__ import annotations

import io
import re
from typing import Any

from toantrinh.observers.markers.marker import Name

MOST_OBJECTS = 20_000
MOST_SCRIPTS = 50
MOST_STREAM = 4 * 2**20  # bytes that one compressed stream may become
MOST_DECODED = 16 * 2**20  # bytes that all of them may become


def marked_scripts(name: Name, content: bytes) -> tuple[tuple[int, ...], str]:
    """The numbers of the markers that scripts of the file hold, and why the file cannot be read (empty: it can)."""
    from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
    from pyhanko.pdf_utils.reader import PdfFileReader

    limits = DecodeLimits(
        per_stream=StreamDecodeLimits(max_output_size=MOST_STREAM),
        document_budget=DocumentDecodeBudget(base_allowance=MOST_DECODED, max_ratio=0),
    )
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False, decode_limits=limits)
        if reader.encrypted:
            reader.decrypt(b"")
        scripts, whole = _scripts(reader.root)
    except Exception as error:  # whatever a broken file makes the reader stumble over
        return (), f"tệp PDF không đọc được ({type(error).__name__})"
    known = re.compile(rf"{name.word}(?:-|\()(\d+)", re.IGNORECASE)
    return tuple(dict.fromkeys(int(found) for script in scripts for found in known.findall(script))), (
        "" if whole else "tệp PDF có quá nhiều đối tượng để xem hết"
    )


def _scripts(root: Any) -> tuple[list[str], bool]:
    """What stands under /JS anywhere below the catalogue, and whether everything was looked at."""
    waiting, found = [root], list[str]()
    seen: set[int] = set()
    for _ in range(MOST_OBJECTS):
        if not waiting or len(found) >= MOST_SCRIPTS:
            break
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, dict):
            for key in list(one):
                if key == "/Parent":
                    continue
                value = one[key]
                if key == "/JS":
                    found.append(_text(value))
                elif isinstance(value, dict | list):
                    waiting.append(value)
        elif isinstance(one, list):
            waiting += [inner for at in range(len(one)) if isinstance(inner := one[at], dict | list)]
    return found, not waiting


def _text(value: Any) -> str:
    data = value.data if hasattr(value, "data") else value
    return data.decode("latin-1") if isinstance(data, bytes) else str(data)
