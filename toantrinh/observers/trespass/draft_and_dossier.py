"""One more dossier of the first citizen's, from its draft on, with the others who try to read and to change it."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toantrinh.driver.endings import StepEnded
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import Equipment
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey
from toantrinh.observations.leaks import State
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.observers.session.tokens import tokens_on, visitor_with_tokens
from toantrinh.observers.trespass.changing import Changer, Party
from toantrinh.observers.trespass.heard import Ear, let_in
from toantrinh.observers.trespass.open_dossier import OpenDossier, cheapest
from toantrinh.observers.trespass.own_data import OwnData
from toantrinh.observers.trespass.places import identifiers, is_askable
from toantrinh.observers.trespass.reading import Asked, ask_as_others
from toantrinh.store import Attachments
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_PAGES = 4  # of the draft, asked for as others
NO_SERVICE = "không có dịch vụ nào của công dân A đã nộp được để mở thêm một hồ sơ còn sửa, rút được"


@dataclass
class Changes:
    """What was asked about that dossier. `rows`: reading its draft, whose page is `draft`; `why`: why not at all."""

    why: str = ""
    service: str = ""
    draft: str = ""
    rows: list[Asked] = field(default_factory=list)
    changer: Changer | None = None
    left_behind: tuple[str, ...] = ()

    def told(self, doubt: str) -> dict[str, object]:
        """As the record has it. `doubt`: why nothing that was refused to the second citizen says anything."""
        found = self.changer.told() if self.changer else ()
        if doubt:
            found = tuple(
                one.model_copy(update={"state": State.UNASKED, "why": doubt}) if one.state is State.CLEAN else one
                for one in found
            )
        why = {**(self.changer.why if self.changer else {}), **({"": self.why} if self.why else {})}
        return {
            "changes": found,
            "changes_why": why,
            "service": self.service,
            "left_behind": self.left_behind,
        }


def try_changes(
    browser: Browser,
    system: System,
    account: str,
    attachments: Attachments,
    prober: Prober,
    journeys: Sequence[Journey],
    second: tuple[Traveller, Ear],
    own: OwnData,
    *,
    equipment: Equipment,
    sessions: MutableMapping[str, Any] | None,
    no_account: str = "",
) -> Changes:
    """Sends one more dossier in the first citizen's name, asks on the way as others, and takes it back."""
    journey = cheapest(system, journeys, account)
    if why := system.why_not("submit") or ("" if journey else NO_SERVICE):
        return Changes(why=why)
    assert journey is not None
    service = next(one for one in system.services if one.code == journey.service)
    changes = Changes(service=service.code)
    way = travelling(
        browser, system, service, attachments, equipment=equipment, sessions=sessions, resume=True,
        no_account=no_account,
    )  # fmt: skip
    with way as who:
        who.book.pictures = False
        ear = Ear(who.hands.watch.context, system.base_url, system.allowed_hosts)
        sends = second[1].sends
        try:
            let_in(who)
            parties = _parties(who, ear, prober, *second)
        except (StepEnded, CannotAct) as end:
            changes.why = f"không vào lại được bằng tài khoản của công dân A: {end}"
            return changes
        changes.changer = Changer(who, prober, parties[0], parties[1:], sends)

        def on_draft(address: str) -> None:
            changes.draft = address
            marks = {*identifiers(address.replace("#/", ""))}
            places = {one.address: one for one in ear.places if marks & {*identifiers(one.address)}}
            asked = [one for one in places.values() if is_askable(one.address)][-MOST_PAGES:]
            owner = ear.role("citizen_a", who.hands.watch.context, second[1])
            changes.rows = ask_as_others(prober, owner, [parties[-1].role, nobody()], asked, own, address, sends)

        dossier = OpenDossier(changes.changer, on_draft)
        dossier.go_through(who, journey)
        changes.left_behind = tuple(dossier.left_behind)
    return changes


def _parties(who: Traveller, ear: Ear, prober: Prober, other: Traveller, theirs: Ear) -> list[Party]:
    """The owner, a visitor, the second citizen: each with the tokens of their own home page."""
    home = who.path("home") or ""
    if "log_in" in who.facts:  # else that is where they are
        who.go(home)
    owner = Party(ear.role("citizen_a", who.hands.watch.context, theirs), tokens_on(who.hands.page))
    other.go(home)
    visitor = Party(*visitor_with_tokens(prober, owner.tokens))
    role = theirs.role("citizen_b", other.hands.watch.context, ear)
    return [owner, visitor, Party(role, tokens_on(other.hands.page))]
