"""Systems under test: where their files lie, and how defaults, platform, files and command line become one System.

`python -m toantrinh.systems` prints the JSON Schema for editors (systems/system.schema.json).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from toantrinh.accounts import Account, PersonFacts
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.load_terms import LoadBrake, LoadShares, LoadTerms
from toantrinh.located_yaml import FileMistakes, Located, merge, read, validate
from toantrinh.mistakes import UserMistake, nearest
from toantrinh.places import shown
from toantrinh.system_model import (
    PAGES,
    Action,
    Authorisation,
    Level,
    Service,
    System,
    Targets,
    Thresholds,
    address,
    is_loopback,
)

__all__ = [
    "Account",
    "Action",
    "Authorisation",
    "Level",
    "PersonFacts",
    "Service",
    "System",
    "json_schema",
    "load_system",
    "system_file",
    "system_names",
]

HOUSE = Path(__file__).resolve().parent.parent / "systems"  # defaults, platforms and the systems that are shipped
_NO_SYSTEMS = ("defaults",)
_NOT_HANDED_ON = ("id", "extends", "verified", "authorisation")  # these are said of one system and of no other


def load_system(name_or_path: str, *, base_url: str | None = None, systems_dir: Path | None = None) -> System:
    """The system called `name_or_path` (a name among `systems_dir`, or a path to a file), with all that it inherits.

    Built-in defaults ← platform file ← the file that it `extends` ← system file ← `base_url`. What a file authorises
    holds for the hosts that it names, not for another one given as `base_url`. Raises UserMistake: one line with file
    and line.
    """
    folders = _folders(systems_dir)
    path = _file_of(name_or_path, folders)
    own = _with_extended(read(path), folders)
    merged = merge(read(_inherited("defaults.yaml", folders)), _platform(own, folders))
    data = dict(merged.data)
    data.setdefault("id", path.name.split(".")[0])
    if isinstance(data.get("authorisation"), dict) and not data["authorisation"].get("hosts"):
        data["authorisation"] = {**data["authorisation"], "hosts": _hosts_of(data)}
    if base_url is not None:
        try:
            data["base_url"] = address(base_url)
        except ValueError as error:
            raise UserMistake(str(error), "--base-url") from None
        if not is_loopback(data["base_url"]):
            data.pop("start", None)
    local = isinstance(data.get("base_url"), str) and is_loopback(data["base_url"])
    system = validate(merged, System, data=data, context={"loopback": local})
    _agree(system, merged)
    code = _inherited(f"platforms/{system.platform}.py", folders)
    return system.with_platform_code(code) if code.is_file() else system


def system_file(name_or_path: str) -> Path:
    """The file of a system, given by its name or by the path itself. Raises UserMistake when no system has the name."""
    return _file_of(name_or_path, _folders(None))


def system_names(systems_dir: Path | None = None) -> list[str]:
    """The names of all systems that can be given to `--system`, sorted."""
    return sorted({file.stem for folder in _folders(systems_dir) for file in _files_in(folder)})


INHERITED = (Thresholds, Targets, LoadTerms, LoadShares, LoadBrake)  # a file states of these what it has otherwise


def json_schema() -> str:
    """The JSON Schema of a system file, as text: with it an editor completes and checks while one types."""
    schema: dict[str, Any] = System.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A system under test (toantrinh)"
    schema["required"] = ["name", "base_url"]  # the rest is inherited
    for block in INHERITED:
        schema["$defs"][block.__name__].pop("required")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _folders(systems_dir: Path | None) -> list[Path]:
    if systems_dir is not None:
        return [systems_dir, HOUSE]
    here = Path.cwd() / "systems"
    return [here, HOUSE] if here.is_dir() and here.resolve() != HOUSE else [HOUSE]


def _files_in(folder: Path) -> Iterator[Path]:
    for file in folder.glob("*.yaml"):
        if "." not in file.stem and file.stem not in _NO_SYSTEMS:  # hue.explanations.yaml is no system
            yield file


def _file_of(name_or_path: str, folders: Sequence[Path]) -> Path:
    if name_or_path.endswith((".yaml", ".yml")) or "/" in name_or_path or "\\" in name_or_path:
        return Path(name_or_path)
    names = {file.stem: file for folder in reversed(folders) for file in _files_in(folder)}
    if name_or_path in names:
        return names[name_or_path]
    where = " and ".join(dict.fromkeys(shown(folder) for folder in folders))
    advice = nearest(name_or_path.lower(), names) or f"Known: {', '.join(sorted(names)) or 'none'}."
    raise UserMistake(f"there is no system {name_or_path!r} in {where}.", "--system", advice)


def _with_extended(own: Located, folders: Sequence[Path], below: tuple[str, ...] = ()) -> Located:
    """`own` laid over the file that it extends, and that over the file which it extends in turn.

    Raises UserMistake when there is no such system or when the files extend each other in a circle.
    """
    name = own.data.get("extends")
    if name is None:
        return own
    known = {file.stem: file for folder in reversed(folders) for file in _files_in(folder)}
    if not isinstance(name, str) or name not in known:
        advice = nearest(str(name).lower(), known) or f"Known: {', '.join(sorted(known)) or 'none'}."
        raise UserMistake(f"there is no system {name!r} to extend.", own.where(("extends",)), advice)
    if name in below or known[name].resolve() == own.path.resolve():
        raise UserMistake(f"the system {name!r} extends itself, by way of other files or not.", own.where(("extends",)))
    extended = _with_extended(read(known[name]), folders, (*below, name))
    handed_on = {key: value for key, value in extended.data.items() if key not in _NOT_HANDED_ON}
    return merge(replace(extended, data=handed_on), own)


def _inherited(name: str, folders: Sequence[Path]) -> Path:
    return next((folder / name for folder in folders if (folder / name).is_file()), HOUSE / name)


def _platform(own: Located, folders: Sequence[Path]) -> Located:
    """The platform's file with `own` laid over it."""
    name = own.data.get("platform", "generic")
    known = {file.stem: file for folder in reversed(folders) for file in (folder / "platforms").glob("*.yaml")}
    if not isinstance(name, str) or name not in known:
        advice = nearest(str(name), known) or f"Known: {', '.join(sorted(known))}."
        raise UserMistake(f"there is no platform {name!r}.", own.where(("platform",)), advice)
    return merge(read(known[name]), own)


