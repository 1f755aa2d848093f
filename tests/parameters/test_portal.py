"""The reference portal: clean it holds in any skin; each defect is found by its own check alone."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from fixtures.parameters import Parameters
from tests.leaks.test_portal import portal
from tests.parameters.conftest import page, quoted, rerouted, walked
from tests.reference_portal.citizens.conftest import Visitor
from toantrinh.observations.page_parts import FormFacts
from toantrinh.observations.parameters import ParametersRecord
from toantrinh.observers.parameters.observing import observe_parameters
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.store import Attachments
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

LINK = re.compile(r'href="(/[^"#]*)"')
# What is found by which check, and the words by which it is named.
DEFECTS = {
    "input.sql-error": (quoted, ("SQLite", "tham số “tu-khoa” của GET /thu-tuc", "HTTP 500")),
    "input.query-by-hand": (quoted, ("tham số “co-quan” của GET /thu-tuc", "hai lần như nhau")),
    "input.file-by-path": (walked, ("/etc/os-release", "đường dẫn /bieu-mau/", "HTTP 200")),
    "input.open-return": (rerouted, ("https://thu-chuyen-huong.example/", "tham số “tiep” của GET /dang-nhap", "HTTP 302")),
}  # fmt: skip


def citizen_of(address: str) -> Role:
    visitor = Visitor(cast(Any, SimpleNamespace(url=address))).log_in()
    return Role("citizen_a", "công dân A", jar=visitor.session.cookies)


def of_a_portal(address: str, folder: Path, *, fragments: bool = False) -> Parameters:
    """What is asked of a portal: what its home page, its list and one procedure lead to, and its log-in page."""
    headers = {"X-Fragment": "1"} if fragments else {}
    links: set[str] = set()
    agency = ""
    for path in ("/", "/thu-tuc", "/thu-tuc/1.001193"):
        with urllib.request.urlopen(urllib.request.Request(f"{address}{path}", headers=headers)) as answer:
            text = answer.read().decode()
        links |= set(LINK.findall(text))
        agency = agency or next(iter(re.findall(r'<option value="(H99[^"]+)"', text)), "")
    system = load_system("demo", base_url=address)
    form = FormFacts(address=f"{address}/thu-tuc", fields=(("tu-khoa", "search", ""), ("co-quan", "choice", agency)))
    seen = [Request(f"{address}{link}", headers=headers) for link in sorted(links)] if fragments else []
    record = observe_parameters(
        Prober(system, "input"),
        [page(address, [] if fragments else [*sorted(links), "/dang-nhap?tiep=%2Fho-so-cua-toi"], [form])],
        [],
        seen,
        Attachments(folder, "security/parameters", lambda text: text),
        citizen=citizen_of(address),
        words="khai sinh",
    )
    return Parameters(ParametersRecord.model_validate_json(record.model_dump_json()))


@pytest.mark.parametrize("skin", ["modern", "spa", "legacy"])
def test_the_clean_portal_holds(tmp_path: Path, skin: str) -> None:
    with portal(tmp_path / "data", "--skin", skin) as address:
        record = of_a_portal(address, tmp_path, fragments=skin == "spa")
    assert quoted(record)[0] is Verdict.PASS
    assert {walked(record)[0], rerouted(record)[0]} <= {Verdict.PASS, Verdict.NOT_APPLICABLE}
    assert len(record.data.quotes) >= 3 and record.exchanges.spent <= 140


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_is_found_by_its_own_check_alone(tmp_path: Path, defect: str) -> None:
    with portal(tmp_path / "data", "--defects", defect) as address:
        record = of_a_portal(address, tmp_path)
    check, words = DEFECTS[defect]
    verdict, told = check(record)
    assert verdict is Verdict.FAIL and all(one in told for one in words)
    assert ("công dân A" if check is rerouted else "khách chưa đăng nhập") in told
    others = {other(record)[0] for other in (quoted, walked, rerouted) if other is not check}
    assert others == {Verdict.PASS}
    assert urlsplit(address).netloc in told
