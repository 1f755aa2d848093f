"""6.1 Gắn mã trên mọi trang."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.pages import SiteRecord
from suites.emc.beacons import SCRIPT, bare, script_requests, site_ids
from suites.emc.measuring import need_reachable, pages_with_tag
from toantrinh.judgement import Grounds, fail, not_tested, partial
from toantrinh.observations.journey import Reach, Step, StepName
from toantrinh.observations.site import PageFacts
from toantrinh.ownership import at_home
from toantrinh.system_model import System, is_loopback


@check("emc.tag-on-every-page")
def test_tag_on_every_page(site: SiteRecord) -> None:
    """Mỗi trang đã xem có mã đo, dù viết bằng dạng nào, ở khung chính."""

    def fault(page: PageFacts) -> str:
        if page.tag.present:
            return ""
        if page.tag.frames:
            return "mã đo chỉ có trong khung con"
        if page.tag.withheld:
            return "mã đo bị giữ lại, không chạy trước khi người dân đồng ý"
        return "chỉ có dấu chú thích, không có mã đo chạy được" if page.tag.marker else "không có mã đo EMC"

    pages = site.pages()
    if not site.verified and not any(page.tag.present or page.tag.frames for page in pages):
        site.missing("không thấy mã đo EMC ở trang nào", expected="mã đo EMC trên mọi trang", where=pages[0].address)
    site.each(pages, fault, expected="mã đo EMC trong khung chính của mọi trang")


@check("emc.tag-on-every-step")
def test_tag_on_every_step(journey: JourneyRecord, system: System) -> None:
    """Mỗi bước của hành trình, kể cả trang xác nhận, có mã đo."""
    loaded = [(step, page) for step in journey.journey.steps for page in _own_pages(step, system.base_url)]
    if not loaded:
        not_tested(f"hành trình không tải trang nào của hệ thống: {journey.journey.stopped_at()}")
    sent_from = {bare(beacon.page) for step in journey.journey.steps for beacon in step.beacons}
    without = [(step, page) for step, page in loaded if page not in sent_from and not _fetches_tag(step, page)]
    journey.at(*dict.fromkeys(step.name for step, _ in without or loaded))
    if not without:
        if journey.journey.step(StepName.SUBMIT).reach not in (Reach.REACHED, Reach.NOT_NEEDED):
            not_tested(f"các bước đã xem đều có mã đo; chưa tới trang xác nhận: {journey.journey.stopped_at()}")
        return
    said = "; ".join(f"{step.name.vietnamese}: {page}" for step, page in without)
    grounds = Grounds(expected="mã đo EMC ở mọi bước", seen="không có mã đo", where=said)
    if len(without) == len(loaded):
        fail(f"không bước nào có mã đo EMC: {said}", grounds)
    partial(
        1 - len(without) / len(loaded),
        f"{len(without)}/{len(loaded)} trang của hành trình không có mã đo: {said}",
        grounds,
    )


@check("emc.tag-alive")
def test_tag_is_alive(site: SiteRecord) -> None:
    """Mã đo đã chạy, không bị CSP, nội dung trộn hay hộp đồng ý chặn."""
    pages = pages_with_tag(site)
    need_reachable(site, pages)

    def fault(page: PageFacts) -> str:
        if page.beacons or page.tag.taken_over:
            return ""
        why = [text for text in (*page.blocked, *page.console) if SCRIPT.search(text) or "_govaq" in text]
        return f"mã đo không chạy: {why[0]}" if why else "mã đo không chạy: không tải tệp mã, không gửi gì"

    site.each(pages, fault, expected="mã đo chạy và gửi được")


@check("emc.one-site-id")
def test_one_site_id(site: SiteRecord) -> None:
    """Mọi trang gửi cùng một mã trang đo."""
    named = _named(site)
    counts = Counter(site_id for ids in named.values() for site_id in ids)
    if len(counts) < 2:
        return
    common = counts.most_common(1)[0][0]
    pages = [page for page in site.pages() if page.name in named]

    def fault(page: PageFacts) -> str:
        others = sorted(named[page.name] - {common})
        return f"mã trang đo {', '.join(others)} khác với {common}" if others else ""

    site.each(pages, fault, expected=f"một mã trang đo duy nhất ({common})")


@check("emc.registered-site-id")
def test_registered_site_id(site: SiteRecord) -> None:
    """Mã trang đo bằng mã khai trong tệp hệ thống."""
    registered = site.system.emc.site_id
    if registered is None:
        not_tested('tệp hệ thống chưa khai mã trang đo đã đăng ký; thêm mục emc: site_id: "…"')
    named = _named(site)
    pages = [page for page in site.pages() if page.name in named]

    def fault(page: PageFacts) -> str:
        wrong = sorted(named[page.name] - {registered})
        return f"mã trang đo là {', '.join(wrong)}" if wrong else ""

    site.each(pages, fault, expected=f"mã trang đo {registered}")


@check("emc.secure-address")
def test_secure_address(site: SiteRecord) -> None:
    """Mã và địa chỉ gửi dùng https (hoặc cùng máy khi thử nghiệm trên máy cục bộ)."""

    def fault(page: PageFacts) -> str:
        addresses = [*page.tag.scripts, *page.tag.trackers, *(beacon.address for beacon in page.beacons)]
        insecure = [a for a in dict.fromkeys(addresses) if urlsplit(a).scheme == "http" and not is_loopback(a)]
        return f"địa chỉ không an toàn {', '.join(insecure)}" if insecure else ""

    pages = pages_with_tag(site)
    if not any(page.tag.scripts or page.tag.trackers or page.beacons for page in pages):
        not_tested("không đọc được địa chỉ của mã đo")
    site.each(pages, fault, expected="https cho mã đo và địa chỉ gửi")


def _named(site: SiteRecord) -> dict[str, set[str]]:
    """The site ids of each page, sent or in its source. Ends the check when there is none."""
    named: dict[str, set[str]] = {}
    for page in pages_with_tag(site):
        sent = {site_id for beacon in page.beacons for site_id in site_ids(beacon)}
        if ids := sent | set(page.tag.site_ids):
            named[page.name] = ids
    if not named:
        not_tested("không đọc được mã trang đo ở trang nào")
    return named


def _own_pages(step: Step, base_url: str) -> list[str]:
    """The system's own pages that were loaded in a step: proven, and delivered as a document of their own."""
    if step.reach in (Reach.NOT_NEEDED, Reach.NOT_TRIED):
        return []
    documents = {bare(r.address) for r in step.requests if r.kind == "document" and r.status and 200 <= r.status < 300}
    seen = [bare(proof.address) for proof in step.proof if proof.holds and at_home(proof.address, base_url)]
    return [page for page in dict.fromkeys(seen) if page in documents]


def _fetches_tag(step: Step, page: str) -> bool:
    """True when the script of the tag was asked for after this page was loaded and before the next one."""
    current = ""
    own = {bare(proof.address) for proof in step.proof}
    for request in step.requests:
        address = bare(request.address)
        if request.kind == "document" and address in own:
            current = address
        elif current == page and script_requests([request]):
            return True
    return False
