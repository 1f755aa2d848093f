"""What pydantic found wrong in a file, in words.

For example `systems/x.yaml:12: services.0.fee: expected a whole number, found 'free'`.
"""

from __future__ import annotations

import datetime
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from toantrinh.mistakes import UserMistake, nearest
from toantrinh.places import Loc, Place

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "iterable_type": "a list",
    "dict_type": "a mapping (key: value)",
    "mapping_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "date_type": "a date like 2026-12-31",
    "date_parsing": "a date like 2026-12-31",
    "date_from_datetime_parsing": "a date like 2026-12-31",
    "date_from_datetime_inexact": "a date like 2026-12-31",
    "datetime_type": "a date and time like 2026-12-31T08:00:00+07:00",
    "datetime_parsing": "a date and time like 2026-12-31T08:00:00+07:00",
    "datetime_from_date_parsing": "a date and time like 2026-12-31T08:00:00+07:00",
    "none_required": "nothing",
}


class FileMistakes(UserMistake):
    """Mistakes in one file (or in files that inherit from each other); `all` lists every one, in file order."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.all: tuple[str, ...] = tuple(lines)
        more = len(lines) - 1
        tail = f"(and {more} more mistake{'s' if more > 1 else ''} in this file)" if more else ""
        super().__init__(lines[0], advice=tail)


def mistakes_of(
    error: ValidationError,
    model: type[BaseModel],
    data: Any,
    place_of: Callable[[Loc], Place],
    texts: Mapping[Loc, str],
) -> FileMistakes:
    """Every mistake of `error`, in file order, each with its place."""
    found: dict[tuple[Loc, str], tuple[Place, str]] = {}
    choices: dict[Loc, list[str]] = {}
    for item in error.errors(include_url=False):
        loc = _written(item["loc"], data, item["type"])
        expected = _expected(item)
        place = place_of(loc)
        if expected and (loc, "expected") in found:  # the branches of a union: expected a or b
            choices[loc].append(expected)
        elif expected:
            choices[loc] = [expected]
        else:
            found[loc, item["msg"]] = place, _other(item, loc, model)
            continue
        wanted = " or ".join(dict.fromkeys(choices[loc]))
        found[loc, "expected"] = place, f"expected {wanted}, found {_found(item, loc, model, texts)}"
    deepest = [key for key in found if not _outdone(key, found)]
    top = place_of(()).path
    ordered = sorted(deepest, key=lambda key: (found[key][0].path != top, str(found[key][0].path), found[key][0].line))
    return FileMistakes([_line(found[key][0], key[0], found[key][1]) for key in ordered])


def _line(place: Place, loc: Loc, what: str) -> str:
    return f"{place}: {'.'.join(str(part) for part in loc)}: {what}" if loc else f"{place}: {what}"


def _outdone(key: tuple[Loc, str], found: Mapping[tuple[Loc, str], Any]) -> bool:
    """A branch of a union that does not fit at all says less than the branch that fits but for one key."""
    loc, kind = key
    return kind == "expected" and any(len(other) > len(loc) and other[: len(loc)] == loc for other, _ in found)


def _written(loc: Loc, data: Any, kind: str) -> Loc:
    """`loc` without the marks that pydantic adds for unions and keys: only what a person wrote, or forgot to write."""
    result: list[str | int] = []
    here = data
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if (isinstance(here, Mapping) and part in here) or (
            isinstance(here, list | tuple) and isinstance(part, int) and part < len(here)
        ):
            here = here[part]  # type: ignore[index]
        elif not (last and kind == "missing"):
            continue
        result.append(part)
    return tuple(result)


def _expected(item: Any) -> str:
    kind, context = item["type"], item.get("ctx") or {}
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    match kind:
        case "literal_error" | "enum":
            return str(context["expected"])
        case "greater_than":
            return f"more than {context['gt']}"
        case "greater_than_equal":
            return f"at least {context['ge']}"
        case "less_than":
            return f"less than {context['lt']}"
        case "less_than_equal":
            return f"at most {context['le']}"
        case "string_too_short":
            return f"text of at least {context['min_length']} characters"
        case "string_too_long":
            return f"text of at most {context['max_length']} characters"
        case "string_pattern_mismatch":
            return f"text of the form {context['pattern']}"
        case "too_short":
            return f"at least {context['min_length']} of them"
        case "too_long":
            return f"at most {context['max_length']} of them"
        case _:
            return ""


def _other(item: Any, loc: Loc, model: type[BaseModel]) -> str:
    match item["type"]:
        case "missing":
            return "this key is missing"
        case "extra_forbidden":
            known = set(_known_keys(model, loc[:-1]))
            near = nearest(str(loc[-1]), known)
            return "unknown key. " + (near or f"Known here: {', '.join(sorted(known))}.")
        case "value_error" | "assertion_error":
            return str(item["msg"]).split(", ", 1)[1]
        case _:
            message = str(item["msg"])
            return message[0].lower() + message[1:]


def _found(item: Any, loc: Loc, model: type[BaseModel], texts: Mapping[Loc, str]) -> str:
    value, kind = item["input"], item["type"]
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return f"{len(value)}" if kind in ("too_short", "too_long") else "a list"
    if _is_secret(model, loc):
        return "something else (not shown: it may be a secret)"
    if kind == "string_type":
        text = texts.get(loc, str(value))
        noun = "a date" if isinstance(value, datetime.date) else "true/false" if isinstance(value, bool) else "a number"
        return f'{noun}; write it in quotes: "{text}"'
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else value[:57] + "…")
    return texts.get(loc, str(value))


def _is_secret(model: type[BaseModel], loc: Loc) -> bool:
    """True when a field on the way to `loc` has `repr=False`: what is not shown there is not shown here."""
    return any(not info.repr for length in range(1, len(loc) + 1) for info in _fields_at(model, loc[:length]))


def _fields_at(model: type[BaseModel], loc: Loc) -> Iterator[FieldInfo]:
    for parent in _models_at(model, loc[:-1]):
        for name, info in parent.model_fields.items():
            if loc[-1] in (name, info.alias):
                yield info


def _known_keys(model: type[BaseModel], loc: Loc) -> Iterator[str]:
    for parent in _models_at(model, loc):
        yield from (info.alias or name for name, info in parent.model_fields.items())


def _models_at(model: type[BaseModel], loc: Loc) -> list[type[BaseModel]]:
    """The models that may stand at `loc` of a file whose root is `model`."""
    kinds: list[Any] = [model]
    for part in loc:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]


def _inside(kind: Any, part: str | int) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [
            inner
            for name, info in kind.model_fields.items()
            if part in (name, info.alias)
            for inner in _unfolded(info.annotation)
        ]
    arguments = get_args(kind)
    if not arguments:
        return []
    if issubclass(get_origin(kind) or object, Mapping):
        return _unfolded(arguments[1])
    return _unfolded(arguments[0])


def _unfolded(kind: Any) -> list[Any]:
    """The branches of a union, without Annotated and None."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _unfolded(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return [inner for branch in get_args(kind) for inner in _unfolded(branch)]
    return [] if kind is type(None) else [kind]
