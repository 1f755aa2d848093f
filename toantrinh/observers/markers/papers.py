"""The papers that pages of a dossier lead to, and further pages about it: each opened for the markers in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from toantrinh.downloads import kind_of
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.files import file_behind
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.application import BODY
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.markers import Kind
from toantrinh.observers.markers.looking import Lookout

MOST_PAPERS, MOST_PAGES = 5, 3
NEVER = ("destructive", "log-out", "delete-draft", "remove-file", "withdraw", "supplement", "rate")
SURE = 60
PAPER_INTENTS = ("receipt", "payment-receipt")
PAPER_WORDS = ("to khai dien tu", "ban in", "in don", "in to khai", "in phieu", "phieu ho so", "giay hen")
ABOUT = ("qua trinh", "lich su", "nhat ky", "tien trinh", "xem don", "noi dung don", "xem to khai", "xem truoc")
OUR_FILES = "kiem thu"  # what we attached ourselves is no paper of the system


@dataclass(frozen=True)
class Lead:
    """A link to follow by GET: to a paper, or to another page about the dossier."""

    title: str
    address: str
    paper: bool


def leads_of(who: Traveller, view: View) -> list[Lead]:
    """Where the page of a dossier leads: papers of the system's making first, then pages that tell its history."""
    found: dict[str, Lead] = {}
    for control in view.controls:
        if control.role != "link" or control.landmark not in BODY or not _ours(who, control) or control.href in found:
            continue
        words = fold(control.label)
        if any(who.lexicon[intent].nearness(control.label) >= SURE for intent in NEVER):
            continue
        near = max(who.lexicon[intent].nearness(control.label) for intent in PAPER_INTENTS)
        paper = near >= 45 or any(word in words for word in PAPER_WORDS)
        if (paper or any(word in words for word in ABOUT)) and OUR_FILES not in fold(f"{control.label} {control.row}"):
            found[control.href] = Lead(control.label, control.href, paper)
    papers = [one for one in found.values() if one.paper]
    return papers[:MOST_PAPERS] + [one for one in found.values() if not one.paper][:MOST_PAGES]


def look_at_pressed(who: Traveller, lookout: Lookout, view: View) -> bool:
    """The receipt where it comes only upon a press; False where there is none, or nothing comes."""
    receipt = next((c for c in view.ranked(who.lexicon["receipt"], least=45) if c.landmark in BODY), None)
    if receipt is None or receipt.href.startswith("http"):
        return False
    content, address = file_behind(who.hands, view, receipt)
    with lookout.trap.looking(lookout.trap.role, Kind.PAPER):
        if kind_of(content) == "pdf":
            lookout.paper(address, receipt.label, content)
            return True
        return bool(address) and not _look(who, lookout, Lead(receipt.label, address, True))


def look_at_leads(who: Traveller, lookout: Lookout, leads: Iterable[Lead], kind: Kind) -> str:
    """Opens each; papers are noted as papers, other pages as `kind`. Returns why some could not be read."""
    lost: list[str] = []
    for lead in leads:
        with lookout.trap.looking(lookout.trap.role, Kind.PAPER if lead.paper else kind):
            if why := _look(who, lookout, lead):
                lost.append(f"{lead.title}: {why}")
    return "; ".join(lost[:3])


def _look(who: Traveller, lookout: Lookout, lead: Lead) -> str:
    got = who.fetch_file(lead.address)
    form = kind_of(got.content)
    if got.status != 200 or got.why:
        return got.why or f"HTTP {got.status}"
    if form == "pdf":
        lookout.paper(lead.address, lead.title, got.content)
        return ""
    if form not in ("html", "text"):
        return ""
    try:
        view = who.go(lead.address)
        who.book.see(view)
    except (StepEnded, CannotAct) as end:
        lookout.at(who.hands.page, why=str(end))
        return str(end)
    lookout.at(who.hands.page)
    return ""


def _ours(who: Traveller, control: Control) -> bool:
    return urlsplit(control.href).scheme in ("http", "https") and who.at_home(control.href)
