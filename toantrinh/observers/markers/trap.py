"""What hears our markers: the function that they call, in every page of a browser context, and their elements."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observers.markers.marker import MOST, Name

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

TRAP = (Path(__file__).parent / "trap.js").read_text(encoding="utf-8").strip()
MOST_CALLS = 400


@dataclass(frozen=True)
class Call:
    """What was heard: the marker of a place `ran`, became an `element`, or one `stripped` of its handler.

    `role`, `kind`: who was looking at what just then.
    """

    number: int
    how: str
    address: str
    title: str
    role: str
    kind: str


@dataclass
class Trap:
    """Set in every context of one visit. `role` and `kind` say who looks at what now, for what is heard from now on."""

    name: Name
    role: str = ""
    kind: str = ""
    calls: list[Call] = field(default_factory=list)
    _on_trial: bool = False

    def set_in(self, context: BrowserContext) -> None:
        """From now on every new document of the context has the function and the elements."""
        ear = f"{self.name.word}x"
        context.expose_binding(ear, self._hear)
        told = json.dumps([self.name.word, MOST, ear])
        context.add_init_script(f"({TRAP})({told})")

    def setting(self, new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
        """The same maker of contexts, each with the trap in it."""

        def make(**options: Any) -> BrowserContext:
            context = new_context(**options)
            self.set_in(context)
            return context

        return make

    def hears(self, page: Page) -> bool:
        """True when a marker on an empty page of a context with the trap is heard: without that, silence says nothing.

        The page stays empty.
        """
        from playwright.sync_api import Error

        known, self._on_trial = len(self.calls), True
        try:
            page.goto("about:blank")
            page.set_content(self.name.marker(MOST))
            heard = {call.how for call in self.calls[known:] if call.number == MOST}
            page.goto("about:blank")
        except Error:
            return False
        finally:
            self._on_trial = False
        del self.calls[known:]
        return {"ran", "element"} <= heard

    @contextmanager
    def looking(self, role: str, kind: str) -> Iterator[None]:
        """While somebody else looks, or at something else."""
        before = self.role, self.kind
        self.role, self.kind = role, kind
        try:
            yield
        finally:
            self.role, self.kind = before

    def _hear(self, source: Any, told: str) -> None:
        try:
            said = json.loads(str(told)[:4_000])
            if said["origin"] == "null" and not self._on_trial:
                return  # a sandboxed frame: nothing of the system is within its reach (HTML, "opaque origin")
            address = str(said["address"])
            if not address.startswith("http"):  # a frame without an address of its own
                address = str(source["page"].url)
            call = Call(int(said["number"]), str(said["how"]), address, str(said["title"]), self.role, self.kind)
        except (ValueError, KeyError, TypeError):
            return  # somebody else's call
        if len(self.calls) < MOST_CALLS and call not in self.calls:
            self.calls.append(call)
