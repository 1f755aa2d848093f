"""What is read from a browser's archive: pages, data, forms with files, static files; and what is left out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from toantrinh.journey.setting_out import persona_of
from toantrinh.load.plan import Ask, FormPart, Operation
from toantrinh.load.recording import Entry, FilesSent, Marks, NotHeard, assets_in, entries_of, heard_in
from toantrinh.load.weaving import Heard, Weaver
from toantrinh.observations.journey import StepName
from toantrinh.observations.load_script import ErrandName, OperationName
from toantrinh.observers.load.handing import secrets_of
from toantrinh.observers.load.listening import Visit
from toantrinh.observers.load.private import private_folder
from toantrinh.observers.load.recorder import Recorder
from toantrinh.store import NotObserved
from toantrinh.systems import load_system

HOME = "http://127.0.0.1:8080"
PARTS = {"content-type": "multipart/form-data; boundary=x", "content-length": "900"}
DOCUMENTS = {"a.pdf": FormPart(name="", file=Path("a.pdf"), file_name="a.pdf", content_type="application/pdf")}


def entry(address: str, kind: str = "document", act: int = 1, **more: Any) -> Entry:
    told = {"step": "form", "method": "GET", "status": 200} | more
    return Entry(kind=kind, act=act, address=address if "://" in address else HOME + address, **told)


def own(address: str) -> bool:
    return address.startswith(f"{HOME}/")


def heard(*entries: Entry, forms: tuple[FilesSent, ...] = ()) -> list[tuple[str, str]]:
    return [(one.method, one.address) for one in heard_in(entries, own, own, forms, DOCUMENTS.get)]


def form(*files: str, token: str = "x") -> FilesSent:
    return FilesSent(f"{HOME}/tep", "POST", (("_csrf", token),), tuple(("tep", name) for name in files))


def upload(act: int = 1) -> Entry:
    return entry("/tep", method="POST", headers=PARTS, act=act)


def test_pages_and_data_of_the_system_alone_are_heard() -> None:
    entries = (
        entry("/"), entry("/api/ten", "fetch"), entry("/anh.png", "image"), entry("/a.css", "stylesheet"),
        entry("http://khac.example.vn/khung"), entry("http://khac.example.vn/api", "xhr"), entry("/api", "ping"),
        entry("/api/x", "fetch", method="OPTIONS"),
    )  # fmt: skip
    assert heard(*entries) == [("GET", f"{HOME}/"), ("GET", f"{HOME}/api/ten")]


def test_a_picture_made_for_each_is_asked_for_and_others_are_files() -> None:
    picture = entry("/ma/x7.png", "image", given={"cache-control": "no-store"})
    logo = entry("/anh.png", "image", given={"cache-control": "max-age=600"})
    assert heard(picture, logo) == [("GET", f"{HOME}/ma/x7.png")]
    assert [(one.path, one.fresh) for one in assets_in([picture, logo, logo], own, HOME)[1]] == [("/anh.png", True)]


def test_files_of_pages_are_known_by_act_once_each_and_only_when_they_came() -> None:
    entries = [entry("/a.js", "script"), entry("/a.js", "script"), entry("/b.js", "script", status=404)]
    entries += [entry("/a.js", "script", act=2, status=304), entry("http://khac.example.vn/c.js", "script")]
    assert {act: [one.path for one in files] for act, files in assets_in(entries, own, HOME).items()} == {
        1: ["/a.js"],
        2: ["/a.js"],
    }


def test_a_form_with_files_is_sent_in_the_parts_that_its_page_told_of() -> None:
    [one] = heard_in([upload()], own, own, [form("a.pdf")], DOCUMENTS.get)
    assert [(part.name, part.value, part.file_name) for part in one.parts] == [("_csrf", "x", ""), ("tep", "", "a.pdf")]


def test_a_form_told_of_twice_and_sent_once_is_as_it_was_told_last() -> None:
    """A page asks for a form's data, changes it, and sends it."""
    [one] = heard_in([upload()], own, own, [form("a.pdf"), form("a.pdf", token="y")], DOCUMENTS.get)
    assert one.parts[0].value == "y"
    two = heard_in([upload(), upload(2)], own, own, [form("a.pdf"), form("a.pdf", token="y")], DOCUMENTS.get)
    assert [one.parts[0].value for one in two] == ["x", "y"]


