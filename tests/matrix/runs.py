"""A judged run of the reference portal, as a person starts it: a portal of its own, the tester in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portal.defects.defect import Defect

HOUSE = Path(__file__).parents[2]
FREE = "1.000656"  # the procedure with the shortest way to its end
WITHIN_S, ENDS_S = 900, 30
PAGES_ALONE = str(Path(__file__).parent / "pages.yaml")
SYSTEMS = {  # by what the defect needs of the portal
    "": "demo",
    "--tls": "demo-tls",
    "--skin=spa": "demo-spa",
    "--skin=legacy": "demo-legacy",
    "--idle=8s": str(Path(__file__).parent / "idle.yaml"),
}


@dataclass(frozen=True)
class Setup:
    """How the portal is started, and the procedure that is tried; without one, its pages alone are looked at."""

    needs: str = ""
    service: str = FREE

    @property
    def name(self) -> str:
        """A name for files and words."""
        return f"{Path(self.system).stem}-{self.service or 'pages'}"

    @property
    def system(self) -> str:
        """The name or the path of the system file."""
        return SYSTEMS[self.needs] if self.service else PAGES_ALONE


def setup_of(defect: Defect) -> Setup:
    """Where the defect shows."""
    return Setup(defect.needs, defect.service or FREE)


@dataclass(frozen=True)
class Judged:
    """What a run said. `verdicts` and `messages` by check; `read`: keys of observations by check; `took_ms`: by key, what
    the observation took; `seconds`: the whole run with the portal's start; `log`: the end of what it printed.
    """

    verdicts: Mapping[str, str]
    messages: Mapping[str, str]
    read: Mapping[str, Collection[str]]
    took_ms: Mapping[str, float]
    seconds: float
    log: str

    def keep(self, path: Path) -> None:
        """Writes it down."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def kept(cls, path: Path) -> Judged | None:
        """What was written down, if it was."""
        return cls(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def judged(setup: Setup, defects: str, checks: Collection[str], folder: Path, workers: int = 0) -> Judged:
    """The portal with these defects (separated by commas), judged by these checks."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    notes, log, started = folder / "notes.json", folder / "log.txt", time.monotonic()
    with _portal(folder, *setup.needs.split(), *(["--defects", defects] if defects else [])) as ready:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.matrix.notes", f"--notes-to={notes}"]
        command += ["-p", "no:html", "-p", "no:cacheprovider", "-p", "no:fixtures.closing", "--looks=1", "--fresh"]
        command += [f"--system={setup.system}", f"--base-url={ready['portal']}"]
        command += [f"--service={setup.service}"] if setup.service else []
        command += [f"--reports-dir={folder / 'reports'}", *(f"--check={check}" for check in sorted(checks))]
        command += ["-n", str(workers)] if workers else []
        if "ca_file" in ready:
            command += [f"--ca-file={ready['ca_file']}", f"--http-port={ready['http'].rsplit(':', 1)[1]}"]
        with log.open("wb") as sink:
            _finish(command, sink)
    said = json.loads(notes.read_text(encoding="utf-8")) if notes.is_file() else {"said": [], "read": {}, "took_ms": {}}
    end = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:])
    shutil.rmtree(folder, ignore_errors=True)
    return Judged(
        {one["check"]: one["verdict"] for one in said["said"]},
        {one["check"]: " | ".join(filter(None, (one["message"], one["seen"]))) for one in said["said"]},
        said["read"],
        said["took_ms"],
        round(time.monotonic() - started, 1),
        end,
    )


def _finish(command: list[str], sink: Any) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    process = subprocess.Popen(command, cwd=HOUSE, env=kept, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
    try:
        process.wait(WITHIN_S)
    except subprocess.TimeoutExpired:
        process.terminate()  # the tester ends its browser
    finally:
        _end(process)


@contextmanager
def _portal(folder: Path, *options: str) -> Iterator[dict[str, Any]]:
    """What the portal says of itself when it is ready."""
    command = [sys.executable, "-m", "portal", "--port", "0", "--data", str(folder / "portal")]
    command += ["--captcha-answer", "KT26SM", "--until-stdin-closes", *options]
    process = subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        _end(process)
        process.stdout.close()


def _end(process: subprocess.Popen[Any]) -> None:
    try:
        process.wait(ENDS_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
