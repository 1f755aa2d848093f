"""What axe leaves to the measuring of pixels is for a person where pixels were not measured, or not all."""

from __future__ import annotations

import pytest

from fixtures.looking import Looks
from fixtures.phone_pages import PhonePages
from fixtures.tour import TourRecord
from suites.accessibility.test_5_2_level_aa import test_no_violation_of_level_aa as level_aa
from tests.suites_pages.conftest import NOTHING_MORE, Recorder, looks_of, verdict_of
from tests.suites_pages.test_checks_on_changed_facts import ON_A_PICTURE, pages, undecided
from toantrinh.observations.colours import ColoursFacts
from toantrinh.observations.site import PageName
from toantrinh.verdicts import Verdict

WHOLE, CUT = ColoursFacts(address=""), ColoursFacts(address="", truncated=True)
SPEAKER = Looks(looks_of(WHOLE).looks, alike={name: [PageName.HOME] for name in PageName})


@pytest.mark.parametrize(
    ("colours", "wanted", "said"),
    [
        (looks_of(*(WHOLE for _ in PageName)), Verdict.PASS, ""),
        (looks_of(*(CUT for _ in PageName)), Verdict.NEEDS_REVIEW, "Trang chủ"),
        (Looks({}), Verdict.NEEDS_REVIEW, "Trang chủ"),
        (SPEAKER, Verdict.PASS, ""),
    ],
    ids=["measured whole", "words left out", "not measured", "the first of its template was measured"],
)
def test_contrast_is_settled_where_it_was_measured(
    site_of: Recorder, colours: Looks[ColoursFacts], wanted: Verdict, said: str
) -> None:
    site = pages(undecided(ON_A_PICTURE, alone=True))(site_of("clean"))
    verdict, words = verdict_of(level_aa, site, TourRecord(NOTHING_MORE), PhonePages(), colours)
    assert verdict is wanted and said in words, words
