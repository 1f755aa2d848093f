"""With which headers a page was delivered, whatever address its scripts have given it since."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.prober.scripted import Heard, Said, Scripted, scripted
from toantrinh.observers.site.traffic import Traffic

RENAMED = (
    "<title>Cổng</title><iframe src='/khung'></iframe><script>history.replaceState(null, '', '/trang-chu')</script>"
)
OF_DOCUMENT, OF_FRAME = ("Strict-Transport-Security", "max-age=31536000"), ("X-Of", "frame")


@pytest.fixture
def server() -> Iterator[Scripted]:
    def answer(heard: Heard) -> Said:
        if heard.path == "/khung":
            return Said(200, "<p>Khung</p>", (OF_FRAME,))
        return Said(200, RENAMED, (OF_DOCUMENT, ("Set-Cookie", "a=b"))) if heard.path == "/" else Said(404)

    with scripted(answer) as script:
        yield script


def test_a_page_that_renamed_itself_keeps_the_headers_of_its_document(page: Page, server: Scripted) -> None:
    traffic = Traffic(page)
    page.goto(f"{server.address}/", wait_until="load")
    assert page.url == f"{server.address}/trang-chu"
    headers = traffic.document_headers(page.url)
    assert headers["strict-transport-security"] == "max-age=31536000" and "set-cookie" not in headers
    assert traffic.document_headers(f"{server.address}/khung")["x-of"] == "frame"


def test_of_another_origin_nothing_is_known(page: Page, server: Scripted) -> None:
    traffic = Traffic(page)
    page.goto(f"{server.address}/", wait_until="load")
    assert traffic.document_headers("https://khac.example/trang-chu") == {}
