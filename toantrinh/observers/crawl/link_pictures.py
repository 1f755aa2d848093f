"""Pictures of links that lead nowhere, or perhaps nowhere, where they stand."""

from __future__ import annotations

from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Unreached
from toantrinh.driver.hands import Hands
from toantrinh.driver.window import CannotAct
from toantrinh.observations.links import LinkState
from toantrinh.observers.crawl.link_record import Notes
from toantrinh.observers.pictures.crops import Subject, crops_of
from toantrinh.store import Attachments

MOST_SHOTS = 3
GRAVEST = ((LinkState.BROKEN, LinkState.NO_ANCHOR), (LinkState.UNSURE,))
LOOK_S = 20.0


def pictures_of(hands: Hands, notes: Notes, attachments: Attachments) -> dict[str, str]:
    """The first of these links, the broken ones before the rest, outlined, by the addresses that they lead to;
    one that cannot be pictured is left out.
    """
    from playwright.sync_api import Error

    wanted = [address for states in GRAVEST for address, found in notes.asked.items() if found.state in states]
    shots: dict[str, str] = {}
    for number, address in enumerate(wanted[:MOST_SHOTS], 1):
        source = next(iter(notes.sources_of(address)), None)
        if source is None or notes.ended:
            continue
        name = f"lien-ket-hong-{number}"
        try:
            hands.go(source.page)
            with alarm(hands.page, LOOK_S):
                kept = crops_of(hands.page, [Subject(name, (source.selector,))], attachments)
        except (Error, Unreached, CannotAct):
            continue
        if name in kept:
            shots[address] = kept[name]
    return shots
