"""Versions of the software that a system tells: in the headers and words of its pages, in those of its error pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fixtures.leaks import LeaksRecord
from fixtures.pages import SiteRecord
from suites.security.leak_findings import Answered, judge
from toantrinh.judgement import not_tested, some_of
from toantrinh.observations.exchanges import Ended
from toantrinh.observations.leaks import Provoked, State
from toantrinh.observations.site import PageFacts
from toantrinh.ownership import at_home

EXPECTED = "không nêu phiên bản phần mềm"
VERSION_HEADERS = (
    "x-aspnet-version",
    "x-aspnetmvc-version",
    "x-drupal-cache-version",
    "x-owa-version",
    "liferay-portal",
)
NAMING_HEADERS = ("server", "x-powered-by", "x-generator", "via", "x-runtime-version", "x-backend-server")
# `Via: 1.1 proxy` names, for each hop, the version of HTTP and a host (RFC 9110 §7.6.3), not the version of a program.
HOP = re.compile(r"(?:^|,)\s*(?:[\w-]+/)?\d(?:\.\d)?\s+(?:\d+(?:\.\d+){3}\b)?")
VERSION = re.compile(r"\d+(?:\.\d+)+")
SOFTWARE = re.compile(
    r"\b(?!apache v?2\.0(?!\.?\d))"  # a licence
    r"(apache|nginx|microsoft-iis|tomcat|jetty|php|asp\.net|werkzeug|django|laravel|liferay|drupal|wordpress|joomla|"
    r"dotnetnuke|sharepoint|openresty|weblogic|glassfish)[ /]v?(\d+(?:\.\d+)+)",
    re.I,
)
NUMBER = re.compile(r"\d")


def on_pages(site: SiteRecord) -> None:
    """Ends the check when a page that was seen, or what it loads from the same server, names a version."""

    def fault(page: PageFacts) -> str:
        told = told_by(page.headers)
        servers = {r.server for r in page.resources if at_home(r.address, page.address) and VERSION.search(r.server)}
        told += [f"server: {server}" for server in sorted(servers) if f"server: {server}" not in told]
        if VERSION.search(page.generator):
            told.append(f"meta generator: {page.generator}")
        if in_text := SOFTWARE.search(page.text):
            told.append(f"trong trang: {in_text.group(0)}")
        return "; ".join(told)

    site.each(site.pages(), fault, expected=EXPECTED)


def on_error_pages(leaks: LeaksRecord) -> None:
    """Ends the check when the headers of a provoked error name a version: half as bad, as no page names one."""
    found = [one for provoked in leaks.probes.provoked if (one := _boasting(provoked, leaks)) is not None]
    judge(found, leaks.exchanges, expected=EXPECTED, evidence=leaks.evidence)


def need_headers(site: SiteRecord) -> None:
    """Leaves the check open where it is not known which headers a page came with."""
    if unknown := [page.name.vietnamese for page in site.pages() if not page.headers]:
        not_tested(f"không biết máy chủ gửi tiêu đề nào với trang: {some_of(unknown)}")


def told_by(headers: Mapping[str, str]) -> list[str]:
    """The headers that name a version; names in small letters."""
    told = [f"{name}: {headers[name]}" for name in VERSION_HEADERS if NUMBER.search(headers.get(name, ""))]
    named = {name: headers.get(name, "") for name in NAMING_HEADERS}
    return told + [f"{name}: {said}" for name, said in named.items() if VERSION.search(_without_hops(name, said))]


def _boasting(one: Provoked, leaks: LeaksRecord) -> Answered | None:
    exchange = leaks.exchanges.of(one.exchange)
    headers = {name.lower(): value for name, value in exchange.headers}
    if exchange.status is None or exchange.ended is not Ended.ANSWERED or not (told := told_by(headers)):
        return None
    return Answered(one.title, State.FOUND, one.exchange, "; ".join(told), half=True)


def _without_hops(name: str, said: str) -> str:
    return HOP.sub(" ", said) if name == "via" else said
