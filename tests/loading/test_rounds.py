"""Repeated loads of several pages: how many, in which order, what is kept of them, and what ends them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.loading.conftest import QUICK
from tests.loading.slow_server import Answer, Serve, Server, page, steps
from toantrinh.observations.loading import MOST_OTHERS, ColdLoad, EndedBy, LoadingPage, LoadingRecord
from toantrinh.observations.page import PageKind
from toantrinh.observers.loading import rounds
from toantrinh.observers.loading.filming import Shown
from toantrinh.observers.loading.one_load import QUIET_S, Loaded, Lost, Place
from toantrinh.observers.loading.rounds import FIRST_QUIET_S, MORE_ROUNDS, ROUNDS, observe_loading
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.systems import load_system

FORM_AWAY = {LoadingPage.FORM: "Biểu mẫu: tệp hệ thống không có tài khoản"}


def cold(number: int, **facts: Any) -> ColdLoad:
    usual: dict[str, Any] = {
        "round": number, "ended_by": EndedBy.REST, "first_byte_ms": 50, "first_content_ms": 300,
        "largest_content_ms": 400, "speed_index_ms": 350 + number, "shown_ms": 450, "loaded_ms": 420,
        "longest_task_ms": 60, "blocking_ms": 10, "sent_bytes": 90_000, "requests": 8, "protocols": {"http/1.1": 8},
        "text_bytes": 40_000, "compressed_bytes": 40_000,
    }  # fmt: skip
    return ColdLoad(**{**usual, **facts})


class Scripted:
    """Stands in for the load of one page: what each page's loads are like."""

    def __init__(self, **of: Callable[[int], ColdLoad]) -> None:
        self.of, self.asked, self.quiet = of, list[tuple[str, int]](), list[float]()

    def __call__(self, browser: Any, system: Any, place: Place, number: int, **how: Any) -> Loaded:
        self.asked.append((place.page.value, number))
        self.quiet.append(how["quiet_s"])
        return Loaded(self.of.get(place.page.value, cold)(number), (), ())


@pytest.fixture
def observe(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., LoadingRecord]:
    def made(scripted: Scripted | None, address: str = "http://127.0.0.1:9", **how: Any) -> LoadingRecord:
        if scripted is not None:
            monkeypatch.setattr(rounds, "load_cold", scripted)
        system = load_system("demo", base_url=address)
        places = how.pop("places", [Place(one, f"{address}/{one}") for one in list(LoadingPage)[:3]])
        attachments = Attachments(tmp_path, "loading/quiet", lambda text: text)
        return observe_loading(chromium, system, places, FORM_AWAY, attachments, **how)

    return made


def test_every_page_is_loaded_in_every_round_in_an_order_by_lot(observe: Callable[..., LoadingRecord]) -> None:
    first, again, other = Scripted(), Scripted(), Scripted()

    record = observe(first, seed=1)
    observe(again, seed=1)
    observe(other, seed=2)

    by_round = [[page for page, at in first.asked if at == number] for number in range(1, ROUNDS + 1)]
    assert all(sorted(pages) == ["detail", "home", "search"] for pages in by_round)
    assert len({tuple(pages) for pages in by_round}) > 1
    assert first.asked == again.asked != other.asked
    assert [len(one.loads) for one in record.pages] == [5, 5, 5, 0]
    assert record.of(LoadingPage.FORM).why == FORM_AWAY[LoadingPage.FORM]


def test_disturbed_loads_near_a_limit_are_made_again(observe: Callable[..., LoadingRecord]) -> None:
    busy = MOST_OTHERS + 0.1
    scripted = Scripted(
        home=lambda n: cold(n, others=busy if n < 3 else 0, first_content_ms=2600),
        search=lambda n: cold(n, others=busy),  # far below every limit: it would change nothing
    )

    record = observe(scripted)

    assert len(record.of(LoadingPage.HOME).loads) == ROUNDS + MORE_ROUNDS
    assert len(record.of(LoadingPage.SEARCH).loads) == ROUNDS


