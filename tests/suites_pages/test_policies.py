"""A Content-Security-Policy is read as a browser reads it."""

from __future__ import annotations

import pytest

from suites.security.policy import policies, weaknesses

HELD = "object-src 'none'; base-uri 'none'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"script-src 'nonce-abc' 'unsafe-inline'; {HELD}", ""),
        (f"script-src 'nonce-abc' 'strict-dynamic' https:; {HELD}", ""),
        (f"default-src 'self'; {HELD}", ""),
        (f"script-src https://a.example; {HELD}", ""),
        ("default-src 'self'; base-uri 'self'", ""),
        (f"default-src 'self', script-src *; {HELD}", ""),
        (f"script-src 'self' 'unsafe-inline'; {HELD}", "unsafe-inline"),
        (f"script-src 'nonce-abc' https:; {HELD}", "mọi nơi"),
        (f"script-src 'strict-dynamic' *; {HELD}", "mọi nơi"),
        (f"script-src 'self' data:; {HELD}", "data:"),
        (f"img-src 'self'; {HELD}", "không giới hạn mã"),
        ("script-src 'self'; base-uri 'none'", "object-src"),
        ("default-src 'self'", "base-uri"),
        (f"script-src 'self'; script-src *; {HELD}", ""),
        ("", "không có Content-Security-Policy"),
    ],
)
def test_weaknesses_of_a_policy(text: str, said: str) -> None:
    found = ", ".join(weaknesses(policies(text)))
    assert (said in found) if said else not found
