"""YAML read together with the place of every value, so that a mistake can be shown by file and line.

Keys are always text, as they are written: `1.10:` is the key "1.10" and `no:` is the key "no". Duplicate keys are
refused. What pydantic says of a file is put into words by `toantrinh.located_mistakes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from toantrinh.located_mistakes import FileMistakes, mistakes_of
from toantrinh.mistakes import UserMistake, nearest
from toantrinh.places import Loc, Place, shown

__all__ = ["FileMistakes", "Located", "merge", "parse", "read", "validate"]

M = TypeVar("M", bound=BaseModel)

MAX_BYTES = 8 * 1024 * 1024
MAX_NODES = 200_000  # aliases of aliases grow without end; no honest file comes near
MAX_DEPTH = 60

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


@dataclass(frozen=True)
class Located:
    """Data read from YAML, and where each value stands.

    `places` maps a location (keys and indexes from the root) to its file and line (1-based); `texts` to the scalar as
    it was written, so that `1.10` can be told from `1.1`.
    """

    data: Any
    path: Path
    places: Mapping[Loc, Place]
    texts: Mapping[Loc, str]

    def place_of(self, loc: Sequence[str | int]) -> Place:
        """The file and line of `loc`, or of its nearest ancestor that is written in a file."""
        for length in range(len(loc), -1, -1):
            place = self.places.get(tuple(loc[:length]))
            if place is not None:
                return place
        return Place(self.path, 1)

    def line_of(self, loc: Sequence[str | int]) -> int:
        """The line (1-based) of `loc`, or of its nearest ancestor."""
        return self.place_of(loc).line

    def where(self, loc: Sequence[str | int]) -> str:
        """`systems/hue.yaml:12: accounts.citizen`, for messages."""
        return str(self.place_of(loc)) + (f": {'.'.join(str(part) for part in loc)}" if loc else "")


def read(path: Path | str) -> Located:
    """The mapping in a YAML file, with the place of every value.

    Raises UserMistake (one line: file, line, what) when the file is missing, unreadable, not UTF-8, empty, no
    mapping, no YAML, or has a key twice.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UserMistake(f"the file has {size} bytes, at most {MAX_BYTES} are read", shown(path))
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UserMistake("there is no such file.", shown(path), _neighbours(path)) from None
    except (IsADirectoryError, NotADirectoryError):
        raise UserMistake("expected a YAML file, found a folder", shown(path)) from None
    except PermissionError:
        if path.is_dir():  # Windows answers so when a folder is read
            raise UserMistake("expected a YAML file, found a folder", shown(path)) from None
        raise UserMistake("this file may not be read; give yourself the right to read it", shown(path)) from None
    except OSError as error:
        raise UserMistake(f"the file cannot be read: {error.strerror or error}", shown(path)) from None
    return parse(raw, path)


def parse(raw: bytes | str, path: Path | str) -> Located:
    """Like `read`, for content that was read already; `path` names it in messages."""
    path = Path(path)
    text = raw if isinstance(raw, str) else _decoded(raw, path)
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise UserMistake("the file is empty; expected a mapping (key: value)", shown(path))
            walk = _Walk(loader, path)
            data = walk.value(node, (), 0)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise _syntax_mistake(error, path) from None
    except yaml.YAMLError as error:
        raise UserMistake(f"not valid YAML: {' '.join(str(error).split())}", shown(path)) from None
    except RecursionError:
        raise UserMistake("the values are nested too deep", shown(path)) from None
    if not isinstance(data, dict):
        found = "a list" if isinstance(data, list) else f"only {data!r}"
        raise UserMistake(f"expected a mapping (key: value), found {found}", f"{Place(path, node.start_mark.line + 1)}")
    return Located(data, path, walk.places, walk.texts)


def validate(
    path: Path | str | Located, model: type[M], *, context: dict[str, Any] | None = None, data: Any = None
) -> M:
    """`model` made from the file at `path` (or from `data`, whose places are those of the file).

    Raises FileMistakes: its line shows the first mistake in file order, `.all` every one.
    """
    located = path if isinstance(path, Located) else read(path)
    content = located.data if data is None else data
    try:
        return model.model_validate(content, context=context)
    except ValidationError as error:
        raise mistakes_of(error, model, content, located.place_of, located.texts) from None


