"""The option `--skin`: what there is, what a wrong name gives, what stays as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader

from portal import skins
from portal.static_files import load

ROOT = Path(__file__).parents[3]


def portal(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "portal", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)


def test_the_list_names_every_skin_and_the_default_first() -> None:
    told = portal("--skin", "list")
    assert told.returncode == 0
    assert told.stdout.splitlines()[0].startswith("modern")
    assert [line.split()[0] for line in told.stdout.splitlines()] == list(skins.titles())


def test_an_unknown_skin_is_one_line_with_the_nearest_name() -> None:
    told = portal("--skin", "sap")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("portal: There is no skin named 'sap'. Did you mean spa?")
    assert len(told.stderr.splitlines()) == 1


def test_the_default_skin_adds_nothing() -> None:
    app = Flask("plain")
    skins.install(app, skins.MODERN)
    assert skins.static_folder(skins.MODERN) is None
    assert app.after_request_funcs == {}


def test_a_skin_without_a_template_takes_the_portals_own_and_can_extend_it() -> None:
    app = Flask("plain", template_folder=None)
    app.jinja_loader = DictLoader({})
    loader = skins.template_loader("spa")
    own = loader.get_source(app.jinja_env, "refusal.html")[:2]
    assert own == loader.get_source(app.jinja_env, "modern/refusal.html")[:2]


def test_a_skins_static_file_is_added_and_stands_in_for_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "portal.css").write_text("body { color: red }")
    (tmp_path / "own.js").write_text("let own = 1;")
    plain, dressed = load(), load(over=tmp_path)
    assert set(dressed) == set(plain) | {"own.js"}
    assert dressed["portal.css"].bodies["identity"] == b"body { color: red }"
    assert dressed["emblem.svg"] == plain["emblem.svg"]


@pytest.mark.parametrize("name", ["modern", "spa"])
def test_a_skin_that_is_there_is_known(name: str) -> None:
    skins.check(name)
    assert skins.titles()[name]
