"""What kept the browser from acting is said in words for whoever reads the report, not in those of a library."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page

from toantrinh.driver.window import first_line

COVER = "position:fixed;inset:0;background:#fff"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"<button>Nộp</button><div id=quang-cao style={COVER}></div>", 'bị phần tử <div id="quang-cao"'),
        ("<button style=display:none>Nộp</button>", "không hiện trên trang, đã chờ 0.3 giây"),
        ("<button disabled>Nộp</button>", "đang bị khóa, đã chờ 0.3 giây"),
        ("<style>@keyframes x {to {margin-left:300px}} button {animation:x 1s infinite}</style><button>Nộp</button>", "không đứng yên"),
        ("<button style=position:fixed;left:-900px>Nộp</button>", "nằm ngoài màn hình"),
    ],
)  # fmt: skip
def test_an_element_that_cannot_be_pressed(page: Page, body: str, words: str) -> None:
    page.set_content(body)
    with pytest.raises(Error) as failed:
        page.query_selector("button").click(timeout=300)
    said = first_line(failed.value)
    assert words in said and "Timeout" not in said and "ElementHandle" not in said


def test_a_field_that_takes_no_words(page: Page) -> None:
    page.set_content("<input readonly>")
    with pytest.raises(Error) as failed:
        page.query_selector("input").fill("x", timeout=300)
    assert first_line(failed.value) == "không gõ được, đã chờ 0.3 giây"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/", "net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/"),
        ("", "ValueError"),
        ("không đọc được tệp", "không đọc được tệp"),
    ],
)
def test_what_has_no_words_of_ours_is_said_as_it_is(text: str, said: str) -> None:
    assert first_line(ValueError(text)) == said
