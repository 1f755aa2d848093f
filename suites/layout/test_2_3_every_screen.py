"""2.3 Đáp ứng mọi màn hình."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.judgement import Grounds, fail, not_tested, partial
from toantrinh.observations.site import WidthFacts


@check("layout.no-sideways-scroll")
def test_no_sideways_scroll(site: SiteRecord) -> None:
    """Bề rộng nội dung không vượt bề rộng màn hình ở 360, 768 và 1366 điểm ảnh."""
    tried = [(page, seen) for page in site.pages() for seen in page.widths]
    if not tried:
        not_tested("chưa đo bề rộng trang nào")
    wide = [(page, seen) for page, seen in tried if seen.content_width > seen.width + 1]
    if not wide:
        return
    site.look_at(list({page.name: page for page, _ in wide}.values()))
    said = "; ".join(f"{page.name.vietnamese} ở {_wide(seen)}" for page, seen in wide)
    grounds = Grounds(
        expected="nội dung không rộng hơn màn hình",
        seen=said,
        where=", ".join(dict.fromkeys(page.address for page, _ in wide)),
    )
    if len(wide) == len(tried):
        fail(f"trang nào cũng phải cuộn ngang: {said}", grounds)
    partial(1 - len(wide) / len(tried), f"phải cuộn ngang: {said}", grounds)


def _wide(seen: WidthFacts) -> str:
    by = f", nhô ra: {', '.join(seen.sticking_out[:3])}" if seen.sticking_out else ""
    return f"{seen.width} điểm ảnh rộng {seen.content_width}{by}"
