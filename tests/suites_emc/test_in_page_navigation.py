"""Portals that change their content without loading: what was sent for each page decides; others are not judged."""

from __future__ import annotations

import pytest

from fixtures.pages import JourneysRecord
from suites.emc.test_6_2_figures_sent import test_in_page_navigation_is_sent as check
from tests.suites_pages.conftest import verdict_of
from tests.suites_pages.test_checks_of_journeys import HOME, SYSTEM, beacon, journey
from toantrinh.observations.journey import Journey, Reach, Step, StepName
from toantrinh.observations.page import BeaconRecord, PageKind, ProofOfPage, RequestRecord
from toantrinh.verdicts import Verdict

P, F, HALF, NA, OPEN = (
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.PARTIAL,
    Verdict.NOT_APPLICABLE,
    Verdict.NOT_TESTED,
)


def step(name: StepName, path: str, title: str, *sent: BeaconRecord, loaded: str = "", at: str = HOME) -> Step:
    """A step on one page; `loaded` is the path of the document that came for it, if any."""
    status = 200 if (loaded and loaded == path.split("#")[0]) or "#" in path else None
    requests = (RequestRecord(method="GET", address=f"{at}{loaded}", kind="document", status=200),) if loaded else ()
    proof = ProofOfPage(address=f"{at}{path}", title=title, status=status, kind=PageKind.PAGE, step=name)
    return Step(name=name, reach=Reach.REACHED, address=proof.address, proof=(proof,), requests=requests, beacons=sent)


def view(path: str, title: str) -> BeaconRecord:
    return beacon(path, title=title)


HOME_STEP = step(StepName.HOME, "/", "Trang chủ", view("/", "Trang chủ"), loaded="/")
LIST = step(StepName.SEARCH, "/thu-tuc", "Kết quả", view("/thu-tuc", "Kết quả"))
DETAIL = step(StepName.DETAIL, "/thu-tuc/1", "Khai tử", view("/thu-tuc/1", "Khai tử"))
LOADED = step(StepName.SEARCH, "/thu-tuc", "Kết quả", view("/thu-tuc", "Kết quả"), loaded="/thu-tuc")
SILENT = step(StepName.DETAIL, "/thu-tuc/1", "Khai tử")
REWRITTEN = step(StepName.SEARCH, "/vi/thu-tuc", "Kết quả", view("/thu-tuc", "Kết quả"), loaded="/thu-tuc")
OFFICER = step(StepName.OFFICER, "/can-bo", "Cán bộ")

CASES: list[tuple[str, Journey, Verdict, str]] = [
    ("every page is told", journey(HOME_STEP, LIST, DETAIL), P, ""),
    ("one page is not told", journey(HOME_STEP, LIST, SILENT), HALF, "Chi tiết thủ tục"),
    ("the new address is never told", journey(HOME_STEP, step(StepName.SEARCH, "/thu-tuc", "Kết quả", view("/", "Kết quả"))), F, "địa chỉ mới"),
    ("the old title is told", journey(HOME_STEP, step(StepName.SEARCH, "/thu-tuc", "Kết quả", view("/thu-tuc", "Trang chủ"))), F, "“Trang chủ” thay vì “Kết quả”"),
    ("routes behind a hash are told", journey(HOME_STEP, step(StepName.SEARCH, "/#/thu-tuc", "Kết quả", view("/#/thu-tuc", "Kết quả"))), P, ""),
    ("routes behind a hash are not told", journey(HOME_STEP, step(StepName.SEARCH, "/#/thu-tuc", "Kết quả")), F, "#/thu-tuc"),
    ("told a step later", journey(HOME_STEP, step(StepName.SEARCH, "/thu-tuc", "Kết quả"), step(StepName.DETAIL, "/thu-tuc/1", "Khai tử", view("/thu-tuc", "Kết quả"), view("/thu-tuc/1", "Khai tử"))), P, ""),
    ("every page is loaded", journey(HOME_STEP, LOADED), NA, "tải lại"),
    ("an address rewritten after its document came", journey(HOME_STEP, REWRITTEN), NA, "tải lại"),
    ("a mark within the page", journey(HOME_STEP, step(StepName.SEARCH, "/#ket-qua", "Trang chủ"), LOADED), NA, ""),
    ("only the query changes", journey(HOME_STEP, LIST, step(StepName.DETAIL, "/thu-tuc?trang=2", "Kết quả")), P, ""),
    ("the officers' pages", journey(HOME_STEP, LOADED, OFFICER), NA, ""),
    ("never left the home page", journey(HOME_STEP), OPEN, "chưa đổi trang"),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "wanted", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_was_sent_decides(seen: Journey, wanted: Verdict, said: str) -> None:
    verdict, words = verdict_of(check, JourneysRecord(SYSTEM, [seen]))
    assert verdict is wanted, words
    assert said in words or wanted is NA
