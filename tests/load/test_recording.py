"""What a real browser sent, read from its own archive, step by step, and sent again by the generator."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.load.calibrating import plan_for
from tests.load.test_taking import Insisting
from toantrinh.load.measures import measure
from toantrinh.load.plan import Errand
from toantrinh.load.recording import Marks, entries_of, heard_in
from toantrinh.load.samples import read_samples
from toantrinh.load.sending import SAMPLES, send
from toantrinh.load.weaving import Heard, Weaver

PAGE = """<!doctype html><title>Hồ sơ</title><form method="post" action="/bat-dau">
<input type="hidden" name="_token" value="{token}"><button>Bắt đầu</button></form><img src="/anh.png">"""


class Portal(Insisting):
    """A form with a token of its own each time; what it begins has a number of its own."""

    def do_GET(self) -> None:
        if self.path.startswith("/ho-so/"):
            self.answer(200, "<title>Người nộp</title>".encode(), {"Content-Type": "text/html; charset=utf-8"})
            return
        if self.path != "/bieu-mau":
            self.answer(404, b"", {})
            return
        number = len(self.drafts)
        self.drafts[f"s{number}"] = f"t{number}"
        kind = {"Content-Type": "text/html; charset=utf-8", "Set-Cookie": f"session=s{number}"}
        self.answer(200, PAGE.format(token=f"t{number}").encode(), kind)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        session = (self.headers["Cookie"] or "").removeprefix("session=")
        right = bool(session) and sent == f"_token={self.drafts.get(session)}"
        self.answer(303 if right else 403, b"", {"Location": f"/ho-so/{session}/nguoi-nop"} if right else {})


@pytest.fixture
def port() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def heard(chromium: Browser, port: int, folder: Path, hosts: tuple[str, ...] = ("127.0.0.1",)) -> list[Heard]:
    """What a browser sent that opened the form and began."""
    marks, archive = Marks(), folder / "archive.har"
    context = chromium.new_context(record_har_path=archive, record_har_content="embed")
    page = context.new_page()
    marks("form")
    page.goto(f"http://127.0.0.1:{port}/bieu-mau")
    marks("send")
    page.get_by_role("button").click()
    page.wait_for_url("**/nguoi-nop")
    context.close()
    own = [f"http://{host}:{port}/" for host in hosts]
    return heard_in(entries_of(archive, marks), *2 * [lambda address: address.startswith(tuple(own))])


def test_the_archive_tells_pages_and_answers_by_their_steps(chromium: Browser, port: int, tmp_path: Path) -> None:
    form, sent, led = heard(chromium, port, tmp_path)
    assert (form.step, form.method, form.status) == ("form", "GET", 200) and "_token" in form.answer
    assert (sent.step, sent.method, sent.status) == ("send", "POST", 303) and sent.body.startswith("_token=t")
    assert sent.given["location"].startswith("/ho-so/") and (led.step, led.method) == ("send", "GET")


def test_other_hosts_are_left_out(chromium: Browser, port: int, tmp_path: Path) -> None:
    assert heard(chromium, port, tmp_path, hosts=("dvc.example.vn",)) == []


def test_what_was_heard_can_be_sent_again_by_many(chromium: Browser, port: int, tmp_path: Path) -> None:
    """Each with a token and a number of its own, though the browser had but one."""
    seen = heard(chromium, port, tmp_path)
    operations = Weaver(seen, f"http://127.0.0.1:{port}").operations()
    plan = plan_for(port, 10, 2, errands=(Errand(name="nộp", operations=operations),))
    send(plan, tmp_path)
    samples = read_samples(tmp_path / SAMPLES)
    assert plan.operations == ("form", "send")
    figures = measure(samples)
    assert figures.count == 40 and not figures.errors
