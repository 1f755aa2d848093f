"""Small pages walked by a real browser, and what a check says of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from fixtures.keyboard import KeyboardRecord
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.keys.keyboard import keyboard_of
from toantrinh.store import Observed, Outcome
from toantrinh.verdicts import Verdict

Check = Callable[[KeyboardRecord], None]
Judge = Callable[..., tuple[Verdict, str]]
NAV = "".join(f'<li><a href="#muc{n}">Mục {n}</a></li>' for n in range(7))
HEADER = f"<header><a href='#dau'>Sao Mai</a><nav><ul>{NAV}</ul></nav></header>"
FOOTER = "<footer><a href='#lh'>Liên hệ</a> <a href='#sd'>Sơ đồ</a></footer>"


def html(main: str, *, before: str = "", style: str = "", header: str = HEADER) -> str:
    """A page with header, main and footer."""
    return (
        f"<!doctype html><html lang='vi'><title>T</title><style>main p {{ height: 120px }} {style}</style>"
        f"<body>{before}{header}<main id='nd'><h1>Trang</h1>{main}</main>{FOOTER}</body></html>"
    )


def record_of(*facts: KeyboardFacts, verified: bool = True) -> KeyboardRecord:
    """A record of these pages, as the suites read it."""
    walks = {
        name: Observed[KeyboardFacts](
            key=f"keyboard/{name}", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=one
        )
        for name, one in zip(PageName, facts, strict=False)
    }
    return KeyboardRecord(walks, verified=verified)


@pytest.fixture
def judged(page: Page) -> Judge:
    """What the check says of a page with this content."""

    def judge(check: Check, content: str, *, verified: bool = True) -> tuple[Verdict, str]:
        page.set_content(content)
        return verdict_of(check, record_of(keyboard_of(page), verified=verified))

    return judge
