"""Systems that ban, drop, go round, never end, or say yes to all: named, and never accused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parameters.conftest import FOUND, HOME, Ask, quoted, rerouted, value_of, walked
from tests.prober.scripted import Heard, Said
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.verdicts import Verdict

LINKS = ("/tim?tu-khoa=khai+sinh", "/tai?tep=mau-don.docx", "/dang-nhap?tiep=/ho-so")
CHECKS = (quoted, walked, rerouted)


def test_a_ban_in_the_middle_leaves_all_checks_open(ask: Ask) -> None:
    asked: list[str] = []

    def answer(heard: Heard) -> Said:
        asked.append(heard.path)
        return Said(403, "<title>403</title>") if len(asked) > 4 else Said(200, FOUND)

    banned: list[bool] = []

    def all_of_it(heard: Heard) -> Said:
        said = answer(heard)
        banned.append(said.status == 403)
        return said

    record, server = ask(all_of_it, *LINKS, home=lambda: Said(403, "") if any(banned) else Said(200, HOME))
    assert {check(record)[0] for check in CHECKS} == {Verdict.NOT_TESTED}
    assert "bị chặn" in quoted(record)[1] and len(server.heard) < 15


def test_a_firewall_that_refuses_the_values_alone_is_no_fault(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        odd = any(sign in heard.path for sign in ("%27", "..", "example", "%25", "%29"))
        return Said(403, "<title>Từ chối</title>") if odd else Said(200, FOUND)

    record, _ = ask(answer, *LINKS)
    assert {check(record)[0] for check in CHECKS} == {Verdict.PASS}


def test_dropped_connections_at_quotes_are_no_fault(ask: Ask) -> None:
    record, _ = ask(lambda heard: Said(act="drop") if "%27" in heard.path else Said(200, FOUND), LINKS[0])
    assert quoted(record)[0] is Verdict.PASS


def test_silence_is_named(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        return Said(act="silence") if "%27" in heard.path else Said(200, FOUND)

    verdict, words = quoted(ask(answer, LINKS[0], patience_s=0.4)[0])
    assert verdict is Verdict.NOT_TESTED and ("im lặng" in words or "bị chặn" in words)


@pytest.mark.parametrize(
    "said",
    [
        Said(200, FOUND),
        Said(act="flood"),
        Said(302, headers=(("Location", "/tim?tu-khoa=khai+sinh"),)),
        Said(302, headers=(("Location", "/"),)),
    ],
    ids=["yes-to-all", "endless", "circle", "home"],
)
def test_one_answer_to_everything_accuses_nobody(ask: Ask, said: Said) -> None:
    record, _ = ask(lambda heard: said, *LINKS)
    assert {check(record)[0] for check in CHECKS} <= {Verdict.PASS, Verdict.NOT_TESTED}


def test_what_was_sent_comes_back_in_a_comment_an_attribute_and_the_text(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        sent = [value_of(heard, name) for name in ("tu-khoa", "tep", "tiep")]
        said = "".join(sent)
        return Said(
            200, f'{FOUND}<!-- {said} --><input value="{said}"><p>Bạn đã nhập {said}</p><a href="{said}">đi</a>'
        )

    record, _ = ask(answer, *LINKS)
    assert {check(record)[0] for check in CHECKS} == {Verdict.PASS}


def test_endless_bodies_are_not_held(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    ask_once = Prober.ask

    def asked(self: Prober, *given: Any, **how: Any) -> Answer:
        held.append(sum(len(one.body) for one in self.answers))
        return ask_once(self, *given, **how)

    monkeypatch.setattr(Prober, "ask", asked)
    links = [f"/trang-{name}?{name}=mot" for name in "abcdefgh"]
    ask(lambda heard: Said(200, FOUND + " " * 60_000), *links)
    assert len(held) > 60 and max(held) < 25 * 62_000  # those as they were seen, and those of one parameter


def test_a_budget_that_others_have_used_up_is_named(ask: Ask) -> None:
    verdict, words = quoted(ask(lambda heard: Said(200, FOUND), LINKS[0], requests=3)[0])
    assert verdict is Verdict.NOT_TESTED and "đã dùng hết 3 yêu cầu" in words
