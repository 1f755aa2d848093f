"""A server of single pages that show themselves as a test says, and tells when they truly did."""

from __future__ import annotations

import gzip
import io
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from PIL import Image

WORDS = (
    "Người dân tra cứu thủ tục, điền biểu mẫu, nộp hồ sơ và nhận kết quả trên mạng. Cán bộ tiếp nhận, xử lý đúng hạn."
)
LINKS = '<a href="/thu-tuc">Thủ tục hành chính</a> <a href="/tra-cuu">Tra cứu hồ sơ</a>'


@dataclass(frozen=True)
class Answer:
    """What a path answers, after `wait_s`."""

    body: bytes | str
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    wait_s: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)
    packed: bool = False


@dataclass
class Server:
    """A server at work. `said`: what its pages told it, by name; `asked`: paths, in order."""

    address: str
    answers: dict[str, Answer]
    said: dict[str, list[float]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def page(body: str, head: str = "", main: str = f"<p>{WORDS}</p>") -> Answer:
    """A page of a portal, with whatever else."""
    return Answer(
        f'<!doctype html><html lang="vi"><head><title>Cổng Dịch vụ công</title><link rel="icon" href="data:,">{head}</head>'
        f"<body style='margin:0'><header>{LINKS}</header><main><h1>Thủ tục hành chính</h1>{main}</main>{body}</body></html>"
    )


def steps(*moments: float) -> Answer:
    """A page that is white, and turns dark by equal parts of its window at these moments (ms); it tells when it did.

    What it says is white on white until then, and has no part of its own in what is seen.
    """
    share = 100 / len(moments)
    parts = "".join(f"<div class=p style='height:{share}vh'></div>" for _ in moments)
    return Answer(
        '<!doctype html><html lang="vi"><head><title>Cổng Dịch vụ công</title><link rel="icon" href="data:,"><style>'
        "body{margin:0;background:#fff;overflow:hidden}.p{box-sizing:border-box}"
        "main{position:absolute;left:0;top:0;opacity:0}</style></head><body>"
        f"<main><h1>Thủ tục hành chính</h1><p>{WORDS}</p>{LINKS}</main>{parts}<script>"
        "const parts = [...document.querySelectorAll('.p')], told = [];"
        f"{list(moments)}.forEach((at, number) => setTimeout(() => {{ parts[number].style.background = '#003366';"
        "requestAnimationFrame(() => { told.push(Math.round(performance.now()));"
        "if (told.length === parts.length) fetch('/da-hien?luc=' + told.join(',')); }); }, at - performance.now()));"
        "</script></body></html>"
    )


@cache
def picture(width: int = 900, height: int = 500) -> bytes:
    """A picture that no browser takes for an empty one."""
    chance = random.Random(1)
    made = io.BytesIO()
    Image.frombytes("RGB", (width // 4, height // 4), chance.randbytes(3 * (width // 4) * (height // 4))).save(
        made, "PNG"
    )
    return made.getvalue()


@contextmanager
def served(answers: Mapping[str, Answer]) -> Iterator[Server]:
    """These answers on a free port of this machine."""
    server = Server("", dict(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
            server.asked.append(path)
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            if "luc" in query:
                server.said.setdefault(path, [float(one) for one in query["luc"].split(",")])
            answer = server.answers.get(path, Answer(b"", status=204 if "luc" in query else 404))
            if answer.wait_s:
                time.sleep(answer.wait_s)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            headers = {"Content-Type": answer.kind, **answer.headers}
            if answer.packed:
                body, headers = gzip.compress(body), {**headers, "Content-Encoding": "gzip"}
            self.send_response_only(answer.status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            """A browser that leaves early is no error of the server."""

    http = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    server.address = f"http://127.0.0.1:{http.server_port}"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join(5)


Serve = Callable[[Mapping[str, Answer]], Server]
