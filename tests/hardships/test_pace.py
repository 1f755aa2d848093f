"""The pace: it slows when the system slows or refuses, stops when it insists, and is one for all processes of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from toantrinh.driver import pace
from toantrinh.driver.endings import Fault, Unreached
from toantrinh.driver.hands import Hands
from toantrinh.driver.pace import Pace, seconds_of
from toantrinh.observations.journey import Reach

from .hard_portal import HardPortal, Talk, page, running

ADDRESS = "http://dichvucong.example.vn"


def waits(one: Pace) -> float:
    """Seconds that the next turn waits."""
    told: list[float] = []
    one.turn(told.append)
    return sum(told) / 1000


@pytest.fixture
def slow_growth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "FIRST_PAUSE_S", 2.0)


@pytest.mark.parametrize(("said", "seconds"), [("7", 7), ("", None), (None, None), ("soon", None)])
def test_the_seconds_that_a_system_asks_for(said: str | None, seconds: float | None) -> None:
    assert seconds_of(said) == seconds


def test_a_date_is_as_good_as_seconds() -> None:
    from email.utils import formatdate

    assert seconds_of(formatdate(time.time() + 60, usegmt=True)) == pytest.approx(60, abs=3)


@pytest.mark.usefixtures("slow_growth")
def test_pauses_grow_with_every_refusal_until_it_is_left_alone() -> None:
    one, pauses = Pace(ADDRESS), []
    for _ in range(3):
        one.refused(503)
        pauses.append(round(waits(one)))
    assert pauses == [2, 4, 8]
    one.refused(503)
    with pytest.raises(Unreached) as lost:
        waits(one)
    assert (lost.value.fault, lost.value.reach) == (Fault.HELD_OFF, Reach.BLOCKED)
    assert "dichvucong.example.vn trả 503 4 lần liền" in lost.value.why


def test_the_time_that_it_asks_for_is_kept() -> None:
    one = Pace(ADDRESS)
    one.refused(429, "20")
    assert waits(one) == pytest.approx(20, abs=1)


def test_a_system_that_asks_for_an_hour_is_left_alone_at_once() -> None:
    one = Pace(ADDRESS)
    one.refused(429, "3600")
    with pytest.raises(Unreached, match="yêu cầu đợi 3600 giây"):
        waits(one)


def test_an_answer_makes_good_what_was_before() -> None:
    one = Pace(ADDRESS)
    for _ in range(3):
        one.refused(503)
    one.answered(0.1)
    one.refused(503)
    waits(one)  # the first again, not the fourth


def test_a_slow_answer_lengthens_the_next_pause_and_a_quick_one_takes_it_back() -> None:
    one = Pace(ADDRESS, pause_ms=300)
    one.turn(lambda _: None)
    one.answered(7.0)
    assert waits(one) == pytest.approx(4.3, abs=0.3)
    one.answered(0.2)
    assert waits(one) < 0.4


def test_silence_three_times_in_a_row_ends_the_visits() -> None:
    one = Pace(ADDRESS)
    for _ in range(3):
        one.silent("không kết nối được")
    with pytest.raises(Unreached, match=r"không trả lời 3 lần liền \(không kết nối được\)"):
        waits(one)


def test_all_processes_of_a_run_are_told(tmp_path: Path) -> None:
    mine, theirs = Pace(ADDRESS, folder=tmp_path), Pace(ADDRESS, folder=tmp_path)
    mine.refused(429, "3600")
    with pytest.raises(Unreached):
        waits(theirs)
    other = Pace("http://another.example.vn", folder=tmp_path)
    assert waits(other) == 0


@pytest.fixture
def portal() -> Iterator[HardPortal]:
    def now_and_then(status: int) -> Callable[[Talk], None]:
        def answer(talk: Talk) -> None:
            first = talk.portal.asked[f"{talk.method} {talk.path}"] == 1
            talk.answer(page("<p>Đây rồi</p>"), status if first else 200)

        return answer

    answers = {
        "/": lambda talk: talk.answer(
            page("<a href=/luc-loi-2>Tiếp tục</a><form method=post action=/gui><button>Nộp hồ sơ</button></form>")
        ),
        "/luc-loi": now_and_then(500),
        "/luc-loi-2": now_and_then(502),
        "/ban": lambda talk: talk.answer(page(), 503),
        "/cham": lambda talk: (time.sleep(1.2), talk.answer(page("<p>Chậm</p>")))[-1],
        "/gui": lambda talk: talk.answer(page("<h2>Lỗi</h2>"), 500),
    }
    with running(answers) as portal:
        yield portal


def test_a_page_that_fails_now_and_then_is_asked_for_once_more_and_that_is_said(
    hands_at: Callable[[str], Hands], portal: HardPortal
) -> None:
    hands = hands_at(portal.address)
    assert "Đây rồi" in hands.go(f"{portal.address}/luc-loi").text
    view = hands.go(portal.address + "/")
    after = hands.press(view, next(c for c in view.controls if c.name == "Tiếp tục"))
    assert "Đây rồi" in after.text
    assert portal.asked["GET /luc-loi"] == portal.asked["GET /luc-loi-2"] == 2
    assert [note.split(" trả ")[1] for note in hands.watch.notes] == ["500: mở lại một lần", "502: mở lại một lần"]


def test_what_was_posted_is_never_sent_again(hands_at: Callable[[str], Hands], portal: HardPortal) -> None:
    hands = hands_at(portal.address)
    view = hands.go(portal.address + "/")
    after = hands.press(view, next(c for c in view.controls if c.name == "Nộp hồ sơ"))
    assert "Lỗi" in after.text and hands.watch.status_of(after.address) == 500
    assert portal.asked["POST /gui"] == 1 and portal.asked["GET /gui"] == 0 and not hands.watch.notes


def test_a_system_that_keeps_refusing_is_asked_four_times_and_no_more(
    hands_at: Callable[[str], Hands], portal: HardPortal
) -> None:
    hands = hands_at(portal.address)
    for _ in range(2):
        hands.go(f"{portal.address}/ban")
    with pytest.raises(Unreached, match="trả 503 4 lần liền: không truy cập nữa trong lần chạy này"):
        hands.go(portal.address + "/")
    assert portal.asked["GET /ban"] == 4 and portal.asked["GET /"] == 0


def test_a_slow_page_is_waited_for(hands_at: Callable[[str], Hands], portal: HardPortal) -> None:
    assert "Chậm" in hands_at(portal.address).go(f"{portal.address}/cham").text
    assert portal.asked["GET /cham"] == 1
