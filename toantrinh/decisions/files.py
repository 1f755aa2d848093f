"""The files of decisions of one system: where they lie, how they are read, and how a run keeps them.

`python -m toantrinh.decisions.files` writes their JSON Schemas for editors (systems/*.schema.json).
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel

from toantrinh.decisions.model import Entry, Explanations, Reviews
from toantrinh.located_yaml import parse, validate
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.scorecard_model import DecisionFile
from toantrinh.store import disk_mistake, write_whole

EXPLANATIONS, REVIEWS = "explanations", "review"
KEPT = "evidence/decisions"
SCHEMAS: dict[str, type[BaseModel]] = {EXPLANATIONS: Explanations, REVIEWS: Reviews}


@dataclass(frozen=True)
class Line:
    """An entry and where it stands: the name of its file, its line, and the SHA-256 of its document."""

    entry: Entry
    file: str
    line: int
    document_sha256: str = ""

    @property
    def place(self) -> str:
        """`hue.review.yaml:12`."""
        return f"{self.file}:{self.line}"

    @property
    def document(self) -> str:
        """Where a run keeps the document, relative to the run's folder; empty without one."""
        return f"{KEPT}/{PurePosixPath(self.entry.document)}" if self.entry.document else ""


@dataclass(frozen=True)
class Decisions:
    """All entries of a system, and the files that were read (path, SHA-256, entries)."""

    explanations: tuple[Line, ...] = ()
    reviews: tuple[Line, ...] = ()
    files: tuple[DecisionFile, ...] = ()
    folder: Path = Path()


def file_beside(system_file: Path, what: str) -> Path:
    """`systems/hue.explanations.yaml` or `.review.yaml`, beside `systems/hue.yaml`."""
    return system_file.with_name(f"{system_file.name.split('.')[0]}.{what}.yaml")


def read_decisions(system_file: Path) -> Decisions:
    """The entries beside a system's file; none when there are no such files. Raises UserMistake with file and line."""
    explanations, first = _read(file_beside(system_file, EXPLANATIONS), EXPLANATIONS)
    reviews, second = _read(file_beside(system_file, REVIEWS), REVIEWS)
    return Decisions(explanations, reviews, (*first, *second), system_file.parent)


def kept_decisions(run_dir: Path) -> Decisions:
    """The entries as a run has kept them, for a record whose system has no file here. Raises UserMistake."""
    kept = sorted(path for what in SCHEMAS for path in (run_dir / KEPT).glob(f"*.{what}.yaml"))
    return read_decisions(kept[0]) if kept else Decisions()


def keep(decisions: Decisions, run_dir: Path, clean: Callable[[bytes], bytes]) -> None:
    """Puts the files and their documents into the run's evidence, in place of what lay there.

    Raises UserMistake when a document holds a secret of the system (`clean` would change it), or the disk refuses.
    """
    kept, files = run_dir / KEPT, _to_keep(decisions)
    for path, raw in files.items():
        if clean(raw) != raw:
            raise UserMistake("it holds a password or another secret of the system; take that out.", path)
    try:
        shutil.rmtree(kept, ignore_errors=True)
        for path, raw in files.items():
            write_whole(kept / path, raw)
    except OSError as error:
        raise disk_mistake(kept, error) from None


def _to_keep(decisions: Decisions) -> dict[str, bytes]:
    lines = (*decisions.explanations, *decisions.reviews)
    names = [*(one.name for one in decisions.files), *(line.entry.document for line in lines if line.entry.document)]
    return {str(PurePosixPath(name)): (decisions.folder / name).read_bytes() for name in names}


def _read(path: Path, what: str) -> tuple[tuple[Line, ...], tuple[DecisionFile, ...]]:
    if not path.exists():
        return (), ()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserMistake(f"cannot be read ({error.strerror}).", shown(path)) from None
    located = parse(raw, path)
    context = {"folder": path.parent}
    key, entries = (
        ("explanations", validate(located, Explanations, context=context).explanations)
        if what == EXPLANATIONS
        else ("decisions", validate(located, Reviews, context=context).decisions)
    )
    lines = tuple(
        Line(entry, path.name, located.line_of((key, index)), _document_digest(path.parent, entry))
        for index, entry in enumerate(entries)
    )
    return lines, (DecisionFile(name=path.name, sha256=hashlib.sha256(raw).hexdigest(), entries=len(lines)),)


def _document_digest(folder: Path, entry: Entry) -> str:
    return hashlib.sha256((folder / entry.document).read_bytes()).hexdigest() if entry.document else ""


def json_schemas() -> dict[str, str]:
    """The JSON Schema of each file, as text, by its name in systems/."""
    return {f"{what}.schema.json": _schema(model, what) for what, model in SCHEMAS.items()}


def _schema(model: type[BaseModel], what: str) -> str:
    schema: dict[str, Any] = model.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"What people said of a system's findings: <name>.{what}.yaml (toantrinh)"
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    from toantrinh.systems import HOUSE

    for name, text in json_schemas().items():
        (HOUSE / name).write_text(text, encoding="utf-8", newline="\n")
