"""What a screen reader's user gets of one page: headings, lists, tables, links, fields, and the order of it all.

Lengths are CSS pixels, contrast is the ratio of WCAG (1 to 21). Where the author's code and the eye may differ, both
are kept: what is drawn, and what is told to assistive technology.
"""

from __future__ import annotations

from toantrinh.observations.page import Facts
from toantrinh.observations.site import ElementFacts


class HeadingFacts(Facts):
    """A heading that assistive technology meets, in the order of the document."""

    level: int
    text: str
    landmark: str  # main | header | nav | aside | footer | dialog | ""
    element: ElementFacts


class DrawnHeading(Facts):
    """A block that looks like a heading and is none. `larger`: its size by that of the running text.

    `below_heading`: it stands right under a heading, as a subtitle does.
    """

    text: str
    larger: float
    bold: bool
    below_heading: bool
    element: ElementFacts


class DrawnList(Facts):
    """Lines in a row that begin with bullets or with successive numbers, in no list. `words`: mean of one line."""

    marker: str
    lines: int
    words: float
    element: ElementFacts


class TableFacts(Facts):
    """A table element. `headers`: th cells and their like; `blocks`: nested tables, headings, landmarks, forms in it.

    `marked`: the first row or column is drawn as a header (bold, or on another background). `words`: mean of a cell.
    `presentation`: the author says that it only arranges things.
    """

    rows: int
    columns: int
    headers: int
    caption: bool
    presentation: bool
    blocks: int
    marked: bool
    ruled: bool
    words: float
    element: ElementFacts


class ReadLink(Facts):
    """A link with its accessible name. `context`: the other words of its sentence, list item, row or card, and the
    heading before it. `around`: how many words that block has, where no heading stands before the link."""

    name: str
    address: str
    context: str
    around: int = 0
    landmark: str
    download: bool
    element: ElementFacts


class PlainLink(Facts):
    """A link within running text that nothing but its colour sets apart. `contrast`: to the text around."""

    text: str
    contrast: float
    element: ElementFacts


class Displaced(Facts):
    """Two neighbours of the code of which the eye meets the second first. `way`: above | left; `by`: what moved it."""

    first: str
    second: str
    way: str
    by: str
    element: ElementFacts


class FieldFacts(Facts):
    """A field that is seen. `name`: its accessible name without the placeholder; `hint`: words about the form of
    entry that stand by it and are not tied to it. `mark`: how it is shown as required (* | words | colour | "")."""

    kind: str
    name: str
    placeholder: str
    beside: str  # text that stands where a label would
    described: str
    hint: str
    mark: str
    told_required: bool
    search: bool
    autocomplete: str
    element: ElementFacts


class MisnamedControl(Facts):
    """A control on which other words are `shown` than its accessible `name` has."""

    shown: str
    name: str
    element: ElementFacts


class Passage(Facts):
    """A longer text of its own, with the language that is declared for it."""

    text: str
    language: str
    element: ElementFacts


class DocumentFacts(Facts):
    """A PDF that citizens are offered. `why` is not empty when it could not be read; the rest says nothing then."""

    name: str
    address: str
    tagged: bool = False
    has_text: bool = False
    pictures: bool = False
    language: str = ""
    title: str = ""
    pages: int = 0
    why: str = ""


class ReadingFacts(Facts):
    """One page as it is read. `asterisk_explained`: the page says what * stands for. `cut`: more than we keep."""

    address: str
    title: str
    language: str
    headings: tuple[HeadingFacts, ...]
    drawn_headings: tuple[DrawnHeading, ...]
    drawn_lists: tuple[DrawnList, ...]
    tables: tuple[TableFacts, ...]
    links: tuple[ReadLink, ...]
    plain_links: tuple[PlainLink, ...]
    colour_words: tuple[ElementFacts, ...]  # sentences that explain a state by a colour alone
    displaced: tuple[Displaced, ...]
    fields: tuple[FieldFacts, ...]
    misnamed: tuple[MisnamedControl, ...] = ()
    passages: tuple[Passage, ...]
    asterisk_explained: bool
    search: bool
    menu_links: int
    cut: bool
    shots: dict[str, str]  # selector: picture of the element, outlined


class DocumentsFacts(Facts):
    """The PDF templates that the pages offer. `seen`: addresses asked for."""

    documents: tuple[DocumentFacts, ...]
    seen: tuple[str, ...]
