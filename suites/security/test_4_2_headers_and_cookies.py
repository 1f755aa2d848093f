"""4.2 Tiêu đề bảo vệ, cookie."""

from __future__ import annotations

import re
from collections import Counter

from fixtures.checks import check
from fixtures.pages import SiteRecord
from suites.security.policy import NONCE, policies, weaknesses
from toantrinh.judgement import Grounds, fail, not_applicable, not_tested
from toantrinh.observations.site import CookieFacts, PageFacts
from toantrinh.observers.site.wayfinding import at_home

REFERRER_POLICIES = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
KNOWN_REFERRER = (*REFERRER_POLICIES, "origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade")
SESSION_NAME = re.compile(r"sess|(^|[_.-])sid|auth|token|jwt|login|phien|ticket|aspxauth|identity|connect\.", re.I)
LONGEST_SESSION_S = 24 * 3600
EMC_SCRIPT = re.compile(r"gov-tracking", re.I)


@check("headers.csp")
def test_csp_holds_strange_scripts_off(site: SiteRecord) -> None:
    """Mọi phản hồi HTML có CSP không mở unsafe-inline, ký tự đại diện; có object-src, base-uri; nonce không lặp."""
    pages = site.pages()
    nonces = Counter(nonce for page in pages for nonce in set(NONCE.findall(_csp(page))))

    def fault(page: PageFacts) -> str:
        again = [nonce for nonce in NONCE.findall(_csp(page)) if nonces[nonce] > 1]
        return ", ".join(weaknesses(policies(_csp(page))) + (["nonce dùng lại ở nhiều trang"] if again else []))

    site.each(pages, fault, expected="CSP dùng nonce hoặc hàm băm, có object-src và base-uri")


@check("headers.framing")
def test_pages_cannot_be_framed(site: SiteRecord) -> None:
    """Có frame-ancestors hoặc X-Frame-Options trên mọi phản hồi HTML."""

    def fault(page: PageFacts) -> str:
        found = policies(_csp(page))
        if any(one.sources("frame-ancestors") is not None for one in found):
            # CSP2 §7.7: with frame-ancestors, X-Frame-Options is ignored.
            return "" if any(one.framing_held() for one in found) else "frame-ancestors cho mọi trang nhúng"
        said = page.headers.get("x-frame-options", "").split(",")[0].strip().upper()
        if said in ("DENY", "SAMEORIGIN"):
            return ""
        return f"X-Frame-Options là “{said}”, không có tác dụng" if said else "không chống nhúng khung"

    site.each(site.pages(), fault, expected="frame-ancestors hoặc X-Frame-Options DENY, SAMEORIGIN")


@check("headers.nosniff")
def test_nosniff(site: SiteRecord) -> None:
    """Mọi phản hồi có X-Content-Type-Options là nosniff."""

    def fault(page: PageFacts) -> str:
        own = [r for r in page.resources if at_home(r.address, page.address) and 200 <= r.status < 300]
        bare = [r.address for r in own if not r.nosniff]
        more = f" và {len(bare) - 1} phản hồi khác" if len(bare) > 1 else ""
        return f"{bare[0]}{more} không có nosniff" if bare else ""

    site.each(site.pages(), fault, expected="X-Content-Type-Options: nosniff trên mọi phản hồi")


@check("headers.referrer-policy")
def test_referrer_policy(site: SiteRecord) -> None:
    """Có Referrer-Policy là strict-origin-when-cross-origin hoặc chặt hơn."""

    def fault(page: PageFacts) -> str:
        said = page.referrer or page.headers.get("referrer-policy", "")
        # Referrer Policy §8.1: the last value that the browser knows counts.
        known = [value for part in said.split(",") if (value := part.strip().lower()) in KNOWN_REFERRER]
        if not known:
            return f"Referrer-Policy “{said}” không có nghĩa" if said else "không có Referrer-Policy"
        return "" if known[-1] in REFERRER_POLICIES else f"Referrer-Policy là {known[-1]}"

    site.each(site.pages(), fault, expected="strict-origin-when-cross-origin hoặc chặt hơn")


