"""4.2 on a real journey: full points on the clean portal, and each seeded defect found where only a journey sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.answer_rows import of_journey
from fixtures.answers import AnswersRecord, add_pages
from fixtures.pages import SiteRecord
from portal.defects import REGISTRY
from suites.security import test_4_2_headers_and_cookies as s42
from tests.headers.records import judged
from tests.suites_functional.conftest import running_portal
from toantrinh.journey.walk import make_journey
from toantrinh.observations.site import PageName, PageVisit
from toantrinh.observers.site.pages import observe_visit
from toantrinh.store import Attachments, Observed, Outcome
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

SERVICE = "1.000656"
CHECKS = {
    "headers.csp": s42.test_csp_holds_strange_scripts_off,
    "headers.framing": s42.test_pages_cannot_be_framed,
    "headers.nosniff": s42.test_nosniff,
    "headers.referrer-policy": s42.test_referrer_policy,
    "headers.permissions-policy": s42.test_permissions_policy,
    "headers.cookie-flags": s42.test_session_cookies_are_protected,
    "headers.third-party-integrity": s42.test_third_party_files_are_pinned,
    "headers.personal-not-shared": s42.test_personal_answers_are_not_shared,
    "headers.isolation": s42.test_pages_are_isolated,
    "headers.csp-finer": s42.test_csp_could_not_be_finer,
}
DEFECTS = [one.name for one in REGISTRY.values() if set(one.checks) & CHECKS.keys()]

Recorded = tuple[AnswersRecord, SiteRecord]


@contextmanager
def recorded(browser: Browser, folder: Path, *options: str) -> Iterator[Recorded]:
    """One journey and the home page of a portal of its own, started with these options."""
    with running_portal(folder / "data", *options) as address:
        system = load_system("demo", base_url=address)
        service = next(one for one in system.services if one.code == SERVICE)
        attachments = Attachments(folder, "x", lambda text: text)
        journey = make_journey(browser, system, service, attachments)
        home = observe_visit(browser, system, PageName.HOME, lambda name: None, attachments)
    visit = Observed[PageVisit](key="site/home", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=home)
    visits = {PageName.HOME: visit}
    rows, browsings = of_journey(journey)
    answers = AnswersRecord(system, rows, browsings, list(journey.answers.strangers))
    add_pages(answers, None, visits)
    assert journey.stopped_at() == "" and journey.answers.left_out == 0
    yield answers, SiteRecord(system, visits)


@pytest.fixture(scope="module")
def both(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Recorded, Recorded]]:
    """The clean portal, and one with all defects of 4.2."""
    with ExitStack() as stack:
        clean = stack.enter_context(recorded(chromium, tmp_path_factory.mktemp("clean")))
        faulty = stack.enter_context(
            recorded(chromium, tmp_path_factory.mktemp("faulty"), "--defects", ",".join(DEFECTS))
        )
        yield clean, faulty


def verdict(check: Callable[..., None], record: Recorded) -> tuple[Verdict, str]:
    answers, site = record
    return judged(check, answers, site) if "site" in check.__annotations__ else judged(check, answers)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_clean_portal_has_full_points(check: Callable[..., None], both: tuple[Recorded, Recorded]) -> None:
    found, words = verdict(check, both[0])
    wanted = Verdict.NOT_APPLICABLE if check is s42.test_third_party_files_are_pinned else Verdict.PASS
    assert found is wanted, words


# check, words of the finding: the cause, and an answer with its step and role
FOUND = [
    ("headers.csp", ("'unsafe-inline'", "/ho-so/…", "nonce dùng lại", "GET /thu-tuc/", "người dân", "cán bộ")),
    ("headers.framing", ("không chống nhúng khung", "GET /ho-so/…", "người dân", "cán bộ")),
    ("headers.nosniff", ("không có nosniff", ".css")),
    ("headers.referrer-policy", ("unsafe-url", "Trang chủ", "đang đăng nhập")),
    ("headers.permissions-policy", ("không tắt quyền nào",)),
    ("headers.cookie-flags", ("phien thiếu HttpOnly", "(người dân, đặt bởi GET", "/dang-nhap/ket-qua")),
    ("headers.third-party-integrity", ("thiếu integrity", "/tinh/shared.")),
    ("headers.personal-not-shared", ("s-maxage=600", "GET /ho-so/…", "người dân")),
    ("headers.isolation", ("Cross-Origin-Opener-Policy",)),
    ("headers.csp-finer", ("unsafe-eval",)),
]


@pytest.mark.parametrize(("check", "said"), FOUND, ids=[check for check, _ in FOUND])
def test_each_defect_is_found_and_named(check: str, said: tuple[str, ...], both: tuple[Recorded, Recorded]) -> None:
    found, words = verdict(CHECKS[check], both[1])
    assert found in (Verdict.FAIL, Verdict.PARTIAL) and all(word in words for word in said), words


def test_pages_in_front_of_log_in_are_not_blamed_for_those_behind_it(both: tuple[Recorded, Recorded]) -> None:
    for check in (s42.test_pages_cannot_be_framed, s42.test_personal_answers_are_not_shared):
        found, words = verdict(check, both[1])
        assert found is Verdict.PARTIAL and "Trang chủ" not in words


def test_the_record_stays_small_and_free_of_values(both: tuple[Recorded, Recorded]) -> None:
    for answers, _ in both:
        assert len({row.answer.headers for row in answers.rows}) < 12 and len(answers.rows) < 120
        assert not any("=" in row.answer.address.replace("=…", "") for row in answers.rows)
