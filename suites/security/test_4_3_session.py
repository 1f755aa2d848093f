"""4.3 Phiên và xác thực."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from fixtures.checks import check
from fixtures.pages import JourneysRecord
from suites.personal_data import found_in, personal_facts
from toantrinh.judgement import Grounds, fail, not_tested
from toantrinh.observations.journey import Journey

# Names under which an address must carry nothing. `code` and `state` belong to the identity flow (OpenID Connect).
SECRET_NAMES = re.compile(
    r"(?:mat-?_?khau|password|passwd|pwd|otp|ma-?otp|ma-?pin|pin|session-?_?id|sessid|phpsessid|jsessionid|sid|"
    r"access_?token|refresh_?token|auth_?token|jwt|so-?_?dinh-?_?danh|cccd|cmnd|so-?cccd|so-?cmnd)",
    re.I,
)
SESSION_IN_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=([\w.!-]{8,})", re.I)


@check("session.nothing-secret-in-address")
def test_nothing_secret_in_an_address(all_journeys: JourneysRecord) -> None:
    """Không địa chỉ hay tín hiệu đo nào chứa mật khẩu, mã phiên, mã một lần hay số định danh."""
    asked = [(journey, where, address) for journey in all_journeys.journeys for where, address in _addresses(journey)]
    own = urlsplit(all_journeys.system.base_url).netloc
    mine = [row for row in asked if urlsplit(row[2]).netloc == own or row[1].endswith("(tín hiệu đo)")]
    if not mine:
        not_tested("các hành trình không đi tới địa chỉ nào của hệ thống")
    facts = {name: values for name, values in personal_facts(all_journeys.system).items() if name == "số định danh"}
    leaks: dict[str, str] = {}
    for journey, where, address in mine:
        for what in (*secret_parameters(address), *found_in(address, facts, all_journeys.clean)):
            shown = all_journeys.clean(address).split("?")[0]
            leaks.setdefault(f"{what} trong địa chỉ {shown}", f"{where}, {journey.service}")
    if leaks:
        said = "; ".join(f"{what} ({where})" for what, where in leaks.items())
        fail(
            f"địa chỉ mang bí mật: {said}",
            Grounds("không có bí mật trong địa chỉ", "; ".join(leaks), "; ".join(leaks.values())),
        )


def secret_parameters(address: str) -> list[str]:
    """The names of parameters of an address that carry a secret: named like one and not empty."""
    parts = urlsplit(address)
    pairs = [*parse_qsl(parts.query), *parse_qsl(parts.fragment)]
    found = [f"tham số “{name}”" for name, value in pairs if value and SECRET_NAMES.fullmatch(name)]
    return found + (["mã phiên"] if SESSION_IN_PATH.search(parts.path) else [])


def _addresses(journey: Journey) -> list[tuple[str, str]]:
    """(where, address) of everything that the journey's browser asked for, and all that its beacons carry."""
    found = [(step.name.vietnamese, request.address) for step in journey.steps for request in step.requests]
    for step in journey.steps:
        for beacon in step.beacons:
            found += [
                (f"{step.name.vietnamese} (tín hiệu đo)", value)
                for value in (*beacon.parameters.values(), beacon.body)
                if value
            ]
    return found
