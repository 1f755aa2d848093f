"""2.3 Đáp ứng mọi màn hình."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fixtures.checks import check
from fixtures.geometry import GeometryRecord, Misplaced
from fixtures.pages import SiteRecord
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial
from toantrinh.observations.geometry import ControlFault, GeometryFacts, MenuFacts, ScreenFacts
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
        # A single entry may be left out of the narrow page on purpose; a menu may not.
        return Misplaced(gone + why, "header", 2 * len(menu.after) > len(menu.entries), menu.shot)
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


def _wide(seen: WidthFacts) -> str:
    by = f", nhô ra: {', '.join(seen.sticking_out[:3])}" if seen.sticking_out else ""
    return f"{seen.width} điểm ảnh rộng {seen.content_width}{by}"
