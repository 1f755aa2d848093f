"""Each defect of layout, accessibility and measuring changes a page that everybody can see, and breaks none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.application import create_app
from portal.defects import accessibility, layout, measuring
from portal.settings import Settings

PATHS = (
    "/",
    "/thu-tuc",
    "/thu-tuc/1.000656",
    "/tra-cuu",
    "/dang-nhap",
    "/huong-dan",
    "/hoi-dap",
    "/phan-anh-kien-nghi",
    "/so-lieu",
    "/so-do-cong",
    "/en/",
    "/robots.txt",
    "/khong-co-trang-nay",
)
CHANGING = re.compile(
    r'nonce[=-]"?[\w+/=-]+|[\w=-]{40,}|name="(?:lan_gui|thu_thach)"[^>]*|src="/tra-cuu[^"]*"'
    r"|\d\d:\d\d \d\d/\d\d/\d{4}|Trả lời câu hỏi.*"
)
# Behind the log-in, in a file, or when a form is sent.
ELSEWHERE = {
    "layout.long-way",
    "a11y.errors-loose",
    "a11y.errors-say-nothing",
    "a11y.errors-unannounced",
    "a11y.no-review",
    "a11y.templates-untagged",
    "emc.event-at-each-visit",
    "emc.event-before-acceptance",
    "emc.name-in-title",
    "emc.no-tag-in-application",
    "emc.no-tag-on-confirmation",
    "emc.number-in-event",
}
DEFECTS = [one.name for room in (layout, accessibility, measuring) for one in room.DEFECTS]

Pages = dict[str, tuple[int, str, str]]


def pages(folder: Path, *defects: str) -> Pages:
    """(status, text, policy) of each page, without what is new in every answer."""
    origins = [f"http://127.0.0.1:{port}" for port in range(1, 5)]
    portal, identity, gateway, collector = origins
    settings = Settings(portal, identity, gateway, collector, folder, defects=frozenset(defects))
    visitor = create_app(settings).test_client()
    answers = {path: visitor.get(path) for path in PATHS}
    return {
        path: (
            answer.status_code,
            CHANGING.sub("", answer.get_data(as_text=True)),
            CHANGING.sub("", answer.headers["Content-Security-Policy"]),
        )
        for path, answer in answers.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="module")
def clean(folder: Path) -> Pages:
    return pages(folder)


def test_two_clean_portals_show_the_same(folder: Path, clean: Pages) -> None:
    assert pages(folder) == clean


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_changes_a_page_and_breaks_none(folder: Path, clean: Pages, defect: str) -> None:
    faulty = pages(folder, defect)
    changed = [path for path in PATHS if faulty[path] != clean[path]]
    assert [path for path in PATHS if faulty[path][0] != clean[path][0]] == []
    assert bool(changed) is (defect not in ELSEWHERE)
