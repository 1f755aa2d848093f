"""A dialog that came of a press within an application: does the focus go into it, stay in it, and come back?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observers.asking.isolated import CannotAsk, Isolated
from toantrinh.observers.keys.keyboard import SCRIPT, words
from toantrinh.observers.keys.opened_dialogs import APPEARS_MS, entered
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page


class DialogInFront:
    """Begun before a press. `came` is what that opened in the same document, None where no dialog has come of it."""

    def __init__(self, page: Page) -> None:
        self.came: Mapping[str, Any] | None = None
        self._opener = -1
        self._keys: Isolated | None = None
        with suppress(CannotAsk, RuntimeError):
            keys = Isolated(page, SCRIPT)
            keys.ask("keyboard.awaits")
            self._keys = keys

    def look(self) -> bool:
        """True when a dialog has come of what was pressed; where the focus is then is remembered."""
        with suppress(CannotAsk, RuntimeError):
            self._opener = self._keys.ask("keyboard.opener") if self._keys else -1
            if self._keys and self._opener >= 0:
                self.came = self._keys.ask("keyboard.appeared", APPEARS_MS)
        return self.came is not None

    def stays(self) -> bool:
        """True while what came is still there."""
        with suppress(CannotAsk, RuntimeError):
            return self.came is not None and self._keys is not None and self._keys.ask("keyboard.closed", 0) is None
        return False

    def walked(
        self, attachments: Attachments, *, leave: bool = False, complains: bool = False, closes: Sequence[str] = ()
    ) -> KeyboardFacts | None:
        """The dialog by the keyboard, which is closed afterwards unless it is to be left; None where none came.

        `complains`, `leave`: as `entered`; `closes`: words of its own that close it. Raises CannotAsk when the document
        goes away meanwhile.
        """
        if self._keys is None or self.came is None:
            return None
        address = self._keys.page.url
        (opener,) = self._keys.ask("keyboard.tell", [self._opener])
        self._keys.ask("keyboard.again")
        one = entered(
            self._keys,
            opener,
            self.came,
            [*words()["closes"], *closes],
            attachments,
            "hop-thoai",
            leave=leave,
            complains=complains,
        )
        return KeyboardFacts(
            address=address,
            whole=False,
            around="",
            stops=(),
            ended="many",
            traps=(),
            rule="chỉ đi trong hộp thoại",
            looks=(),
            skip=None,
            dialogs=(one,),
            pressed=1,
        )
