"""System files: what they inherit, what they refuse, what they allow."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from toantrinh import systems
from toantrinh.mistakes import UserMistake
from toantrinh.observations.site import PageName
from toantrinh.observers.site.wayfinding import PATHS
from toantrinh.system_model import PAGES
from toantrinh.systems import load_system, system_names

HUE = "name: Huế\nbase_url: https://dichvucong.hue.gov.vn\n"
LOCAL = "name: Máy này\nbase_url: http://127.0.0.1:8080\n"
AUTHORISED = "authorisation: {by: UBND, document: 12/QĐ, until: 2026-12-31, allows: [submit]}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of systems of its own, with one platform."""
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "igate.yaml").write_text(
        "labels:\n  apply: [Tra]\n  pay: [Nộp]\npaths:\n  search: /vi/procedure/search\npace:\n  pause_ms: 900\n"
    )
    return tmp_path


def written(folder: Path, text: str, name: str = "hue") -> str:
    (folder / f"{name}.yaml").write_text(text)
    return name


def refused(folder: Path, text: str, **options: Any) -> str:
    with pytest.raises(UserMistake) as mistake:
        load_system(written(folder, text), systems_dir=folder, **options)
    assert "\n" not in str(mistake.value)
    return str(mistake.value).replace(f"{folder.as_posix()}/", "")


def test_two_lines_make_a_system(folder: Path) -> None:
    system = load_system(written(folder, HUE), systems_dir=folder)
    assert (system.id, system.platform, system.locale) == ("hue", "generic", "vi-VN")
    assert system.thresholds.largest_content_s == 4
    assert system.allowed_hosts == {"dichvucong.hue.gov.vn"}


def test_defaults_lie_below_platform_below_file_below_command_line(folder: Path) -> None:
    text = HUE + "platform: igate\nlabels:\n  pay: [Gửi]\npace: {connections: 2}\n"
    system = load_system(written(folder, text), systems_dir=folder, base_url="https://thu.hue.gov.vn/")
    assert system.labels == {"apply": ("Tra",), "pay": ("Gửi",)}  # mappings are merged, lists are replaced
    assert (system.pace.connections, system.pace.pause_ms) == (2, 900)
    assert system.base_url == "https://thu.hue.gov.vn"


def test_a_system_takes_over_what_it_extends(folder: Path) -> None:
    written(folder, LOCAL + "platform: igate\npaths: {lookup: /tra-cuu, search: /tim}\nhosts: [a.vn]\n", "goc")
    written(folder, "extends: goc\nhosts: [b.vn]\n", "giua")
    text = "extends: giua\nname: Mặt khác\nbase_url: http://127.0.0.1:8090\npaths: {search: /moi}\n"
    system = load_system(written(folder, text), systems_dir=folder)
    assert (system.id, system.name, system.base_url) == ("hue", "Mặt khác", "http://127.0.0.1:8090")
    assert (system.paths["lookup"], system.paths["search"]) == ("/tra-cuu", "/moi")
    assert (system.platform, system.pace.pause_ms, system.hosts) == ("igate", 900, ("b.vn",))


def test_what_was_verified_or_authorised_is_not_handed_on(folder: Path) -> None:
    written(folder, HUE + AUTHORISED + "id: hue-chinh\nverified: {by: An, date: 2026-11-21}\n", "goc")
    system = load_system(written(folder, "extends: goc\n"), systems_dir=folder)
    assert (system.id, system.verified, system.authorisation) == ("hue", None, None)
    assert not system.may("submit")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HUE + "extends: goc\n", "hue.yaml:3: extends: there is no system 'goc' to extend."),
        ("extends: hue\n" + HUE, "hue.yaml:1: extends: the system 'hue' extends itself"),
        (HUE + "extends: [demo]\n", "hue.yaml:3: extends: there is no system ['demo'] to extend."),
        (HUE + "extends: ../demo\n", "hue.yaml:3: extends: there is no system '../demo' to extend."),
    ],
)
def test_what_cannot_be_extended_is_said_with_its_place(folder: Path, text: str, line: str) -> None:
    assert refused(folder, text).startswith(line)


