"""The port of plain HTTP: closed, no HTTP, an endless body, a ban; where it is, and whose host it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.channel import ChannelRecord
from fixtures.pages import SiteRecord
from suites.security import test_4_1_channel as s41
from suites.security.channel_policy import channel_policy
from suites.security.redirects import Redirect, outcome_of
from tests.channel import servers
from tests.channel.conftest import LITTLE, Serve, record_of
from tests.channel.plain import ask, pages_were_seen, to
from tests.channel.servers import answer, plain
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.channel import Answer, ChannelFacts, PlainFacts
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.places import http_address, http_port, own_place, runs_it
from toantrinh.observers.channel.plain_http import plain_of
from toantrinh.observers.channel.tls import channel_of
from toantrinh.observers.prober.budget import Budget, Limit, Limits
from toantrinh.observers.prober.prober import Prober
from toantrinh.store import Attachments, Observed, Outcome
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

__all__ = ["ask", "pages_were_seen"]

F, OPEN, REVIEW, P = Verdict.FAIL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW, Verdict.PASS


def test_a_closed_port_has_nothing_to_redirect(ask: Callable[..., tuple[ChannelRecord, PlainFacts]]) -> None:
    record, facts = ask(None, port=servers.free_port())
    assert (facts.answer, facts.spent) == (Answer.CLOSED, 0)
    assert verdict_of(s41.test_http_leads_to_https, record) == (P, "")


@pytest.mark.parametrize(
    ("talk", "answer_of_port"),
    [(servers.hang_up, Answer.DROPPED), (servers.say_nothing, Answer.SILENT), (servers.rubbish, Answer.STRANGE)],
)
def test_what_does_not_answer_http_stays_open(
    ask: Callable[..., tuple[ChannelRecord, PlainFacts]], talk: servers.Talk, answer_of_port: Answer
) -> None:
    record, facts = ask(None, talk=talk)
    assert (facts.answer, facts.spent) == (answer_of_port, 1)  # the greeting
    assert verdict_of(s41.test_http_leads_to_https, record)[0] is OPEN


def test_a_port_that_nobody_names_stays_open_and_says_what_to_name(
    ask: Callable[..., tuple[ChannelRecord, PlainFacts]],
) -> None:
    system = load_system("demo", base_url="https://127.0.0.1:8443")
    facts = plain_of(
        Host("127.0.0.1", 8443), http_port(system, Host("127.0.0.1", 8443)), {}, {}, Prober(system, "channel", Budget())
    )
    observed = Observed[PlainFacts](key="x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=facts)
    own = ChannelFacts(host="127.0.0.1", port=8443, seen="2026-11-22T00:00:00+00:00", answer=Answer.TLS)
    said, told = verdict_of(s41.test_http_leads_to_https, record_of(own, plain=observed))
    assert said is OPEN and "channel.http_port" in told


def test_a_body_of_2_gb_is_cut_and_what_came_is_for_a_person(
    ask: Callable[..., tuple[ChannelRecord, PlainFacts]],
) -> None:
    record, facts = ask(None, talk=servers.flood)
    [entry] = facts.entries
    assert entry.hops[0].length <= 64 * 1024 and entry.hops[0].cut
    assert verdict_of(s41.test_http_leads_to_https, record)[0] is REVIEW


def test_a_ban_in_the_middle_takes_the_verdict_back(
    ask: Callable[..., tuple[ChannelRecord, PlainFacts]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from toantrinh.driver import pace

    monkeypatch.setattr(pace, "FIRST_PAUSE_S", 0.02)
    left = [2]

    def say(https: str, path: str, _head: str) -> bytes:
        left[0] -= 1
        return to(https + path) if left[0] >= 0 else answer(b"x", "429 Too Many Requests")

    record, facts = ask(say, *(f"/{n}" for n in range(8)))
    kinds = {outcome_of(entry, channel_policy()).kind for entry in facts.entries}
    assert kinds <= {Redirect.RIGHT, Redirect.UNHEARD, Redirect.REFUSED}
    assert verdict_of(s41.test_http_leads_to_https, record)[0] in (OPEN, REVIEW)


@pytest.mark.parametrize(
    ("header", "verdict", "words"),
    [
        ("JSESSIONID=abcdef0123456789; Path=/", F, "JSESSIONID"),
        ("JSESSIONID=abcdef0123456789; Path=/; Max-Age=0", OPEN, ""),
        ("JSESSIONID=abcdef0123456789; Expires=Thu, 01 Jan 1970 00:00:00 GMT", OPEN, ""),
        ("cookiesession1=abcdef0123456789; HttpOnly", OPEN, ""),
        ("ngon_ngu=vi; Path=/", OPEN, ""),
        ("csrf_token=abcdef0123456789", OPEN, ""),
    ],
)
def test_a_session_cookie_that_plain_http_sets_is_named(
    ask: Callable[..., tuple[ChannelRecord, PlainFacts]],
    monkeypatch: pytest.MonkeyPatch,
    header: str,
    verdict: Verdict,
    words: str,
) -> None:
    record, _ = ask(lambda https, path, _: to(https + path, "308 Permanent Redirect", f"Set-Cookie: {header}"))

    class Bare:
        secure, cookies = True, ()

    monkeypatch.setattr(SiteRecord, "pages", lambda *_, **__: [Bare()])
    said, told = verdict_of(s41.test_session_cookies_do_not_go_by_http, record)
    assert said is verdict and words in told and "abcdef0123456789" not in told


@pytest.mark.parametrize(
    ("base_url", "port", "plain_address"),
    [
        ("https://dichvucong.saomai.gov.vn", 80, "http://dichvucong.saomai.gov.vn/a?b=1"),
        ("https://dichvucong.saomai.gov.vn:8443", None, ""),
        ("http://dichvucong.saomai.gov.vn:8080", 8080, "http://dichvucong.saomai.gov.vn:8080/a?b=1"),
        ("https://127.0.0.1:8443", None, ""),
    ],
)
def test_where_plain_http_is_asked(base_url: str, port: int | None, plain_address: str) -> None:
    system = load_system("demo").model_copy(update={"base_url": base_url})
    place = own_place(system)
    assert place and http_port(system, place) == port
    assert port is None or http_address(f"{base_url}/a?b=1#c", port) == plain_address


def test_plain_http_on_this_machine_is_no_channel_unless_its_pages_are_secure() -> None:
    system = load_system("demo", base_url="http://127.0.0.1:8080")
    assert own_place(system) is None
    assert own_place(system, ["http://127.0.0.1:8080/", "https://127.0.0.1:8443/"]) == Host("127.0.0.1", 8443)
    assert own_place(system, ["https://dang-nhap.example.vn/"]) is None


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("dichvucong.saomai.gov.vn", True),
        ("a.dichvucong.saomai.gov.vn", True),
        ("sso.saomai.gov.vn", True),
        ("saomai.gov.vn", True),
        ("xacthuc.dichvucong.gov.vn", False),
        ("thanh-toan.vn", False),
        ("khacsaomai.gov.vn", False),
    ],
)
def test_who_runs_a_host(host: str, own: bool) -> None:
    system = load_system("demo").model_copy(update={"base_url": "https://dichvucong.saomai.gov.vn"})
    assert runs_it(host, system) is own


def test_of_the_nations_own_host_no_other_is_a_sibling() -> None:
    system = load_system("demo").model_copy(update={"base_url": "https://dichvucong.gov.vn"})
    assert not runs_it("saomai.gov.vn", system) and runs_it("xacthuc.dichvucong.gov.vn", system)


def test_the_greeting_is_one_of_the_budgets(serve: Serve) -> None:
    port = serve(plain(lambda path, head: answer()))
    budget = Budget(None, Limits(2, {"channel": Limit("Kênh truyền", 2)}))
    prober = Prober(load_system("demo", base_url="https://127.0.0.1:8443"), "channel", budget)
    place = Host("127.0.0.1", 8443)
    assert plain_of(place, port, {}, {}, prober, LITTLE).spent == 1 and budget.spent() == {"channel": 1}
    assert plain_of(place, port, {}, {}, prober, LITTLE).answer is Answer.PLAIN
    left = plain_of(place, port, {}, {}, prober, LITTLE)
    assert left.answer is Answer.UNREACHED and "đã dùng hết 2 yêu cầu" in left.why and left.spent == 2


def test_the_greeting_of_a_port_without_tls_is_one_of_the_budgets_too(serve: Serve, tmp_path: Path) -> None:
    port = serve(plain(lambda path, head: answer()))
    budget = Budget(None, Limits(1, {"channel": Limit("Kênh truyền", 1)}))
    kept = Attachments(tmp_path, "channel/x", lambda text: text)

    def look() -> Answer:
        return channel_of(Host("127.0.0.1", port), kept, patience=LITTLE, spend=lambda: budget.spend("channel")).answer

    assert look() is Answer.PLAIN and budget.spent() == {"channel": 1}
    assert look() is not Answer.PLAIN and budget.spent() == {"channel": 1}
