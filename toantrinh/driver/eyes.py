"""The eyes: one survey of a page and its frames, as a person would see them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.lexicon import Intent, fold

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, JSHandle, Page

HERE = Path(__file__).parent
FRAME_NAME = (HERE / "frame_name.js").read_text(encoding="utf-8")
SURVEY = "() => ({})({})".format(
    *((HERE / name).read_text(encoding="utf-8").strip().rstrip(";") for name in ("survey.js", "drawn.js"))
)
# Kept ready in every document, it need not be sent anew for every look.
KEPT = f"Object.defineProperty(window, Symbol.for('toantrinh.look'), {{ value: {SURVEY}, configurable: true }});"
HELD = "() => { const survey = window[Symbol.for('toantrinh.look')]; return survey ? survey() : null; }"
AS_TEXT = "seen => { try { return seen ? JSON.stringify(seen.inventory) : ''; } catch (broken) { return null; } }"
MARK_OF_REQUIRED = re.compile(r"\(\s*[*＊]\s*\)|[*＊]|\(bắt buộc\)", re.IGNORECASE)
MOST_FRAMES = 12
FIELD_ROLES = ("textbox", "searchbox", "combobox", "spinbutton", "checkbox", "radio", "file", "switch", "listbox")


@dataclass(frozen=True)
class Control:
    """One thing on the page that a person can press or fill. `box` is x, y, width, height in CSS pixels.

    `widget` says what the authors drew: dropdown, calendar, rich (text), pressable; empty for what HTML itself offers.
    """

    index: int
    frame: int
    tag: str
    role: str
    type: str
    name: str
    name_source: str
    id: str
    field: str
    value: str
    checked: bool
    required: bool
    marked: bool
    readonly: bool
    enabled: bool
    options: tuple[tuple[str, str, bool], ...]
    multiple: bool
    accept: str
    autocomplete: str
    inputmode: str
    pattern: str
    maxlength: int
    minimum: str
    maximum: str
    placeholder: str
    description: str
    invalid: bool
    error: str
    group: str
    row: str
    landmark: str
    form: int
    href: str
    download: bool
    opens_tab: bool
    submits: bool
    box: tuple[int, int, int, int]
    widget: str = ""

    @property
    def is_field(self) -> bool:
        return self.role in FIELD_ROLES

    @property
    def label(self) -> str:
        """Its name without the mark of a required field."""
        return without_mark(self.name)

    @property
    def question(self) -> str:
        """The question that its group answers, without the mark of a required field."""
        return without_mark(self.group)

    @property
    def key(self) -> str:
        """What stays the same when the page is drawn again."""
        return f"{self.frame}|{self.role}|{self.type}|{self.field or self.id}|{fold(self.group)}|{fold(self.name)}"


def without_mark(text: str) -> str:
    """A label without its "*", "(*)", "(bắt buộc)" and colon."""
    return MARK_OF_REQUIRED.sub("", text).strip(" :：\xa0")


@dataclass(frozen=True)
class Pair:
    """A label and the value beside or under it; `how` says in which construction it was seen."""

    label: str
    value: str
    how: str


@dataclass(frozen=True)
class Message:
    """Something that the page says to the person; `kind` is alert, status, live or styled."""

    kind: str
    text: str


class View:
    """What was on the page at one moment, and the way back to its elements."""

    def __init__(self, inventories: list[dict[str, Any]], handles: list[JSHandle], screen: int = 0) -> None:
        top = inventories[0]
        self.address: str = top["address"]
        self.addresses: list[str] = [inventory["address"] for inventory in inventories]
        self.title: str = top["title"]
        self.language: str = top["language"]
        self.text = "\n".join(inventory["text"] for inventory in inventories)
        self.main = "\n".join(inventory["main"] for inventory in inventories)
        self.headings: list[tuple[int, str]] = [(level, text) for i in inventories for level, text in i["headings"]]
        self.pairs = [Pair(**pair) for i in inventories for pair in i["pairs"]]
        self.messages = [Message(**message) for i in inventories for message in i["messages"]]
        self.dated: list[str] = [text for i in inventories for text in i["dated"]]
        self.dialogs: list[str] = [text for i in inventories for text in i["dialogs"]]
        self.controls = [_control(entry, frame) for frame, i in enumerate(inventories) for entry in i["controls"]]
        self.front: str = next((inventory["front"] for inventory in inventories if inventory["front"]), "")
        self.modal: bool = top["modal"]
        self.born: int = top["born"]
        self.nodes: int = sum(i["nodes"] for i in inventories)
        self.trackers: list[str] = list(top["trackers"])
        self._handles = handles

    def element(self, control: Control) -> ElementHandle:
        """The living element of a control; it may have left the page since."""
        handle = self.handle(control).evaluate_handle("(seen, index) => seen.elements[index]", control.index)
        element = handle.as_element()
        assert element is not None
        return element

    def handle(self, control: Control) -> JSHandle:
        """The survey of the control's frame in the browser: {inventory, elements}."""
        return self._handles[control.frame]

    @property
    def fields(self) -> list[Control]:
        return [control for control in self.controls if control.is_field]

    def in_body(self, control: Control) -> bool:
        """True for what stands in the page's own content, not in its header, menu or footer."""
        if any(c.landmark == "main" for c in self.controls):
            return control.landmark in ("main", "dialog", "search")
        return control.landmark not in ("header", "nav", "footer")

    @property
    def heading(self) -> str:
        return next((text for level, text in self.headings if level == 1), self.title)

    def best(
        self,
        intent: Intent,
        *,
        roles: Iterable[str] = ("button", "link"),
        where: Callable[[Control], bool] | None = None,
        least: int = 35,
    ) -> Control | None:
        """The enabled control that names the intent best; the page's main part before its header and footer."""
        found = self.ranked(intent, roles=roles, where=where, least=least)
        return found[0] if found else None

    def ranked(
        self,
        intent: Intent,
        *,
        roles: Iterable[str] = ("button", "link"),
        where: Callable[[Control], bool] | None = None,
        least: int = 35,
    ) -> list[Control]:
        """All enabled controls that name the intent, best first."""
        wanted = tuple(roles)
        scored = []
        for order, control in enumerate(self.controls):
            if control.role not in wanted or not control.enabled or (where and not where(control)):
                continue
            near = max(
                intent.nearness(control.label), intent.nearness(control.placeholder) - 5 if control.is_field else 0
            )
            if near >= least:
                place = {"dialog": 12, "main": 6, "search": 6, "": 3}.get(control.landmark, 0)
                scored.append((-(near + place + (2 if control.role == "button" else 0)), order, control))
        return [control for _, _, control in sorted(scored, key=lambda row: row[:2])]

    def value_of(self, intent: Intent, least: int = 70) -> str | None:
        """The value beside the label that names the intent best; None when no such label is on the page."""
        scored = [(intent.nearness(pair.label), -order, pair) for order, pair in enumerate(self.pairs) if pair.value]
        good = [row for row in scored if row[0] >= least]
        return max(good, key=lambda row: row[:2])[2].value if good else None


