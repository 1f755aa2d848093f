"""The secrets of a run, from whoever had them: the system's file, the portal's own side, and what was overheard.

Not among them is what the run may show: the invented person whom the system's file describes as test data (name,
telephone, e-mail, address; not the number, which is also the account's name), codes of dossiers, the name of a captcha's
picture, a wrong password made up for the test, and the number of a log-in under way that the identity provider writes
into the path of its own page: it is spent with that log-in, and worth nothing without a cookie, which is among them.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from toantrinh.system_model import System

LONG = re.compile(r"\S{8,}")  # a shorter cookie or parameter is a setting or a word, such as `paid`
NO_SECRETS = re.compile(r"\d\.\d{6}|paid|cancelled|failed|pending")  # a service's code; states of a payment
NO_SECRET_NAMES = ("dinh_danh_xong", "thu_thach")
MADE_UP = ("Sai-mat-khau-2026",)
PIN_FIELDS = ("ma_pin", "pin")


class Held(NamedTuple):
    """A secret, and what it is."""

    what: str
    value: str


def of_system_file(system: System) -> Iterator[Held]:
    """What the file refers to: account names, passwords, PINs, secrets of one-time codes, the captcha's answer."""
    for reference in system.references():
        yield Held("hồ sơ hệ thống", reference.partition(":")[2])


def of_portal(data: Path) -> Iterator[Held]:
    """What the portal keeps: its keys, digests of passwords and sessions, and the people who are nobody's test data."""
    for name, value in json.loads((data / "secrets.json").read_text(encoding="utf-8")).items():
        yield Held(f"secrets.json {name}", value)
    for path in sorted((data / "keys").glob("*")):
        text = path.read_text(encoding="utf-8")
        if "PRIVATE KEY" in text:
            yield from (Held(f"khóa {path.name}", line) for line in text.splitlines()[1:-1] if len(line) > 40)
    with contextlib.closing(sqlite3.connect(data / "portal.sqlite3", timeout=20)) as database:
        for query, what in DIGESTS.items():
            yield from (Held(what, str(value)) for (value,) in database.execute(query) if value)
        for (text,) in database.execute("select data from web_sessions"):
            kept = json.loads(text)
            yield from (Held(f"phiên: {name}", kept[name]) for name in ("csrf", "id_token") if name in kept)


DIGESTS = {
    "select id from web_sessions": "số băm của phiên",
    "select password_hash from officers": "số băm mật khẩu",
    "select pin_hash from citizens": "số băm mã PIN",
}


def of_strangers(data: Path, system: System) -> Iterator[Held]:
    """Numbers, telephones and addresses of citizens whom the system's file does not describe."""
    known = {account.person.cccd for account in system.accounts.values() if account.person}
    with contextlib.closing(sqlite3.connect(data / "portal.sqlite3", timeout=20)) as database:
        rows = database.execute("select cccd, phone, email from citizens").fetchall()
    for number, *others in rows:
        if number not in known:
            yield from (Held("số của người khác", value) for value in (number, *others) if value)


def overheard(heard: Path) -> Iterator[Held]:
    """Cookies that were really issued, codes and passwords really typed, tokens and OpenID values really passed."""
    for line in heard.read_text(encoding="utf-8").splitlines():
        kind, name, value = json.loads(line)
        if name in NO_SECRET_NAMES or value in MADE_UP:
            continue
        if kind == "typed" or name in PIN_FIELDS:
            yield Held(f"đã gõ: {name}", value)
        elif kind != "field" and LONG.fullmatch(value) and not NO_SECRETS.fullmatch(value):
            yield Held(f"{kind}: {name}", value)
