"""One load of pages that are late in one way, and of those that only look so. Moments are told by the pages themselves."""

from __future__ import annotations

import pytest

from tests.loading.conftest import QUICK, Load
from tests.loading.slow_server import WORDS, Answer, Serve, page, picture, steps
from toantrinh.observations.loading import EndedBy, LoadingPage
from toantrinh.observations.page import PageKind
from toantrinh.observers.loading.one_load import LONGEST_S, Lost

FRAMES_MS = 80.0  # a picture is made up to a refresh after the change, and the page's own clock is asked before that


def test_speed_index_of_a_page_with_known_steps(load: Load, serve: Serve) -> None:
    server = serve({"/": steps(500, 1000, 1000, 1500)})

    got = load(server)

    moments = server.said["/da-hien"]
    expected = sum(moments) / len(moments)  # the area above equal steps is the mean of their moments
    assert got.load.speed_index_ms == pytest.approx(expected, abs=FRAMES_MS)
    assert got.load.shown_ms == pytest.approx(max(moments), abs=FRAMES_MS)
    assert expected == pytest.approx(1000, abs=300)


def test_half_of_the_window_is_half_of_the_progress(load: Load, serve: Serve) -> None:
    got = load(serve({"/": steps(400, 900)}))

    shown = [share for _, share, _ in got.frames]
    assert shown[0] == 0 and shown[-1] == 1
    assert any(share == pytest.approx(0.5, abs=0.05) for share in shown)


def test_piece_by_piece_is_slower_than_at_once_with_the_same_load_event(load: Load, serve: Serve) -> None:
    server = serve({"/": steps(300, 800, 1300, 1800), "/mot-lan": steps(300, 300, 300, 300)})

    pieces, once = load(server).load, load(server, "/mot-lan").load

    assert pieces.loaded_ms and once.loaded_ms and pieces.speed_index_ms and once.speed_index_ms
    assert pieces.loaded_ms < 1300 and once.loaded_ms < 1300  # neither load event knows
    assert pieces.speed_index_ms > once.speed_index_ms + 400


def test_a_late_big_picture_is_the_largest_content(load: Load, serve: Serve) -> None:
    late = Answer(picture(), "image/png", wait_s=1.2)
    big = "<img id=anh src='/lon.png' width=900 height=500 alt='Ảnh lớn'>"

    got = load(serve({"/": page(big), "/lon.png": late})).load

    assert got.largest_content_ms and got.first_content_ms
    assert got.largest_content_ms >= 1200 > got.first_content_ms
    assert got.largest and got.largest.selector == "#anh" and got.largest.address.endswith("/lon.png")


def test_a_late_small_picture_is_not_the_largest_content(load: Load, serve: Serve) -> None:
    small = "<img src='/nho.png' width=20 height=20 alt='Biểu tượng'>"

    got = load(serve({"/": page(small), "/nho.png": Answer(picture(), "image/png", wait_s=1.2)})).load

    assert got.largest_content_ms and got.largest_content_ms < 1200
    assert got.loaded_ms and got.loaded_ms >= 1200
    assert got.largest and not got.largest.address


def test_a_blocking_script_is_one_long_task(load: Load, serve: Serve) -> None:
    script = "<script>setTimeout(() => { const end = performance.now() + 800; while (performance.now() < end); }, 50)</script>"

    got = load(serve({"/": page(script)})).load

    assert got.longest_task_ms and got.longest_task_ms >= 790
    assert got.blocking_ms and got.blocking_ms >= 740


def test_the_same_work_in_small_parts_is_no_long_task(load: Load, serve: Serve) -> None:
    script = (
        "<script>let left = 20; const part = () => { const end = performance.now() + 30; while (performance.now() < end);"
        " if (left -= 1) setTimeout(part, 5); }; setTimeout(part, 50)</script>"
    )

    got = load(serve({"/": page(script)})).load

    assert got.longest_task_ms is not None and got.longest_task_ms < 400


