"""What plain HTTP answers beside HTTPS: each way has a name, and what harms nobody is not accused."""

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
from tests.channel.papers import paper
from tests.channel.servers import answer, plain
from tests.suites_pages.conftest import verdict_of
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.observations.channel import Answer, ChannelFacts, PlainFacts
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.places import http_address, http_port, own_place, runs_it
from toantrinh.observers.channel.plain_http import plain_of
from toantrinh.observers.prober.budget import Budget
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.wire import Bounds
from toantrinh.store import Observed, Outcome
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
Say = Callable[[str, str, str], bytes]  # the address of HTTPS, the path that was asked for, the head
SHELL = "<!doctype html><html><title>Máy chủ web</title><p>Chạy được rồi! {} </p>".encode()


def to(where: str, status: str = "308 Permanent Redirect", *more: str) -> bytes:
    return answer(b"", status, f"Location: {where}", *more)


def first_a_cookie(https: str, path: str, head: str) -> bytes:
    """Looks like a circle to whoever keeps no cookies."""
    if "xem=1" in head:
        return to(f"{https}{path}")
    return to(path, "302 Found", "Set-Cookie: xem=1; Path=/")


def by_http_first(https: str, path: str, _head: str) -> bytes:
    return to(f"{https}/", "301 Moved Permanently") if path == "/vi" else to("/vi", "301 Moved Permanently")


CASES: dict[str, tuple[Say, Redirect, Verdict, str]] = {
    "308": (lambda https, path, _: to(https + path), Redirect.RIGHT, P, ""),
    "301": (lambda https, path, _: to(https + path, "301 Moved Permanently"), Redirect.RIGHT, P, ""),
    "302": (
        lambda https, path, _: to(https + path, "302 Found"),
        Redirect.PASSING,
        HALF,
        "chuyển hướng tạm thời (302)",
    ),
    "307": (lambda https, path, _: to(https + path, "307 Temporary Redirect"), Redirect.PASSING, HALF, "(307)"),
    "another page": (
        lambda https, path, _: to(f"{https}/trang-chu"),
        Redirect.OTHER_PAGE,
        HALF,
        "chuyển tới trang khác (/trang-chu)",
    ),
    "another host": (
        lambda https, path, _: to("https://cong-khac.example.vn/"),
        Redirect.OTHER_HOST,
        F,
        "https://cong-khac.example.vn",
    ),
    "another host by http": (
        lambda https, path, _: to("http://cong-khac.example.vn/"),
        Redirect.OTHER_HOST,
        F,
        "http://cong-khac.example.vn",
    ),
    "an address that nobody can read": (
        lambda https, path, _: to("https://127.0.0.1:$server_port/", "301 Moved Permanently"),
        Redirect.UNREADABLE,
        F,
        "không đọc được: https://127.0.0.1:$server_port/",
    ),
    "a plain address that nobody can read": (
        lambda https, path, _: to("http://127.0.0.1:$server_port/"),
        Redirect.UNREADABLE,
        F,
        "không đọc được: http://127.0.0.1:$server_port/",
    ),
    "another port": (lambda https, path, _: to("https://127.0.0.1:1/"), Redirect.OTHER_HOST, F, "127.0.0.1:1"),
    "by way of http": (by_http_first, Redirect.BY_HTTP, HALF, "qua 1 bước http nữa"),
    "circle": (lambda https, path, _: to("/b" if path == "/a" else "/a", "302 Found"), Redirect.CIRCLE, F, "vòng tròn"),
    "endless": (lambda https, path, _: to(f"{path}x", "302 Found"), Redirect.CIRCLE, F, "vòng tròn"),
    "a circle but for the cookie": (first_a_cookie, Redirect.BY_HTTP, HALF, "qua 1 bước http nữa"),
    "the page itself": (lambda https, path, _: answer(), Redirect.SHOWN, F, "trả trang bằng http, không chuyển hướng"),
    "the page with a script": (
        lambda https, path, _: answer(servers.PAGE + b"<script>location.protocol='https:'</script>"),
        Redirect.BY_SCRIPT,
        F,
        "bằng mã trong trang",
    ),
    "the page with a meta element": (
        lambda https, path, _: answer(servers.PAGE + f"<meta http-equiv=refresh content='0; url={https}/'>".encode()),
        Redirect.BY_SCRIPT,
        F,
        "bằng mã trong trang",
    ),
    "another thing": (
        lambda https, path, _: answer(SHELL),
        Redirect.OTHER_CONTENT,
        REVIEW,
        "chưa rõ có phải trang này (“Máy chủ web”)",
    ),
    "refused": (lambda https, path, _: answer(b"x", "403 Forbidden"), Redirect.REFUSED, REVIEW, "trả lỗi 403"),
    "redirect to nowhere": (
        lambda https, path, _: answer(b"", "301 Moved Permanently"),
        Redirect.REFUSED,
        REVIEW,
        "301",
    ),
}


