"""Reads the scripts that pages loaded, as a visitor: which libraries they are, and what their source maps tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from toantrinh.advisories.model import Advisories
from toantrinh.observations.exchanges import Ended
from toantrinh.observations.journey import Journey
from toantrinh.observations.leaks import ScriptFacts, ScriptsRecord, SourceMap, State
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
    """A script as it was read; its map's answer, or the map that stands in the script itself."""

    address: str
    pages: tuple[str, ...]
    answer: Answer
    map_at: str = ""
    map_answer: Answer | None = None
    inline: bytes | None = None


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
    prober: Prober, loaded: Mapping[str, tuple[str, ...]], advisories: Advisories, attachments: Attachments
) -> ScriptsRecord:
    """Reads at most 30 scripts, those of most pages first, and the maps that they name."""
    ordered = sorted(loaded, key=lambda address: (-len(loaded[address]), address))
    read = [_read(prober, address, loaded[address]) for address in ordered[:MOST_SCRIPTS]]
    _ask_maps(prober, read, advisories)
    prober.settle()
    return ScriptsRecord(
        scripts=tuple(_judged(prober, one, advisories, attachments) for one in read),
        left=max(0, len(ordered) - MOST_SCRIPTS),
        exchanges=prober.record(),
    )


def _read(prober: Prober, address: str, pages: tuple[str, ...]) -> _Read:
    purpose = "tệp mã mà trang đã tải: thư viện nào, bản nào"
    return _Read(address, pages, prober.ask(nobody(), address, purpose, most_bytes=MOST_BYTES))


def _ask_maps(prober: Prober, read: Sequence[_Read], advisories: Advisories) -> None:
    """Asks for the maps of the system's own scripts: those that they name, else the one that could lie beside."""
    guessed = 0
    for one in read:
        if not one.answer.ok or not at_home(one.address, prober.system.base_url):
            continue
        header = one.answer.header("sourcemap") or one.answer.header("x-sourcemap")
        named = source_maps.address_in(one.answer.text, header)
        if named.startswith("data:"):
            one.map_at, one.inline = named, source_maps.inline_of(named)
            continue
        if not named:
            own = not libraries_in(one.address, one.answer.text, advisories)
            if not own or guessed >= MOST_GUESSED:
                continue
            guessed += 1
        parts = urlsplit(one.address)
        one.map_at = urljoin(one.address, named) if named else parts._replace(path=f"{parts.path}.map").geturl()
        one.map_answer = prober.ask(nobody(), one.map_at, "bản đồ mã nguồn của tệp mã", most_bytes=MOST_MAP)


def _judged(prober: Prober, one: _Read, advisories: Advisories, attachments: Attachments) -> ScriptFacts:
    answer = one.answer
    text = answer.text if answer.ok else ""
    libraries = libraries_in(one.address, text, advisories)
    asked = not answer.ended.unasked
    why = answer.exchange.why or (f"trả {answer.status}" if answer.answered and not answer.ok else answer.exchange.cut)
    return ScriptFacts(
        address=answer.exchange.address,
        pages=one.pages,
        exchange=answer.number if asked else None,
        state=State.CLEAN if answer.ok else State.UNASKED,
        why="" if answer.ok and not answer.exchange.cut else why,
        libraries=libraries,
        source_map=_map_of(prober, one, bool([x for x in libraries if x.how in ("banner", "partial")]), attachments),
    )


def _map_of(prober: Prober, one: _Read, of_library: bool, attachments: Attachments) -> SourceMap | None:
    """What the map gives away; None where the script has none that can be read by anybody."""
    if one.inline is not None:
        found = source_maps.judged(one.inline, one.map_at, one.answer.number, of_library=of_library)
        return _shown(prober, found, one.answer, attachments)
    answer = one.map_answer
    if answer is None or answer.ended is Ended.FOREIGN:
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
    found = source_maps.judged(answer.body, answer.exchange.address, answer.number, of_library=of_library)
    return _shown(prober, found, answer, attachments)


def _shown(prober: Prober, found: SourceMap | None, answer: Answer, attachments: Attachments) -> SourceMap | None:
    if found is None or found.state is State.CLEAN:
        return found
    if found.secrets:  # nothing of it is kept
        answer.exchange = answer.exchange.model_copy(update={"body": ""})
    return found.model_copy(update={"shown": prober.show(answer, attachments)})