def test_a_slower_processor_makes_the_same_work_longer(load: Load, serve: Serve) -> None:
    work = "<script>setTimeout(() => { let sum = 0; for (let i = 0; i < 2e8; i += 1) sum = (sum + i * 7) % 1000003; document.title += sum % 2; }, 50)</script>"
    server = serve({"/": page(work)})

    own = load(server).load
    slower = load(server, profile=QUICK.model_copy(update={"cpu_slower": 4})).load

    assert own.longest_task_ms and slower.longest_task_ms
    assert slower.longest_task_ms > 2 * own.longest_task_ms


def test_a_narrow_line_makes_bytes_late_and_a_far_one_the_first_byte(load: Load, serve: Serve) -> None:
    heavy = Answer(picture(1600, 1200), "image/png")
    server = serve({"/": page("<img src='/nang.png' alt='Ảnh nặng' width=800 height=600>"), "/nang.png": heavy})
    narrow = QUICK.model_copy(update={"down_kbps": 2000.0, "latency_ms": 200.0})

    quick, slow = load(server), load(server, profile=narrow)

    needed_ms = 8 * len(picture(1600, 1200)) / 2000
    assert slow.load.loaded_ms and slow.load.loaded_ms > 0.8 * needed_ms
    assert quick.load.loaded_ms and quick.load.loaded_ms < slow.load.loaded_ms
    assert slow.load.first_byte_ms and slow.load.first_byte_ms >= 190


def test_requests_are_told_with_protocol_bytes_and_kind(load: Load, serve: Serve) -> None:
    style = "h1 { color: #123 } /* đệm */" * 200
    head = "<link rel=stylesheet href='/nen.css'><link rel=stylesheet href='/tran.css'>"
    server = serve(
        {
            "/": page("", head),
            "/nen.css": Answer(style, "text/css", packed=True),
            "/tran.css": Answer(style, "text/css"),
        }
    )

    got = load(server)

    files = {file.address.rpartition("/")[2]: file for file in got.files}
    assert got.load.requests == len(got.files) == 3
    assert got.load.protocols == {"http/1.1": 3}
    assert files["nen.css"].encoding == "gzip" and files["nen.css"].sent_bytes < files["tran.css"].sent_bytes
    assert files["nen.css"].body_bytes == files["tran.css"].body_bytes == len(style.encode())
    assert got.load.text_bytes == 2 * len(style.encode()) and got.load.compressed_bytes == len(style.encode())
    for file in got.files:
        assert file.first_byte_ms and file.end_ms and file.start_ms <= file.first_byte_ms <= file.end_ms + 50


def test_a_page_that_leads_on_is_measured_from_the_first_request(load: Load, serve: Serve) -> None:
    away = Answer("", status=302, headers={"Location": "/moi"}, wait_s=0.7)
    frame = "<iframe src='/khung' title='Khung' width=100 height=50></iframe>"
    server = serve({"/": page(frame), "/khung": Answer("<p>Khung", wait_s=0.5), "/cu": away, "/moi": page("")})

    got = load(server).load
    assert got.first_byte_ms and got.first_byte_ms < 450  # the frame is no part of it

    with pytest.raises(Lost, match="/moi"):
        load(server, "/cu")


def test_a_script_that_leads_on_costs_the_citizen_its_time(load: Load, serve: Serve) -> None:
    script = "<script>setTimeout(() => { location.replace('#ve-sau'); }, 10)</script>"
    late = "<script>if (!sessionStorage.getItem('lan')) { sessionStorage.setItem('lan', 1); setTimeout(() => location.reload(), 600); }</script>"

    got = load(serve({"/": page(script + late)})).load

    assert got.first_content_ms and got.first_content_ms >= 600


def test_a_moving_advertisement_does_not_keep_the_speed_index_from_settling(load: Load, serve: Serve) -> None:
    banner = (
        "<div id=b style='position:fixed;bottom:0;left:0;width:100%;height:96px'></div><script>let n = 0;"
        "setInterval(() => { n += 1; b.style.background = ['#f00', '#0a0', '#00f', '#fc0'][n % 4]; }, 60)</script>"
    )
    server = serve({"/": page(banner), "/yen": page("")})

    moving, still = load(server).load, load(server, "/yen").load

    assert moving.ended_by is EndedBy.MOVING and still.ended_by is EndedBy.REST
    assert 0.05 < moving.moving < 0.4
    assert moving.speed_index_ms is not None and still.speed_index_ms is not None
    assert moving.speed_index_ms == pytest.approx(still.speed_index_ms, abs=300)


