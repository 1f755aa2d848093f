"""What the pages themselves say of the channel: HSTS as browsers read it, and cookies that would go by plain HTTP."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.channel import ChannelRecord
from fixtures.pages import SiteRecord
from suites.security import test_4_1_channel as s41
from suites.security import test_4_1_tls as s41_tls
from suites.security.hsts import max_age_of
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.site import CookieFacts, PageName
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN, NA = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED, Verdict.NOT_APPLICABLE
REVIEW = Verdict.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("header", "age"),
    [
        ("max-age=63072000; includeSubDomains; preload", 63_072_000),
        ('MAX-AGE = "31536000"', 31_536_000),
        (" ; includeSubDomains;max-age=1 ", 1),
        ("max-age=31536000, max-age=0", 31_536_000),  # of two headers the first counts
        ("max-age=0\nmax-age=31536000", 0),
        ("max-age=31536000; max-age=31536000", None),
        ("includeSubDomains", None),
        ("max-age=", None),
        ("max-age=một năm", None),
        ("max-age=-1", None),
        ("x-max-age=31536000", None),
        ("", None),
    ],
)
def test_hsts_is_read_as_browsers_read_it(header: str, age: int | None) -> None:
    found, why = max_age_of(header)
    assert found == age and bool(why) is (age is None)


class Page:
    """As much of a page as the checks of the channel read."""

    def __init__(
        self, number: int, *, secure: bool = True, hsts: str = "", cookies: tuple[CookieFacts, ...] = ()
    ) -> None:
        self.name, self.secure, self.cookies = list(PageName)[number], secure, cookies
        self.headers = {"content-type": "text/html"} | ({"strict-transport-security": hsts} if hsts else {})
        self.address, self.shot = f"https://127.0.0.1/{number}", ""


def site_of_pages(monkeypatch: pytest.MonkeyPatch, site: SiteRecord, *pages: Any) -> SiteRecord:
    monkeypatch.setattr(SiteRecord, "pages", lambda *_, **__: list(pages))
    return site


YEAR = "max-age=31536000"


@pytest.mark.parametrize(
    ("headers", "verdict", "words"),
    [
        ((YEAR, YEAR), P, ""),
        ((YEAR, ""), HALF, "không có Strict-Transport-Security"),
        (("max-age=300", "max-age=300"), F, "max-age chỉ 300 giây"),
        (("", "max-age=1; max-age=1"), F, "hai lần"),
    ],
)
def test_hsts_is_judged_page_by_page(
    monkeypatch: pytest.MonkeyPatch, headers: tuple[str, ...], verdict: Verdict, words: str
) -> None:
    site = SiteRecord(load_system("demo", base_url="https://127.0.0.1:8443"), {})
    pages = [Page(number, hsts=header) for number, header in enumerate(headers)]
    said, told = verdict_of(s41.test_hsts_is_long_enough, site_of_pages(monkeypatch, site, *pages))
    assert said is verdict and words in told


def test_a_page_whose_headers_are_not_known_is_open_and_no_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    site = SiteRecord(load_system("demo", base_url="https://127.0.0.1:8443"), {})
    unknown = Page(1)
    unknown.headers = {}
    said, told = verdict_of(s41.test_hsts_is_long_enough, site_of_pages(monkeypatch, site, Page(0, hsts=YEAR), unknown))
    assert said is OPEN and unknown.name.vietnamese in told


BEFORE_THE_SYSTEM = [
    "ApplicationGatewayAffinity",
    "ApplicationGatewayAffinityCORS",
    "ARRAffinity",
    "ARRAffinitySameSite",
    "INGRESSCOOKIE",
    "SERVERID",
    "rdwr_a1",
    "citrix_ns_id",
    "D1N",
    "ADC_CONN_539B",
    "ADC_REQ_2E94",
    "MATOMO_SESSID",
    "cookiesession1",
    "__cf_bm",
    ".AspNetCore.Correlation.x",
]


def cookie(name: str, *, secure: bool, opaque: bool = True, lifetime_s: float | None = None) -> CookieFacts:
    return CookieFacts(
        name=name,
        domain="127.0.0.1",
        path="/",
        secure=secure,
        http_only=True,
        same_site="Lax",
        lifetime_s=lifetime_s,
        opaque=opaque,
    )


@pytest.mark.parametrize(
    ("cookies", "verdict", "words"),
    [
        ((cookie("JSESSIONID", secure=True),), P, ""),
        ((cookie("JSESSIONID", secure=False),), F, "cookie JSESSIONID thiếu Secure"),
        ((cookie("phien", secure=False, lifetime_s=3600),), F, "cookie phien"),
        ((cookie("JSESSIONID", secure=True), cookie("_ga", secure=False, lifetime_s=6e7)), P, ""),
        ((cookie("JSESSIONID", secure=True), cookie("csrf-token", secure=False)), P, ""),
        ((cookie("JSESSIONID", secure=True), cookie("BIGipServerpool", secure=False)), P, ""),
        ((cookie("xyz", secure=False),), REVIEW, "có thể là cookie phiên, thiếu Secure: xyz"),
        ((cookie("xyz", secure=True),), P, ""),
        ((cookie("JSESSIONID", secure=True), cookie("KEYCLOAK_SESSION", secure=False)), REVIEW, "KEYCLOAK_SESSION"),
        *(((cookie(name, secure=False),), OPEN, "không đặt cookie phiên") for name in BEFORE_THE_SYSTEM),
        ((cookie("ngon_ngu", secure=False, opaque=False),), OPEN, "không đặt cookie phiên"),
        ((), OPEN, "không đặt cookie phiên"),
    ],
)
def test_cookies_that_would_go_by_http_are_named(
    monkeypatch: pytest.MonkeyPatch, cookies: tuple[CookieFacts, ...], verdict: Verdict, words: str
) -> None:
    site = SiteRecord(load_system("demo", base_url="https://127.0.0.1:8443"), {})
    record = ChannelRecord(site_of_pages(monkeypatch, site, Page(0, cookies=cookies)), None)
    said, told = verdict_of(s41.test_session_cookies_do_not_go_by_http, record)
    assert said is verdict and words in told


@pytest.mark.parametrize(
    ("base_url", "address", "verdict"),
    [
        ("https://dichvucong.example.vn", "http://127.0.0.1:1645/ky", P),
        ("https://dichvucong.example.vn", "http://localhost:8987/x", P),
        ("https://dichvucong.example.vn", "http://[::1]:8987/x", P),
        ("https://dichvucong.example.vn", "http://dichvucong.example.vn/a.png", F),
        ("https://dichvucong.example.vn", "http://localhost.example.vn/a.png", F),
        ("https://127.0.0.1:8443", "http://127.0.0.1:8080/a.png", F),
        ("https://127.0.0.1:8443", "http://localhost:1645/ky", P),
    ],
)
@pytest.mark.parametrize("way", ["resources", "blocked", "insecure_forms"])
def test_programs_for_signing_on_the_citizens_machine_are_no_mixed_content(
    monkeypatch: pytest.MonkeyPatch, base_url: str, address: str, verdict: Verdict, way: str
) -> None:
    page: Any = Page(0)
    page.resources, page.blocked, page.insecure_forms = [], (), ()
    said_by = {"resources": [SimpleNamespace(address=address)], "blocked": (f"{address} (mixed)",)}
    setattr(page, way, said_by.get(way, (address,)))
    system = load_system("demo").model_copy(update={"base_url": base_url})
    said, told = verdict_of(s41.test_no_mixed_content, site_of_pages(monkeypatch, SiteRecord(system, {}), page))
    assert said is verdict and (address in told) is (verdict is F)


def test_plain_http_on_this_machine_has_no_channel_to_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    site = SiteRecord(load_system("demo", base_url="http://127.0.0.1:8080"), {})
    record = ChannelRecord(site_of_pages(monkeypatch, site, Page(0, secure=False)), None)
    checks = [check for name, check in [*vars(s41).items(), *vars(s41_tls).items()] if name.startswith("test_")]
    assert len(checks) == 9
    for check in checks:
        takes = record if "channel" in check.__annotations__ else site
        assert verdict_of(check, takes)[0] is NA, check.__name__
