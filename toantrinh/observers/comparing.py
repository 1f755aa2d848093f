"""How addresses compare: which show one place, and which are of one kind."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urlsplit

SESSION = re.compile(r"jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|session_?id", re.IGNORECASE)
OF_SESSION = re.compile(rf";(?:{SESSION.pattern})=[^/;]*", re.IGNORECASE)


def place_of(address: str) -> str:
    """The address without what says nothing of the page: a session's parameters, and a fragment that only marks a place
    in it, also in one that a script's route names. The rest of the query stays: it may choose the page.
    """
    bare, fragment = urldefrag(address)
    parts = urlsplit(bare)
    query = "&".join(one for one in parts.query.split("&") if not SESSION.fullmatch(one.split("=")[0]))
    bare = parts._replace(path=OF_SESSION.sub("", parts.path) or "/", query=query).geturl()
    return f"{bare}#{fragment.split('#')[0]}" if fragment.startswith(("/", "!")) else bare


def pattern_of(address: str) -> str:
    """What addresses of one kind have in common: the path with its codes, numbers and names of files left out."""
    parts = urlsplit(address)
    path = re.sub(r"[^/]+(\.\w{2,5})$", r"*\1", parts.path)
    return re.sub(r"[^/]*\d[^/]*", "#", path) + ("?" if parts.query else "") + re.sub(r"\d+", "#", parts.fragment)
