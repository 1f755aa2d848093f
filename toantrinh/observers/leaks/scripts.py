"""Reads the scripts that pages loaded, as a visitor: which libraries they are, and what their source maps tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from toantrinh.advisories.model import Advisories
from toantrinh.observations.exchanges import Ended
from toantrinh.observations.journey import Journey
from toantrinh.observations.leaks import LibraryFound, ScriptFacts, ScriptsRecord, SourceMap, State
from toantrinh.observations.site import PageFacts
from toantrinh.observers.leaks import source_maps
from toantrinh.observers.leaks.libraries import libraries_in
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.ownership import at_home
from toantrinh.store import Attachments

MOST_SCRIPTS = 30
MOST_GUESSED = 5  # scripts whose map is asked for although they name none
MOST_BYTES = 4 * 1024 * 1024
MOST_MAP = 8 * 1024 * 1024


@dataclass
class _Read:
    """What a script told while its text was at hand; the text itself is let go of before the next one is read."""

    address: str
    pages: tuple[str, ...]
    answer: Answer
    libraries: tuple[LibraryFound, ...]
    map_named: str = ""
    map_answer: Answer | None = None
    told: SourceMap | None = None

    @property
    def of_library(self) -> bool:
        """True when the text says that it is a library."""
        return any(one.how in ("banner", "partial") for one in self.libraries)


def loaded_scripts(pages: Iterable[PageFacts], journeys: Iterable[Journey], base: str) -> dict[str, tuple[str, ...]]:
    """Address → the pages and steps that loaded it, in the order in which they were met.

    Of a journey, which also leads over the pages of others (log-in, payment), only the scripts of the system's own
    server at `base` count; a page of the system answers for all that it loads.
    """
    found: dict[str, dict[str, None]] = {}
    for where, address in _loadings(pages, journeys, base):
        found.setdefault(address.split("#")[0], {})[where] = None
    return {address: tuple(places) for address, places in found.items()}


def _loadings(pages: Iterable[PageFacts], journeys: Iterable[Journey], base: str) -> Iterator[tuple[str, str]]:
    for page in pages:
        for found in page.resources:
            if found.kind == "script" and found.status < 400:
                yield page.name.vietnamese, found.address
    for journey in journeys:
        for step in journey.steps:
            for request in step.requests:
                sound = request.kind == "script" and (request.status or 400) < 400
                if sound and at_home(request.address, base):
                    yield step.name.vietnamese, request.address


def observe_scripts(
    prober: Prober,
    loaded: Mapping[str, tuple[str, ...]],
    advisories: Advisories,
    attachments: Attachments,
    pages: Iterable[PageFacts] = (),
) -> ScriptsRecord:
    """Reads at most 30 scripts, those of most pages first, and the maps that they name.

    `pages`: whose libraries are known by their globals, too.
    """
    ordered = sorted(loaded, key=lambda address: (-len(loaded[address]), address))
    read = [_read(prober, address, loaded[address], advisories) for address in ordered[:MOST_SCRIPTS]]
    _ask_maps(prober, read)
    prober.settle()
    scripts = tuple(_judged(prober, one, advisories, attachments) for one in read)
    return ScriptsRecord(
        scripts=scripts,
        running=tuple(running_in(pages, scripts)),
        left=max(0, len(ordered) - MOST_SCRIPTS),
        exchanges=prober.record(),
    )


def running_in(pages: Iterable[PageFacts], scripts: Iterable[ScriptFacts]) -> Iterator[ScriptFacts]:
    """What pages say that runs in them and no script has said of itself, each version once with all its pages."""
    known = {(one.library, one.version) for script in scripts for one in script.libraries if one.how != "file-name"}
    met: dict[tuple[str, str, str], list[PageFacts]] = {}
    for page in pages:
        for one in page.globals:
            if (one.library, one.version) not in known:
                met.setdefault((one.library, one.version, one.name), []).append(page)
    for (library, version, name), where in met.items():
        found = LibraryFound(library=library, version=version, how="global", words=f"window.{name} = {version}")
        names = tuple(dict.fromkeys(page.name.vietnamese for page in where))
        yield ScriptFacts(address=where[0].address, pages=names, exchange=None, state=State.CLEAN, libraries=(found,))


def _read(prober: Prober, address: str, pages: tuple[str, ...], advisories: Advisories) -> _Read:
    purpose = "tệp mã mà trang đã tải: thư viện nào, bản nào"
    answer = prober.ask(nobody(), address, purpose, most_bytes=MOST_BYTES)
    text = answer.text if answer.ok else ""
    read = _Read(address, pages, answer, libraries_in(address, text, advisories))
    if answer.ok and at_home(address, prober.system.base_url):
        header = answer.header("sourcemap") or answer.header("x-sourcemap")
        read.map_named = source_maps.address_in(text, header)
        if read.map_named.startswith("data:"):
            if (content := source_maps.inline_of(read.map_named)) is not None:
                of_library = read.of_library
                read.told = source_maps.judged(content, read.map_named, answer.number, of_library=of_library)
            read.map_named = "data:"
    answer.body = b""
    return read


def _ask_maps(prober: Prober, read: Sequence[_Read]) -> None:
    """Asks for the maps of the system's own scripts: those that they name, else the one that could lie beside."""
    guessed = 0
    for one in read:
        home = at_home(one.address, prober.system.base_url)
        if not one.answer.ok or not home or one.map_named == "data:":
            continue
        if not one.map_named:
            if one.libraries or guessed >= MOST_GUESSED:
                continue
            guessed += 1
        parts = urlsplit(one.address)
        beside = parts._replace(path=f"{parts.path}.map").geturl()
        at = urljoin(one.address, one.map_named) if one.map_named else beside
        answer = one.map_answer = prober.ask(nobody(), at, "bản đồ mã nguồn của tệp mã", most_bytes=MOST_MAP)
        if answer.ok and not answer.exchange.cut:
            address, number = answer.exchange.address, answer.number
            one.told = source_maps.judged(answer.body, address, number, of_library=one.of_library)
        answer.body = b""


