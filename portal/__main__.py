"""`python -m portal`: starts the reference portal and its outside parties, and says where they are as one JSON line."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import NoReturn

MISTAKE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run until SIGTERM, SIGINT or (when asked) the end of standard input. Returns the exit status."""
    options = _parser().parse_args(arguments)
    from portal import defects, skins

    if options.defects == "list":
        _list_defects()
        return 0
    if options.skin == "list":
        _list_skins()
        return 0
    wanted_defects = frozenset(name.strip() for name in options.defects.split(",") if name.strip())
    try:
        defects.switch_on(wanted_defects)
        skins.check(options.skin)
    except (defects.UnknownDefect, skins.UnknownSkin) as mistake:
        return _mistake(str(mistake))
    if options.reset and not options.data:
        return _mistake("--reset empties a data folder: name it with --data.")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    data, temporary = _data_folder(options.data)
    try:
        return _run(options, data, wanted_defects, stop)
    finally:
        if temporary:
            shutil.rmtree(data, ignore_errors=True)


def _run(options: argparse.Namespace, data: Path, wanted_defects: frozenset[str], stop: threading.Event) -> int:
    from portal.server import ROLES, CannotServe, Running, Wanted

    ports = {role: options.port if role == "portal" else getattr(options, f"{role}_port") for role in ROLES}
    wanted = Wanted(
        ports=ports,
        data=data,
        tls=options.tls,
        reset=options.reset,
        captcha_answer=options.captcha_answer,
        defects=wanted_defects,
        http_port=options.http_port,
        skin=options.skin,
        idle_minutes=options.idle,
    )
    try:
        running = Running(wanted)
    except CannotServe as mistake:
        return _mistake(str(mistake))
    except OSError as fault:
        return _mistake(
            f"The data folder {data} cannot be used ({fault.strerror or fault}). Choose another with --data."
        )
    except Exception as fault:
        first_line = (str(fault).splitlines() or [type(fault).__name__])[0]
        return _mistake(
            f"The portal cannot start with the data in {data} ({first_line}). Empty it with --reset or choose another."
        )
    if not stop.is_set():
        _say_ready(running.addresses, data, running.ca_file, options.skin)
        running.warm_up()
    if options.until_stdin_closes:
        threading.Thread(target=_wait_for_end_of_input, args=(stop,), daemon=True).start()
    while not stop.wait(3600):
        pass
    running.stop()
    return 0


def _say_ready(addresses: dict[str, str], data: Path, ca_file: Path | None, skin: str) -> None:
    line = {"ready": True, **addresses, "skin": skin, "data": str(data), "pid": os.getpid()}
    if ca_file is not None:
        line["ca_file"] = str(ca_file)
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _wait_for_end_of_input(stop: threading.Event) -> None:
    try:
        while os.read(sys.stdin.fileno(), 4096):
            pass
    except (OSError, ValueError):
        pass  # a closed descriptor is the end of input too
    stop.set()


def _data_folder(named: str | None) -> tuple[Path, bool]:
    if named:
        return Path(named).expanduser().absolute(), False
    return Path(tempfile.mkdtemp(prefix="cong-sao-mai-")), True


def _list_defects() -> None:
    from portal.defects import REGISTRY

    for name, defect in sorted(REGISTRY.items()):
        doubt = " (needs-review)" if defect.for_a_person is True else ""
        caught_by = "look-alike: must cost nothing" if defect.is_lookalike else ", ".join(defect.checks)
        needs = f" (needs {defect.needs})" if defect.needs else ""
        print(f"{name:<40} {defect.title}  [{caught_by}]{doubt}{needs}")


def _list_skins() -> None:
    from portal.skins import titles

    for name, title in titles().items():
        print(f"{name:<12} {title}")


def _mistake(line: str) -> int:
    print(f"portal: {' '.join(line.split())}", file=sys.stderr)
    return MISTAKE


class _OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(_mistake(f"{message}. `python -m portal --help` shows the options."))


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(prog="python -m portal", description=(
        "The reference portal of a fictional province, with identity provider, payment gateway and EMC collector."
    ))  # fmt: skip

    def port(option: str, default: int, text: str) -> None:
        parser.add_argument(option, default=default, type=_port, metavar="N", help=text)

    port("--port", 8080, "the portal's port; 0 picks a free one (default 8080)")
    for role in ("identity", "gateway", "collector"):
        port(f"--{role}-port", 0, f"the {role}'s port (default: a free one)")
    port("--http-port", 0, "with --tls: the port that redirects to HTTPS (default: a free one)")
    parser.add_argument("--data", metavar="DIR", help="data folder (default: a temporary one, removed at the end)")
    parser.add_argument("--reset", action="store_true", help="empty the data folder first")
    parser.add_argument("--tls", action="store_true", help="serve HTTPS with a certificate made at start")
    parser.add_argument("--captcha-answer", metavar="TEXT", help="an answer that the captcha always takes")
    parser.add_argument("--defects", default="", metavar="A,B", help="switch defects on; 'list' names them all")
    parser.add_argument("--skin", default="modern", metavar="NAME", help="the portal's face; 'list' names them all")
    parser.add_argument(
        "--idle", default=30.0, type=_minutes, metavar="MIN", help="a session ends after so long unused: 30, or 90s"
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help="stop when standard input ends")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 0 to 65535")
    return int(text)


def _minutes(text: str) -> float:
    number, seconds = text.removesuffix("s"), text.endswith("s")
    try:
        minutes = float(number) / 60 if seconds else float(number)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= 1440:
        raise argparse.ArgumentTypeError(f"{text!r} is no time up to a day: minutes like 30, or seconds like 90s")
    return minutes


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # worker threads that still answer somebody must not keep the process alive
