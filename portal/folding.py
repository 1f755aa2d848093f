"""Vietnamese text for comparing: without case, without diacritics, in either Unicode form."""

from __future__ import annotations

import re
import unicodedata

_STROKED = str.maketrans({"đ": "d", "Đ": "D"})


def composed(text: str) -> str:
    """Precomposed Unicode (TCVN 6909), which is how the portal keeps everything."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces: `Đăng ký  KHAI sinh` and `dang ky khai sinh` become the same."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(bare.translate(_STROKED).lower().split())


def slug(text: str) -> str:
    """A short name for addresses: `Hộ tịch` → `ho-tich`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
