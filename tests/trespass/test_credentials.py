"""Each person is asked about with credentials of their own: those of headers, of bodies and of addresses."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask, Response, jsonify, request
from playwright.sync_api import Browser

from fixtures.trespass import Trespasses
from suites.security import test_4_4_access as suite
from tests.leaks.conftest import verdict_of
from tests.scenarios.conftest import served
from tests.trespass.test_reading import CODE, HOME, OWN_PAGE, A, owned
from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.trespass import Kind, TrespassRecord
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.session.forged import FORM, Sent
from toantrinh.observers.session.tokens import in_the_name_of
from toantrinh.observers.trespass.credentials import in_address, is_secret
from toantrinh.observers.trespass.heard import Ear
from toantrinh.observers.trespass.places import places_of
from toantrinh.observers.trespass.reading import ask_as_others, told
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

TOKENS = {"tok-aaaaaaaa11": "a", "tok-bbbbbbbb22": "b"}
KEY = "k3y-of-the-application-77"
CHECKS = (
    suite.test_another_citizen_reads_nothing,
    suite.test_a_visitor_sees_nothing,
    suite.test_data_answers_are_closed,
)
PAGE = """<!doctype html><html lang=vi><title>Hồ sơ</title><h1>Hồ sơ</h1><p id=p></p><script>
fetch('%s/api%s', {headers: {'%s': localStorage.t || '', 'X-Api-Key': '%s', 'X-Lang': 'vi'}})
  .then(r => r.text()).then(t => p.textContent = t).finally(() => document.title = 'done')</script>"""


def portal(header: str, opens: str, api: str = "") -> Flask:
    """A system whose pages send the token of their storage as `header` to `api`, which `opens` to nobody else, to every
    citizen, or to all."""
    app = Flask("cong")

    @app.get("/")
    def home() -> str:
        return HOME

    @app.get("/login/<token>")
    def login(token: str) -> str:
        return f"<script>localStorage.t='{token}'</script>"

    @app.get("/ho-so/<key>")
    def page(key: str) -> str:
        return PAGE % (api, OWN_PAGE, header, KEY)

    @app.get("/api/ho-so/<key>")
    def data(key: str) -> Response:
        who = TOKENS.get(request.headers.get(header, ""), "")
        known = request.headers.get("X-Api-Key") == KEY
        if known and (who == "a" or (who == "b" and opens == "citizens") or opens == "all"):
            said = jsonify(code=CODE, cccd=A.cccd, phone=A.phone, address=A.address)
        else:
            said = jsonify(error="unauthorized")
            said.status_code = 401
        said.headers.update({"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"})
        return said

    @app.route("/api/ho-so/<key>", methods=["OPTIONS"])
    def asked_first(key: str) -> Response:
        return Response(headers={"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": f"*, {header}"})

    return app


def asked(browser: Browser, folder: Path, base: str, *, second_looks: bool = True) -> TrespassRecord:
    """Both citizens open the page in their browsers; then it is asked for in others' names."""
    system = load_system("demo", base_url=base)
    ears, contexts = [], []
    for token in TOKENS:
        context = browser.new_context()
        ear, page = Ear(context, base, system.allowed_hosts), context.new_page()
        page.goto(f"{base}/login/{token}")
        if second_looks or not ears:
            page.goto(base + OWN_PAGE)
            page.wait_for_function("document.title === 'done'")
        ears.append(ear)
        contexts.append(context)
    first, second = ears
    owner, other = first.role("citizen_a", contexts[0], second), second.role("citizen_b", contexts[1], first)
    prober, own, unheard = Prober(system, "access"), owned(), list[str]()
    steps = cast(Any, SimpleNamespace(steps=()))
    places = [one for one in places_of(steps, base, first.places, (), system.allowed_hosts) if "ho-so" in one.address]
    rows = ask_as_others(prober, owner, [other, nobody()], places, own, base + OWN_PAGE, second.sends, unheard)
    prober.settle()
    attachments = Attachments(folder, "truy-cap", str)
    reads = told(prober, rows, own, base + OWN_PAGE, attachments)
    for context in contexts:
        context.close()
    return TrespassRecord(
        dossier=CODE, reads=tuple(reads), places=len(places), unheard=tuple(unheard), exchanges=prober.record()
    )


def verdicts(record: TrespassRecord) -> list[Verdict]:
    return [verdict_of(test, Trespasses(record))[0] for test in CHECKS]


@pytest.mark.parametrize("header", ["X-Access-Token", "X-Session-Id", "X-User", "Authorization", "Token"])
def test_a_closed_system_passes_whatever_header_its_session_is_in(
    header: str, chromium: Browser, tmp_path: Path
) -> None:
    with served(portal(header, "nobody")) as base:
        record = asked(chromium, tmp_path, base)
    assert verdicts(record) == [Verdict.PASS] * 3
    assert {one.kind for one in record.reads} == {Kind.DATA}
    by_visitor = [one for one in record.exchanges.exchanges if one.role_key == "nobody" and "/api/" in one.address]
    assert by_visitor and all(header.lower() not in map(str.lower, one.sent_headers) for one in by_visitor)
    assert all("x-api-key" in map(str.lower, one.sent_headers) for one in by_visitor)  # the application's own
    kept = record.model_dump_json()
    assert not any(token in kept for token in TOKENS)


@pytest.mark.parametrize(
    ("opens", "expected"),
    [("citizens", [Verdict.FAIL, Verdict.PASS, Verdict.FAIL]), ("all", [Verdict.FAIL] * 3)],
)
def test_an_open_system_is_still_found(opens: str, expected: list[Verdict], chromium: Browser, tmp_path: Path) -> None:
    with served(portal("X-Session-Id", opens)) as base:
        assert verdicts(asked(chromium, tmp_path, base)) == expected


