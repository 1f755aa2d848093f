"""How addresses compare: which show one place, and which are of one kind."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urlsplit


def place_of(address: str) -> str:
    """The address without a fragment that only marks a place in the page, also in one that a script's route names."""
    bare, fragment = urldefrag(address)
    bare = bare if urlsplit(bare).path else f"{bare}/"
    return f"{bare}#{fragment.split('#')[0]}" if fragment.startswith(("/", "!")) else bare


def pattern_of(address: str) -> str:
    """What addresses of one kind have in common: the path with its codes, numbers and names of files left out."""
    parts = urlsplit(address)
    path = re.sub(r"[^/]+(\.\w{2,5})$", r"*\1", parts.path)
    return re.sub(r"[^/]*\d[^/]*", "#", path) + ("?" if parts.query else "") + re.sub(r"\d+", "#", parts.fragment)
