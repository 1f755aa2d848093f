"""What bounds the asking: the budget, bans, who may be asked at all, and the answer to what does not exist."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.prober.conftest import Probe, Serve
from tests.prober.scripted import Heard, Said
from toantrinh.observations.exchanges import Ended
from toantrinh.observers.prober.budget import Budget, Limit, Limits, limits, said_of_budget
from toantrinh.observers.prober.control import made_up, shape_of
from toantrinh.observers.prober.permission import refusal
from toantrinh.observers.prober.role import nobody
from toantrinh.system_model import Authorisation, System
from toantrinh.systems import load_system

HOME = "<title>Cổng dịch vụ công</title><p>Trang chủ của cổng dịch vụ công tỉnh</p>"
BLOCKED = "<title>Request Rejected</title>The requested URL was rejected. Your support ID is: 123"


def test_a_budget_that_is_used_up_is_said_by_name_and_sends_nothing(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(404))
    prober = probe(server, requests=2)
    answers = [prober.ask(nobody(), f"/{n}", "thử") for n in range(4)]
    assert [one.ended for one in answers] == [Ended.ANSWERED] * 2 + [Ended.OVER_BUDGET] * 2
    assert len(server.heard) == 2 and "hết 2 yêu cầu dành cho phần “Lộ thông tin”" in answers[2].exchange.why
    assert (prober.record().spent, prober.record().limit) == (2, 2)


def test_processes_of_a_run_share_its_budget(tmp_path: Path) -> None:
    most = Limits(3, {"leak": Limit("Lộ thông tin", 2), "access": Limit("Phân quyền", 9)})
    one, other = Budget(tmp_path, most), Budget(tmp_path, most)
    assert [one.spend("leak"), other.spend("leak")] == ["", ""] and other.spend("leak")
    assert one.spend("access") == "" and "cả lần chạy" in other.spend("access")
    assert other.spent() == {"leak": 2, "access": 1}
    with pytest.raises(KeyError):
        one.spend("không có")


def test_what_was_spent_is_one_sentence(tmp_path: Path) -> None:
    assert said_of_budget(tmp_path) == ""
    budget = Budget(tmp_path)
    budget.spend("leak")
    most = limits()
    assert f"1/{most.run} (lộ thông tin 1/{most.subjects['leak'].requests})" in said_of_budget(tmp_path)


@pytest.mark.parametrize("way", ["status", "page", "drop"])
def test_a_ban_ends_the_asking_and_takes_back_what_it_answered(serve: Serve, probe: Probe, way: str) -> None:
    asked: list[Heard] = []

    def answer(heard: Heard) -> Said:
        asked.append(heard)
        if len(asked) <= 3:
            return Said(404, "<p>Không có trang này</p>")
        return {"status": Said(403), "page": Said(200, BLOCKED), "drop": Said(act="drop")}[way]

    server = serve(answer)
    prober = probe(server)
    answers = [prober.ask(nobody(), f"/{n}", "thử") for n in range(10)]
    assert [one.ended for one in answers] == [Ended.ANSWERED] * 3 + [Ended.BANNED] * 3 + [Ended.HELD_OFF] * 4
    assert prober.stopped.startswith("bị chặn: trang chủ cũng") and not answers[3].answered
    assert answers[4].status is None and prober.record().stopped == prober.stopped


def test_refusals_of_single_paths_are_no_ban(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(200, HOME) if heard.path == "/" else Said(403, BLOCKED))
    prober = probe(server)
    answers = [prober.ask(nobody(), f"/.{n}", "thử") for n in range(7)]
    prober.settle()
    assert {one.ended for one in answers} == {Ended.ANSWERED} and not prober.stopped
    assert server.paths.count("/") == 3


def test_paths_that_are_dropped_in_silence_do_not_close_the_host(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(act="silence") if heard.path.startswith("/.") else Said(200, HOME))
    prober = probe(server, patience_s=0.5)
    answers = [prober.ask(nobody(), path, "thử") for path in ("/.a", "/.b", "/.c", "/.d", "/tin")]
    assert [one.ended for one in answers] == [Ended.SILENT] * 4 + [Ended.ANSWERED] and not prober.stopped
    assert server.paths == ["/.a", "/.b", "/", "/.c", "/.d", "/", "/tin"]


def test_a_host_that_falls_silent_is_a_ban(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(act="silence"))
    prober = probe(server, patience_s=0.5)
    answers = [prober.ask(nobody(), path, "thử") for path in ("/.a", "/.b", "/tin")]
    assert [one.ended for one in answers] == [Ended.BANNED] * 2 + [Ended.HELD_OFF]
    assert server.paths == ["/.a", "/.b", "/"] and "im lặng" in prober.stopped


def test_a_ban_at_the_very_end_is_noticed_too(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(403))
    prober = probe(server)
    answer = prober.ask(nobody(), "/.git/HEAD", "thử")
    assert answer.answered
    prober.settle()
    assert answer.ended is Ended.BANNED and prober.stopped


def test_a_system_that_asks_to_be_left_alone_is(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(429, headers=(("Retry-After", "3600"),)))
    prober = probe(server)
    answers = [prober.ask(nobody(), f"/{n}", "thử") for n in range(3)]
    prober.settle()
    assert len(server.heard) == 1 and [one.ended for one in answers[1:]] == [Ended.HELD_OFF] * 2
    assert answers[0].ended is Ended.BANNED


def test_a_refusal_that_is_the_answer_is_no_sign_of_a_ban(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(429))
    prober = probe(server)
    answers = [prober.ask(nobody(), "/dang-nhap", "sai mật khẩu", refusal_is_answer=True) for _ in range(5)]
    prober.settle()
    assert [one.status for one in answers] == [429] * 5 and not prober.stopped


def system(**more: object) -> System:
    return load_system("demo").model_copy(update={"base_url": "https://dichvucong.tinh.example", **more})


def test_one_function_decides_what_may_be_asked() -> None:
    strange, home = system(), "https://dichvucong.tinh.example/x"
    assert refusal(strange, "GET", home, intrusive=False) is None
    assert refusal(strange, "GET", "https://khac.example/", intrusive=False)[0] is Ended.FOREIGN  # type: ignore[index]
    assert refusal(strange, "GET", "ftp://dichvucong.tinh.example/", intrusive=False)[0] is Ended.FOREIGN  # type: ignore[index]
    for method, intrusive in (("POST", False), ("PUT", False), ("TRACE", False), ("GET", True)):
        assert refusal(strange, method, home, intrusive=intrusive)[0] is Ended.NOT_ALLOWED  # type: ignore[index]
    permission = Authorisation(
        by="Sở", document="12/QĐ", until=datetime.date.today() + datetime.timedelta(2), allows=("intrusive",)
    )
    allowed = system(authorisation=permission)
    assert refusal(allowed, "POST", home, intrusive=True) is None
    late = permission.model_copy(update={"until": datetime.date(2020, 1, 1)})
    assert refusal(system(authorisation=late), "POST", home, intrusive=False)
    narrow = permission.model_copy(update={"hosts": ("dichvucong.tinh.example",)})
    two = system(authorisation=narrow, hosts=("thanhtoan.example",))
    assert refusal(two, "POST", home, intrusive=True) is None
    assert refusal(two, "POST", "https://thanhtoan.example/", intrusive=True)
    here = load_system("demo", base_url="http://127.0.0.1:9")
    assert refusal(here, "POST", "http://127.0.0.1:9/x", intrusive=True) is None


def test_what_may_not_be_asked_sends_nothing(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said())
    prober = probe(server)
    answer = prober.ask(nobody(), "https://khac.example/", "thử", method="POST")
    assert answer.ended is Ended.FOREIGN and answer.exchange.ms is None and prober.record().spent == 0


def test_a_system_that_answers_200_to_everything_shows_nothing(serve: Serve, probe: Probe) -> None:
    page = (
        "<title>Không tìm thấy</title><p>Không có trang {} trên cổng, lúc {} giờ. Mời về trang chủ hoặc tìm kiếm.</p>"
    )
    server = serve(lambda heard: Said(200, page.format(heard.path, len(server.heard))))
    prober = probe(server)
    for path in ("/.git/HEAD", "/.env", "/web.config", "/static/", "/cong.zip"):
        assert not prober.stands_out(nobody(), prober.ask(nobody(), path, "thử"))


def test_what_differs_from_the_answer_to_nothing_stands_out(serve: Serve, probe: Probe) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, "ref: refs/heads/main\n") if heard.path == "/.git/HEAD" else Said(200, HOME)

    server = serve(answer)
    prober = probe(server)
    assert prober.stands_out(nobody(), prober.ask(nobody(), "/.git/HEAD", "thử"))
    assert not prober.stands_out(nobody(), prober.ask(nobody(), "/.env", "thử"))


def test_without_an_answer_to_the_control_question_nothing_stands_out(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(200, "ref: refs/x") if heard.path == "/.git/HEAD" else Said(act="silence"))
    prober = probe(server, patience_s=1.5)
    assert not prober.stands_out(nobody(), prober.ask(nobody(), "/.git/HEAD", "thử"))


def test_control_paths_have_the_shape_of_what_is_asked_and_are_the_same_for_a_seed() -> None:
    one = made_up("https://a.example/.git/HEAD", "1/demo")
    assert one == made_up("https://a.example/.git/HEAD", "1/demo") != made_up("https://a.example/.git/HEAD", "2/demo")
    assert shape_of(one) == shape_of("https://a.example/.git/HEAD") == "/.x/x"
    assert shape_of("https://a.example/cong.zip") == "/x.zip" and shape_of("https://a.example/a/b/") == "/x/x/"
    assert shape_of("https://a.example/web.config~") == "/x.config~" and shape_of("https://a.example/") == "/x"
    assert made_up("https://a.example/cong.zip?a=1", "1").endswith(".zip")
