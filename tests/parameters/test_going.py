"""Scripts that name the stranger: the browser says whether it goes there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.parameters.conftest import FOUND, Ask, rerouted, value_of
from tests.prober.scripted import Heard, Said
from toantrinh.observers.parameters.going import MOST_TRIES
from toantrinh.verdicts import Verdict

LOG_IN = "/dang-nhap?tiep=/ho-so"


@pytest.mark.parametrize(
    ("script", "headers", "verdict"),
    [
        ("location.replace('{}')", (), Verdict.FAIL),
        ("setTimeout(() => { location.href = '{}' }, 200)", (), Verdict.FAIL),
        ("location.replace('{}')", (("Content-Security-Policy", "script-src 'none'"),), Verdict.PASS),
        ("document.onclick = () => { location.href = '{}' }", (), Verdict.PASS),
        ("if ('{}'.startsWith('/')) location.href = '{}'", (), Verdict.PASS),
    ],
    ids=["at-once", "soon", "forbidden", "at-a-press", "checked"],
)
def test_a_script_is_judged_by_where_the_browser_goes(
    ask: Ask, chromium: Browser, script: str, headers: tuple[tuple[str, str], ...], verdict: Verdict
) -> None:
    def answer(heard: Heard) -> Said:
        value = value_of(heard, "tiep")
        said = script.replace("{}", value if value.startswith("https:") else "/")
        return Said(200, f"{FOUND}<script>{said}</script>", headers)

    said, words = rerouted(ask(answer, LOG_IN, browser=chromium)[0])
    assert said is verdict
    assert verdict is Verdict.PASS or "mã trong trang đưa trình duyệt tới thu-chuyen-huong.example" in words


def test_no_more_pages_are_opened_than_there_may_be(ask: Ask, chromium: Browser) -> None:
    def answer(heard: Heard) -> Said:
        value = next(value for name in ("tiep", "next", "url") if (value := value_of(heard, name)))
        return Said(200, f"{FOUND}<script>document.onclick = () => {{ location.href = '{value}' }}</script>")

    record, server = ask(answer, LOG_IN, "/vao?next=/a", "/ra?url=/b", browser=chromium)
    opened = [one for one in server.heard if "Chrome" in one.headers.get("User-Agent", "")]
    assert rerouted(record)[0] is Verdict.NEEDS_REVIEW
    assert len([one for one in opened if "thu-chuyen-huong" in one.path]) == MOST_TRIES
