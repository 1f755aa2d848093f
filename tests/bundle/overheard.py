"""The portal, started with an ear at its doors: what passed in the clear between browser and system, by kind.

`python tests/bundle/overheard.py FILE [options of python -m portal]` writes a JSON line for each value that was issued,
sent back or typed. The portal's own database keeps only digests of most of them.
"""

from __future__ import annotations

import io
import json
import re
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TYPED = ("mat-khau", "ma-xac-thuc", "pin", "ma-pin", "captcha", "ma-bao-mat")
PASSED = (
    "code", "state", "nonce", "code_verifier", "code_challenge", "client_secret", "access_token", "id_token",
    "id_token_hint", "_csrf", "csrf", "signature", "thu_thach",
)  # fmt: skip
HIDDEN = re.compile(rb'name="(_?csrf)"[^>]*?value="([^"]+)"|name="csrf-token" content="([^"]+)"')
MOST = 1 << 20


class Ear:
    """Hears what a WSGI application is asked and answers."""

    def __init__(self, application: Any, role: str, tell: Callable[[str, str, str], None]) -> None:
        self._application, self._role, self._tell = application, role, tell

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self._hear_question(environ)
        kind: list[str] = []

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            for name, value in headers:
                if name.lower() == "set-cookie":
                    self._hear_cookies("cookie issued", value)
                elif name.lower() == "location":
                    self._hear_fields(urlsplit(value).query)
                elif name.lower() == "content-type":
                    kind.append(value)
            return start_response(status, headers, *rest)

        answer = self._application(environ, started)
        return self._heard(answer, kind)

    def _heard(self, answer: Iterable[bytes], kind: list[str]) -> Iterator[bytes]:
        kept = b""
        try:
            for piece in answer:
                if kind and ("json" in kind[0] or "html" in kind[0]):
                    kept += piece if len(kept) < MOST else b""
                yield piece
        finally:
            if callable(close := getattr(answer, "close", None)):
                close()
            self._hear_answer(kept)

    def _hear_answer(self, body: bytes) -> None:
        for name, value, other in HIDDEN.findall(body):
            self._tell("passed", (name or b"csrf-token").decode(), (value or other).decode())
        if body.startswith(b"{"):
            data = json.loads(body) if body.rstrip().endswith(b"}") else {}
            for name in PASSED:
                if isinstance(data.get(name), str):
                    self._tell("passed", name, data[name])

    def _hear_question(self, environ: dict[str, Any]) -> None:
        self._hear_cookies("cookie sent", environ.get("HTTP_COOKIE", ""))
        if authorization := environ.get("HTTP_AUTHORIZATION"):
            self._tell("passed", "authorization", authorization.partition(" ")[2])
        self._hear_fields(environ.get("QUERY_STRING", ""))
        if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
            body = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), MOST))
            environ["wsgi.input"] = io.BytesIO(body)
            self._hear_fields(body.decode("utf-8", "replace"))

    def _hear_cookies(self, kind: str, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            self._tell(kind, name, morsel.value)

    def _hear_fields(self, encoded: str) -> None:
        for name, value in parse_qsl(encoded):
            kind = "typed" if name in TYPED else "passed" if name in PASSED else "field"
            self._tell(kind, name, value)


def main(heard: Path, options: list[str]) -> int:
    """Runs the portal, and writes what is heard."""
    from portal import __main__, server

    lock, said = threading.Lock(), set[tuple[str, str, str]]()
    original = server.Running._make_applications

    with heard.open("a", encoding="utf-8", buffering=1) as file:

        def tell(kind: str, name: str, value: str) -> None:
            with lock:
                if value and (kind, name, value) not in said:
                    said.add((kind, name, value))
                    file.write(json.dumps([kind, name, value], ensure_ascii=False) + "\n")

        def with_ears(running: server.Running) -> None:
            original(running)
            for role, one in running._servers.items():
                one.wsgi_app = Ear(one.wsgi_app, role, tell)

        server.Running._make_applications = with_ears  # type: ignore[method-assign]
        return __main__.main(options)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
