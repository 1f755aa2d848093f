"""keyboard.skip-link, WCAG 2.4.1: the first link leads past the header."""

from __future__ import annotations

import pytest

from suites.accessibility.test_5_3_keyboard import test_skip_link as skip_link
from tests.keyboard.conftest import Judge, html
from toantrinh.verdicts import Verdict

SKIP = "<a id=bq href='#nd'>Bỏ qua tới nội dung</a>"
HIDDEN = "<style>#bq { position: absolute; left: -999px } #bq:focus { left: 0 }</style>" + SKIP
SCRIPTED = "<button id=bq onclick='nd.tabIndex=-1;nd.focus()'>Đến nội dung chính</button>"
SMALL = "<header><a href='#1'>Sao Mai</a></header>"


@pytest.mark.parametrize("before", [SKIP, HIDDEN, SCRIPTED])
@pytest.mark.parametrize("main", ["<button>B</button>", "<p>Không có gì để dừng</p>"])
def test_silent_where_it_skips(judged: Judge, before: str, main: str) -> None:
    verdict, words = judged(skip_link, html(main, before=before))
    assert verdict is Verdict.PASS, words


def test_nothing_to_skip_is_silent(judged: Judge) -> None:
    assert judged(skip_link, html("<button>B</button>", header=SMALL))[0] is Verdict.PASS


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (SKIP.replace("#nd", "#thieu"), "không có phần tử nào mang id “thieu”"),
        (SKIP.replace("id=bq", "id=bq onclick='event.preventDefault()'"), "vẫn ở trước nội dung chính"),
        (SKIP.replace("#nd", "#tren") + "<div id=tren></div>", "vẫn ở trước nội dung chính"),
    ],
)
def test_one_that_does_not_skip_fails(judged: Judge, before: str, said: str) -> None:
    verdict, words = judged(skip_link, html("<button>B</button>", before=before))
    assert verdict is Verdict.FAIL, words
    assert said in words and "#bq" in words


@pytest.mark.parametrize(("verified", "wanted"), [(True, Verdict.FAIL), (False, Verdict.NEEDS_REVIEW)])
def test_none_before_a_long_header(judged: Judge, verified: bool, wanted: Verdict) -> None:
    verdict, words = judged(skip_link, html("<button>B</button>"), verified=verified)
    assert verdict is wanted
    assert "8 điểm dừng" in words
