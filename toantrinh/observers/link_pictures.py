"""Pictures of broken links where they stand."""

from __future__ import annotations

from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Unreached
from toantrinh.driver.hands import Hands
from toantrinh.driver.window import CannotAct
from toantrinh.observations.links import LinkState
from toantrinh.observers.crops import Subject, crops_of
from toantrinh.observers.link_record import Notes
from toantrinh.store import Attachments

MOST_SHOTS = 3
LOOK_S = 20.0


def pictures_of(hands: Hands, notes: Notes, attachments: Attachments) -> dict[str, str]:
    """The first broken links, outlined, by the addresses that they lead to; one that cannot be pictured is left out."""
    from playwright.sync_api import Error

    broken = [
        address for address, found in notes.asked.items() if found.state in (LinkState.BROKEN, LinkState.NO_ANCHOR)
    ]
    shots: dict[str, str] = {}
    for number, address in enumerate(broken[:MOST_SHOTS], 1):
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
