"""What an answer gave: how a value that a later request carries is found in it again, though it is another by then."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from toantrinh.load.carried import Carried, Place
from toantrinh.load.plan import Take

if TYPE_CHECKING:
    from toantrinh.load.weaving import Heard

RANDOM = re.compile(
    r"[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=.*\d)[0-9A-Z]{20,}",
    re.A,  # hexadecimal, UUID, ULID
)
DRAWN_FROM = re.compile(r"[\w\-+/=~.]+", re.A)  # base64 and its like
INSIDE = re.compile(r"(?<=[A-Za-z])\d{1,2}(?=[A-Za-z])")
SYLLABLES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
VOWEL = re.compile(r"[aeiouy]", re.I)
ENDING = re.compile(r"\.[a-z0-9]{2,4}$", re.I)
LEAST, LEAST_IN_PATH = 16, 10  # characters
NUMBER = re.compile(r"(?=.*\d)[\w\-.]{1,64}")
TOKENS = re.compile(r"token|csrf|xsrf|viewstate|nonce|state|eventvalidation", re.I)
HIDDEN = re.compile(r"<input[^>]*hidden", re.I)  # a browser sends it as it came, whatever it is
KEY = re.compile(r'"(?:\w*id|ma|so|code|number|\w*key)"\s*:\s*"?$', re.I)
LONG = 8  # characters of what is hardly anything else by chance
PLUS = ("&#43;", "&#x2B;")  # some templates escape it, too
NAMES = re.compile(r"""(?:name|id)\s*=\s*["']?([\w\-.:\[\]]+)|"([\w\-.]+)"\s*:""", re.I)
WORDS = re.compile(r"[\w\-]+")
LEAST_LEFT, MOST_LEFT, MOST_AROUND = 6, 160, 20_000


def is_random(value: str) -> bool:
    """True for what a program has drawn: a token, a key. A code, a date, a word in an address is none."""
    return RANDOM.fullmatch(value) is not None or (len(value) >= LEAST and _is_mixed(value))


def is_drawn(one: Carried) -> bool:
    """True for what is random; in a path already for what is shorter, whatever kind of file it is called."""
    bare = ENDING.sub("", one.value)
    return is_random(one.value) or (one.place is Place.SEGMENT and len(bare) >= LEAST_IN_PATH and _is_mixed(bare))


def _is_mixed(value: str) -> bool:
    """Small letters, capitals and figures in turn, and no words: HoSoCuaToi has syllables, Vw7NgDmWa has none."""
    turns = sum(_kind(a) != _kind(b) for a, b in pairwise(value) if a.isalnum() and b.isalnum())
    parts = [part for part in SYLLABLES.findall(value) if part.isalpha()]
    odd = sum(len(part) == 1 or not VOWEL.search(part) for part in parts) + len(INSIDE.findall(value))
    return DRAWN_FROM.fullmatch(value) is not None and turns >= len(value) / 6 and odd > 1


def _kind(letter: str) -> str:
    return "0" if letter.isdigit() else "A" if letter.isupper() else "a"


def take_from(given: Heard, one: Carried, name: str, *, path: str = "", whatever: bool = False) -> Take | None:
    """How `one` is taken from this answer, where the answer gave it; None where it did not.

    A value that might stand there by chance is taken only where the place in the answer says what it is: where a
    redirect leads (or a script is told to go, where the request's own `path` says so), a hidden field or a token of the
    same name, the number of what was just made. `whatever`: anywhere.
    """
    value, sure = one.value, whatever or is_drawn(one)
    location = given.given.get("location", "")
    if value in re.split(r"[/?&=#;]", location) and value not in given.address:
        left, right, _ = next(_places(location + "\0", value), ("", "", ""))
        if left and (sure or (NUMBER.fullmatch(value) and one.names_something)):
            return Take(name=name, header="location", left=left, right=right or "#")
    made = given.method != "GET" and given.answer.lstrip()[:1] in ("{", "[") and bool(NUMBER.fullmatch(value))
    made = made and (one.names_something or len(value) >= LONG)
    page = given.answer.lstrip()[:1] == "<"
    if not page and path and f'"{path}"' in given.answer and one.place is Place.SEGMENT:
        sure = sure or (value not in given.address and not value.islower())
    for spelt in dict.fromkeys((value, html.escape(value), *(value.replace("+", plus) for plus in PLUS))):
        for left, right, around in _places(given.answer, spelt):
            named = (HIDDEN.search(around) or TOKENS.search(around)) and _same_name(around, one.key)
            if right and (sure or named or (made and KEY.search(left))):
                return Take(name=name, left=left, right=right, escaped=page or spelt != value)
    return None


def _same_name(around: str, key: str) -> bool:
    """Whether the tag or pair around a value calls it what the request calls it, but for signs and a leading X."""
    words = [word for pair in NAMES.findall(around) for word in pair if word]
    return bool(_plain(key)) and any(_plain(word) == _plain(key) for word in words)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower()).removeprefix("x")


def _places(text: str, value: str) -> Iterator[tuple[str, str, str]]:
    """Bounds by which each whole occurrence of the value is found again as the first behind its left bound; and the tag
    or pair around it."""
    if not value:
        return
    for found in re.finditer(rf"(?<![\w%]){re.escape(value)}(?![\w%])", text):
        start, end = found.span()
        right = text[end : end + 1].strip("\0")
        begun = max(text.rfind("<", 0, start), text.rfind(",", 0, start), text.rfind("{", 0, start), 0)
        ends = text.find(">", end) if text[begun] == "<" else end
        around = text[begun:ends] if ends - begun < MOST_AROUND else ""
        whole = [start - begun] if LEAST_LEFT <= start - begun <= MOST_LEFT else []  # a tag or a pair says most
        for length in (*whole, *range(min(LEAST_LEFT, start) or 1, min(MOST_LEFT, start) + 1)):
            left = text[start - length : start]
            if text.find(left) + length == start and not any(map(is_random, WORDS.findall(left))):
                yield left, right, around
                break
