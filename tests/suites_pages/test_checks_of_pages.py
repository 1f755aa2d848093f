"""Every check that reads the pages: passes what is right, fails what is wrong, stays silent at a look-alike.

Given a small portal seen by a real browser, when a check judges its record, then the verdict and its words are these.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from fixtures.pages import SiteRecord
from suites.accessibility import test_5_1_level_a as a51
from suites.accessibility import test_5_2_level_aa as a52
from suites.emc import test_6_1_tag_on_every_page as e61
from suites.emc import test_6_2_figures_sent as e62
from suites.emc import test_6_4_label_and_no_harm as e64
from suites.layout import test_2_1_identity as l21
from suites.layout import test_2_2_navigation as l22
from suites.layout import test_2_3_every_screen as l23
from suites.layout import test_2_4_general_information as l24
from suites.layout import test_2_5_domain_and_characters as l25
from suites.performance import test_3_5_stability as p35
from suites.security import test_4_1_channel as s41
from suites.security import test_4_2_headers_and_cookies as s42
from suites.security import versions
from tests.suites_pages.conftest import Recorder, verdict_of
from toantrinh.verdicts import Verdict

Check = Callable[[SiteRecord], None]
P, F, HALF, NA = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_APPLICABLE
OPEN, REVIEW = Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW
OF_PAGES = (["site", "return"], ["site", "tour", "return"], ["site", "tour", "phones", "return"])
OF_ANSWERS = (["answers", "return"], ["answers", "site", "return"])
MODULES = (l21, l22, l23, l24, l25, a51, a52, e61, e62, e64, s41, s42, p35)


def checks_of(module: ModuleType) -> list[Check]:
    """The checks of a chapter that read pages alone."""
    return [
        found
        for name, found in vars(module).items()
        if name.startswith("test_") and list(found.__annotations__) in OF_PAGES + OF_ANSWERS
    ]


ALL = [*((module, check) for module in MODULES for check in checks_of(module)), (versions, versions.on_pages)]
NOT_ON_LOOPBACK = {
    s41.test_https_everywhere,
    s41.test_hsts_is_long_enough,
    s41.test_no_mixed_content,
    l25.test_domain_pattern,
}
BEHIND_LOG_IN = {s42.test_session_cookies_are_protected, s42.test_personal_answers_are_not_shared}

# check, portal, verdict, words that the judgement must say
WRONG: list[tuple[Check, str, Verdict, tuple[str, ...]]] = [
    (l21.test_emblem_and_official_name, "faulty", HALF, ("biểu trưng", "Hướng dẫn")),
    (l21.test_emblem_and_official_name, "bare", REVIEW, ("không nhận ra phần đầu trang",)),
    (l21.test_same_header, "faulty", HALF, ("tra cuu ho so", "Hướng dẫn")),
    (l21.test_same_footer, "faulty", HALF, ("dia chi", "Hướng dẫn")),
    (l21.test_footer_contacts, "faulty", HALF, ("điện thoại, thư điện tử",)),
    (l21.test_footer_contacts, "bare", F, ("không có chân trang",)),
    (l22.test_menu_entries, "faulty", HALF, ("phản ánh kiến nghị",)),
    (l22.test_breadcrumb, "faulty", HALF, ("Hướng dẫn",)),
    (l22.test_no_dead_end, "faulty", HALF, ("Bản tiếng Anh",)),
    (l23.test_no_sideways_scroll, "faulty", HALF, ("360 điểm ảnh", "table", "Danh sách thủ tục")),
    (l24.test_site_map, "faulty", F, ("liên kết trong nội dung",)),
    (l24.test_site_map, "bare", F, ("không thấy đường tới trang",)),
    (l24.test_link_to_the_national_portal, "faulty", F, ("Cổng Dịch vụ công quốc gia",)),
    (l24.test_foreign_language, "same-language", F, ("chính trang tiếng Việt",)),
    (l24.test_search_engine_basics, "faulty", HALF, ("không có mô tả", "robots.txt chặn", "dùng cho nhiều trang")),
    (l25.test_utf8_declared_and_used, "faulty", HALF, ("không khai báo bảng mã", "Hướng dẫn")),
    (l25.test_precomposed_vietnamese, "faulty", HALF, ("dựng sẵn", "Danh sách thủ tục")),
    (l25.test_language_declared, "faulty", HALF, ("không khai báo lang", "Hướng dẫn")),
    (a51.test_no_violation_of_level_a, "faulty", F, ("image-alt", "trong khung", "/khung")),
    (a52.test_no_violation_of_level_aa, "faulty", F, ("color-contrast", "Trang chủ")),
    (a52.test_no_violation_of_newer_levels, "faulty", F, ("autocomplete-valid",)),
    (a51.test_language_of_the_text, "faulty", HALF, ("tiếng Anh", 'lang="vi"')),
    (a51.test_titles_tell_pages_apart, "faulty", HALF, ("“Trang chủ” dùng cho 2 trang",)),
    (e61.test_tag_on_every_page, "faulty", HALF, ("chỉ có dấu chú thích", "Hướng dẫn")),
    (e61.test_tag_on_every_page, "framed-tag", F, ("chỉ có trong khung con",)),
    (e61.test_tag_on_every_page, "bare", F, ("không có mã đo",)),
    (e61.test_tag_is_alive, "blocked-tag", F, ("mã đo không chạy", "gov-tracking")),
    (e61.test_tag_is_alive, "national-tag", OPEN, ("f-emc.ngsp.gov.vn", "hosts")),
    (e61.test_one_site_id, "faulty", HALF, ("8981", "Danh sách thủ tục")),
    (e61.test_registered_site_id, "faulty", HALF, ("8981",)),
    (e61.test_secure_address, "national-tag", F, ("http://f-emc.ngsp.gov.vn",)),
    (e62.test_script_loads, "blocked-tag", F, ("gov-tracking",)),
    (e62.test_script_loads, "national-tag", OPEN, ("f-emc.ngsp.gov.vn",)),
    (e62.test_page_views_are_sent, "faulty", HALF, ("không gửi tín hiệu", "Danh sách thủ tục")),
    (e62.test_each_view_is_sent_once, "faulty", HALF, ("2 tín hiệu", "Sơ đồ cổng")),
    (e64.test_label_is_visible, "blocked-tag", F, ("bị ẩn",)),
    (e64.test_label_is_visible, "bare", F, ("không thấy nhãn",)),
    (s42.test_csp_holds_strange_scripts_off, "faulty", HALF, ("unsafe-inline", "không có Content-Security-Policy")),
    (s42.test_pages_cannot_be_framed, "faulty", HALF, ("không chống nhúng khung",)),
    (s42.test_nosniff, "faulty", HALF, ("nosniff", "/style.css")),
    (s42.test_referrer_policy, "faulty", HALF, ("unsafe-url",)),
    (s42.test_permissions_policy, "faulty", HALF, ("không có Permissions-Policy",)),
    (s42.test_pages_are_isolated, "faulty", HALF, ("Cross-Origin-Opener-Policy",)),
    (s42.test_session_cookies_are_protected, "faulty", F, ("HttpOnly", "SameSite", "2400 giờ", "Secure không xét")),
    (s42.test_session_cookies_are_protected, "bare", OPEN, ("chưa đăng nhập được",)),
    (versions.on_pages, "faulty", HALF, ("nginx/1.18.0", "Danh sách thủ tục")),
    (p35.test_text_is_compressed, "faulty", HALF, ("/style.css", "/thu-tuc")),
    (p35.test_static_files_can_be_cached, "faulty", F, ("/style.css",)),
    (l21.test_same_header, "error-page", OPEN, ("Trang chủ",)),
    (a51.test_no_violation_of_level_a, "error-page", OPEN, ("Trang chủ",)),
]  # fmt: skip


@pytest.mark.parametrize(("module", "check"), ALL, ids=[check.__name__ for _, check in ALL])
@pytest.mark.parametrize("portal", ["clean", "lookalike"])
def test_silent_where_all_is_right(site_of: Recorder, portal: str, module: ModuleType, check: Check) -> None:
    verdict, words = verdict_of(check, site_of(portal))
    allowed = {P, NA} if check in NOT_ON_LOOPBACK | {s42.test_third_party_files_are_pinned} else {P}
    allowed |= {OPEN} if check in BEHIND_LOG_IN else set()
    assert verdict in allowed, words


@pytest.mark.parametrize(
    ("check", "portal", "wanted", "said"), WRONG, ids=[f"{check.__name__}-{portal}" for check, portal, _, _ in WRONG]
)
def test_names_what_is_wrong(
    site_of: Recorder, check: Check, portal: str, wanted: Verdict, said: tuple[str, ...]
) -> None:
    verdict, words = verdict_of(check, site_of(portal))
    assert verdict is wanted, words
    for word in said:
        assert word in words
