"""Each defect of speed and of capacity does what its title says where it says so, beside the clean portal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from playwright.sync_api import Page

from portal import crowding, slow_work
from portal.defects import REGISTRY
from portal.defects.slowness import DEFECTS

from .conftest import ROOT, Application, Portal, Visitor, new_session, running
from .test_papers import picture

SEARCH, SECOND_PAGE, DETAIL, LIST = "/thu-tuc?tu-khoa=giấy", "/thu-tuc?trang=2", "/thu-tuc/1.001193", "/thu-tuc"
REPORT, LOOK_UP, NOWHERE = "/so-lieu", "/tra-cuu", "/khong-co-trang-nay"
SLOW_PLACES = {
    "/": slow_work.FIRST_BYTE_S,
    SEARCH: slow_work.QUERY_S,
    SECOND_PAGE: slow_work.QUERY_S,
    REPORT: slow_work.REPORT_S,
}
LONGEST_TASK = """() => new Promise((tell) => {
  let longest = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) longest = Math.max(longest, one.duration); })
    .observe({ type: 'longtask', buffered: true });
  setTimeout(() => tell(longest), 500);
})"""
Start = Callable[..., Portal]


@pytest.fixture(scope="module")
def slow_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal that is slow in some places and careless with its files, all at once; they do not touch each other."""
    names = "search.slow,results.second-page-slow,upload.slow,http.first-byte-slow,lookalike.slow-report"
    names += ",files.uncompressed,files.no-cache"
    with running(tmp_path_factory.mktemp("slow"), "--defects", names) as started:
        yield started


