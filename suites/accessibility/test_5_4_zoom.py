"""5.4 Phóng to, thích ứng: chữ phóng to, màn hình hẹp, giãn chữ."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from fixtures.checks import check
from fixtures.geometry import GeometryRecord, Misplaced
from toantrinh.observations.geometry import GeometryFacts, LostText, TextChange


@check("zoom.text-200")
def test_text_at_200_percent(geometry: GeometryRecord) -> None:
    """Chữ gấp đôi không bị cắt, không đè lên nhau (WCAG 1.4.4)."""

    def faults(page: GeometryFacts) -> Iterator[Misplaced]:
        return _lost(page.doubled, "khi chữ gấp đôi")

    geometry.each(faults, expected="chữ gấp đôi mà không chữ nào bị cắt, bị đè")


@check("zoom.reflow-400")
def test_page_reflows_at_400_percent(geometry: GeometryRecord) -> None:
    """Ở bề rộng 320 điểm ảnh không cuộn ngang, không mất chữ; bảng số liệu, bản đồ được trừ (WCAG 1.4.10)."""

    def faults(page: GeometryFacts) -> Iterator[Misplaced]:
        narrow = page.narrow
        for at, one in enumerate(narrow.sticking):
            name = f"“{shorten(one.element.name, 48, placeholder='…')}” " if one.element.name else ""
            what = f"{name}({one.element.selector}) làm trang phải cuộn ngang ở 320 điểm ảnh"
            yield Misplaced(what, one.element.selector, one.sure, "" if at else narrow.shot)
        if narrow.content_width > narrow.width + 1 and not narrow.sticking and not narrow.excepted:
            what = f"trang rộng {narrow.content_width} điểm ảnh ở màn hình 320 điểm ảnh, không rõ vì phần tử nào"
            yield Misplaced(what, "html", False)
        yield from _lost(narrow, "ở 320 điểm ảnh")

    geometry.each(faults, expected="ở bề rộng 320 điểm ảnh không cuộn ngang, không mất chữ")


@check("zoom.text-spacing")
def test_text_with_spacing(geometry: GeometryRecord) -> None:
    """Giãn dòng 1,5, giãn đoạn 2, giãn chữ 0,12, giãn từ 0,16 thì không chữ nào bị cắt, đè (WCAG 1.4.12)."""

    def faults(page: GeometryFacts) -> Iterator[Misplaced]:
        return _lost(page.spaced, "khi giãn chữ, giãn dòng")

    geometry.each(faults, expected="giãn chữ, giãn dòng mà không chữ nào bị cắt, bị đè")


def _lost(change: TextChange, when: str) -> Iterator[Misplaced]:
    for one in change.lost:
        yield Misplaced(_words(one, when), one.element.selector, one.sure, one.shot)


def _words(one: LostText, when: str) -> str:
    text = f"“{one.text}”" if one.text else one.element.name
    if one.kind == "overlapping":
        return f"chữ {text} đè lên nhau {when}"
    along = "bề cao" if one.axis == "y" else "bề rộng"
    return f"chữ {text} bị {one.by} cắt theo {along} {when}"
