"""Kinds of vendors that several tests meet, and the five checks."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from flask import Response, redirect
from flask.typing import ResponseReturnValue
from PIL import Image

from fixtures.uploads import UploadsSeen
from suites.security import test_4_5_uploads as suite
from tests.uploads.vendors import Kept, Vendor, named_line

Check = Callable[[UploadsSeen], None]
DISGUISED = suite.test_disguised_executables_are_refused
SCRIPT = suite.test_script_bearing_uploads_are_harmless
HARMFUL = suite.test_harmful_uploads_are_refused
NAMES = suite.test_file_names_are_held
DOWNLOADS = suite.test_downloads_are_safe


class Renaming(Vendor):
    """Refuses with a page that is loaded again, keeps under names of its own."""

    def refusal(self, kept: Kept) -> str:
        return "" if kept.content.startswith(b"%PDF-") else "Tệp không đúng loại"

    def take(self, kept: Kept) -> ResponseReturnValue:
        if why := self.refusal(kept):
            self.said = f"<p role=alert>{why}</p>"
            return redirect("/giay-to", 303)
        self.said = ""
        return super().take(kept)

    def look(self) -> ResponseReturnValue:
        return self.page(getattr(self, "said", ""))


class Open(Vendor):
    """Takes whatever comes and shows it by the name it came with."""

    def refusal(self, kept: Kept) -> str:
        return ""

    def line(self, key: str, kept: Kept) -> str:
        return named_line(key, kept)


class ElsewhereHost(Open):
    """Gives all files out from a host of its own, which no file of ours names."""

    def line(self, key: str, kept: Kept) -> str:
        return f'<li><a href="http://tep.vendor.invalid/{key}">{html.escape(kept.name)}</a></li>'


class AsBytes(Open):
    """Gives all files out as bytes to be saved, under a safe name."""


@dataclass
class ReEncoding(Vendor):
    """Draws every picture anew, and takes what claims to be one for a picture."""

    accept: str = ".jpg,.png"

    def refusal(self, kept: Kept) -> str:
        return "" if kept.content.startswith(b"\xff\xd8\xff") or b"<svg" in kept.content else "Tệp không đúng loại"

    def give(self, key: str) -> ResponseReturnValue:
        out = io.BytesIO()
        Image.new("RGB", (40, 40), "white").save(out, "JPEG")
        headers = {"X-Content-Type-Options": "nosniff"}
        return Response(out.getvalue(), content_type="image/jpeg", headers=headers)


def inline(kept: Kept, media: str, **headers: str) -> Response:
    return Response(kept.content, content_type=media, headers={"X-Content-Type-Options": "nosniff", **headers})


class Shown(Open):
    """Shows every file in the browser by its extension."""

    headers: ClassVar[dict[str, str]] = {}

    def give(self, key: str) -> ResponseReturnValue:
        end = self.files[key].name.rsplit(".", 1)[-1]
        known = {"svg": "image/svg+xml", "html": "text/html", "pdf": "application/pdf"}
        return inline(self.files[key], known.get(end, "application/octet-stream"), **self.headers)


class Sandboxed(Shown):
    headers: ClassVar[dict[str, str]] = {"Content-Security-Policy": "sandbox"}