@pytest.fixture
def with_defects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Starts a portal with defects, for one test."""
    started = []

    def start(*names: str, captcha: str = "SAOMAI") -> Portal:
        options = ("--defects", ",".join(names), "--captcha-answer", captcha)
        started.append(running(tmp_path_factory.mktemp("faulty"), *options))
        return started[-1].__enter__()

    yield start
    for one in started:
        one.__exit__(None, None, None)


def seconds(portal: Portal, path: str, tries: int = 1) -> float:
    """How long a page takes, s; the least of several tries."""
    session, took = new_session(), []
    for _ in range(tries):
        begun = time.monotonic()
        session.get(portal.url + path, timeout=30)
        took.append(time.monotonic() - begun)
    return min(took)


def at_once(portal: Portal, path: str, count: int, hands: int) -> tuple[float, list[requests.Response]]:
    """How long so many requests take together, s, sent by so many hands; and their answers."""
    sessions = [new_session() for _ in range(hands)]
    with ThreadPoolExecutor(hands) as pool:
        begun = time.monotonic()
        answers = list(pool.map(lambda n: sessions[n % hands].get(portal.url + path, timeout=30), range(count)))
        return time.monotonic() - begun, answers


def test_a_page_is_slower_than_the_clean_one_by_its_wait_or_not_at_all(portal: Portal, slow_places: Portal) -> None:
    waits = SLOW_PLACES | dict.fromkeys((LIST, DETAIL, LOOK_UP, "/en/"), 0.0)
    with ThreadPoolExecutor(len(waits)) as pool:  # the waits run side by side
        slow = dict(zip(waits, pool.map(lambda path: seconds(slow_places, path), waits), strict=True))
    beyond = {path: slow[path] - seconds(portal, path) - waits[path] for path in waits}
    assert {path: late for path, late in beyond.items() if not -0.5 < late < 1.5} == {}


def test_an_upload_waits_and_the_other_steps_do_not(
    portal: Portal, slow_places: Portal, apply: Callable[..., Application]
) -> None:
    stranger = Visitor(slow_places).log_in("A", "/nop-ho-so/1.001193")
    took = {}
    for name, application in {
        "clean": apply(),
        "slow": Application(stranger, stranger.answer.url.rsplit("/", 1)[0]),
    }.items():
        application.applicant()
        begun = time.monotonic()
        application.content()
        typed = time.monotonic()
        paper = {"tep-giay-chung-sinh": ("giay.png", picture("PNG"), "image/png")}
        application.step("giay-to").send({"thao-tac": "tai-len:giay-chung-sinh"}, files=paper)
        took[name] = (typed - begun, time.monotonic() - typed)
        assert "giay.png" in application.visitor.answer.text
    assert took["slow"][1] - took["clean"][1] > slow_work.SCAN_S - 0.5
    assert took["slow"][0] - took["clean"][0] < slow_work.SCAN_S / 2


def test_nothing_is_compressed_and_static_files_cannot_be_kept(portal: Portal, slow_places: Portal) -> None:
    def headers(of: Portal, path: str) -> requests.structures.CaseInsensitiveDict[str]:
        return new_session().get(of.url + path, headers={"Accept-Encoding": "gzip, br"}, timeout=30).headers

    file = Visitor(portal).get(LIST).text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "Content-Encoding" in headers(portal, LIST) and "Content-Encoding" in headers(portal, file)
    assert "Content-Encoding" not in headers(slow_places, LIST)
    bare = headers(slow_places, file)
    assert "Content-Encoding" not in bare and "ETag" not in bare and bare["Cache-Control"] == "no-store"
    again = new_session().get(
        slow_places.url + file, headers={"If-None-Match": headers(portal, file)["ETag"]}, timeout=30
    )
    assert again.status_code == 200 and again.content


def test_one_look_up_in_three_gets_no_answer(
    with_defects: Start, apply: Callable[..., Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(slow_work.time, "sleep", waits.append)
    for _ in range(2 * slow_work.UNANSWERED_EVERY):
        slow_work.ask_agency()
    assert waits == [slow_work.UNANSWERED_S] * 2
    monkeypatch.undo()
    visitor = Visitor(with_defects("look-up.time-out"))
    for _ in range(slow_work.UNANSWERED_EVERY - 1):
        visitor.get(LOOK_UP)
        visitor.send({"ma_ho_so": "000.00.00.H99-260101-0001", "ma_bao_mat": "SAOMAI"})
        assert visitor.answer.status_code in (200, 422)
    visitor.get(LOOK_UP)
    form = dict(visitor.page.xpath("//main//form[@method='post']")[0].form_values())
    form |= {"ma_ho_so": "000.00.00.H99-260101-0001", "ma_bao_mat": "SAOMAI"}
    with pytest.raises(requests.ReadTimeout):
        visitor.session.post(visitor.portal.url + LOOK_UP, data=form, timeout=3)
    assert visitor.get(LOOK_UP).ok


def test_one_view_of_a_procedure_in_so_many_waits(with_defects: Start) -> None:
    faulty = with_defects("procedure.copy-runs-out")
    for _ in range(slow_work.COLD_EVERY - 1):
        assert requests.get(faulty.url + DETAIL, timeout=3).ok
    with pytest.raises(requests.ReadTimeout):
        requests.get(faulty.url + DETAIL, timeout=3)
    assert requests.get(faulty.url + DETAIL, timeout=3).ok


def test_the_lock_serves_pages_one_after_the_other_and_files_at_once(portal: Portal, with_defects: Start) -> None:
    faulty, crowd = with_defects("capacity.lock"), 20
    alone = seconds(faulty, NOWHERE, 3) - seconds(portal, NOWHERE, 3)
    together = at_once(faulty, NOWHERE, crowd, crowd)[0] - at_once(portal, NOWHERE, crowd, crowd)[0]
    assert alone < together / 4
    assert together > (crowd - 1) * crowding.COUNTING_S * 0.5
    files = at_once(faulty, "/favicon.ico", crowd, crowd)[0] - at_once(portal, "/favicon.ico", crowd, crowd)[0]
    assert files < together / 2


def test_memory_that_grows_slows_each_page_a_little_more(portal: Portal, with_defects: Start) -> None:
    faulty, visits = with_defects("memory.growth"), 200
    before = seconds(faulty, NOWHERE, 3) - seconds(portal, NOWHERE, 3)
    at_once(faulty, NOWHERE, visits, 40)
    after = seconds(faulty, NOWHERE, 3) - seconds(portal, NOWHERE, 3)
    assert after - before > visits * crowding.RECALLING_S * 0.8
    assert at_once(portal, NOWHERE, visits, 40)[1]
    assert seconds(portal, NOWHERE, 3) < after / 2


def test_visits_and_visitors_are_counted_for_some_seconds() -> None:
    moment = [0.0]
    visits = crowding.Visits(2, clock=lambda: moment[0])
    counted = []
    for number in range(10):
        moment[0] = number
        counted.append(visits.note(f"người {number % 2}"))
    assert counted == [(1, 1), *[(2, 2)] * 9]
    moment[0] = 60
    assert visits.note("người 1") == (1, 1)


def test_pages_stay_slow_after_a_rush(portal: Portal, with_defects: Start) -> None:
    faulty = with_defects("peak.never-recovers")
    before = seconds(faulty, LIST, 3) - seconds(portal, LIST, 3)
    for one in (faulty, portal):
        at_once(one, NOWHERE, 200, 40)
    after = seconds(faulty, LIST, 3) - seconds(portal, LIST, 3)
    assert after - before > crowding.EXHAUSTED_S / 2
    assert seconds(faulty, "/favicon.ico", 3) < seconds(faulty, LIST, 3) / 2


@pytest.mark.parametrize(("defect", "status"), [("errors.under-load", 503), ("slow.block-page", 200)])
def test_where_many_people_are_half_get_another_answer(
    portal: Portal, with_defects: Start, defect: str, status: int
) -> None:
    faulty = with_defects(defect)
    few = at_once(faulty, NOWHERE, 60, 10)[1]
    assert {one.status_code for one in few} == {404}
    many = at_once(faulty, NOWHERE, 450, 150)[1]
    other = [one for one in many if one.status_code != 404]
    assert {one.status_code for one in other} == {status} and 20 < len(other) <= len(many) / 2
    assert all((crowding.BUSY.title in one.text) is (defect == "slow.block-page") for one in other)
    assert {one.status_code for one in at_once(portal, NOWHERE, 450, 150)[1]} == {404}


def test_only_the_first_page_after_a_cold_start_is_late(with_defects: Start) -> None:
    faulty = with_defects("lookalike.one-slow-start")
    first, second = seconds(faulty, LIST), seconds(faulty, LIST, 3)
    assert first - second > crowding.COLD_S - 0.5


def test_the_script_of_the_home_page_blocks_and_the_decoration_does_not(
    page: Page, portal: Portal, with_defects: Start
) -> None:
    def longest(of: Portal, path: str) -> float:
        page.goto(of.url + path)
        return float(page.evaluate(LONGEST_TASK))

    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    blocking, moving = with_defects("script.blocking"), with_defects("lookalike.late-animation")
    clean = longest(portal, "/")
    assert longest(blocking, "/") - clean > 600
    assert longest(blocking, LIST) - longest(portal, LIST) < 450
    assert longest(moving, "/") - clean < 450
    assert page.evaluate("document.getAnimations().length") > 0
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    assert page.locator("body > div[aria-hidden=true]").count() == 0
    assert not complaints


def test_the_checks_named_are_checks_and_every_one_of_load_and_speed_is_named() -> None:
    known = (ROOT / "criteria" / "checks.yaml").read_text(encoding="utf-8")
    named = {check for one in DEFECTS for check in one.checks}
    assert [check for check in named if f"- id: {check}\n" not in known] == []
    assert all(REGISTRY[one.name] is one for one in DEFECTS)