@pytest.fixture
def ask(serve: Serve, tmp_path: Path) -> Callable[..., tuple[ChannelRecord, PlainFacts]]:
    """Asks a plain server about the pages of a system whose pages come over HTTPS."""
    files = paper("127.0.0.1").kept(tmp_path, "may-chu")
    https = serve(servers.secure(servers.context_of(files)))

    def see(
        say: Say | None, *pages: str, port: int | None = None, talk: servers.Talk | None = None, title: str = ""
    ) -> tuple[ChannelRecord, PlainFacts]:
        base = f"https://127.0.0.1:{https}"
        if port is None:
            port = serve(talk or plain(lambda path, head: say(base, path, head) if say else b""))
        system = load_system("demo", base_url=base)
        prober = Prober(system, "channel", Budget(), bounds=Bounds(64 * 1024, 3.0, 1.0))
        asked = {f"{base}{path}": (f"Trang {path}",) for path in pages or ("/",)}
        titles = {address: title for address in asked}
        facts = plain_of(Host("127.0.0.1", https), port, asked, titles, prober, LITTLE)
        own = ChannelFacts(host="127.0.0.1", port=https, seen="2026-11-22T00:00:00+00:00", answer=Answer.TLS)
        observed = Observed[PlainFacts](key="x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=facts)
        return record_of(own, plain=observed), facts

    return see


@pytest.fixture(autouse=True)
def pages_were_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof that the system's own pages came over HTTPS, which these checks rest on."""

    class Secure:
        secure = True

    monkeypatch.setattr(SiteRecord, "pages", lambda *_, **__: [Secure()])


@pytest.mark.parametrize("case", CASES)
def test_every_way_has_its_name(case: str, ask: Callable[..., tuple[ChannelRecord, PlainFacts]]) -> None:
    say, kind, verdict, words = CASES[case]
    record, facts = ask(say)
    assert [outcome_of(entry, channel_policy()).kind for entry in facts.entries] == [kind]
    said, told = verdict_of(s41.test_http_leads_to_https, record)
    assert said is verdict and words in told
    assert verdict is P or f"curl -sI '{facts.entries[0].http_address}'" in told
    assert facts.spent <= 8


AT = "dichvucong.saomai.gov.vn"


@pytest.mark.parametrize(
    ("onward", "kind", "share"),
    [
        (f"https://www.{AT}/a", Redirect.OWN_HOST, 0.5),
        ("https://cong.saomai.gov.vn/a", Redirect.OWN_HOST, 0.5),  # named in hosts
        (f"https://{AT}/a", Redirect.RIGHT, 1.0),
        ("https://khac.saomai.gov.vn/a", Redirect.OTHER_HOST, 0.0),
        (f"https://www.{AT}:8443/a", Redirect.OTHER_HOST, 0.0),
        (f"http://www.{AT}/a", Redirect.OTHER_HOST, 0.0),
        ("https://[xấu/", Redirect.UNREADABLE, 0.0),
    ],
)
def test_another_host_of_the_system_is_half_right(
    ask: Callable[..., tuple[ChannelRecord, PlainFacts]], onward: str, kind: Redirect, share: float
) -> None:
    _, facts = ask(lambda https, path, _: to(https + path, "301 Moved Permanently"))
    known = {"address": f"https://{AT}/a", "http_address": f"http://{AT}/a", "onward": onward}
    hosts = frozenset({AT, "cong.saomai.gov.vn"})
    said = outcome_of(facts.entries[0].model_copy(update=known), channel_policy(), OwnHosts(f"https://{AT}", hosts))
    assert (said.kind, said.share) == (kind, share)


def test_of_a_host_with_www_the_one_without_is_its_own(
    ask: Callable[..., tuple[ChannelRecord, PlainFacts]],
) -> None:
    _, facts = ask(lambda https, path, _: to(https + path, "301 Moved Permanently"))
    entry = facts.entries[0].model_copy(update={"address": f"https://www.{AT}/a", "onward": f"https://{AT}/a"})
    assert outcome_of(entry, channel_policy()).kind is Redirect.OWN_HOST


def test_only_the_pages_at_fault_are_named(ask: Callable[..., tuple[ChannelRecord, PlainFacts]]) -> None:
    record, facts = ask(
        lambda https, path, _: answer() if path == "/cu" else to(https + path), "/", "/a?b=1", "/cu", "/d/"
    )
    said, told = verdict_of(s41.test_http_leads_to_https, record)
    assert said is HALF and "(Trang /cu)" in told and "Trang /a" not in told
    assert len(facts.entries) == 4


def test_the_title_that_the_browser_saw_proves_the_page(ask: Callable[..., tuple[ChannelRecord, PlainFacts]]) -> None:
    body = "<title>Tra cứu  hồ sơ</title><div id=app></div>".encode()
    record, facts = ask(lambda https, path, _: answer(body), title="Tra cứu hồ sơ")
    assert facts.entries[0].same_page is True
    assert verdict_of(s41.test_http_leads_to_https, record)[0] is F


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
    assert (facts.answer, facts.spent) == (answer_of_port, 0)
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
