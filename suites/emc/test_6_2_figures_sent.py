"""6.2 Gửi được số liệu."""

from __future__ import annotations

from collections import Counter

from fixtures.checks import check
from fixtures.pages import JourneysRecord, SiteRecord
from suites.emc import in_page
from suites.emc.beacons import SCRIPT, SITE_ID_NAMES, bare, fingerprint, is_event, of_journey, values
from suites.emc.in_page import TITLE_NAMES
from suites.emc.measuring import ask_for, closed_hosts, need_reachable, pages_with_tag
from toantrinh.judgement import Grounds, fail, not_applicable, not_tested, partial
from toantrinh.observations.page import BeaconRecord
from toantrinh.observations.site import PageFacts

NO_ID = ("", "undefined", "null", "NaN", "0")


@check("emc.script-loaded")
def test_script_loads(site: SiteRecord) -> None:
    """Tệp gov-tracking.min.js trả về mã thật, không lỗi."""
    pages = pages_with_tag(site)
    need_reachable(site, pages)

    def fault(page: PageFacts) -> str:
        answers = [found for found in page.resources if SCRIPT.search(found.address)]
        if not answers:
            failed = [text for text in page.blocked if SCRIPT.search(text)]
            return f"không tải được tệp mã: {failed[0]}" if failed else "trang không tải tệp mã gov-tracking"
        bad = [found for found in answers if found.status >= 400 or "html" in found.content_type]
        return f"{bad[0].address} trả về HTTP {bad[0].status} {bad[0].content_type}" if bad else ""

    site.each(pages, fault, expected="tệp gov-tracking.min.js với mã 200")


@check("emc.page-view-sent")
def test_page_views_are_sent(site: SiteRecord) -> None:
    """Mỗi trang đã xem có tín hiệu lượt xem tới máy đo với đúng địa chỉ và tiêu đề trang."""
    pages = pages_with_tag(site)
    need_reachable(site, pages)

    def fault(page: PageFacts) -> str:
        views = _views(page)
        if not views:
            return "không gửi tín hiệu lượt xem nào"
        failed = [view for view in views if view.failure]
        if len(failed) == len(views):
            return f"tín hiệu lượt xem không tới nơi: {failed[0].failure}"
        if not any(_names_page(view, page) for view in views):
            return "tín hiệu lượt xem mang địa chỉ của trang khác"
        if not any(_names_site(view, page) for view in views):
            return "tín hiệu lượt xem gửi trước khi đặt mã trang đo"
        return "" if any(_names_title(view, page) for view in views) else "tín hiệu lượt xem mang tiêu đề khác"

    site.each(pages, fault, expected="tín hiệu lượt xem mang địa chỉ, tiêu đề của trang")


@check("emc.page-view-once")
def test_each_view_is_sent_once(site: SiteRecord) -> None:
    """Một lượt xem cho đúng một tín hiệu."""
    pages = [page for page in pages_with_tag(site) if _views(page)]
    if not pages:
        need_reachable(site, pages_with_tag(site))
        not_tested("không trang nào gửi tín hiệu lượt xem")

    def fault(page: PageFacts) -> str:
        most = max(Counter(map(fingerprint, _views(page))).values())
        return f"gửi {most} tín hiệu giống nhau cho một lượt xem" if most > 1 else ""

    site.each(pages, fault, expected="một tín hiệu cho một lượt xem")


@check("emc.page-view-in-page-navigation")
def test_in_page_navigation_is_sent(all_journeys: JourneysRecord) -> None:
    """Ứng dụng một trang gửi lượt xem với địa chỉ, tiêu đề mới khi đổi trang mà không tải lại."""
    journeys, base = all_journeys.journeys, all_journeys.system.base_url
    if not any(len({in_page.route(page.address) for page in in_page.own_pages(one, base)}) > 1 for one in journeys):
        not_tested(f"hành trình chưa đổi trang lần nào: {journeys[0].stopped_at()}")
    judged = {turn.address: (turn, said) for one in journeys for turn, said in in_page.faults(one, base)}
    if not judged:
        not_applicable("cổng tải lại tài liệu ở mỗi lần đổi trang, không có lần đổi trang nào tại chỗ")
    closed = [name for one in journeys for name in closed_hosts(one, all_journeys.system)]
    if closed and not any(of_journey(one) for one in journeys):
        not_tested(ask_for(closed))
    wrong = [(turn, said) for turn, said in judged.values() if said]
    if not wrong:
        return
    causes: dict[str, list[str]] = {}
    for turn, said in wrong:
        causes.setdefault(said, []).append(turn.step.vietnamese)
    said = "; ".join(f"{cause} ({', '.join(dict.fromkeys(steps))})" for cause, steps in causes.items())
    grounds = Grounds(
        expected="lượt xem với địa chỉ, tiêu đề mới ở mỗi lần đổi trang không tải lại",
        seen="; ".join(causes),
        where=", ".join(turn.address for turn, _ in wrong[:6]),
    )
    message = f"{len(wrong)}/{len(judged)} trang đổi tại chỗ: {said}"
    if len(wrong) == len(judged):
        fail(message, grounds)
    partial(1 - len(wrong) / len(judged), message, grounds)


def _views(page: PageFacts) -> list[BeaconRecord]:
    return [beacon for beacon in page.beacons if not is_event(beacon)]


def _names_page(view: BeaconRecord, page: PageFacts) -> bool:
    """True unless the beacon carries addresses and none of them is the page's: their names are unpublished."""
    origin = "/".join(page.address.split("/")[:3])
    carried = [bare(value) for name, value in values(view) if value.startswith(origin) and "ref" not in name.lower()]
    return not carried or bare(page.address) in carried


def _names_site(view: BeaconRecord, page: PageFacts) -> bool:
    """False where the site id stands empty, or where none that the page's source sets is among what was sent."""
    carried = values(view)
    if any(name.lower() in SITE_ID_NAMES and value in NO_ID for name, value in carried):
        return False
    return not page.tag.site_ids or any(value in page.tag.site_ids for _, value in carried)


def _names_title(view: BeaconRecord, page: PageFacts) -> bool:
    carried = [" ".join(value.split()) for name, value in values(view) if name.lower() in TITLE_NAMES]
    return not carried or " ".join(page.title.split()) in carried
