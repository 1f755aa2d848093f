"""2.3 Đáp ứng mọi màn hình."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fixtures.checks import check
from fixtures.geometry import GeometryRecord, Misplaced
from fixtures.pages import SiteRecord
from fixtures.states import of_pages
from fixtures.tour import TourRecord
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial, some_of
from toantrinh.observations.geometry import ControlFault, GeometryFacts, MenuFacts, ScreenFacts
from toantrinh.observations.site import WidthFacts
from toantrinh.verdicts import Evidence

MOST_PICTURES = 5
SHRUNK = "meta viewport"  # a cause: nothing sticks out, the whole page is a desk's


@check("layout.no-sideways-scroll")
def test_no_sideways_scroll(site: SiteRecord, tour: TourRecord) -> None:
    """Bề rộng nội dung không vượt bề rộng màn hình ở 360, 768 và 1366 điểm ảnh, cả ở các trạng thái của hành trình.

    A page that declares no viewport of its own (meta viewport) is laid out by a phone as for a desk, and shrunk.
    """
    pages, states = site.pages(), tour.judged
    tried = [(page.name.vietnamese, page.address, seen) for page in pages for seen in page.widths]
    tried += [(state.name, state.address, seen) for state in states for seen in state.widths]
    if not tried:
        not_tested("chưa đo bề rộng trang nào")
    wide = [one for one in tried if one[2].content_width > one[2].width + 1 or one[2].shrunk]
    if not wide:
        return
    names = {name for name, _, _ in wide}
    site.look_at([page for page in pages if page.name.vietnamese in names])
    site.evidence[:0] = tour.pictures([state for state in states if state.name in names])[:MOST_PICTURES]
    outlined = [
        (f"{name} ở {seen.width} điểm ảnh: {seen.sticking_out[0]}", seen) for name, _, seen in wide if seen.shot
    ]
    site.evidence[:0] = [Evidence(path=seen.shot, title=title) for title, seen in outlined[:MOST_PICTURES]]
    causes: dict[tuple[str, int], dict[str, list[WidthFacts]]] = {}
    for name, _, seen in wide:
        if seen.content_width > seen.width + 1:
            by = ", ".join(seen.sticking_out[:3])
            causes.setdefault((by, seen.content_width), {}).setdefault(name, []).append(seen)
        if seen.shrunk:
            causes.setdefault((SHRUNK, seen.layout_width or 0), {}).setdefault(name, []).append(seen)
    said = "; ".join(_wide(by, width, where) for (by, width), where in causes.items())
    grounds = Grounds(
        expected="nội dung không rộng hơn màn hình",
        seen=said,
        where=", ".join(list(dict.fromkeys(address for _, address, _ in wide))[:6]),
    )
    if len(wide) == len(tried):
        fail(f"trang nào cũng rộng hơn màn hình: {said}", grounds)
    partial(1 - len(wide) / len(tried), f"rộng hơn màn hình: {said}", grounds)


@check("layout.no-overlap")
def test_no_control_is_covered(geometry: GeometryRecord) -> None:
    """Không phần tử điều khiển nào bị phần tử khác che ở ba cỡ màn hình."""

    def faults(page: GeometryFacts) -> Iterator[Misplaced]:
        for fault, widths in _by_element((screen, screen.covered) for screen in page.screens):
            by = f"“{fault.by_name}” ({fault.by})" if fault.by_name else fault.by
            what = f"{_named(fault)} bị {by} che {fault.share:.0%} ở {widths}"
            yield Misplaced(what, fault.element.selector, fault.sure, fault.shot)

    geometry.each(faults, expected="bấm được vào giữa mọi nút, liên kết, ô nhập ở 360, 768, 1366 điểm ảnh")


@check("layout.no-cut-control")
def test_no_control_is_cut(geometry: GeometryRecord) -> None:
    """Mọi phần tử điều khiển hiện trọn trong vùng nhìn hoặc cuộn tới được ở ba cỡ màn hình."""

    def faults(page: GeometryFacts) -> Iterator[Misplaced]:
        for fault, widths in _by_element((screen, screen.cut) for screen in page.screens):
            what = f"{_named(fault)} bị {fault.by} cắt mất {fault.share:.0%} ở {widths}"
            yield Misplaced(what, fault.element.selector, fault.sure, fault.shot)

    geometry.each(faults, expected="mọi nút, liên kết, ô nhập hiện trọn hoặc cuộn tới được ở 360, 768, 1366 điểm ảnh")


@check("layout.menu-reachable")
def test_menu_is_reachable(geometry: GeometryRecord) -> None:
    """Ở mỗi cỡ màn hình, các mục của menu thấy được hoặc mở được bằng một nút có tên."""
    geometry = replace(geometry, looks=of_pages(geometry.looks))  # in states, no menu is pressed
    pages = geometry.seen()
    if not any(screen.menu.entries for page in pages.values() for screen in page.screens):
        first = next(iter(pages.values()))
        needs_review("không nhận ra menu chính", Grounds(expected="menu ở phần đầu trang", where=first.address))

    def faults(page: GeometryFacts) -> Iterator[Misplaced]:
        alike: dict[tuple[object, ...], list[ScreenFacts]] = {}
        for screen in page.screens:
            if screen.menu.hidden:
                opener = screen.menu.opener.selector if screen.menu.opener else ""
                alike.setdefault((screen.menu.after, opener), []).append(screen)
        for screens in alike.values():
            at = f"ở {', '.join(str(screen.width) for screen in screens)} điểm ảnh"
            if fault := _of_menu(screens[-1].menu, at):
                yield fault

    geometry.each(faults, expected="mọi mục của menu thấy được, hoặc mở được bằng nút có tên")


def _of_menu(menu: MenuFacts, at: str) -> Misplaced | None:
    if menu.after:
        gone = f"{len(menu.after)}/{len(menu.entries)} mục menu không thấy được {at}: {', '.join(menu.after[:4])}"
        if menu.opener:
            # Some entries may stand in a part of the menu that opens in its turn.
            return Misplaced(f"{gone}, cả khi đã bấm “{menu.opener.name}”", menu.opener.selector, False, menu.shot)
        why = f", bấm thử {menu.tried} nút không mở" if menu.tried else ", không có nút nào mở menu"
        if below := [entry for entry in menu.after if entry in menu.at_the_end]:
            why += f"; cuối trang có {len(below)} mục"
        # A single entry may be left out of the narrow page on purpose, or be found at its end; a menu may not be gone.
        nowhere = len(menu.after) - len(below)
        return Misplaced(gone + why, "header", 2 * nowhere > len(menu.entries), menu.shot)
    if menu.opener and not menu.opener.name:
        return Misplaced(f"nút mở menu {at} không có tên: {menu.opener.markup}", menu.opener.selector, True, menu.shot)
    if menu.opener and not menu.native:
        return Misplaced(f"chỗ bấm mở menu {at} không phải là nút: {menu.opener.markup}", menu.opener.selector)
    return None


def _by_element(
    found: Iterable[tuple[ScreenFacts, tuple[ControlFault, ...]]],
) -> Iterator[tuple[ControlFault, str]]:
    """Each element once, with the widths at which it is at fault."""
    by_element: dict[str, list[tuple[int, ControlFault]]] = {}
    for screen, faults in found:
        for fault in faults:
            by_element.setdefault(fault.element.selector, []).append((screen.width, fault))
    for places in by_element.values():
        first = max((fault for _, fault in places), key=lambda fault: (fault.sure, bool(fault.shot), fault.share))
        yield first, f"{', '.join(str(width) for width, _ in places)} điểm ảnh"


def _named(fault: ControlFault) -> str:
    return f"“{fault.element.name}” ({fault.element.selector})" if fault.element.name else fault.element.selector


def _wide(by: str, content: int, where: dict[str, list[WidthFacts]]) -> str:
    """One cause: what sticks out, on which screens, and where."""
    screens = sorted({seen.width for some in where.values() for seen in some}, reverse=True)
    what = f"{by} nhô ra, rộng {content}" if by else f"nội dung rộng {content}"
    if by == SHRUNK:
        what = f"không khai bề rộng theo màn hình (meta viewport): điện thoại bày trang rộng {content} rồi thu nhỏ"
    return f"{what} ở {', '.join(map(str, screens))} điểm ảnh ({some_of(where)})"
