"""A stranger that looks like a portal just enough to be read, and means harm with all that it says, sends and does."""

from __future__ import annotations

import html
import urllib.parse
from collections.abc import Iterator

from tests.hardships.hard_portal import Answer, Talk, page
from tests.main_job_started import DEATH

CANARY = "chim-hoang-yen"
NAME = "Thủ tục đăng ký khai tử"
SEARCH = "<form action=/tim><label for=q>Tìm kiếm thủ tục</label><input id=q name=q><button>Tìm kiếm</button></form>"
TERMINAL = f"\x1b]0;{CANARY}\x07\x1b[2J\x9b31m\u202e"
FILE_NAMES = (
    f"../../{CANARY}.pdf",
    f"/tmp/{CANARY}.pdf",
    f"..\\..\\{CANARY}.pdf",
    f"C:\\{CANARY}.pdf",
    "CON.pdf",
    f"{CANARY}\x01.pdf",
    CANARY * 40 + ".pdf",
    f"{CANARY}\u202efdp.exe",
)
PLACES = (
    "127.0.0.2", "[::1]", "0.0.0.0", "2130706434", "0x7f000002", "127.2", "0177.0.0.2", "[::ffff:7f00:2]", "10.255.255.1",
    "192.168.255.1", "169.254.169.254",
)  # fmt: skip


def evil(trap: int) -> str:
    """Words that want to be script, mark-up, an attribute, a template, a command of a terminal."""
    ask = f"window.canary=1;fetch(`http://127.0.0.2:{trap}/`)"
    return (
        f'{CANARY}{TERMINAL}</script></style></textarea>--><script>{ask}</script><img src=x onerror="{ask}">'
        f"\"'><svg onload='{ask}'><a href='javascript:{ask}'>{{{{7*7}}}}"
    )


def scripts(trap: int) -> str:
    """Asks for every place by every means that a page has."""
    return f"""<script>
      for (const host of {list(PLACES)!r}) {{
        fetch(`http://${{host}}:{trap}/`, {{mode: 'no-cors'}}).catch(() => 0);
        new Image().src = `http://${{host}}:{trap}/i`;
        navigator.sendBeacon(`http://${{host}}:{trap}/b`, 'x');
        try {{ new WebSocket(`ws://${{host}}:{trap}/`).onerror = () => 0; }} catch (e) {{}}
      }}
      const servers = [{{urls: 'stun:127.0.0.2:{trap}'}}, {{urls: 'stun:[::1]:{trap}'}},
        {{urls: 'turn:127.0.0.2:{trap}?transport=tcp', username: 'a', credential: 'b'}}];
      const peer = new RTCPeerConnection({{iceServers: servers}});
      peer.createDataChannel('x');
      peer.createOffer().then(offer => peer.setLocalDescription(offer));
    </script>
    <link rel=preconnect href="http://127.0.0.2:{trap}"><link rel=dns-prefetch href="http://127.0.0.2:{trap}">
    <link rel=prefetch href="http://127.0.0.2:{trap}/p"><iframe src="http://0.0.0.0:{trap}/f"></iframe>
    <iframe src="file:///etc/passwd"></iframe><iframe src="data:text/html,<script>top.canary=1</script>"></iframe>"""


def led(address: str) -> Answer:
    """Leads to an address."""

    def lead(talk: Talk) -> None:
        talk.answer(b"", 302, Location=address)

    return lead


def file_named(name: str) -> Answer:
    """A form template under such a name."""

    def give(talk: Talk) -> None:
        said = name.encode("utf-8").decode("latin-1")
        talk.head("Content-Type: application/pdf", f'Content-Disposition: attachment; filename="{said}"')
        talk.raw(b"%PDF-1.4\n" + b"x" * 500 + b"\n%%EOF")

    return give