def _judged(prober: Prober, one: _Read, advisories: Advisories, attachments: Attachments) -> ScriptFacts:
    answer = one.answer
    asked = not answer.ended.unasked
    why = answer.exchange.why or (f"trả {answer.status}" if answer.answered and not answer.ok else answer.exchange.cut)
    return ScriptFacts(
        address=answer.exchange.address,
        pages=one.pages,
        exchange=answer.number if asked else None,
        state=State.CLEAN if answer.ok else State.UNASKED,
        why="" if answer.ok and not answer.exchange.cut else why,
        libraries=one.libraries if answer.ok else libraries_in(one.address, "", advisories),
        source_map=_map_of(prober, one, attachments),
    )


def _map_of(prober: Prober, one: _Read, attachments: Attachments) -> SourceMap | None:
    """What the map gives away; None where the script has none that can be read by anybody."""
    answer = one.map_answer
    if answer is None:
        return _shown(prober, one.told, one.answer, attachments)
    if answer.ended is Ended.FOREIGN:
        return None
    if not answer.answered:
        state = State.CLEAN if answer.ended is Ended.DROPPED else State.UNASKED
        why = answer.exchange.why
        return SourceMap(address=answer.exchange.address, exchange=answer.number, state=state, why=why)
    if not answer.ok:
        return None
    if answer.exchange.cut:
        why = f"bản đồ {answer.exchange.cut}"
        return SourceMap(address=answer.exchange.address, exchange=answer.number, state=State.UNSURE, why=why)
    return _shown(prober, one.told, answer, attachments)


def _shown(prober: Prober, found: SourceMap | None, answer: Answer, attachments: Attachments) -> SourceMap | None:
    if found is None or found.state is State.CLEAN:
        return found
    if found.secrets:  # nothing of it is kept
        answer.exchange = answer.exchange.model_copy(update={"body": ""})
    return found.model_copy(update={"shown": prober.show(answer, attachments)})
