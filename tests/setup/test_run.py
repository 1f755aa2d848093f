"""run.py sets up once, says in one line what is wrong, and passes on what it is given."""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

posix_only = pytest.mark.skipif(os.name == "nt", reason="the stand-in programs are shell scripts")


@pytest.fixture
def run() -> SimpleNamespace:
    """run.py as a module, not run."""
    return SimpleNamespace(**runpy.run_path(str(ROOT / "run.py"), run_name="run"))


def environment_at(folder: Path, script: str) -> Path:
    """A stand-in for a finished virtual environment whose Python is a shell script."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    lock = hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (folder / "toantrinh-installed").write_text(f"{lock} {version} {ROOT}")
    return python


def called(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key != "TOANTRINH_BROWSER"}
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *arguments], capture_output=True, text=True, env={**kept, **environment}
    )


def test_an_older_python_can_still_read_run_py_and_is_told() -> None:
    text = (ROOT / "run.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 7))
    refusal = next(node for node in tree.body if isinstance(node, ast.If))
    before = {node.lineno for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert refusal.lineno < min(before)
    old = SimpleNamespace(version_info=(3, 9), version="3.9.2 (main)", exit=sys.exit)
    code = compile(ast.Module([refusal], []), "run.py", "exec")
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed, this is 3\.9\.2"):
        exec(code, {"sys": old})


@posix_only
def test_the_environment_gets_a_command_of_its_own(run: SimpleNamespace, tmp_path: Path) -> None:
    python = environment_at(tmp_path, 'echo "python $@"')
    run.make_command(python)
    said = subprocess.run([str(python.with_name("toantrinh")), "check", "a b"], capture_output=True, text=True)
    assert said.stdout.strip() == "python -m toantrinh check a b"


def test_the_lock_pins_by_hash_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = [line for line in lock.splitlines() if line[:1].isalnum()]
    assert packages and all("==" in line and line.endswith("\\") for line in packages)
    assert lock.count("--hash=sha256:") >= len(packages)
    assert "://" not in lock and "--index" not in lock and "--find-links" not in lock


def test_the_lock_holds_every_dependency_of_the_project() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = [*project["dependencies"], *extras["portal"], *extras["test"]]
    locked = {line.split("==")[0] for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    wanted = {"".join(letter if letter.isalnum() or letter in "-_" else " " for letter in one).split()[0] for one in named}
    assert {name.lower().replace("_", "-") for name in wanted} <= locked


@posix_only
def test_a_second_call_does_nothing_twice_and_passes_everything_on(tmp_path: Path) -> None:
    environment_at(tmp_path / "venv", 'echo "$@"')
    done = called("demo", "--venv", str(tmp_path / "venv"), "--skip-browser", "-n", "2", "--headed", "-k", "a b")
    assert done.stdout.splitlines()[0] == "-m pytest --system=demo -n 2 --headed -k a b"
    assert done.returncode == 0


@posix_only
@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["test", "--skip-lint", "--skip-types"], f"-m pytest{' -n 2' if (os.cpu_count() or 1) > 1 else ''} tests"),
        (["test", "--skip-lint", "--skip-types", "-k", "lock"], "-m pytest -k lock tests"),
        (["test", "--skip-lint", "--skip-types", "tests/setup", "-x"], "-m pytest tests/setup -x"),
        (["test", "--skip-types"], "-m ruff check --quiet ."),
        (["portal", "--port", "0", "--tls"], "-m portal --port 0 --tls"),
        (["bench", "journey"], "-m bench journey"),
    ],
)
def test_each_command_starts_its_program(tmp_path: Path, arguments: list[str], line: str) -> None:
    environment_at(tmp_path / "venv", 'echo "$@"')
    command, *rest = arguments
    done = called(command, "--venv", str(tmp_path / "venv"), "--skip-browser", *rest)
    assert done.stdout.splitlines()[0] == line, done.stderr


@posix_only
def test_the_status_of_the_program_is_ours(tmp_path: Path) -> None:
    environment_at(tmp_path / "venv", "exit 5")
    assert called("demo", "--venv", str(tmp_path / "venv"), "--skip-browser").returncode == 5


@posix_only
def test_a_failed_part_of_the_tests_fails_the_whole_and_the_rest_still_runs(tmp_path: Path) -> None:
    environment_at(tmp_path / "venv", 'case "$2" in ruff) exit 3;; esac; echo "$2"')
    done = called("test", "--venv", str(tmp_path / "venv"), "--skip-browser")
    assert done.returncode == 3
    assert "mypy" in done.stdout and "tests" in done.stdout and "failed (3)" in done.stdout


@posix_only
@pytest.mark.parametrize(
    ("failed", "again", "status", "unsteady"),
    [(1, 0, 0, 1), (3, 1, 1, 3), (4, 0, 1, 0), (0, 0, 1, 0)],
    ids=["passes alone", "fails again", "too many for an accident", "broke off before any test"],
)
def test_a_few_failed_tests_are_tried_once_more_alone_and_named(
    failed: int, again: int, status: int, unsteady: int, run: SimpleNamespace, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    commands: list[list[str]] = []
    kept = tmp_path / "lastfailed"
    kept.write_text('{"of_an_earlier_run": true}', encoding="utf-8")

    def started(command: list[str | Path]) -> int:
        commands.append([str(part) for part in command])
        if "--last-failed" in commands[-1]:
            return again
        if "tests" in commands[-1]:
            kept.write_text(json.dumps({f"a/test_b.py::test_{at}": True for at in range(failed)}), encoding="utf-8")
            return 1
        return 0

    monkeypatch.setitem(run.test.__globals__, "run", started)
    monkeypatch.setitem(run.test.__globals__, "LAST_FAILED", kept)
    options = argparse.Namespace(skip_lint=True, skip_types=True, skip_matrix=True)
    assert run.test(Path("python"), options, []) == status
    said = capsys.readouterr().out
    assert said.count("unsteady: ") == unsteady and "of_an_earlier_run" not in said
    assert sum("--last-failed" in command for command in commands) == (1 if unsteady else 0)


def test_the_matrix_and_the_calibration_of_load_come_last_and_alone(tmp_path: Path) -> None:
    environment_at(tmp_path / "venv", 'echo "$@"')
    quick = ("--venv", str(tmp_path / "venv"), "--skip-browser", "--skip-lint", "--skip-types")
    assert called("test", *quick).stdout.splitlines()[1:3] == [
        "-m tests.matrix --part still --share 3 -n 3",
        "-m pytest tests/ruler tests/suites_performance_runs -m quiet -q -rs",
    ]
    chosen = called("test", *quick, "tests/setup").stdout
    assert "ruler" not in chosen and "tests.matrix" not in chosen
    assert "tests.matrix" not in called("test", *quick, "--skip-matrix").stdout


@posix_only
def test_a_found_browser_is_kept_and_handed_on(tmp_path: Path) -> None:
    browser = tmp_path / "chromium"
    browser.touch()
    marks = tmp_path / "asked"
    environment_at(
        tmp_path / "venv",
        f'case "$2" in toantrinh.browsers) echo x >> {marks}; echo {browser};; *) echo "$TOANTRINH_BROWSER";; esac',
    )
    for _ in range(2):
        done = called("demo", "--venv", str(tmp_path / "venv"))
        assert done.stdout.splitlines()[0] == str(browser), done.stderr
    assert marks.read_text() == "x\n"


def test_an_explicit_browser_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    environment_at(tmp_path / "other", "exit 0")
    done = called("demo", "--venv", str(tmp_path / "other"), "--browser-path", "/opt/none")
    assert (done.returncode, done.stderr) == (
        2, "run.py: there is no browser /opt/none. Give the path of a Chrome, Chromium or Edge.\n",
    )


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "is not the one that requirements.lock names"),
        ("WARNING: Retrying ... NewConnectionError('...: [Errno -3] Temporary failure in name resolution')", "check the network"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
        ("a\nERROR: something odd\nb", "pip failed: ERROR: something odd"),
        ("", "pip failed: status 1"),
    ],
)
@posix_only
def test_trouble_of_pip_becomes_one_line(run: SimpleNamespace, tmp_path: Path, said: str, line: str) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\nexit 1\n")
    python.chmod(0o755)
    with pytest.raises(run.SetupMistake) as mistake:
        run.install(python, tmp_path)
    assert line in str(mistake.value) and "\n" not in str(mistake.value)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = called("setup", "--venv", str(tmp_path / "file" / "venv"))
    assert done.returncode == 2
    assert done.stderr.startswith("run.py: ") and "cannot be written" in done.stderr and done.stderr.count("\n") == 1


def browsers(run: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, answers: list[tuple[str, str]], fetch: str = "") -> list[str]:
    """Plays `ensure_browser` with the given answers of `working_browser`; what was done, in order."""
    done: list[str] = []

    def looked(python: Path) -> tuple[str, str]:
        done.append("look")
        return answers.pop(0)

    names: dict[str, Any] = run.ensure_browser.__globals__
    monkeypatch.setitem(names, "working_browser", looked)
    monkeypatch.setitem(names, "fetch_browser", lambda python: done.append("fetch") or fetch)
    monkeypatch.setitem(names, "install_browser", lambda: done.append("install"))
    return done


def test_the_download_comes_before_the_package_manager(
    run: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TOANTRINH_BROWSER", raising=False)
    options = argparse.Namespace(venv=tmp_path, browser_path=None)
    done = browsers(run, monkeypatch, [("", "none"), ("/found", "")])
    run.ensure_browser(Path("python"), options)
    assert done == ["look", "fetch", "look"]
    assert (tmp_path / "toantrinh-browser").read_text() == os.environ.pop("TOANTRINH_BROWSER") == "/found"


def test_without_any_browser_one_line_says_what_to_do(
    run: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TOANTRINH_BROWSER", raising=False)
    options = argparse.Namespace(venv=tmp_path, browser_path=None)
    done = browsers(run, monkeypatch, [("", "none")] * 3, fetch="no network")
    with pytest.raises(run.SetupMistake, match=r"no browser that works .*--browser-path"):
        run.ensure_browser(Path("python"), options)
    assert done == ["look", "fetch", "look", "install", "look"]
    assert not (tmp_path / "toantrinh-browser").exists()
