"""The page of public figures, read as numbers: once before anything is sent and once after all is settled."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin

from toantrinh.driver.endings import Unreached
from toantrinh.driver.eyes import View
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import Lexicon, load_lexicon
from toantrinh.driver.proof import prove
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import PLAIN, Equipment, context_of
from toantrinh.observations.figures import FigureTable, PublicFigures, Tile
from toantrinh.observations.journey import Shot
from toantrinh.observations.page import PageKind, ProofOfPage
from toantrinh.observations.site import LinkFacts, PageName
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.asking.patience import within
from toantrinh.observers.site.pages import LOOK_S, PAGE_FACTS, picture_of
from toantrinh.observers.site.visiting import outcome_of
from toantrinh.observers.site.wayfinding import INTENTS, Linked, address_of
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

READ = (Path(__file__).parent / "figures.js").read_text(encoding="utf-8")
DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4}|\d{1,2}:\d{2}")
LEAST = 60  # of a button, as for any page of the set


def figures_key(when: Literal["before", "after"]) -> str:
    """The key under which the figures of a moment are kept."""
    return f"figures/{when}"


def observe_figures(
    browser: Browser, system: System, attachments: Attachments, *, equipment: Equipment = PLAIN
) -> PublicFigures:
    """The public figures of this moment. Raises NotObserved when the home page, or their own, does not answer."""
    lexicon = load_lexicon(system.labels)
    taken = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    context = context_of(browser, system, equipment)
    try:
        hands = Hands(context.new_page(), Watch(context, system))
        view = _open(hands, system, lexicon)
        if view is None:
            return PublicFigures(absent=True, why="trang chủ không có lối đến số liệu công khai", taken=taken)
        found = _ask(hands, READ)
        shot = picture_of(hands.page, attachments, "so-lieu.jpg")
        return PublicFigures(
            address=view.address,
            taken=taken,
            as_of=_as_of(view, lexicon),
            tables=tuple(FigureTable.model_validate(table) for table in found["tables"]),
            tiles=tuple(Tile.model_validate(tile) for tile in found["tiles"]),
            proof=_proof(hands, view, system, lexicon),
            shots=(Shot(path=shot, title="Số liệu công khai"),) if shot else (),
        )
    except Unreached as lost:
        raise NotObserved(outcome_of(lost.fault), lost.why) from lost
    except CannotAct as error:
        raise NotObserved(Outcome.NETWORK, str(error)) from error
    finally:
        context.close()


def _open(hands: Hands, system: System, lexicon: Lexicon) -> View | None:
    """The page of the figures, found as any page of the set; None when neither a link nor a button leads to it."""
    seen: dict[PageName, Linked | None] = {}

    def linked(name: PageName) -> Linked | None:
        if name not in seen:
            seen[name] = _links_of(hands, name, system, lexicon, linked)
        return seen[name]

    if found := address_of(PageName.FIGURES, system, lexicon, linked):
        return hands.go(found[0])
    home = hands.go(urljoin(system.base_url + "/", system.paths.get("home", "")))
    button = home.best(lexicon[INTENTS[PageName.FIGURES]], least=LEAST)
    return hands.press(home, button) if button else None


def _links_of(
    hands: Hands, name: PageName, system: System, lexicon: Lexicon, seen: Callable[[PageName], Linked | None]
) -> Linked | None:
    """The links of a page; None when no way leads there. Raises NotObserved for a home page that proves wrong."""
    found = address_of(name, system, lexicon, seen)
    if found is None:
        return None
    view = hands.go(found[0])
    proof = _proof(hands, view, system, lexicon)
    if proof.kind not in (PageKind.PAGE, PageKind.LOG_IN_WALL):  # a home page may well hold a log-in box
        if name is PageName.HOME:
            raise NotObserved(Outcome.NOT_TESTED, f"{name.vietnamese}: {proof.why or proof.kind} ({view.address})")
        return None
    return Linked(view.address, tuple(LinkFacts(**link) for link in _ask(hands, PAGE_FACTS)["links"]))


def _proof(hands: Hands, view: View, system: System, lexicon: Lexicon) -> ProofOfPage:
    status = hands.watch.status_of(view.address)
    return prove(view, status=status, allowed_hosts=system.allowed_hosts, step="figures", lexicon=lexicon)


def _ask(hands: Hands, script: str) -> Any:
    """What a script reads from the page in sight. Raises NotObserved as `patience.within`."""
    return within(hands.page, LOOK_S, "đọc trang", lambda: ask(hands.page, script))


def _as_of(view: View, lexicon: Lexicon) -> str:
    """The line that says how old the figures are; empty when there is none."""
    lines = [line.strip()[:200] for line in view.text.split("\n")]
    return next((line for line in lines if lexicon.says("figures-as-of", line) and DATED.search(line)), "")