def test_where_the_second_citizens_credential_is_unknown_their_refusal_is_open(
    chromium: Browser, tmp_path: Path
) -> None:
    with served(portal("X-Session-Id", "nobody")) as base:
        record = asked(chromium, tmp_path, base, second_looks=False)
    verdict, said = verdict_of(suite.test_another_citizen_reads_nothing, Trespasses(record))
    assert verdict is Verdict.NOT_TESTED and "x-session-id của công dân B" in said
    assert verdict_of(suite.test_a_visitor_sees_nothing, Trespasses(record))[0] is Verdict.PASS


@pytest.mark.parametrize(("opens", "expected"), [("nobody", Verdict.PASS), ("all", Verdict.FAIL)])
def test_data_of_another_host_of_the_system_are_asked_for_too(
    opens: str, expected: Verdict, chromium: Browser, tmp_path: Path
) -> None:
    with served(portal("X-Session-Id", opens)) as api, served(portal("X-Session-Id", opens, api)) as base:
        record = asked(chromium, tmp_path, base)
    assert verdict_of(suite.test_data_answers_are_closed, Trespasses(record))[0] is expected
    assert {one.address for one in record.reads} == {f"{api}/api{OWN_PAGE}"}


def test_data_that_could_not_be_asked_for_are_named() -> None:
    empty = Exchanges(subject="access", seed=1, exchanges=(), spent=0, limit=1)
    record = TrespassRecord(unheard=("https://api.example/ho-so/1: không cho phép",), exchanges=empty)
    verdict, said = verdict_of(suite.test_data_answers_are_closed, Trespasses(record))
    assert verdict is Verdict.NOT_TESTED and "https://api.example/ho-so/1" in said
    nothing = TrespassRecord(exchanges=empty)
    assert verdict_of(suite.test_data_answers_are_closed, Trespasses(nothing))[0] is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("address", "carries"),
    [
        ("https://x/ho-so/1;jsessionid=0A1B2C3D", True),
        ("https://x/ho-so/1?access_token=abc", True),
        ("https://x/ho-so/1?sid=12", True),
        ("https://x/ords/f?p=100:1:8433212345678::NO", True),
        ("https://x/ho-so/1?ma=H1&trang=2", False),
        ("https://x/tep/1?_csrf_token=abc", False),
        ("https://x/phien/1?session=sang", True),
    ],
)
def test_an_address_that_carries_a_session_is_known(address: str, carries: bool) -> None:
    assert bool(in_address(address)) is carries


def test_marks_of_the_application_are_no_credentials() -> None:
    for name, value in (
        ("x-requested-with", "XMLHttpRequest"),
        ("x-request-id", "0f8a7b6c5d4e3f2a1b"),
        ("x-lang", "vi"),
    ):
        assert not is_secret(name, value), name
    for name, value in (("x-session-id", "1"), ("x-jwt", "a"), ("x-user", "a"), ("x-tid", "0f8a7b6c5d4e3f2a1b")):
        assert is_secret(name, value), name


GIVEN = {
    name: "AAAAAAAA1"
    for name in ("x-access-token", "x-session-id", "x-authorization", "x-api-key", "x-jwt", "x-user", "token")
}
BODIES = {
    "application/json": '{"accessToken": "AAAAAAAA1", "in": {"sessionId": "AAAAAAAA1"}, "p_instance": 77, "so": 77, "x": "KT"}',
    FORM: "accessToken=AAAAAAAA1&sessionId=AAAAAAAA1&p_instance=77&so=77&x=KT",
    "multipart/form-data; boundary=b": "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("accessToken", "AAAAAAAA1"), ("p_instance", "77"), ("so", "77"), ("x", "KT"))
    ),
}


@pytest.mark.parametrize("kind", BODIES)
def test_a_request_in_anothers_name_carries_nothing_of_the_owners(kind: str) -> None:
    address = "https://x/api/save;jsessionid=AAAAAAAA1?access_token=AAAAAAAA1&sid=AAAAAAAA1&so=77"
    sent = Sent("POST", address, BODIES[kind], kind, GIVEN)
    owner = Role("citizen_a", "A", headers={"x-access-token": "AAAAAAAA1"})
    other = Role("citizen_b", "B", headers={"authorization": "Bearer bbbbbbbbb"})
    for role in (other, nobody()):
        out, _, unknown = in_the_name_of(sent, role, {}, owner)
        assert "AAAAAAAA1" not in f"{out.address} {out.body} {dict(out.headers)}"
        assert "so=77" in out.address and "77" in out.body and "KT" in out.body
        assert bool(unknown) is (role is other)
    kept, _, unknown = in_the_name_of(sent, owner, {}, owner)
    assert kept.address == address and "AAAAAAAA1" in kept.body and not unknown


def test_what_has_a_counterpart_becomes_it() -> None:
    owner = Role("citizen_a", "A", headers={"x-access-token": "AAAAAAAA1", "x-session-id": "AAAAAAAA2"})
    other = Role("citizen_b", "B", headers={"x-access-token": "BBBBBBBB1", "x-session-id": "BBBBBBBB2"})
    body = '{"accessToken": "AAAAAAAA1", "nguon": "AAAAAAAA2"}'
    given = {"x-session-id": "AAAAAAAA2", "x-api-key": KEY}
    sent = Sent("POST", "https://x/save?access_token=AAAAAAAA1", body, "application/json", given)
    out, _, unknown = in_the_name_of(sent, other, {}, owner, lambda name, value: value == KEY)
    assert out.address.endswith("access_token=BBBBBBBB1") and not unknown
    assert "BBBBBBBB1" in out.body and "BBBBBBBB2" in out.body and out.headers == {"x-api-key": KEY}
