"""5.1 WCAG 2.0 A: what moves, flashes or runs out by itself."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.looking import Looks
from suites.accessibility.on_pages import Fault, judge
from toantrinh.judgement import Grounds, needs_review, not_tested
from toantrinh.observations.motion import MotionFacts
from toantrinh.observers.sight.flashes import LEAST_AREA

TWENTY_HOURS_MS = 72_000_000  # WCAG 2.2.1: a longer limit is none


@check("motion.stoppable")
def test_moving_content_can_be_stopped(motion: Looks[MotionFacts]) -> None:
    """Nội dung tự chuyển động, nhấp nháy, cuộn hay tự tải lại quá 5 giây thì dừng được (WCAG 2.2.2)."""
    faults = []
    for name, page in motion.seen().items():
        if page.refresh_ms and not _leads_away(page):
            seconds = f"{page.refresh_ms / 1000:g}".replace(".", ",")
            faults.append(Fault(name, page.address, "meta[http-equiv=refresh]", f"trang tự tải lại sau {seconds} giây"))
        if not page.pauses:
            faults += [Fault(name, page.address, m.selector, m.what, m.sure, m.shot) for m in page.moving]
    judge(motion, faults, expected="có nút dừng, hoặc tự dừng trong 5 giây", identity="moving")


@check("motion.no-flashes")
def test_nothing_flashes(motion: Looks[MotionFacts]) -> None:
    """Không có nội dung nhấp nháy quá ba lần mỗi giây trên vùng lớn (WCAG 2.3.1)."""
    faults = []
    for name, page in motion.seen().items():
        for one in page.flashing:
            if one.area >= LEAST_AREA:
                rate = "quá nhanh, không đếm được" if one.per_second is None else f"{one.per_second:g} lần mỗi giây"
                what = f"nhấp nháy {rate.replace('.', ',')} trên vùng {one.area:.0f} điểm ảnh"
                faults.append(Fault(name, page.address, one.selector, what, one.per_second is not None, one.shot))
    judge(motion, faults, expected="không quá ba lần mỗi giây", identity="flashes")


@check("motion.time-limit-warned")
def test_time_limit_is_announced(motion: Looks[MotionFacts]) -> None:
    """Sắp hết thời gian thì có cảnh báo và gia hạn được (WCAG 2.2.1)."""
    pages = motion.seen()
    faults = [
        Fault(name, page.address, "meta[http-equiv=refresh]", _runs_out(page))
        for name, page in pages.items()
        if page.refresh_ms and page.refresh_ms < TWENTY_HOURS_MS
    ]
    judge(motion, faults, expected="không tự tải lại, tự chuyển trang mà không hỏi trước", identity="time-limit")
    told = {name: page for name, page in pages.items() if page.limits}
    if not told:
        not_tested("các trang đã xem không nói tới giới hạn thời gian; chưa chờ hết một phiên làm việc")
    if without := {name: page for name, page in told.items() if not page.extends}:
        motion.look_at(without)
        said = "; ".join(f"{name.vietnamese}: “{page.limits[0]}”" for name, page in without.items())
        where = ", ".join(page.address for page in without.values())
        needs_review("trang báo giới hạn thời gian, không thấy nút gia hạn", Grounds("nút gia hạn", said, where))


def _leads_away(page: MotionFacts) -> bool:
    return bool(page.refresh_to) and page.refresh_to.split("#")[0] not in ("", ".", page.address.split("#")[0])


def _runs_out(page: MotionFacts) -> str:
    seconds = f"{(page.refresh_ms or 0) / 1000:g}".replace(".", ",")
    return f"trang tự {'chuyển đi' if _leads_away(page) else 'tải lại'} sau {seconds} giây, không hỏi trước"
