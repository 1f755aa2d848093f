"""The pages of the set are found as a person finds them, and each is proven before it carries a verdict."""

from __future__ import annotations

from tests.suites_pages.conftest import Recorder
from toantrinh.observations.page import PageKind
from toantrinh.observations.site import PageName


def test_a_button_of_the_menu_is_pressed(site_of: Recorder) -> None:
    visit = site_of("by-button").visits[PageName.SERVICES].data
    assert visit is not None and visit.page is not None
    assert visit.way == "nút “Thủ tục hành chính” ở trang chủ"
    assert visit.page.address.endswith("/thu-tuc")


def test_the_site_map_leads_where_the_home_page_does_not(site_of: Recorder) -> None:
    visit = site_of("by-button").visits[PageName.GUIDE].data
    assert visit is not None and visit.page is not None
    assert visit.way == "liên kết “Hướng dẫn sử dụng” ở sơ đồ cổng"


def test_the_first_service_of_the_list_is_opened(site_of: Recorder) -> None:
    visit = site_of("by-button").visits[PageName.SERVICE].data
    assert visit is not None and "liên kết “Thủ tục đăng ký số 1000”" in visit.way


def test_a_page_that_nothing_leads_to_is_absent(site_of: Recorder) -> None:
    site = site_of("by-button")
    assert site.absent(PageName.FIGURES)
    visit = site.visits[PageName.FIGURES].data
    assert visit is not None and "so lieu" in visit.looked_for


def test_an_error_page_is_kept_and_carries_no_verdict(site_of: Recorder) -> None:
    visit = site_of("error-page").visits[PageName.HOME].data
    assert visit is not None and visit.page is not None
    assert visit.page.proof.kind is PageKind.ERROR
    assert not visit.page.judged and visit.page.axe == ()


def test_cookie_values_are_not_kept(site_of: Recorder) -> None:
    visit = site_of("clean").visits[PageName.HOME]
    assert visit.data is not None and visit.data.page is not None
    assert visit.data.page.cookies[0].opaque
    assert "0123456789abcdef0123456789abcdef" not in visit.model_dump_json()
