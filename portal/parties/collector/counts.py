"""What the collector counts: page views and service events per site, dossiers told by servers, and the last beacons."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from portal.clock import now

KEEP = 5000  # beacons and dossiers that are kept word for word
LONGEST = 2000  # characters of one field

VIEW, EVENT, LINK, DOWNLOAD, OTHER = "view", "dvc", "link", "download", "other"
KINDS = (VIEW, EVENT, LINK, DOWNLOAD)


@dataclass(frozen=True)
class Beacon:
    """One beacon as it came in. `number` grows by one; `code` and `what` belong to service events."""

    number: int
    at: datetime
    method: str
    site: str
    kind: str
    url: str
    title: str
    code: str = ""
    what: str = ""
    random: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


class Counts:
    """Thread-safe; everything is lost at the end of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Forget everything; the numbers of beacons go on."""
        with self._lock:
            self._next = getattr(self, "_next", 1)
            self._views: Counter[str] = Counter()
            self._events: Counter[tuple[str, str, str]] = Counter()
            self._others: Counter[tuple[str, str]] = Counter()
            self._beacons: deque[Beacon] = deque(maxlen=KEEP)
            self._dossiers: deque[dict[str, str]] = deque(maxlen=KEEP)

    def take(self, method: str, sent: Mapping[str, str]) -> Beacon:
        """Count one beacon."""
        fields = {name[:100]: value[:LONGEST] for name, value in sent.items()}
        kind = fields.get("kind", "")
        with self._lock:
            beacon = Beacon(
                number=self._next,
                at=now(),
                method=method,
                site=fields.get("idsite", ""),
                kind=kind if kind in KINDS else OTHER,
                url=fields.get("url", ""),
                title=fields.get("title", ""),
                code=fields.get("code", ""),
                what=fields.get("dvc", ""),
                random=fields.get("random", ""),
                fields=fields,
            )
            self._next += 1
            self._beacons.append(beacon)
            if beacon.kind == VIEW:
                self._views[beacon.site] += 1
            elif beacon.kind == EVENT:
                self._events[beacon.site, beacon.code, beacon.what] += 1
            else:
                self._others[beacon.site, beacon.kind] += 1
        return beacon

    def take_dossier(self, sent: Mapping[str, str]) -> None:
        """Keep one dossier that a server told of (FIELD.md §3, `TrackingMCDT`)."""
        with self._lock:
            self._dossiers.append({name: value[:LONGEST] for name, value in sent.items()})

    def figures(self, *, site: str = "", after: int = 0) -> dict[str, object]:
        """Everything as JSON can hold it: counts per site, and the beacons with a number above `after`."""
        with self._lock:
            names = {*self._views, *(key[0] for key in self._events), *(key[0] for key in self._others)}
            wanted = [name for name in sorted(names) if not site or name == site]
            return {
                "sites": {name: self._of_site(name) for name in wanted},
                "last": self._next - 1,
                "beacons": [
                    {**asdict(beacon), "at": beacon.at.isoformat()}
                    for beacon in self._beacons
                    if beacon.number > after and (not site or beacon.site == site)
                ],
                "dossiers": list(self._dossiers),
            }

    def _of_site(self, name: str) -> dict[str, object]:
        events: dict[str, dict[str, int]] = {}
        for (site, code, what), count in sorted(self._events.items()):
            if site == name:
                events.setdefault(code, {})[what] = count
        others = {kind: count for (site, kind), count in sorted(self._others.items()) if site == name}
        return {"page_views": self._views[name], "dvc": events, "others": others}
