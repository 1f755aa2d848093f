"""Which pages a journey came to without loading a document, and what was sent for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from suites.emc.beacons import bare, is_event, of_journey, values
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.observations.page import BeaconRecord, ProofOfPage
from toantrinh.ownership import at_home
from toantrinh.redaction import mask_tokens

TITLE_NAMES = ("title", "action_name", "page_title", "pagetitle", "document_title")
OFFICE = (StepName.OFFICER,)  # the officers' own pages are not those of the public portal


@dataclass(frozen=True)
class Turn:
    """A page that was shown in place of another one, in the same document."""

    step: StepName
    address: str
    title: str


def own_pages(journey: Journey, base_url: str) -> list[ProofOfPage]:
    """The system's own public pages that were proven, in order."""
    return [
        proof for step in journey.steps if step.name not in OFFICE for proof in step.proof if _is_own(proof, base_url)
    ]


def turns(journey: Journey, base_url: str) -> list[Turn]:
    """The pages that surely came without a document of their own, each address once.

    An address that is only rewritten after its document came, as some portals do, is none: every document of this step
    and the one before must be accounted for by a page that was seen at its address.
    """
    found: dict[str, Turn] = {}
    steps = [step for step in journey.steps if step.reach is not Reach.NOT_TRIED and step.name not in OFFICE]
    loaded: set[str] = set()
    for before, step in zip((None, *steps), steps, strict=False):
        loaded |= {mask_tokens(bare(proof.address)) for proof in step.proof if proof.status is not None}
        documents = {address for one in (before, step) if one for address in _documents(one, base_url)}
        last = route(before.proof[-1].address) if before is not None and before.proof else ""
        for proof in step.proof:
            here = route(proof.address)
            moved, last = bool(last) and _place(here) != _place(last), here
            in_page = proof.status is None or "#" in here
            if moved and in_page and _is_own(proof, base_url) and documents <= loaded:
                found.setdefault(here, Turn(step.name, here, " ".join(proof.title.split())))
    return list(found.values())


def faults(journey: Journey, base_url: str) -> Iterator[tuple[Turn, str]]:
    """(page, what is wrong with what was sent for it) of each page that came without a document; empty when nothing."""
    sent = [beacon for _, beacon in of_journey(journey) if not is_event(beacon)]
    tells_address = any(_addresses(beacon, base_url) for beacon in sent)
    for turn in turns(journey, base_url):
        if tells_address:
            mine = [beacon for beacon in sent if turn.address in map(route, _addresses(beacon, base_url))]
        else:
            mine = [beacon for beacon in sent if route(beacon.page) == turn.address]
        yield turn, _fault(turn, mine)


def _fault(turn: Turn, mine: Sequence[BeaconRecord]) -> str:
    if not mine:
        return "không gửi lượt xem với địa chỉ mới"
    titles = [title for beacon in mine for title in _titles(beacon)]
    if turn.title and titles and turn.title not in titles:
        return f"lượt xem mang tiêu đề khác (“{titles[-1]}” thay vì “{turn.title}”)"
    return ""


def route(address: str) -> str:
    """The address without a fragment, but for one that names a page (`#/thu-tuc`, `#!thu-tuc`)."""
    start, _, fragment = address.partition("#")
    return f"{start.rstrip('/')}#{fragment.rstrip('/')}" if fragment.startswith(("/", "!")) else bare(address)


def _place(address: str) -> tuple[str, str]:
    """What tells two pages apart: path and route; a query is but another view of one page."""
    parts = urlsplit(address)
    return parts.path, parts.fragment


def _addresses(beacon: BeaconRecord, base_url: str) -> list[str]:
    home = "/".join(base_url.split("/")[:3])
    return [value for name, value in values(beacon) if value.startswith(home) and "ref" not in name.lower()]


def _titles(beacon: BeaconRecord) -> list[str]:
    return [" ".join(value.split()) for name, value in values(beacon) if name.lower() in TITLE_NAMES]


def _is_own(proof: ProofOfPage, base_url: str) -> bool:
    return proof.holds and at_home(proof.address, base_url)


def _documents(step: Step, base_url: str) -> list[str]:
    """The system's own documents that were loaded in a step."""
    return [
        bare(request.address)
        for request in step.requests
        if request.kind == "document"
        and request.status
        and 200 <= request.status < 300
        and at_home(request.address, base_url)
    ]
