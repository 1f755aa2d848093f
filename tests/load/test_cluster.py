"""One plan sent by several processes, with Locust's own master and workers; and by hand."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import psutil
import pytest

from tests.load.calibrating import plan_for
from tests.load.listening_server import Listening, listening
from toantrinh.load.measures import measure
from toantrinh.load.plan import Ask, Caps, Errand, FormPart, Handed, LoadPlan, Operation, Take
from toantrinh.load.samples import read_samples
from toantrinh.load.sending import DOSSIERS, PLAN, SAMPLES, GeneratorFailed, Tick, send

LOCUSTFILE = Path(__file__).parents[2] / "suites" / "performance" / "locustfile.py"


@pytest.fixture
def server() -> Iterator[Listening]:
    with listening() as heard:
        yield heard


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def locust(*arguments: str, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "locust", "-f", str(LOCUSTFILE), *arguments]
    with log.open("wb") as said:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=LOCUSTFILE.parents[2])


@contextmanager
def workers(count: int, port: int, folder: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    started = [
        locust("--worker", "--master-host=127.0.0.1", f"--master-port={port}", log=folder / f"worker-{number}.log")
        for number in range(count)
    ]
    try:
        yield started
    finally:
        for one in started:
            one.kill()
            one.wait()


def errand(*asks: Ask, name: str = "xem", **more: object) -> Errand:
    return Errand.model_validate({"name": name, "operations": (Operation(name=name, asks=asks),)} | more)


def small(server: Listening, *errands: Errand, rate: float = 40, seconds: float = 2, cap: float = 1000) -> LoadPlan:
    plan = plan_for(server.port, rate, seconds, errands=errands or (errand(Ask(path="/")),))
    return plan.model_copy(update={"caps": Caps(citizens=20, rate=cap)})


def test_two_workers_share_two_plans_and_lose_nothing(server: Listening, tmp_path: Path) -> None:
    """Arrivals, limits and what was handed over reach them; samples, dossiers and ticks come back; they stay for the
    next plan. A file on this machine's disk is sent by them, too."""
    paper = tmp_path / "giay.pdf"
    paper.write_bytes(b"%PDF \xff")
    server.answers["/nop"] = (200, {}, b"Ma: H-{{number}}.")
    parts = (FormPart(name="tep", file=paper), FormPart(name="ai", value="{{who}}"))
    submit = Ask(path="/nop", method="POST", parts=parts, takes=(Take(name="dossier", left="Ma: ", right="."),))
    plan = small(server, errand(Ask(path="/")), errand(submit, name="nộp", share=5, at_most=7))
    ticks: list[Tick] = []
    port = free_port()
    with workers(2, port, tmp_path):
        for number in range(2):
            out = tmp_path / str(number)
            record = send(plan, out, ticks.append, Handed(values={"who": "An"}), master=f"127.0.0.1:{port}", workers=2)
            samples = read_samples(out / SAMPLES)
            assert (len(samples), record.samples, record.sent, record.generators, record.why) == (80, 80, 80, 2, "")
            assert not measure(samples).errors and record.pulse
            assert len((out / DOSSIERS).read_text(encoding="utf-8").split()) == 7
    assert len(server.asked) == 160 and sum(tick.ended for tick in ticks) == 160
    sent = [one.body for one in server.asked if one.path == "/nop"]
    assert len(sent) == 14 and all(b"%PDF \xff" in body and b"An" in body for body in sent)


def test_the_cap_holds_for_all_workers_together(server: Listening, tmp_path: Path) -> None:
    port = free_port()
    with workers(2, port, tmp_path):
        send(small(server, rate=500, cap=30), tmp_path / "out", master=f"127.0.0.1:{port}", workers=2)
    assert 15 < server.most_in_a_second() <= 30 + 6


def test_the_brake_of_the_master_stops_all_workers(server: Listening, tmp_path: Path) -> None:
    server.answers["/"] = (503, {}, b"")
    port = free_port()
    plan = small(server, seconds=600).model_copy(update={"brake": LoadPlan.model_fields["brake"].default})
    with workers(2, port, tmp_path):
        record = send(plan, tmp_path / "out", master=f"127.0.0.1:{port}", workers=2)
        assert "không nhận được đúng trang" in record.why and record.lasted_s < 5
        sent = len(server.asked)
        time.sleep(0.5)
        assert len(server.asked) == sent


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_workers_whose_master_was_killed_stop(server: Listening, tmp_path: Path) -> None:
    def kill(tick: Tick) -> None:
        found = subprocess.run(
            ["pgrep", "-f", str(tmp_path / "out" / PLAN)], capture_output=True, text=True, check=True
        )
        for number in found.stdout.split():
            os.kill(int(number), signal.SIGKILL)

    port = free_port()
    with workers(1, port, tmp_path):
        with pytest.raises(GeneratorFailed):
            send(small(server, seconds=600), tmp_path / "out", kill, master=f"127.0.0.1:{port}")
        until, before = time.monotonic() + 15, -1
        while before != len(server.asked) and time.monotonic() < until:
            before = len(server.asked)
            time.sleep(0.5)
        assert before == len(server.asked)
        assert "máy điều khiển không còn" in (tmp_path / "worker-0.log").read_text(encoding="utf-8")


