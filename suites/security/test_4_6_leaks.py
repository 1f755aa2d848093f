"""4.6 Lộ thông tin."""

from __future__ import annotations

import re

from fixtures.checks import check
from fixtures.pages import SiteRecord
from toantrinh.observations.site import PageFacts
from toantrinh.observers.site.wayfinding import at_home

VERSION_HEADERS = (
    "x-aspnet-version",
    "x-aspnetmvc-version",
    "x-drupal-cache-version",
    "x-owa-version",
    "liferay-portal",
)
NAMING_HEADERS = ("server", "x-powered-by", "x-generator", "via", "x-runtime-version", "x-backend-server")
VERSION = re.compile(r"\d+(?:\.\d+)+")
SOFTWARE = re.compile(
    r"\b(apache|nginx|microsoft-iis|tomcat|jetty|php|asp\.net|werkzeug|django|laravel|liferay|drupal|wordpress|joomla|"
    r"dotnetnuke|sharepoint|openresty|weblogic|glassfish)[ /]v?(\d+(?:\.\d+)+)",
    re.I,
)


@check("leak.versions")
def test_no_version_of_the_software(site: SiteRecord) -> None:
    """Tiêu đề phản hồi và trang không nêu phiên bản máy chủ, khung lập trình."""

    def fault(page: PageFacts) -> str:
        told = [f"{name}: {page.headers[name]}" for name in VERSION_HEADERS if page.headers.get(name)]
        # `Via: 1.1 proxy` names the version of HTTP (RFC 9110 §7.6.3), not that of a program.
        named = {name: re.sub(r"^(?:HTTP/)?\d(?:\.\d)? ", "", page.headers.get(name, "")) for name in NAMING_HEADERS}
        told += [f"{name}: {value}" for name, value in named.items() if VERSION.search(value)]
        servers = {r.server for r in page.resources if at_home(r.address, page.address) and VERSION.search(r.server)}
        told += [f"server: {server}" for server in sorted(servers) if f"server: {server}" not in told]
        if VERSION.search(page.generator):
            told.append(f"meta generator: {page.generator}")
        if in_text := SOFTWARE.search(page.text):
            told.append(f"trong trang: {in_text.group(0)}")
        return "; ".join(told)

    site.each(site.pages(), fault, expected="không nêu phiên bản phần mềm")
