"""The referrer policy that counts for a page (Referrer Policy §4.1, §8.1; HTML, meta element)."""

from __future__ import annotations

from toantrinh.observations.http_answers import Written

HELD = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
KNOWN = (*HELD, "origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade")
OLD_NAMES = {"never": "no-referrer", "default": "strict-origin-when-cross-origin", "always": "unsafe-url"}
OLD_NAMES["origin-when-crossorigin"] = "origin-when-cross-origin"


def referrer_fault(header: str, written: Written | None) -> str | None:
    """What is wrong with the page's referrer policy; None where the page could not be asked and its header is silent.

    The last value of the header that the browser knows counts, and what the page itself says after it.
    """
    own = written.referrer.strip().lower() if written else ""
    named = OLD_NAMES.get(own, own)
    known = [value for part in header.split(",") if (value := part.strip().lower()) in KNOWN]
    counts = named if named in KNOWN else (known[-1] if known else "")
    if counts:
        return "" if counts in HELD else f"Referrer-Policy là {counts}"
    if written is None:
        return None
    said = header or written.referrer
    return f"Referrer-Policy “{said}” không có nghĩa" if said else "không có Referrer-Policy"
