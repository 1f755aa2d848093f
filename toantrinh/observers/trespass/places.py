"""Which addresses may hold a citizen's own data: what the browser asked for on the way, and what its pages lead to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from toantrinh.observations.journey import Journey, StepName
from toantrinh.observers.acting_words import acts
from toantrinh.ownership import at_home
from toantrinh.redaction import MARK, TOKEN

MOST = 40
CALLS = ("xhr", "fetch")
OWN_STEPS = (
    StepName.LOG_IN, StepName.FORM, StepName.PAPERS, StepName.SIGN, StepName.PAY, StepName.SUBMIT, StepName.LOOK_UP,
    StepName.NOTICE, StepName.RESULT, StepName.RATING,
)  # fmt: skip
# What is never asked for a second time by us: begins or ends a session, begins a dossier, acts by itself, or belongs to
# another party's protocol.
_LEFT_ALONE = re.compile(
    r"(?:log-?out|sign-?out|dang-?xuat|thoat|log-?in\b|sign-?in\b|dang-?nhap|nop-?ho-?so|tao-?ho-?so|/apply|/create\b|"
    r"/xoa\b|delete|remove|/huy|cancel|signature=|chu-?ky=|secure_?hash=|checksum=|oauth|callback|saml|[?&]code=|"
    r"[?&]state=)",
    re.I,
)


@dataclass(frozen=True)
class Place:
    """An address that may show the owner's data. `headers`: those of its own that the page's script sent with it.

    `call`: a script asked for it.
    """

    address: str
    call: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


def places_of(
    journey: Journey, base: str, heard: Iterable[Place], links: Iterable[str], hosts: Collection[str] = ()
) -> list[Place]:
    """At most forty, each address once: heard just now, then linked, then those of the journey's record.

    Of the other `hosts` that the file names only the data that scripts ask for.
    """
    heard = list(heard)
    dressed = next((one.headers for one in heard if one.call and one.headers), {})
    found = [*heard, *(Place(one) for one in links), *_of_record(journey, dressed)]
    kept: dict[str, Place] = {}
    for place in found:
        bare = place.address.split("#")[0]
        other = place.call and urlsplit(bare).hostname in hosts
        if (at_home(bare, base) or other) and is_askable(bare):
            kept.setdefault(bare, Place(bare, place.call, place.headers))
    return list(kept.values())[:MOST]


def is_askable(address: str) -> bool:
    """True for an address that is whole in the record, and that does nothing when it is asked for."""
    parts = urlsplit(address)
    return (
        parts.scheme in ("http", "https")
        and parts.path not in ("", "/")
        and MARK not in address
        and TOKEN not in address
        and not _LEFT_ALONE.search(address)
        and not acts(address)
    )


def identifiers(address: str) -> tuple[str, ...]:
    """The parts of an address that may name one thing: segments and values with a digit, or long ones without words."""
    parts = urlsplit(address)
    values = [*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))]
    return tuple(one for one in values if re.search(r"\d", one) or len(one) >= 20)


def _of_record(journey: Journey, dressed: Mapping[str, str]) -> Iterable[Place]:
    for step in journey.steps:
        if step.name not in OWN_STEPS:
            continue
        for request in step.requests:
            call = request.kind in CALLS
            if request.method == "GET" and request.status == 200 and (call or request.kind == "document"):
                yield Place(request.address, call, dressed if call else {})
