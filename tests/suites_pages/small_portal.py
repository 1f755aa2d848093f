"""A portal of five small pages and a measuring host, served for real: the ground on which the checks are tried."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

NAME = "Cổng Dịch vụ công tỉnh Sao Mai"
EMBLEM = '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"><circle cx="24" cy="24" r="20"/></svg>'
PROCEDURES = '<a href="/thu-tuc">Thủ tục hành chính</a>'
LOOK_UP = '<a href="/tra-cuu">Tra cứu hồ sơ</a>'
FEEDBACK = '<a href="/phan-anh">Phản ánh kiến nghị</a>'
GUIDE = '<a href="/huong-dan">Hướng dẫn</a>'
OTHERS = '<a href="/en/">English</a> <a href="/dang-nhap">Đăng nhập</a>'
MENU = " ".join((PROCEDURES, LOOK_UP, FEEDBACK, GUIDE, OTHERS))
FOOTER = (
    "<p>Cơ quan chủ quản: Ủy ban nhân dân tỉnh Sao Mai</p><p>Địa chỉ: Số 1 đường Hòa Bình</p>"
    '<p>Tổng đài hỗ trợ: <a href="tel:19001990">1900 1990</a></p>'
    '<p>Thư điện tử: <a href="mailto:hotro@saomai.example">hotro@saomai.example</a></p>'
    '<p><a href="/so-do">Sơ đồ cổng</a> <a href="https://dichvucong.gov.vn/">Cổng Dịch vụ công quốc gia</a></p>'
    '<p id="yhy-append"><a id="btnEMC" href="/emc">Đã kết nối EMC</a></p>'
)
WORDS = (
    "Người dân tra cứu thủ tục, điền biểu mẫu, nộp hồ sơ và nhận kết quả trên mạng. Cán bộ tiếp nhận hồ sơ, xử lý đúng "
    "hạn và trả kết quả. Mọi thông báo được gửi tới tài khoản của người nộp, kèm ngày hẹn và nơi giải quyết hồ sơ đó."
)
ENGLISH = (
    "Find the procedure that you need, fill in the form and send it with your papers. The officers receive the file, "
    "settle it in time and return the result to you. You are told of each step by a notice in your account on the portal."
)
TRAIL = '<nav aria-label="Đường dẫn"><a href="/">Trang chủ</a> / <span>Ở đây</span></nav>'
TAG = """<!-- Begin EMC Tracking Code --><script nonce="NONCE">
var _govaq = window._govaq || [];
_govaq.push(['trackPageView']); _govaq.push(['setTrackerUrl', 'COLLECTOR/tracking']); _govaq.push(['setSiteId', '4064']);
(function () { var g = document.createElement('script'), s = document.getElementsByTagName('script')[0];
g.async = true; g.defer = true; g.src = 'COLLECTOR/embed/gov-tracking.min.js'; s.parentNode.insertBefore(g, s); })();
</script><!-- End EMC Tracking Code -->"""
TRACKER = """(function () { var early = window._govaq || [], set = {};
function send() { fetch(set.setTrackerUrl + '?idsite=' + set.setSiteId + '&rec=1&url=' + encodeURIComponent(location.href)
+ '&title=' + encodeURIComponent(document.title) + '&random=' + Math.random(), { method: 'POST', mode: 'no-cors' }); }
function take(push) { if (push[0] === 'trackPageView') send(); else set[push[0]] = push[1]; }
early.filter(function (p) { return p[0] !== 'trackPageView'; }).forEach(take);
early.filter(function (p) { return p[0] === 'trackPageView'; }).forEach(take);
window._govaq = { push: take }; })();"""
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "script-src 'nonce-NONCE' COLLECTOR; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "sao-mai",
    "Set-Cookie": "phien=0123456789abcdef0123456789abcdef; Path=/; HttpOnly; SameSite=Lax",
}


@dataclass(frozen=True)
class SmallPage:
    """One page. NONCE and COLLECTOR are filled in when it is served; a header set to "" is left out."""

    title: str
    main: str
    lang: str = "vi"
    head: str = '<meta name="description" content="Mô tả của trang này.">'
    tag: str = TAG
    header: str = f"{EMBLEM} <span>{NAME}</span><nav aria-label='Chính'>{MENU}</nav>"
    footer: str = FOOTER
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str = "utf-8"

    def html(self) -> str:
        lang = f' lang="{self.lang}"' if self.lang else ""
        return (
            f"<!doctype html><html{lang}><head><title>{self.title}</title>{self.head}"
            f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css">{self.tag}</head>'
            f"<body><header>{self.header}</header><main><h1>{self.title}</h1>{self.main}</main>"
            f"<footer>{self.footer}</footer></body></html>"
        )


@dataclass(frozen=True)
class File:
    """Another file: content type, body, headers; gzip when asked for."""

    kind: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    compressed: bool = False
    status: int = 200


Portal = dict[str, SmallPage | File]
_LIST = "".join(f'<li><a href="/thu-tuc/1.00{n}193">Thủ tục đăng ký số {n}</a></li>' for n in range(1000, 1006))
ENTRIES = "".join(f'<li><a href="/muc-{n}">Mục {n}</a></li>' for n in range(6))


def clean() -> Portal:
    """The portal as it should be."""
    english = SmallPage("Home in English", f"{TRAIL}<p>{ENGLISH}</p>", lang="en")
    return {
        "/": SmallPage("Trang chủ", f"<p>{WORDS}</p>"),
        "/thu-tuc": SmallPage("Danh sách thủ tục", f"{TRAIL}<p>{WORDS}</p><ul>{_LIST}</ul>"),
        "/huong-dan": SmallPage("Hướng dẫn sử dụng", f"{TRAIL}<p>{WORDS}</p>"),
        "/so-do": SmallPage("Sơ đồ cổng", f"{TRAIL}<p>{WORDS}</p><ul>{ENTRIES}</ul>"),
        "/en/": english,
        "/style.css": File(
            "text/css",
            "body { color: #111; background: #fff } li, p, nav a { margin: 12px }" + " /* đệm */" * 200,
            {"X-Content-Type-Options": "nosniff", "Cache-Control": "max-age=31536000, immutable"},
            compressed=True,
        ),
        "/robots.txt": File("text/plain", "User-agent: *\nDisallow: /can-bo\n"),
    }


def with_pages(**changes: Callable[[SmallPage], SmallPage]) -> Portal:
    """The clean portal with some pages changed: home, services, guide, site_map, english."""
    portal = clean()
    for name, change in changes.items():
        path = {"home": "/", "services": "/thu-tuc", "guide": "/huong-dan", "site_map": "/so-do", "english": "/en/"}[
            name
        ]
        page = portal[path]
        assert isinstance(page, SmallPage)
        portal[path] = change(page)
    return portal


def but(**facts: object) -> Callable[[SmallPage], SmallPage]:
    """A change of a page: `but(lang="")`; headers are added to those that it has."""

    def change(page: SmallPage) -> SmallPage:
        if "headers" in facts:
            facts["headers"] = {**page.headers, **facts["headers"]}  # type: ignore[dict-item]
        return replace(page, **facts)  # type: ignore[arg-type]

    return change


@contextmanager
def served(portal: Portal) -> Iterator[str]:
    """The portal on a free port of this machine, with its measuring host on another; yields the portal's address."""
    with _server(_collector) as collector, _server(lambda path: _answer(portal, path, collector)) as address:
        yield address


