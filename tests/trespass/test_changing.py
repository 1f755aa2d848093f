"""Who changed what: a small system that keeps one dossier, asked to change it by others and by its owner."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qs

import pytest

from fixtures.trespass import Trespasses
from suites.security import test_4_4_access as suite
from tests.leaks.conftest import verdict_of
from tests.prober.conftest import Probe, Serve, probe, serve
from tests.prober.scripted import Heard, Said
from toantrinh.driver.endings import StepEnded
from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import TrespassRecord
from toantrinh.observers.prober.role import Role
from toantrinh.observers.session.forged import FORM, Sent
from toantrinh.observers.session.tokens import in_the_name_of
from toantrinh.observers.trespass import changing
from toantrinh.observers.trespass.changing import Changer, Operation, Party
from toantrinh.observers.trespass.owners_eyes import PAY, REMOVE, WITHDRAW, Look, changed
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

__all__ = ["probe", "serve"]

ROLES = {key: Role(key, key, headers={"X-Who": key}) for key in ("citizen_a", "nobody", "citizen_b")}
OWNER, *OTHERS = (Party(role, {"_csrf": f"token-{key}"}) for key, role in ROLES.items())
REFUSED = Said(403, "<h1>Không được phép</h1>")
DONE = Said(303, "", (("Location", "/ho-so/1"),))

Dossier = dict[str, str]
Rule = Callable[[str, Heard], bool]
Try = Callable[..., tuple[TrespassRecord, Dossier]]


def its_owner(who: str, heard: Heard) -> bool:
    return who == "citizen_a"


def view(dossier: Dossier, *more: str) -> Look:
    lines = [f"Địa chỉ: {dossier['dia_chi']}", f"Tình trạng: {dossier['status']}", *more]
    done = frozenset({WITHDRAW} if dossier["status"] == "Đã rút" else ())
    return Look(dossier["status"], "H1", {line: line for line in lines}, "\n".join(lines), effects=done)


@pytest.fixture
def attempt(serve: Serve, probe: Probe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Try:
    """Tries to save and to withdraw; `may` is the system's rule, `says` its answer, `also` what its page shows besides."""

    def run(
        may: Rule,
        says: Callable[[bool], Said] = lambda done: DONE if done else REFUSED,
        also: Callable[[], tuple[str, ...]] = tuple,
        tokens: bool = True,
    ) -> tuple[TrespassRecord, Dossier]:
        dossier = {"dia_chi": "Số 1 KT0000", "status": "Mới đăng ký"}

        def answer(heard: Heard) -> Said:
            if heard.method == "GET":
                return Said(200, "<h1>Trang chủ</h1>")
            who, form = heard.headers.get("X-Who", ""), parse_qs(heard.body.decode())
            done = may(who, heard) and form.get("_csrf") == [f"token-{who}"]
            if done:
                dossier.update({"status": "Đã rút"} if heard.path.endswith("/rut") else {"dia_chi": form["dia_chi"][0]})
            return says(done)

        monkeypatch.setattr(changing, "look", lambda who, page, before=None: view(dossier, *also()))
        monkeypatch.setattr(changing, "picture", lambda who, title: ())
        server = serve(answer)
        prober = probe(server)
        who = SimpleNamespace(attachments=Attachments(tmp_path, "truy-cap", lambda text: text))
        others = OTHERS if tokens else [Party(one.role) for one in OTHERS]
        changer = Changer(cast(Any, who), prober, OWNER, others)
        page = f"{server.address}/ho-so/1"
        save = Sent("POST", page, "_csrf=token-citizen_a&dia_chi=So+1+KT0000", FORM)
        leave = Sent("POST", f"{page}/rut", "_csrf=token-citizen_a&ly_do=thu", FORM)
        for one in (Operation("sửa nội dung", save, page, "KT0000"), Operation("rút hồ sơ", leave, page)):
            with suppress(StepEnded):
                if not changer.broken:
                    changer.ask(one)
        prober.settle()
        return TrespassRecord(dossier="H1", changes=changer.told(), exchanges=prober.record()), dossier

    return run


def verdict(record: TrespassRecord) -> tuple[Verdict, str]:
    return verdict_of(suite.test_another_citizen_changes_nothing, Trespasses(record))


def test_a_system_that_hears_the_owner_alone_passes(attempt: Try) -> None:
    record, dossier = attempt(its_owner)
    assert verdict(record)[0] is Verdict.PASS
    assert dossier["status"] == "Đã rút" and dossier["dia_chi"].startswith("So 1 KT")


def test_a_change_by_another_citizen_is_named_with_request_role_and_what_the_owner_saw(attempt: Try) -> None:
    record, dossier = attempt(lambda who, heard: who != "nobody")
    outcome, said = verdict(record)
    assert outcome is Verdict.FAIL
    assert "công dân B sửa nội dung → hồ sơ mang giá trị" in said and "(citizen_b) → HTTP 303" in said
    assert "curl -sS" in said and "token-citizen_b" not in record.model_dump_json()
    assert dossier["status"] == "Mới đăng ký"  # nothing more was asked after the first change
    assert record.changes[-1].shown


