"""Measures where things stand on a page: on three screens, with text twice as large, spaced, and at 320 pixels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from toantrinh.observations.geometry import (
    ControlFault,
    GeometryFacts,
    LostText,
    MenuFacts,
    Narrow,
    PlacedElement,
    ScreenFacts,
    StickingOut,
    TextChange,
)
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.asking.patience import within
from toantrinh.observers.comparing import place_of
from toantrinh.observers.pictures.crops import crop_of
from toantrinh.observers.screens import WIDTHS
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
PARTS = ("controls_in_the_way", "lost_text", "main_menu")
NARROW = 320  # 1280 pixels at 400 %
LOOK_S = 40.0  # for all of one page
MOST_CROPS = 6
T = TypeVar("T")
FRAMES = "(probe) => probe.frames()"
# What a page's scripts do to a window of another width is done when the page has been drawn anew.
BEGIN = """async (probe, [drawn, menus]) => {
  if (drawn) await probe.frames();
  const scroll = [scrollX, scrollY], seen = { scroll, ...probe.controls() };
  if (menus) { probe.toTop(); probe.find(); seen.menu = probe.menu(); probe.scrolled(scroll); }
  probe.begin();
  return seen;
}"""
SCREEN = "async (probe) => { await probe.frames(); return { ...probe.controls(), menu: probe.menu() }; }"
LATER_MS = 400  # for scripts that wait until a window has its size before they act on it
NARROWED = "async (probe) => { await probe.frames(); return probe.narrow(); }"
OPENERS = "(probe) => { probe.toTop(); return probe.buttons(); }"


def _source() -> str:
    def read(name: str) -> str:
        return (HERE / f"{name}.js").read_text(encoding="utf-8").strip()

    parts = ", ".join(f"...({read(part)})(boxes)" for part in PARTS)
    shared = "frames: boxes.frames, scrolled: boxes.scrolled, toTop: boxes.toTop"
    return f"((boxes) => ({{ {parts}, {shared} }}))(({read('layout_boxes')})())"


def geometry_of(page: Page, attachments: Attachments, *, menus: bool = True) -> GeometryFacts:
    """Measures the page that is open and settled; its size and place of scrolling are restored.

    Without `menus` nothing is pressed on it: a form that is being filled stays as it is.
    Raises NotObserved as `patience.within`.
    """
    return within(page, LOOK_S, "đo bố cục", lambda: _Look(page, attachments, menus).all())


class _Look:
    def __init__(self, page: Page, attachments: Attachments, menus: bool) -> None:
        self._page, self._attachments, self._crops, self._menus = page, attachments, 0, menus
        size = page.viewport_size or {"width": WIDTHS[0], "height": 768}
        self._size = (size["width"], size["height"])
        self._world = World(page, _source())

    def all(self) -> GeometryFacts:
        address, drawn = self._page.url, self._width(WIDTHS[0])
        try:
            seen = self._ask(BEGIN, [drawn, self._menus])
            doubled, spaced = self._changed("doubled"), self._changed("spaced")
            if seen["covered"] or seen["cut"] or not self._menu_is_there(seen):
                self._ask(FRAMES)  # its text is as it was
            if self._menus and not seen["menu"]["landmark"]:
                seen["menu"] = self._entries()
            screens = [self._screen(WIDTHS[0], seen)]
            for width in WIDTHS[1:]:
                self._width(width)
                screens.append(self._screen(width, self._sure(SCREEN, "covered", "cut")))
            narrow = self._narrow()
        finally:
            self._width(self._size[0])
        self._ask("(probe, scroll) => probe.scrolled(scroll)", seen["scroll"])
        self._world.close()
        return GeometryFacts(address=address, screens=tuple(screens), doubled=doubled, spaced=spaced, narrow=narrow)

    def _ask(self, question: str, argument: Any = None) -> Any:
        return self._world.ask(question, argument)

    def _sure(self, question: str, *faults: str) -> dict[str, Any]:
        """What is seen at this width; where that is a fault, as it is once late scripts have had their time."""
        seen: dict[str, Any] = self._ask(question)
        if not any(seen[fault] for fault in faults):
            return seen
        self._page.wait_for_timeout(LATER_MS)
        later: dict[str, Any] = self._ask(question)
        return later

    def _width(self, width: int) -> bool:
        """Makes the window so wide; True when it was not."""
        size = self._page.viewport_size
        if size is not None and size["width"] == width:
            return False
        self._page.set_viewport_size({"width": width, "height": self._size[1]})
        return True

    def _crop(self, element: PlacedElement, name: str) -> str:
        if self._crops >= MOST_CROPS:
            return ""
        self._crops += 1
        return crop_of(self._page, element.selector, self._attachments, f"{name}-{self._crops}.png")

    def _menu_is_there(self, seen: dict[str, Any]) -> bool:
        return not self._menus or (seen["menu"]["landmark"] and not seen["menu"]["hidden"])

    def _entries(self) -> dict[str, Any]:
        """Finds the entries of a main menu that is behind a button on the widest screen, too."""
        buttons = self._ask("(probe) => { probe.toTop(); probe.find(); return probe.inMenu() ? [] : probe.buttons(); }")
        for button in buttons:
            self._pressed(button, "entries")
            if self._ask("async (probe) => { await probe.frames(); return probe.inMenu(); }"):
                break
        else:
            self._ask("(probe) => probe.find()")
        found: dict[str, Any] = self._ask("(probe) => probe.menu()")
        return found

    def _changed(self, change: str) -> TextChange:
        """What a change did to the text, which is as it was afterwards."""
        seen = self._ask("(probe, change) => probe.changed(change)", change)
        lost = self._lost(seen["lost"], change)
        if lost:
            self._ask("(probe) => probe.undone()")
        return TextChange(texts=seen["texts"], count=seen["count"], lost=lost)

    def _lost(self, found: list[dict[str, Any]], name: str) -> tuple[LostText, ...]:
        return self._pictured([LostText(**one) for one in found], name)

    def _pictured(self, found: list[T], name: str) -> tuple[T, ...]:
        """The first of them with a picture."""
        for at, one in enumerate(found[:1]):
            shot = self._crop(one.element, name)  # type: ignore[attr-defined]
            found[at] = one.model_copy(update={"shot": shot})  # type: ignore[attr-defined]
        return tuple(found)

    def _screen(self, width: int, seen: dict[str, Any]) -> ScreenFacts:
        covered = self._pictured([ControlFault(**one) for one in seen["covered"]], f"che-{width}")
        cut = self._pictured([ControlFault(**one) for one in seen["cut"]], f"cat-{width}")
        menu = self._menu(width, seen["menu"]) if self._menus else MenuFacts(entries=(), hidden=(), after=())
        return ScreenFacts(width=width, controls=seen["controls"], covered=covered, cut=cut, menu=menu)

    def _menu(self, width: int, seen: dict[str, Any]) -> MenuFacts:
        hidden = tuple(seen["hidden"])
        at_the_end = tuple(seen["at_the_end"])
        facts = MenuFacts(entries=tuple(seen["entries"]), hidden=hidden, after=hidden, at_the_end=at_the_end)
        if not hidden:
            return facts
        buttons = self._ask(OPENERS)
        for tried, button in enumerate(buttons, 1):
            after = self._pressed(button)
            if len(after) < len(facts.after):
                element = PlacedElement(**{name: button[name] for name in ("selector", "markup", "name")})
                facts = facts.model_copy(
                    update={"opener": element, "native": button["native"], "tried": tried, "after": tuple(after)}
                )
            if not facts.after:
                return facts
            self._ask(FRAMES)
        shot = self._menu_shot(width) if facts.after else ""
        return facts.model_copy(update={"tried": len(buttons), "shot": shot})

    def _menu_shot(self, width: int) -> str:
        if self._crops >= MOST_CROPS:
            return ""
        self._crops += 1
        top = (0.0, 0.0, float(width), 220.0)
        return crop_of(self._page, top, self._attachments, f"menu-{width}.png")

    def _pressed(self, button: dict[str, Any], question: str = "opened") -> list[str]:
        """The entries that are still missing when the button was pressed; it is pressed again afterwards."""
        address = self._page.url
        self._page.mouse.click(button["x"], button["y"])
        after: list[str] = self._ask(f"(probe) => probe.{question}()")
        if place_of(self._page.url) != place_of(address):
            self._page.go_back()
            return after
        self._page.mouse.click(button["x"], button["y"])
        self._page.mouse.move(0, 0)
        return after

    def _narrow(self) -> Narrow:
        self._width(NARROW)
        seen = self._sure(NARROWED, "lost", "sticking")
        lost = self._lost(seen["lost"], "hep")
        sticking = tuple(StickingOut(**one) for one in seen["sticking"])
        shot = self._crop(sticking[0].element, "nho-ra") if sticking else ""
        return Narrow(**{**seen, "lost": lost, "sticking": sticking, "shot": shot})
