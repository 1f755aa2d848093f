"""Libraries that a page runs are known by what they say of themselves there, also where a bundle hides them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page

from fixtures.leaks import ScriptsRead
from suites.security import test_4_6_leaks as suite
from tests.leaks.conftest import verdict_of
from tests.prober.conftest import Probe, Serve
from tests.prober.scripted import Said
from toantrinh.advisories.model import load_advisories
from toantrinh.observations.leaks import ScriptsRecord
from toantrinh.observations.page_parts import GlobalFacts
from toantrinh.observations.site import PageName
from toantrinh.observers.leaks.scripts import observe_scripts
from toantrinh.observers.site.page_globals import globals_of
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

BUNDLE = Said(200, "(()=>{var e={1:(e)=>{}}})()", (("Content-Type", "text/javascript"),))
JQUERY = "function jQuery() {} jQuery.fn = {jquery: '1.12.4'};"


def seen(page: Page, script: str) -> list[tuple[str, str]]:
    page.set_content(f"<title>Trang</title><p>Trang</p><script>{script}</script>")
    return [(one.library, one.version) for one in globals_of(page)]


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (JQUERY, [("jquery", "1.12.4")]),
        (f"{JQUERY} var $ = jQuery; jQuery.ui = {{version: '1.13.2'}};", [("jquery", "1.12.4"), ("jquery-ui", "1.13.2")]),
        ("var angular = {version: {full: '1.8.2'}}", [("angularjs", "1.8.2")]),
        ("var _ = {VERSION: '4.17.20', runInContext: () => 1}", [("lodash", "4.17.20")]),
        ("var _ = {VERSION: '1.13.1'}", [("underscore", "1.13.1")]),
        ("var Vue = {version: 'bản mới'}, moment = {version: 2}, ko = null", []),
        ("Object.defineProperty(window, 'Vue', {get() { throw new Error('x'); }})", []),
        ("window.jQuery = new Proxy({}, {get() { throw new Error('x'); }}); var moment = {version: '2.29.1'}", [("moment", "2.29.1")]),
        ("Array.prototype.push = null; JSON.stringify = null; var Vue = {version: '2.6.14'}", [("vue", "2.6.14")]),
        ("", []),
    ],
)  # fmt: skip
def test_what_runs_is_known_by_its_globals(page: Page, script: str, found: list[tuple[str, str]]) -> None:
    assert seen(page, script) == found


@pytest.fixture
def judged(serve: Serve, probe: Probe, tmp_path: Path) -> Any:
    """What the check says of a bundle on pages that say that these libraries run."""

    def judge(*running: tuple[str, str], bundle: Said = BUNDLE) -> tuple[Verdict, str]:
        server = serve(lambda heard: bundle)
        told = tuple(GlobalFacts(library=name, version=version, name=f"{name}.version") for name, version in running)
        pages: list[Any] = [
            SimpleNamespace(globals=told, address=f"{server.address}/{name}", name=name)
            for name in (PageName.HOME, PageName.LOOK_UP)
        ]
        advisories = load_advisories()
        record = observe_scripts(
            probe(server), {f"{server.address}/a.js": ("Trang chủ",)}, advisories,
            Attachments(tmp_path, "security/scripts", lambda text: text), pages,
        )  # fmt: skip
        kept = ScriptsRecord.model_validate_json(record.model_dump_json())
        return verdict_of(suite.test_client_libraries_have_no_known_holes, ScriptsRead(kept, advisories))

    return judge


def test_a_library_that_a_bundle_hides_fails_with_the_pages_that_run_it(judged: Any) -> None:
    verdict, told = judged(("jquery", "1.12.4"))
    assert verdict is Verdict.FAIL and "jQuery 1.12.4 ở Trang chủ, Tra cứu hồ sơ" in told
    assert "trang tự nêu khi chạy (window.jquery.version = 1.12.4)" in told and "CVE-2020-11022" in told


def test_a_mended_library_that_a_bundle_hides_is_silent(judged: Any) -> None:
    assert judged(("jquery", "3.7.1"), ("moment", "2.30.1"))[0] is Verdict.PASS


def test_of_what_runs_it_is_not_known_which_parts_are_in_it(judged: Any) -> None:
    assert judged(("jquery-ui", "1.12.1"))[0] is Verdict.NEEDS_REVIEW


def test_what_a_script_says_of_itself_is_told_once(judged: Any) -> None:
    script = Said(200, "/*! jQuery v1.12.4 | (c) jQuery Foundation */", BUNDLE.headers)
    verdict, told = judged(("jquery", "1.12.4"), bundle=script)
    assert verdict is Verdict.FAIL and "trang tự nêu" not in told and told.count("jQuery 1.12.4 ở") == 1