def test_a_withdrawal_by_another_is_seen_by_the_status(attempt: Try) -> None:
    record, _ = attempt(lambda who, heard: who == "citizen_a" or (who == "citizen_b" and heard.path.endswith("/rut")))
    outcome, said = verdict(record)
    assert outcome is Verdict.FAIL and "công dân B rút hồ sơ → trạng thái đổi từ “Mới đăng ký” sang “Đã rút”" in said


def test_a_visitor_who_changes_something_is_found_too(attempt: Try) -> None:
    record, _ = attempt(lambda who, heard: True)
    outcome, said = verdict(record)
    assert outcome is Verdict.FAIL and "khách chưa đăng nhập sửa nội dung" in said


def test_a_system_that_says_yes_to_everybody_and_changes_nothing_is_not_accused(attempt: Try) -> None:
    record, _ = attempt(its_owner, says=lambda done: Said(200, "<h1>Đã lưu</h1>"))
    assert verdict(record)[0] is Verdict.PASS


@pytest.mark.parametrize("broken", ["nobody is heard", "banned"])
def test_a_refusal_says_nothing_where_the_owner_is_refused_too(attempt: Try, broken: str) -> None:
    status = 429 if broken == "banned" else 403
    record, _ = attempt(lambda who, heard: False, says=lambda done: Said(status, "<h1>Từ chối</h1>"))
    outcome, said = verdict(record)
    assert outcome is Verdict.NOT_TESTED
    assert changing.UNHEARD in said or "đang từ chối nhận thêm yêu cầu" in said


@pytest.mark.parametrize("act", ["drop", "flood"])
def test_a_connection_that_breaks_or_never_ends_accuses_nobody(attempt: Try, act: str) -> None:
    record, dossier = attempt(its_owner, says=lambda done: DONE if done else Said(200, "", act=act))
    outcome, _ = verdict(record)
    assert outcome is (Verdict.NOT_TESTED if act == "drop" else Verdict.PASS)
    assert dossier["status"] == "Đã rút"


def test_without_the_other_citizens_token_a_refusal_is_open(attempt: Try) -> None:
    record, _ = attempt(lambda who, heard: who != "nobody", tokens=False)
    outcome, said = verdict(record)
    assert outcome is Verdict.NOT_TESTED and "không lấy được _csrf của citizen_b" in said


def test_what_runs_on_the_owners_page_by_itself_accuses_nobody(attempt: Try) -> None:
    turns: Iterator[str] = itertools.cycle(["Tin: lễ hội", "Tin: bão số 3"])
    record, _ = attempt(its_owner, also=lambda: (next(turns),))
    assert verdict(record)[0] is Verdict.PASS


def test_lines_that_come_up_once_are_for_a_person() -> None:
    before = view({"dia_chi": "Số 1", "status": "Mới đăng ký"})
    after = view({"dia_chi": "Số 1", "status": "Mới đăng ký"}, "Có giao dịch đang chờ")
    change = changed(before, before, after)
    assert change is not None and change.state is State.UNSURE and "giao dịch đang chờ" in change.seen[0]
    paper = view({"dia_chi": "Số 1", "status": "Mới đăng ký"}, "giay-chung-sinh.pdf")
    gone = changed(paper, paper, before, what=REMOVE, refused=False)
    assert gone is not None and gone.state is State.FOUND and "giay-chung-sinh.pdf" in gone.seen[0]
    for what, refused in ((REMOVE, True), (WITHDRAW, False), (PAY, False)):
        by_itself = changed(paper, paper, before, what=what, refused=refused)
        assert by_itself is not None and by_itself.state is State.UNSURE
    assert changed(before, before, before) is None


def test_a_request_carries_the_tokens_of_the_one_who_sends_it_and_no_credential_of_the_owner() -> None:
    given = {"x-csrf-token": "a", "x-xsrf-token": "b", "x-auth-token": "geheim", "x-requested-with": "XMLHttpRequest"}
    sent = Sent("PUT", "https://cong.example/api/ho-so/1", '{"a": 1, "_csrf": "a"}', "application/json", given)
    role = Role("citizen_b", "B", headers={})
    own, lacking, _ = in_the_name_of(sent, role, {"csrf-token": "T", "_csrf": "U", "XSRF-TOKEN": "V"})
    assert own.headers == {"x-csrf-token": "T", "x-xsrf-token": "V", "x-requested-with": "XMLHttpRequest"}
    assert '"_csrf": "U"' in own.body and not lacking
    bare, lacking, _ = in_the_name_of(sent, role, {})
    assert set(lacking) == {"_csrf", "x-csrf-token", "x-xsrf-token"} and bare.headers == {
        "x-requested-with": "XMLHttpRequest"
    }
