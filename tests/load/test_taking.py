"""What a browser takes from an answer into the next request, against a server that insists on it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.calibrating import plan_for
from toantrinh.load.measures import measure
from toantrinh.load.plan import Ask, Errand, LoadPlan, Operation, Take
from toantrinh.load.samples import Came, read_samples
from toantrinh.load.sending import SAMPLES, send
from toantrinh.load.taking import filled, taken

TOKEN = Take(name="token", left='name="_token" value="', right='"', escaped=True)
DRAFT = Take(name="draft", header="Location", left="/ho-so/", right="/")


@pytest.mark.parametrize(
    ("take", "headers", "body", "value"),
    [
        (TOKEN, {}, '<input name="_token" value="a&amp;b"> <input name="_token" value="c">', "a&b"),
        (DRAFT, {"location": "/ho-so/15/nguoi-nop"}, "", "15"),
        (DRAFT.model_copy(update={"right": "#"}), {"Location": "/ho-so/15"}, "", "15"),
        (TOKEN, {}, '<input name="_token" value="never ends', None),
        (TOKEN, {}, "<p>Hết phiên</p>", None),
        (DRAFT, {}, "/ho-so/15/", None),
    ],
)
def test_a_value_is_taken_where_it_stands(take: Take, headers: dict[str, str], body: str, value: str | None) -> None:
    assert taken(take, headers, body) == value


def test_values_are_put_in_their_places() -> None:
    values = {"token": "a b/c&", "draft": "15"}
    assert filled("/ho-so/{{draft}}?t={{token|url}}", values) == "/ho-so/15?t=a%20b%2Fc%26"
    assert filled('{"token": "{{token}}", "x": {"y": 1}}', values) == '{"token": "a b/c&", "x": {"y": 1}}'
    with pytest.raises(KeyError):
        filled("{{lost}}", values)


class Insisting(http.server.BaseHTTPRequestHandler):
    """A form with a token of its own each time, a draft with a number, and a session in a cookie."""

    drafts: dict[str, str] = {}  # noqa: RUF012
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        number = len(self.drafts)
        token, session = f"t&{number}", f"s{number}"
        self.drafts[session] = token
        page = f'<form><input name="_token" value="t&amp;{number}"></form>'.encode()
        self.answer(200, page, {"Set-Cookie": f"session={session}"})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        session = (self.headers["Cookie"] or "").removeprefix("session=")
        if self.path == "/bat-dau":
            wanted = self.drafts.get(session, "").replace("&", "%26")
            right = bool(session) and sent == f"_token={wanted}"
            self.answer(302 if right else 403, b"", {"Location": f"/ho-so/{session}/nguoi-nop"} if right else {})
        else:
            right = self.path == f"/ho-so/{session}/nop" and self.headers["X-Draft"] == session
            self.answer(200 if right else 403, "Đã nộp".encode() if right else b"", {})

    def answer(self, status: int, page: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(page))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *told: object) -> None:
        pass


@pytest.fixture
def insisting() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Insisting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def submission(*, token: str = "{{token|url}}") -> Errand:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return Errand(
        name="nộp",
        operations=(
            Operation(name="mở biểu mẫu", asks=(Ask(path="/bieu-mau", takes=(TOKEN,)),)),
            Operation(
                name="nộp",
                think_s=0.1,
                asks=(
                    Ask(
                        path="/bat-dau",
                        method="POST",
                        headers=form,
                        body=f"_token={token}",
                        status=(302,),
                        takes=(DRAFT,),
                    ),
                    Ask(
                        path="/ho-so/{{draft}}/nop",
                        method="POST",
                        headers={"X-Draft": "{{draft}}"},
                        body="x",
                        shows=("Đã nộp",),
                    ),
                ),
            ),
        ),
    )


def sent(plan: LoadPlan, folder: Path) -> dict[str, dict[Came, int] | int]:
    """For each operation how often it was done, and its errors."""
    send(plan, folder)
    samples = read_samples(folder / SAMPLES)
    figures = [measure(samples.where(samples.column("operation") == number)) for number in range(2)]
    return {name: one.errors or one.count for name, one in zip(plan.operations, figures, strict=True)}


def test_a_whole_submission_goes_through(insisting: int, tmp_path: Path) -> None:
    plan = plan_for(insisting, 10, 2, errands=(submission(),))
    assert sent(plan, tmp_path) == {"mở biểu mẫu": 20, "nộp": 20}


def test_a_token_that_is_none_is_refused_and_seen(insisting: int, tmp_path: Path) -> None:
    plan = plan_for(insisting, 10, 1, errands=(submission(token="x"),))
    assert sent(plan, tmp_path) == {"mở biểu mẫu": 10, "nộp": {Came.STATUS: 10}}


def test_a_page_without_what_is_to_be_taken_is_the_wrong_page(insisting: int, tmp_path: Path) -> None:
    lost = Take(name="token", left='name="other" value="', right='"')
    wrong = submission().operations[0].model_copy(update={"asks": (Ask(path="/bieu-mau", takes=(lost,)),)})
    errand = submission().model_copy(update={"operations": (wrong, submission().operations[1])})
    assert sent(plan_for(insisting, 10, 1, errands=(errand,)), tmp_path) == {
        "mở biểu mẫu": {Came.WRONG_PAGE: 10},
        "nộp": 0,
    }
