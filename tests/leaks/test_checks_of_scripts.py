"""Source maps and libraries: own sources and secrets are found, what belongs to libraries is left in peace."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from suites.security import test_4_6_leaks as suite
from tests.leaks.conftest import Reading, verdict_of
from tests.prober.conftest import Probe, Serve
from tests.prober.scripted import Said
from toantrinh.advisories.model import load_advisories
from toantrinh.observations.journey import StepName
from toantrinh.observers.leaks.scripts import MOST_SCRIPTS, loaded_scripts, observe_scripts
from toantrinh.observers.leaks.source_maps import secrets_in
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

JS = (("Content-Type", "text/javascript"),)
JSON = (("Content-Type", "application/json"),)


def mapped(*sources: tuple[str, str | None]) -> str:
    return json.dumps(
        {
            "version": 3,
            "sources": [name for name, _ in sources],
            "sourcesContent": [text for _, text in sources],
            "names": [],
            "mappings": "AAAA",
        }
    )


def maps(reading: Reading, script: str, answers: dict[str, Said] | None = None) -> tuple[Verdict, str]:
    record = reading({"/a.js": Said(200, script, JS), **(answers or {})})
    return verdict_of(suite.test_source_maps_leak_nothing, record)


def test_own_sources_in_a_map_fail_and_name_the_request(reading: Reading) -> None:
    content = mapped(("webpack://cong/./src/api.ts", "export const a = 1;"), ("webpack://cong/node_modules/x.js", "y"))
    verdict, told = maps(reading, "a();\n//# sourceMappingURL=a.js.map", {"/a.js.map": Said(200, content, JSON)})
    assert verdict is Verdict.FAIL and "1 tệp nguồn (webpack://cong/./src/api.ts)" in told
    assert "/a.js.map (khách chưa đăng nhập) → HTTP 200" in told


def test_a_map_beside_a_script_that_does_not_name_it_is_found(reading: Reading) -> None:
    content = mapped(("webpack://cong/./src/api.ts", "export const a = 1;"))
    assert maps(reading, "a();", {"/a.js.map": Said(200, content, JSON)})[0] is Verdict.FAIL


def test_a_map_inside_the_script_counts_too(reading: Reading) -> None:
    content = mapped(("src/App.vue", '<script>const matKhau = { password: "Th4t-bi-mat" }</script>'))
    inline = base64.b64encode(content.encode()).decode()
    verdict, told = maps(reading, f"a();\n//# sourceMappingURL=data:application/json;base64,{inline}")
    assert verdict is Verdict.FAIL and "giá trị của “password”" in told and "Th4t" not in told


@pytest.mark.parametrize(
    ("script", "answer"),
    [
        ("/*! jQuery v3.7.1 | (c) OpenJS */\n//# sourceMappingURL=a.js.map", mapped(("jquery.js", "var a;"))),
        ("a();\n//# sourceMappingURL=a.js.map", mapped(("webpack://cong/node_modules/vue/x.js", "var a;"))),
        ("a();\n//# sourceMappingURL=a.js.map", mapped(("webpack://cong/./src/api.ts", None))),
        ("a();\n//# sourceMappingURL=a.js.map", "<title>Trang chủ</title>"),
        ("a();\n//# sourceMappingURL=a.js.map", '{"sources": "không phải bản đồ"}'),
        ('var s = "//# sourceMappingURL=khac.map";', ""),
    ],
)
def test_maps_that_give_nothing_away_stay_silent(reading: Reading, script: str, answer: str) -> None:
    assert maps(reading, script, {"/a.js.map": Said(200, answer, JSON)})[0] is Verdict.PASS


def test_plain_sources_of_unknown_origin_are_for_a_person(reading: Reading) -> None:
    content = mapped(("lich.js", "var lich;"))
    verdict, told = maps(reading, "a();\n//# sourceMappingURL=a.js.map", {"/a.js.map": Said(200, content, JSON)})
    assert verdict is Verdict.NEEDS_REVIEW and "lich.js" in told


def test_a_library_with_known_holes_fails_with_severity_and_what_mends_it(reading: Reading) -> None:
    record = reading({"/lib.js": Said(200, "/*! jQuery v3.4.1 | (c) JS Foundation */", JS)})
    verdict, told = verdict_of(suite.test_client_libraries_have_no_known_holes, record)
    assert verdict is Verdict.FAIL and "jQuery 3.4.1 ở Trang chủ" in told
    assert "CVE-2020-11022 (vừa; vá từ 3.5.0)" in told and "/lib.js (khách chưa đăng nhập) → HTTP 200" in told


def test_a_library_from_elsewhere_is_known_by_the_address_of_a_cdn(reading: Reading) -> None:
    record = reading({"/a.js": Said(200, "a();", JS)}, "https://code.jquery.com/jquery-1.12.4.min.js")
    verdict, told = verdict_of(suite.test_client_libraries_have_no_known_holes, record)
    assert verdict is Verdict.FAIL and "CVE-2015-9251" in told and "code.jquery.com" in told


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("/jquery-3.4.1.min.js", "(function(){})()"),
        ("/a.js", "/*! jQuery v3.7.1 */ /*! jQuery v1.12.4 */"),
        ("/ui.js", "/*! jQuery UI - v1.12.1 - 2016-09-14\n* Includes: widget.js, widgets/sortable.js\n*/"),
        ("/b.js", "/*!\n * Vue.js v1.0.28\n * (c) 2016 Evan You"),
    ],
)
def test_a_guess_or_an_end_of_life_alone_is_for_a_person(reading: Reading, name: str, text: str) -> None:
    record = reading({name: Said(200, text, JS)})
    assert verdict_of(suite.test_client_libraries_have_no_known_holes, record)[0] is Verdict.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("/jquery-1.12.4.min.js", "/*! jQuery v3.7.1 | (c) OpenJS */"),
        ("/a.js", "/*! jQuery v3.7.1\n * Changelog: lỗi của jQuery v1.12.4 đã sửa */"),
        ("/a.js", "/*! tra-cuu 1.0, thử với Bootstrap v3.3.7 và Vue.js v2.6 */"),
    ],
)
def test_mended_libraries_and_changelogs_stay_silent(reading: Reading, name: str, text: str) -> None:
    record = reading({name: Said(200, text, JS)})
    assert verdict_of(suite.test_client_libraries_have_no_known_holes, record)[0] is Verdict.PASS


def test_scripts_that_nobody_may_read_leave_the_check_open(reading: Reading) -> None:
    record = reading({}, "https://khac.example/a.js")
    assert verdict_of(suite.test_client_libraries_have_no_known_holes, record)[0] is Verdict.NOT_TESTED
    assert verdict_of(suite.test_source_maps_leak_nothing, record)[0] is Verdict.NOT_TESTED


@pytest.mark.parametrize("said", [Said(500, "lỗi"), Said(act="drop")])
def test_a_script_of_the_system_that_was_not_read_leaves_the_check_open_by_name(reading: Reading, said: Said) -> None:
    known_well, holed = Said(200, "/*! jQuery v3.7.1 */", JS), Said(200, "/*! jQuery v3.4.1 */", JS)
    verdict, told = verdict_of(
        suite.test_client_libraries_have_no_known_holes, reading({"/a.js": known_well, "/b.js": said})
    )
    assert verdict is Verdict.NOT_TESTED and "/b.js" in told and "1/2 tệp mã" in told
    record = reading({"/a.js": holed, "/b.js": said})
    assert verdict_of(suite.test_client_libraries_have_no_known_holes, record)[0] is Verdict.FAIL
    strange = reading({"/a.js": known_well}, "https://khac.example/b.js")
    assert verdict_of(suite.test_client_libraries_have_no_known_holes, strange)[0] is Verdict.PASS


def test_of_a_journey_only_the_scripts_of_the_system_count() -> None:
    def step(*addresses: str) -> Any:
        requests = [SimpleNamespace(kind="script", status=200, address=one) for one in addresses]
        return SimpleNamespace(name=StepName.LOG_IN, requests=requests)

    journey: Any = SimpleNamespace(
        steps=[step("https://cong.example/a.js", "https://dinh-danh.example/jquery-1.8.0.js")]
    )
    found = loaded_scripts([], [journey], "https://cong.example")
    assert found == {"https://cong.example/a.js": (StepName.LOG_IN.vietnamese,)}


def test_a_page_without_scripts_has_nothing_to_judge(reading: Reading) -> None:
    assert verdict_of(suite.test_client_libraries_have_no_known_holes, reading({}))[0] is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('const x = { clientSecret: "a8f2-9bb1-77c0" }', 1),
        ("-----BEGIN RSA PRIVATE KEY-----", 1),
        ("jdbc:oracle://hoso:Mat9khau@10.0.0.5/db", 1),
        ('password: "Mật khẩu", nhac: "Nhập password"', 0),
        ('apiKey: process.env.API_KEY, token: "xxxxxxxx1"', 0),
        ('secretKey: "${SECRET_1}"', 0),
        ('passwordField: "mat-khau-moi"', 0),
    ],
)
def test_a_secret_is_a_value_and_not_a_word(text: str, count: int) -> None:
    assert len(secrets_in(text)) == count


def test_scripts_beyond_those_that_are_read_leave_the_checks_open(reading: Reading) -> None:
    record = reading({f"/{number}.js": Said(200, "a();", JS) for number in range(MOST_SCRIPTS + 2)})
    assert record.data.left == 2 and len(record.data.scripts) == MOST_SCRIPTS
    for check in (suite.test_client_libraries_have_no_known_holes, suite.test_source_maps_leak_nothing):
        verdict, told = verdict_of(check, record)
        assert verdict is Verdict.NOT_TESTED and "còn 2 tệp chưa đọc" in told


def test_a_hole_in_what_was_read_counts_whatever_was_left(reading: Reading) -> None:
    scripts = {f"/{number:02}.js": Said(200, "/*! jQuery v3.4.1 */", JS) for number in range(MOST_SCRIPTS + 2)}
    assert verdict_of(suite.test_client_libraries_have_no_known_holes, reading(scripts))[0] is Verdict.FAIL


def test_only_one_script_is_in_memory_at_a_time(
    serve: Serve, probe: Probe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(lambda heard: Said(200, "x" * 5_000 + "\n//# sourceMappingURL=a.map", JS))
    prober, ask = probe(server), Prober.ask
    held: list[int] = []

    def asked(self: Prober, *given: Any, **how: Any) -> Answer:
        held.append(sum(bool(one.body) for one in self.answers))
        return ask(self, *given, **how)

    monkeypatch.setattr(Prober, "ask", asked)
    loaded = {f"{server.address}/{number}.js": ("Trang chủ",) for number in range(6)}
    attachments = Attachments(tmp_path, "security/scripts", lambda text: text)
    record = observe_scripts(prober, loaded, load_advisories(), attachments)
    assert len(record.scripts) == 6 and len(held) == 12 and set(held) == {0}
