"""The body of a question: as it is, a form, JSON, or files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


def content_of(
    body: bytes | str | None,
    form: Mapping[str, str] | None,
    data: object,
    files: Mapping[str, tuple[str, bytes, str]] | None,
    headers: dict[str, str],
) -> bytes | None:
    """The body to send; its type goes into `headers` unless one is there."""
    if files is not None:
        boundary = f"----toantrinh{hashlib.sha256(repr(sorted(files)).encode()).hexdigest()[:24]}"
        headers.setdefault("Content-Type", f"multipart/form-data; boundary={boundary}")
        return _multipart(boundary, form or {}, files)
    if form is not None:
        headers.setdefault("Content-Type", FORM)
        return urlencode(form).encode()
    if data is not None:
        headers.setdefault("Content-Type", "application/json")
        return json.dumps(data, ensure_ascii=False).encode()
    return body.encode() if isinstance(body, str) else body


def _multipart(boundary: str, form: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]]) -> bytes:
    """RFC 7578, with names escaped as browsers do (HTML, multipart/form-data encoding algorithm)."""

    def escaped(name: str) -> str:
        return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")

    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{escaped(name)}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    for name, (file, content, kind) in files.items():
        head = f'Content-Disposition: form-data; name="{escaped(name)}"; filename="{escaped(file)}"'
        parts.append(f"--{boundary}\r\n{head}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{boundary}--\r\n".encode()])
