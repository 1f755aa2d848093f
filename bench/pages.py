"""Pages looked at: a bare loop with axe, our observer, pa11y and Lighthouse, in one run on the same pages."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bench.addresses import public_pages
from bench.contender import Contender
from bench.figures import MB
from bench.tools import Call, Tools

SAMPLE = 4  # pages for the programs that take long
BARE, OBSERVER, PROBES = "bare loop with axe", "observer", "observer with probes"
KINDS = {BARE: "bare", OBSERVER: "observer", PROBES: "probes"}
TARGETS = {
    f"{OBSERVER} / {BARE}": "≤ 2",
    f"pa11y / {OBSERVER}": "≥ 3",
    f"lighthouse / {OBSERVER}": "≥ 15",
    f"{PROBES}, s a page": "≤ 1.5",
    "two workers / one": "≥ 1.6",
}
Figures = dict[str, float | str]


def measure(address: str, *, most: int = 40, tools: str | None = None) -> Figures:
    """All figures of one run over at most `most` pages. `tools`: the folder of pa11y and Lighthouse, else PATH."""
    addresses = public_pages(f"{address}/", most)
    found: Figures = {"pages": ", ".join(urlsplit(one).path for one in addresses)}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        found |= _in_turn(address, addresses, folder)
        sample = addresses[:: max(1, len(addresses) // SAMPLE)][:SAMPLE]
        found |= _beside_tools(address, sample, folder, Tools.find(folder, tools))
        found |= _workers(address, addresses, folder)
    return found


def _in_turn(address: str, addresses: Sequence[str], folder: Path) -> Figures:
    """The bare loop and the observer page by page, each first in its turn; then the observer with its probes."""
    with ExitStack() as stack:
        bare, observer, probes = (stack.enter_context(one) for one in _contenders(address, folder, *KINDS))
        for one in (bare, observer, probes):
            one.warm_up(addresses[0])
        for at, page in enumerate(addresses):
            for one in (bare, observer) if at % 2 else (observer, bare):
                one.visit(page)
        for page in addresses:
            probes.visit(page)
        found: Figures = {}
        for one in (bare, observer, probes):
            found |= _rows(one.name, one.seconds, one.cpu_s, one.peak_bytes)
        pairs = [ours / theirs for ours, theirs in zip(observer.seconds, bare.seconds, strict=True)]
        found[f"{OBSERVER} / {BARE}"] = sum(observer.seconds) / sum(bare.seconds)
        found[f"{OBSERVER} / {BARE}, median of pages"] = statistics.median(pairs)
        found[f"{OBSERVER} / {BARE}, processor time"] = observer.cpu_s / bare.cpu_s
        for subject, seconds in sorted(probes.looks.items(), key=lambda row: -sum(row[1])):
            found[f"probes: {subject}, pages"] = float(len(seconds))
            found[f"probes: {subject}, s on each of them"] = statistics.fmean(seconds)
    return found


def _beside_tools(address: str, sample: Sequence[str], folder: Path, tools: Tools) -> Figures:
    """pa11y and Lighthouse, each beside the observer on the same page at the same time."""
    found: Figures = {
        f"{name}, s a page": "not installed (PATH, --tools)" for name in Tools.NAMES if name not in tools.programs
    }
    if not tools.programs:
        return found
    theirs = defaultdict[str, list[Call]](list)
    with ExitStack() as stack:
        (observer,) = (stack.enter_context(one) for one in _contenders(address, folder, OBSERVER))
        observer.warm_up(sample[0])
        for page in sample:
            observer.visit(page)
            for name in tools.programs:
                theirs[name].append(tools.run(name, page))
        found["one process to a page"] = f"{', '.join(theirs)}; on {', '.join(urlsplit(page).path for page in sample)}"
        for name, calls in theirs.items():
            seconds = [call.seconds for call in calls]
            found |= _rows(name, seconds, sum(call.cpu_s for call in calls), max(call.bytes for call in calls))
            found[f"{name} / {OBSERVER}"] = sum(seconds) / sum(observer.seconds)
        if "pa11y" in theirs and (alone := tools.alone(list(sample))):
            found["pa11y in one process, s a page"] = sum(alone) / len(alone)
            found[f"pa11y in one process / {OBSERVER}"] = sum(alone) / sum(observer.seconds)
    return found


def _workers(address: str, addresses: Sequence[str], folder: Path) -> Figures:
    """The observer with its probes by one process, then by two that share a store."""
    found: Figures = {}
    speeds = []
    for workers, word in ((1, "one worker"), (2, "two workers")):
        shared = folder / word.replace(" ", "-")
        with ExitStack() as stack:
            names = [PROBES] * workers
            group = [stack.enter_context(one) for one in _contenders(address, shared, *names)]
            for one in group:
                one.warm_up(addresses[0])
            started = time.perf_counter()
            for at, one in enumerate(group):
                one.ask(walk=list(addresses), worker=at, workers=workers)
            for one in group:
                one.answer()
            speeds.append(60 * len(addresses) / (time.perf_counter() - started))
            found[f"{word}, pages a minute"] = speeds[-1]
            found[f"{word}, peak MB"] = sum(one.peak_bytes for one in group) / MB
    return found | {"two workers / one": speeds[1] / speeds[0]}


def _contenders(address: str, folder: Path, *names: str) -> Iterator[Contender]:
    for name in names:
        yield Contender(name, KINDS[name], address, folder)


def _rows(name: str, seconds: Sequence[float], cpu_s: float, peak: float) -> Figures:
    return {
        f"{name}, s a page": statistics.fmean(seconds),
        f"{name}, median page, s": statistics.median(seconds),
        f"{name}, {len(seconds)} pages, s": sum(seconds),
        f"{name}, pages a minute": 60 * len(seconds) / sum(seconds),
        f"{name}, processor s a page": cpu_s / len(seconds),
        f"{name}, peak MB": peak / MB,
    }
