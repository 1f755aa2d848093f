"""What is a leak and what only looks like one: two test citizens, small scripted systems."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from fixtures.trespass import Trespasses
from suites.security import test_4_4_access as suite
from tests.leaks.conftest import verdict_of
from tests.prober.conftest import Probe, Serve, probe, serve
from tests.prober.scripted import Heard, Said
from toantrinh.documents import make_document
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import Kind, TrespassRecord
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.trespass.own_data import OwnData, own_data
from toantrinh.observers.trespass.places import Place
from toantrinh.observers.trespass.reading import ask_as_others, told
from toantrinh.persona import from_account
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

__all__ = ["probe", "serve"]

SYSTEM = load_system("demo")
A, B = (from_account(SYSTEM.accounts[name]) for name in ("citizen", "citizen_b"))
CODE = "000.00.21.H99-261122-0007"
PAPER = make_document("pdf", "Giấy chứng sinh")
OWN_PAGE = "/ho-so/k3Jd8sQ1"
HOME = "<!doctype html><title>Cổng</title><h1>Cổng dịch vụ công</h1><p>Tra cứu, nộp hồ sơ trực tuyến.</p>"
LOG_IN = (
    "<!doctype html><title>Đăng nhập</title><h1>Đăng nhập để tiếp tục</h1><form><input type=password name=mk></form>"
)
MISSING = Said(404, "<!doctype html><title>Không tìm thấy</title><h1>Không tìm thấy trang</h1>")
HTML = (("Content-Type", "text/html; charset=utf-8"),)
JSON = (("Content-Type", "application/json"),)
PDF = (("Content-Type", "application/pdf"),)


def greeting(who: str) -> str:
    return {"a": f"<p>Xin chào {A.full_name}</p>", "b": f"<p>Xin chào {B.full_name}</p>"}.get(who, "")


def dossier(who: str) -> Said:
    text = f"<title>Hồ sơ</title>{greeting(who)}<h1>Hồ sơ {CODE}</h1><p>{A.cccd}, {A.phone}, {A.address}</p>"
    return Said(200, text, HTML)


Site = Mapping[str, Callable[[str], Said]]
Ask = Callable[..., TrespassRecord]


@pytest.fixture
def ask(serve: Serve, probe: Probe, attachments: Attachments) -> Ask:
    """Asks a site, each of whose pages is a function of who asks (`a`, `b` or nobody), for its addresses."""

    def run(site: Site, *, calls: tuple[str, ...] = (), second: str = "") -> TrespassRecord:
        def answer(heard: Heard) -> Said:
            path = heard.path.split("?")[0]
            if path == "/":
                return Said(200, HOME, HTML)
            return site[path](heard.headers.get("X-Who", "")) if path in site else MISSING

        server = serve(answer)
        prober = probe(server, requests=90, run=90)
        first, other = (Role(f"citizen_{who}", f"công dân {who.upper()}", headers={"X-Who": who}) for who in "ab")
        places = [Place(server.address + path, path in calls) for path in site]
        own = owned()
        others = [nobody()] if second else [other, nobody()]
        rows = ask_as_others(prober, first, others, places, own, server.address + OWN_PAGE)
        prober.settle()
        reads = told(prober, rows, own, server.address + OWN_PAGE, attachments)
        return TrespassRecord(
            dossier=CODE, places=len(places), reads=tuple(reads), second_why=second, exchanges=prober.record()
        )

    return run


@pytest.fixture
def attachments(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path, "truy-cap", lambda text: text)


def owned() -> OwnData:
    mine = own_data(A, B)
    return OwnData(mine.facts, CODE, frozenset({hashlib.sha256(PAPER).hexdigest()}))


def for_owner(page: Callable[[str], Said], otherwise: Callable[[str], Said]) -> Callable[[str], Said]:
    return lambda who: page(who) if who == "a" else otherwise(who)


def state_of(record: TrespassRecord, role: str) -> list[State]:
    return [one.state for one in record.reads if one.role == role]


def test_a_dossier_shown_to_another_citizen_is_found(ask: Ask) -> None:
    record = ask({OWN_PAGE: lambda who: dossier(who) if who else Said(200, LOG_IN, HTML)})
    verdict, said = verdict_of(suite.test_another_citizen_reads_nothing, Trespasses(record))
    assert verdict is Verdict.FAIL
    assert "công dân B thấy" in said and "số định danh" in said and f"GET {record.reads[0].address}" in said
    assert "curl -sS" in said and A.cccd not in said and "số định danh" in record.reads[0].seen
    assert verdict_of(suite.test_a_visitor_sees_nothing, Trespasses(record))[0] is Verdict.PASS


def test_a_dossier_shown_without_log_in_is_found(ask: Ask) -> None:
    record = ask({OWN_PAGE: lambda who: dossier(who) if who != "b" else MISSING})
    assert verdict_of(suite.test_a_visitor_sees_nothing, Trespasses(record))[0] is Verdict.FAIL
    assert verdict_of(suite.test_another_citizen_reads_nothing, Trespasses(record))[0] is Verdict.PASS


def test_data_in_the_body_of_a_refusal_is_shown_all_the_same(ask: Ask) -> None:
    refused = Said(403, dossier("b").body, HTML)
    record = ask({OWN_PAGE: for_owner(dossier, lambda who: refused if who else Said(200, LOG_IN, HTML))})
    assert state_of(record, "citizen_b") == [State.FOUND]


def test_the_very_bytes_of_a_test_document_are_found(ask: Ask) -> None:
    record = ask({OWN_PAGE: for_owner(dossier, lambda who: MISSING), "/tai-tep": lambda who: Said(200, PAPER, PDF)})
    verdict, said = verdict_of(suite.test_files_are_the_owners_alone, Trespasses(record))
    assert verdict is Verdict.FAIL and "đúng từng byte tệp" in said
    assert {one.kind for one in record.reads} == {Kind.PAGE, Kind.FILE}


def test_data_behind_the_pages_are_read_as_what_they_mean(ask: Ask) -> None:
    body = json.dumps({"hoTen": A.full_name, "ma": CODE})
    assert "\\u" in body
    record = ask({"/api/ho-so/81": lambda who: Said(200, body, JSON) if who else Said(401, "{}", JSON)})
    assert verdict_of(suite.test_data_answers_are_closed, Trespasses(record))[0] is Verdict.FAIL


def look_alikes() -> dict[str, Site]:
    own_of_b = Said(200, f"<title>Tài khoản</title>{greeting('b')}<p>{B.cccd}, {B.phone}, {B.address}</p>", HTML)
    account = Said(200, f"<title>Tài khoản</title>{greeting('a')}<p>{A.cccd}, {A.phone}, {A.address}</p>", HTML)
    guide = make_document("pdf", "Hướng dẫn nộp hồ sơ")

    def thanks(who: str) -> Said:
        return Said(200, f"<title>Đã nhận</title>{greeting(who)}<h1>Đã nhận hồ sơ {CODE}</h1>", HTML)

    def catalogue(who: str) -> Said:
        return Said(200, f"<title>Thủ tục</title>{greeting(who)}<h1>Thủ tục</h1><p>Đăng ký khai sinh</p>", HTML)

    closed: Callable[[str], Said] = for_owner(dossier, lambda who: MISSING)
    return {
        "its owner's alone": {OWN_PAGE: closed},
        "the same page for everybody": {OWN_PAGE: closed, "/thu-tuc": catalogue},
        "a log-in page that says 200": {OWN_PAGE: for_owner(dossier, lambda who: Said(200, LOG_IN, HTML))},
        "everybody's own data under one address": {
            "/tai-khoan": lambda who: {"a": account, "b": own_of_b}.get(who, Said(200, LOG_IN, HTML)),
        },
        "a receipt page with nothing but the code": {OWN_PAGE: closed, "/da-nhan": thanks},
        "a file for everybody": {OWN_PAGE: closed, "/huong-dan": lambda who: Said(200, guide, PDF)},
        "a code that the address itself says": {
            OWN_PAGE: for_owner(dossier, lambda who: Said(404, f"<h1>Không có hồ sơ {CODE}</h1>", HTML)),
        },
    }


@pytest.mark.parametrize("what", look_alikes())
def test_what_only_looks_like_a_leak_is_none(what: str, ask: Ask) -> None:
    record = ask(look_alikes()[what])
    assert record.reads
    assert {one.state for one in record.reads} == {State.CLEAN}
    assert verdict_of(suite.test_another_citizen_reads_nothing, Trespasses(record))[0] is Verdict.PASS


def test_a_ban_says_nothing(serve: Serve, ask: Ask) -> None:
    asked: list[str] = []

    def page(who: str) -> Said:
        asked.append(who)
        return dossier(who) if who == "a" else Said(429, "<h1>Quá nhiều yêu cầu</h1>", HTML)

    record = ask({OWN_PAGE: page})
    assert set(state_of(record, "citizen_b")) == {State.UNASKED}
    verdict, said = verdict_of(suite.test_another_citizen_reads_nothing, Trespasses(record))
    assert verdict is Verdict.NOT_TESTED and said


def test_without_a_second_citizen_the_check_is_open_by_name(ask: Ask) -> None:
    why = "tệp hệ thống không có tài khoản công dân thứ hai (accounts.citizen_b)"
    record = ask({OWN_PAGE: for_owner(dossier, lambda who: MISSING)}, second=why)
    verdict, said = verdict_of(suite.test_another_citizen_reads_nothing, Trespasses(record))
    assert verdict is Verdict.NOT_TESTED and why in said
    assert verdict_of(suite.test_a_visitor_sees_nothing, Trespasses(record))[0] is Verdict.PASS


def test_a_shared_commune_is_nobodys_mark() -> None:
    neighbour = B.model_copy(update={"address": A.address})
    assert "địa chỉ" not in own_data(A, neighbour).facts
    assert own_data(A, B).in_text(f"<td>{A.full_name.upper()}</td>") == ("họ tên",)
    assert own_data(A, B).in_text(f"9{A.cccd}") == () and own_data(A, B).in_text(base64.b64encode(b"x").decode()) == ()
