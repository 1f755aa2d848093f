"""Whole runs against systems that behave badly: what could be seen is judged, and nothing is made of the rest."""

from __future__ import annotations

import urllib.parse

from tests.hardships.hard_portal import Talk, page, running

from .conftest import BIRTH, DEATH, Judge

SEARCH = "<form action=/tim><label for=q>Tìm kiếm thủ tục</label><input id=q name=q><button>Tìm kiếm</button></form>"
NAMES = {BIRTH: "Thủ tục đăng ký khai sinh", DEATH: "Thủ tục đăng ký khai tử"}


def found(talk: Talk) -> None:
    asked = dict(urllib.parse.parse_qsl(talk.path.partition("?")[2])).get("q", "")
    rows = "".join(
        f"<li>{code} <a href='/thu-tuc/{code}'>{name}</a></li>" for code, name in NAMES.items() if name in asked or code in asked
    )
    talk.answer(page(f"{SEARCH}<h2>Kết quả</h2><ul>{rows}</ul>"))


def test_a_host_that_answers_everybody_but_the_browser_is_judged_on_nothing(judge: Judge) -> None:
    def home(talk: Talk) -> None:
        if talk.agent == "toantrinh":  # who asks whether somebody is there
            talk.answer(page(SEARCH))

    with running({"/": home}) as portal:
        ended = judge("--system=demo", f"--base-url={portal.address}", f"--service={BIRTH}", f"--service={DEATH}", "--criterion=1.1", "--criterion=1.2")
    assert ended.status == 2, ended.out
    assert set(ended.verdicts().values()) == {"not-tested"}
    assert ended.lines[-1].startswith("Không xét được gì") and "đóng kết nối giữa chừng" in ended.out
    assert ended.card["run"]["complete"] is True
    assert "Traceback" not in ended.out + ended.err


def test_one_page_that_breaks_off_does_not_keep_the_others_from_being_judged(judge: Judge) -> None:
    answers = {
        "/": lambda talk: talk.answer(page(SEARCH)),
        "/tim": found,
        f"/thu-tuc/{BIRTH}": lambda talk: None,
        f"/thu-tuc/{DEATH}": lambda talk: talk.answer(page(f"<h2>{NAMES[DEATH]}</h2><p>Mã thủ tục: {DEATH}</p><a href=/nop>Nộp trực tuyến</a>")),
    }
    with running(answers) as portal:
        ended = judge("--system=demo", f"--base-url={portal.address}", f"--service={BIRTH}", f"--service={DEATH}", "--criterion=1.2", "--criterion=1.1")
    verdicts = ended.verdicts()
    assert verdicts["search.keyword-from-home", BIRTH] == "fail"  # the home page answered at that very moment
    assert "đóng kết nối giữa chừng" in ended.out and "trong khi trang chủ vẫn trả lời" in ended.out
    assert verdicts["publish.detail-labels", BIRTH] == "not-tested"
    assert verdicts["search.keyword-from-home", DEATH] == "pass"
    assert verdicts["publish.detail-labels", DEATH] in ("partial", "fail")
    assert "tool-error" not in verdicts.values() and "Traceback" not in ended.out + ended.err


def test_a_system_that_refuses_is_left_alone_for_the_rest_of_the_run(judge: Judge) -> None:
    def home(talk: Talk) -> None:
        talk.answer(page(SEARCH), *((200,) if talk.agent == "toantrinh" else (429,)), **({} if talk.agent == "toantrinh" else {"Retry_After": "900"}))

    with running({"/": home}) as portal:
        ended = judge("--system=demo", f"--base-url={portal.address}", f"--service={BIRTH}", f"--service={DEATH}", "--criterion=1.1", "--criterion=1.2")
        visits = portal.asked["GET /"]
    assert ended.status == 2 and "yêu cầu đợi 900 giây" in ended.out
    assert visits <= 3  # whether somebody is there, the page, and no more
