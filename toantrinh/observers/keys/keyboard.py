"""Walks a page by the keyboard: Tab to the end and back, pictures of the focus, the skip link."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from toantrinh.driver.lexicon import fold
from toantrinh.observations.keyboard import KeyboardFacts, Stop
from toantrinh.observers.asking.isolated import Isolated
from toantrinh.observers.keys.focus_looks import looks_of
from toantrinh.observers.keys.keyboard_pictures import pictures_of
from toantrinh.observers.keys.opened_dialogs import dialogs_of
from toantrinh.observers.keys.skip_links import skip_of
from toantrinh.observers.keys.walking import walk_of
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
PARTS = ("elements", "walking", "focus", "dialogs")
SCRIPT = "\n".join(
    ("(() => {", *((HERE / f"{part}.js").read_text(encoding="utf-8") for part in PARTS), "return true })()")
)
MOST_LOOKS = 25
MORE_OF_A_KIND = 3


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
        walk = walk_of(keys, seen["count"] if whole else seen["inside"], whole)
        stops = tuple(Stop(**{**told, "box": tuple(told["box"])}) for told in keys.ask("keyboard.tell", walk.order))
        traps = [walk.trap] if walk.trap else []
        if whole and not traps and walk.ended == "left":
            back = walk_of(keys, len(walk.order), backward=True)
            traps += [back.trap] if back.trap else []
        chosen, rule = _chosen(stops, walk.order, seed, kinds)
        looks = looks_of(keys, chosen, walk.order, stops, attachments)
        skip = skip_of(keys, walk.order, words()["skip"]) if whole else None
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


def _chosen(stops: Sequence[Stop], order: Sequence[int], seed: str, known: Collection[str]) -> tuple[list[int], str]:
    """Places in the walk whose focus is pictured: the first of each kind that is not known, then more by the seed."""
    first: dict[str, int] = {}
    for place, stop in enumerate(stops):
        if stop.kind not in known:
            first.setdefault(stop.kind, place)
    chosen = list(first.values())[:MOST_LOOKS]
    others = [place for place in range(len(order)) if place not in chosen]
    more = min(1 if known else MORE_OF_A_KIND, MOST_LOOKS - len(chosen), len(others))
    chosen += random.Random(seed).sample(others, more)
    new = " chưa chụp ở trang chủ" if known else ""
    rule = f"{len(chosen)} trong {len(stops)} điểm dừng: mỗi loại{new} một, thêm {more} theo hạt giống “{seed}”"
    return sorted(chosen), rule
