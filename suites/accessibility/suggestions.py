"""Whether an error message says how to mend the input, or only that it is wrong (WCAG 3.3.3)."""

from __future__ import annotations

import re

from toantrinh.driver.lexicon import fold
from toantrinh.observations.tour import FieldError

COMPLAINT = re.compile(
    r"\b(khong|chua|bi|la|da|dang|co|hop le|chinh xac|phu hop|dung|sai|loi|dinh dang|dang|gia tri|du lieu|thong tin|"
    r"truong|o|muc|nay|nhap|nhap lai|lai|vui long|xin|moi|hay|ban|cua|va|kiem tra|thu|dieu kien|"
    r"invalid|not valid|valid|error|wrong|is|the|this|please|check|again|value|field|format|incorrect|input|not)\b"
)
MISSING = re.compile(
    r"\b(bat buoc|vui long|hay|khong duoc (?:de |bo )?(?:trong|thieu|rong)|(?:chua|can|phai|moi) (?:nhap|chon|dien|co)|"
    r"nhap|chon|dien|bo trong|de trong|con thieu|required|must|please|enter|empty|fill)\b"
)
EXAMPLE = re.compile(r"\d|\bvi du\b|\b(?:dd|mm|yyyy)\b|\be g\b|\bexample\b|@")
LEAST_WORDS = 2


def says_how_to_mend(error: FieldError) -> bool:
    """True when the message, or the hint that stands at the field, tells what would be right.

    Of an empty field it is enough to hear that something must be entered.
    """
    message = fold(error.message)
    if error.kind == "empty":
        return bool(MISSING.search(message)) or _tells(message, error)
    hint = f"{error.hint} "
    return (
        bool(EXAMPLE.search(error.message) or EXAMPLE.search(message))
        or _tells(message, error)
        or bool(EXAMPLE.search(hint) or EXAMPLE.search(fold(hint)))
    )


def _tells(message: str, error: FieldError) -> bool:
    """True when words are left that are neither the field's name nor a mere complaint."""
    name = set(fold(error.label).split())
    rest = [word for word in COMPLAINT.sub(" ", message).split() if word not in name]
    return len(rest) >= LEAST_WORDS
