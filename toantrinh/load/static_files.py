"""The static files of a page, and what a browser that was here before asks of them (RFC 9111)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from toantrinh.load.plan import Asset

DIRECTIVE = re.compile(r"([\w\-]+)(?:\s*=\s*\"?([^\",\s]*)\"?)?")
LEAST_S = 60  # freshness under which a returning citizen finds it stale
HEURISTIC = 0.1  # share of a file's age for which browsers hold it for fresh, where nothing is said (RFC 9111 §4.2.2)


def asset_of(path: str, given: Mapping[str, str]) -> Asset:
    """The file at `path` whose answer had these headers, names in lower case."""
    said = _directives(given)
    if "no-store" in said:
        return Asset(path=path)
    validators = {}
    if "etag" in given:
        validators["If-None-Match"] = given["etag"]
    if "last-modified" in given:
        validators["If-Modified-Since"] = given["last-modified"]
    return Asset(path=path, fresh="no-cache" not in said and _lifetime_s(given, said) >= LEAST_S, validators=validators)


def is_stored_nowhere(given: Mapping[str, str]) -> bool:
    """True for an answer that is made anew for each citizen (no-store), such as the picture of a captcha."""
    return "no-store" in _directives(given)


def _directives(given: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in DIRECTIVE.findall(given.get("cache-control", ""))}


def _lifetime_s(given: Mapping[str, str], said: Mapping[str, str]) -> float:
    """How long it is fresh, s (RFC 9111 §4.2.1): max-age, else Expires, else a share of its age."""
    if "max-age" in said:
        return float(said["max-age"]) if said["max-age"].isdigit() else 0
    now = _moment(given.get("date", ""))
    if "expires" in given:
        ends = _moment(given["expires"])
        return (ends - now).total_seconds() if ends and now else 0
    changed = _moment(given.get("last-modified", ""))
    return ((now - changed) * HEURISTIC / timedelta(seconds=1)) if changed and now else 0


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None
