"""How gently a system is visited: pauses that grow when it slows or refuses, and leaving it alone when it insists.

All processes of a run share what the system said, in one small file per address.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock

from toantrinh.driver.endings import Fault, Unreached
from toantrinh.store import write_whole
from toantrinh.system_model import is_loopback

REFUSALS = (429, 503)
MOST_REFUSALS = 4
MOST_SILENCES = 3
FIRST_PAUSE_S = 2.0  # doubled with every refusal in a row
MOST_WAIT_S = 120.0  # a system that asks for more than this is left alone
SLOW_S = 3.0  # an answer that takes longer lengthens the next pause by what it took longer
MOST_SLOW_PAUSE_S = 10.0
LEFT_ALONE = ": không truy cập nữa trong lần chạy này"


@dataclass(frozen=True)
class Standing:
    """What the system has shown lately: refusals and silences in a row, when it may be asked again (seconds since
    1970), and why it is left alone (empty: it is not)."""

    refusals: int = 0
    silences: int = 0
    not_before: float = 0.0
    closed: str = ""


class Pace:
    """The pace at one address (host and port). `folder`: shared by the processes of the run; None: this one alone."""

    def __init__(self, address: str, pause_ms: float = 0, folder: Path | None = None) -> None:
        self.netloc = urlsplit(address).netloc or address
        self._pause_s = pause_ms / 1000
        self._spares = not is_loopback(address)  # this machine is slow for reasons of its own
        name = re.sub(r"[^\w.-]+", "_", self.netloc)
        self._file = folder / f"pace-{name}.json" if folder else None
        self._own = Standing()
        self._last = self._slow = 0.0

    def turn(self, wait: Callable[[float], None]) -> None:
        """Waits (`wait` takes ms) until the next page may be asked for. Raises Unreached when it must not be at all."""
        standing = self._read()
        if standing.closed:
            raise Unreached(Fault.HELD_OFF, standing.closed)
        left = max(
            self._last + self._pause_s + self._slow - time.monotonic(),
            min(standing.not_before - time.time(), MOST_WAIT_S),
        )
        if left > 0:
            wait(left * 1000)
        self._last = time.monotonic()

    def answered(self, took_s: float) -> None:
        """The system answered, after so many seconds."""
        self._slow = min(max(0.0, took_s - SLOW_S), MOST_SLOW_PAUSE_S) if self._spares else 0.0
        if self._read() != Standing():
            self._change(lambda was: was if was.closed else Standing())

    def refused(self, status: int, retry_after: str | None = None, *, counts: bool = True) -> None:
        """The system said 429 or 503, perhaps with the time after which it wants to be asked again.

        Four in a row, and it is left alone; what does not count only lengthens the next pause.
        """
        asked = seconds_of(retry_after)

        def change(was: Standing) -> Standing:
            refusals = was.refusals + counts
            pause = max(asked or 0.0, FIRST_PAUSE_S * 2 ** max(0, refusals - 1))
            closed = was.closed
            if asked is not None and asked > MOST_WAIT_S:
                closed = f"{self.netloc} trả {status} và yêu cầu đợi {asked:.0f} giây{LEFT_ALONE}"
            elif refusals >= MOST_REFUSALS:
                closed = f"{self.netloc} trả {status} {refusals} lần liền{LEFT_ALONE}"
            return replace(was, refusals=refusals, not_before=time.time() + pause, closed=closed)

        self._change(change)

    def silent(self, why: str) -> None:
        """The system did not answer."""

        def change(was: Standing) -> Standing:
            silences = was.silences + 1
            said = f"{self.netloc} không trả lời {silences} lần liền ({why}){LEFT_ALONE}"
            return replace(was, silences=silences, closed=was.closed or (said if silences >= MOST_SILENCES else ""))

        self._change(change)

    def _read(self) -> Standing:
        if self._file is None:
            return self._own
        try:
            return Standing(**json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Standing()

    def _change(self, change: Callable[[Standing], Standing]) -> None:
        if self._file is None:
            self._own = change(self._own)
            return
        with FileLock(self._file.with_suffix(".lock"), timeout=10):
            write_whole(self._file, json.dumps(asdict(change(self._read()))).encode())


def seconds_of(retry_after: str | None) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3): a number, or a date. None when it says nothing."""
    said = (retry_after or "").strip()
    if said.isdigit():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    now = datetime.now(UTC)
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now.timestamp())


def pause(ms: float) -> None:
    """Lets so many milliseconds pass where no browser is open that could wait: politeness has no condition to await."""
    threading.Event().wait(ms / 1000)


_shared: Path | None = None
_paces: dict[str, Pace] = {}


def share(folder: Path, *, afresh: bool) -> None:
    """From now on this process keeps its paces in `folder`, with the other processes of the run. `afresh` forgets what
    an earlier start of the run was told."""
    global _shared
    _shared = folder
    _paces.clear()
    folder.mkdir(parents=True, exist_ok=True)
    if afresh:
        for file in folder.glob("pace-*.json"):
            file.unlink(missing_ok=True)


def pace_of(address: str, pause_ms: float) -> Pace:
    """This process's pace at an address: the same one each time."""
    netloc = urlsplit(address).netloc
    if netloc not in _paces:
        _paces[netloc] = Pace(address, pause_ms, _shared)
    return _paces[netloc]
