"""Pages of a few lines, read by the real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from toantrinh.observations.reading import ReadingFacts
from toantrinh.observers.screen_reader.reading import reading_of

Reader = Callable[..., ReadingFacts]
TEXT = "Người dân nộp hồ sơ trên mạng và nhận kết quả tại nhà, không phải đi lại nhiều lần tới cơ quan giải quyết."


@pytest.fixture
def read(page: Page) -> Reader:
    """Reads a page with this main part, and perhaps this head."""

    def of(main: str, head: str = "", title: str = "Hướng dẫn nộp hồ sơ") -> ReadingFacts:
        page.set_content(
            f'<!doctype html><html lang="vi"><head><title>{title}</title>{head}</head>'
            f"<body><main><h1>Hướng dẫn</h1>{main}</main></body></html>"
        )
        return reading_of(page)

    return of
