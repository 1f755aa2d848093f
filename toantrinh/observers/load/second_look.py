"""A second look at the pages that anybody may open: words that have changed meanwhile prove nothing.

News, and the names of those whose dossiers came last, are headings as well as what a page calls itself.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from functools import partial
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request

from toantrinh.load.asking import Addresses, NotPermitted
from toantrinh.load.permission import hosts_allowed
from toantrinh.load.plan import Ask, Errand, LoadPlan
from toantrinh.load.weaving import kind_of
from toantrinh.observations.load_script import ErrandName, LoadScript
from toantrinh.system_model import System

MOST = 12  # pages
WAIT_S = 10
LARGEST = 2 * 1024 * 1024  # bytes

Page = tuple[str, str]  # (content type, body)


def looked_at_again(script: LoadScript, system: System) -> tuple[Errand, ...]:
    """The errands, each page proved by words that it still has; where none is left, by its kind and by no refusal.

    A page that cannot be had this time keeps its words, and so does a dossier, whose status may change.
    """
    fetch = partial(_fetched, _opener(system), Addresses(_permitting(script, system)), script.agent)
    known: dict[str, Page | None] = {}
    return tuple(_seen(errand, fetch, known) if errand.name == ErrandName.LOOK else errand for errand in script.errands)


def _seen(errand: Errand, fetch: Callable[[Ask], Page | None], known: dict[str, Page | None]) -> Errand:
    operations = []
    for operation in errand.operations:
        asks = []
        for ask in operation.asks:
            if _is_plain(ask) and (ask.path in known or len(known) < MOST):
                if ask.path not in known:
                    known[ask.path] = fetch(ask)
                ask = _proved(ask, known[ask.path])
            asks.append(ask)
        operations.append(operation.model_copy(update={"asks": tuple(asks)}))
    return errand.model_copy(update={"operations": tuple(operations)})


def _is_plain(ask: Ask) -> bool:
    """Whether anybody may ask for it at any time, with nothing of earlier answers."""
    carried = ask.path + "".join(ask.headers.values())
    return ask.method == "GET" and ask.status == (200,) and bool(ask.shows) and "{{" not in carried


def _proved(ask: Ask, page: Page | None) -> Ask:
    if page is None:
        return ask
    kind, body = page
    shows = tuple(words for words in ask.shows if words in body)
    if shows:
        return ask.model_copy(update={"shows": shows})
    proof = kind_of(kind, body)
    return ask.model_copy(update={"shows": (), "takes": (*ask.takes, proof)}) if proof else ask


def _fetched(opener: OpenerDirector, addresses: Addresses, agent: str, ask: Ask) -> Page | None:
    try:
        request = Request(addresses.of(ask.path), headers={**ask.headers, "User-Agent": agent or "toantrinh"})
        with opener.open(request, timeout=WAIT_S) as answer:
            if answer.status != 200:
                return None
            return answer.headers.get("content-type", ""), answer.read(LARGEST).decode("utf-8", "replace")
    except (NotPermitted, URLError, HTTPException, OSError, ValueError):
        return None


def _opener(system: System) -> OpenerDirector:
    """Asks the system itself: through no proxy, following nothing."""
    opener = OpenerDirector()
    opener.add_handler(HTTPHandler())
    trusted = ssl.create_default_context(cafile=system.channel.ca_file)
    opener.add_handler(HTTPSHandler(context=trusted))
    return opener


def _permitting(script: LoadScript, system: System) -> LoadPlan:
    told: dict[str, Any] = {"phases": ({"name": "x", "rate": 1, "seconds": 1},), "caps": {"citizens": 1, "rate": 1}}
    hosts = hosts_allowed(system, script.hosts)
    return LoadPlan.model_validate({"base_url": system.base_url, "errands": script.errands, "hosts": hosts, **told})
