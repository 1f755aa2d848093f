"""Amounts in Vietnamese texts."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,\s\u00a0]\d{3})+|\d+)\s*(?:đồng|đ\b|₫|vnđ|vnd)", re.I)


def amounts_in(text: str) -> list[int]:
    """All amounts of money in a text, in VND, in order: '50.000 đồng' → 50000."""
    return [int(re.sub(r"\D", "", found)) for found in _AMOUNT.findall(text)]
