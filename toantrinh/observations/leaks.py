"""Facts about what a system gives away: provoked errors, left files, debug pages, listings, scripts, source maps.

`exchange` is the number of the question in the record's `exchanges`.
"""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.page import Facts


class State(StrEnum):
    """What became of a question."""

    CLEAN = "clean"  # an answer that gives nothing away
    FOUND = "found"  # what was looked for is there, by its content
    UNSURE = "unsure"  # a person has to look
    UNASKED = "unasked"  # not asked, or no answer about the question: `why`


class ErrorTrace(Facts):
    """What an answer gives away of the program: by the mark of which framework, and the words that show it.

    `kind`: trace | database | default-page (a framework's own page that names its version).
    """

    name: str
    kind: str
    words: str


class Provoked(Facts):
    """An error that was provoked on purpose, and what the answer gave away."""

    title: str
    exchange: int
    state: State
    status: int | None = None
    why: str = ""
    traces: tuple[ErrorTrace, ...] = ()
    shown: str = ""


class PathAnswer(Facts):
    """One path of the printed list, or a folder. `what`: what stands there, without its secrets. `shown`: evidence."""

    title: str
    address: str
    exchange: int
    state: State
    status: int | None = None
    why: str = ""
    what: str = ""
    shown: str = ""


class LeakProbes(Facts):
    """Everything that was asked about leaks, in the order in which it was asked."""

    provoked: tuple[Provoked, ...]
    left_files: tuple[PathAnswer, ...]
    debug_pages: tuple[PathAnswer, ...]
    listings: tuple[PathAnswer, ...]
    exchanges: Exchanges


class LibraryFound(Facts):
    """A library in a script: `how` banner | banners | partial | cdn | file-name | global. `words`: what says so."""

    library: str
    version: str
    how: str
    words: str


class SourceMap(Facts):
    """The source map of a script. `sources`: how many source files of the system's own stand in it, `names` some.

    `secrets`: what looks like a credential there, named without its value; `foreign`: only libraries of others.
    """

    address: str
    exchange: int
    state: State
    why: str = ""
    sources: int = 0
    names: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    foreign: bool = False
    shown: str = ""


class ScriptFacts(Facts):
    """A script that pages loaded. `pages`: where; `exchange` None: its host may not be asked."""

    address: str
    pages: tuple[str, ...]
    exchange: int | None
    state: State  # clean: it was read
    why: str = ""
    libraries: tuple[LibraryFound, ...] = ()
    source_map: SourceMap | None = None


class ScriptsRecord(Facts):
    """The scripts that the pages and journeys of this run loaded. `left`: how many were not read, for their number.

    `running`: what pages say of themselves when they run, one for each page, where no script that was read says it.
    """

    scripts: tuple[ScriptFacts, ...]
    left: int
    running: tuple[ScriptFacts, ...] = ()
    exchanges: Exchanges
