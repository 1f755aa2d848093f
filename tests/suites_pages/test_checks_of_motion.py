"""What moves, flashes or runs out by itself: what is right, what is wrong, and look-alikes.

Given a small page in a real browser, when a check judges what was seen of it, then the verdict and its words are these.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser

from fixtures.looking import Looks
from suites.accessibility import test_5_1_motion as a51
from tests.suites_pages.conftest import looks_of, verdict_of
from toantrinh.observations.motion import MotionFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.sight.flashes import changes
from toantrinh.observers.sight.less_motion import as_for_most_people
from toantrinh.observers.sight.motion import motion_of
from toantrinh.store import Observed, Outcome
from toantrinh.verdicts import Verdict

Check = Callable[[Looks[MotionFacts]], None]
P, F, REVIEW, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.NEEDS_REVIEW, Verdict.NOT_TESTED


def gif(*colours: str, ms: int, loop: int | None) -> str:
    frames = [Image.new("RGB", (20, 20), colour) for colour in colours]
    out = BytesIO()
    again = {} if loop is None else {"loop": loop}
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=ms, **again)
    return "data:image/gif;base64," + base64.b64encode(out.getvalue()).decode()


SLIDE = "<style>@keyframes truot{from{transform:none}to{transform:translateX(200px)}}#tin{animation:truot 3s TIMES}</style><p id=tin>Tin mới của tỉnh</p>"
ENDLESS, ONCE = SLIDE.replace("TIMES", "infinite"), SLIDE.replace("TIMES", "1")
CAROUSEL = (
    "<div id=anh style='width:400px;height:200px;background:#036'>Ảnh 1</div><script>let n = 0; setInterval(() => {"
    " n += 1; const el = document.querySelector('#anh'); el.style.background = n % 2 ? '#360' : '#036';"
    " el.textContent = 'Ảnh ' + n; }, DELAY)</script>"
)
CLOCK = "<p id=gio>10:00:00</p><script>let n = 0; setInterval(() => { n += 1; gio.textContent = '10:00:' + String(n).padStart(2, '0'); }, 500)</script>"
COUNT_UP = "<p id=so style='width:300px;height:80px'>0</p><script>let n = 0; const t = setInterval(() => { so.textContent = ++n; if (n > 9) clearInterval(t); }, 60)</script>"
BLINK = "<style>@keyframes nhay{0%,49%{background:#000}50%,100%{background:#fff}}#to{width:400px;height:300px;animation:nhay DURATION infinite}</style><div id=to></div>"
JS_BLINK = (
    "<div id=to style='width:400px;height:300px;background:#000'></div><script>let n = 0; setInterval(() => {"
    " n += 1; to.style.background = n % 2 ? '#fff' : '#000'; }, 110)</script>"
)

CASES: list[tuple[str, Check, str, Verdict, tuple[str, ...]]] = [
    ("changed by the words of a script", a51.test_moving_content_can_be_stopped,
     "<div id=anh style='width:400px;height:200px;background:#036'>Ảnh 0</div><script>let n = 0; function sau() { n += 1;"
     " anh.textContent = 'Ảnh ' + n; anh.style.background = n % 2 ? '#360' : '#036'; setTimeout('sau()', 1000); }"
     " setTimeout('sau()', 1000)</script>", F, ("#anh",)),
    ("still page", a51.test_moving_content_can_be_stopped, "<h1>Thủ tục</h1>", P, ()),
    ("sliding news", a51.test_moving_content_can_be_stopped, ENDLESS, F, ("#tin", "truot", "Trang chủ")),
    ("sliding news with a way to stop", a51.test_moving_content_can_be_stopped, ENDLESS + "<button>Tạm dừng</button>", P, ()),
    ("news that slide in once", a51.test_moving_content_can_be_stopped, ONCE, P, ()),
    ("a sign that something loads", a51.test_moving_content_can_be_stopped,
     "<style>@keyframes quay{to{transform:rotate(1turn)}}.spinner{width:20px;height:20px;animation:quay 1s infinite}</style><div class=spinner>.</div>", P, ()),
    ("slow fading", a51.test_moving_content_can_be_stopped,
     "<style>@keyframes mo{from{opacity:.6}to{opacity:1}}#tin{animation:mo 4s infinite alternate}</style><p id=tin>Tin</p>", REVIEW, ("#tin",)),
    ("running letters", a51.test_moving_content_can_be_stopped, "<marquee id=chay>Thông báo</marquee>", F, ("#chay", "chữ chạy")),
    ("carousel by a timer", a51.test_moving_content_can_be_stopped, CAROUSEL.replace("DELAY", "2000"), F, ("#anh", "tự đổi")),
    ("clock", a51.test_moving_content_can_be_stopped, CLOCK, P, ()),
    ("number that counts up and rests", a51.test_moving_content_can_be_stopped, COUNT_UP, P, ()),
    ("picture that moves for ever", a51.test_moving_content_can_be_stopped,
     f"<img id=moi alt='Mới' src='{gif('#f00', '#ff0', ms=400, loop=0)}'>", F, ("#moi", "ảnh động 2 khung hình")),
    ("picture that moves once", a51.test_moving_content_can_be_stopped,
     f"<img id=moi alt='Mới' src='{gif('#f00', '#ff0', ms=400, loop=None)}'>", P, ()),
    ("picture of one frame", a51.test_moving_content_can_be_stopped, f"<img alt='' src='{gif('#f00', ms=400, loop=0)}'>", P, ()),
    ("page that reloads", a51.test_moving_content_can_be_stopped, "<meta http-equiv=refresh content=300>", F, ("tự tải lại sau 300 giây",)),

    ("large part that blinks fast", a51.test_nothing_flashes, BLINK.replace("DURATION", ".2s"), F, ("#to", "5 lần mỗi giây")),
    ("large part that blinks slowly", a51.test_nothing_flashes, BLINK.replace("DURATION", "1s"), P, ()),
    ("small part that blinks fast", a51.test_nothing_flashes,
     BLINK.replace("DURATION", ".2s").replace("400px", "40px").replace("300px", "30px"), P, ()),
    ("fast but faint", a51.test_nothing_flashes, BLINK.replace("DURATION", ".2s").replace("#000", "#f4f4f4"), P, ()),
    ("large picture that flashes", a51.test_nothing_flashes,
     f"<img id=chop alt='' width=400 height=300 src='{gif('#000', '#fff', ms=100, loop=0)}'>", F, ("#chop", "5 lần mỗi giây")),
    ("large picture that changes slowly", a51.test_nothing_flashes,
     f"<img id=chop alt='' width=400 height=300 src='{gif('#000', '#fff', ms=1000, loop=0)}'>", P, ()),
    ("carousel", a51.test_nothing_flashes, CAROUSEL.replace("DELAY", "2000"), P, ()),

    ("reloads by itself", a51.test_time_limit_is_announced, "<meta http-equiv=refresh content=300>", F, ("sau 300 giây",)),
    ("leads away by itself", a51.test_time_limit_is_announced, "<meta http-equiv=refresh content='60; url=https://a.example/'>", F, ("chuyển đi sau 60 giây",)),
    ("once a day", a51.test_time_limit_is_announced, "<meta http-equiv=refresh content=86400>", OPEN, ("không nói tới giới hạn",)),
    ("nothing known", a51.test_time_limit_is_announced, "<p>Phiên bản 2 của Cổng, hỗ trợ 24/7</p>", OPEN, ("không nói tới giới hạn",)),
    ("limit without a way to extend", a51.test_time_limit_is_announced, "<p>Phiên làm việc sẽ hết hạn sau 5 phút</p>", REVIEW, ("gia hạn",)),
    ("limit that can be extended", a51.test_time_limit_is_announced,
     "<p>Phiên làm việc sẽ hết hạn sau 5 phút</p><button>Gia hạn phiên</button>", P, ()),
]  # fmt: skip


def seen(chromium: Browser, html: str) -> MotionFacts:
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    as_for_most_people(page)
    page.goto("data:text/html;charset=utf-8," + quote(f"<!doctype html><html lang=vi><body>{html}</body></html>"))
    facts = motion_of(page)
    context.close()
    return facts


@pytest.mark.parametrize(
    ("check", "html", "verdict", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_check_of_motion(chromium: Browser, check: Check, html: str, verdict: Verdict, words: tuple[str, ...]) -> None:
    found, said = verdict_of(check, looks_of(seen(chromium, html)))

    assert found is verdict, said
    assert all(word in said for word in words), said


def test_flashing_by_script_is_never_passed(chromium: Browser) -> None:
    found, said = verdict_of(a51.test_nothing_flashes, looks_of(seen(chromium, JS_BLINK)))

    assert found in (F, REVIEW) and "#to" in said  # which of them depends on how fast this machine takes pictures


def test_a_page_on_which_nothing_can_change_is_not_watched(chromium: Browser) -> None:
    assert seen(chromium, "<h1>Thủ tục</h1>").watched_ms < 700


def test_a_flash_is_a_pair_of_opposing_changes() -> None:
    assert changes([0, 1, 0, 1, 0]) == 4
    assert changes([0, 0.05, 0, 0.05]) == 0
    assert changes([0, 0.3, 0.6, 1]) == 1  # one rise
    assert changes([1, 0.85, 1, 0.85]) == 0  # never dark enough


def test_pages_that_could_not_be_seen_open_the_check() -> None:
    for outcome, verdict in ((Outcome.NETWORK, OPEN), (Outcome.TOOL_ERROR, Verdict.TOOL_ERROR)):
        lost = Observed[MotionFacts](key="motion/home", outcome=outcome, reason="không trả lời", made="", duration_ms=0)
        assert verdict_of(a51.test_nothing_flashes, Looks({PageName.HOME: lost})) == (verdict, "Trang chủ: không trả lời |  | ")