def test_systems_that_extend_each_other_are_refused(folder: Path) -> None:
    written(folder, "extends: hue\n", "goc")
    assert "extends itself, by way of other files or not" in refused(folder, HUE + "extends: goc\n")


def test_a_mistake_in_what_is_extended_is_shown_where_it_stands(folder: Path) -> None:
    written(folder, LOCAL + "kind: tỉnh\n", "goc")
    assert refused(folder, "extends: goc\n").startswith("goc.yaml:3: kind:")


def test_a_mistake_in_a_platform_is_shown_in_the_platform(folder: Path) -> None:
    (folder / "platforms" / "igate.yaml").write_text("paths:\n  search: vi/search\n")
    line = refused(folder, HUE + "platform: igate\n")
    assert line.startswith("platforms/igate.yaml:2: paths.search: expected a path like /tra-cuu")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("base_url: https://x.vn\n", "hue.yaml:1: name: this key is missing"),
        ("name: Huế\n", "hue.yaml:1: base_url: this key is missing"),
        ("name: Huế\nbase_url: hue.gov.vn\n", "hue.yaml:2: base_url: expected an address like https://"),
        ("name: Huế\nbase_url: https://a:b@hue.gov.vn\n", "hue.yaml:2: base_url: expected an address without user name"),
        (HUE + "platform: igat\n", "hue.yaml:3: platform: there is no platform 'igat'. Did you mean igate?"),
        (HUE + "platfrom: igate\n", "hue.yaml:3: platfrom: unknown key. Did you mean platform?"),
        (HUE + "kind: city\n", "hue.yaml:3: kind: expected 'ministry', 'province', 'national' or 'other', found 'city'"),
        (HUE + "timezone: Asia/Hue\n", "hue.yaml:3: timezone: expected a time zone like Asia/Ho_Chi_Minh, found 'Asia/Hue'"),
        (HUE + "hosts: [https://pay.vn]\n", "hue.yaml:3: hosts.0: expected a host name like pay.example.vn"),
        (HUE + "hosts: ['*.vn']\n", "hue.yaml:3: hosts.0: expected a host name like pay.example.vn"),
        (HUE + "emc: {site_id: 4064}\n", 'hue.yaml:3: emc.site_id: expected text, found a number; write it in quotes: "4064"'),
        (HUE + "verified: {by: An, date: hôm qua}\n", "hue.yaml:3: verified.date: expected a date like 2026-12-31"),
        (HUE + "authorisation: {by: a, document: b, until: 2026-12-31, allows: [all]}\n", "hue.yaml:3: authorisation.allows.0:"),
        (HUE + "labels:\n  sumbit-dossier: [Gửi]\n", "hue.yaml:4: labels.sumbit-dossier: unknown intent. Did you mean submit-dossier"),
        (HUE + "selectors: {aply: a.b}\n", "hue.yaml:3: selectors.aply: unknown intent. Did you mean apply"),
        (HUE + "paths: {lokup: /tra-cuu}\n", "hue.yaml:3: paths.lokup: unknown page. Did you mean lookup?"),
        (HUE + "start: {command: [x]}\n", "hue.yaml:3: start: expected a base_url on this machine"),
        (HUE + "services:\n- {code: 2.000815, name: a, declared: một phần}\n", "hue.yaml:4: services.0.code: expected text"),
        (HUE + "services:\n- {code: '1', name: a, declared: mức 4}\n", "hue.yaml:4: services.0.declared: expected 'toàn trình',"),
        (
            HUE + "services:\n- {code: '1', name: a, declared: một phần}\n- code: '1'\n  name: b\n  declared: một phần\n",
            "hue.yaml:5: services.1.code: the code 1 stands here a second time (first in line 4)",
        ),
        (
            HUE + "accounts: {citizen: {username: 'env:A', password: 'env:B'}}\n"
            "services:\n- {code: '1', name: a, declared: một phần, as: citzen}\n",
            "hue.yaml:5: services.0.as: there is no account 'citzen'. Did you mean citizen?",
        ),
    ],
)
def test_each_mistake_is_one_line_with_its_place(folder: Path, text: str, line: str) -> None:
    assert refused(folder, text).startswith(line)


