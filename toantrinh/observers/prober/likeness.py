"""Whether two answers are the same page in all that matters: what a system says to whatever does not exist."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
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
_SMALL = {65 + n: 97 + n for n in range(26)}  # lower() would change the length of some texts


def title_of(source: str) -> str:
    """The title of a document; empty when it has none."""
    found = _TITLE.search(source[:200_000])
    return " ".join(html.unescape(found.group(1)).split())[:200] if found else ""


def text_of(source: str) -> str:
    """What a person reads in a document, in one line; at most about 200,000 characters of the source are read."""
    bare = _TITLE.sub(" ", _without_unread(source[:200_000]))
    return " ".join(html.unescape(_TAG.sub(" ", bare)).split())


def pieces_of(source: str, opening: re.Pattern[str] = _UNREAD) -> Iterator[tuple[str, str]]:
    """A document in order: ("", what is read), and what is not with its name ("script", …; "!--" for comments).

    `opening` matches what opens an element, its name as the first group, or a comment. What is never closed takes the
    rest with it. Each character is looked at a few times only, whatever the document is made of.
    """
    lower, at = source.translate(_SMALL), 0
    while opened := opening.search(source, at):
        yield "", source[at : opened.start()]
        name = opened.group(1).lower() if opened.group(1) else ""
        begin = lower.find(">", opened.end()) + 1 if name else opened.end()
        end = lower.find(f"</{name}" if name else "-->", begin) if begin or not name else -1
        if end < 0:
            return
        yield name or "!--", source[begin:end]
        at = lower.find(">", end) + 1 or len(source)
    yield "", source[at:]


def _without_unread(source: str) -> str:
    """A document without scripts, styles and comments."""
    return " ".join(piece for name, piece in pieces_of(source) if not name)


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
