#!/usr/bin/env python3
"""Sets everything up on a fresh machine, then does the job. Standard library only; Linux, macOS and Windows.

    python3 run.py demo      judge the embedded portal: a real browser, a real dossier, a scorecard
    python3 run.py test      the tester's own tests
    python3 run.py portal    start the embedded portal alone
    python3 run.py bench     measurements
    python3 run.py setup     set up only

What stands behind the command goes to the program: `run.py demo -n 2 --headed`, `run.py test tests/systems -k secrets`.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - older ones parse this file and deserve a clear line
    sys.exit(f"run.py: Python 3.11 or newer is needed, this is {sys.version.split()[0]}; use a newer python3.")

HERE = Path(__file__).resolve().parent
LOCK = HERE / "requirements.lock"
COMMAND = "toantrinh.cmd" if os.name == "nt" else "toantrinh"
BROWSER_VARIABLE = "TOANTRINH_BROWSER"
LAST_FAILED = HERE / "tests" / ".pytest_cache" / "v" / "cache" / "lastfailed"
MOST_AGAIN = 3  # tests that failed among the others and are tried once more, alone; more than that is no accident
SHARES = 3  # one portal of the matrix in three, others each day; each run waits a third of its time, so three at a time
QUIET_ROOMS = ("tests/ruler", "tests/suites_performance_runs")  # tests that need the machine for themselves

# Package managers of systems, and what Chromium is called there.
PACKAGE_MANAGERS = {
    "apt-get": [
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"],
        ["apt-get", "install", "-y", "--no-install-recommends", "chromium-headless-shell"],  # faster, where it is had
    ],
    "dnf": [["dnf", "install", "-y", "chromium"]],
    "zypper": [["zypper", "--non-interactive", "install", "chromium"]],
    "pacman": [["pacman", "-Sy", "--noconfirm", "chromium"]],
    "apk": [["apk", "add", "chromium"]],
}
# What pip and Playwright say when the network is the trouble, and what the disk says.
NETWORK_WORDS = (
    "NewConnectionError", "ConnectTimeout", "ReadTimeout", "Temporary failure in name resolution", "ProxyError",
    "SSLError", "Network is unreachable", "Connection refused", "getaddrinfo", "ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT",
    "EAI_AGAIN", "No matching distribution found", "Could not fetch URL", "Failed to download",
)  # fmt: skip


class SetupMistake(Exception):
    """What is wrong and what to do, in one line."""


def main(arguments: list[str]) -> int:
    """The exit status of the job; 2 with one clear line when the set-up fails."""
    options, rest = parse(arguments)
    try:
        python = ensure_environment(options.venv)
        if options.command in ("demo", "test", "bench") and not options.skip_browser:
            ensure_browser(python, options)
        return {"demo": demo, "test": test, "portal": portal, "bench": bench, "setup": setup}[options.command](
            python, options, rest
        )
    except SetupMistake as mistake:
        print(f"run.py: {mistake}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("run.py: stopped.", file=sys.stderr)
        return 130


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Our own options, and what is for the program behind the command."""
    parser = argparse.ArgumentParser(
        prog="run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("command", choices=["demo", "test", "portal", "bench", "setup"])
    parser.add_argument("--venv", type=Path, default=HERE / ".venv", help="folder of the virtual environment (.venv)")
    parser.add_argument("--browser-path", help=f"the browser to drive (also {BROWSER_VARIABLE})")
    parser.add_argument("--skip-browser", action="store_true", help="do not look for a browser")
    parser.add_argument("--skip-lint", action="store_true", help="test: leave out ruff")
    parser.add_argument("--skip-matrix", action="store_true", help="test: leave out defects against checks")
    parser.add_argument("--skip-types", action="store_true", help="test: leave out mypy")
    return parser.parse_known_args(arguments)


# The jobs


def demo(python: Path, options: argparse.Namespace, rest: list[str]) -> int:
    """Judges the embedded portal and says where the scorecard lies."""
    status = run([python, "-m", "pytest", "--system=demo", *rest])
    scorecard = HERE / "reports" / "demo" / "latest" / "index.html"
    if status in (0, 1) and scorecard.is_file() and not any(word.startswith("--reports-dir") for word in rest):
        print(f"Scorecard: {scorecard}")
    return status


def test(python: Path, options: argparse.Namespace, rest: list[str]) -> int:
    """ruff, mypy, the tester's own tests, the portal's defects against the checks, the calibration of load.

    All of them run, the first bad status counts. Of the whole run up to three tests that failed are tried once more,
    alone: what fails again has failed, what does not is named as unsteady.
    """
    jobs: dict[str, list[str | Path]] = {}
    if not options.skip_lint:
        jobs["ruff"] = [python, "-m", "ruff", "check", "--quiet", "."]
    if not options.skip_types:
        jobs["mypy"] = [python, "-m", "mypy"]
    named = any(not word.startswith("-") and (HERE / word.split("::")[0]).exists() for word in rest)
    jobs["tests"] = [python, "-m", "pytest", *(rest or workers()), *([] if named else ["tests"])]
    if not (rest or options.skip_matrix):
        jobs["matrix"] = [python, "-m", "tests.matrix", "--part", "still", "--share", str(SHARES), "-n", "3"]
    if not rest:  # last and alone: it needs a quiet machine, and says where it had none
        jobs["ruler"] = [python, "-m", "pytest", *QUIET_ROOMS, "-m", "quiet", "-q", "-rs"]
    results: dict[str, tuple[int, float]] = {}
    unsteady: list[str] = []
    if not rest:
        LAST_FAILED.unlink(missing_ok=True)
    for name, command in jobs.items():
        started = time.monotonic()
        status = run(command)
        if name == "tests" and status == 1 and not rest and 0 < len(last_failed()) <= MOST_AGAIN:
            unsteady = last_failed()
            print(f"Once more, alone: {', '.join(unsteady)}", flush=True)
            status = run([python, "-m", "pytest", "tests", "--last-failed", "--last-failed-no-failures=none"])
        results[name] = status, time.monotonic() - started
    for name, (status, seconds) in results.items():
        print(f"{name:6} {'ok' if status == 0 else f'failed ({status})':12} {seconds:6.1f} s")
    for test in unsteady:
        print(f"unsteady: {test} failed among the others; tried again alone, see above.")
    return next((status for status, _ in results.values() if status), 0)


def last_failed() -> list[str]:
    """The ids of the tests that failed in the last run, as pytest keeps them."""
    try:
        return list(json.loads(LAST_FAILED.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return []


def workers() -> list[str]:
    """Two workers share the tests where there are two processors and nothing else is asked for."""
    return ["-n", "2"] if (os.cpu_count() or 1) > 1 else []


def portal(python: Path, options: argparse.Namespace, rest: list[str]) -> int:
    """Starts the embedded portal; Ctrl-C ends it."""
    return run([python, "-m", "portal", *rest])


def bench(python: Path, options: argparse.Namespace, rest: list[str]) -> int:
    """Runs the measurements."""
    return run([python, "-m", "bench", *rest])


def setup(python: Path, options: argparse.Namespace, rest: list[str]) -> int:
    """Nothing but the set-up."""
    ensure_browser(python, options)
    print(f"Ready. Python: {python}  Browser: {os.environ.get(BROWSER_VARIABLE, 'none')}")
    return 0


def run(command: list[str | Path]) -> int:
    """The exit status of a program that has our terminal. Ctrl-C is for the program: we wait until it has ended."""
    process = subprocess.Popen([str(part) for part in command], cwd=HERE)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


# The environment


def ensure_environment(folder: Path) -> Path:
    """The Python of a virtual environment that holds what the lock names; made or renewed only when it must be."""
    folder = folder.absolute()
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "toantrinh-installed"
    try:
        wanted = f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {sys.version_info[0]}.{sys.version_info[1]} {HERE}"
    except OSError as error:
        raise SetupMistake(f"{LOCK} cannot be read ({error.strerror}). Take a whole checkout.") from None
    if python.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    try:
        if not python.exists() or not same_python(python):
            print(f"Making the environment {folder} …", flush=True)
            make_environment(folder, python)
        install(python, folder)
        for site in folder.glob("lib*/**/site-packages" if os.name != "nt" else "Lib/site-packages"):
            (site / "toantrinh-checkout.pth").write_text(f"{HERE}\n", encoding="utf-8")
        make_command(python)
        stamp.write_text(wanted, encoding="utf-8")
    except OSError as error:
        raise SetupMistake(
            f"{error.filename or folder} cannot be written ({error.strerror}). Free space or rights, or give --venv."
        ) from None
    return python


def make_command(python: Path) -> None:
    """The command `toantrinh` beside the environment's Python."""
    command = python.with_name(COMMAND)
    if os.name == "nt":
        command.write_text('@"%~dp0python.exe" -m toantrinh %*\n', encoding="utf-8")
        return
    command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m toantrinh "$@"\n', encoding="utf-8")
    command.chmod(0o755)


def same_python(python: Path) -> bool:
    """Whether an environment from an earlier time still works with this Python."""
    asked = subprocess.run(
        [str(python), "-c", "import sys, pip; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True
    )
    return asked.returncode == 0 and asked.stdout.strip() == f"{sys.version_info[0]}.{sys.version_info[1]}"


def make_environment(folder: Path, python: Path) -> None:
    """A new virtual environment with pip in it."""
    try:
        venv.EnvBuilder(with_pip=True, clear=True).create(folder)
    except subprocess.CalledProcessError:  # Debian and Ubuntu keep ensurepip in a package of its own
        shutil.rmtree(folder, ignore_errors=True)
        release = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetupMistake(
            f"this Python cannot make virtual environments with pip. Install it, on Debian and Ubuntu: "
            f"apt-get install python{release}-venv"
        ) from None


def install(python: Path, folder: Path) -> None:
    """Exactly what the lock names, checked by hash."""
    count = sum(1 for line in LOCK.read_text(encoding="utf-8").splitlines() if line[:1].isalnum())
    print(f"Installing {count} packages (once; a few minutes) …", flush=True)
    log = folder / "install.log"
    command = [
        str(python), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--retries", "2",
        "--disable-pip-version-check", "--progress-bar", "off", "-r", str(LOCK),
    ]  # fmt: skip
    with log.open("wb") as sink:
        status = subprocess.call(command, stdout=sink, stderr=subprocess.STDOUT)
    if status == 0:
        return
    said = log.read_text(encoding="utf-8", errors="replace")
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in said:
        raise SetupMistake(f"a package is not the one that requirements.lock names; nothing was installed ({log}).")
    if "No space left" in said:
        raise SetupMistake(f"the disk is full. Free about 1 GB and start again ({log}).")
    if any(word in said for word in NETWORK_WORDS):
        raise SetupMistake(f"pip cannot fetch the packages: check the network, the proxy and pip's settings ({log}).")
    last = next((line for line in reversed(said.splitlines()) if line.startswith("ERROR")), f"status {status}")
    raise SetupMistake(f"pip failed: {last} ({log}).")


# The browser


def ensure_browser(python: Path, options: argparse.Namespace) -> None:
    """Sets TOANTRINH_BROWSER for the programs that follow, unless Playwright's own browser is to be used.

    First an explicit path, then Playwright's own, then Chrome, Chromium or Edge of the system; if there is none,
    Playwright's own is downloaded; if that fails, the system's package manager is asked where it may be.
    """
    explicit = options.browser_path or os.environ.get(BROWSER_VARIABLE)
    if explicit:
        found = shutil.which(explicit)
        if not found:
            raise SetupMistake(f"there is no browser {explicit}. Give the path of a Chrome, Chromium or Edge.")
        os.environ[BROWSER_VARIABLE] = found
        return
    stamp = options.venv.absolute() / "toantrinh-browser"
    if stamp.is_file():
        known = stamp.read_text(encoding="utf-8")
        if Path(known).is_file():
            os.environ[BROWSER_VARIABLE] = known
            return
    found, trouble = working_browser(python)
    if not found:
        print("No browser was found; fetching Chromium …", flush=True)
        fetch_trouble = fetch_browser(python)
        found, trouble = working_browser(python)
    if not found:
        install_browser()
        found, trouble = working_browser(python)
    if not found:
        why = f"Playwright's own cannot be had: {fetch_trouble}" if fetch_trouble else trouble
        raise SetupMistake(
            f"there is no browser that works ({why}). Install Chrome, Chromium or Edge, or give --browser-path."
        )
    stamp.write_text(found, encoding="utf-8")
    os.environ[BROWSER_VARIABLE] = found


def working_browser(python: Path) -> tuple[str, str]:
    """(path of the browser that was found and starts, why there is none)."""
    asked = subprocess.run(
        [str(python), "-m", "toantrinh.browsers"], cwd=HERE, capture_output=True, text=True, encoding="utf-8"
    )
    if asked.returncode == 0:
        return asked.stdout.strip(), ""
    return "", (asked.stderr.strip().splitlines() or ["it says nothing"])[-1]


def fetch_browser(python: Path) -> str:
    """Why Playwright could not download its Chromium; empty when it could."""
    fetched = subprocess.run(
        [str(python), "-m", "playwright", "install", "chromium"], capture_output=True, text=True, encoding="utf-8"
    )
    if fetched.returncode == 0:
        return ""
    said = fetched.stdout + fetched.stderr
    return "no network" if any(word in said for word in NETWORK_WORDS) else "the download failed"


def install_browser() -> None:
    """Chromium by the system's package manager, as root or with a sudo that asks nothing; else nothing is done."""
    if not sys.platform.startswith("linux"):
        return
    prefix: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo") or subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) != 0:
            return
        prefix = ["sudo", "-n"]
    manager = next((name for name in PACKAGE_MANAGERS if shutil.which(name)), None)
    if manager:
        print(f"Installing Chromium with {manager} …", flush=True)
        for command in PACKAGE_MANAGERS[manager]:
            subprocess.call([*prefix, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
