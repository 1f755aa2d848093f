"""4.1 Kênh truyền: trang, http, cookie."""

from __future__ import annotations

from fixtures.channel import LOCAL, ChannelRecord
from fixtures.checks import check
from fixtures.pages import SiteRecord
from suites.security.channel_policy import channel_policy
from suites.security.hsts import max_age_of
from suites.security.mixed_content import mixed_on
from suites.security.plain_cookies import may_hold_session, sets_by_http, surely_holds_session
from suites.security.redirects import FOR_A_PERSON, Redirect, outcome_of
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, partial, some_of, tool_error
from toantrinh.observations.channel import Answer, PlainFacts
from toantrinh.observations.site import PageFacts
from toantrinh.store import Outcome


@check("channel.https-everywhere")
def test_https_everywhere(site: SiteRecord) -> None:
    """Mọi địa chỉ đã xem là https."""
    pages = _pages(site)
    site.each(
        pages, lambda page: "" if page.secure else "trang dùng http, không mã hóa", expected="mọi trang dùng https"
    )


@check("channel.http-redirected")
def test_http_leads_to_https(channel: ChannelRecord) -> None:
    """Mỗi trang đã xem, hỏi bằng http, được chuyển hướng lâu dài tới chính nó bằng https, ngay ở bước đầu."""
    facts, policy = _plain(channel), channel_policy()
    own = OwnHosts.of(channel.system)
    found = [(entry, outcome_of(entry, policy, own)) for entry in facts.entries]
    wrong = [(entry, one) for entry, one in found if one.share is not None and one.share < 1]
    doubtful = [(entry, one) for entry, one in found if one.kind in FOR_A_PERSON]
    unheard = [(entry, one) for entry, one in found if one.kind is Redirect.UNHEARD]
    named = wrong or doubtful or unheard
    if not named:
        return
    causes: dict[str, list[str]] = {}
    for entry, one in named:
        causes.setdefault(one.words, []).extend(entry.pages)
    said = "; ".join(f"{words} ({some_of(pages)})" for words, pages in causes.items())
    entry = named[0][0]
    grounds = Grounds(
        expected=f"{' hoặc '.join(map(str, policy.redirect.statuses))} tới cùng trang bằng https ({policy.named})",
        seen="; ".join(hop.summary for hop in entry.hops) or said,
        where=f"{entry.http_address}; thử lại: curl -sI '{entry.http_address}'",
        identity=f"channel.http-redirected/{'+'.join(sorted({one.kind for _, one in named}))}",
    )
    if wrong:
        shares = [one.share for _, one in found if one.share is not None]
        mean = sum(shares) / len(shares)
        (partial(mean, said, grounds) if mean > 0 else fail(said, grounds))
    (needs_review if doubtful else not_tested)(said, grounds)


@check("channel.hsts")
def test_hsts_is_long_enough(site: SiteRecord) -> None:
    """Strict-Transport-Security có max-age ít nhất một năm (31.536.000 giây)."""
    least = channel_policy().hsts.least_s

    def fault(page: PageFacts) -> str:
        if not page.secure:
            return "trang dùng http nên không thể có HSTS"
        age, why = max_age_of(page.headers.get("strict-transport-security", ""))
        return why if age is None else f"max-age chỉ {age} giây" if age < least else ""

    expected = f"Strict-Transport-Security: max-age từ {least:,} giây".replace(",", ".")
    pages = _pages(site)
    known = [page for page in pages if page.headers or not page.secure]
    site.each(known, fault, expected=expected)
    if unknown := [page.name.vietnamese for page in pages if page not in known]:
        not_tested(f"không biết máy chủ gửi tiêu đề nào với trang: {some_of(unknown)}")


@check("channel.no-mixed-content")
def test_no_mixed_content(site: SiteRecord) -> None:
    """Không tài nguyên hay đích biểu mẫu nào dùng http trên trang https, trừ phần mềm ký số trên máy người dân."""

    pages = [page for page in _pages(site) if page.secure]
    if not pages:
        not_applicable("không trang nào dùng https nên không có nội dung trộn")
    site.each(
        pages,
        lambda page: "; ".join(mixed_on(page, site.system)[:4]),
        expected="mọi tài nguyên và đích biểu mẫu dùng https",
    )


@check("channel.cookies-not-by-http")
def test_session_cookies_do_not_go_by_http(channel: ChannelRecord) -> None:
    """Không cookie phiên nào đi được bằng http: mọi cookie phiên có Secure, và http không đặt cookie phiên."""
    pages = _pages(channel.site)
    plain = channel.plain.data if channel.plain else None
    if given := sets_by_http(plain):
        where = plain.entries[0].http_address if plain else channel.system.base_url
        grounds = Grounds("http không đặt cookie phiên", some_of(given), f"{where}; thử lại: curl -sI '{where}'")
        fail(f"http trần đặt cookie phiên: {some_of(given)}", grounds)
    held = [(page, cookie) for page in pages for cookie in page.cookies if may_hold_session(cookie)]
    if not held:
        not_tested("các trang đã xem khi chưa đăng nhập không đặt cookie phiên nào")

    def fault(page: PageFacts) -> str:
        bare = [cookie.name for cookie in page.cookies if surely_holds_session(cookie) and not cookie.secure]
        return f"cookie {', '.join(bare)} thiếu Secure nên đi cả bằng http" if bare else ""

    channel.site.each(pages, fault, expected="Secure trên mọi cookie phiên")
    if doubtful := {cookie.name: page.address for page, cookie in reversed(held) if not cookie.secure}:
        said = f"có thể là cookie phiên, thiếu Secure: {some_of(sorted(doubtful))}"
        needs_review(said, Grounds("Secure trên mọi cookie phiên", said, some_of(dict.fromkeys(doubtful.values()))))


def _pages(site: SiteRecord) -> list[PageFacts]:
    """The pages to judge. Plain HTTP on this machine is no channel that anybody could listen to."""
    pages = site.pages()
    if site.system.is_loopback and not any(page.secure for page in pages):
        not_applicable(LOCAL)
    return pages


def _plain(channel: ChannelRecord) -> PlainFacts:
    """What plain HTTP said, when there is something to judge; a closed port has nothing to redirect, and passes."""
    _pages(channel.site)
    if channel.plain is None:
        not_applicable(LOCAL)
    facts = channel.plain.data
    if facts is None:
        (tool_error if channel.plain.outcome is Outcome.TOOL_ERROR else not_tested)(channel.plain.reason)
    if facts.port is None or facts.answer not in (Answer.PLAIN, Answer.CLOSED):
        not_tested(f"{facts.host}:{facts.port or '?'} bằng http: {facts.why}")
    return facts
