"""What the browser sent and was answered, from the archive that it writes (HTTP Archive 1.2), step by step.

The archive holds passwords and cookies: it is read and thrown away, never kept.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from toantrinh.load.weaving import Heard

TEXTS = ("text/html", "application/json", "text/plain", "application/xhtml+xml", "text/json")
LARGEST = 2 * 1024 * 1024  # characters of an answer
KINDS = ("document", "xhr", "fetch")


class Marks:
    """When each step began: a function for `on_step`, and the step of a moment."""

    def __init__(self) -> None:
        self._moments: list[tuple[float, str]] = []

    def __call__(self, step: str) -> None:
        """A step begins now."""
        self._moments.append((datetime.now().timestamp(), str(step)))

    def step_at(self, moment: float) -> str:
        """The step that was under way; the first one before any was."""
        return next((step for at, step in reversed(self._moments) if at <= moment), str(self._first()))

    def _first(self) -> str:
        return self._moments[0][1] if self._moments else ""


def heard_in(archive: Path, marks: Marks, hosts: Sequence[str]) -> Iterator[Heard]:
    """The pages and data that were asked for at these hosts, in order; files of pages are left out."""
    entries = json.loads(archive.read_text(encoding="utf-8"))["log"]["entries"]
    for entry in sorted(entries, key=lambda one: str(one["startedDateTime"])):
        request, response = entry["request"], entry["response"]
        if (urlsplit(request["url"]).hostname or "") not in hosts or response["status"] <= 0:
            continue
        if entry.get("_resourceType") not in KINDS:
            continue
        moment = datetime.fromisoformat(entry["startedDateTime"]).timestamp()
        yield Heard(
            step=marks.step_at(moment),
            method=request["method"],
            address=request["url"].split("#")[0],
            status=response["status"],
            headers=_headers(request),
            body=request.get("postData", {}).get("text", ""),
            given=_headers(response),
            answer=_text(response.get("content", {})),
        )


def _headers(side: Mapping[str, Any]) -> dict[str, str]:
    return {str(one["name"]).lower(): str(one["value"]) for one in side.get("headers", ())}


def _text(content: Mapping[str, Any]) -> str:
    if str(content.get("mimeType", "")).split(";")[0].strip() not in TEXTS:
        return ""
    text = str(content.get("text", ""))
    if content.get("encoding") == "base64":
        with suppress(ValueError, UnicodeDecodeError):
            text = b64decode(text).decode("utf-8")
    return text[:LARGEST]
