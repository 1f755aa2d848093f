"""The third depth of adaptation: a small class for a platform, where neither a word nor a selector is enough.

`systems/platforms/<name>.py` beside `<name>.yaml` holds one subclass of `Platform`; a system with `platform: <name>`
travels with it. Each hook may decline (None, or the view as it was), and the driver then does what it always does.
"""

from __future__ import annotations

import importlib.util
import inspect
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toantrinh.mistakes import UserMistake

if TYPE_CHECKING:
    from toantrinh.driver.eyes import Control, View
    from toantrinh.journey.traveller import Traveller


class Platform:
    """What a product does in its own way. A hook acts through `who` alone, so that pace, hosts and record hold."""

    def find(self, who: Traveller, view: View, intent: str) -> Control | None:
        """The control for an intent (a name of the lexicon) on this page; None: by selector and words, as always."""
        return None

    def way_to(self, who: Traveller, page: str) -> View | None:
        """The page of this name (as in `paths:`), opened; None: by its path or link, as always."""
        return None

    def log_in(self, who: Traveller, view: View) -> View | None:
        """The page after a log-in of its own kind, begun at `view`; None: the ways that the driver knows."""
        return None

    def before_form(self, who: Traveller, view: View) -> View:
        """A page of the application before anything is answered: closes what is in the way, chooses what must be."""
        return view


def load_platform(code: Path | None) -> Platform:
    """The platform that a file of Python defines; the plain one without a file.

    Raises UserMistake when the file does not load or holds no subclass of Platform, or several.
    """
    return _class_in(code)() if code else Platform()


@cache
def _class_in(code: Path) -> type[Platform]:
    spec = importlib.util.spec_from_file_location(f"toantrinh_platform_{code.stem}", code)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UserMistake(f"the platform's class does not load: {type(error).__name__}: {error}.", str(code)) from error
    found = [
        one for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, Platform) and one is not Platform and one.__module__ == module.__name__
    ]  # fmt: skip
    if len(found) != 1:
        raise UserMistake(f"expected one subclass of Platform, found {len(found)}.", str(code))
    return found[0]