@pytest.mark.parametrize(
    ("one", "forms"),
    [
        (upload(), ()),
        (upload(), (form("cua-nguoi-khac.pdf"),)),
        (entry("/tep", "xhr", method="PUT", headers={"content-type": "application/pdf", "content-length": "9"}), ()),
    ],
)
def test_what_the_browser_did_not_tell_is_not_made_up(one: Entry, forms: tuple[FilesSent, ...]) -> None:
    with pytest.raises(NotHeard):
        heard(one, forms=forms)


def test_polling_is_asked_for_once() -> None:
    polls = [entry("/api/moi", "fetch", act=act) for act in (1, 2, 3)]
    twice = [entry("/api/xa", "fetch", act=act) for act in (1, 2)]
    saved = [entry("/api/luu", "fetch", act=act, method="POST", body="{}") for act in (1, 2, 3)]
    assert [address for _, address in heard(*polls, *twice, *saved)] == [
        f"{HOME}{path}" for path in ("/api/moi", "/api/xa", "/api/xa", "/api/luu", "/api/luu", "/api/luu")
    ]


def test_what_is_not_changed_since_is_a_page_like_any_other() -> None:
    [one] = heard_in([entry("/", status=304, answer="<h1>Trang chủ</h1>")], own, own)
    assert one.status == 200 and one.shows == ("<h1>Trang chủ",)


def test_moments_are_told_by_step_and_act(tmp_path: Path) -> None:
    marks = Marks()
    marks("home")
    marks.act()
    now = datetime.now(UTC).isoformat()
    request = {"method": "GET", "url": f"{HOME}/#x", "headers": [{"name": "Cookie", "value": "a=1"}]}
    cookies = [{"name": "Set-Cookie", "value": "a=1"}, {"name": "set-cookie", "value": "b=2"}]
    answer = {"status": 200, "headers": cookies, "content": {"mimeType": "text/html; charset=utf-8", "text": "<h1>A"}}
    row = {"startedDateTime": now, "request": request, "response": answer, "_resourceType": "document"}
    lost = {**row, "response": {"status": -1}}
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": [row, lost]}}), encoding="utf-8")
    [one] = entries_of(tmp_path / "a.har", marks)
    assert (one.step, one.act, one.address, one.answer) == ("home", 1, f"{HOME}/", "<h1>A")
    assert one.given["set-cookie"] == "a=1\nb=2" and one.headers["cookie"] == "a=1"


def visit(*entries: Entry, base: str = HOME, hosts: tuple[str, ...] = ()) -> Visit:
    system = load_system("demo").model_copy(update={"base_url": base, "hosts": hosts})
    seen = Visit(system)
    seen.entries = list(entries)
    return seen


def test_where_a_visit_leaves_the_system_is_known_by_where_it_is_sent() -> None:
    gateway = "https://cong-thanh-toan.example.vn/tra"
    redirected = entry("/tra", method="POST", act=3, status=302, given={"location": gateway})
    assert visit(entry("/"), redirected).left_at() == (3, "cong-thanh-toan.example.vn")
    framed = entry("https://ban-do.example.vn/khung", act=2)
    assert visit(entry("/"), framed).left_at() == (0, "")
    posted = entry(gateway, method="POST", act=4, step=StepName.PAY)
    assert visit(entry("/"), posted).left_at() == (4, "cong-thanh-toan.example.vn")


def test_a_log_in_or_a_gateway_beside_the_system_is_none_of_it() -> None:
    """In the same domain, with pages of its own to which the log-in led: neither they nor their data are asked for."""
    base, hosts = "https://dichvucong.tinh.gov.vn", ("sso.tinh.gov.vn", "api.tinh.gov.vn", "f-emc.ngsp.gov.vn")
    page = entry("https://sso.tinh.gov.vn/vao", step=StepName.LOG_IN)
    seen = visit(page, base=base, hosts=hosts)
    seen.beacons = lambda address: address.startswith(f"{base}/do-luong")
    assert seen.is_own("https://api.tinh.gov.vn/ten") and seen.is_own(f"{base}/api/ten")
    assert not seen.is_own("https://sso.tinh.gov.vn/api") and not seen.is_page("https://sso.tinh.gov.vn/vao")
    assert not seen.is_own("https://f-emc.ngsp.gov.vn/tracking") and not seen.is_own(f"{base}/do-luong?x=1")


