"""The portal's faces: the same system, dressed as different makers dress theirs.

`modern` is the portal's own look. Every other skin is a folder here: `templates/` (each file stands in for the one of
the same name in `portal/templates`, which stays reachable as `modern/<name>`), `static/` (added to the portal's own
files, or standing in for them), and in its `__init__.py` a `TITLE` and, where the look needs the server's help,
`install(app)`.
"""

from __future__ import annotations

import difflib
import importlib
from pathlib import Path
from types import ModuleType

from flask import Flask
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader

MODERN = "modern"
_FOLDER = Path(__file__).parent
_OWN_TITLE = "Giao diện mặc định: trang dựng ở máy chủ, dùng được cả khi không có JavaScript"


class UnknownSkin(ValueError):
    """A name that no skin has; the message names those that there are."""


def titles() -> dict[str, str]:
    """What each skin is, by its name; the portal's own look first."""
    folders = sorted(path.parent.name for path in _FOLDER.glob("*/__init__.py"))
    return {MODERN: _OWN_TITLE} | {name: str(_module(name).TITLE) for name in folders}


def check(name: str) -> None:
    """Raises UnknownSkin when there is no skin of that name."""
    known = titles()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        advice = f" Did you mean {near[0]}?" if near else ""
        raise UnknownSkin(f"There is no skin named {name!r}.{advice} Known: {', '.join(known)}.")


def template_loader(name: str) -> BaseLoader:
    """Where templates come from: the skin's own first, then the portal's."""
    own = FileSystemLoader(_FOLDER.parent / "templates")
    if name == MODERN:
        return own
    return ChoiceLoader([FileSystemLoader(_FOLDER / name / "templates"), own, PrefixLoader({MODERN: own})])


def static_folder(name: str) -> Path | None:
    """The folder of the skin's own static files, when it has any."""
    folder = _FOLDER / name / "static"
    return folder if name != MODERN and folder.is_dir() else None


def install(app: Flask, name: str) -> None:
    """Let the skin add to the application what its look needs. Raises UnknownSkin."""
    check(name)
    if name == MODERN:
        return
    further = getattr(_module(name), "install", None)
    if further is not None:
        further(app)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")
