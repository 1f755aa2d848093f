"""Each clause of 4.2: a record that passes, one that fails for the right reason, look-alikes that stay silent."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from fixtures.answer_rows import CITIZEN, GUEST, Row
from fixtures.pages import SiteRecord
from suites.security import test_4_2_headers_and_cookies as s42
from tests.headers.records import browsing, held, judged, record, row, set_cookie
from toantrinh.observations.http_answers import Written
from toantrinh.observations.site import ForeignFile, PageName
from toantrinh.verdicts import Verdict

P, F, HALF, NA = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_APPLICABLE
OPEN, REVIEW = Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
CSP, XFO, TYPE, REFERRER = "content-security-policy", "x-frame-options", "x-content-type-options", "referrer-policy"
CHECKS = (
    s42.test_csp_holds_strange_scripts_off,
    s42.test_pages_cannot_be_framed,
    s42.test_nosniff,
    s42.test_referrer_policy,
    s42.test_permissions_policy,
    s42.test_pages_are_isolated,
    s42.test_csp_could_not_be_finer,
)
NAKED = dict.fromkeys(row().headers)
FRAMED = "default-src 'self'; base-uri 'none'"


def other(**facts: object) -> Row:
    """An answer without any of the headers, which is no page."""
    return row("/khac", dict(NAKED), **facts)


LOOK_ALIKES = {
    "redirect": other(status=302, body=False),
    "not modified": other(status=304, body=False),
    "no content": other(status=204, body=False, kind="fetch"),
    "saved page": row("/tai", {**NAKED, TYPE: "nosniff", "content-disposition": "attachment; filename=…"}),
    "pdf": row("/a.pdf", {**NAKED, TYPE: "nosniff"}, content_type="application/pdf"),
    "data": row("/api", {**NAKED, TYPE: "nosniff"}, kind="fetch", content_type="application/json"),
    "picture": row("/a.svg", {**NAKED, TYPE: "nosniff"}, kind="image", content_type="image/svg+xml"),
}


@pytest.mark.parametrize("look_alike", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_silent_at_what_needs_no_headers(check: Callable[..., None], look_alike: Row) -> None:
    assert judged(check, record(row(), look_alike)) == (P, "")


# name, check, the answer beside a good one, verdict, words
CASES = [
    ("no policy", CHECKS[0], row("/form", {CSP: None}), HALF, "không có Content-Security-Policy"),
    ("inline code", CHECKS[0], row("/form", {CSP: f"{FRAMED}; script-src 'unsafe-inline'"}), HALF, "'unsafe-inline'"),
    ("only reported", CHECKS[0], row("/form", {CSP: None, f"{CSP}-report-only": FRAMED}), HALF, "report-only"),
    ("reported beside", CHECKS[0], row("/form", {f"{CSP}-report-only": "script-src *"}), P, ""),
    ("in the page", CHECKS[0], row("/form", {CSP: None}, written=Written(policies=(FRAMED,), referrer="")), P, ""),
    ("page not asked", CHECKS[0], row("/form", {CSP: None}, written=None), P, ""),
    ("weak, page not asked", CHECKS[0], row("/form", {CSP: "script-src *"}, written=None), P, ""),
    ("weak and whole", CHECKS[0], row("/form", {CSP: "script-src *; base-uri 'none'"}, written=None), HALF, "mọi nơi (*)"),
    ("error page", CHECKS[0], row("/mat", {CSP: None}, status=404), HALF, "GET /mat (404)"),
    ("inner frame", CHECKS[0], row("/khung", {CSP: None}, top=False), HALF, "/khung"),
    ("not framed by old header", CHECKS[1], row("/f", {CSP: FRAMED}), P, ""),
    ("framed by all", CHECKS[1], row("/f", {CSP: "frame-ancestors *", XFO: "DENY"}), HALF, "frame-ancestors cho mọi"),
    ("no word on frames", CHECKS[1], row("/f", {CSP: FRAMED, XFO: None}), HALF, "không chống nhúng khung"),
    ("allow-from", CHECKS[1], row("/f", {CSP: None, XFO: "ALLOW-FROM https://a.example"}), HALF, "không có tác dụng"),
    ("said twice", CHECKS[1], row("/f", {CSP: None, XFO: "SAMEORIGIN, SAMEORIGIN"}), P, ""),
    ("contradiction is refused", CHECKS[1], row("/f", {CSP: None, XFO: "DENY, SAMEORIGIN"}), P, ""),
    ("sniffing of data", CHECKS[2], row("/api", {TYPE: None}, kind="fetch", content_type="application/json"), HALF, "/api"),
    ("sniffing of an error", CHECKS[2], row("/mat", {TYPE: None}, status=500), HALF, "không có nosniff"),
    ("nosniff twice", CHECKS[2], row("/a", {TYPE: "NoSniff, nosniff"}), P, ""),
    ("nosniff mistyped", CHECKS[2], row("/a", {TYPE: "no-sniff"}), HALF, "“no-sniff”"),
    ("no referrer policy", CHECKS[3], row("/a", {REFERRER: None}), HALF, "không có Referrer-Policy"),
    ("in a meta element", CHECKS[3], row("/a", {REFERRER: None}, written=Written(policies=(), referrer="origin")), HALF, "origin"),
    ("held by meta", CHECKS[3], row("/a", {REFERRER: None}, written=Written(policies=(), referrer="strict-origin")), P, ""),
    ("fallback first", CHECKS[3], row("/a", {REFERRER: "no-referrer, moi-nhat"}), P, ""),
    ("page not asked", CHECKS[3], row("/a", {REFERRER: None}, written=None), P, ""),
    ("no permissions policy", CHECKS[4], row("/a", {"permissions-policy": None}), HALF, "không có Permissions-Policy"),
    ("old name", CHECKS[4], row("/a", {"permissions-policy": None, "feature-policy": "camera 'none'"}), HALF, "tên cũ"),
    ("all permitted", CHECKS[4], row("/a", {"permissions-policy": "camera=*"}), HALF, "không tắt quyền nào"),
    ("permissions of a frame", CHECKS[4], row("/a", {"permissions-policy": None}, top=False), P, ""),
    ("no opener policy", CHECKS[5], row("/a", {"cross-origin-opener-policy": None}), HALF, "Opener"),
    ("opener of a frame", CHECKS[5], row("/a", {"cross-origin-opener-policy": None}, top=False), P, ""),
    ("eval", CHECKS[6], row("/a", {CSP: "script-src 'self' 'unsafe-eval'"}), HALF, "unsafe-eval"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "answer", "verdict", "said"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_an_answer_at_fault_is_named(check: Callable[..., None], answer: Row, verdict: Verdict, said: str) -> None:
    found, words = judged(check, record(row(), answer))
    assert found is verdict and said in words
    assert (answer.place in words) is (verdict is not P)


def test_one_cause_on_many_answers_is_one_finding_with_the_list() -> None:
    rows = [row(f"/trang-{name}", {TYPE: None}, step="Kê khai", role=CITIZEN) for name in "abcdefgh"]
    verdict, words = judged(s42.test_nosniff, record(*rows))
    assert verdict is F and words.startswith(
        "cả 8 phản hồi đã xem: không có nosniff ở 8 phản hồi: GET /trang-a (Kê khai"
    )
    assert "và 3 nơi khác" in words.split(" | ")[0] and "GET /trang-h (Kê khai; người dân)" in words.split(" | ")[2]


def test_dossiers_at_one_place_are_one_answer() -> None:
    rows = [row(f"/ho-so/{name}/giay-to", {TYPE: None}) for name in ("NBClOuhxn6j5uHAC", "BOBg7__ZzvS4-v8v")]
    _, words = judged(s42.test_nosniff, record(row(), *rows))
    assert words.startswith("1/2 phản hồi: không có nosniff ở 1 phản hồi: GET /ho-so/…/giay-to")


PLACES = [
    ("/ho-so/NBClOuhxn6j5uHAC/giay-to", "/ho-so/…/giay-to"),
    ("/thu-tuc/1.001193", "/thu-tuc/…"),
    ("/ho-so/nop-buoc-2/ke-khai-thong-tin", "/ho-so/nop-buoc-2/ke-khai-thong-tin"),
    ("/tinh/emblem.a6513edcae.svg", "/tinh/emblem.a6513edcae.svg"),
    ("/api/v1/Dossiers?ma=…", "/api/v1/Dossiers"),
    ("/tra-cuu/6f0f6a38-4a7c-4a53-9d53-0d5d0c2b6a10", "/tra-cuu/…"),
]


@pytest.mark.parametrize(("path", "place"), PLACES)
def test_a_place_leaves_out_what_names_one_thing(path: str, place: str) -> None:
    assert row(path).place == f"GET {place}"


def test_no_page_is_not_tested_and_a_page_that_could_not_be_asked_is_for_a_person() -> None:
    assert judged(s42.test_pages_cannot_be_framed, record(why_none="không tới được"))[0] is OPEN
    assert judged(s42.test_referrer_policy, record(row("/", {REFERRER: None}, written=None)))[0] is REVIEW


NONCES = [
    ("fresh", [row("/a", nonces=("n1",)), row("/b", nonces=("n2",))], P),
    ("of two pages", [row("/a", nonces=("n1",)), row("/b", nonces=("n1",))], F),
    ("of two browsers", [row("/a", nonces=("n1",)), row("/a", nonces=("n1",), source="site/home")], F),
    ("out of the cache", [row("/a", {"cache-control": "no-cache"}, nonces=("n1", "n1"))], P),
    ("twice, and never kept", [row("/a", nonces=("n1", "n1"))], F),
]


@pytest.mark.parametrize(("rows", "verdict"), [case[1:] for case in NONCES], ids=[case[0] for case in NONCES])
def test_a_nonce_is_for_one_answer(rows: list[Row], verdict: Verdict) -> None:
    found, words = judged(s42.test_csp_holds_strange_scripts_off, record(*rows))
    assert found is verdict and ("nonce dùng lại" in words) is (verdict is F)


SESSIONS = [
    ("as it should be", [browsing(held())], P, ""),
    ("readable by script", [browsing(held(http_only=False))], F, "JSESSIONID thiếu HttpOnly (người dân, đặt bởi GET"),
    ("counter without HttpOnly", [browsing(held(), held("_ga", http_only=False, set_by=""))], P, ""),
    ("language without HttpOnly", [browsing(held(), held("ngon_ngu", opaque=False, http_only=False))], P, ""),
    ("of the officer", [browsing(held()), browsing(held(secure=False), role="cán bộ")], F, "thiếu Secure (cán bộ"),
    ("before log-in only", [browsing(held(changed=("home",)), logged_in=False)], OPEN, "chưa đăng nhập được"),
    ("bad before log-in", [browsing(held(http_only=False), logged_in=False, role=GUEST)], F, "HttpOnly (khách"),
    ("unnamed before log-in", [browsing(held("cong_k", http_only=False), logged_in=False)], OPEN, "chưa đăng nhập"),
    ("unnamed", [browsing(held("cong_k", http_only=False))], REVIEW, "cong_k thiếu HttpOnly"),
    ("of the identity provider", [browsing(held(), held("AUTH_SESSION_ID", same_site="None"))], REVIEW, "SameSite"),
    ("step of log-in", [browsing(held(), held("OpenIdConnect.nonce.a", same_site="None"))], P, ""),
    ("which of two", [browsing(held("cong_k"), held("cong_m", http_only=False))], REVIEW, "cong_m thiếu HttpOnly"),
    ("whichever of two", [browsing(held("cong_k"), held("cong_m"))], P, ""),
    ("none to be seen", [browsing(held("x", opaque=False))], REVIEW, "không nhận ra cookie phiên"),
    ("token in a header", [browsing(bearer=True)], REVIEW, "Authorization"),
    ("nobody", [], OPEN, "chưa đăng nhập được"),
]


@pytest.mark.parametrize(("all_of_them", "verdict", "said"), [c[1:] for c in SESSIONS], ids=[c[0] for c in SESSIONS])
def test_the_session_cookie_after_log_in(all_of_them: list[object], verdict: Verdict, said: str) -> None:
    found, words = judged(s42.test_session_cookies_are_protected, record(row(), browsings=all_of_them))
    assert found is verdict and said in words


def test_a_broken_prefix_names_the_answer() -> None:
    bad = row("/dang-nhap", cookies=(set_cookie("__Host-phien", path="/a"),))
    verdict, words = judged(s42.test_session_cookies_are_protected, record(bad, browsings=[browsing(held())]))
    assert verdict is F and "__Host-phien" in words and "GET /dang-nhap" in words


FILE = ForeignFile(address="https://static.example.vn/a.js", kind="script", integrity=False)


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("https://static.example.vn/a.js", NA),
        ("https://khac.example.vn/a.js", F),  # the same body, but not named as the system's
        ("https://cdn.example/a.js", F),
    ],
)
def test_the_files_of_the_systems_own_hosts_need_no_digest(
    monkeypatch: pytest.MonkeyPatch, address: str, verdict: Verdict
) -> None:
    answers = record(row())
    system = answers.system.model_copy(update={"hosts": ("static.example.vn",)})
    page = SimpleNamespace(name=PageName.HOME, foreign_files=(FILE.model_copy(update={"address": address}),))
    monkeypatch.setattr(SiteRecord, "pages", lambda *_, **__: [page])
    found, words = judged(s42.test_third_party_files_are_pinned, answers, SiteRecord(system, {}))
    assert found is verdict and (address in words) is (verdict is F)


SHARED = [
    ("public", {"cache-control": "public, max-age=600"}, {}, F, "public, max-age=600"),
    ("no word", {"cache-control": None}, {}, F, "không có Cache-Control"),
    ("public place list", {"cache-control": "public, max-age=600"}, {"personal": ()}, P, ""),
]


@pytest.mark.parametrize(("headers", "facts", "verdict", "said"), [c[1:] for c in SHARED], ids=[c[0] for c in SHARED])
def test_personal_data_in_shared_caches(
    headers: dict[str, str | None], facts: dict[str, object], verdict: Verdict, said: str
) -> None:
    answer = row("/ho-so", headers, role=CITIZEN, **{"personal": ("họ tên",), **facts})
    found, words = judged(s42.test_personal_answers_are_not_shared, record(answer))
    assert found is verdict and said in words


def test_personal_data_needs_somebody_logged_in() -> None:
    assert judged(s42.test_personal_answers_are_not_shared, record(row()))[0] is OPEN
