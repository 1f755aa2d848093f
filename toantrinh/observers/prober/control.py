"""Paths that certainly do not exist, in the shape of one that is asked about."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable
from urllib.parse import urlsplit

STEM = re.compile(r"[^/.~;]+")
EXTENSION = re.compile(r"\.(\w{1,6})~?$")


def shape_of(address: str) -> str:
    """What a server's rules could look at in the path of an address: its depth, dots, and extension."""
    return _renamed(address, lambda stem: "x" * min(1, len(stem)))


def made_up(address: str, seed: str) -> str:
    """An address of the same shape with names made by lot, in the same place of the system's paths."""
    chance = random.Random(f"{seed}/{shape_of(address)}")

    def name(stem: str) -> str:
        letters = string.ascii_lowercase
        return "".join(chance.choice(letters) for _ in range(max(10, min(16, len(stem)))))

    parts = urlsplit(address)
    return parts._replace(path=_renamed(address, name), query="", fragment="").geturl()


def _renamed(address: str, name: Callable[[str], str]) -> str:
    path = urlsplit(address).path or "/"
    extension = EXTENSION.search(path)
    end = path[extension.start() :] if extension and extension.start() > path.rfind("/") + 1 else ""
    front = path[: len(path) - len(end)] if end else path
    changed = STEM.sub(lambda found: name(found.group(0)), front)
    return (changed if changed != "/" else f"/{name('x')}") + end
