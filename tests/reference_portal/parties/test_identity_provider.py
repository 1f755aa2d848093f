"""The identity provider: the whole log-in, and everything that must be refused."""

from __future__ import annotations

import base64
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.common.security import generate_token
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import KeySet
from werkzeug.test import TestResponse

from portal.parties import identity
from portal.parties.identity.braking import Brake
from portal.settings import Settings

NUMBER, PASSWORD, SECRET = "001190000017", "Thu-nghiem-2026", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
VERIFIER = generate_token(64)


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return identity.create_app(settings, Brake(first_pause=0.2)).test_client()


def one_time_code(secret: str, shift: int = 0) -> str:
    """The code of now, `shift` seconds away."""
    key = base64.b32decode(secret)
    return TOTP(key, 6, SHA1(), 30).generate(int(time.time()) + shift).decode()


def hidden(page: str, name: str) -> str:
    """The value of a hidden field in a page's source."""
    found = re.search(f'name="{name}" value="([^"]+)"', page)
    assert found, f"no field {name}"
    return found[1]


def request_of(settings: Settings, **changes: str | None) -> dict[str, str]:
    wanted: dict[str, str | None] = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": f"{settings.portal_url}/dang-nhap/ket-qua",
        "scope": "openid profile",
        "state": "trang-thai",
        "nonce": "so-dung-mot-lan",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
        **changes,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def begin(client: FlaskClient, settings: Settings, **changes: str | None) -> str:
    answer = client.get("/oauth/authorize", query_string=request_of(settings, **changes))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def give_password(client: FlaskClient, page: str, number: str = NUMBER, password: str = PASSWORD) -> TestResponse:
    token = hidden(client.get(page).text, "csrf")
    return client.post(page, data={"csrf": token, "so-dinh-danh": number, "mat-khau": password})


def give_code(client: FlaskClient, page: str, code: str) -> TestResponse:
    return client.post(page, data={"csrf": hidden(client.get(page).text, "csrf"), "ma-xac-thuc": code})


def log_in(client: FlaskClient, settings: Settings) -> dict[str, list[str]]:
    second = give_password(client, begin(client, settings)).location
    answer = client.get(give_code(client, second, one_time_code(SECRET)).location)
    assert answer.status_code == 302
    assert answer.location.startswith(f"{settings.portal_url}/dang-nhap/ket-qua?")
    return parse_qs(urlsplit(answer.location).query)


def redeem(client: FlaskClient, settings: Settings, code: str, **changes: str) -> TestResponse:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": f"{settings.portal_url}/dang-nhap/ket-qua",
        "code_verifier": VERIFIER,
        **changes,
    }
    return client.post("/oauth/token", data=form, auth=(settings.oidc_client_id, settings.oidc_client_secret))


def test_the_right_password_and_code_lead_back_with_a_code_and_the_state(
    client: FlaskClient, settings: Settings
) -> None:
    back = log_in(client, settings)
    assert back["state"] == ["trang-thai"]
    assert back["code"][0]


def test_the_id_token_is_signed_and_carries_nonce_and_national_claims(client: FlaskClient, settings: Settings) -> None:
    token = redeem(client, settings, log_in(client, settings)["code"][0]).json
    assert token
    keys = KeySet.import_key_set(client.get("/oauth/jwks").json)
    claims = jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims
    assert claims["iss"] == settings.identity_url
    assert claims["aud"] == settings.oidc_client_id
    assert claims["nonce"] == "so-dung-mot-lan"
    assert (claims["SoDinhDanh"], claims["HoVaTen"]) == (NUMBER, "Nguyễn Thị Thử Nghiệm")


def test_the_access_token_opens_the_user_info(client: FlaskClient, settings: Settings) -> None:
    token = redeem(client, settings, log_in(client, settings)["code"][0]).json
    assert token
    told = client.get("/oauth/userinfo", headers={"Authorization": f"Bearer {token['access_token']}"}).json
    assert told and told["SoDinhDanh"] == NUMBER and told["GioiTinh"] == "Nữ"


def test_user_info_is_closed_without_a_token(client: FlaskClient) -> None:
    assert client.get("/oauth/userinfo").status_code == 401


def test_the_discovery_document_names_addresses_under_the_issuer(client: FlaskClient, settings: Settings) -> None:
    told = client.get("/.well-known/openid-configuration").json
    assert told and told["issuer"] == settings.identity_url
    assert told["code_challenge_methods_supported"] == ["S256"]
    endpoints = [value for name, value in told.items() if name.endswith("_endpoint") or name == "jwks_uri"]
    assert len(endpoints) == 5 and all(one.startswith(settings.identity_url + "/") for one in endpoints)


@pytest.mark.parametrize(("number", "password"), [(NUMBER, "sai"), ("001190000099", PASSWORD), ("' OR 1=1 --", "x")])
def test_a_wrong_password_and_an_unknown_person_are_told_the_same(
    client: FlaskClient, settings: Settings, number: str, password: str
) -> None:
    answer = give_password(client, begin(client, settings), number, password)
    assert identity.WRONG_PASSWORD in answer.text
    assert 'role="alert"' in answer.text
    assert "sai" not in answer.text.split("<form")[1]


def test_repeated_wrong_passwords_are_slowed_and_the_right_one_still_works(
    client: FlaskClient, settings: Settings
) -> None:
    page = begin(client, settings)
    took = []
    for _ in range(5):
        begun = time.monotonic()
        give_password(client, page, password="sai")
        took.append(time.monotonic() - begun)
    assert took[0] < 0.15
    assert took[4] > 0.35 > took[3] > 0.15
    assert give_password(client, page).status_code == 303


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "٣٣٣٣٣٣", "một hai"])
def test_a_wrong_one_time_code_is_refused_with_a_message(client: FlaskClient, settings: Settings, code: str) -> None:
    second = give_password(client, begin(client, settings)).location
    assert identity.WRONG_CODE in give_code(client, second, code).text


