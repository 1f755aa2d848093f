"""Where a browser would go by itself after an answer: by its redirect, its refresh, and what its script may do."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote, urlsplit

from toantrinh.driver.fetching import REDIRECTS
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.likeness import pieces_of

_SPECIAL = ("http", "https", "ftp", "ws", "wss")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_META = re.compile(r"<meta\b[^<>]{0,400}>", re.I)
_EQUIV = re.compile(r"http-equiv\s*=\s*[\"']?refresh\b", re.I)
_CONTENT = re.compile(r"content\s*=\s*(?:\"([^\"]{0,600})\"|'([^']{0,600})'|([^\s>]{1,600}))", re.I)
_REFRESH = re.compile(r"\s*(\d+(?:\.\d*)?)\s*[;,]\s*(?:url\s*=\s*)?[\"']?(.+?)[\"']?\s*$", re.I | re.S)
_GOES = re.compile(r"\blocation(?:\.href)?\s*=|\blocation\.(?:replace|assign)\s*\(|\bwindow\.open\s*\(|\bnavigate\s*\(")
_SEALED = re.compile(r"<(script|style|noscript|template|textarea|title)\b|<!--", re.I)  # no element stands in these
_FORM, _FORM_END = re.compile(r"<form\b", re.I), re.compile(r"</form\b", re.I)
_INPUT = re.compile(r"<input\b[^<>]{0,2000}>", re.I)
_HIDDEN = re.compile(r"\btype\s*=\s*[\"']?hidden\b", re.I)
_POSTS = re.compile(r"\bmethod\s*=\s*[\"']?post\b", re.I)
MOST_SAID = 2_000  # characters of a Refresh header


def host_of(address: str, base: str) -> str:
    """The host that a browser goes to for an address found at `base`, small letters (WHATWG URL, basic URL parser).

    Empty for what is no address of a host, such as `javascript:`.
    """
    text = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33)))))
    home = urlsplit(base)
    scheme, found = home.scheme, _SCHEME.match(text)
    if found:
        scheme, text = found.group(1).lower(), text[found.end() :]
        if scheme not in _SPECIAL:
            return ""
        text = text.replace("\\", "/")
        if scheme == home.scheme and not text.startswith("//"):
            return (home.hostname or "").lower()
    else:
        text = text.replace("\\", "/")
        if not text.startswith("//"):
            return (home.hostname or "").lower()
    authority = re.split(r"[/?#]", text.lstrip("/"), maxsplit=1)[0]
    return re.sub(r":\d*$", "", authority.rsplit("@", 1)[-1]).lower()


def redirect_of(answer: Answer) -> str:
    """The address in the Location header of a redirect; empty when it is none."""
    return answer.header("location") if answer.status in REDIRECTS else ""


def refresh_of(answer: Answer) -> tuple[float, str]:
    """(seconds, address) of a Refresh header or the meta element of that name; no address when there is none."""
    said = answer.header("refresh")
    if not said and answer.answered and "html" in (answer.kind or "html"):
        source = " ".join(piece for name, piece in pieces_of(answer.text[:200_000], _SEALED) if not name)
        metas = (found.group(0) for found in _META.finditer(source) if _EQUIV.search(found.group(0)))
        content = next((found for meta in metas if (found := _CONTENT.search(meta))), None)
        said = html.unescape(next((one for one in content.groups() if one), "")) if content else ""
    found = _REFRESH.match(said[:MOST_SAID])
    return (float(found.group(1)), found.group(2)) if found else (0.0, "")


def is_kept_by_form(answer: Answer, host: str) -> bool:
    """True when a form that posts, as a log-in does, carries the host in its address or in a hidden field."""
    if not answer.ok or "html" not in (answer.kind or "html"):
        return False
    source = " ".join(piece for name, piece in pieces_of(answer.text[:200_000], _SEALED) if not name)
    for form in _FORM.split(source)[1:]:
        head, _, inside = _FORM_END.split(form, maxsplit=1)[0].partition(">")
        fields = (one for one in _INPUT.findall(inside) if _HIDDEN.search(one))
        if _POSTS.search(head) and any(host in unquote(unquote(html.unescape(one))) for one in (head, *fields)):
            return True
    return False


def script_names(answer: Answer, host: str) -> bool:
    """True when a script in the page names the host beside an order to go somewhere; whether it goes is not known."""
    if not answer.answered or "html" not in (answer.kind or "html"):
        return False
    pieces = pieces_of(answer.text[:200_000], _SEALED)
    return any(name == "script" and host in piece and _GOES.search(piece) for name, piece in pieces)
