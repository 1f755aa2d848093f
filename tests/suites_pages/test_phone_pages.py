"""The pages on a phone: what only a phone's window shows is found there, and one page speaks for its template."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Browser

from fixtures.pages import SiteRecord
from fixtures.phone_pages import PhonePages, phones
from fixtures.tour import TourRecord
from suites.accessibility.test_5_1_level_a import test_no_violation_of_level_a as no_violation
from tests.hardships.hard_portal import page, running
from tests.suites_pages.conftest import NOTHING_MORE, verdict_of
from tests.suites_pages.test_one_visit import looking_at, visited
from toantrinh.observations.site import PageName
from toantrinh.verdicts import Verdict

ON_A_PHONE = (
    "<meta name=viewport content='width=device-width'><style>#quang-cao { display: none }"
    "@media (max-width: 500px) { #quang-cao { display: block } }</style>"
)
GUIDE = page("<p>Cách nộp hồ sơ trên mạng và nhận kết quả tại nhà.</p>")


@pytest.mark.parametrize(
    ("banner", "verdict"),
    [
        ("<img id=quang-cao src=/anh.png>", Verdict.FAIL),
        ("<img id=quang-cao src=/anh.png alt='Ứng dụng trên điện thoại'>", Verdict.PASS),
    ],
)
def test_what_a_phone_alone_shows_is_judged(chromium: Browser, tmp_path: Path, banner: str, verdict: Verdict) -> None:
    home = page(ON_A_PHONE + banner + "<a href=/huong-dan>Hướng dẫn sử dụng</a>")
    answers: Any = {"/": lambda talk: talk.answer(home), "/huong-dan": lambda talk: talk.answer(GUIDE)}
    with running(answers) as portal:
        looking = looking_at(portal, chromium, tmp_path)
        visits = visited(looking)
        seen = phones.__wrapped__(looking.run, looking.store, looking.browser, looking.progress, visits)  # type: ignore[attr-defined]
    assert list(seen.pages) == [PageName.HOME, PageName.GUIDE] and seen.pages[PageName.HOME].viewport == (360, 740)
    site = SiteRecord(looking.run.system, visits)
    found, said = verdict_of(no_violation, site, TourRecord(NOTHING_MORE), seen)
    assert found is verdict, said
    if verdict is Verdict.FAIL:
        assert "image-alt" in said and "Trang chủ trên điện thoại" in said and "#quang-cao" in said
    desk = verdict_of(no_violation, site, TourRecord(NOTHING_MORE), cast(Any, PhonePages()))
    assert desk[0] is Verdict.PASS
