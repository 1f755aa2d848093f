"""The command line `toantrinh`: what is not a pytest run. `run` hands over to pytest with the suites."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from toantrinh import __version__
from toantrinh.mistakes import UserMistake

HOUSE = Path(__file__).resolve().parent.parent
PATHS = ("--system", "--criteria", "--reports-dir", "--browser-path", "--sign-with", "--decisions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 all well, 1 something failed, 2 a mistake of the user, told in one line."""
    parser = argparse.ArgumentParser(prog="toantrinh", description="Conformance tester for Vietnamese TTHC systems.")
    parser.add_argument("--version", action="version", version=f"toantrinh {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser(
        "run", help="judge a system: toantrinh run --system demo [pytest options]", add_help=False
    )
    run.add_argument("options", nargs=argparse.REMAINDER)
    commands.add_parser("systems", help="list the systems that have a file")
    show = commands.add_parser("show", help="validate a system file and say what it allows")
    show.add_argument("system")
    sound = commands.add_parser("validate", help="check a system file, or a scorecard.json against its schema")
    sound.add_argument("file", type=Path)
    _add_probing(commands)
    _add_decisions(commands)
    fresh = commands.add_parser("refresh-advisories", help="take known holes of client libraries from a retire.js file")
    fresh.add_argument("file", type=Path, help="jsrepository.json as retire.js publishes it")
    fresh.add_argument("--out", type=Path, metavar="FILE", help="write here instead of the file that is shipped")
    fresh.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
    _add_bundles(commands)
    _add_changes(commands)
    _add_paper(commands)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Vietnamese letters shows what it can
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["run"]:  # everything behind it is pytest's
        import subprocess

        return subprocess.call([sys.executable, "-m", "pytest", *_seen_from_here(given[1:])], cwd=HOUSE)
    chosen = parser.parse_args(given)
    try:
        return COMMANDS[chosen.command](chosen)
    except UserMistake as mistake:
        print(mistake, file=sys.stderr)
        return 2


