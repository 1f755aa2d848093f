"""What a marker is: mark-up that tells from which place it came and does nothing in anybody else's browser.

Where it comes back unescaped it becomes an element of a name of our own. Its handler is of an event that never happens
by itself (`play` on an element that plays nothing), and calls a function that only our browser has.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import NamedTuple

MOST = 120  # markers in one visit: the browser knows that many elements of ours
FIRST, REST = "bdghkmqvxz", "bcdfghjkmnpqrstvwxz0123456789"
LETTERS = 6
FORMS = (
    ("ra khỏi chuỗi và thẻ", "'\" onplay={k}({n}) ></title></textarea></script><{k}-{n} onplay={k}({n})>"),
    ("ra khỏi thuộc tính", "'\" onplay={k}({n}) ><{k}-{n} onplay={k}({n})>"),
    ("thẻ", "<{k}-{n} onplay={k}({n})>"),
)
PLAINEST = FORMS[-1]
IN_SCRIPT = (
    ("chuỗi ‘’ trong mã", "'-{k}({n})-'"),
    ("chuỗi “” trong mã", '"-{k}({n})-"'),
    ("chuỗi `` trong mã", "${{{k}({n})}}"),
)
IN_LINK = (("liên kết", "javascript:{k}({n})"),)


class Written(NamedTuple):
    """What is written into a place: the whole text, and in which form the marker stands in it."""

    text: str
    form: str


@dataclass(frozen=True)
class Name:
    """The name of one visit's markers, which nobody else can guess. `word` begins with a letter (HTML, custom
    element names)."""

    word: str

    def marker(self, number: int, form: tuple[str, str] = PLAINEST) -> str:
        """The marker of a place in a form."""
        return form[1].format(k=self.word, n=number)

    def tag(self, number: int) -> str:
        """The name of the element that the marker becomes."""
        return f"{self.word}-{number}"


def fresh() -> Name:
    """A name for one visit."""
    return Name(secrets.choice(FIRST) + "".join(secrets.choice(REST) for _ in range(LETTERS - 1)))


def written(name: Name, number: int, room: int, plain: str, shorter: bool = False) -> Written | None:
    """The longest form that fits into `room` characters (0: any number) behind the plain value, else instead of it.

    `shorter`: the shortest form alone. None where no form fits.
    """
    forms = FORMS[-1:] if shorter else FORMS
    for before in dict.fromkeys((plain, "")):
        for form in forms:
            text = before + name.marker(number, form)
            if not room or len(text) <= room:
                return Written(text, form[0])
    return None


def file_name(name: Name, number: int, plain: str, stem: int = 24) -> str:
    """A file's name with the marker behind its first letters; no slash nor double quote, which none can hold."""
    first, _, ending = plain.rpartition(".")
    return f"{first[:stem]}'>{name.marker(number)}.{ending}"
