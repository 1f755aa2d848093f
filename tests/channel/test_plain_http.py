"""What plain HTTP answers beside HTTPS: each way has a name, and what harms nobody is not accused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fixtures.channel import ChannelRecord
from suites.security import test_4_1_channel as s41
from suites.security.channel_policy import channel_policy
from suites.security.redirects import Redirect, outcome_of
from tests.channel import servers
from tests.channel.plain import Say, ask, pages_were_seen, to
from tests.channel.servers import answer
from tests.suites_pages.conftest import verdict_of
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.observations.channel import PlainFacts
from toantrinh.verdicts import Verdict

__all__ = ["ask", "pages_were_seen"]

P, F, HALF, OPEN, REVIEW = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
SHELL = "<!doctype html><html><title>Máy chủ web</title><p>Chạy được rồi! {} </p>".encode()


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
