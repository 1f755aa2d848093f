"""Whatever is imported is declared, so that a fresh environment lacks nothing."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {"toantrinh", "portal", "fixtures", "suites", "tests", "bench", "conftest"}
OPTIONAL = {"keyring"}


def declared(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower().replace("_", "-") for line in lines}


def imported(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - OURS - OPTIONAL - set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("room", "extras"),
    [("toantrinh", ()), ("fixtures", ()), ("suites", ()), ("portal", ("portal",)), ("bench", ("portal", "test")), ("tests", ("portal", "test"))],
)
def test_a_room_imports_only_packages_that_are_declared_for_it(room: str, extras: tuple[str, ...]) -> None:
    distributions = importlib.metadata.packages_distributions()
    names = {
        package: {one.lower().replace("_", "-") for one in distributions.get(package, [package])}
        for package in imported(ROOT / room)
    }
    lent = declared(*extras)
    undeclared = sorted(
        package
        for package, known in names.items()
        if not known & lent and not any(one.startswith(f"{package}-") for one in lent)  # a part of a namespace
    )
    assert not undeclared, f"add to pyproject.toml and requirements.lock: {', '.join(undeclared)}"


def test_every_declared_dependency_carries_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [", 1)[1].split("[project.scripts]")[0]
    bare = [line.strip() for line in lines.splitlines() if re.match(r'\s+"', line) and "#" not in line and "::" not in line]
    assert not bare