@pytest.mark.parametrize("value", ["Mat-khau-123", "12345678", "{a: Mat-khau-123}", "env", "ENV:Mat-khau-123"])
def test_a_literal_secret_is_refused_and_not_repeated(folder: Path, value: str) -> None:
    line = refused(folder, HUE + f"accounts:\n  citizen:\n    username: env:A\n    password: {value}\n")
    assert line.startswith("hue.yaml:6: accounts.citizen.password: expected a reference to a secret: env:NAME")
    assert "Mat-khau-123" not in line and "12345678" not in line


def test_a_published_secret_is_for_this_machine_only(folder: Path) -> None:
    accounts = "accounts:\n  citizen: {username: env:A, password: public:abc}\n"
    assert load_system(written(folder, LOCAL + accounts), systems_dir=folder).accounts
    assert "public: is for test systems on this machine" in refused(folder, HUE + accounts)
    assert "public: is for test systems on this machine" in refused(folder, LOCAL + accounts, base_url="https://x.vn")


@pytest.mark.parametrize("reference", ["env:", "env:MY NAME", "keyring:service", "keyring:/name", "public:"])
def test_a_reference_must_be_whole(folder: Path, reference: str) -> None:
    assert "accounts.citizen.password: expected" in refused(
        folder, LOCAL + f"accounts: {{citizen: {{username: 'env:A', password: '{reference}'}}}}\n"
    )


def test_an_unknown_system_names_the_nearest(folder: Path) -> None:
    written(folder, HUE, "hue")
    with pytest.raises(UserMistake, match=r"there is no system 'heu' in .* Did you mean hue"):
        load_system("heu", systems_dir=folder)
    with pytest.raises(UserMistake, match=r"Known: demo, .*hue"):
        load_system("zzzzz", systems_dir=folder)


def test_explanations_and_defaults_are_no_systems(folder: Path) -> None:
    for name in ("hue", "hue.explanations", "hue.review", "defaults"):
        written(folder, HUE, name)
    assert [name for name in system_names(folder) if name not in system_names()] == ["hue"]
    assert "defaults" not in system_names()


def test_a_path_is_taken_as_it_is(folder: Path) -> None:
    written(folder, HUE)
    assert load_system(str(folder / "hue.yaml")).name == "Huế"


def test_this_machine_may_be_tried_and_another_only_read(folder: Path) -> None:
    here = load_system(written(folder, LOCAL), systems_dir=folder)
    there = load_system(written(folder, HUE), systems_dir=folder)
    assert here.may("intrusive")
    assert there.may("read")
    assert not there.may("submit")
    assert there.why_not("load") == "The system's file carries no authorisation to send load."


@pytest.mark.parametrize("address", ["http://localhost", "http://127.0.0.9:1", "http://[::1]:8080", "http://dvc.localhost"])
def test_these_addresses_are_this_machine(folder: Path, address: str) -> None:
    assert load_system(written(folder, f"name: x\nbase_url: '{address}'\n"), systems_dir=folder).is_loopback


@pytest.mark.parametrize("address", ["http://127.0.0.1.evil.vn", "http://10.0.0.1", "http://localhost.vn", "http://0.0.0.0"])
def test_these_addresses_are_not(folder: Path, address: str) -> None:
    assert not load_system(written(folder, f"name: x\nbase_url: {address}\n"), systems_dir=folder).is_loopback


def test_an_authorisation_says_what_and_until_when(folder: Path) -> None:
    system = load_system(written(folder, HUE + AUTHORISED), systems_dir=folder)
    last = datetime.date(2026, 12, 31)
    assert system.may("submit", today=last)
    assert "ended on 31/12/2026" in system.why_not("submit", today=last + datetime.timedelta(days=1))
    assert "does not allow to send load" in system.why_not("load", today=last)


def test_an_authorisation_does_not_move_to_another_host(folder: Path) -> None:
    name = written(folder, HUE + "hosts: [thu.hue.gov.vn]\n" + AUTHORISED)
    today = datetime.date(2026, 1, 1)
    assert load_system(name, systems_dir=folder, base_url="https://thu.hue.gov.vn").may("submit", today=today)
    other = load_system(name, systems_dir=folder, base_url="https://dichvucong.hanoi.gov.vn")
    assert "does not cover the host dichvucong.hanoi.gov.vn" in other.why_not("submit", today=today)


