"""Whether strangers may frame an answer: frame-ancestors (CSP3 §6.4.2), else X-Frame-Options (HTML §7.6)."""

from __future__ import annotations

from collections.abc import Mapping

from suites.security.policy import policies


def framing_fault(headers: Mapping[str, str], address: str) -> str:
    """What lets strangers frame the answer; empty when they may not. Meta elements have no say in this."""
    found = policies(headers.get("content-security-policy", ""), address)
    if any(one.sources("frame-ancestors") is not None for one in found):
        # CSP3 §6.4.2.1: with frame-ancestors, X-Frame-Options is ignored.
        return "" if any(one.framing_held() for one in found) else "frame-ancestors cho mọi trang nhúng"
    said = headers.get("x-frame-options", "")
    values = {value.strip().lower() for value in said.split(",") if value.strip()}
    known = values & {"deny", "sameorigin", "allowall"}
    if values in ({"deny"}, {"sameorigin"}) or (len(values) > 1 and known):  # a contradiction is refused, too
        return ""
    return f"X-Frame-Options là “{said}”, không có tác dụng" if said else "không chống nhúng khung"
