"""The person in the loop: who answers what no machine should, a captcha or a one-time code, while the run waits."""

from __future__ import annotations

from typing import Protocol


class Person(Protocol):
    """Somebody who sits before the terminal, and before the browser's window when there is one (`sees_window`)."""

    @property
    def sees_window(self) -> bool:
        """True when the browser is shown."""

    def answer(self, question: str, picture: bytes) -> str:
        """What the person types; empty when they pass, or have answered in the window. `picture`: the page, PNG."""

    def wait_for(self, what: str) -> None:
        """Returns when the person says that `what` is done."""
