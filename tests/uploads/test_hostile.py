"""Systems that ban, drop, say yes to everything or never end: named, and never accused."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Response, redirect
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from tests.prober.conftest import Serve, serve
from tests.prober.scripted import Heard, Said
from tests.session_security.conftest import verdict_of
from tests.uploads.kinds import (
    DISGUISED,
    SCRIPT,
    Open,
)
from tests.uploads.vendors import PAGE, Kept, Vendor, round_at, visited
from toantrinh.verdicts import Verdict

__all__ = ["serve"]


@dataclass
class Banning(Vendor):
    """Bans whoever sends a bad file: from then on everybody is refused."""

    banned: bool = False

    def take(self, kept: Kept) -> ResponseReturnValue:
        self.banned = self.banned or bool(self.refusal(kept))
        return self.page("<p role=alert>Tệp không đúng loại</p>") if self.banned else super().take(kept)


class SaysYes(Vendor):
    """Answers 200 and “Đã nhận” to everything, and has nothing."""

    def take(self, kept: Kept) -> ResponseReturnValue:
        return self.page("<p role=status>Đã nhận.</p>")


class Dropping(Open):
    """Takes files, and gives them back without end, or in a circle."""

    def give(self, key: str) -> ResponseReturnValue:
        if self.files[key].name.endswith("svg"):
            return redirect(f"/tep/{key}", 302)

        def forever():  # type: ignore[no-untyped-def]
            until = time.monotonic() + 20
            while time.monotonic() < until:
                yield b"x" * 65536

        return Response(forever(), content_type="application/pdf")


@pytest.mark.parametrize(
    ("vendor", "keys", "verdicts"),
    [
        (Banning(), ("double-extension", "program-as-document"), {Verdict.NOT_TESTED}),
        (SaysYes(), ("double-extension",), {Verdict.NEEDS_REVIEW, Verdict.NOT_TESTED}),
        (Dropping(), ("program-as-document", "svg"), {Verdict.NEEDS_REVIEW}),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Vendor) else "",
)
def test_systems_that_ban_say_yes_or_never_end_are_not_accused(
    vendor: Vendor, keys: tuple[str, ...], verdicts: set[Verdict],
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with visited(chromium, vendor, tmp_path, monkeypatch, *keys) as record:
        said = [verdict_of(DISGUISED, record)]
        if "svg" in keys:
            said.append(verdict_of(SCRIPT, record))
    assert {verdict for verdict, _ in said} <= verdicts, said


def test_a_connection_that_breaks_on_a_file_is_named_and_no_accusation(
    serve: Serve, chromium: Browser, tmp_path: Path
) -> None:
    page = PAGE.format(said="", accept=".pdf", script="", files="{files}")
    kept: list[str] = []

    def answer(heard: Heard) -> Said:
        if heard.method == "GET":
            files = "".join(f'<li><a href="/tep/{name}">{name}</a></li>' for name in kept)
            return Said(200, page.replace("{files}", files) if heard.path == "/giay-to" else "%PDF-1")
        if b"%PDF-" not in heard.body:
            return Said(act="drop")
        kept[:] = re.findall(r'filename="(?:[^"]*/)?(\w+)', heard.body.decode("utf-8", "replace"))
        return Said(303, "", (("Location", "/giay-to"),))

    with round_at(chromium, serve(answer).address, tmp_path) as record:
        said = [verdict_of(check, record) for check in (DISGUISED, SCRIPT)]
    assert record.data.before and record.data.before.accepted
    assert [verdict for verdict, _ in said] == [Verdict.NOT_TESTED, Verdict.NOT_TESTED], said
    assert "chưa thử được chương trình hai phần mở rộng" in said[0][1]
    assert "3 tệp liền nhau không gửi được" in said[1][1]
