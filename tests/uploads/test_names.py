"""Names of files: judged by what becomes of them, not by how strange they are."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from flask import redirect
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser

from tests.session_security.conftest import verdict_of
from tests.uploads.kinds import (
    NAMES,
    Open,
)
from tests.uploads.vendors import Kept, Vendor, visited
from toantrinh.verdicts import Verdict


class RawName(Open):
    def line(self, key: str, kept: Kept) -> str:
        return f'<li><a href="/tep/{key}">{kept.name}</a></li>'


class InAttribute(Open):
    """Repeats the name where it can do nothing: in an attribute that is quoted, and in a comment."""

    def refusal(self, kept: Kept) -> str:
        return Vendor.refusal(self, kept)

    def line(self, key: str, kept: Kept) -> str:
        name = html.escape(kept.name)
        return f'<li><!-- {name} --><a href="/tep/{key}" title="{name}">{name}</a></li>'


class ByPath(Open):
    """Its folder of the dossier is left by `..`, as its web server resolves it."""

    def take(self, kept: Kept) -> ResponseReturnValue:
        up = kept.name.startswith("../")
        self.files = {f"{kept.name[3:] if up else '81/' + kept.name.split('/')[-1]}": kept}
        return redirect("/giay-to", 303)


class Breaking(Vendor):
    def take(self, kept: Kept) -> ResponseReturnValue:
        return ("Lỗi máy chủ", 500) if len(kept.name) > 255 else super().take(kept)


@pytest.mark.parametrize(
    ("vendor", "key", "expected", "words"),
    [
        (RawName(), "markup", Verdict.FAIL, "trở thành phần tử của trang"),
        (InAttribute(), "markup", Verdict.PASS, ""),
        (ByPath(), "path-up", Verdict.FAIL, "tệp nằm ở /tep, ngoài /tep/81"),
        (Open(), "path-up", Verdict.NEEDS_REVIEW, "trang hiện “../kt"),
        (Breaking(), "long", Verdict.NEEDS_REVIEW, "máy chủ lỗi 500"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Vendor) else "",
)
def test_names_are_judged_by_what_becomes_of_them(
    vendor: Vendor, key: str, expected: Verdict, words: str,
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with visited(chromium, vendor, tmp_path, monkeypatch, key) as record:
        verdict, said = verdict_of(NAMES, record)
    assert (verdict, words in said) == (expected, True), said
