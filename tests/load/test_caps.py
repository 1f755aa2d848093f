"""What tries to break out: of the caps, of the permitted hosts, of the ways in which the generator ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.calibrating import plan_for
from tests.load.listening_server import Listening, listening
from toantrinh.load.asking import Addresses, NotPermitted
from toantrinh.load.gate import Gate
from toantrinh.load.measures import measure
from toantrinh.load.plan import Ask, Asset, Caps, Crowd, Errand, FormPart, LoadPlan, Operation, Phase, Take
from toantrinh.load.samples import Came, read_samples
from toantrinh.load.sending import PLAN, RECORD, SAMPLES, GeneratorFailed, send, sent_beside

CAP = 30
JITTER = 4  # requests that the network pushed from one second into the next
MANY = tuple(Asset(path=f"/tep/{number}") for number in range(25))


@pytest.fixture
def server() -> Iterator[Listening]:
    with listening() as heard:
        yield heard


def errand(*asks: Ask, assets: tuple[Asset, ...] = (), **more: object) -> Errand:
    return Errand.model_validate(
        {"name": "xem", "operations": (Operation(name="xem", asks=asks, assets=assets),)} | more
    )


def capped(plan: LoadPlan, **caps: float) -> LoadPlan:
    return plan.model_copy(update={"caps": Caps.model_validate({"citizens": 50, "rate": CAP} | caps)})


@pytest.mark.parametrize(
    ("one", "rate"),
    [
        (errand(Ask(path="/")), 500),
        (errand(*(Ask(path=f"/{number}") for number in range(12))), 500),
        (errand(Ask(path="/"), assets=MANY), 500),
        (errand(Ask(path="/"), assets=MANY), 1),
    ],
    ids=["far too many arrivals", "many requests each", "many files each", "one page with many files"],
)
def test_no_more_requests_a_second_than_the_cap(one: Errand, rate: float, server: Listening, tmp_path: Path) -> None:
    plan = plan_for(server.port, rate, 1.6, errands=(one,)).model_copy(update={"first_visits": 1.0})
    record = send(capped(plan), tmp_path)
    assert CAP / 2 < server.most_in_a_second() <= CAP + JITTER and record.sent == len(server.asked)


def test_whoever_comes_to_the_gate_waits_for_his_turn() -> None:
    gate, begun = Gate(100), time.monotonic()
    waited = sum(gate.wait() for _ in range(21))
    assert time.monotonic() - begun >= 0.2 and gate.waited_s == pytest.approx(waited) and not gate.long_wait_at


def test_dossiers_are_made_only_so_often(server: Listening, tmp_path: Path) -> None:
    """Of many submissions that were drawn three come; the others look instead."""
    submit = errand(Ask(path="/nop", method="POST"), name="nộp", share=9, at_most=3)
    send(plan_for(server.port, 20, 1, errands=(errand(Ask(path="/")), submit)), tmp_path)
    assert server.paths().count("/nop") == 3 and len(server.asked) == 20


@pytest.mark.parametrize(
    "phases", [(Phase(name="đều", rate=20, seconds=1),), (Crowd(name="đông", citizens=9, think_s=0.2, seconds=1),)]
)
def test_where_nothing_but_submissions_is_planned_the_others_stay_away(
    phases: tuple[Phase] | tuple[Crowd], server: Listening, tmp_path: Path
) -> None:
    plan = plan_for(server.port, 20, 1, errands=(errand(Ask(path="/nop", method="POST"), at_most=3),))
    send(plan.model_copy(update={"phases": phases}), tmp_path)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "path",
    [
        "http://localhost:{port}/",
        "http://127.0.0.1:9/",
        "@localhost:{port}/",
        "http://127.0.0.1:{port}@localhost:{port}/",
        "HTTP://localhost\\@127.0.0.1:{port}/",
    ],
)
def test_another_host_is_never_asked(path: str, server: Listening, tmp_path: Path) -> None:
    """It is our own fault that the plan names it: no figure counts."""
    wrong = errand(Ask(path=path.format(port=server.port)))
    with pytest.raises(GeneratorFailed, match="không được phép gửi tải tới"):
        send(plan_for(server.port, 20, 600, errands=(wrong,)), tmp_path)
    assert not server.asked


def test_a_file_at_another_host_is_never_asked_for(server: Listening, tmp_path: Path) -> None:
    wrong = errand(Ask(path="/"), assets=(Asset(path=f"http://localhost:{server.port}/x.js"),))
    with pytest.raises(GeneratorFailed, match=f"localhost:{server.port}"):
        send(plan_for(server.port, 20, 600, errands=(wrong,)), tmp_path)
    assert "/x.js" not in server.paths()


def test_an_answer_cannot_lead_the_next_request_to_another_host(server: Listening, tmp_path: Path) -> None:
    server.answers["/"] = (200, {}, f'<a href="http://localhost:{server.port}/bay">'.encode())
    take = Take(name="next", left='href="', right='"')
    with pytest.raises(GeneratorFailed, match="không được phép"):
        send(
            plan_for(server.port, 20, 600, errands=(errand(Ask(path="/", takes=(take,)), Ask(path="{{next}}")),)),
            tmp_path,
        )
    assert "/bay" not in server.paths()


def test_redirects_are_answers_and_lead_nowhere(server: Listening, tmp_path: Path) -> None:
    server.answers["/di"] = (302, {"Location": f"http://localhost:{server.port}/bay"}, b"")
    send(plan_for(server.port, 10, 1, errands=(errand(Ask(path="/di", status=(302,))),)), tmp_path)
    assert set(server.paths()) == {"/di"} and not measure(read_samples(tmp_path / SAMPLES)).errors


def test_hosts_are_permitted_with_their_port_or_with_any() -> None:
    plan = plan_for(80, 1, 1).model_copy(update={"hosts": ("dvc.example.vn", "tep.example.vn:8443")})
    addresses = Addresses(plan)
    for right in ("https://dvc.example.vn/a", "http://DVC.example.vn:81/a", "https://tep.example.vn:8443/"):
        assert addresses.of(right) == right
    for wrong in (
        "/",
        "https://tep.example.vn/",
        "https://x.dvc.example.vn/",
        "https://dvc.example.vn.x.vn/",
        "http://[dvc/",
    ):
        with pytest.raises(NotPermitted):
            addresses.of(wrong)


def started(plan: LoadPlan, folder: Path, said: bytes) -> subprocess.Popen[bytes]:
    (folder / PLAN).write_text(plan.model_dump_json(), encoding="utf-8")
    command = [sys.executable, "-m", "toantrinh.load.generator", str(folder / PLAN), "--out", str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(said)
    process.stdin.flush()
    return process


@pytest.mark.parametrize("said", [b"ghp_secret\n", b'{"values": {"a": 7}, "ghp_secret": 1}\n', b"\xff\xfe\n"])
def test_garbage_by_word_of_mouth_ends_it_and_is_not_repeated(said: bytes, server: Listening, tmp_path: Path) -> None:
    with started(plan_for(server.port, 20, 600), tmp_path, said) as process:
        out, err = process.communicate(timeout=30)
    assert process.returncode == 3 and "không phải là JSON của Handed" in err.decode()
    assert b"ghp_secret" not in out + err and not server.asked


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(number: int, server: Listening, tmp_path: Path) -> None:
    """Even while everybody waits for an answer that does not come."""
    server.slow["/"] = 60
    plan = plan_for(server.port, 50, 600, errands=(errand(Ask(path="/")),), timeout_s=60)
    with started(plan, tmp_path, b"{}\n") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(number)
        assert process.wait(5) == 0
    assert "dừng theo yêu cầu" in (tmp_path / RECORD).read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_load_ends_with_a_starter_that_was_killed(server: Listening, tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from toantrinh.load.plan import LoadPlan; from toantrinh.load.sending import send;"
        "send(LoadPlan.model_validate_json(sys.stdin.read()), pathlib.Path(sys.argv[1]), lambda tick: print(flush=True))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as starter:
        assert starter.stdin is not None and starter.stdout is not None
        starter.stdin.write(plan_for(server.port, 20, 600).model_dump_json().encode())
        starter.stdin.close()
        starter.stdout.readline()
        starter.kill()
    deadline = time.monotonic() + 30
    while not (tmp_path / RECORD).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "không còn" in (tmp_path / RECORD).read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_our_own_fault(server: Listening, tmp_path: Path) -> None:
    (tmp_path / SAMPLES).symlink_to("/dev/full")
    with pytest.raises(GeneratorFailed, match=r"không đọc hoặc ghi được .*No space left on device$"):
        send(plan_for(server.port, 20, 600), tmp_path)


def test_a_folder_that_is_none_is_our_own_fault(server: Listening, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", encoding="utf-8")
    with pytest.raises(GeneratorFailed, match=r"không ghi được .*tep"):
        send(plan_for(server.port, 20, 600), tmp_path / "tep")
    with (
        pytest.raises(GeneratorFailed, match=r"không ghi được .*tep"),
        sent_beside(plan_for(1, 1, 1), tmp_path / "tep"),
    ):
        pytest.fail("it has not begun")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (errand(Ask(path="/{{lost}}")), "kế hoạch cần 'lost', chưa có giá trị"),
        (errand(Ask(path="/"), account="citizen"), "kế hoạch cần 'citizen', chưa có giá trị"),
        (
            errand(Ask(path="/", method="POST", parts=(FormPart(name="a", file=Path("/no/such.pdf")),))),
            "không đọc được /no/such.pdf",
        ),
    ],
)
def test_a_plan_that_lacks_something_is_our_own_fault(
    wrong: Errand, said: str, server: Listening, tmp_path: Path
) -> None:
    with pytest.raises(GeneratorFailed, match=said):
        send(plan_for(server.port, 20, 600, errands=(wrong,)), tmp_path)
    assert not server.asked


def test_a_plan_that_fails_beside_something_else_is_told(server: Listening, tmp_path: Path) -> None:
    plan = plan_for(server.port, 20, 600, errands=(errand(Ask(path="/{{lost}}")),))
    with pytest.raises(GeneratorFailed, match="'lost'"), sent_beside(plan, tmp_path):
        pass


def test_a_body_that_breaks_off_is_a_broken_connection(server: Listening, tmp_path: Path) -> None:
    server.answers["/"] = (200, {"Content-Length": "1000", "Connection": "close"}, b"nua trang")
    server.answers["/nen"] = (200, {"Content-Encoding": "gzip"}, b"khong phai gzip")
    for path in ("/", "/nen"):
        send(plan_for(server.port, 5, 1, errands=(errand(Ask(path=path)),), timeout_s=5), tmp_path)
        assert set(measure(read_samples(tmp_path / SAMPLES)).errors) == {Came.BROKEN}
