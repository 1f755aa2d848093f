"""The pipelines that vendors copy: sound files whose every command of ours is one that there is."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from toantrinh import command_line

ROOT = Path(__file__).parents[2]
PIPELINES = sorted((ROOT / "docs" / "examples" / "pipelines").glob("*.yml"))


def scripts(value: Any) -> list[str]:
    """Every text in a pipeline that is a script."""
    if isinstance(value, dict):
        own = [str(value[name]) for name in ("run",) if name in value]
        return own + [line for name, one in value.items() if name != "run" for line in scripts(one)]
    if isinstance(value, list):
        return [line for one in value for line in ([one] if isinstance(one, str) else scripts(one))]
    return []


def commands(path: Path) -> list[list[str]]:
    """The words of every command in a pipeline, without what the shell does with its status."""
    lines = [line for text in scripts(yaml.safe_load(path.read_text(encoding="utf-8"))) for line in text.splitlines()]
    return [shlex.split(re.split(r"\|\||#", line)[0]) for line in lines if line.strip()]


def of(path: Path, program: str) -> list[list[str]]:
    return [words[at + 1 :] for words in commands(path) for at, word in enumerate(words) if word.endswith(program)]


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: path.stem)
def test_every_command_of_ours_is_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []
    started: list[list[str]] = []
    for name in command_line.COMMANDS:
        monkeypatch.setitem(command_line.COMMANDS, name, lambda chosen: called.append(chosen.command) or 0)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: started.append([str(word) for word in command]) or 0)
    ours = of(path, "bin/toantrinh")
    assert all(command_line.main(words) == 0 for words in ours)
    assert "diff" in called and len(called) + len(started) == len(ours)
    (run,) = started
    options = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "fixtures").glob("*.py"))
    given = [word for word in run[3:] if word.startswith("--")]
    assert given and all(f'"{option}"' in options for option in given)
    parse = runpy.run_path(str(ROOT / "run.py"), run_name="run")["parse"]
    setups = of(path, "run.py")
    assert setups and all(parse(words)[0].command == "setup" for words in setups)


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: path.stem)
def test_a_fault_of_the_portal_stops_it_only_where_it_is_new(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"toantrinh run .*\|\|\s+test \$\? -eq 1", text, re.DOTALL)  # what was there before is no news
    assert "--fail-on=new" in text and "image:" not in text and "container:" not in text


def test_there_is_one_for_each_host() -> None:
    assert {path.name for path in PIPELINES} == {"github.yml", "gitlab.yml"}
