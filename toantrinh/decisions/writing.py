"""Adding entries to a file of decisions; what is there stays as it is written, with its comments."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString

from toantrinh.store import write_whole

KEYS = {"explanations": "explanations", "review": "decisions"}
LONG = 90  # characters; a longer text is folded over lines


def put(path: Path, what: str, entry: Mapping[str, Any]) -> None:
    """Writes an entry in place of the one that speaks of the same check and service, or behind the others.

    `what`: explanations or review. The file is whole at any moment; it is made when it is not there.
    """
    yaml, document = _read(path, what)
    entries = document.get(KEYS[what])
    if entries is None:
        entries = document[KEYS[what]] = CommentedSeq()
    fresh = {key: _folded(value) for key, value in entry.items() if value not in (None, "")}
    old = next((one for one in entries if _finding(one) == _finding(fresh)), None)
    if old is None:
        entries.append(CommentedMap(fresh))
    else:
        _replace(old, fresh)
    out = io.StringIO()
    yaml.dump(document, out)
    write_whole(path, out.getvalue().encode())


def _read(path: Path, what: str) -> tuple[YAML, CommentedMap]:
    text = path.read_text(encoding="utf-8-sig") if path.exists() else _head(path, what)
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 110
    flush = re.search(r"^- ", text, re.MULTILINE)  # lists stand under their key, or two further in
    yaml.indent(mapping=2, sequence=2 if flush else 4, offset=0 if flush else 2)
    document = yaml.load(text)
    return yaml, document


def _head(path: Path, what: str) -> str:
    schema = f"{what}.schema.json"
    line = f"# yaml-language-server: $schema={schema}\n" if (path.parent / schema).is_file() else ""
    return f"{line}{KEYS[what]}:\n"


def _finding(entry: Mapping[str, Any]) -> tuple[Any, Any]:
    return entry.get("check"), entry.get("service")


def _folded(value: Any) -> Any:
    return FoldedScalarString(value) if isinstance(value, str) and len(value) > LONG else value


def _replace(old: CommentedMap, fresh: Mapping[str, Any]) -> None:
    """Puts new values into an entry. A comment behind its last line, which is about what follows, stays behind it."""
    behind = _comment_behind(old)
    for key in [key for key in old if key not in fresh]:
        del old[key]
    old.update(fresh)
    if behind is not None:
        old.ca.items[list(old)[-1]] = behind


def _comment_behind(entry: CommentedMap) -> Any:
    last = list(entry)[-1]
    if isinstance(entry[last], CommentedMap):
        return _comment_behind(entry[last])
    return entry.ca.items.pop(last, None)