def test_a_worker_that_dies_is_our_own_fault(server: Listening, tmp_path: Path) -> None:
    port = free_port()
    master = {"master": f"127.0.0.1:{port}", "workers": 2}
    with workers(2, port, tmp_path) as started, pytest.raises(GeneratorFailed, match="máy phát tải không còn trả lời"):
        send(small(server, seconds=600), tmp_path / "out", lambda _: started[0].kill(), **master)  # type: ignore[arg-type]


def test_by_hand_a_plan_is_sent_as_ours_is(server: Listening, tmp_path: Path) -> None:
    """What needs a log-in is left out; the figures are those of our own generator."""
    mine = errand(Ask(path="/cua-toi"), name="nộp", account="citizen")
    (tmp_path / "plan.json").write_text(small(server, errand(Ask(path="/")), mine).model_dump_json(), encoding="utf-8")
    log, out = tmp_path / "log", tmp_path / "out"
    with locust("--headless", f"--plan={tmp_path / 'plan.json'}", f"--out={out}", log=log) as process:
        assert process.wait(60) == 0, log.read_text(encoding="utf-8")
    assert set(server.paths()) == {"/"} and len(server.asked) == len(read_samples(out / SAMPLES)) == 80
    assert "nộp: left out" in log.read_text(encoding="utf-8")


def test_by_hand_the_page_of_locust_starts_and_stops_it_again_and_again(server: Listening, tmp_path: Path) -> None:
    def posted(path: str) -> None:
        urlopen(
            f"http://127.0.0.1:{port}{path}",
            data=b"user_count=9999&spawn_rate=9999&host=http://localhost:9",
            timeout=10,
        ).read()

    def asked(more_than: int) -> int:
        until = time.monotonic() + 20
        while len(server.asked) <= more_than and time.monotonic() < until:
            time.sleep(0.1)
        assert len(server.asked) > more_than
        return len(server.asked)

    (tmp_path / "plan.json").write_text(small(server, seconds=600).model_dump_json(), encoding="utf-8")
    port, log = free_port(), tmp_path / "log"
    process = locust(f"--plan={tmp_path / 'plan.json'}", f"--out={tmp_path / 'out'}", f"--web-port={port}", log=log)
    try:
        until = time.monotonic() + 20
        while not log.read_text().count("web interface") and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(0.5)
        listens = {
            one.laddr.ip for one in psutil.Process(process.pid).net_connections("inet") if one.status == "LISTEN"
        }
        assert listens == {"127.0.0.1"}, "only this machine may start it"
        for _ in range(2):
            posted("/swarm")
            asked(len(server.asked) + 20)
            posted("/stop")
            stopped = len(server.asked)
            time.sleep(0.5)
            assert len(server.asked) == stopped
    finally:
        process.kill()
        process.wait()
    assert log.read_text(encoding="utf-8").count("dừng từ trang của Locust") == 2


def test_by_hand_master_and_worker(server: Listening, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(small(server).model_dump_json(), encoding="utf-8")
    port, log, out = free_port(), tmp_path / "log", tmp_path / "out"
    master = (
        f"--plan={tmp_path / 'plan.json'}",
        f"--out={out}",
        "--master",
        f"--master-bind-port={port}",
        "--expect-workers=2",
    )
    with workers(2, port, tmp_path), locust("--headless", *master, log=log) as process:
        assert process.wait(60) == 0, log.read_text(encoding="utf-8")
    assert len(server.asked) == len(read_samples(out / SAMPLES)) == 80


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--system: name a system, or --plan a file"),
        (("--plan={folder}/far.json",), "dvc.example.vn may not be sent load"),
        (("--system=demo", "--reports-dir={folder}"), "no recorded load; run pytest suites/performance"),
        (("--system={folder}/far.yaml",), "không gửi tải"),
    ],
)
def test_by_hand_what_may_not_be_sent_is_refused_in_one_line(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    far = plan_for(80, 1, 1).model_copy(update={"base_url": "https://dvc.example.vn"})
    (tmp_path / "far.json").write_text(far.model_dump_json(), encoding="utf-8")
    (tmp_path / "far.yaml").write_text("name: Xa\nkind: province\nbase_url: https://dvc.example.vn\n", encoding="utf-8")
    log = tmp_path / "log"
    with locust("--headless", *(one.format(folder=tmp_path) for one in arguments), log=log) as process:
        assert process.wait(60) == 2
    assert said in log.read_text(encoding="utf-8").strip().splitlines()[-1]


def test_by_hand_nothing_is_begun_that_would_outlast_the_window(server: Listening, tmp_path: Path) -> None:
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    window = f"{now - timedelta(minutes=2):%H:%M}-{now + timedelta(minutes=3):%H:%M}"
    home = f"name: Gần\nkind: province\nbase_url: http://127.0.0.1:{server.port}\nload: {{window: '{window}'}}\n"
    (tmp_path / "near.yaml").write_text(home, encoding="utf-8")
    for seconds, status in ((600, 2), (1, 0)):
        (tmp_path / "plan.json").write_text(small(server, seconds=seconds).model_dump_json(), encoding="utf-8")
        log, asked = tmp_path / f"log-{seconds}", len(server.asked)
        arguments = (f"--system={tmp_path / 'near.yaml'}", f"--plan={tmp_path / 'plan.json'}", f"--out={tmp_path}")
        with locust("--headless", *arguments, log=log) as process:
            assert process.wait(60) == status, log.read_text(encoding="utf-8")
        assert (len(server.asked) > asked) == (status == 0)
        assert ("Ngoài khung giờ" in log.read_text(encoding="utf-8")) == (status == 2)
