"""Sessions that a person has logged in (`toantrinh login`): kept for this user alone, outside of every run's folder.

One file per system and account, 0600 in a folder 0700. It holds what a browser holds: cookies and local storage, and
the session storage of the system's own pages. Never shown, never part of a record; its values are redacted everywhere.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from toantrinh.mistakes import UserMistake
from toantrinh.system_model import System

SECRET = re.compile(r"\S{16,}")  # shorter values are settings, such as a language


@dataclass(frozen=True)
class Session:
    """A log-in of one account at one origin; `saved` is the moment (ISO 8601), `state` Playwright's storage state."""

    system: str
    account: str
    origin: str
    saved: str
    state: Mapping[str, Any] = field(repr=False)
    page_storage: Mapping[str, str] = field(default_factory=dict, repr=False)


def folder() -> Path:
    """Where this user's programs keep what is neither setting nor cache (XDG_STATE_HOME on Linux)."""
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return home / "toantrinh" / "sessions"


def path_of(system: System, account: str) -> Path:
    """Where the session of an account is kept."""
    return folder() / system.id / f"{account}.json"


def origin_of(system: System) -> str:
    """Scheme, host and port at which a session holds."""
    return "://".join(urlsplit(system.base_url)[:2])


def keep(system: System, session: Session) -> Path:
    """Writes a session for its owner alone; returns its path. Raises UserMistake when the disk refuses."""
    path = path_of(system, session.account)
    try:
        for level in (path.parent.parent.parent, path.parent.parent, path.parent):
            level.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.chmod(level, 0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")  # mkstemp lets nobody else read
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({name: getattr(session, name) for name in session.__dataclass_fields__}, file)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserMistake(f"the session cannot be kept ({error.strerror}).", str(path)) from None
    return path


def kept(system: System, account: str) -> Session | None:
    """The session of an account at this address, if one was stored; one that others may read is not used."""
    path = path_of(system, account)
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            return None
        session = Session(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return session if session.origin == origin_of(system) else None


def forget(system: System, account: str) -> bool:
    """Removes the session of an account; False when there was none."""
    path = path_of(system, account)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def secrets_of(system: System) -> Iterator[str]:
    """The values in this system's stored sessions that must never be shown: cookies and stored tokens."""
    for path in sorted((folder() / system.id).glob("*.json")):
        session = kept(system, path.stem)
        if session is None:
            continue
        values = [cookie.get("value", "") for cookie in session.state.get("cookies", ())]
        for origin in session.state.get("origins", ()):
            values += [entry.get("value", "") for entry in origin.get("localStorage", ())]
        values += session.page_storage.values()
        yield from (value for value in values if isinstance(value, str) and SECRET.fullmatch(value))
