"""Each errand is tried alone before load is sent; what does not come right again is left out, never charged."""

from __future__ import annotations

import http.server
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from toantrinh.load.plan import Ask, Errand, Handed, Operation, Take
from toantrinh.observations.load_script import LoadScript
from toantrinh.observers.load.rehearsing import ENOUGH, TRIES, Rehearsed, rehearse
from toantrinh.observers.load.second_look import looked_at_again
from toantrinh.system_model import System
from toantrinh.systems import load_system

LOOK = Errand(name="look", operations=(Operation(name="home", asks=(Ask(path="/"),)),))
DOSSIER = Take(name="dossier", left="<b>", right="</b>")


@contextmanager
def answering(statuses: dict[str, Sequence[int]]) -> Iterator[tuple[str, Counter[str]]]:
    """(address, how often each path was asked). The n-th answer of a path has its n-th status, the last for ever."""
    asked: Counter[str] = Counter()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = statuses.get(self.path, (200,))
            status = told[min(asked[self.path], len(told) - 1)]
            asked[self.path] += 1
            page = f"<h1>Trang</h1><h2>Tin {'cũ' if asked[self.path] < 2 else 'mới'}</h2><b>H-{asked[self.path]}</b>".encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        do_GET = do_POST = handle_any

        def log_message(self, *told: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def tried(home: str, *errands: Errand, most: int = 10) -> Rehearsed:
    system: System = load_system("demo", base_url=home)
    system = system.model_copy(update={"load": system.load.model_copy(update={"submissions_at_most": most})})
    script = LoadScript(home=home, service="1", errands=(LOOK, *errands), hosts=(home.removeprefix("http://"),))
    return rehearse(script, Handed(cookies={"citizen": ()}), system)


def acts(name: str, *paths: str, takes: tuple[Take, ...] = ()) -> Errand:
    kinds = [path.strip("/").partition("-")[0] for path in paths]
    asks = [Ask(path=path, method="POST") for path in paths]
    asks[-1] = asks[-1].model_copy(update={"takes": takes})
    return Errand(
        name=name, operations=tuple(Operation(name=kind, asks=(ask,)) for kind, ask in zip(kinds, asks, strict=True))
    )


@pytest.mark.parametrize(
    ("statuses", "why"),
    [
        ((400,), "gửi lại không được đúng trang (HTTP 400)"),
        ((500,), "gửi lại không được đúng trang (HTTP 500)"),
        ((200, 409, 409), "gửi lại không được đúng trang (HTTP 409)"),
        ((200, 400, 200), ""),
        ((503, 200, 503), ""),
    ],
)
def test_an_act_that_does_not_come_right_twice_is_left_out(statuses: Sequence[int], why: str) -> None:
    """What was understood wrongly, or can be sent but once. A system that fails now and then stays charged."""
    with answering({"/form-2": statuses}) as (home, asked):
        done = tried(home, acts("look_up", "/form-1", "/form-2", "/form-3"))
    assert list(done.cuts) == ([] if not why else ["look_up"])
    if why:
        place, said = done.cuts["look_up"]
        assert place == 1 and said.endswith(why) and "không gửi tải được" in said
    assert asked["/"] == TRIES and asked["/form-2"] == (len(statuses) if len(statuses) > 1 else TRIES)


def test_dossiers_of_the_rehearsal_are_known_and_counted() -> None:
    with answering({}) as (home, asked):
        done = tried(home, acts("submit", "/form", "/submit", takes=(DOSSIER,)), most=ENOUGH)
    assert done.codes == ("H-1", "H-2") and done.submitted == asked["/submit"] == TRIES and not done.cuts


def test_a_session_that_cannot_be_used_again_is_not_sent() -> None:
    """It ended while the errands were tried: the load would begin with what is no session any more."""
    errand = acts("submit", "/form", "/submit", takes=(DOSSIER,)).model_copy(update={"account": "citizen"})
    with answering({"/form": (200, 200, 302)}) as (home, asked):
        done = tried(home, errand)
    place, why = done.cuts["submit"]
    assert place == 0 and "phiên đăng nhập không dùng lại được" in why
    assert asked["/form"] == TRIES + 1 and asked["/submit"] == done.submitted == TRIES
    with answering({}) as (home, asked):
        assert not tried(home, errand).cuts


def test_nothing_is_submitted_to_try_it_where_few_may_be() -> None:
    with answering({"/form": (404,)}) as (home, asked):
        done = tried(home, acts("submit", "/form", "/submit", takes=(DOSSIER,)), most=ENOUGH - 1)
    assert asked["/form"] == TRIES and not asked["/submit"] and not done.submitted and done.cuts["submit"][0] == 0


def test_nobody_is_tried_where_no_load_may_be_sent() -> None:
    with answering({}) as (home, asked):
        system = load_system("demo", base_url=home).model_copy(update={"base_url": "https://dvc.example.vn"})
        script = LoadScript(home=home, service="1", errands=(LOOK,), hosts=("dvc.example.vn:443",))
        assert rehearse(script, Handed(), system) == Rehearsed() and not asked


def test_words_that_have_changed_since_prove_nothing() -> None:
    """What stays of a page proves it; where nothing does, its kind; one that cannot be had is as it was."""
    words = (("<h2>Tin cũ", "<h1>Trang"), ("<h2>Tin cũ",), ("<h2>Tin cũ", "<h1>Trang"), ("<h2>Tin cũ",))
    paths = ("/a", "/b", "/mat", "/c?t={{v1}}")
    asks = [Ask(path=path, shows=shows) for path, shows in zip(paths, words, strict=True)]
    look = Errand(name="look", operations=(Operation(name="home", asks=tuple(asks)),))
    with answering({"/mat": (404,)}) as (home, asked):
        asked.update({"/a": 1, "/b": 1})
        dossier = look.model_copy(update={"name": "look_up"})
        script = LoadScript(home=home, service="1", errands=(look, dossier), hosts=(home.removeprefix("http://"),))
        errand, same = looked_at_again(script, load_system("demo", base_url=home))
    first, second, *others = errand.operations[0].asks
    assert first.shows == ("<h1>Trang",) and not first.takes
    assert not second.shows and second.takes[0].left == "text/html" and "access denied" in second.takes[0].never
    assert same == dossier and others == asks[2:] and not asked["/c?t={{v1}}"]
