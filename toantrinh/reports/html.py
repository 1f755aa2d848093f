"""`index.html`: the scorecard as one page that opens without a server and without a network.

Style, fonts and pictures are inside the page; only evidence files of the run's folder are referred to, by relative
addresses. Every text is escaped, and the page's own content security policy forbids everything else.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from toantrinh.observations.load_run import LoadRun
from toantrinh.observations.loading import LoadingRecord
from toantrinh.reports import load_charts, people, words
from toantrinh.reports.again import again
from toantrinh.reports.gains import gains
from toantrinh.reports.loading_charts import LoadingPictures, loading_pictures_of
from toantrinh.reports.pictures import band
from toantrinh.scorecard_model import CheckRow, CriterionRow, ResultRow, Scorecard
from toantrinh.scoring import WORST_FIRST
from toantrinh.store import Store, write_whole
from toantrinh.system_model import Thresholds
from toantrinh.verdicts import Verdict

FILE_NAME = "index.html"
SHOWN_GAINS = 8
LOADING = ("loading/quiet", "loading/under-load")
LARGEST_CROP = (900, 600)  # pixels

_HERE = Path(__file__).parent
_WEIGHTS = (400, 600, 800)
_SUBSETS = {
    "latin": "U+0000-00FF,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2212",
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,"
    "U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
}
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True)
class Alike:
    """A result, and the services (None: the whole system) of which the very same was said."""

    result: ResultRow
    services: tuple[str | None, ...]


def write(scorecard: Scorecard, run_dir: Path, thresholds: Thresholds | None = None) -> Path:
    """Writes `index.html` into the run's folder; returns its path. Evidence that is not there is named, not linked."""
    path = run_dir / FILE_NAME
    write_whole(path, render(scorecard, run_dir, thresholds).encode())
    return path


def render(scorecard: Scorecard, run_dir: Path | None = None, thresholds: Thresholds | None = None) -> str:
    """The page as text. With `run_dir`, only files that exist there are linked, and what was measured is drawn.

    `thresholds` are drawn into the charts.
    """
    script = (_HERE / "templates" / "scorecard.js").read_text(encoding="utf-8")
    services = {service.code: service.name for service in scorecard.services}
    page: str = _template().render(
        card=scorecard,
        band=band(scorecard),
        gains=gains(scorecard)[:SHOWN_GAINS],
        counts=_counts(scorecard),
        load=_load(run_dir, thresholds),
        loading=_loading(run_dir),
        spoken=people.spoken_of(scorecard),
        verdicts=[verdict for verdict, _ in _counts(scorecard)],
        services=sorted({result.service for check in _checks(scorecard) for result in check.results if result.service}),
        excused_count=sum(1 for check in _checks(scorecard) if check.excused),
        open_count=sum(1 for check in _checks(scorecard) if check.verdict.is_open),
        style=_style(),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        service_name=lambda code: services.get(code, ""),
        again=lambda check: _again(scorecard.run.command, check),
        link=lambda path: evidence_address(path, run_dir),
        is_picture=lambda path: PurePosixPath(path).suffix.lower() in _PICTURES,
        crop_size=lambda path: crop_size(path, run_dir),
    )
    return page


def _load(run_dir: Path | None, thresholds: Thresholds | None) -> load_charts.LoadPictures | None:
    observed = Store(run_dir).read("load/run", LoadRun) if run_dir else None
    return load_charts.pictures_of(observed.data, thresholds) if observed and observed.data else None


def _loading(run_dir: Path | None) -> LoadingPictures | None:
    store = Store(run_dir) if run_dir else None
    quiet, loaded = (store.read(key, LoadingRecord) if store else None for key in LOADING)
    return loading_pictures_of(quiet.data, loaded.data if loaded else None) if quiet and quiet.data else None


def evidence_address(path: str, run_dir: Path | None = None) -> str:
    """The relative address of an evidence file; empty when it leaves the run's folder or is not there."""
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path:
        return ""
    if run_dir is not None and not (run_dir / pure).is_file():
        return ""
    return "./" + quote(pure.as_posix())


