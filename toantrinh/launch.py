"""Starts a system on this machine when its address does not answer and its file says how."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from toantrinh.address import Answer, probe_address
from toantrinh.mistakes import UserMistake
from toantrinh.places import shown
from toantrinh.system_model import Start, System

__all__ = ["Launched", "ensure_up", "probe_address"]

_POLL_S = 0.15
_STOP_S = 4.0
_HOUSE = Path(__file__).resolve().parent.parent  # `-m portal` is found from here


@dataclass(frozen=True)
class Launched:
    """A system that we have started. `ready` is what it said of itself in its JSON line (empty when it said nothing).

    It ends when `stop()` is called, and by itself when this process dies, whatever way: its standard input closes then.
    """

    process: subprocess.Popen[bytes] = field(repr=False)
    ready: dict[str, Any]
    log: Path

    @property
    def pid(self) -> int:
        """Process id of the started program."""
        return self.process.pid

    def stop(self) -> None:
        """Ends it: first by closing its standard input, then firmly. Harmless when it has ended already."""
        atexit.unregister(self.stop)
        _end(self.process)


def ensure_up(system: System, run_data_dir: Path, *, timeout_s: float = 10) -> Launched | None:
    """Makes sure that the system's address answers; what was started for it, or None when it was up already.

    The program's messages go to `run_data_dir`/start.log. Raises UserMistake when the address does not answer, answers
    with a server error, or the program dies or is not ready in time (with its last words).
    """
    answer = probe_address(system.base_url, timeout_s=timeout_s)
    if answer.kind == "error-page" and (answer.status or 0) >= 500:
        raise UserMistake(f"{answer}.", system.base_url, "Mend it or try again later: an error page is not judged.")
    if answer.is_up:
        return None
    if system.start is None or not system.is_loopback or answer.kind != "refused":
        raise UserMistake(f"{answer}.", system.base_url, _advice(system, answer))
    return _launched(system, system.start, run_data_dir)


def _advice(system: System, answer: Answer) -> str:
    if answer.kind == "no-http":
        return "Free the port or give another address with --base-url."
    if answer.kind == "refused" and system.is_loopback:
        return "Start it, add start: to its file, or give its address with --base-url."
    return "Check the address and the network, or give another one with --base-url."


def _launched(system: System, start: Start, data: Path) -> Launched:
    where = f"{system.id}: start"
    try:
        data.mkdir(parents=True, exist_ok=True)
        log = data / "start.log"
        sink = log.open("wb")
    except OSError as error:
        raise UserMistake(f"{shown(data)} cannot be written ({error.strerror}).", where) from None
    command = [_filled(part, system, data) for part in start.command]
    lines: queue.Queue[dict[str, Any]] = queue.Queue()
    with sink:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=sink,
                env={**os.environ, "PYTHONPATH": _with_house(os.environ.get("PYTHONPATH")), "PYTHONUNBUFFERED": "1"},
                **_own_group(),
            )
        except OSError as error:
            raise UserMistake(f"{command[0]} cannot be started ({error.strerror}).", where) from None
    assert process.stdout is not None
    threading.Thread(target=_listen, args=(process.stdout, lines), daemon=True, name="start-output").start()
    try:
        ready = _wait(process, system, start, lines, log)
    except BaseException:
        _end(process)
        raise
    launched = Launched(process, ready, log)
    atexit.register(launched.stop)
    return launched


def _wait(
    process: subprocess.Popen[bytes], system: System, start: Start, lines: queue.Queue[dict[str, Any]], log: Path
) -> dict[str, Any]:
    """What the program said when it was ready. A program that says nothing is ready when its address answers."""
    where = f"{system.id}: start"
    deadline = time.monotonic() + start.timeout_s
    while True:
        with contextlib.suppress(queue.Empty):
            return lines.get(timeout=_POLL_S)
        status = process.poll()
        if status is not None:
            raise UserMistake(
                f"the program ended with status {status} before it was ready: {_last_words(log)}", where,
                f"(all of it: {shown(log)})",
            )  # fmt: skip
        if probe_address(system.base_url, timeout_s=1).is_up:
            with contextlib.suppress(queue.Empty):
                return lines.get(timeout=1)
            return {}
        if time.monotonic() > deadline:
            raise UserMistake(
                f"{system.base_url} did not answer within {start.timeout_s:g} s: {_last_words(log)}", where,
                f"Raise timeout_s, or see {shown(log)}",
            )  # fmt: skip


def _listen(stream: IO[bytes], lines: queue.Queue[dict[str, Any]]) -> None:
    """Reads to the end, so that the program never blocks on a full pipe."""
    with contextlib.suppress(OSError, ValueError):
        for line in stream:
            with contextlib.suppress(ValueError):
                said = json.loads(line)
                if isinstance(said, dict) and said.get("ready") is True:
                    lines.put(said)


def _last_words(log: Path) -> str:
    try:
        text = log.read_bytes()[-4000:].decode("utf-8", "replace")
    except OSError:
        text = ""
    words = [line.strip() for line in text.splitlines() if line.strip()][-3:]
    return " | ".join(words) or "it said nothing."


def _filled(part: str, system: System, data: Path) -> str:
    parts = urlsplit(system.base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return part.replace("{python}", sys.executable).replace("{port}", str(port)).replace("{data}", str(data.resolve()))


def _with_house(python_path: str | None) -> str:
    return os.pathsep.join([*([python_path] if python_path else []), str(_HOUSE)])


def _own_group() -> dict[str, Any]:
    """Ctrl-C at our terminal is for us: we end the program when what was observed is safe."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.close()
    for firmly in (None, "terminate", "kill"):
        if firmly:
            _signal(process, firmly)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1.0 if firmly is None else _STOP_S)
            break
    if process.stdout:
        with contextlib.suppress(OSError):
            process.stdout.close()


def _signal(process: subprocess.Popen[bytes], how: str) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill() if how == "kill" else process.terminate()
        else:
            os.killpg(process.pid, signal.SIGKILL if how == "kill" else signal.SIGTERM)
