"""Reading beacons: the names of their parameters are unpublished, so what they carry is known by its value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from toantrinh.observations.journey import Journey, Step
from toantrinh.observations.page import BeaconRecord, RequestRecord

SCRIPT = re.compile(r"gov-tracking", re.I)
SITE_ID_NAMES = ("idsite", "siteid", "site_id", "site-id", "site", "sid", "websiteid")
CHANGING = re.compile(r"[0-9a-f]{7,}|0\.\d+|\d{9,}|[0-9a-f]{8}-[0-9a-f-]{27}", re.I)
# Parameters of Matomo and its like that are 1 on every beacon.
FLAGS = frozenset({"rec", "apiv", "cookie", "send_image", "_idn", "ping", "bots", "java", "fla", "pdf", "qt", "wma"})
VIEWED, SUBMITTED = "-1", "1"


def values(beacon: BeaconRecord) -> list[tuple[str, str]]:
    """(name, value) of everything a beacon carries: query parameters, form fields, JSON members at any depth."""
    return [*beacon.parameters.items(), *_body(beacon.body)]


def _body(body: str) -> Iterator[tuple[str, str]]:
    text = body.strip()
    if not text:
        return
    try:
        yield from _members("", json.loads(text))
    except ValueError:
        yield from parse_qsl(text, keep_blank_values=True)


def _members(name: str, found: Any) -> Iterator[tuple[str, str]]:
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _members(str(key), value)
    elif isinstance(found, list):
        for value in found:
            yield from _members(name, value)
    elif isinstance(found, str) and found.startswith("?") and "=" in found:
        yield from parse_qsl(found[1:], keep_blank_values=True)
    elif found is not None:
        yield name, str(found)


def site_ids(beacon: BeaconRecord) -> set[str]:
    """The site ids that a beacon names, by the usual names of that parameter."""
    return {value for name, value in values(beacon) if name.lower() in SITE_ID_NAMES and value.isdigit()}


def is_event_of(beacon: BeaconRecord, code: str, kind: str) -> bool:
    """True for the service event (`trackDVC`) of this TTHC code: `kind` is "-1" for a view, "1" for a submission.

    A localised code (2.000815.000.00.00.H55, 2.000815.02) counts as its service. Where `-1` occurs the beacon is a
    view; a `1` does not count where it is a flag of the measuring protocol.
    """
    carried = values(beacon)
    if not any(value == code or value.startswith(f"{code}.") for _, value in carried):
        return False
    found = {value for name, value in carried if name.lower() not in FLAGS}
    return VIEWED in found if kind == VIEWED else SUBMITTED in found and VIEWED not in found


def is_event(beacon: BeaconRecord) -> bool:
    """True when the beacon carries a TTHC code as a value of its own: a service event, not a page view."""
    return any(re.fullmatch(r"\d\.\d{6}(?:\.[\w.]+)?", value) for _, value in values(beacon))


def fingerprint(beacon: BeaconRecord) -> tuple[tuple[str, str], ...]:
    """What two sendings of one and the same thing share: everything but random numbers and times."""
    return tuple(sorted((name, value) for name, value in values(beacon) if not CHANGING.fullmatch(value)))


def of_journey(journey: Journey) -> list[tuple[Step, BeaconRecord]]:
    """All beacons of a journey, each with its step."""
    return [(step, beacon) for step in journey.steps for beacon in step.beacons]


def script_requests(requests: Sequence[RequestRecord]) -> list[RequestRecord]:
    """The requests for the script of the tag."""
    return [request for request in requests if SCRIPT.search(request.address)]


def host(address: str) -> str:
    """The host name of an address, empty when it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def bare(address: str) -> str:
    """The address without a fragment and without a slash at its end."""
    return address.split("#")[0].rstrip("/")
