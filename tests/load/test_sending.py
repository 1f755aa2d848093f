"""What the generator sends: log-ins, forms with files, the files of pages, and nothing that was handed over in a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.load.calibrating import plan_for
from tests.load.listening_server import Listening, listening
from toantrinh.load.measures import measure
from toantrinh.load.own_pulse import Second, why_strained
from toantrinh.load.plan import Ask, Asset, Errand, FormPart, Handed, LoadPlan, Operation, Take
from toantrinh.load.samples import Came, Samples, read_samples
from toantrinh.load.sending import (
    DOSSIERS,
    FILES,
    SAMPLES,
    GeneratorFailed,
    GeneratorRecord,
    Tick,
    send,
    sent_beside,
)

SECRET = "Mật khẩu & 123"


@pytest.fixture
def server() -> Iterator[Listening]:
    with listening() as heard:
        yield heard


def errand(*asks: Ask, name: str = "xem", assets: tuple[Asset, ...] = (), account: str = "") -> Errand:
    return Errand(name=name, operations=(Operation(name=name, asks=asks, assets=assets),), account=account)


def sent(plan: LoadPlan, folder: Path, handed: Handed | None = None) -> Samples:
    send(plan, folder, handed=handed or Handed())
    return read_samples(folder / SAMPLES)


def cookie(name: str, *, secure: bool = False) -> dict[str, str | bool | float]:
    return {"name": name, "value": "x1", "domain": "127.0.0.1", "path": "/", "secure": secure, "expires": -1.0}


def test_an_errand_carries_its_accounts_log_in_and_others_carry_none(server: Listening, tmp_path: Path) -> None:
    """Not even what the answers before have set: each errand is of somebody whom nobody has seen yet."""
    server.answers["/xem"] = (200, {"Set-Cookie": "tracked=1"}, b"")
    mine = errand(Ask(path="/cua-toi"), Ask(path="/xem"), name="nộp", account="citizen")
    plan = plan_for(server.port, 20, 1, errands=(errand(Ask(path="/xem"), Ask(path="/tiep")), mine), citizens=2)
    handed = Handed(cookies={"citizen": (cookie("session"), cookie("kept", secure=True))})
    assert not measure(sent(plan, tmp_path, handed)).errors
    seen = {
        path: {one.headers.get("Cookie", "") for one in server.asked if one.path == path} for path in server.paths()
    }
    assert seen["/cua-toi"] == {"session=x1; kept=x1"}, "secure cookies go to this machine over plain HTTP, too"
    assert seen["/tiep"] == {"tracked=1"} and seen["/xem"] == {"", "session=x1; kept=x1"}


@pytest.mark.parametrize(("status", "came"), [(504, Came.TIMEOUT), (408, Came.TIMEOUT), (503, Came.STATUS)])
def test_who_gave_up_on_the_way_is_a_time_out(server: Listening, tmp_path: Path, status: int, came: Came) -> None:
    server.answers["/xem"] = (status, {}, b"")
    plan = plan_for(server.port, 10, 1, errands=(errand(Ask(path="/xem")),))
    assert measure(sent(plan, tmp_path)).errors == {came: 10}


def test_a_name_that_nobody_knows_is_our_networks_fault(tmp_path: Path) -> None:
    plan = plan_for(9, 10, 1).model_copy(update={"base_url": "http://khong-co.invalid"})
    with pytest.raises(GeneratorFailed, match="mạng của máy đo không tới được hệ thống"):
        send(plan, tmp_path)


def test_a_generator_that_stood_still_once_is_not_trusted() -> None:
    calm = [Second(cpu=0.2, late_s=0.001)] * 30
    assert not why_strained([*calm, Second(cpu=0.2, late_s=0.1)])
    assert why_strained([*calm, Second(cpu=0.2, late_s=0.7)]) == "máy đo không theo kịp, có lúc đứng yên 0,7 giây"


def test_what_was_handed_over_is_sent_and_written_nowhere(server: Listening, tmp_path: Path) -> None:
    plan = plan_for(server.port, 10, 1, errands=(errand(Ask(path="/vao", method="POST", body="p={{password|url}}")),))
    sent(plan, tmp_path, Handed(values={"password": SECRET}, cookies={"citizen": (cookie("session"),)}))
    assert {one.body for one in server.asked} == {b"p=M%E1%BA%ADt%20kh%E1%BA%A9u%20%26%20123"}
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET.encode() not in kept and b"%E1%BA%ADt" not in kept and b"x1" not in kept


def test_a_form_with_a_file_arrives_as_it_is(server: Listening, tmp_path: Path) -> None:
    import email.parser
    import email.policy

    paper = tmp_path / "giay.pdf"
    paper.write_bytes(b"%PDF\r\n\x00\xff--")
    parts = (
        FormPart(name="loại", value="{{kind}}"),
        FormPart(name="tep", file=paper, file_name='giấy "1".pdf', content_type="application/pdf"),
    )
    ask = Ask(
        path="/tai-len", method="POST", parts=parts, headers={"content-type": "multipart/form-data; boundary=old"}
    )
    sent(plan_for(server.port, 5, 1, errands=(errand(ask),)), tmp_path / "out", Handed(values={"kind": "khai sinh"}))
    asked = server.asked[0]
    head = f"Content-Type: {asked.headers['Content-Type']}\r\n\r\n".encode()
    form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + asked.body)
    value, file = form.iter_parts()  # type: ignore[attr-defined]
    assert value.get_payload(decode=True).decode() == "khai sinh"
    assert file.get_payload(decode=True) == paper.read_bytes() and file.get_content_type() == "application/pdf"
    assert "giấy %221%22.pdf".encode() in asked.body and b"boundary=old" not in head


FILES_OF_PAGE = (
    Asset(path="/kept.css", fresh=True),
    Asset(path="/asked.js", validators={"If-None-Match": '"1"'}),
    Asset(path="/bare.png"),
)


@pytest.mark.parametrize(
    ("first", "wanted"), [(1.0, {"/kept.css", "/asked.js", "/bare.png"}), (0.0, {"/asked.js", "/bare.png"})]
)
def test_files_of_a_page_are_for_first_and_returning_visitors(
    first: float, wanted: set[str], server: Listening, tmp_path: Path
) -> None:
    server.slow["/bare.png"] = 1.0
    plan = plan_for(server.port, 5, 1, errands=(errand(Ask(path="/"), assets=FILES_OF_PAGE),))
    samples = sent(plan.model_copy(update={"first_visits": first}), tmp_path)
    assert set(server.paths()) == wanted | {"/"} and server.paths().count("/bare.png") == 5
    validated = {"If-None-Match" in one.headers for one in server.asked if one.path == "/asked.js"}
    assert validated == {not first}
    files = measure(read_samples(tmp_path / FILES))
    figures = measure(samples)
    assert (files.count, files.errors, figures.count) == (5, {}, 5), "a 304 is right"
    assert figures.slowest is not None and files.mean is not None and figures.slowest < 1.0 <= files.mean


def test_a_file_that_is_not_there_is_wrong_and_its_page_is_not(server: Listening, tmp_path: Path) -> None:
    server.answers["/bare.png"] = (404, {}, b"")
    plan = plan_for(server.port, 5, 1, errands=(errand(Ask(path="/"), assets=FILES_OF_PAGE[2:]),))
    assert not measure(sent(plan, tmp_path)).errors
    assert measure(read_samples(tmp_path / FILES)).errors == {Came.STATUS: 5}


def test_each_dossier_that_the_load_makes_is_named(server: Listening, tmp_path: Path) -> None:
    server.answers["/nop"] = (200, {}, b"Ma: H-{{number}}.")
    take = Take(name="dossier", left="Ma: ", right=".")
    sent(plan_for(server.port, 5, 1, errands=(errand(Ask(path="/nop", method="POST", takes=(take,))),)), tmp_path)
    assert sorted((tmp_path / DOSSIERS).read_text(encoding="utf-8").split()) == [f"H-{n}" for n in range(1, 6)]


def test_an_answer_that_only_trickles_is_given_up(tmp_path: Path) -> None:
    """Each byte comes in time, and the whole never does."""
    import socket
    import threading
    import time

    def trickle(one: socket.socket) -> None:
        with one, suppress(OSError):
            one.recv(4096)
            one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(100):
                time.sleep(0.1)
                one.sendall(b"x")

    def serve() -> None:
        while True:
            one, _ = door.accept()
            threading.Thread(target=trickle, args=(one,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=serve, daemon=True).start()
        samples = sent(plan_for(door.getsockname()[1], 3, 1, errands=(errand(Ask(path="/")),), timeout_s=0.8), tmp_path)
    assert measure(samples).errors == {Came.TIMEOUT: 3} and samples.seconds.min() >= 0.8


def test_load_goes_on_beside_something_else_and_stops_with_it(server: Listening, tmp_path: Path) -> None:
    with sent_beside(plan_for(server.port, 20, 600, errands=(errand(Ask(path="/")),)), tmp_path) as beside:
        assert beside.ticks and beside.record is None
        before = len(server.asked)
        assert urlopen(f"http://127.0.0.1:{server.port}/").status == 200
    assert isinstance(beside.record, GeneratorRecord) and beside.record.why == "dừng theo yêu cầu"
    assert before <= len(server.asked) and beside.record.samples == len(read_samples(tmp_path / SAMPLES))


def test_the_own_page_of_locust_is_there_meanwhile(server: Listening, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    pages: list[bytes] = []

    def look(tick: Tick) -> None:
        if not pages:
            pages.append(urlopen(f"http://127.0.0.1:{port}/", timeout=5).read())

    send(plan_for(server.port, 10, 2, errands=(errand(Ask(path="/")),)), tmp_path, look, ui_port=port)
    assert b"<title>Locust</title>" in pages[0]