Answer = tuple[int, list[tuple[str, str]], bytes]


def _answer(portal: Portal, path: str, collector: str) -> Answer:
    entry = portal.get(path.split("?")[0])
    if isinstance(entry, File):
        raw = entry.body.encode()
        headers = [("Content-Type", entry.kind), *entry.headers.items()]
        if entry.compressed:
            raw, headers = gzip.compress(raw), [*headers, ("Content-Encoding", "gzip")]
        return entry.status, headers, raw
    if entry is None:
        return 404, [("Content-Type", "text/html; charset=utf-8")], "<h1>Không tìm thấy trang</h1>".encode()
    _answer.served += 1  # type: ignore[attr-defined]
    nonce = f"n{_answer.served:08d}abcdefgh"  # type: ignore[attr-defined]

    def fill(text: str) -> str:
        return text.replace("NONCE", nonce).replace("COLLECTOR", collector)

    headers = [(k, fill(v)) for k, v in {**HEADERS, "Content-Encoding": "gzip", **entry.headers}.items() if v]
    raw = fill(entry.html()).encode(entry.charset, "xmlcharrefreplace")
    return 200, headers, gzip.compress(raw) if ("Content-Encoding", "gzip") in headers else raw


_answer.served = 0  # type: ignore[attr-defined]


def _collector(path: str) -> Answer:
    if path.startswith("/embed/gov-tracking.min.js"):
        return (
            200,
            [("Content-Type", "text/javascript"), ("Cross-Origin-Resource-Policy", "cross-origin")],
            TRACKER.encode(),
        )
    return (204, [], b"") if path.startswith("/tracking") else (404, [("Content-Type", "text/html")], b"no")


@contextmanager
def _server(answer: Callable[[str], Answer]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if length := int(self.headers.get("Content-Length", 0) or 0):
                self.rfile.read(length)
            status, headers, body = answer(self.path)
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A browser that leaves early is no error of the server."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
