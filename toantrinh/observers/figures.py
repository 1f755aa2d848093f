"""The page of public figures, read as numbers: once before anything is sent and once after all is settled."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toantrinh.driver.eyes import View
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import Lexicon, load_lexicon
from toantrinh.driver.proof import prove
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import PLAIN, Equipment, context_of
from toantrinh.observations.figures import FigureTable, PublicFigures, Tile
from toantrinh.observations.journey import Shot
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

READ = (Path(__file__).parent / "figures.js").read_text(encoding="utf-8")
DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4}|\d{1,2}:\d{2}")
LEAST = 45
SHOT_QUALITY = 55


def figures_key(when: Literal["before", "after"]) -> str:
    """The key under which the figures of a moment are kept."""
    return f"figures/{when}"


def observe_figures(
    browser: Browser, system: System, attachments: Attachments, *, equipment: Equipment = PLAIN
) -> PublicFigures:
    """The public figures of this moment. Raises NotObserved when the home page does not answer."""
    lexicon = load_lexicon(system.labels)
    taken = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    context = context_of(browser, system, equipment)
    try:
        hands = Hands(context.new_page(), Watch(context, system), system.pace.pause_ms)
        view = _open(hands, system, lexicon)
        if view is None:
            return PublicFigures(absent=True, why="trang chủ không có lối đến số liệu công khai", taken=taken)
        proof = prove(
            view,
            status=hands.watch.status_of(view.address),
            allowed_hosts=system.allowed_hosts,
            step="figures",
            lexicon=lexicon,
        )
        found = hands.page.evaluate(READ)
        shot = attachments.save(
            "so-lieu.jpg", hands.page.screenshot(type="jpeg", quality=SHOT_QUALITY, full_page=True, timeout=8_000)
        )
        return PublicFigures(
            address=view.address,
            taken=taken,
            as_of=_as_of(view, lexicon),
            tables=tuple(FigureTable.model_validate(table) for table in found["tables"]),
            tiles=tuple(Tile.model_validate(tile) for tile in found["tiles"]),
            proof=proof,
            shots=(Shot(path=shot, title="Số liệu công khai"),),
        )
    except CannotAct as error:
        raise NotObserved(Outcome.NETWORK, str(error)) from error
    finally:
        context.close()


def _open(hands: Hands, system: System, lexicon: Lexicon) -> View | None:
    if path := system.paths.get("figures"):
        return hands.go(system.base_url.rstrip("/") + "/" + path.lstrip("/"))
    view = hands.go(system.base_url.rstrip("/") + "/" + system.paths.get("home", "").lstrip("/"))
    link = view.best(lexicon["figures"], least=LEAST)
    return hands.press(view, link) if link else None


def _as_of(view: View, lexicon: Lexicon) -> str:
    """The line that says how old the figures are; empty when there is none."""
    lines = [line.strip()[:200] for line in view.text.split("\n")]
    return next((line for line in lines if lexicon.says("figures-as-of", line) and DATED.search(line)), "")