def _control(entry: dict[str, Any], frame: int) -> Control:
    return Control(
        **{**entry, "options": tuple(tuple(option) for option in entry["options"]), "box": tuple(entry["box"])},
        frame=frame,
    )


def _surveyed(frame: Frame) -> tuple[JSHandle, dict[str, Any]]:
    """The survey of a frame: in the browser, and as plain data.

    As one text it travels many times faster; a page may have broken its own JSON.
    """
    handle = frame.evaluate_handle(HELD)
    text = handle.evaluate(AS_TEXT)
    if text == "":  # a document in which nothing was kept ready
        handle = frame.evaluate_handle(SURVEY)
        text = handle.evaluate(AS_TEXT)
    try:
        data = json.loads(text)
    except (TypeError, ValueError):
        data = None
    whole = isinstance(data, dict) and "controls" in data
    return handle, data if whole else dict(handle.evaluate("seen => seen.inventory"))


def _name_editors(frame: Frame, inventory: dict[str, Any]) -> None:
    """An editor that fills a frame is named by what stands before the frame, or by the hidden field behind it."""
    for entry in inventory["controls"]:
        if entry["widget"] == "rich" and entry["tag"] == "body":
            entry["name"], entry["name_source"] = str(frame.frame_element().evaluate(FRAME_NAME)), "nearby"


def look(page: Page) -> View:
    """Surveys the page and its frames (at most 12, the top one first).

    Raises playwright's Error when the page goes away.
    """
    inventories, handles = [], []
    for frame in page.frames[:MOST_FRAMES]:
        if frame is not page.main_frame and not frame.url.startswith(("http", "about:")):
            continue
        handle, inventory = _surveyed(frame)
        if frame is not page.main_frame:
            _name_editors(frame, inventory)
        inventories.append(inventory)
        handles.append(handle)
    return View(inventories, handles)
