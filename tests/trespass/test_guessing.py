"""What can be counted on, what officers' pages and looked-up captchas say; pure rules and small scripted systems."""

from __future__ import annotations

import base64
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from fixtures.trespass import Trespasses
from suites.security import test_4_4_access as suite
from tests.leaks.conftest import verdict_of
from tests.prober.conftest import Probe, Serve, probe, serve
from tests.prober.scripted import Heard, Said
from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.journey import Reach, Step, StepName
from toantrinh.observations.leaks import State
from toantrinh.observations.page import RequestRecord
from toantrinh.observations.trespass import CaptchaAgain, Lookup, TrespassRecord
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.observers.trespass.lookup import Sent, ask_again, told_of_captcha
from toantrinh.observers.trespass.neighbours import ask_neighbours, countable, next_to, told_of_neighbours
from toantrinh.observers.trespass.officers import ask_officers, told_of_officers
from toantrinh.observers.trespass.own_data import own_data
from toantrinh.observers.trespass.places import Place, is_askable
from toantrinh.observers.trespass.reading import ask_as_others
from toantrinh.persona import from_account
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

__all__ = ["probe", "serve"]

SYSTEM = load_system("demo")
A, B = (from_account(SYSTEM.accounts[name]) for name in ("citizen", "citizen_b"))
FIRST = Role("citizen_a", "công dân A", headers={"X-Who": "a"})
SECOND = Role("citizen_b", "công dân B", headers={"X-Who": "b"})
HTML = (("Content-Type", "text/html; charset=utf-8"),)
STRANGER = "<title>Hồ sơ</title><p>Lê Thị Người Khác, 001190999123, 0987654321</p>"
CODES = ("000.00.21.H99-261122-0007", "000.00.21.H99-261122-0008")


@pytest.fixture
def attachments(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path, "truy-cap", lambda text: text)


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("81", {"80", "82"}),
        ("000.00.21.H99-261122-0001", {"000.00.21.H99-261122-0000", "000.00.21.H99-261122-0002"}),
        (base64.b64encode(b"1041").decode(), {base64.b64encode(b).decode() for b in (b"1040", b"1042")}),
        (b"HS1041".hex(), {b"HS1040".hex(), b"HS1042".hex()}),
        ("0x1A", {"0x19", "0x1B"}),
        ("0000af10", {"0000af0f", "0000af11"}),
        ("af10c3d2", set()),
        ("9f86d081884c7d659a2feaa0c55ad015", set()),
        ("k3Jd8sQ1", set()),
        ("f6HtFZ9-xNeD3WIT", set()),
        ("giay-to", set()),
    ],
)
def test_only_numbers_can_be_counted_on(identifier: str, expected: set[str]) -> None:
    assert {neighbour for neighbour, _ in next_to(identifier)} == expected


def test_the_many_files_of_a_dossier_leave_room_for_its_page() -> None:
    files = [f"/ho-so/k3Jd8sQ1/tep/xQ7{letter}kd?tai=1" for letter in "abcdefgh"]
    rows: Any = [SimpleNamespace(place=Place(f"http://127.0.0.1{path}")) for path in (*files, "/phieu/HS-0041")]
    asked = {address for address, _, _ in countable(rows)}
    assert "http://127.0.0.1/phieu/HS-0042" in asked
    assert len({here for _, _, here in countable(rows)}) == 6


def guesses(serve: Serve, probe: Probe, attachments: Attachments, pages: dict[str, str]) -> TrespassRecord:
    own = f"<title>Hồ sơ</title><p>{A.full_name}, {A.cccd}</p>"

    def answer(heard: Heard) -> Said:
        if heard.path == "/":
            return Said(200, "<h1>Trang chủ</h1>", HTML)
        if heard.path == "/ho-so/81" and heard.headers.get("X-Who") == "a":
            return Said(200, own, HTML)
        return Said(200, pages[heard.path], HTML) if heard.path in pages else Said(404, "<h1>Không thấy</h1>", HTML)

    server = serve(answer)
    prober = probe(server)
    mine = own_data(A, B)
    rows = ask_as_others(
        prober, FIRST, [SECOND], [Place(f"{server.address}/ho-so/81")], mine, f"{server.address}/ho-so/81"
    )
    asked = ask_neighbours(prober, SECOND, rows)
    prober.settle()
    found = told_of_neighbours(prober, asked, [mine], own_data(B, A), attachments)
    reads: Any = [SimpleNamespace()]
    record = TrespassRecord(places=1, neighbours=tuple(found), exchanges=prober.record())
    return record.model_copy(update={"reads": reads})


def test_the_next_number_that_opens_a_strangers_dossier_is_found_and_hidden(
    serve: Serve, probe: Probe, attachments: Attachments
) -> None:
    record = guesses(serve, probe, attachments, {"/ho-so/82": STRANGER})
    verdict, said = verdict_of(suite.test_identifiers_cannot_be_guessed, Trespasses(record))
    assert verdict is Verdict.FAIL and "/ho-so/82" in said
    assert "Người Khác" not in record.exchanges.model_dump_json()
    kept = (attachments._run_dir / record.neighbours[-1].shown).read_text(encoding="utf-8")
    assert "Người Khác" not in kept and "001190999123" not in kept