def test_a_wrong_base_url_on_the_command_line_is_named(folder: Path) -> None:
    assert refused(folder, HUE, base_url="hue").startswith("--base-url: expected an address like")


def test_the_digest_follows_the_content_and_not_the_address(folder: Path) -> None:
    first = load_system(written(folder, LOCAL), systems_dir=folder)
    moved = load_system("hue", systems_dir=folder, base_url="http://127.0.0.1:9")
    changed = load_system(written(folder, LOCAL + "answers: {a: b}\n"), systems_dir=folder)
    assert first.digest == moved.digest != changed.digest


def test_a_level_is_read_whatever_its_case_and_form(folder: Path) -> None:
    level = unicodedata.normalize("NFD", "  TOÀN  trình")
    text = HUE + f"services: [{{code: '1', name: a, declared: '{level}'}}]\n"
    assert load_system(written(folder, text), systems_dir=folder).services[0].declared == "toàn trình"


def test_the_demo_is_whole() -> None:
    demo = load_system("demo")
    assert len(demo.services) == 8
    assert {"citizen", "citizen_b", "officer", "approver"} <= set(demo.accounts)
    assert demo.verified and demo.start and demo.captcha and demo.emc.site_id == "4064"
    assert not demo.labels and not demo.selectors
    assert all(service.account in demo.accounts for service in demo.services)


def test_the_demo_agrees_with_what_the_portal_offers() -> None:
    seed = systems.HOUSE.parent / "portal" / "seed" / "services.yaml"
    offered = {service["code"]: service for service in yaml.safe_load(seed.read_text(encoding="utf-8"))["services"]}
    levels = {"toan_trinh": "toàn trình", "mot_phan": "một phần", "thong_tin": "thông tin"}
    for service in load_system("demo").services:
        there = offered[service.code]
        assert (service.name, service.fee, service.signature, service.declared) == (
            there["name"], there["fee"], there["requires_signature"], levels[there["level"]],
        )  # fmt: skip
        assert service.documents == tuple(document["name"] for document in there["documents"])
    assert sum(bool(offered[service.code].get("essential")) for service in load_system("demo").services) >= 5


def test_the_schema_for_editors_is_current_and_fits_the_demo() -> None:
    kept = (systems.HOUSE / "system.schema.json").read_text(encoding="utf-8")
    assert kept == systems.json_schema(), "run: python -m toantrinh.systems > systems/system.schema.json"
    schema = json.loads(kept)
    jsonschema.Draft202012Validator.check_schema(schema)
    demo = yaml.load((systems.HOUSE / "demo.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    for odd in ("load", "pace", "services", "start", "targets"):  # BaseLoader reads every scalar as text
        demo.pop(odd)
    jsonschema.validate(demo, schema)


def test_every_page_whose_path_the_engine_asks_for_has_a_name() -> None:
    engine = systems.HOUSE.parent / "toantrinh"
    asked = {
        name
        for path in engine.rglob("*.py")
        for name in re.findall(r"""who\.(?:path\(|way_to\("[\w-]+", )["'](.+?)["']\)""", path.read_text(encoding="utf-8"))
    }
    asked |= {PATHS.get(name, name.value) for name in PageName}
    assert asked == set(PAGES)


def test_nothing_secret_shows_in_the_models_repr() -> None:
    shown = repr(load_system("demo"))
    assert "Thu-nghiem-2026" not in shown and "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" not in shown


@pytest.mark.parametrize(("name", "most"), [("demo-spa", 12)])
def test_another_face_of_the_demo_differs_by_a_few_lines(name: str, most: int) -> None:
    lines = (systems.HOUSE / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    face, demo = load_system(name), load_system("demo")
    assert len([line for line in lines if line.strip() and not line.startswith("#")]) <= most
    assert (face.services, face.accounts, face.paths) == (demo.services, demo.accounts, demo.paths)
    assert not face.labels and not face.selectors and face.base_url != demo.base_url