def crop_size(path: str, run_dir: Path | None) -> tuple[int, int] | None:
    """Width and height of a picture that shows one element; None for one of a window or a page, or that cannot be read.

    What is no larger than a crop is shown whole; of a page the thumbnail shows the top.
    """
    from PIL import Image, UnidentifiedImageError

    if run_dir is None or not evidence_address(path, run_dir):
        return None
    try:
        with Image.open(run_dir / path) as picture:
            width, height = picture.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    return (width, height) if width <= LARGEST_CROP[0] and height <= LARGEST_CROP[1] else None


def _checks(scorecard: Scorecard) -> Iterator[CheckRow]:
    for group in scorecard.groups:
        for criterion in group.criteria:
            yield from criterion.checks


def _counts(scorecard: Scorecard) -> list[tuple[Verdict, int]]:
    found = Counter(check.verdict for check in _checks(scorecard) if not check.excused)
    return [(verdict, found[verdict]) for verdict in Verdict if found[verdict]]


def _tally(criterion: CriterionRow) -> list[tuple[Verdict, int]]:
    """How many checks of a criterion need a look, by verdict."""
    quiet = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    found = Counter(check.verdict for check in criterion.checks if not check.excused)
    return [(verdict, found[verdict]) for verdict in Verdict if found[verdict] and verdict not in quiet]


def _alike(results: Sequence[ResultRow]) -> list[Alike]:
    """Results that say the same, together; the worst first."""
    together: dict[tuple[object, ...], list[ResultRow]] = defaultdict(list)
    for one in sorted(results, key=lambda result: WORST_FIRST.index(result.verdict)):
        quiet = one.verdict is Verdict.PASS and not one.decision
        said = () if quiet else (one.message, one.expected, one.seen, one.where, _said_of(one))
        together[(one.verdict, *said)].append(one)
    return [Alike(found[0], tuple(one.service for one in found)) for found in together.values()]


def _again(command: str, check: CheckRow) -> str:
    """The command that asks a check again, of the service that came off worst; empty where nothing is to be mended."""
    if check.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE) or not check.results:
        return ""
    worst = min(check.results, key=lambda result: WORST_FIRST.index(result.verdict))
    return again(command, f"--check={check.id}", *([f"--service={worst.service}"] if worst.service else []))


def _said(check: CheckRow) -> str:
    """Of whom a check said what, for the sieve: `service|verdict`, `-` for the whole system."""
    rows = [(result.service or "-", result.verdict) for result in check.results] or [("-", check.verdict)]
    return " ".join(dict.fromkeys(f"{service}|{verdict.value}" for service, verdict in rows))


def _said_of(result: ResultRow) -> tuple[object, ...]:
    """What a person said of a result, but for the place where it is written."""
    said = result.decision
    return (said.said, said.counts, said.reason, said.by, said.date, said.expires) if said else ()


@lru_cache(maxsize=1)
def _style() -> str:
    faces = [
        f"@font-face{{font-family:'Be Vietnam Pro';font-weight:{weight};font-display:swap;unicode-range:{reach};"
        f"src:url(data:font/woff2;base64,{_font(subset, weight)}) format('woff2')}}"
        for weight in _WEIGHTS
        for subset, reach in _SUBSETS.items()
    ]
    return "\n".join([*faces, (_HERE / "templates" / "scorecard.css").read_text(encoding="utf-8")])


def _font(subset: str, weight: int) -> str:
    file = _HERE / "fonts" / f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
    return base64.b64encode(file.read_bytes()).decode()


@lru_cache(maxsize=1)
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": words.number,
        "moment": words.moment,
        "day": words.day,
        "duration": words.duration,
        "seconds": load_charts.figure,
        "tally": _tally,
        "alike": _alike,
        "said": _said,
    }
    environment.globals |= {
        "words": words,
        "people": people,
        "span": words.span,
        "grades": words.grades,
        "Verdict": Verdict,
    }
    return environment.get_template("scorecard.html.j2")
