"""A portal that names its software in every header is found by its pages and by its errors, and by nothing else."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from fixtures.leaks import LeaksRecord
from fixtures.pages import SiteRecord
from portal.defects.leaks import DEFECTS
from suites.security import test_4_6_leaks as suite
from tests.leaks.conftest import verdict_of
from tests.leaks.test_portal import OF_PROBES, OF_SCRIPTS, portal
from toantrinh.observations.site import PageName, PageVisit
from toantrinh.observers.leaks.probes import observe_leaks
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.site.pages import observe_visit
from toantrinh.store import Attachments, Observed, Outcome
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

HERE = "leak.versions"


def test_a_version_in_the_headers_is_found(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data", "--defects", HERE) as address:
        system = load_system("demo", base_url=address)
        attachments = Attachments(tmp_path, "security/leaks", lambda text: text)
        visit = observe_visit(chromium, system, PageName.HOME, lambda name: None, attachments)
        assert visit.page is not None
        leaks = LeaksRecord(observe_leaks(Prober(system, "leak"), [visit.page], attachments))
    home = Observed[PageVisit](key="x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=visit)
    site = SiteRecord(system, {PageName.HOME: home})
    verdict, told = verdict_of(lambda record: suite.test_no_version_of_the_software(record, leaks), site)
    assert verdict in (Verdict.FAIL, Verdict.PARTIAL) and "PHP/7.4.3" in told
    others = {name: verdict_of(check, leaks)[0] for name, (check, _) in OF_PROBES.items()}
    assert set(others.values()) == {Verdict.PASS}, others


def test_every_defect_of_leaks_is_tried() -> None:
    assert {one.name for one in DEFECTS if not one.is_lookalike} == {HERE, *OF_PROBES, *OF_SCRIPTS}
