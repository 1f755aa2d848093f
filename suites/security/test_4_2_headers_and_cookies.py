"""4.2 Tiêu đề bảo vệ, cookie: over every answer of the journeys and pages, not the pages at rest alone."""

from __future__ import annotations

import re

from fixtures.answer_rows import Browsing, Row
from fixtures.answers import AnswersRecord, listed
from fixtures.checks import check
from fixtures.pages import SiteRecord
from suites.security.framing import framing_fault
from suites.security.nonces import reused_nonces
from suites.security.policy import Policy, finer_points, policies, weaknesses
from suites.security.referrers import referrer_fault
from suites.security.session_cookies import LOCAL_HOST, broken_prefixes, lacks, sessions_in
from toantrinh.driver.answer_shapes import keeps_shared, lacks_words
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.judgement import Grounds, fail, needs_review, not_applicable, not_tested, some_of
from toantrinh.observations.http_answers import HeldCookie
from toantrinh.observations.site import PageFacts

EMC_SCRIPT = re.compile(r"gov-tracking", re.I)
KEPT_WELL = "Secure, HttpOnly, SameSite, phạm vi hẹp, không sống quá một ngày"


@check("headers.csp")
def test_csp_holds_strange_scripts_off(answers: AnswersRecord) -> None:
    """Mọi phản hồi HTML có CSP không mở unsafe-inline, ký tự đại diện; có object-src, base-uri; nonce không lặp."""
    rows = answers.documents()
    again = reused_nonces(rows)

    def fault(row: Row) -> str | None:
        found, reused = _policies(row), ["nonce dùng lại ở nhiều phản hồi"] if row in again else []
        wrong = weaknesses(found)
        if wrong and row.answer.written is None and lacks_words(row.headers):
            return ", ".join(reused) or None  # the document may have said the rest itself
        if not found and row.headers.get("content-security-policy-report-only"):
            wrong = ["CSP chỉ báo cáo (report-only), không chặn gì"]
        return ", ".join(wrong + reused)

    answers.each(rows, fault, expected="CSP dùng nonce hoặc hàm băm, có object-src và base-uri")


@check("headers.framing")
def test_pages_cannot_be_framed(answers: AnswersRecord) -> None:
    """Có frame-ancestors hoặc X-Frame-Options trên mọi phản hồi HTML."""
    answers.each(
        answers.documents(),
        lambda row: framing_fault(row.headers, row.answer.address),
        expected="frame-ancestors hoặc X-Frame-Options DENY, SAMEORIGIN",
    )


@check("headers.nosniff")
def test_nosniff(answers: AnswersRecord) -> None:
    """Mọi phản hồi có nội dung có X-Content-Type-Options là nosniff."""

    def fault(row: Row) -> str:
        # Fetch §3.5: the first value counts.
        said = row.headers.get("x-content-type-options", "").split(",")[0].strip()
        if said.lower() == "nosniff":
            return ""
        return f"X-Content-Type-Options là “{said}”" if said else "không có nosniff"

    answers.each(answers.with_body(), fault, expected="X-Content-Type-Options: nosniff trên mọi phản hồi có nội dung")


@check("headers.referrer-policy")
def test_referrer_policy(answers: AnswersRecord) -> None:
    """Có Referrer-Policy là strict-origin-when-cross-origin hoặc chặt hơn."""
    answers.each(
        answers.documents(),
        lambda row: referrer_fault(row.headers.get("referrer-policy", ""), row.answer.written),
        expected="strict-origin-when-cross-origin hoặc chặt hơn",
    )


@check("headers.permissions-policy")
def test_permissions_policy(answers: AnswersRecord) -> None:
    """Có Permissions-Policy tắt các quyền không dùng."""

    def fault(row: Row) -> str:
        said = row.headers.get("permissions-policy", "")
        if re.search(r"=\s*\(\s*\)", said):
            return ""
        old = " (Feature-Policy là tên cũ, trình duyệt mới không đọc)" if "feature-policy" in row.headers else ""
        return "Permissions-Policy không tắt quyền nào" if said else f"không có Permissions-Policy{old}"

    rows = [row for row in answers.documents() if row.answer.top]  # a frame has no more than the page that holds it
    answers.each(rows, fault, expected="Permissions-Policy tắt các quyền không dùng")


@check("headers.cookie-flags")
def test_session_cookies_are_protected(answers: AnswersRecord) -> None:
    """Cookie phiên sau đăng nhập có Secure (trừ http trên chính máy này), HttpOnly, SameSite, hẹp, ngắn."""
    wrong: dict[str, list[str]] = {}
    doubtful: dict[str, list[str]] = {}
    unknown: list[Browsing] = []
    for one in answers.browsings:
        found = sessions_in(one.cookies, one.at_log_in if one.logged_in else ())
        unknown += [one] if one.logged_in and not found.sure and not found.maybe else []
        for cookies, said in ((found.sure, wrong), (found.maybe, doubtful)):
            for cookie in cookies:
                if gone := lacks(cookie, answers.system.host, plain=_plain(answers)):
                    said.setdefault(f"{cookie.name} thiếu {', '.join(gone)}", []).append(_whose(one, cookie))
    for row in answers.rows:
        for broken in broken_prefixes(row.answer):
            wrong.setdefault(broken, []).append(row.where)
    aside = f"; {LOCAL_HOST}" if _plain(answers) else ""
    if wrong:
        fail(f"cookie phiên {_told(wrong)}{aside}", _grounds(wrong))
    if doubtful:
        needs_review(f"có thể là cookie phiên: {_told(doubtful)}{aside}", _grounds(doubtful))
    if unknown:
        bearer = any(one.bearer for one in unknown)
        why = "phiên đi theo mã trong Authorization: xem mã được cất ở đâu" if bearer else "không nhận ra cookie phiên"
        needs_review(f"đã đăng nhập, {why}", Grounds(KEPT_WELL, why, listed(one.source for one in unknown)))
    if not any(one.logged_in for one in answers.browsings):
        not_tested("chưa đăng nhập được nên chưa thấy cookie phiên sau đăng nhập")


