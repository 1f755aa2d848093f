"""Nonces that come again: a nonce is for one answer (CSP3 §7.1), or whoever has read a page can use it in the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fixtures.answer_rows import Row


def reused_nonces(rows: Sequence[Row]) -> list[Row]:
    """The rows whose nonce another answer had, too.

    The same address in the same browser may have come out of its cache twice, nonce and all, unless it may not be kept.
    """
    owners: dict[str, set[tuple[str, bool, str, str]]] = defaultdict(set)
    for row in rows:
        for nonce in set(row.answer.nonces):
            owners[nonce].add((row.source, row.answer.officer, row.answer.method, row.answer.address))
    return [row for row in rows if any(len(owners[nonce]) > 1 or _twice(row, nonce) for nonce in row.answer.nonces)]


def _twice(row: Row, nonce: str) -> bool:
    """True when the nonce came twice at one place that no cache keeps."""
    kept = "no-store" not in row.headers.get("cache-control", "").lower() and row.answer.method == "GET"
    return row.answer.nonces.count(nonce) > 1 and not kept
