"""Playwright traces without what must not be kept: cookies, authorisation headers, tokens, known secrets."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from toantrinh.redaction import MARK, is_token, mask_tokens

SECRET_HEADERS = frozenset({"cookie", "set-cookie", "authorization", "proxy-authorization"})


def clean_trace(trace: bytes, clean: Callable[[str], str]) -> bytes:
    """The same archive, every text in it cleaned by `clean` and by the rules above; pictures and fonts as they are."""
    source, target = zipfile.ZipFile(io.BytesIO(trace)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            copy.writestr(entry.filename, _cleaned(entry.filename, source.read(entry), clean))
    return target.getvalue()


def _cleaned(name: str, raw: bytes, clean: Callable[[str], str]) -> bytes:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    if name.endswith((".trace", ".network")):
        events = (json.loads(line) for line in text.splitlines() if line)
        text = "\n".join(json.dumps(_without(event), ensure_ascii=False) for event in events)
    return clean(mask_tokens(text)).encode()


def _without(data: Any) -> Any:
    if isinstance(data, list):
        return [_without(item) for item in data]
    if not isinstance(data, dict):
        return data
    named = str(data.get("name", ""))
    if "value" in data and (named.lower() in SECRET_HEADERS or is_token(named)):
        return {**data, "value": MARK}
    return {name: [] if name == "cookies" else _without(value) for name, value in data.items()}