def test_a_log_in_that_another_visit_was_led_to_is_none_of_the_system() -> None:
    """A visit that goes on in a session meets it by its data alone; by its name it is known in any."""
    base, hosts = "https://dichvucong.tinh.gov.vn", ("cong-dan.tinh.gov.vn", "sso.tinh.gov.vn", "api.tinh.gov.vn")
    first = visit(entry("https://cong-dan.tinh.gov.vn/vao", step=StepName.LOG_IN), base=base, hosts=hosts)
    first.remember_away()
    asked = [f"https://{host}/toi" for host in (*hosts, "pay.dichvucong.tinh.gov.vn")]
    second = visit(*(entry(one, "xhr", method="POST") for one in asked), base=base, hosts=hosts)
    second.away = first.away
    assert [one.address for one in second.heard(range(1, 9))] == ["https://api.tinh.gov.vn/toi"]


def test_what_was_recorded_before_a_gateway_was_known_is_cut() -> None:
    system = load_system("demo")
    recorder = Recorder(cast("Any", None), system, system.services[0], cast("Any", None), {}, {})
    away = Ask(path="https://cong.example.vn/gia")
    made = [Operation(name=name, asks=(Ask(path=f"/{name}"),)) for name in ("home", "search", "detail")]
    made[1] = made[1].model_copy(update={"asks": (*made[1].asks, away)})
    recorder.add(ErrandName.LOOK, tuple(made))
    recorder.away.add("cong.example.vn")
    recorder.spare_others()
    [look] = recorder.errands
    assert [one.name for one in look.operations] == ["home"]
    assert set(recorder.left_out) == {OperationName.SEARCH, OperationName.DETAIL}
    assert "hỏi cong.example.vn, là hệ thống khác" in recorder.left_out[OperationName.SEARCH]


def test_a_cut_names_what_it_leaves_out_and_what_is_measured_in_part() -> None:
    system = load_system("demo")
    recorder = Recorder(cast("Any", None), system, system.services[0], cast("Any", None), {}, {})
    recorder.add(
        ErrandName.SUBMIT, tuple(Operation(name=name, asks=(Ask(path="/"),)) for name in ("form", "form", "submit"))
    )
    recorder.cut("submit", 1, "không gửi tải được")
    assert recorder.left_out == {
        OperationName.FORM: "chỉ đo được một phần, không gửi tải được",
        OperationName.SUBMIT: "không gửi tải được",
    }
    recorder.cut("submit", 0, "không gửi tải được")
    with pytest.raises(NotObserved, match="không gửi tải được"):
        recorder.result()


def test_no_value_of_a_session_is_in_a_script_wherever_it_stands() -> None:
    token, cookie = "9f86d081884c7d659a2feaa0c55ad015", "Zx8Qw3Er5Ty7Ui9Op1As"
    system = load_system("demo")
    recorder = Recorder(cast("Any", None), system, system.services[0], cast("Any", None), {}, {})
    recorder.live, recorder.cookies = {"session-1": (token, "")}, ({"name": "s", "value": cookie, "domain": "x"},)
    recorder.add(ErrandName.LOOK, (Operation(name="home", asks=(Ask(path=f"/x{cookie}y", body=f"a.{token}.b"),)),))
    script, _ = recorder.result()
    text = script.model_dump_json()
    assert token not in text and cookie not in text and '"/x•••y"' in text


def test_the_numbers_of_the_person_are_handed_and_not_written() -> None:
    system = load_system("demo")
    service = next(one for one in system.services if system.account_of(one))
    person = persona_of(system, service)
    body = f"so={person.cccd}&sdt={person.phone}&ten=An"
    sent = Heard("form", "POST", f"{HOME}/nop", 200, {"content-type": "application/x-www-form-urlencoded"}, body)
    [operation] = Weaver([sent], HOME, secrets_of(system, service)).operations()
    said = operation.asks[0].body
    assert person.cccd not in said and said.endswith("}}&sdt={{phone|url}}&ten=An")


def test_an_archive_that_a_killed_program_left_is_cleared_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And none that another program is still writing."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with private_folder() as live:
        (live / "archive.har").write_text("mật khẩu", encoding="utf-8")
        left = live.with_name("left-by-a-killed-one")
        left.mkdir()
        (left / "archive.har").write_text("mật khẩu", encoding="utf-8")
        with private_folder() as other:
            assert not left.exists() and (live / "archive.har").is_file() and other != live
        assert not other.exists() and live.stat().st_mode & 0o077 == live.parent.stat().st_mode & 0o077 == 0
    assert list(live.parent.iterdir()) == []
