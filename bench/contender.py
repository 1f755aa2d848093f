"""A visitor in a process of its own, and the account of its pages."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.figures import ENVIRONMENT, HOUSE
from bench.memory import Peak, taken

LIMIT_S = 600


class Contender:
    """What one visitor took (see `bench.visitor`): seconds of each page, processor time, memory, seconds by look."""

    def __init__(self, name: str, kind: str, address: str, folder: Path) -> None:
        command = [sys.executable, "-m", "bench.visitor", kind, address, str(folder)]
        self.name = name
        self.seconds, self.looks = list[float](), defaultdict[str, list[float]](list)
        self.cpu_s = self.peak_bytes = 0.0
        self._process = subprocess.Popen(
            command, cwd=HOUSE, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Contender:
        self.answer()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def warm_up(self, address: str) -> None:
        """One visit that does not count."""
        self.ask(warm_up=address)
        self.answer()

    def visit(self, address: str) -> None:
        """One page, from a fresh context to its end."""
        before = taken(self._process.pid)[1]
        self.ask(visit=address)
        said = self.answer()
        self.cpu_s += taken(self._process.pid)[1] - before
        self.seconds.append(said["seconds"])
        for subject, seconds in said["looks"].items():
            self.looks[subject].append(seconds)

    def ask(self, **asked: Any) -> None:
        """Sends a line."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """The next line that it says. Raises SystemExit when it ends instead, or says nothing for ten minutes."""
        assert self._process.stdout
        bell = threading.Timer(LIMIT_S, self._process.kill)
        bell.start()
        with Peak(self._process.pid) as peak:
            line = self._process.stdout.readline()
        bell.cancel()
        self.peak_bytes = max(self.peak_bytes, peak.bytes)
        if not line:
            raise SystemExit(f"{self.name}: the visitor ended without an answer (what it said stands above)")
        said: dict[str, Any] = json.loads(line)
        return said
