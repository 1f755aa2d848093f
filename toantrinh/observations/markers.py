"""Facts about markers: where each was written, and where it came back as more than text.

A marker is harmless mark-up of a name of our own (`toantrinh.observers.markers.marker`). What came back as text is
noted and is as it should be.
"""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.page import Facts
from toantrinh.observations.scenario import Scenario


class Kind(StrEnum):
    """What was looked at."""

    PAGE = "page"  # a citizen's or a visitor's
    OFFICER = "officer"
    NOTICE = "notice"
    PAPER = "paper"  # receipt, copy, print


class How(StrEnum):
    """What became of a marker."""

    RAN = "ran"  # the browser carried its script out
    ELEMENT = "element"  # it is an element with its handler; the page's policy held the script
    ATTRIBUTE = "attribute"  # it broke out of an attribute's quotes; the policy held the script
    LINK = "link"  # an address that is script; the policy held it
    IN_PDF = "in-pdf"  # part of a script inside a PDF
    STRIPPED = "stripped"  # an element whose handler was taken away
    SWALLOWED = "swallowed"  # in a PDF, what stood beside the tag is there and the tag is not


class Taken(StrEnum):
    """What the place did with the marker."""

    TAKEN = "taken"
    REFUSED = "refused"  # and was answered with the plain value: it protects itself
    UNTRIED = "untried"
    TOO_SHORT = "too-short"  # no form of the marker fits: not tried
    PREFILLED = "prefilled"  # came filled in, mostly with the account's own data: left as it was, not tried


class MarkedPlace(Facts):
    """One place that a marker was for. `what`: field, file, parameter, header, search; `written`: the whole text."""

    number: int
    what: str
    label: str
    address: str
    taken: Taken
    form: str = ""
    written: str = ""


class LookedAt(Facts):
    """One page or paper. `shown`: numbers of the markers that it shows as text; `why`: why it could not be judged."""

    kind: Kind
    role: str
    address: str
    title: str
    shown: tuple[int, ...] = ()
    why: str = ""


class Sighting(Facts):
    """A marker that is more than text. `picture`: the path of a picture of it; empty where none could be taken."""

    number: int
    how: How
    kind: Kind
    role: str
    address: str
    title: str
    picture: str = ""


class MarkerRecord(Scenario):
    """One application filled with markers, and everything that was looked at afterwards.

    `code`: of the dossier; empty when it was not sent (`reach` and `why` say why not). `own_why`, `officer_why`, … say
    why a part was not looked at, or not wholly; `asked`: how many addresses with markers were opened.
    """

    account: str = ""
    code: str = ""
    places: tuple[MarkedPlace, ...] = ()
    pages: tuple[LookedAt, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    officer_why: str = ""
    papers_why: str = ""
    notices_why: str = ""
    own_why: str = ""
    questions_why: str = ""
    asked: int = 0
