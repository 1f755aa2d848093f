"""Facts about trespass: whether what one test citizen's browser showed is shown to somebody else, too.

`exchange` and `owners` are numbers of questions in the record's `exchanges`. What was shown is named, never repeated.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.leaks import State
from toantrinh.observations.page import Facts


class Kind(StrEnum):
    """What an address gave its owner."""

    PAGE = "page"
    FILE = "file"
    DATA = "data"  # what a script of the page asked for, or JSON

    @property
    def vietnamese(self) -> str:
        return {Kind.PAGE: "trang", Kind.FILE: "tệp", Kind.DATA: "địa chỉ dữ liệu"}[self]


class Trespass(Facts):
    """One address that showed the owner's data, asked as `role`. `own`: what it showed its owner, in Vietnamese names;
    `seen`: what of that was shown to the other. `why`: what makes it unsure, or why there is no answer."""

    kind: Kind
    address: str
    role: str  # citizen_b | nobody
    state: State
    exchange: int
    owners: int
    own: tuple[str, ...]
    seen: tuple[str, ...] = ()
    why: str = ""
    shown: str = ""


class Changing(Facts):
    """One operation that changes the owner's dossier, asked for as `role`. `what`: in Vietnamese; `seen`: what the
    owner saw changed afterwards; `pictures`: paths of what the owner saw."""

    what: str
    address: str
    role: str  # citizen_b | nobody
    state: State
    exchange: int
    seen: tuple[str, ...] = ()
    why: str = ""
    shown: str = ""
    pictures: tuple[str, ...] = ()


class Neighbour(Facts):
    """An identifier next to one of the owner's, asked for in another's name. `how`: counted, or decoded and counted."""

    address: str
    how: str
    role: str
    state: State
    exchange: int
    seen: tuple[str, ...] = ()
    why: str = ""
    shown: str = ""


class OfficerPage(Facts):
    """A page of the officers asked for by somebody who is none."""

    address: str
    role: str
    state: State
    exchange: int
    seen: tuple[str, ...] = ()
    why: str = ""
    shown: str = ""


class Lookup(Facts):
    """What the public lookup of the owner's dossier shows to anybody, on the page and in the answers behind it.

    `seen`: personal facts in full, by their Vietnamese names. `picture`: path of what was seen.
    """

    state: State
    address: str = ""
    seen: tuple[str, ...] = ()
    only_in_data: tuple[str, ...] = ()
    picture: str = ""
    why: str = ""


class CaptchaAgain(Facts):
    """A lookup that was sent a second time with the same answer to the captcha. `asked`: whether there is a captcha."""

    state: State
    asked: bool = True
    exchange: int = 0
    why: str = ""
    shown: str = ""


class TrespassRecord(Facts):
    """Everything that was asked in the name of another. `why`: why nothing was asked, or not all; `dossier`: the code
    of the owner's dossier. `identifiers`: how many addresses carry a number that can be counted on.
    `unheard`: data addresses of the owner's pages that not even the owner could be asked for, with the reason.

    `changes`: what was asked of a dossier of its own, sent with the `service`; `changes_why`: by operation, why it
    was not asked for. `left_behind`: what of that dossier stays in the system.
    """

    dossier: str = ""
    why: str = ""
    places: int = 0
    identifiers: int = 0
    reads: tuple[Trespass, ...] = ()
    unheard: tuple[str, ...] = ()
    changes: tuple[Changing, ...] = ()
    changes_why: dict[str, str] = Field(default_factory=dict)
    service: str = ""
    left_behind: tuple[str, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    officer_pages: tuple[OfficerPage, ...] = ()
    lookup: Lookup | None = None
    captcha: CaptchaAgain | None = None
    second_why: str = ""  # why nothing could be asked as the second citizen
    exchanges: Exchanges