@check("headers.third-party-integrity")
def test_third_party_files_are_pinned(answers: AnswersRecord, site: SiteRecord) -> None:
    """Mã và kiểu dáng tải từ máy khác có thuộc tính integrity, trừ mã đo EMC vốn thay đổi."""
    pages = site.pages()
    held: dict[str, list[str]] = {}
    bare: dict[str, list[str]] = {}
    for address, pinned, where in [*_on_pages(pages, OwnHosts.of(site.system)), *_on_journeys(answers)]:
        if not EMC_SCRIPT.search(address):
            (held if pinned else bare).setdefault(address, []).append(where)
    if not held and not bare:
        not_applicable("không trang nào tải mã hay kiểu dáng từ máy khác, ngoài mã đo EMC")
    if bare:
        said = "; ".join(f"{address} ({listed(where)})" for address, where in list(bare.items())[:6])
        grounds = Grounds("integrity trên mọi tệp từ máy khác", ", ".join(bare), said, ", ".join(sorted(bare)))
        fail(f"thiếu integrity: {said}", grounds)


@check("headers.personal-not-shared")
def test_personal_answers_are_not_shared(answers: AnswersRecord) -> None:
    """Phản hồi mang dữ liệu của người dân không cho bộ nhớ đệm dùng chung giữ lại."""
    rows = [row for row in answers.rows if row.signed_in and row.answer.body]
    if not rows:
        not_tested("chưa đăng nhập được nên chưa thấy phản hồi nào mang dữ liệu cá nhân")

    def fault(row: Row) -> str:
        leave = keeps_shared(row.headers)
        return f"{leave}: nơi trung gian được giữ" if leave and row.answer.personal else ""

    answers.each(rows, fault, expected="Cache-Control: no-store hoặc private trên mọi phản hồi mang dữ liệu cá nhân")


@check("headers.isolation")
def test_pages_are_isolated(answers: AnswersRecord) -> None:
    """Có Cross-Origin-Opener-Policy và Cross-Origin-Resource-Policy."""

    def fault(row: Row) -> str:
        opener = row.headers.get("cross-origin-opener-policy", "").lower()
        resource = row.headers.get("cross-origin-resource-policy", "").strip().lower()
        held = opener.startswith(("same-origin", "noopener-allow-popups")) or not row.answer.top
        wrong = [] if held else ["Cross-Origin-Opener-Policy"]
        wrong += [] if resource in ("same-origin", "same-site") else ["Cross-Origin-Resource-Policy"]
        return f"thiếu {', '.join(wrong)}" if wrong else ""

    answers.each(answers.documents(), fault, expected="COOP và CORP")


@check("headers.csp-finer")
def test_csp_could_not_be_finer(answers: AnswersRecord) -> None:
    """CSP không cho chạy chuỗi thành mã ('unsafe-eval'), không cho máy chủ có điểm JSONP."""
    rows = [row for row in answers.documents() if "content-security-policy" in row.headers]
    if not rows:
        not_applicable("không phản hồi nào có Content-Security-Policy")
    answers.each(rows, lambda row: ", ".join(finer_points(_policies(row))), expected="CSP không có unsafe-eval")


def _policies(row: Row) -> list[Policy]:
    """The policies of header and document, which hold together; report-only ones hold nothing."""
    address, written = row.answer.address, row.answer.written
    found = policies(row.headers.get("content-security-policy", ""), address)
    for text in written.policies if written else ():
        found += policies(text, address, meta=True)
    return found


def _plain(answers: AnswersRecord) -> bool:
    """True for plain http on this machine, over which no browser takes a Secure cookie that matters to anybody."""
    return answers.system.is_loopback and answers.system.base_url.startswith("http:")


def _whose(one: Browsing, cookie: HeldCookie) -> str:
    by = f", đặt bởi {cookie.set_by}" if cookie.set_by else ""
    return f"{one.role}{by}"


def _told(causes: dict[str, list[str]]) -> str:
    return "; ".join(f"{what} ({some_of(where, 3)})" for what, where in causes.items())


def _grounds(causes: dict[str, list[str]]) -> Grounds:
    where = listed(place for places in causes.values() for place in places)
    return Grounds(KEPT_WELL, "; ".join(causes), where, "; ".join(sorted(causes)))


def _on_pages(pages: list[PageFacts], own: OwnHosts) -> list[tuple[str, bool, str]]:
    """(address, pinned, where) of the files of other hosts in the pages of the set; not of the system's own hosts."""
    strange = [(page, file) for page in pages for file in page.foreign_files if file.address not in own]
    return [(file.address, file.integrity, page.name.vietnamese) for page, file in strange]


def _on_journeys(answers: AnswersRecord) -> list[tuple[str, bool, str]]:
    """The same of the pages of the journeys, forms behind log-in included."""
    return [(file.address, file.integrity, file.page) for file in answers.strangers]