@pytest.mark.parametrize(("shift", "accepted"), [(-30, True), (30, True), (-120, False), (120, False)])
def test_a_code_is_accepted_one_step_early_or_late(
    client: FlaskClient, settings: Settings, shift: int, accepted: bool
) -> None:
    second = give_password(client, begin(client, settings)).location
    assert (give_code(client, second, one_time_code(SECRET, shift)).status_code == 303) is accepted


def test_the_code_page_is_closed_before_the_password(client: FlaskClient, settings: Settings) -> None:
    page = begin(client, settings)
    assert client.get(page.replace("dang-nhap", "ma-xac-thuc")).location == page


def test_five_wrong_codes_lead_back_to_the_password(client: FlaskClient, settings: Settings) -> None:
    first = begin(client, settings)
    second = give_password(client, first).location
    answers = [give_code(client, second, "abc") for _ in range(5)]
    assert answers[-1].location == first


def test_another_browser_cannot_continue_a_login(client: FlaskClient, settings: Settings) -> None:
    page = begin(client, settings)
    stranger = client.application.test_client()
    assert stranger.get(page).status_code == 404


def test_a_login_without_the_anti_forgery_token_is_refused(client: FlaskClient, settings: Settings) -> None:
    answer = client.post(begin(client, settings), data={"so-dinh-danh": NUMBER, "mat-khau": PASSWORD})
    assert answer.status_code == 403


def test_cancelling_leads_back_with_access_denied(client: FlaskClient, settings: Settings) -> None:
    page = begin(client, settings)
    token = hidden(client.get(page).text, "csrf")
    answer = client.get(client.post(page.replace("dang-nhap", "huy"), data={"csrf": token}).location)
    assert parse_qs(urlsplit(answer.location).query)["error"] == ["access_denied"]


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge_method": None},
        {"code_challenge_method": "plain"},
    ],
    ids=["no challenge", "no method", "plain"],
)
def test_a_request_without_pkce_s256_is_sent_back_as_invalid(
    client: FlaskClient, settings: Settings, changes: dict[str, str | None]
) -> None:
    answer = client.get("/oauth/authorize", query_string=request_of(settings, **changes))
    assert answer.location.startswith(settings.portal_url)
    assert parse_qs(urlsplit(answer.location).query)["error"] == ["invalid_request"]


def test_a_request_without_nonce_is_sent_back_as_invalid(client: FlaskClient, settings: Settings) -> None:
    answer = client.get("/oauth/authorize", query_string=request_of(settings, nonce=None))
    assert "error=invalid_request" in answer.location


@pytest.mark.parametrize("tail", ["/", "?x=1", "/../khac", "@evil.example"])
def test_an_address_that_is_not_registered_exactly_is_never_redirected_to(
    client: FlaskClient, settings: Settings, tail: str
) -> None:
    wanted = request_of(settings, redirect_uri=f"{settings.portal_url}/dang-nhap/ket-qua{tail}")
    answer = client.get("/oauth/authorize", query_string=wanted)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_an_unknown_client_is_refused_on_the_spot(client: FlaskClient, settings: Settings) -> None:
    answer = client.get("/oauth/authorize", query_string=request_of(settings, client_id="ai-do"))
    assert answer.status_code == 400 and "Location" not in answer.headers


def test_a_code_is_good_for_one_exchange(client: FlaskClient, settings: Settings) -> None:
    code = log_in(client, settings)["code"][0]
    assert redeem(client, settings, code).status_code == 200
    again = redeem(client, settings, code)
    assert (again.status_code, again.json and again.json["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "changes",
    [{"code_verifier": generate_token(64)}, {"redirect_uri": "http://127.0.0.1:8080/khac"}],
    ids=["verifier", "address"],
)
def test_a_code_is_bound_to_verifier_and_address(
    client: FlaskClient, settings: Settings, changes: dict[str, str]
) -> None:
    code = log_in(client, settings)["code"][0]
    assert redeem(client, settings, code, **changes).status_code == 400


def test_a_wrong_client_secret_gets_no_token(client: FlaskClient, settings: Settings) -> None:
    code = log_in(client, settings)["code"][0]
    answer = client.post(
        "/oauth/token",
        data={"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER},
        auth=(settings.oidc_client_id, "sai"),
    )
    assert answer.status_code == 401


def test_logging_out_leads_only_to_registered_addresses(client: FlaskClient, settings: Settings) -> None:
    known = {"client_id": settings.oidc_client_id, "post_logout_redirect_uri": f"{settings.portal_url}/"}
    assert client.get("/oauth/dang-xuat", query_string=known).location == f"{settings.portal_url}/"
    foreign = {**known, "post_logout_redirect_uri": "http://evil.example/"}
    assert "Location" not in client.get("/oauth/dang-xuat", query_string=foreign).headers


def test_no_address_of_a_login_carries_a_password_a_one_time_code_or_a_number(
    client: FlaskClient, settings: Settings
) -> None:
    first = begin(client, settings)
    second = give_password(client, first).location
    code = one_time_code(SECRET)
    third = give_code(client, second, code).location
    last = client.get(third).location
    for address in (first, second, third, last):
        assert not any(secret in address for secret in (PASSWORD, code, NUMBER, SECRET, settings.oidc_client_secret))
