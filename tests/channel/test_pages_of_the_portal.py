"""Pages of the reference portal over HTTPS in a real browser: clean, and with what it leaves to plain HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from fixtures.channel import ChannelRecord
from fixtures.pages import SiteRecord
from portal.defects import REGISTRY
from portal.defects.channel import DEFECTS
from suites.security import test_4_1_channel as s41
from suites.security import test_4_1_tls as s41_tls
from tests.channel.conftest import LITTLE, record_of
from tests.channel.test_on_the_portal import EXPECTED, portal
from tests.suites_pages.conftest import verdict_of
from toantrinh.observations.channel import PlainFacts
from toantrinh.observations.site import PageFacts, PageName, PageVisit
from toantrinh.observers.channel.handshake import Host
from toantrinh.observers.channel.plain_http import plain_of
from toantrinh.observers.channel.tls import channel_of
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.site.pages import observe_visit
from toantrinh.store import Attachments, Observed, Outcome
from toantrinh.system_model import Channel
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

PAGES = (PageName.HOME, PageName.GUIDE, PageName.FEEDBACK)
OF_PAGES: dict[str, Callable[..., None]] = {
    "channel.https-everywhere": s41.test_https_everywhere,
    "channel.hsts": s41.test_hsts_is_long_enough,
    "channel.no-mixed-content": s41.test_no_mixed_content,
}
OF_CHANNEL: dict[str, Callable[..., None]] = {
    "channel.http-redirected": s41.test_http_leads_to_https,
    "channel.cookies-not-by-http": s41.test_session_cookies_do_not_go_by_http,
}
# Each defect with what is said of it; they do not touch each other.
FOUND = {
    "channel.page-by-http": "trang dùng http, không mã hóa",
    "channel.form-by-http": "biểu mẫu gửi tới http://127.0.0.1",
    "cookie.by-http": "cookie phien thiếu Secure",
}
EXPIRED = "channel.expired-certificate"


def seen_of(browser: Browser, ready: dict[str, Any], folder: Path) -> dict[str, tuple[Verdict, str]]:
    """What the checks that look at pages, and at plain HTTP, say of three pages."""
    base, http = str(ready["portal"]), str(ready["http"])
    system = load_system("demo", base_url=base).model_copy(
        update={"channel": Channel(ca_file=Path(ready["ca_file"]), http_port=int(http.rsplit(":", 1)[1]))}
    )
    attachments = Attachments(folder, "site/x", lambda text: text)
    visits: dict[PageName, PageVisit] = {}

    def seen(name: PageName) -> PageFacts | None:
        return visits[name].page if name in visits else None

    for name in PAGES:
        visits[name] = observe_visit(browser, system, name, seen, attachments)
    assert all(one.page for one in visits.values())
    site = SiteRecord(system, {name: observed(PageVisit, visit) for name, visit in visits.items()})
    place = Host("127.0.0.1", int(base.rsplit(":", 1)[1]))
    addresses = {base + path: (path,) for path in ("/", "/huong-dan")}
    titles = {f"{base}/huong-dan": visits[PageName.GUIDE].page.title}  # type: ignore[union-attr]
    plain = plain_of(place, system.channel.http_port, addresses, titles, Prober(system, "channel"))
    record = ChannelRecord(site, None, observed(PlainFacts, plain))
    said = {check: verdict_of(test, site) for check, test in OF_PAGES.items()}
    return said | {check: verdict_of(test, record) for check, test in OF_CHANNEL.items()}


def observed(kind: type[Any], data: Any) -> Any:
    return Observed[kind](key="x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=data)


@pytest.fixture(scope="module")
def faulty(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Verdict, str]]]:
    folder = tmp_path_factory.mktemp("faulty")
    with portal(folder / "data", ",".join(FOUND)) as ready:
        yield seen_of(chromium, ready, folder)


def test_the_clean_portal_leaves_nothing_to_plain_http(chromium: Browser, tmp_path: Path) -> None:
    with portal(tmp_path / "data", "") as ready:
        said = seen_of(chromium, ready, tmp_path)
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}, said


@pytest.mark.parametrize("defect", FOUND)
def test_each_defect_is_named_by_its_checks(faulty: dict[str, tuple[Verdict, str]], defect: str) -> None:
    said = {check: faulty[check] for check in REGISTRY[defect].checks if check in faulty}
    assert said and all(verdict in (Verdict.FAIL, Verdict.PARTIAL) for verdict, _ in said.values()), said
    assert any(FOUND[defect] in told for _, told in said.values()), said


def test_no_other_check_speaks(faulty: dict[str, tuple[Verdict, str]]) -> None:
    named = {check for defect in FOUND for check in REGISTRY[defect].checks}
    assert {check for check, (verdict, _) in faulty.items() if verdict is not Verdict.PASS} == named & faulty.keys()


def test_an_expired_certificate_fails_its_check_alone(tmp_path: Path) -> None:
    with portal(tmp_path / "data", EXPIRED) as ready:
        place = Host("127.0.0.1", int(str(ready["portal"]).rsplit(":", 1)[1]))
        kept = Attachments(tmp_path, "channel/x", lambda text: text)
        facts = channel_of(place, kept, authority=Path(ready["ca_file"]), patience=LITTLE)
    verdict, told = verdict_of(s41_tls.test_certificate_holds, record_of(facts))
    assert verdict is Verdict.FAIL and "hết hạn" in told
    assert verdict_of(s41_tls.test_only_current_versions, record_of(facts))[0] is not Verdict.FAIL


def test_every_defect_of_the_channel_is_tried() -> None:
    of_channel = {one.name for one in DEFECTS if any(check.startswith("channel.") for check in one.checks)}
    assert of_channel == {*FOUND, EXPIRED, *EXPECTED} - {""}