def _hosts_of(data: dict[str, Any]) -> list[str]:
    """The hosts that the file itself names; wrong ones are found by the validation that follows."""
    try:
        host = urlsplit(str(data.get("base_url", ""))).hostname
    except ValueError:
        host = None
    further = data.get("hosts")
    return [one for one in [host, *(further if isinstance(further, list) else [])] if isinstance(one, str)]


def _agree(system: System, located: Located) -> None:
    """Refuses what is well-formed alone but contradicts the rest of the file."""
    wrong: list[tuple[tuple[str | int, ...], str]] = []
    if system.start and not system.is_loopback:
        wrong.append((("start",), "expected a base_url on this machine (127.0.0.1): only such a system can be started"))
    wrong.extend(_unknown_names(system))
    seen: dict[str, int] = {}
    for index, service in enumerate(system.services):
        loc: tuple[str | int, ...] = ("services", index)
        if service.code in seen:
            first = located.line_of(("services", seen[service.code], "code"))
            wrong.append(((*loc, "code"), f"the code {service.code} stands here a second time (first in line {first})"))
        seen.setdefault(service.code, index)
        if "account" in service.model_fields_set and service.account not in system.accounts:
            advice = nearest(service.account, system.accounts) or f"Known: {', '.join(system.accounts) or 'none'}."
            wrong.append(((*loc, "as"), f"there is no account {service.account!r}. {advice}"))
    if wrong:
        raise FileMistakes([f"{located.where(loc)}: {what}" for loc, what in wrong])


def _unknown_names(system: System) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Intents that the portal driver does not know, and pages that have no name."""
    intents = load_lexicon().intents if system.labels or system.selectors else {}
    for key, names, known in (
        ("labels", system.labels, intents),
        ("selectors", system.selectors, intents),
        ("paths", system.paths, PAGES),
    ):
        for name in names:
            if name not in known:
                advice = nearest(name, known) or f"Known: {', '.join(sorted(known))}."
                yield (key, name), f"unknown {'page' if key == 'paths' else 'intent'}. {advice}"


if __name__ == "__main__":
    print(json_schema(), end="")