def odd_headers(trap: int) -> Answer:
    """Headers that are mark-up, huge, malformed, no ASCII."""

    def answer(talk: Talk) -> None:
        body = page("<h2>Hỏi đáp</h2>" + "<p>Đáp. </p>" * 20)
        words = evil(trap).replace("\n", " ").encode()
        lines = [
            b"HTTP/1.1 200 " + words[:60], b"Content-Type: text/html; charset=utf-8", b"Server: nginx/1.2 " + words,
            b"X-Powered-By: PHP/5.1 " + words, b"Content-Security-Policy: script-src " + words, b"X-Lon: " + b"x" * 100_000,
            b"no colon at all", b"\xff\xfe: \xff", b"Set-Cookie: " + words, b"X-Frame-Options: " + words,
            b"Connection: close", b"", body,
        ]  # fmt: skip
        talk.raw(b"\r\n".join(lines))

    return answer


def endless(kind: str, *more: str) -> Answer:
    """An answer without end."""

    def pour(talk: Talk) -> None:
        talk.head(f"Content-Type: {kind}", *more)
        talk.forever(b"<p>" + b"chu " * 4_000)

    return pour


def doing(script: str) -> Answer:
    """A page that does this as soon as it is there."""
    return lambda talk: talk.answer(page(f"<h2>Trang</h2><script>{script}</script>"))


def answers(trap: int) -> dict[str, Answer]:
    """What is answered, by path."""
    words = html.escape(evil(trap))
    bad = dict(_bad_pages(trap))
    ways = "".join(f"<li><a href='{path}'>{words} {path}</a></li>" for path in bad)
    files = "".join(f"<li><a href='/tep/{n}'>Mẫu đơn {words} {n}</a></li>" for n in range(len(FILE_NAMES)))

    def home(talk: Talk) -> None:
        body = page(f"<nav><ul>{ways}</ul></nav>{SEARCH}{scripts(trap)}").replace(
            b"<title>", f"<title>{words}".encode()
        )
        talk.answer(body, Server=f"nginx/1.0.1 <b>{CANARY}</b>")

    def found(talk: Talk) -> None:
        asked = dict(urllib.parse.parse_qsl(talk.path.partition("?")[2])).get("q", "")
        row = f"<li>{DEATH} <a href='/thu-tuc/{DEATH}'>{NAME} {words}</a></li>" if asked else ""
        talk.answer(page(f"{SEARCH}<h2>Kết quả</h2><ul>{row}</ul>"))

    def detail(talk: Talk) -> None:
        facts = "".join(
            f"<tr><th>{label}<td>{words}" for label in ("Lệ phí", "Thời hạn giải quyết", "Cơ quan thực hiện")
        )
        text = f"<h2>{NAME} {words}</h2><p>Mã thủ tục: {DEATH} {words}</p><table>{facts}</table><ul>{files}</ul>"
        talk.answer(page(f"{text}<a href=/nop>Nộp trực tuyến</a>"))

    return {
        "/": home, "/tim": found, f"/thu-tuc/{DEATH}": detail, "/nop": led(f"http://127.0.0.2:{trap}/"), **bad,
        **{f"/tep/{n}": file_named(name) for n, name in enumerate(FILE_NAMES)},
    }  # fmt: skip


def _bad_pages(trap: int) -> Iterator[tuple[str, Answer]]:
    yield "/huong-dan", odd_headers(trap)
    yield "/hoi-dap", doing("while (true) alert('x')")
    yield "/so-do", doing("setInterval(() => print(), 10)")
    yield "/lien-he", doing(f"for (let i = 0; i < 300; i++) open('http://0.0.0.0:{trap}/' + i)")
    yield "/tin-tuc", endless("text/html; charset=utf-8")
    yield "/bao-cao", endless("application/pdf", f'Content-Disposition: attachment; filename="../{CANARY}.pdf"')
    for n, address in enumerate(
        ("file:///etc/passwd", "data:text/html,<h1>x</h1>", "chrome://version", "javascript:alert(1)")
    ):
        yield f"/dan/{n}", led(address)
    for n, host in enumerate(PLACES):
        yield f"/toi/{n}", led(f"http://{host}:{trap}/")