def merge(below: Located, above: Located) -> Located:
    """`above` laid over `below`: mappings are merged deeply, lists and scalars replaced; places follow their values."""
    places = dict(below.places)
    texts = dict(below.texts)

    def replaced(loc: Loc) -> None:
        for table in (places, texts):
            for old in [known for known in table if known[: len(loc)] == loc]:
                del table[old]

    def laid(old: Any, new: Any, loc: Loc) -> Any:
        if isinstance(old, dict) and isinstance(new, dict):
            merged = dict(old)
            for key, value in new.items():
                merged[key] = laid(old[key], value, (*loc, key)) if key in old else value
            return merged
        replaced(loc)
        return new

    data = laid(below.data, above.data, ())
    return Located(data, above.path, {**places, **above.places}, {**texts, **above.texts})


class _Walk:
    """Turns composed nodes into plain data and notes the place of each."""

    def __init__(self, loader: Any, path: Path) -> None:
        self.loader, self.path = loader, path
        self.places: dict[Loc, Place] = {}
        self.texts: dict[Loc, str] = {}
        self.count = 0

    def value(self, node: yaml.Node, loc: Loc, depth: int) -> Any:
        line = node.start_mark.line + 1
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise UserMistake("too many values or nested too deep (aliases that repeat?)", str(Place(self.path, line)))
        self.places.setdefault(loc, Place(self.path, line))
        if isinstance(node, yaml.MappingNode):
            self._plain(node, line)
            return self._mapping(node, loc, depth)
        if isinstance(node, yaml.SequenceNode):
            self._plain(node, line)
            return [self.value(item, (*loc, index), depth + 1) for index, item in enumerate(node.value)]
        self.texts[loc] = str(node.value)
        try:
            return self.loader.construct_object(node)
        except (ValueError, OverflowError):
            raise UserMistake(f"{node.value!r} is no valid value here", str(Place(self.path, line))) from None

    def _plain(self, node: yaml.Node, line: int) -> None:
        if node.tag not in _PLAIN_TAGS:
            raise UserMistake(f"the tag {node.tag} is not used here", str(Place(self.path, line)))

    def _mapping(self, node: yaml.MappingNode, loc: Loc, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        first: dict[str, int] = {}
        merged: list[yaml.Node] = []
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise UserMistake("expected a key of one line of text", str(Place(self.path, line)))
            key = str(key_node.value)
            if key_node.tag == "tag:yaml.org,2002:merge":
                merged.append(value_node)
                continue
            if key in first:
                raise UserMistake(
                    f"the key {key!r} stands here a second time (first in line {first[key]}); keep one",
                    str(Place(self.path, line)),
                )
            first[key] = line
            self.places[(*loc, key)] = Place(self.path, line)
            result[key] = self.value(value_node, (*loc, key), depth + 1)
        for below in merged:
            shared = self.value(below, loc, depth + 1)
            for mapping in shared if isinstance(shared, list) else [shared]:
                if not isinstance(mapping, dict):
                    raise UserMistake("'<<' takes a mapping", str(Place(self.path, below.start_mark.line + 1)))
                result = {**mapping, **result}
        return result


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UserMistake("this is not UTF-8; save the file as UTF-8", str(Place(path, line))) from None


def _syntax_mistake(error: yaml.MarkedYAMLError, path: Path) -> UserMistake:
    mark = error.problem_mark or error.context_mark
    what = (error.problem or error.context or "not valid YAML").strip()
    if "cannot start any token" in what:
        what += " (a tab, or a text that starts with a sign: use spaces, put the text in quotes)"
    elif "mapping values are not allowed" in what:
        what += " (a text with ': ' in it, or wrong indentation: put the text in quotes)"
    if mark is None:
        return UserMistake(f"not valid YAML: {what}", shown(path))
    return UserMistake(f"not valid YAML: {what}", f"{shown(path)}:{mark.line + 1}:{mark.column + 1}")


def _neighbours(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"There is no folder {shown(folder)} either."
    return nearest(path.name, (file.name for file in folder.iterdir() if file.suffix in (".yaml", ".yml")))
