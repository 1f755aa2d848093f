"""5.4 Phóng to, thích ứng: colours."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.looking import Looks
from suites.accessibility.on_pages import Fault, judge
from toantrinh.judgement import Grounds, not_tested
from toantrinh.observations.colours import ColoursFacts, TextContrast

KINDS = {"placeholder": "chữ gợi ý", "picture": "chữ trên ảnh", "gradient": "chữ trên nền chuyển màu"}
NEARLY = 0.9  # of what is needed: on an uneven ground a person looks at what lies between


@check("zoom.contrast")
def test_text_on_pictures_and_placeholders_has_contrast(colours: Looks[ColoursFacts]) -> None:
    """Chữ trên ảnh, trên nền chuyển màu và chữ gợi ý đủ tương phản (WCAG 1.4.3)."""
    faults = []
    for name, page in colours.seen().items():
        for text in page.texts:
            if text.ratio is not None and (text.ratio < text.needed or text.open):
                faults.append(Fault(name, page.address, text.selector, _said(text), _sure(text), text.shot))
    judge(colours, faults, expected="tương phản ít nhất 4,5:1, chữ lớn 3:1", identity="contrast")


def _said(text: TextContrast) -> str:
    if text.open:
        return f"{KINDS[text.kind]} “{text.text[:40]}” không đo được: {text.open}"
    ratio = f"{text.ratio:.1f}".replace(".", ",")
    needed = f"{text.needed:g}".replace(".", ",")
    where = f"{text.colour} trên {text.background}"
    return f"{KINDS[text.kind]} “{text.text[:40]}” tương phản {ratio}:1, cần {needed}:1 ({where})"


def _sure(text: TextContrast) -> bool:
    return not text.open and text.ratio is not None and (text.even or text.ratio < NEARLY * text.needed)


@check("zoom.focus-contrast")
def test_focus_rings_have_contrast(colours: Looks[ColoursFacts]) -> None:
    """Vòng tiêu điểm tương phản ít nhất 3:1 với màu bên cạnh (WCAG 1.4.11)."""
    pages = colours.seen()
    tried = [(name, page, one) for name, page in pages.items() for one in page.focus]
    if not any(one.ratio is not None or one.default for _, _, one in tried):
        not_tested(
            "không thấy vòng tiêu điểm nào để đo" if tried else "không trang nào có điểm dừng bàn phím",
            Grounds(seen=f"{len(tried)} điểm dừng đã thử"),
        )
    faults = [
        Fault(name, page.address, one.selector, _ring(one.ratio), one.ratio < NEARLY * 3, one.shot)
        for name, page, one in tried
        if one.ratio is not None and one.ratio < 3 and not one.default
    ]
    judge(colours, faults, expected="tương phản ít nhất 3:1", identity="focus-contrast")


def _ring(ratio: float) -> str:
    return f"vòng tiêu điểm tương phản {ratio:.1f}:1".replace(".", ",")


@check("zoom.forced-colours")
def test_forced_colours_lose_nothing(colours: Looks[ColoursFacts]) -> None:
    """Ở chế độ màu bắt buộc, nút, ô và biểu tượng vẫn thấy."""
    pages = colours.seen()
    if not any(page.forced_known for page in pages.values()):
        not_tested("trình duyệt này không giả lập được chế độ màu bắt buộc")
    faults = [
        Fault(name, page.address, one.selector, f"{one.kind} “{one.name}” mất hình khi màu bị bắt buộc", shot=one.shot)
        for name, page in pages.items()
        for one in page.forced
    ]
    judge(colours, faults, expected="thấy được như ở chế độ màu thường", identity="forced-colours")


@check("zoom.reduced-motion")
def test_reduced_motion_is_honoured(colours: Looks[ColoursFacts]) -> None:
    """Khi người dùng yêu cầu giảm chuyển động, không hiệu ứng nào còn di chuyển."""
    faults = [
        Fault(
            name, page.address, one.selector, f"vẫn chuyển động: {one.name or ', '.join(one.properties)}", shot=one.shot
        )
        for name, page in colours.seen().items()
        for one in page.moving
    ]
    judge(colours, faults, expected="không còn chuyển động khi prefers-reduced-motion", identity="reduced-motion")
