"""What a browser takes from one answer into the next request: tokens, numbers of drafts, states of forms."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import quote

from toantrinh.load.plan import Take

PLACE = re.compile(r"\{\{([a-z0-9-]+)(\|url)?\}\}")


def taken(take: Take, headers: Mapping[str, str], body: str) -> str | None:
    """The value in an answer; None when the answer does not have it. `headers`: names in any case."""
    text = body
    if take.header:
        text = next((value for name, value in headers.items() if name.lower() == take.header.lower()), "") + take.right
    _, found, rest = text.partition(take.left)
    value, ended, _ = rest.partition(take.right)
    if not found or not ended:
        return None
    return html.unescape(value) if take.escaped else value


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what was taken in its places. Raises KeyError for a name that was not taken."""
    if "{{" not in text:
        return text
    return PLACE.sub(lambda found: quote(values[found[1]], safe="") if found[2] else values[found[1]], text)
