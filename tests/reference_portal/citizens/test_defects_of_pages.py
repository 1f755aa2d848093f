"""Each defect of layout, accessibility and measuring changes a page that everybody can see, and breaks none."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from portal.application import create_app
from portal.defects import accessibility, layout, measuring, switch_on
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


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A visitor of a portal in this process."""
    portal, identity, gateway, collector = (f"http://127.0.0.1:{port}" for port in range(1, 5))
    app = create_app(Settings(portal, identity, gateway, collector, tmp_path_factory.mktemp("portal")))
    yield app.test_client()
    switch_on(())


def pages(visitor: FlaskClient, *defects: str) -> Pages:
    """(status, text, policy) of each page, without what is new in every answer."""
    switch_on(defects)
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
def clean(visitor: FlaskClient) -> Pages:
    return pages(visitor)


def test_a_clean_portal_always_shows_the_same(visitor: FlaskClient, clean: Pages) -> None:
    assert pages(visitor) == clean


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_changes_a_page_and_breaks_none(visitor: FlaskClient, clean: Pages, defect: str) -> None:
    faulty = pages(visitor, defect)
    changed = [path for path in PATHS if faulty[path] != clean[path]]
    assert [path for path in PATHS if faulty[path][0] != clean[path][0]] == []
    assert bool(changed) is (defect not in ELSEWHERE)
