"""A Content-Security-Policy is read as a browser reads it (CSP Level 3)."""

from __future__ import annotations

import pytest

from suites.security.policy import Policy, finer_points, policies, weaknesses
from suites.security.sources import lets_in

REST = "; object-src 'none'; base-uri 'none'"
PAGE = "https://cong.example.vn/"

# script-src and the like, what is said of it ("" when it holds)
SCRIPTS = [
    ("script-src 'nonce-abc123'", ""),
    ("script-src 'self'", ""),
    ("script-src 'none'", ""),
    ("script-src", ""),
    ("default-src 'self'", ""),
    ("script-src 'self' 'unsafe-inline'", "unsafe-inline"),
    ("script-src 'nonce-abc123' 'unsafe-inline'", ""),
    ("script-src 'sha256-q1w2e3==' 'unsafe-inline'", ""),
    ("script-src 'strict-dynamic' 'unsafe-inline'", ""),
    ("script-src 'nonce-{{ nonce }}' 'unsafe-inline'", "unsafe-inline"),
    ("script-src 'nonce-' 'unsafe-inline'", "unsafe-inline"),
    ("script-src 'nonce-abc' 'strict-dynamic' https: http:", ""),
    ("script-src 'strict-dynamic' *", ""),
    ("script-src *", "mọi nơi (*)"),
    ("script-src https:", "mọi nơi (https:)"),
    ("script-src 'self' http:", "mọi nơi (http:)"),
    ("script-src 'self' data:", "mọi nơi (data:)"),
    ("script-src 'self' https://*", "mọi nơi (https://*)"),
    ("script-src 'self' *:*", "mọi nơi (*:*)"),
    ("script-src 'self' *.com", "mọi nơi (*.com)"),
    ("script-src 'self' blob:", ""),
    ("script-src 'self' *.gov.vn", ""),
    ("script-src 'self' https://tinh.example.vn", ""),
    ("script-src 'self' cdn.jsdelivr.net", "cdn.jsdelivr.net"),
    ("script-src 'self' https://cdn.jsdelivr.net/npm/", "cdn.jsdelivr.net/npm/"),
    ("script-src 'self' https://cdn.jsdelivr.net/npm/jquery@3.7.1/dist/jquery.min.js", ""),
    ("script-src 'nonce-abc' 'strict-dynamic' cdn.jsdelivr.net", ""),
    ("script-src 'self' https://*.github.io", "github.io"),
    ("script-src 'self' www.googletagmanager.com", ""),
    ("script-src 'self' 'unsafe-eval' www.googletagmanager.com", "googletagmanager"),
    ("script-src 'self'; script-src *", ""),
    ("SCRIPT-SRC 'UNSAFE-INLINE'", "unsafe-inline"),
    ("script-src 'nonce-abc'; script-src-elem *", "mọi nơi (*)"),
    ("script-src 'nonce-abc'; script-src-attr 'unsafe-inline'", "thuộc tính sự kiện"),
    ("script-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'", ""),
    ("style-src 'self'", "không giới hạn mã"),
    ("frame-ancestors 'none'", "không giới hạn mã"),
    ("sandbox allow-forms", ""),
    ("script-src 'self'; sandbox allow-scripts", ""),
    ("img-src *; style-src 'unsafe-inline'; script-src 'self'", ""),
    ("script-src 'self' 'unsafe-eval'", ""),
]


@pytest.mark.parametrize(("text", "said"), SCRIPTS, ids=[text for text, _ in SCRIPTS])
def test_what_lets_strange_scripts_in(text: str, said: str) -> None:
    found = weaknesses(policies(text + REST, PAGE))
    assert (said in found[0]) if said else found == []


def test_what_one_policy_refuses_is_refused() -> None:
    inline, anywhere = "script-src 'self' 'unsafe-inline'", "script-src 'nonce-abc' https:"
    assert weaknesses(policies(f"{inline}{REST}, {anywhere}", PAGE)) == []
    assert weaknesses(policies(f"script-src https:{REST}, {anywhere}", PAGE)) == ["cho mã từ mọi nơi (https:)"]
    assert weaknesses([*policies(inline), *policies(f"script-src 'nonce-abc'{REST}", meta=True)]) == []


def test_objects_and_the_base_are_asked_for() -> None:
    assert weaknesses(policies("script-src 'self'")) == ["thiếu object-src", "thiếu base-uri"]
    assert weaknesses(policies("default-src 'self'; base-uri 'self'")) == []
    assert weaknesses(policies("default-src 'self'; object-src *; base-uri https:")) == [
        "thiếu object-src",
        "thiếu base-uri",
    ]
    assert weaknesses([]) == weaknesses(policies(" ; ,")) == ["không có Content-Security-Policy"]


def test_a_meta_element_has_no_say_in_frames_or_sandboxes() -> None:
    (policy,) = policies("frame-ancestors 'none'; sandbox; script-src 'self'", meta=True)
    assert set(policy.directives) == {"script-src"}
    assert not policy.framing_held() and Policy("frame-ancestors 'none'").framing_held()


@pytest.mark.parametrize("open_to", ["*", "https:", "'self' http://*", "*.com"])
def test_frames_of_everybody_are_no_protection(open_to: str) -> None:
    assert not Policy(f"frame-ancestors {open_to}").framing_held()
    assert Policy("frame-ancestors 'self' https://dichvucong.gov.vn").framing_held()


def test_advice_is_for_policies_that_limit_scripts() -> None:
    assert finer_points(policies("script-src 'self' 'unsafe-eval'")) == ["cho chạy chuỗi thành mã ('unsafe-eval')"]
    assert "accounts.google.com" in finer_points(policies("script-src 'self' accounts.google.com"))[0]
    assert finer_points(policies("frame-ancestors 'none'")) == finer_points(policies("script-src 'self'")) == []


# source, address, whether the page at PAGE may load it (CSP3 §6.7.2)
MATCHES = [
    ("'self'", "https://cong.example.vn/a.js", True),
    ("'self'", "https://cong.example.vn:8443/a.js", False),
    ("tinh.example.vn", "https://tinh.example.vn/a.js", True),
    ("tinh.example.vn", "http://tinh.example.vn/a.js", False),
    ("http://tinh.example.vn", "https://tinh.example.vn/a.js", True),
    ("tinh.example.vn:80", "https://tinh.example.vn/a.js", True),
    ("tinh.example.vn:8080", "https://tinh.example.vn/a.js", False),
    ("tinh.example.vn:*", "https://tinh.example.vn:8080/a.js", True),
    ("*.example.vn", "https://example.vn/a.js", False),
    ("*.example.vn", "https://a.b.example.vn/a.js", True),
    ("tinh.example.vn/js/", "https://tinh.example.vn/js/a.js", True),
    ("tinh.example.vn/js", "https://tinh.example.vn/js/a.js", False),
    ("*", "data:text/javascript,1", False),
    ("https:", "data:text/javascript,1", False),
]


@pytest.mark.parametrize(("source", "address", "matches"), MATCHES)
def test_a_source_matches_an_address(source: str, address: str, matches: bool) -> None:
    assert bool(lets_in((source,), address, PAGE)) is matches
