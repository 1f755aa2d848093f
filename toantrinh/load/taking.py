"""What a browser takes from one answer into the next request: tokens, numbers of drafts, states of forms."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from toantrinh.load.plan import Take

PLACE = re.compile(r"\{\{([a-z0-9-]+)(\|url|\|decoded)?\}\}")
COOKIE = "cookie-"
BEGINNING = 50_000  # characters of an answer in which it says what it is


def taken(take: Take, headers: Mapping[str, str], body: str) -> str | None:
    """The value in an answer; None when the answer does not have it. `headers`: names in any case."""
    text = body
    if take.never:
        said = body[:BEGINNING].lower()
        if any(word in said for word in take.never):
            return None
    if take.header:
        text = next((value for name, value in headers.items() if name.lower() == take.header.lower()), "") + take.right
    _, found, rest = text.partition(take.left)
    value, ended, _ = rest.partition(take.right)
    if not found or not ended:
        return None
    return html.unescape(value) if take.escaped else value


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what was taken in its places. Raises KeyError for a name that was not taken; a cookie that the
    browser does not have is nothing."""
    if "{{" not in text:
        return text
    return PLACE.sub(lambda found: _written(found[1], found[2], values), text)


def _written(name: str, how: str, values: Mapping[str, str]) -> str:
    value = values.get(name, "") if name.startswith(COOKIE) else values[name]
    return quote(value, safe="") if how == "|url" else unquote(value) if how == "|decoded" else value


def cookie_place(name: str, *, decoded: bool = False) -> str:
    """What stands in `{{…}}` for the value of the browser's own cookie of this name: a script copies it (double
    submit). `decoded`: percent-decoded first."""
    return COOKIE + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") + ("|decoded" if decoded else "")


def cookie_values(jar: Iterable[Any]) -> dict[str, str]:
    """The values of a browser's cookies (each with `name` and `value`), by what stands for them."""
    return {cookie_place(one.name): str(one.value or "") for one in jar}
