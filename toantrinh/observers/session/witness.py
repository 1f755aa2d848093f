"""The address that gives the account's page what it shows of its owner: asked again, it tells who is logged in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.ownership import at_home

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Response

KINDS = ("document", "xhr", "fetch")
CREDENTIALS = re.compile(r"authorization|(?:x-.*)?(?:token|auth|session|jwt|api-?key)(?:-?(?:id|key))?", re.I)
LARGEST = 1024 * 1024  # characters
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Witness:
    """`words` are facts of the owner that the answer of `address` shows. `headers` carry the owner's credential."""

    address: str
    words: tuple[str, ...] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)

    def shown_by(self, answer: Answer) -> bool:
        """True when a good answer shows something of the owner."""
        return answer.ok and bool(shown_in(answer.text, self.words))

    def ask(self, prober: Prober, role: Role, purpose: str) -> Answer:
        """Asks for the address as `role`, and leaves the role's cookies as they are."""
        return prober.ask(role, self.address, purpose, keeps_cookies=False)


def shown_in(source: str, words: Iterable[str]) -> list[str]:
    """Which of these words a page or JSON shows, however its characters are written."""
    source = source[:LARGEST]
    plain = ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), html.unescape(source))
    return [word for word in words if word in plain]


@contextmanager
def answers_of(context: BrowserContext) -> Iterator[list[Response]]:
    """Collects what comes while something is opened; ask the answers for their content afterwards."""
    found: list[Response] = []

    def hear(response: Response) -> None:
        found.append(response)

    context.on("response", hear)
    try:
        yield found
    finally:
        context.remove_listener("response", hear)


def find_witness(answers: Iterable[Response], words: tuple[str, ...], base: str) -> Witness | None:
    """The first answer of the system itself that shows the owner: documents before calls of scripts."""
    from playwright.sync_api import Error

    own = [one for one in answers if one.request.resource_type in KINDS and one.request.method == "GET"]
    own.sort(key=lambda one: one.request.resource_type != "document")
    for one in own:
        if not at_home(one.url, base) or one.status != 200:
            continue
        try:
            shown = shown_in(one.text(), words)
            sent = one.request.all_headers() if shown else {}
        except (Error, UnicodeDecodeError):  # gone with its page, or no text
            continue
        if shown:
            headers = {name: value for name, value in sent.items() if CREDENTIALS.fullmatch(name)}
            return Witness(one.url.split("#")[0], tuple(shown), headers)
    return None
