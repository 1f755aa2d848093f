"""Playwright traces without what must not be kept: cookies, authorisation headers, tokens, known secrets.

A trace says the same thing many times: a cookie in a header and in a page's script, a form's token in a page's source,
in the picture of its elements and in what was sent. What one place gives away as a secret goes everywhere.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from toantrinh.redaction import MARK, is_token, mask_tokens, without

SECRET_HEADERS = frozenset({"cookie", "set-cookie", "authorization", "proxy-authorization"})
VALUES = ("value", "content", "__playwright_value_")  # of a header or parameter; of an element, as drawn and as typed
LEAST = 12  # characters; a shorter value is a setting, and would be found in words
_COOKIE = re.compile(r"(?:^|[;\n])\s*[^=;\s]+=([^;\s]*)")


def clean_trace(trace: bytes, clean: Callable[[str], str]) -> bytes:
    """The same archive, every text in it cleaned by `clean` and by the rules above; pictures and fonts as they are."""
    source, target = zipfile.ZipFile(io.BytesIO(trace)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        told = {name: _events(source.read(name)) for name in source.namelist() if name.endswith((".trace", ".network"))}
        secrets = {secret for events in told.values() for secret in _secrets(events) if len(secret) >= LEAST}
        for entry in source.infolist():
            raw = _cleaned(source.read(entry), told.get(entry.filename), clean, secrets)
            copy.writestr(entry.filename, raw)
    return target.getvalue()


def _cleaned(raw: bytes, events: list[Any] | None, clean: Callable[[str], str], secrets: set[str]) -> bytes:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    if events is not None:
        text = "\n".join(json.dumps(_without(event), ensure_ascii=False) for event in events)
    return clean(mask_tokens(without(text, secrets))).encode()


def _events(raw: bytes) -> list[Any]:
    return [json.loads(line) for line in raw.decode("utf-8").splitlines() if line]


def _secrets(data: Any) -> Iterator[str]:
    """What the events give away as a secret: cookies by their headers, the rest by its name."""
    if isinstance(data, list):
        for item in data:
            yield from _secrets(item)
    elif isinstance(data, dict):
        named = str(data.get("name", "")).lower()
        values = [str(data[key]) for key in VALUES if key in data]
        if named in ("cookie", "set-cookie"):
            yield from (
                found for value in values for found in _COOKIE.findall(value)[: None if named == "cookie" else 1]
            )
        elif named in SECRET_HEADERS:
            yield from (value.rpartition(" ")[2] for value in values)
        elif is_token(named):
            yield from values
        for value in data.values():
            yield from _secrets(value)


def _without(data: Any) -> Any:
    if isinstance(data, list):
        return [_without(item) for item in data]
    if not isinstance(data, dict):
        return data
    named = str(data.get("name", ""))
    if named.lower() in SECRET_HEADERS or is_token(named):
        return {name: MARK if name in VALUES else _without(value) for name, value in data.items()}
    return {name: [] if name == "cookies" else _without(value) for name, value in data.items()}