def _add_probing(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    probe = commands.add_parser("probe", help="visit a portal, read-only, and write its first system file")
    probe.add_argument("address", help="address of its home page")
    probe.add_argument("--out", type=Path, metavar="FILE", help="file or folder to write to (systems/<name>.yaml)")
    probe.add_argument("--name", help="official name of the system, instead of the one that is read")
    probe.add_argument("--force", action="store_true", help="write over a file, or although nothing was found")
    check = commands.add_parser("check", help="say whether every step of a journey is found, submitting nothing")
    check.add_argument("system", help="name or file of the system")
    check.add_argument("--service", action="append", metavar="CODE", help="this service, not the first (repeatable)")
    check.add_argument("--base-url", metavar="URL", help="address of the system, instead of the one in its file")
    login = commands.add_parser("login", help="open a window, wait until a person has logged in, keep the session")
    login.add_argument("system", help="name or file of the system")
    login.add_argument("--account", default="citizen", metavar="NAME", help="whose log-in this is (citizen)")
    login.add_argument("--wait", type=float, default=600, metavar="S", help="seconds to wait for the person (600)")
    login.add_argument("--forget", action="store_true", help="remove the stored session instead")
    login.add_argument("--base-url", metavar="URL", help="address of the system, instead of the one in its file")
    for one in (probe, check, login):
        one.add_argument("--browser-path", metavar="PATH", help="path of the browser to start")


def _add_bundles(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verify = commands.add_parser("verify", help="check a bundle: its files, its signature, and that the score follows")
    verify.add_argument("bundle", type=Path, help="reports/<system>/<run>.zip, or the folder of a run")
    verify.add_argument("--key", metavar="PUBLIC", help="public key of whoever should have signed it: file or name")
    sign = commands.add_parser("sign", help="sign a bundle, or the folder of a run and its bundle")
    sign.add_argument("bundle", type=Path)
    sign.add_argument("--key", metavar="PRIVATE", required=True, help="private key: file or name")
    keys = commands.add_parser("keys", help="make a pair of keys to sign bundles with, kept for this user")
    keys.add_argument("name")


def _verify(chosen: argparse.Namespace) -> int:
    from toantrinh.bundle.commands import verify_bundle

    return verify_bundle(chosen.bundle, chosen.key)


def _sign(chosen: argparse.Namespace) -> int:
    from toantrinh.bundle.commands import sign_bundle

    return sign_bundle(chosen.bundle, chosen.key)


def _keys(chosen: argparse.Namespace) -> int:
    from toantrinh.bundle.commands import make_keys

    return make_keys(chosen.name)


def _add_changes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    changes = commands.add_parser("diff", help="what was mended and what broke between two runs of a system")
    changes.add_argument("before", type=Path, help="folder of a run, its .zip, or a scorecard.json")
    changes.add_argument("after", type=Path)
    changes.add_argument("--format", choices=("text", "markdown", "json"), default="text", help="(text)")
    changes.add_argument("--out", type=Path, metavar="FILE", help="write it there instead of printing it")
    changes.add_argument("--fail-on", metavar="WHAT", help="exit status 1 on: new, any, or grade:B (a lower grade)")
    badge = commands.add_parser("badge", help="score and grade of a run as a picture (SVG)")
    badge.add_argument("run", type=Path, help="folder of a run, its .zip, or a scorecard.json")
    badge.add_argument("--out", type=Path, metavar="FILE", help="write it there instead of printing it")


def _add_paper(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    printed = commands.add_parser("pdf", help="print the scorecard of a run: tagged PDF with bookmarks")
    printed.add_argument("run", type=Path, help="folder of a run, or its .zip")
    printed.add_argument("--out", type=Path, metavar="FILE", help="write it there instead of beside the run")
    printed.add_argument("--browser-path", metavar="PATH", help="path of the browser that prints")


def _diff(chosen: argparse.Namespace) -> int:
    from toantrinh.changes.commands import diff

    return diff(chosen)


def _badge(chosen: argparse.Namespace) -> int:
    from toantrinh.changes.commands import badge_of

    return badge_of(chosen)


def _pdf(chosen: argparse.Namespace) -> int:
    from toantrinh.reports.paper import pdf_command

    return pdf_command(chosen)


def _add_decisions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    explain = commands.add_parser("explain", help="explain findings of the latest run that are no fault of the system")
    review = commands.add_parser("review", help="decide what of the latest run needs a person; accept explanations")
    for one in (explain, review):
        one.add_argument("system", help="name or file of the system")
        one.add_argument("--reports-dir", type=Path, default=Path("reports"), metavar="DIR", help="where runs are left")
        one.add_argument("--list", action="store_true", help="say what is open, ask nothing")
        one.add_argument("--open", action="store_true", help="open the pictures of each finding")


def _explain(chosen: argparse.Namespace) -> int:
    from toantrinh.decisions.commands import explain

    return explain(chosen)


def _review(chosen: argparse.Namespace) -> int:
    from toantrinh.decisions.commands import review

    return review(chosen)


def _probe(chosen: argparse.Namespace) -> int:
    from toantrinh.probing.commands import probe

    return probe(chosen)


def _check(chosen: argparse.Namespace) -> int:
    from toantrinh.probing.commands import check

    return check(chosen)


def _login(chosen: argparse.Namespace) -> int:
    from toantrinh.probing.commands import login

    return login(chosen)


def _refresh_advisories(chosen: argparse.Namespace) -> int:
    from toantrinh.advisories.refreshing import refresh

    for line in refresh(chosen.file, chosen.out, write=not chosen.dry_run):
        print(line)
    return 0


def _seen_from_here(options: Sequence[str]) -> list[str]:
    """The options with paths made absolute: pytest runs where the suites are, the person may be elsewhere."""
    seen, name = [], ""
    for word in options:
        given, joint, value = word.partition("=")
        if joint and given in PATHS:
            word = f"{given}={_absolute(given, value)}"
        elif name in PATHS:
            word = _absolute(name, word)
        name = word
        seen.append(word)
    return seen


def _absolute(option: str, value: str) -> str:
    path = Path(value).expanduser()
    return str(path.absolute()) if option == "--reports-dir" or path.exists() else value


def _systems(_: argparse.Namespace) -> int:
    from toantrinh.systems import load_system, system_names

    for name in system_names():
        system = load_system(name)
        print(f"{name:24} {system.kind:10} {system.base_url:40} {system.name}")
    return 0


def _show(chosen: argparse.Namespace) -> int:
    from toantrinh.systems import load_system

    system = load_system(chosen.system)
    print(
        f"{system.id}: {system.name}\n  address       {system.base_url}\n"
        f"  hosts         {', '.join(sorted(system.allowed_hosts))}"
    )
    for action in ("submit", "load", "intrusive"):
        reason = system.why_not(action)
        print(f"  {action:13} {reason or 'allowed'}")
    verified = system.verified
    print(
        f"  verified      {f'{verified.by}, {verified.date}' if verified else 'no: absence is never held against it'}"
    )
    print(f"  accounts      {', '.join(system.accounts) or 'none: steps behind the log-in stay not-tested'}")
    for service in system.services:
        print(f"  service       {service.code} {service.name} ({service.declared})")
    return 0


def _validate(chosen: argparse.Namespace) -> int:
    if chosen.file.suffix in (".yaml", ".yml"):
        from toantrinh.systems import load_system

        system = load_system(str(chosen.file))
        print(f"{chosen.file}: sound, {system.id}, {len(system.services)} services")
        return 0
    from toantrinh.scorecard import validate_scorecard

    card = validate_scorecard(chosen.file)
    print(f"{chosen.file}: sound, {card.score.low:g}–{card.score.high:g} points, {card.grade.low}–{card.grade.high}")
    return 0


COMMANDS = {
    "systems": _systems,
    "show": _show,
    "validate": _validate,
    "probe": _probe,
    "check": _check,
    "login": _login,
    "explain": _explain,
    "review": _review,
    "refresh-advisories": _refresh_advisories,
    "verify": _verify,
    "sign": _sign,
    "keys": _keys,
    "diff": _diff,
    "badge": _badge,
    "pdf": _pdf,
}