def test_a_page_that_polls_for_ever_comes_to_rest(load: Load, serve: Serve) -> None:
    polls = "<script>setInterval(() => fetch('/tin-moi?lan=' + Math.random()), 120)</script>"

    got = load(serve({"/": page(polls), "/tin-moi": Answer("[]", "application/json")}))

    assert got.load.ended_by is EndedBy.REST
    assert max(file.start_ms for file in got.files) < 1000 * LONGEST_S / 2


def test_a_call_that_waits_for_news_is_not_waited_for(load: Load, serve: Serve) -> None:
    waits = "<script>fetch('/cho-tin')</script>"

    got = load(serve({"/": page(waits), "/cho-tin": Answer("[]", "application/json", wait_s=20)}))

    assert got.load.ended_by is EndedBy.REST


def test_what_comes_by_a_call_is_waited_for(load: Load, serve: Serve) -> None:
    comes = (
        "<div id=c>Đang tải…</div><script>fetch('/du-lieu').then((got) => got.text()).then((text) => { c.innerHTML = text; })"
        "</script>"
    )
    text = f"<p style='font-size:60px'>{WORDS * 3}</p>"

    got = load(serve({"/": page(comes, main=""), "/du-lieu": Answer(text, wait_s=0.9)})).load

    assert got.largest_content_ms and got.largest_content_ms >= 900
    assert got.speed_index_ms and got.shown_ms and got.shown_ms >= 900


def test_a_cookie_banner_is_part_of_the_page(load: Load, serve: Serve) -> None:
    banner = (
        "<script>setTimeout(() => document.body.insertAdjacentHTML('beforeend', \"<div role=dialog aria-label='Cookie' "
        "style='position:fixed;bottom:0;width:100%;height:90px;background:#eee'>Cổng dùng cookie để ghi nhớ lựa chọn. "
        '<button>Đồng ý</button></div>"), 60)</script>'
    )

    got = load(serve({"/": page(banner)})).load

    assert got.ended_by is EndedBy.REST and got.moving == 0
    assert got.first_content_ms and got.speed_index_ms


SPINNER = "<html lang=vi><title>Cổng</title><body><main><p>Đang tải…</p></main></body></html>"
FIREWALL = "<html lang=vi><title>Access Denied</title><body><h1>Access Denied</h1><p>Request blocked.</p></body></html>"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(SPINNER), PageKind.BLANK),
        (Answer(FIREWALL, status=403), PageKind.BLOCK),
        (Answer("<h1>Lỗi máy chủ</h1>", status=500), PageKind.ERROR),
        (Answer("", status=302, headers={"Location": "/dang-nhap"}), PageKind.ELSEWHERE),
    ],
    ids=["spinner", "firewall", "error", "led elsewhere"],
)
def test_what_is_not_the_page_is_no_load(load: Load, serve: Serve, answer: Answer, kind: PageKind) -> None:
    server = serve({"/": answer, "/dang-nhap": page("")})

    with pytest.raises(Lost) as end:
        load(server)

    assert end.value.kind is kind and end.value.why


def test_a_form_page_without_its_form_is_no_load(load: Load, serve: Serve) -> None:
    form = "<form><label>Họ và tên <input name=ten></label> <label>Số nhà <input name=so></label></form>"
    server = serve({"/": page(""), "/don": page("", main=f"<p>{WORDS}</p>{form}")})

    assert load(server, "/don", page=LoadingPage.FORM).load.first_content_ms
    with pytest.raises(Lost, match="không còn hiện biểu mẫu"):
        load(server, "/", page=LoadingPage.FORM)


def test_each_load_begins_with_an_empty_cache(load: Load, serve: Serve) -> None:
    kept = Answer("h1 { color: #123 }", "text/css", headers={"Cache-Control": "max-age=31536000"})
    server = serve({"/": page("", "<link rel=stylesheet href='/giu.css'>"), "/giu.css": kept})

    load(server)
    load(server)

    assert server.asked.count("/giu.css") == 2
    assert not any("if-none-match" in headers for headers in server.headers)
