"""Titles of pages (WCAG 2.4.2): a placeholder says nothing of its page, even where no other page has it."""

from __future__ import annotations

import pytest

from suites.accessibility import test_5_1_level_a as a51
from tests.suites_pages.conftest import Recorder, verdict_of
from tests.suites_pages.test_site_frame import as_seen
from toantrinh.observations.site import PageName
from toantrinh.verdicts import Verdict


@pytest.mark.parametrize(
    ("title", "verdict", "said"),
    [
        ("React App", Verdict.PARTIAL, "giữ chỗ “React App”"),
        ("  ", Verdict.PARTIAL, "không có tiêu đề"),
        ("Ứng dụng React cho công dân", Verdict.PASS, ""),
    ],
    ids=["placeholder", "empty", "a title with such words"],
)
def test_the_title_of_one_page(site_of: Recorder, title: str, verdict: Verdict, said: str) -> None:
    site = as_seen(
        site_of("clean"),
        lambda page: page.model_copy(update={"title": title}) if page.name is PageName.GUIDE else page,
    )
    found, words = verdict_of(a51.test_titles_tell_pages_apart, site)
    assert found is verdict and said in words, words
