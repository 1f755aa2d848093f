"""Addresses with markers in the place of their parameters' values: which there are, and how one is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

from toantrinh.observations.journey import Journey, StepName
from toantrinh.observers.acting_words import acts
from toantrinh.redaction import MARK, TOKEN

MOST_ADDRESSES = 8
NOT_ASKED = (StepName.LOG_IN, StepName.SIGN, StepName.PAY)
SECRETS = re.compile(r"csrf|token|state|nonce|sign|session|ticket|code_challenge|captcha", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """An address with parameters, in its query or behind the hash of a single-page application."""

    before: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters whose values a person writes or chooses; numbers last."""
        words = [name for name, value in self.parameters if not value.isdigit()]
        return tuple(dict.fromkeys([*words, *(name for name, _ in self.parameters)]))

    @property
    def path(self) -> str:
        """The address without its parameters."""
        return self.before.rstrip("?")

    def with_values(self, values: dict[str, str]) -> str:
        """The address with other values for some of its parameters."""
        pairs = [(name, values.get(name, value)) for name, value in self.parameters]
        return self.before + "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)


def queries_of(journey: Journey, heard: Iterable[str], is_own: Callable[[str], bool]) -> list[Query]:
    """The addresses with parameters that this run has seen as pages of the system, one for each path and set of names.

    Not those that carry a secret, or that act by themselves.
    """
    found: dict[tuple[str, tuple[str, ...]], Query] = {}
    for address in (*_of_record(journey), *heard):
        query = query_of(address) if is_own(address) and MARK not in address and TOKEN not in address else None
        if query is None or acts(address) or any(SECRETS.search(name) for name, _ in query.parameters):
            continue
        found.setdefault((query.path, tuple(sorted(query.names))), query)
    return sorted(found.values(), key=lambda one: (_numbered(one.path), len(one.names)))[:MOST_ADDRESSES]


def query_of(address: str) -> Query | None:
    """The parameters of an address; None where it has none."""
    parts = urlsplit(address)
    if "?" in parts.fragment:
        route, _, asked = parts.fragment.partition("?")
        before = f"{address.partition('#')[0]}#{route}?"
    else:
        asked, before = parts.query, f"{address.partition('#')[0].partition('?')[0]}?"
    pairs = tuple(parse_qsl(asked, keep_blank_values=True))
    return Query(before, pairs) if pairs else None


def _of_record(journey: Journey) -> Iterable[str]:
    for step in journey.steps:
        if step.name in NOT_ASKED:
            continue
        yield step.address
        for request in step.requests:
            if request.kind == "document" and request.method == "GET" and request.status == 200:
                yield request.address


def _numbered(path: str) -> bool:
    """True for the address of one dossier: lists and searches are asked first."""
    return any(any(c.isdigit() for c in part) for part in urlsplit(path).path.split("/"))