@check("headers.permissions-policy")
def test_permissions_policy(site: SiteRecord) -> None:
    """Có Permissions-Policy tắt các quyền không dùng."""

    def fault(page: PageFacts) -> str:
        said = page.headers.get("permissions-policy", "")
        return (
            "" if re.search(r"=\s*\(\s*\)", said) else "không tắt quyền nào" if said else "không có Permissions-Policy"
        )

    site.each(site.pages(), fault, expected="Permissions-Policy tắt các quyền không dùng")


@check("headers.cookie-flags")
def test_session_cookies_are_protected(site: SiteRecord) -> None:
    """Cookie phiên có Secure (không xét khi dùng http trên chính máy này), HttpOnly, SameSite và không sống quá lâu."""
    found = [(page, cookie) for page in site.pages() for cookie in page.cookies if is_session(cookie)]
    if not found:
        not_tested("các trang đã xem khi chưa đăng nhập không đặt cookie phiên nào")
    wrong: dict[str, list[str]] = {}
    local = site.system.is_loopback
    for page, cookie in found:
        gone = [] if cookie.secure or (local and not page.secure) else ["Secure"]
        gone += [] if cookie.http_only else ["HttpOnly"]
        gone += [] if cookie.same_site in ("Lax", "Strict") else [f"SameSite (là {cookie.same_site or 'không đặt'})"]
        if cookie.lifetime_s is not None and cookie.lifetime_s > LONGEST_SESSION_S:
            gone.append(f"thời hạn ngắn (sống {cookie.lifetime_s / 3600:.0f} giờ)")
        if gone:
            wrong.setdefault(f"{cookie.name} thiếu {', '.join(gone)}", []).append(page.name.vietnamese)
    if wrong:
        said = "; ".join(f"{what} ({', '.join(dict.fromkeys(where))})" for what, where in wrong.items())
        aside = "; Secure không xét vì dùng http trên chính máy này" if local and not found[0][0].secure else ""
        fail(
            f"cookie phiên {said}{aside}",
            Grounds(
                expected="Secure, HttpOnly, SameSite, không sống quá một ngày", seen=said, where=found[0][0].address
            ),
        )


@check("headers.third-party-integrity")
def test_third_party_files_are_pinned(site: SiteRecord) -> None:
    """Mã và kiểu dáng tải từ máy khác có thuộc tính integrity, trừ mã đo EMC vốn thay đổi."""
    pages = site.pages()
    foreign = {page.name: [f for f in page.foreign_files if not EMC_SCRIPT.search(f.address)] for page in pages}
    if not any(foreign.values()):
        not_applicable("không trang nào tải mã hay kiểu dáng từ máy khác, ngoài mã đo EMC")

    def fault(page: PageFacts) -> str:
        bare = [file.address for file in foreign[page.name] if not file.integrity]
        return f"thiếu integrity: {', '.join(bare[:4])}" if bare else ""

    site.each(pages, fault, expected="integrity trên mọi tệp từ máy khác")


@check("headers.isolation")
def test_pages_are_isolated(site: SiteRecord) -> None:
    """Có Cross-Origin-Opener-Policy và Cross-Origin-Resource-Policy."""

    def fault(page: PageFacts) -> str:
        opener = page.headers.get("cross-origin-opener-policy", "").lower()
        resource = page.headers.get("cross-origin-resource-policy", "").lower()
        wrong = [] if opener.startswith("same-origin") else ["Cross-Origin-Opener-Policy"]
        wrong += [] if resource in ("same-origin", "same-site") else ["Cross-Origin-Resource-Policy"]
        return f"thiếu {', '.join(wrong)}" if wrong else ""

    site.each(site.pages(), fault, expected="COOP và CORP")


def is_session(cookie: CookieFacts) -> bool:
    """True for a cookie that may carry a session: a secret value, and a name that says so or an end with the browser.

    A measuring or language cookie has a short or telling value, or lives for months and is not named like a session.
    """
    if not cookie.opaque or re.search(r"csrf|xsrf", cookie.name, re.I):
        return False
    return cookie.lifetime_s is None or bool(SESSION_NAME.search(cookie.name))


def _csp(page: PageFacts) -> str:
    return page.headers.get("content-security-policy", "")
