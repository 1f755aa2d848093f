"""A visit that only reads: GET alone, and no page of another host than the one that was named."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from toantrinh.mistakes import UserMistake

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

READING = ("GET", "HEAD", "OPTIONS")
ANSWER_MS = 15_000
MOST_REDIRECTS = 10
REDIRECTS = (301, 302, 303, 307, 308)


def same_place(one: str, other: str) -> bool:
    """True when both addresses are of one host and port; http and https on their usual ports are one place."""
    a, b = urlsplit(one), urlsplit(other)
    usual = (a.port or 80) in (80, 443) and (b.port or 80) in (80, 443)
    return a.hostname == b.hostname and (a.netloc == b.netloc or usual)


class Guard:
    """Stops everything but reading in one browser context and keeps what was stopped.

    `departures` are addresses of other places to which a page tried to go, `writes` calls by other methods than GET.
    """

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self._base_url = base_url
        self.departures: list[str] = []
        self.writes: list[str] = []
        context.route("**/*", self._let_through)

    def _let_through(self, route: Route) -> None:
        request = route.request
        if request.method not in READING:
            self.writes.append(f"{request.method} {request.url.split('?')[0]}")
            route.abort("blockedbyclient")
        elif request.is_navigation_request() and not same_place(request.url, self._base_url) and _is_page(request.url):
            self.departures.append(request.url)
            route.abort("blockedbyclient")
        else:
            route.continue_()


def _is_page(address: str) -> bool:
    return address.startswith(("http:", "https:"))


def redirections(context: BrowserContext, address: str, base_url: str) -> list[str]:
    """The addresses through which `address` leads, itself first. One of another place ends the list, unvisited.

    Raises UserMistake for a circle of redirects, playwright's Error when nothing answers.
    """
    way = [address]
    for _ in range(MOST_REDIRECTS):
        if not same_place(way[-1], base_url):
            return way
        answer = context.request.get(way[-1], timeout=ANSWER_MS, max_redirects=0)
        target, status = answer.headers.get("location", ""), answer.status
        answer.dispose()
        if status not in REDIRECTS or not target:
            return way
        way.append(urljoin(way[-1], target))
    raise UserMistake("it redirects in a circle.", address, "Give the address at which a browser shows the portal.")
