"""What a page sends with files, and whether a script of ours has run: told by the browser while the files are tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.observers.uploads.contents import CALLED

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Request

LISTENS = (Path(__file__).parent / "hearing.js").read_text(encoding="utf-8")
TELLS = "toantrinhGui"
KEPT_HEADERS = ("accept", "origin", "referer", "authorization")  # besides those that begin with x-
MOST = 60  # notes of each kind


@dataclass(frozen=True)
class FileSent:
    """What a page sent with files. `fields`: text fields in order; `files`: field → name of its file; `headers`: those
    that a script gave it."""

    address: str
    method: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ran:
    """A script of ours that ran: in which document, and in which origin ("null" in a sandbox)."""

    token: str
    address: str
    origin: str


class Ear:
    """Hears one browser context. Its documents are heard from their next navigation on."""

    def __init__(self, context: BrowserContext) -> None:
        self.sent: list[FileSent] = []
        self.ran: list[Ran] = []
        self._heads: list[tuple[str, str, Mapping[str, str]]] = []
        context.expose_binding(TELLS, self._hear)
        hear_runs(context, self.ran)
        context.add_init_script(LISTENS)
        context.on("request", self._note)

    def ran_here(self, token: str) -> bool:
        """True when the script of this token ran in a page of an own origin: in no sandbox, and in no preview that the
        page made of the file before it was sent (`blob:`, `data:`)."""
        return any(
            one.token == token and one.origin not in ("", "null") and one.address.startswith("http") for one in self.ran
        )

    def of(self, token: str) -> FileSent | None:
        """The last request that carried the file of this token, with its headers."""
        found = next((one for one in reversed(self.sent) if any(token in name for _, name in one.files)), None)
        if found is None:
            return None
        bare = found.address.split("#")[0]
        heads = (known for address, method, known in reversed(self._heads) if (address, method) == (bare, found.method))
        return FileSent(found.address, found.method, found.fields, found.files, next(heads, {}))

    def _note(self, request: Request) -> None:
        if request.method not in ("POST", "PUT", "PATCH"):
            return
        kept = {
            name: value
            for name, value in request.headers.items()
            if name in KEPT_HEADERS or (name.startswith("x-") and not name.startswith("x-client"))
        }
        self._heads = [*self._heads[-MOST:], (request.url, request.method, kept)]

    def _hear(self, source: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        if len(self.sent) >= MOST or not isinstance(told, dict):
            return
        rows = [one for one in told.get("fields", ()) if isinstance(one, dict)]
        fields = tuple((str(one["name"]), str(one["value"])) for one in rows if "value" in one)
        files = tuple((str(one["name"]), str(one["file"])) for one in rows if "file" in one and one.get("size"))
        self.sent.append(FileSent(str(told.get("address", "")), str(told.get("method", "")), fields, files))


def hear_runs(context: BrowserContext, ran: list[Ran]) -> None:
    """Writes down in `ran` every script of ours that runs in this context."""

    def called(source: Mapping[str, Any], token: object = "", origin: object = "") -> None:
        if len(ran) < MOST:
            ran.append(Ran(str(token), source["frame"].url, str(origin)))

    context.expose_binding(CALLED, called)
