"""Walks a page by the keyboard: Tab to the end and back, pictures of the focus, the skip link."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml

from toantrinh.driver.lexicon import fold
from toantrinh.observations.keyboard import KeyboardFacts, SkipLink, Stop, Trap
from toantrinh.observers.asking.isolated import Isolated
from toantrinh.observers.keys.focus_looks import looks_of
from toantrinh.observers.keys.keyboard_pictures import pictures_of
from toantrinh.observers.keys.opened_dialogs import dialogs_of
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
SCRIPT = (HERE / "keyboard.js").read_text(encoding="utf-8")
MOST_STOPS = 300
MOST_LOOKS = 25
MORE_OF_A_KIND = 3
SAME_PLACE = 12  # presses within one element: the parts of a date field, a player's own buttons
SAME_OPAQUE = 60  # within a frame of another host or a component that hides its inside


@cache
def words() -> dict[str, list[str]]:
    """The words of keyboard.yaml, folded."""
    data = yaml.safe_load((HERE / "keyboard.yaml").read_text(encoding="utf-8"))
    return {name: list(dict.fromkeys(fold(str(word)) for word in entry)) for name, entry in data.items()}


def keyboard_of(
    page: Page,
    known: Collection[str] = (),
    attachments: Attachments | None = None,
    *,
    seed: str = "keyboard",
    kinds: Collection[str] = (),
) -> KeyboardFacts:
    """One page that is open and settled, by the keyboard; afterwards it is not as it was.

    `known`: the hashes (`around`) of frames of pages that were walked already; such a page is walked in its main part
    only. `kinds`: of stops whose focus was pictured on another page. Raises CannotAsk when the document goes away.
    """
    address = page.url
    keys = Isolated(page, SCRIPT)
    try:
        seen = keys.ask("keyboard.scan")
        around = hashlib.sha256(seen["around"].encode()).hexdigest()[:16]
        whole = not (around in known and seen["main"] and not seen["positive"])
        walk = _walk(keys, whole)
        stops = tuple(Stop(**{**told, "box": tuple(told["box"])}) for told in keys.ask("keyboard.tell", walk.order))
        traps = [walk.trap] if walk.trap else []
        if whole and not traps and walk.ended == "left":
            back = _walk(keys, whole, backward=True)
            traps += [back.trap] if back.trap else []
        chosen, rule = _chosen(stops, walk.order, seed, kinds)
        looks = looks_of(keys, chosen, walk.order, stops, attachments)
        skip = _skip(keys, walk.order) if whole else None
        shots = pictures_of(keys, stops, walk.order, traps, skip, attachments) if attachments else {}
        dialogs, pressed = dialogs_of(keys, words(), attachments) if not traps else ((), 0)
        return KeyboardFacts(
            address=address,
            whole=whole,
            around=around,
            stops=stops,
            ended=walk.ended,
            traps=tuple(traps),
            rule=rule,
            looks=looks,
            skip=skip,
            dialogs=dialogs,
            pressed=pressed,
            shots=shots,
        )
    finally:
        keys.close()


@dataclass
class _Walk:
    order: list[int] = field(default_factory=list)
    ended: Literal["left", "trap", "many", "frame"] = "left"
    trap: Trap | None = None


def _walk(keys: Isolated, whole: bool, *, backward: bool = False) -> _Walk:
    """Tab (or Shift+Tab) until the document, or its main part, is left."""
    walk, path, since_new, dead = _Walk(), list[int](), 0, set[int]()
    keys.begin(whole)
    for _ in range(MOST_STOPS * 2):
        keys.press("Tab", shift=backward)
        at = keys.ask("keyboard.stop")
        if at["left"] or not (whole or at["main"] or at["dialog"]):
            return walk
        path.append(at["number"])
        if at["number"] not in walk.order:
            walk.order.append(at["number"])
            since_new = 0
            if len(walk.order) >= MOST_STOPS:
                walk.ended = "many"
                return walk
            continue
        since_new += 1
        round_of = list(dict.fromkeys(path[-since_new:]))
        patience = SAME_OPAQUE if at["opaque"] else SAME_PLACE
        if since_new < max(patience, 2 * len(round_of)) or set(round_of) == dead:
            continue
        if at["opaque"]:
            walk.ended = "frame"
            return walk
        unreached = keys.ask("keyboard.unreached", walk.order)
        if not unreached:
            return walk
        trap, out = _tried(keys, round_of, unreached, backward)
        if trap and trap.way_out in ("", "back"):
            walk.trap, walk.ended = trap, "trap"
            return walk
        if not out:
            return walk
        dead, since_new = set(round_of), 0
    walk.ended = "many"
    return walk


def _tried(keys: Isolated, around: list[int], unreached: list[str], backward: bool) -> tuple[Trap | None, bool]:
    """The ways out of a round of stops; True when the walk can go on from where we are."""

    def trap(way_out: str) -> Trap:
        return Trap(
            direction="Shift+Tab" if backward else "Tab",
            selectors=tuple(keys.ask("keyboard.selectorsOf", around)),
            markup=keys.ask("keyboard.markupOf", around[0]),
            unreached=tuple(unreached),
            way_out=way_out,
        )

    held, open_before = keys.ask("keyboard.stop")["dialog"], keys.ask("keyboard.dialogOpen")
    keys.press("Escape")
    keys.ask("keyboard.rest")
    if held:
        if keys.ask("keyboard.dialogOpen") < open_before:
            return trap("dialog"), True
        if keys.ask("keyboard.buttonsIn", around):
            return trap("dialog"), False
    keys.press("Tab", shift=backward)
    at = keys.ask("keyboard.stop")
    if at["left"] or at["number"] not in around:
        return trap("escape"), not at["left"]
    for _ in range(len(around) + 2):
        keys.press("Tab", shift=not backward)
        at = keys.ask("keyboard.stop")
        if at["left"] or at["number"] not in around:
            return trap("back"), False
    return trap(""), False


def _chosen(stops: Sequence[Stop], order: Sequence[int], seed: str, known: Collection[str]) -> tuple[list[int], str]:
    """Places in the walk whose focus is pictured: the first of each kind that is not known, then more by the seed."""
    first: dict[str, int] = {}
    for place, stop in enumerate(stops):
        if stop.kind not in known:
            first.setdefault(stop.kind, place)
    chosen = list(first.values())[:MOST_LOOKS]
    others = [place for place in range(len(order)) if place not in chosen]
    more = min(MORE_OF_A_KIND, MOST_LOOKS - len(chosen), len(others))
    chosen += random.Random(seed).sample(others, more)
    new = " chưa chụp ở trang chủ" if known else ""
    rule = f"{len(chosen)} trong {len(stops)} điểm dừng: mỗi loại{new} một, thêm {more} theo hạt giống “{seed}”"
    return sorted(chosen), rule


def _skip(keys: Isolated, order: list[int]) -> SkipLink:
    found: dict[str, Any] = keys.ask("keyboard.skipOf", order, words()["skip"])
    number = found.pop("number")
    if number < 0:
        return SkipLink(**found)
    if not keys.ask("keyboard.refocus", number):
        return SkipLink(**found)
    keys.press("Enter")
    keys.ask("keyboard.rest")
    keys.press("Tab")
    landed = keys.ask("keyboard.landed", number, found["target"])
    at = landed["number"]
    skipped = order.index(at) - order.index(number) - 1 if at in order else None
    return SkipLink(**found, lands=landed["lands"], skipped=skipped)
