"""1.15 Công khai tình hình giải quyết."""

from __future__ import annotations

import re
import unicodedata

from fixtures.checks import check
from fixtures.figures import FiguresRecord
from fixtures.pages import SiteRecord
from suites.functional.agreement import age_excuses
from suites.layout.site_frame import footer_of, header_of
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial
from toantrinh.observations.site import PageName
from toantrinh.published_counts import rises

DATE = re.compile(r"\b(?:ngay \d{1,2} thang \d{1,2} nam|\d{1,2} \d{1,2}) 20\d\d\b")  # of a day: no period
PERIOD = re.compile(r"\bthang \d{1,2}\b|\bthang\b.*\b20\d\d\b|\bquy [1-4iv]+\b|\bnam 20\d\d\b|\b\d{1,2} 20\d\d\b")
# With their marks, for "Sở" is an agency and "số" a number; and what also means something else only before a name.
AGENCY = re.compile(
    r"\b(?:[uủ][yỷ] ban nhân dân|ubnd|(?<!cơ )sở|công an|trung tâm phục vụ)\s+\w"
    r"|\b(?:theo|tên|chọn|tất cả|các)\s+(?:cơ quan|đơn vị|sở, ngành|địa phương)\b",
    re.I,
)
NAMED = re.compile(
    r"\b(?:xã|phường|đặc khu|huyện|quận|thị xã|thành phố|cục|(?<!dịch )(?<!phục )vụ|(?<!toàn )(?<!cán )bộ|ban|viện"
    r"|trung tâm|văn phòng|thanh tra|thuế)\s+([^\W\d_])",
    re.I,
)
KINDS = (
    ("tiếp nhận", "tiep nhan|da nhan|so ho so"),
    ("đã giải quyết", "giai quyet|da xu ly|hoan thanh"),
    ("đúng hạn, quá hạn", "dung han|truoc han|qua han|tre han"),
)


@check("figures.by-agency-and-period")
def test_figures_by_agency_and_period(site: SiteRecord) -> None:
    """Công khai số liệu giải quyết theo cơ quan và theo kỳ."""
    page = site.page(PageName.FIGURES)
    frame = {*header_of(page, site.pages()), *footer_of(page, site.pages())}  # it names agencies and days, too
    own = unicodedata.normalize("NFC", "\n".join(line for line in page.text.splitlines() if _line(line) not in frame))
    text = DATE.sub(" ", fold(own))
    parts = [("theo kỳ", PERIOD), *((name, re.compile(words)) for name, words in KINDS)]
    missing = [] if _names_agencies(own) else ["theo cơ quan"]
    missing += [name for name, words in parts if not words.search(text)]
    if not re.search(r"\d", text):
        missing.append("con số")
    if missing:
        partial(
            max(0.0, 1 - len(missing) / (1 + len(parts))),
            "số liệu thiếu: " + ", ".join(missing),
            Grounds(
                expected="tiếp nhận, đã giải quyết, đúng hạn theo cơ quan và kỳ",
                seen="thiếu " + ", ".join(missing),
                where=page.address,
            ),
        )


def _names_agencies(text: str) -> bool:
    return bool(AGENCY.search(text)) or any(found[1].isupper() for found in NAMED.finditer(text))


def _line(text: str) -> str:
    return " ".join(text.split())


@check("figures.agree")
def test_figures_agree_with_what_was_sent(figures: FiguresRecord) -> None:
    """Số liệu công khai tăng ít nhất bằng số hồ sơ đã nộp và đã giải quyết trong lần kiểm thử."""
    if not figures.sent:
        not_tested("chưa nộp được hồ sơ nào giữa hai lần xem số liệu")
    if figures.after.absent:
        figures.missing("không thấy trang công khai tình hình giải quyết", "số liệu đến được từ trang chủ")
    ours = {"tiếp nhận": ("figures-received", len(figures.sent)), "giải quyết": ("figures-settled", figures.settled)}
    asked, behind = 0, []
    for name, (intent, number) in ours.items():
        found = rises(figures.before, figures.after, intent, load_lexicon(), figures.today) if number else {}
        asked += len(found)
        behind += [
            f"{name}, {facet.vietnamese}: tăng {rise}, trong khi đã có thêm từ {number} hồ sơ"
            for facet, rise in found.items()
            if rise < number
        ]
    if not asked:
        needs_review("không đọc được số hồ sơ tiếp nhận, giải quyết bằng con số ở trang số liệu")
    if behind:
        age_excuses(figures)
        grounds = figures.grounds("tăng ít nhất bằng số hồ sơ vừa nộp", f"{'; '.join(behind)}; {figures.after.as_of}")
        if not figures.verified and not figures.after.as_of:
            needs_review("; ".join(behind), grounds)
        if len(behind) == asked:
            fail("số liệu công khai không tính hồ sơ vừa nộp: " + "; ".join(behind), grounds)
        partial(1 - len(behind) / asked, "số liệu công khai tính thiếu: " + "; ".join(behind), grounds)
