"""Imports run downwards only: suites → fixtures → toantrinh; the portal is a stranger to all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("toantrinh", "portal", "fixtures", "suites", "tests", "bench", "conftest")
FORBIDDEN = {
    "toantrinh": {"pytest", "_pytest", "conftest", "suites", "fixtures", "portal", "tests", "bench"},
    "portal": {"pytest", "_pytest", "conftest", "suites", "fixtures", "toantrinh", "tests", "bench"},
    "fixtures": {"conftest", "suites", "portal", "tests", "bench"},
    "suites": {"conftest", "portal", "tests", "bench"},
}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and outermost package of each import in a file, wherever it stands in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_only_what_lies_below(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {package}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, package in imported(path)
        if package in FORBIDDEN[room]
    ]
    assert not wrong


def test_no_room_is_named_after_programming() -> None:
    names = {"utils", "util", "helpers", "helper", "common", "manager", "base", "core", "misc"}
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path.stem in names]
    assert not found


def test_run_py_imports_the_standard_library_alone() -> None:
    import sys

    assert {package for _, package in imported(ROOT / "run.py")} <= set(sys.stdlib_module_names)
