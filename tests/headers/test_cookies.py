"""Which cookie is the session's, and what Set-Cookie says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from suites.security.session_cookies import broken_prefixes, lacks, sessions_in
from tests.headers.records import held, row, set_cookie
from toantrinh.driver.own_hosts import OwnHosts, registered_domain
from toantrinh.driver.set_cookies import default_path, read_set_cookie

HOST, LOG_IN = "cong.example.vn", ("log-in",)


def names(found: tuple[object, ...]) -> list[str]:
    return [one.name for one in found]  # type: ignore[attr-defined]


def test_named_like_a_session_and_set_at_log_in() -> None:
    found = sessions_in(
        [held(), held("ngon_ngu", changed=("home",)), held("_ga_X1", set_by=""), held("XSRF-TOKEN")], LOG_IN
    )
    assert names(found.sure) == ["JSESSIONID"] and found.maybe == ()


def test_one_that_kept_its_value_may_be_a_session_beside_one_that_was_renewed() -> None:
    found = sessions_in([held(".ASPXAUTH"), held("ASP.NET_SessionId", changed=("home",))], LOG_IN)
    assert names(found.sure) == [".ASPXAUTH"] and names(found.maybe) == ["ASP.NET_SessionId"]


def test_without_a_renewed_one_the_named_one_is_the_session() -> None:
    assert names(sessions_in([held(changed=("home",))], LOG_IN).sure) == ["JSESSIONID"]


def test_without_names_those_that_log_in_set_may_be_the_session() -> None:
    for unnamed in (["cong_k"], ["cong_k", "cong_m"]):
        found = sessions_in([*map(held, unnamed), held("anh", opaque=False)], LOG_IN)
        assert found.sure == () and names(found.maybe) == unnamed
    assert sessions_in([held("cong_k", set_by="")], LOG_IN).maybe == ()
    assert sessions_in([held("cong_k")], ()) == sessions_in([], LOG_IN)


@pytest.mark.parametrize("name", [
    "TS01a2b3c4", "BIGipServerpool", "AWSALB", "__RequestVerificationToken", "_pk_id.1", "MATOMO_SESSID",
    "ApplicationGatewayAffinity", "ARRAffinitySameSite", "INGRESSCOOKIE", "rdwr_a1", "citrix_ns_id", "D1N",
    "ADC_CONN_539B", "cookiesession1", "OpenIdConnect.nonce.abc", ".AspNetCore.OpenIdConnect.Nonce.abc",
    ".AspNetCore.Correlation.abc", "mod_auth_openidc_state_abc", "next-auth.state", "oauth2_auth_request",
])  # fmt: skip
def test_load_balancers_counters_and_steps_of_log_in_are_no_sessions(name: str) -> None:
    found = sessions_in([held(name)], LOG_IN)
    assert found.sure == found.maybe == ()
    beside = sessions_in([held(name, same_site="None"), held(".AspNet.Cookies")], LOG_IN)
    assert names(beside.sure) == [".AspNet.Cookies"] and beside.maybe == ()


def test_the_cookies_of_an_identity_provider_are_for_a_person() -> None:
    keycloak = [held("AUTH_SESSION_ID", same_site="None"), held("KEYCLOAK_SESSION", http_only=False)]
    sso = held("JSESSIONID", domain="sso.example.vn", set_by="GET https://sso.example.vn/auth")
    found = sessions_in([*keycloak, sso, held("SESSION")], LOG_IN)
    assert names(found.sure) == ["SESSION"]
    assert names(found.maybe) == ["AUTH_SESSION_ID", "KEYCLOAK_SESSION", "JSESSIONID"]
    assert names(sessions_in(keycloak, LOG_IN).maybe) == ["AUTH_SESSION_ID", "KEYCLOAK_SESSION"]


def test_what_a_session_lacks() -> None:
    assert lacks(held(), HOST, plain=False) == []
    bare = held(secure=False, http_only=False, same_site="", lifetime_s=864_000, host_only=False, domain="example.vn")
    said = " ".join(lacks(bare, HOST, plain=False))
    for word in ("Secure", "HttpOnly", "SameSite (là không đặt)", "240 giờ", "mọi máy chủ của example.vn"):
        assert word in said
    assert lacks(held(secure=False), "127.0.0.1", plain=True) == []
    assert lacks(held(host_only=False), HOST, plain=False) == []  # its own name: this host and those under it
    sso = held(host_only=False, domain="sso.example.vn", set_by="GET https://sso.example.vn/vao")
    assert lacks(sso, HOST, plain=False) == []
    assert lacks(held(same_site="None"), HOST, plain=False) == ["SameSite (là None)"]
    assert lacks(held(lifetime_s=3600.0), HOST, plain=False) == []


def test_a_prefix_promises_something() -> None:
    def of(*cookies: object) -> list[str]:
        return broken_prefixes(row(cookies=cookies).answer)

    assert of(set_cookie("__Host-phien"), set_cookie("__Secure-a", domain="example.vn"), set_cookie("phien")) == []
    assert len(of(set_cookie("__Host-phien", domain=HOST))) == 1
    assert len(of(set_cookie("__Host-phien", path="/a"), set_cookie("__Secure-a", secure=False))) == 2
    assert of(set_cookie("__Host-phien", path="/a", lifetime_s=0.0)) == []


def test_set_cookie_is_read_without_its_value() -> None:
    cookie = read_set_cookie("sid=3f9a0c1b2d4e5f60718293a4; Path=/a; Secure; HttpOnly; SameSite=strict; Max-Age=60")
    assert cookie is not None and "3f9a" not in cookie.model_dump_json()
    assert (cookie.path, cookie.secure, cookie.http_only, cookie.same_site) == ("/a", True, True, "Strict")
    assert cookie.lifetime_s == 60 and cookie.opaque and cookie.domain == "" and not cookie.cleared
    ends = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    later = read_set_cookie(f"a=b; Expires={ends}; Domain=.Example.vn")
    assert later is not None and 3590 < (later.lifetime_s or 0) <= 3600 and later.domain == "example.vn"
    both = read_set_cookie(f"a=b; Expires={ends}; Max-Age=0")
    assert both is not None and both.cleared and not both.opaque
    assert read_set_cookie("no equals sign") is None and read_set_cookie("=value") is None
    assert default_path("/a/b/c") == "/a/b" and default_path("/a") == default_path("") == "/"


def test_own_hosts_are_of_the_same_body() -> None:
    own = OwnHosts(
        "https://dichvucong.tinh.gov.vn", frozenset({"dichvucong.tinh.gov.vn", "api.tinh.gov.vn", "vneid.gov.vn"})
    )
    for address in ("https://dichvucong.tinh.gov.vn/", "https://api.tinh.gov.vn/x", "http://a.dichvucong.tinh.gov.vn/"):
        assert address in own
    for address in ("https://vneid.gov.vn/", "https://khac.tinh.gov.vn/", "data:text/html,a", "https://tinh.gov.vn/"):
        assert address not in own
    assert own.takes(".tinh.gov.vn") and own.takes("dichvucong.tinh.gov.vn") and not own.takes("vneid.gov.vn")
    local = OwnHosts("http://127.0.0.1:8080", frozenset({"127.0.0.1"}))
    assert "http://127.0.0.1:8080/a" in local and "http://127.0.0.1:8081/a" not in local


def test_what_one_body_registers() -> None:
    assert registered_domain("dichvucong.tinh.gov.vn") == "tinh.gov.vn"
    assert registered_domain("dichvucong.gov.vn") == "dichvucong.gov.vn"
    assert registered_domain("cong.example.vn") == "example.vn" and registered_domain("127.0.0.1") == ""
