"""Whether two answers are the same page in all that matters: what a system says to whatever does not exist."""

from __future__ import annotations

import html
import re
from difflib import SequenceMatcher
from functools import cache
from urllib.parse import unquote, urlsplit

from toantrinh.driver.lexicon import fold
from toantrinh.driver.proof import SHORT_PAGE, words_of
from toantrinh.observations.page import PageKind

MOST_LETTERS = 4000
NEAR = 0.9
_UNREAD = re.compile(r"<(script|style|template|noscript)\b|<!--", re.I)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>(.{0,1000}?)</title\s{0,9}>", re.S | re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def title_of(source: str) -> str:
    """The title of a document; empty when it has none."""
    found = _TITLE.search(source[:200_000])
    return " ".join(html.unescape(found.group(1)).split())[:200] if found else ""


def text_of(source: str) -> str:
    """What a person reads in a document, in one line; at most about 200,000 characters of the source are read."""
    bare = _TITLE.sub(" ", _without_unread(source[:200_000]))
    return " ".join(html.unescape(_TAG.sub(" ", bare)).split())


def _without_unread(source: str) -> str:
    """A document without scripts, styles and comments; one that is never closed takes the rest with it."""
    lower, parts, at = source.lower(), [], 0
    while opened := _UNREAD.search(source, at):
        parts.append(source[at : opened.start()])
        end = f"</{opened.group(1).lower()}" if opened.group(1) else "-->"
        at = lower.find(end, opened.end())
        if at < 0:
            return " ".join(parts)
        at = lower.find(">", at) + 1 or len(source)
    return " ".join([*parts, source[at:]])


def alike(one: str, other: str, one_address: str, other_address: str) -> bool:
    """True when two documents are one page: the same title and nearly the same text, the asked path left aside."""
    if one == other:
        return True
    plain, known = _neutral(text_of(one), one_address), _neutral(text_of(other), other_address)
    if _neutral(title_of(one), one_address) != _neutral(title_of(other), other_address):
        return False
    if not plain and not known:  # shells that scripts will fill
        plain, known = _neutral(one, one_address), _neutral(other, other_address)
    if plain == known:
        return True
    plain, known = plain[:MOST_LETTERS], known[:MOST_LETTERS]
    matcher = SequenceMatcher(None, plain.split(), known.split(), autojunk=False)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def block_words(source: str) -> str:
    """The words by which a short document says that a firewall refused us or asks for a captcha; else empty."""
    content = fold(text_of(source))
    if len(content) >= SHORT_PAGE:
        return ""
    said = f" {fold(title_of(source))} {content} "
    return next((word for word in _blocking() if f" {word} " in said), "")


@cache
def _blocking() -> tuple[str, ...]:
    return (*words_of(PageKind.BLOCK), *words_of(PageKind.CAPTCHA))


def _neutral(text: str, address: str) -> str:
    """A text without the path that was asked for and without numbers, which change from answer to answer."""
    path = urlsplit(address).path
    for form in sorted({path, unquote(path), path.lstrip("/"), path.rsplit("/", 1)[-1]}, key=len, reverse=True):
        if len(form) >= 3:
            text = text.replace(form, "")
    return re.sub(r"\b[0-9a-f]{8,}\b|\d+", "0", text, flags=re.I)
