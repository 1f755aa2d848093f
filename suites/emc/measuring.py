"""What the EMC checks share: which pages carry the tag, and whether our browser may reach the measuring host."""

from __future__ import annotations

from collections.abc import Sequence

from fixtures.pages import SiteRecord
from suites.emc.beacons import host, script_requests
from toantrinh.judgement import Grounds, not_tested
from toantrinh.observations.journey import Journey
from toantrinh.observations.site import PageFacts
from toantrinh.system_model import System

NATIONAL_HOST = "f-emc.ngsp.gov.vn"


def pages_with_tag(site: SiteRecord) -> list[PageFacts]:
    """The pages that carry the tag in their main frame; without any, absence decides."""
    pages = site.pages()
    found = [page for page in pages if page.tag.present]
    if not found:
        site.missing("không thấy mã đo EMC ở trang nào", expected="mã đo EMC trên mọi trang", where=pages[0].address)
    return found


def need_reachable(site: SiteRecord, pages: Sequence[PageFacts]) -> None:
    """Ends the check as open when our own browser may not go to the measuring host: no fault of the system."""
    if any(page.beacons for page in pages):
        return
    hosts = {host(address) for page in pages for address in (*page.tag.scripts, *page.tag.trackers)} - {""}
    closed = sorted(hosts - site.system.allowed_hosts)
    if closed and not hosts & site.system.allowed_hosts:
        not_tested(
            f"trình duyệt không được phép đi tới máy đo {', '.join(closed)}; thêm vào mục hosts của tệp hệ thống",
            Grounds(expected="máy đo nằm trong hosts", seen=", ".join(closed)),
        )


def closed_hosts(journey: Journey, system: System) -> list[str]:
    """Hosts of the tag's script that our own browser was not allowed to reach."""
    asked = {host(r.address) for step in journey.steps for r in script_requests(step.requests)}
    return sorted(asked - system.allowed_hosts)


def ask_for(hosts: Sequence[str]) -> str:
    """What the person at the keyboard can do about hosts that our browser may not reach."""
    named = ", ".join(dict.fromkeys(hosts))
    return f"trình duyệt không được phép đi tới máy đo {named}; thêm vào mục hosts của tệp hệ thống"
