"""The EMC collector: what a real page in a real browser sends is what is counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from portal.parties import collector
from portal.settings import Settings

TAG = """<!doctype html><html lang="vi"><title>{title}</title><body><a id="ngoai" href="http://khac.example/x?ten=an">ra ngoài</a>
<script>
  /* Begin EMC Tracking Code */
  var _govaq = window._govaq || [];
  _govaq.push(['trackPageView']);
  _govaq.push(['enableLinkTracking']);
  {before}
  (function () {{
    _govaq.push(['setTrackerUrl', '{collector}/tracking']);
    _govaq.push(['setSiteId', '{site}']);
    var d = document, g = d.createElement('script'), s = d.getElementsByTagName('script')[0];
    g.type = 'text/javascript'; g.async = true; g.defer = true; g.src = '{collector}/embed/gov-tracking.min.js';
    s.parentNode.insertBefore(g, s);
  }})();
</script></body></html>"""


class Counted:
    """What the collector of the running portal has counted for one site."""

    def __init__(self, address: str, site: str) -> None:
        self.address, self.site = address, site

    def figures(self) -> dict[str, Any]:
        told: dict[str, Any] = requests.get(f"{self.address}/so-lieu", params={"site": self.site}, timeout=5).json()
        return told

    def wait_for(self, beacons: int) -> dict[str, Any]:
        """The figures once `beacons` beacons came (and half a second more, for those that should not come)."""
        deadline = time.monotonic() + 5
        while len(self.figures()["beacons"]) < beacons and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        return self.figures()


Show = Callable[..., "Counted"]


class Site:
    """A site on this machine that answers every address with one page."""

    def __init__(self, url: str) -> None:
        self.url, self.body = url, b""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(known.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def show(page: Page, site: Site, portal: Any) -> Show:
    def shown(number: str, *, before: str = "") -> Counted:
        address = portal.said["collector"]
        site.body = TAG.format(collector=address, site=number, title="Trang thử", before=before).encode()
        page.route("http://khac.example/**", lambda route: route.fulfill(body="khác", content_type="text/html"))
        page.goto(f"{site.url}/thu-tuc")
        return Counted(address, number)

    return shown


def test_one_page_view_is_counted_once_with_site_address_and_title(
    page: Page, site: Site, show: Show, portal: Any
) -> None:
    told = show("4064001").wait_for(1)
    assert told["sites"]["4064001"]["page_views"] == 1
    beacon = told["beacons"][0]
    assert (beacon["kind"], beacon["url"], beacon["title"]) == ("view", f"{site.url}/thu-tuc", "Trang thử")
    assert beacon["random"]


def test_service_events_pushed_before_and_after_loading_are_counted_by_code_and_kind(
    page: Page, site: Site, show: Show, portal: Any
) -> None:
    before = "_govaq.push(['trackDVC', '1.001193', '-1', '']);"
    counted = show("4064002", before=before)
    counted.wait_for(2)
    page.evaluate("_govaq.push(['trackDVC', '1.001193', '1', ''])")
    assert counted.wait_for(3)["sites"]["4064002"]["dvc"] == {"1.001193": {"-1": 1, "1": 1}}


def test_navigation_inside_the_page_is_counted_when_asked_for(page: Page, site: Site, show: Show, portal: Any) -> None:
    counted = show("4064003", before="_govaq.push(['enableInPageNavigation']);")
    counted.wait_for(1)
    page.evaluate("history.pushState({}, '', '/thu-tuc/2'); document.title = 'Trang hai'")
    counted.wait_for(2)  # two beacons at once come in any order
    page.evaluate("location.hash = 'muc'")
    told = counted.wait_for(3)
    assert [beacon["url"] for beacon in told["beacons"]] == [
        f"{site.url}/thu-tuc",
        f"{site.url}/thu-tuc/2",
        f"{site.url}/thu-tuc/2#muc",
    ]
    assert told["beacons"][1]["title"] == "Trang hai"


def test_navigation_inside_the_page_is_not_counted_otherwise(page: Page, site: Site, show: Show, portal: Any) -> None:
    counted = show("4064004")
    page.evaluate("history.pushState({}, '', '/thu-tuc/2')")
    assert counted.wait_for(1)["sites"]["4064004"]["page_views"] == 1


def test_a_link_that_leads_away_is_told_without_its_query(page: Page, site: Site, show: Show, portal: Any) -> None:
    counted = show("4064005")
    counted.wait_for(1)
    page.click("#ngoai")
    told = counted.wait_for(2)
    assert told["sites"]["4064005"]["others"] == {"link": 1}
    assert told["beacons"][1]["fields"]["link"] == "http://khac.example/x"


def test_nothing_is_sent_before_a_site_is_named(page: Page, site: Site, show: Show, portal: Any) -> None:
    counted = show("")
    time.sleep(0.5)
    assert not any(beacon["url"].startswith(site.url) and not beacon["site"] for beacon in counted.figures()["beacons"])


def test_cookies_never_reach_the_collector(page: Page, site: Site, show: Show, portal: Any) -> None:
    requests_seen: list[Any] = []
    page.on("request", lambda request: requests_seen.append(request))
    page.context.add_cookies([{"name": "phien", "value": "bi-mat", "url": portal.said["collector"]}])
    show("4064006").wait_for(1)
    page.wait_for_timeout(100)
    beacons = [one.all_headers() for one in requests_seen if "/tracking" in one.url]
    assert beacons and not any("cookie" in headers for headers in beacons)


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return collector.create_app(settings).test_client()


def test_the_script_can_be_cached_and_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(collector.SCRIPT_PATH)
    assert "max-age=3600" in first.headers["Cache-Control"]
    again = client.get(collector.SCRIPT_PATH, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_beacons_are_taken_as_query_form_and_json(client: FlaskClient, method: str) -> None:
    client.open("/tracking", method=method, query_string={"idsite": "33", "kind": "view"})
    client.post("/tracking", data={"idsite": "33", "kind": "view"})
    client.post("/tracking", json={"idsite": "33", "kind": "view"})
    told = client.get("/so-lieu").json
    assert told and told["sites"]["33"]["page_views"] == 3


def test_only_what_is_new_is_told_when_asked(client: FlaskClient) -> None:
    client.get("/tracking?idsite=33&kind=view&url=cu")
    last = client.get("/so-lieu").json["last"]  # type: ignore[index]
    client.get("/tracking?idsite=33&kind=view&url=moi")
    told = client.get(f"/so-lieu?after={last}").json
    assert told and [beacon["url"] for beacon in told["beacons"]] == ["moi"]


def test_a_dossier_told_by_a_server_is_kept_and_half_a_one_refused(client: FlaskClient) -> None:
    dossier = {
        "codeProfile": "000.00.00.H99-261121-0007",
        "siteId": "4064",
        "codeTTHC": "1.001193",
        "nameTTHC": "Đăng ký khai sinh",
        "status": "1",
        "formsReception": "1",
        "formsPayments": "1",
        "level": "4",
        "isFromDVCQG": "0",
        "isDVCBC": "0",
    }
    assert client.post("/TrackingMCDT", json=dossier).json == {"success": True}
    assert client.post("/TrackingMCDT", json={"siteId": "4064"}).status_code == 400
    assert client.get("/so-lieu").json["dossiers"] == [dossier]  # type: ignore[index]
