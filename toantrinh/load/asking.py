"""What a request of the plan becomes on its way out: its whole address, if it may be asked at all, and its body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from toantrinh.load.plan import Ask, FormPart, LoadPlan
from toantrinh.load.taking import filled

BOUNDARY = "----toantrinh7MA4YWxkTrZu0gW"
PORTS = {"http": 80, "https": 443}


class NotPermitted(Exception):
    """The plan names a host that it does not permit: nothing was sent. The message names the host alone."""


class Addresses:
    """Whole addresses at the hosts that a plan permits, and no others."""

    def __init__(self, plan: LoadPlan) -> None:
        self._base = plan.base_url.rstrip("/")
        self._permitted = frozenset(plan.hosts or (_host_and_port(self._base),))

    def of(self, path: str) -> str:
        """The whole address of a path. Raises NotPermitted."""
        address = path if re.match(r"https?://", path, re.I) else f"{self._base}{path}"
        both = _host_and_port(address)
        if both not in self._permitted and both.rpartition(":")[0] not in self._permitted:
            raise NotPermitted(f"kế hoạch hỏi {both or 'một địa chỉ không đọc được'}, máy không được phép gửi tải tới")
        return address


def _host_and_port(address: str) -> str:
    """`host:port` of an address; empty for what is read in one way by one program and otherwise by another."""
    authority = address.partition("://")[2].partition("/")[0]
    if re.search(r"[@\\\s\x00-\x1f]", authority):
        return ""
    try:
        parts = urlsplit(address)
        return f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}" if parts.hostname else ""
    except (ValueError, KeyError):
        return ""


def body_of(ask: Ask, values: Mapping[str, str]) -> bytes | None:
    """What the request carries. Raises OSError for a file that cannot be read, KeyError for a name without a value."""
    if ask.parts:
        return _multipart(ask.parts, values)
    return filled(ask.body, values).encode() or None


def headers_of(ask: Ask, values: Mapping[str, str]) -> dict[str, str]:
    """Its headers; a form in parts has its own Content-Type, with the boundary that it is written with."""
    headers = {name: filled(value, values) for name, value in ask.headers.items()}
    if ask.parts:
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    return headers


def _multipart(parts: Iterable[FormPart], values: Mapping[str, str]) -> bytes:
    """A form in parts, as browsers write it (RFC 7578; names escaped as the HTML standard says)."""
    lines = bytearray()
    for part in parts:
        said = f'Content-Disposition: form-data; name="{_escaped(part.name)}"'
        if part.file is not None or part.file_name:
            said += f'; filename="{_escaped(part.file_name or (part.file.name if part.file else ""))}"'
        if part.content_type:
            said += f"\r\nContent-Type: {part.content_type}"
        content = read_once(part.file) if part.file is not None else filled(part.value, values).encode()
        lines += f"--{BOUNDARY}\r\n{said}\r\n\r\n".encode() + content + b"\r\n"
    return bytes(lines) + f"--{BOUNDARY}--\r\n".encode()


def _escaped(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


_read: dict[Path, bytes] = {}


def read_once(path: Path) -> bytes:
    """The bytes of a file, which many requests send. Raises OSError."""
    if path not in _read:
        _read[path] = path.read_bytes()
    return _read[path]


def files_of(plan: LoadPlan) -> dict[str, bytes]:
    """What a generator on another machine needs of this one's disk: the files that requests send. Raises OSError."""
    asks = (ask for errand in plan.errands for operation in errand.operations for ask in operation.asks)
    return {str(part.file): read_once(part.file) for ask in asks for part in ask.parts if part.file is not None}


def know_files(files: Mapping[str, bytes]) -> None:
    """What another machine has read: it is not looked for here."""
    _read.update({Path(path): content for path, content in files.items()})
