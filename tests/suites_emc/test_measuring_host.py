"""The national measuring host is never reached for a system that may not be measured for real."""

from __future__ import annotations

import datetime

import pytest
from playwright.sync_api import Browser

from suites.emc.test_6_2_figures_sent import test_page_views_are_sent as check
from tests.suites_pages.conftest import Recorder, verdict_of
from tests.suites_pages.small_portal import TAG, SmallPage, clean, served
from tests.suites_pages.test_checks_on_changed_facts import pages, put
from toantrinh.driver.hands import Hands
from toantrinh.driver.watch import Watch
from toantrinh.journey.equipment import context_of
from toantrinh.journey.stand_in import HOST, is_needed
from toantrinh.observations.site import PageFacts
from toantrinh.system_model import Authorisation, System
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict


def system_at(address: str, *hosts: str, authorised: bool = False) -> System:
    facts: dict[str, object] = {"base_url": address, "hosts": hosts}
    if authorised:
        until = datetime.date.today() + datetime.timedelta(days=9)
        facts["authorisation"] = Authorisation.model_construct(
            document="x", allows=("submit",), until=until, hosts=None
        )
    return load_system("demo").model_copy(update=facts)


@pytest.mark.parametrize(
    ("system", "wanted"),
    [
        (system_at("http://127.0.0.1:1", HOST), True),
        (system_at("http://127.0.0.1:1"), False),
        (system_at("https://dichvucong.example.vn", HOST), True),
        (system_at("https://dichvucong.example.vn", HOST, authorised=True), False),
        (system_at("http://127.0.0.1:1", HOST, authorised=True), True),
    ],
)
def test_it_is_stood_in_for_where_figures_must_not_be_sent(system: System, wanted: bool) -> None:
    assert is_needed(system) is wanted


def test_what_would_be_sent_is_seen_without_being_sent(chromium: Browser) -> None:
    home = SmallPage(
        "Trang chủ", "", tag=TAG.replace("COLLECTOR", f"http://{HOST}"), headers={"Content-Security-Policy": ""}
    )
    with served({**clean(), "/": home}) as address:
        system = system_at(address, HOST)
        with context_of(chromium, system) as context:
            watch = Watch(context, system)
            hands = Hands(context.new_page(), watch)
            hands.go(address)
            hands.page.wait_for_function("() => window._govaq && !Array.isArray(window._govaq)")
            hands.page.wait_for_timeout(300)
            sent = watch.beacons()
    assert [(one.parameters["idsite"], one.parameters["url"], one.failure) for one in sent] == [
        ("4064", f"{address}/", "")
    ]


def without_id(page: PageFacts) -> PageFacts:
    sent = [one.model_copy(update={"parameters": {**one.parameters, "idsite": "undefined"}}) for one in page.beacons]
    return put(beacons=tuple(sent))(page)


def test_a_view_that_is_sent_before_the_id_is_set_is_named(site_of: Recorder) -> None:
    verdict, words = verdict_of(check, pages(without_id)(site_of("clean")))
    assert verdict is Verdict.FAIL and "trước khi đặt mã trang đo" in words


def test_an_id_under_another_name_is_an_id(site_of: Recorder) -> None:
    def renamed(page: PageFacts) -> PageFacts:
        sent = [one.model_copy(update={"parameters": {"s_x": "4064", "url": page.address}}) for one in page.beacons]
        return put(beacons=tuple(sent))(page)

    assert verdict_of(check, pages(renamed)(site_of("clean")))[0] is Verdict.PASS