def test_the_next_number_that_opens_ones_own_or_a_public_page_is_none(
    serve: Serve, probe: Probe, attachments: Attachments
) -> None:
    own = f"<p>{B.full_name}, {B.cccd}, {B.phone}</p>"
    public = "<p>Đường dây nóng 1900 1990, mã thủ tục 1.001193, ngày 22/11/2026</p>"
    record = guesses(serve, probe, attachments, {"/ho-so/80": own, "/ho-so/82": public})
    assert [one.state for one in record.neighbours] == [State.CLEAN, State.CLEAN]
    assert verdict_of(suite.test_identifiers_cannot_be_guessed, Trespasses(record))[0] is Verdict.PASS


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (f"<title>Hồ sơ</title><p>{A.full_name}, {A.cccd}</p>", State.FOUND),
        ("<title>Hồ sơ chờ xử lý</title><table><tr><td>Chưa có hồ sơ</td></tr></table>", State.UNSURE),
        ("<title>Đăng nhập</title><form><input name=u><input type=password name=p></form>", State.CLEAN),
        ("<title>Không tìm thấy</title><h1>Không tìm thấy trang</h1>", State.CLEAN),
    ],
)
def test_officers_pages_are_judged_by_what_they_show(
    page: str, state: State, serve: Serve, probe: Probe, attachments: Attachments
) -> None:
    missing = "<title>Không tìm thấy</title><h1>Không tìm thấy trang</h1>"
    server = serve(lambda heard: Said(200, page if heard.path == "/can-bo/ho-so/9" else missing, HTML))
    request = RequestRecord(
        method="GET",
        address=f"{server.address}/can-bo/ho-so/9",
        kind="document",
        status=200,
        duration_ms=1.0,
        failure="",
    )
    step = Step(name=StepName.OFFICER, reach=Reach.REACHED, requests=(request,))
    journey = cast(Any, SimpleNamespace(steps=(step,), step=lambda name: step))
    prober = probe(server)
    rows = ask_officers(prober, [SECOND, nobody()], journey)
    prober.settle()
    found = told_of_officers(prober, rows, own_data(A, B), (), attachments)
    assert [one.state for one in found] == [state, state]


@pytest.mark.parametrize("once", [True, False])
def test_a_captcha_answer_that_is_taken_twice_is_found(
    once: bool, serve: Serve, probe: Probe, attachments: Attachments
) -> None:
    def page(code: str) -> str:
        return f"<title>Kết quả</title><h1>Hồ sơ {code}</h1><p>Trạng thái: Đang xử lý</p>"

    form = "<title>Tra cứu</title><h1>Tra cứu hồ sơ</h1><p>Mã bảo mật đã dùng</p><input name=ma>"

    def answer(heard: Heard) -> Said:
        code = heard.body.decode().split("ma=")[-1]
        return Said(200, f"{form}{code}" if once else page(code), HTML)

    server = serve(answer)
    prober = probe(server)
    sent = Sent(
        nobody(), "POST", f"{server.address}/tra-cuu", {"content-type": "application/x-www-form-urlencoded"},
        f"captcha=AB12&ma={CODES[0]}", 200, "", page(CODES[0]), page(CODES[0]), f"{server.address}/tra-cuu",
    )  # fmt: skip
    came = ask_again(prober, sent, *CODES)
    prober.settle()
    told = told_of_captcha(prober, sent, came, CODES[1], attachments)
    record = TrespassRecord(captcha=told, exchanges=prober.record())
    assert server.heard[-1].body.decode().endswith(CODES[1])
    verdict, said = verdict_of(suite.test_a_captcha_answer_works_once, Trespasses(record))
    assert verdict is (Verdict.PASS if once else Verdict.FAIL)
    assert once or "curl" in said


@pytest.mark.parametrize(
    ("seen", "state", "verdict"),
    [
        (("số định danh",), State.FOUND, Verdict.FAIL),
        (("họ tên",), State.UNSURE, Verdict.NEEDS_REVIEW),
        ((), State.CLEAN, Verdict.PASS),
        ((), State.UNASKED, Verdict.NOT_TESTED),
    ],
)
def test_the_lookup_is_judged_by_the_personal_facts_it_shows(
    seen: tuple[str, ...], state: State, verdict: Verdict
) -> None:
    empty = Exchanges(subject="access", seed=1, exchanges=(), spent=0, limit=1)
    record = TrespassRecord(lookup=Lookup(state=state, seen=seen), captcha=CaptchaAgain(state=state), exchanges=empty)
    assert verdict_of(suite.test_the_lookup_shows_the_minimum, Trespasses(record))[0] is verdict


def test_what_acts_by_itself_is_never_asked_for() -> None:
    for path in ("/dang-xuat", "/ho-so/1/xoa", "/logout", "/nop-ho-so/1.001193", "/tra?signature=a", "/cb?code=1"):
        assert not is_askable(f"http://127.0.0.1{path}"), path
    assert is_askable("http://127.0.0.1/ho-so/81/tep/2")
