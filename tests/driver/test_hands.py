"""The hands: they wait for what a page does, not for a clock, and never for a network that is never idle."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from toantrinh.driver.endings import Unreached
from toantrinh.driver.hands import NOTES, Hands
from toantrinh.driver.pace import Pace
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import QUIET, CannotAct, WentAway

JUMPING = """<style>button, p { display: block; height: 60px; width: 300px; margin: 0 }</style><main><div id=place></div>
<button onclick="out.textContent+='gửi '">Tiếp tục</button><p id=out></p></main>
<script>addEventListener('mousemove', () => { place.innerHTML = `%s` }, { once: true })</script>"""
PAGES = {
    "/routed": "<title>Hồ sơ</title><main><a href='#/thong-bao'>Thông báo</a></main><script>addEventListener('hashchange', () => { document.title = 'Thông báo'; })</script>",
    "/": "<main><form action=/slow><button>Tiếp tục</button></form><button id=late onclick=\"fetch('/data').then(r=>r.text()).then(t=>{out.textContent=t})\">Tải</button><p id=out></p></main>",
    "/polling": "<main><h1>Có thăm dò</h1></main><script>setInterval(()=>fetch('/poll'),40)</script>",
    "/popup": "<main><a href='/two' target=_blank>Nộp trực tuyến</a></main>",
    "/two": "<main><h1>Trang hai</h1></main>",
    "/ask": "<main><button onclick=\"if(confirm('Chắc chắn?'))out.textContent='đã nộp'\">Nộp</button><p id=out></p></main>",
    # The button goes away from under the pointer when that comes near, once; something else may take its place.
    "/jumps": JUMPING % "<p>Đã tự động lưu nháp</p>",
    "/jumps-apart": JUMPING % "<button onclick=\"out.textContent='đã hủy'\">Hủy</button>",
    "/redrawn": "<main><button id=one onmousedown=\"this.innerHTML='Đang gửi'\" onclick=\"out.textContent+='gửi '\"><b>Tiếp tục</b></button><p id=out></p></main>",
    "/deaf": "<script>for (const one of ['pointerdown', 'mousedown']) addEventListener(one, e => e.stopImmediatePropagation(), true)</script><main><button onclick=\"out.textContent+='gửi '\">Tiếp tục</button><p id=out></p></main>",
}


class Portal(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path in ("/slow", "/data", "/poll"):
            time.sleep({"/slow": 0.4, "/data": 0.3, "/poll": 0.2}[path])
        body = PAGES.get(path, "dữ liệu đã về" if path == "/data" else "<main><h1>Trang chậm</h1></main>").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def hands(page: Page) -> Hands:
    return Hands(page, Watch(page.context))


def press(hands: Hands, address: str, name: str):  # type: ignore[no-untyped-def]
    view = hands.go(address)
    return hands.press(view, next(c for c in view.controls if c.name == name))


def test_a_press_waits_for_the_page_that_it_leads_to(hands: Hands, origin: str) -> None:
    assert press(hands, origin + "/", "Tiếp tục").heading == "Trang chậm"


def test_a_press_waits_for_the_call_that_fills_the_page(hands: Hands, origin: str) -> None:
    assert "dữ liệu đã về" in press(hands, origin + "/", "Tải").text


SENT = "<main><form {form} onsubmit='{handler}'><button {button}>Tiếp tục</button></form></main>"


@pytest.mark.parametrize(
    ("form", "handler", "button", "state"),
    [
        ("", "", "", "left"),
        ("target=_self action=/slow", "this.before=1", "", "left"),
        ("", "event.preventDefault()", "", "quiet"),
        ("target=_blank", "", "", "quiet"),
        ("", "", "formtarget=khac", "quiet"),
        ("method=dialog", "", "", "quiet"),
        ("action='javascript:void 0'", "", "", "quiet"),
    ],
)
def test_a_form_that_is_being_sent_is_no_page_at_rest(
    page: Page, origin: str, form: str, handler: str, button: str, state: str
) -> None:
    page.context.add_init_script(NOTES)
    page.goto(origin + "/two")
    page.evaluate("html => { document.body.innerHTML = html }", SENT.format(form=form, handler=handler, button=button))
    # The event alone, as seen between a press and the navigation that the browser begins when it comes to it.
    page.evaluate("""() => {
      const button = document.querySelector('button');
      button.form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: button }));
    }""")
    assert page.evaluate(QUIET, [25, 2000]) == state


def test_endless_polling_does_not_hold_the_hands(hands: Hands, origin: str) -> None:
    started = time.monotonic()
    assert hands.go(origin + "/polling").heading == "Có thăm dò"
    assert time.monotonic() - started < 15  # the limit of settle() and a margin, not a measure of speed


def test_a_new_window_is_followed(hands: Hands, origin: str) -> None:
    assert press(hands, origin + "/popup", "Nộp trực tuyến").heading == "Trang hai"


def test_a_browser_dialog_is_answered_and_kept(hands: Hands, origin: str) -> None:
    assert "đã nộp" in press(hands, origin + "/ask", "Nộp").text
    assert hands.watch.dialogs == ["confirm: Chắc chắn?"]


def test_a_host_that_is_not_allowed_is_never_asked(hands: Hands) -> None:
    with pytest.raises(Unreached, match="ERR_NAME_NOT_RESOLVED"):
        hands.go("http://dichvucong.example.vn/")


def test_an_address_that_nobody_serves_is_said(hands: Hands) -> None:
    with pytest.raises(Unreached, match=r"ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT"):
        hands.go("http://127.0.0.1:9/")


def test_the_pause_between_pages_is_kept_once(page: Page, origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(page.context)
    watch.pace = Pace(origin, pause_ms=300)
    turns: list[float] = []
    take = watch.pace.turn
    monkeypatch.setattr(watch.pace, "turn", lambda wait: (turns.append(time.monotonic()), take(wait)))
    hands = Hands(page, watch)
    for _ in range(3):
        hands.go(origin + "/two")
    assert len(turns) == 3
    assert time.monotonic() - turns[0] >= 0.6  # a pause is a lower bound, whatever the machine


AWAY = "<main><h1>{heading}</h1><button onclick=\"out.textContent+='bấm '\">{label}</button><p id=out></p></main>"


def gone_since_it_was_looked_at(hands: Hands, origin: str, heading: str, label: str):  # type: ignore[no-untyped-def]
    """The look at a page whose document another of the same address has taken the place of."""
    hands.page.route(
        "**/kiem", lambda route: route.fulfill(body=served.pop(0), content_type="text/html; charset=utf-8")
    )
    served = [AWAY.format(heading="Kê khai", label="Tiếp tục"), AWAY.format(heading=heading, label=label)]
    view = hands.go(origin + "/kiem")
    hands.page.reload()
    return view, next(c for c in view.controls if c.role == "button")


def test_what_was_drawn_anew_since_is_pressed_once(hands: Hands, origin: str) -> None:
    view, button = gone_since_it_was_looked_at(hands, origin, "Kê khai", "Tiếp tục")
    assert hands.press(view, button).text.count("bấm") == 1


@pytest.mark.parametrize(("heading", "label"), [("Nộp hồ sơ", "Tiếp tục"), ("Kê khai", "Xóa")], ids=["page", "button"])
def test_on_another_page_than_was_looked_at_nothing_is_pressed(
    hands: Hands, origin: str, heading: str, label: str
) -> None:
    view, button = gone_since_it_was_looked_at(hands, origin, heading, label)
    with pytest.raises(WentAway, match=r"Tiếp tục.*tự chuyển đi"):
        hands.press(view, button)
    assert "bấm" not in hands.settle().text


def test_what_waits_its_turn_is_done_before_a_page_is_quiet(page: Page, origin: str) -> None:
    """The address changes with the press; the event by which the page's own script hears of it only waits its turn."""
    page.add_init_script(NOTES)
    page.goto(origin + "/routed")
    routed = (
        f"async asked => {{ location.hash = '#/thong-bao'; return [await ({QUIET.strip()})(asked), document.title]; }}"
    )
    assert page.evaluate(routed, [0, 2000]) == ["quiet", "Thông báo"]


def test_a_press_under_which_the_page_moved_is_made_again_and_noted(hands: Hands, origin: str) -> None:
    view = press(hands, f"{origin}/jumps", "Tiếp tục")
    assert "gửi" in view.text and view.text.count("gửi") == 1
    assert hands.watch.notes == ["“Tiếp tục” dịch đi lúc bấm"]


def test_a_press_that_fell_on_another_control_is_no_answer_of_the_page(hands: Hands, origin: str) -> None:
    with pytest.raises(CannotAct, match="trúng chỗ khác"):
        press(hands, f"{origin}/jumps-apart", "Tiếp tục")


@pytest.mark.parametrize("path", ["/redrawn", "/deaf"])
def test_what_draws_itself_anew_or_hears_the_press_alone_is_pressed_once(hands: Hands, origin: str, path: str) -> None:
    view = press(hands, f"{origin}{path}", "Tiếp tục")
    assert view.text.count("gửi") == 1 and not hands.watch.notes
