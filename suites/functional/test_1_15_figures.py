"""1.15 Công khai tình hình giải quyết."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import Grounds, partial
from toantrinh.observations.site import PageName

PERIOD = re.compile(r"\bthang \d{1,2}\b|\bthang\b.*\b20\d\d\b|\bquy [1-4iv]+\b|\bnam 20\d\d\b|\b\d{1,2} 20\d\d\b")
AGENCY = re.compile(r"\b(uy ban nhan dan|ubnd|so |phuong |xa |cong an|trung tam phuc vu)")
KINDS = (
    ("tiếp nhận", "tiep nhan|da nhan|so ho so"),
    ("đã giải quyết", "giai quyet|da xu ly|hoan thanh"),
    ("đúng hạn, quá hạn", "dung han|truoc han|qua han|tre han"),
)


@check("figures.by-agency-and-period")
def test_figures_by_agency_and_period(site: SiteRecord) -> None:
    """Công khai số liệu giải quyết theo cơ quan và theo kỳ."""
    page = site.page(PageName.FIGURES)
    text = fold(page.text)
    parts = [("theo cơ quan", AGENCY), ("theo kỳ", PERIOD), *((name, re.compile(words)) for name, words in KINDS)]
    missing = [name for name, words in parts if not words.search(text)]
    if not re.search(r"\d", text):
        missing.append("con số")
    if missing:
        partial(
            max(0.0, 1 - len(missing) / len(parts)),
            "số liệu thiếu: " + ", ".join(missing),
            Grounds(
                expected="tiếp nhận, đã giải quyết, đúng hạn theo cơ quan và kỳ",
                seen="thiếu " + ", ".join(missing),
                where=page.address,
            ),
        )