def test_one_accident_is_made_up_for_by_more_loads(observe: Callable[..., LoadingRecord]) -> None:
    def once(number: int) -> ColdLoad:
        return cold(number, largest_content_ms=9000 if number == 2 else 400)

    record = observe(Scripted(home=once))

    assert len(record.of(LoadingPage.HOME).loads) == ROUNDS + MORE_ROUNDS
    assert len(record.of(LoadingPage.SEARCH).loads) == ROUNDS


def test_a_page_that_is_another_one_twice_is_left_alone(observe: Callable[..., LoadingRecord]) -> None:
    def blocked(number: int) -> ColdLoad:
        raise Lost("trang báo “access denied”", PageKind.BLOCK)

    def once(number: int) -> ColdLoad:
        if number == 2:
            raise Lost("đóng kết nối giữa chừng")
        return cold(number)

    record = observe(Scripted(search=blocked, detail=once))

    search, detail = record.of(LoadingPage.SEARCH), record.of(LoadingPage.DETAIL)
    assert (len(search.loads), len(search.lost)) == (0, 2)
    assert search.lost[0].kind is PageKind.BLOCK
    assert (len(detail.loads), len(detail.lost)) == (ROUNDS, 1)


def test_loads_end_when_nobody_wants_more(observe: Callable[..., LoadingRecord]) -> None:
    scripted = Scripted()

    record = observe(scripted, go_on=lambda: len(scripted.asked) < 4)

    assert sum(len(one.loads) for one in record.pages) == 4


def test_a_browser_that_cannot_tell_is_said_in_one_line(tmp_path: Path) -> None:
    class Firefox:
        class browser_type:
            name = "firefox"

    system = load_system("demo", base_url="http://127.0.0.1:9")
    attachments = Attachments(tmp_path, "loading/quiet", lambda text: text)
    with pytest.raises(NotObserved, match="Chromium") as end:
        observe_loading(Firefox(), system, [Place(LoadingPage.HOME, "http://127.0.0.1:9/")], {}, attachments)  # type: ignore[arg-type]
    assert end.value.outcome is Outcome.NOT_TESTED and "\n" not in end.value.reason


def test_film_files_and_figures_of_real_loads(
    observe: Callable[..., LoadingRecord], serve: Serve, tmp_path: Path
) -> None:
    server: Server = serve({"/": page(""), "/cham": steps(200, 700), "/anh.png": Answer(b"", "image/png")})
    places = [Place(LoadingPage.HOME, server.address + "/"), Place(LoadingPage.SEARCH, server.address + "/cham")]

    record = observe(None, server.address, places=places, rounds=2, profile=QUICK)

    slow = record.of(LoadingPage.SEARCH)
    assert record.slowest is LoadingPage.SEARCH and record.files[0].kind == "Document"
    assert record.browser.startswith("chromium") and record.viewport == (1366, 768)
    assert 6 <= len(slow.film) <= 10
    assert [one.at_ms for one in slow.film] == sorted({one.at_ms for one in slow.film})
    assert slow.film[0].shown == 0 and slow.film[-1].shown == 1
    assert all((tmp_path / one.path).stat().st_size < 30_000 for one in slow.film)
    assert slow.film_round in {load.round for load in slow.loads}


def test_a_page_of_which_something_comes_late_is_given_more_time(observe: Callable[..., LoadingRecord]) -> None:
    frame = (900.0, 1.0, Shown(1.0, b""))
    scripted = Scripted()

    def load_cold(*given: Any, **how: Any) -> Loaded:
        one = scripted(*given, **how)
        late = given[2].page is LoadingPage.HOME
        return Loaded(one.load, (), (frame,) if late else ())

    observe(load_cold)  # type: ignore[arg-type]

    given = dict[str, list[float]]()
    for (name, _), quiet in zip(scripted.asked, scripted.quiet, strict=True):
        given.setdefault(name, []).append(quiet)
    assert given["home"] == [FIRST_QUIET_S] * ROUNDS
    assert given["search"] == [FIRST_QUIET_S] + [QUIET_S] * (ROUNDS - 1)
