"""What a whole run leaves behind: a score, the pages and files that show it, and a dossier in the portal's database."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from playwright.sync_api import Browser

from toantrinh.system_model import System
from toantrinh.systems import load_system

from .conftest import BIRTH, DEATH, HOUSE, Ended, Judge, Portal


@pytest.fixture(scope="module")
def dossier(whole_run: Ended) -> str:
    """The code of the dossier that the browser submitted for the registration of a birth."""
    record = json.loads((whole_run.folder / f"observations/journey/{BIRTH}.json").read_text(encoding="utf-8"))
    return str(record["data"]["submit"]["code"])


TIMED = ("load.", "speed.")  # a machine that does other things too may not be quiet enough to measure


def test_it_ends_well_and_quietly(whole_run: Ended) -> None:
    busy = {subject for subject, verdict in whole_run.verdicts().items() if verdict == "tool-error"}
    assert all(check.startswith(TIMED) for check, _ in busy)
    assert whole_run.status == (3 if busy else 0), whole_run.out + whole_run.err
    assert whole_run.err.strip() == ""
    assert "Warning" not in whole_run.out
    assert len(whole_run.lines) < 66 + 12 * len(busy), whole_run.out  # one for each thing observed
    assert whole_run.lines[-1].startswith("Phiếu điểm: ") and whole_run.lines[-1].endswith("index.html")


def test_the_terminal_shows_services_groups_score_and_grade(whole_run: Ended) -> None:
    assert re.search(rf"{BIRTH} Thủ tục đăng ký khai sinh +Toàn trình +Toàn trình +14/14 bước", whole_run.out)
    assert re.search(r"1\. Chức năng +50 / 50", whole_run.out)
    assert re.search(r"Tổng điểm +[\d,]+(?:–[\d,]+)? / 100 +Xếp loại (?:[A-E]–)?A", whole_run.out)
    assert re.search(rf"  {BIRTH} Thủ tục đăng ký khai sinh: \d+,\d s", whole_run.out)


def test_the_scorecard_keeps_to_its_published_schema(whole_run: Ended) -> None:
    [schema] = (HOUSE / "toantrinh").rglob("scorecard*.schema.json")
    jsonschema.validate(whole_run.card, json.loads(schema.read_text(encoding="utf-8")))


def test_the_portal_can_earn_grade_a_and_fails_nothing(whole_run: Ended) -> None:
    assert whole_run.card["score"]["high"] >= 95
    assert whole_run.card["grade"]["high"] == "A"
    bad = {subject: verdict for subject, verdict in whole_run.verdicts().items() if verdict in ("fail", "partial", "tool-error")}
    assert not {subject: verdict for subject, verdict in bad.items() if verdict != "tool-error" or not subject[0].startswith(TIMED)}


def test_every_check_that_asked_a_journey_got_its_answer(whole_run: Ended) -> None:
    open_ones = {
        check for (check, service), verdict in whole_run.verdicts().items() if service == BIRTH and verdict == "not-tested"
    }
    assert open_ones == set()


def test_the_dossier_is_in_the_portal_with_all_that_belongs_to_it(whole_run: Ended, judged_portal: Portal, dossier: str) -> None:
    [(id, status, fee)] = judged_portal.rows("select id, status, fee from dossiers where code = ?", dossier)
    assert (status, fee) == (10, 8000)  # Đã trả kết quả
    uploads = judged_portal.rows("select name, size, path from dossier_files where dossier_id = ? and origin = 'upload'", id)
    files = judged_portal.rows("select name, size, path from dossier_files where dossier_id = ?", id)
    assert len(files) >= 4 and any(name.startswith("kiem-thu-") for name, _, _ in (uploads or files))
    for name, size, path in files:
        [stored] = [found for found in judged_portal.data.rglob(Path(path).name) if found.is_file()]
        assert stored.stat().st_size == size > 0, name
    assert judged_portal.rows("select amount, state from payments where dossier_id = ?", id) == [(8000, "paid")]
    assert {kind for (kind,) in judged_portal.rows("select kind from signatures where dossier_id = ?", id)} >= {"citizen", "agency"}
    [(stars,)] = judged_portal.rows("select stars from ratings where dossier_id = ?", id)
    assert 1 <= stars <= 5


def test_the_manifest_lists_every_file_with_its_digest(whole_run: Ended) -> None:
    listed = {row["path"]: row for row in json.loads((whole_run.folder / "manifest.json").read_text())["files"]}
    for path, row in listed.items():
        raw = (whole_run.folder / path).read_bytes()
        assert (len(raw), hashlib.sha256(raw).hexdigest()) == (row["bytes"], row["sha256"]), path
    found = {p.relative_to(whole_run.folder).as_posix() for p in whole_run.folder.rglob("*") if p.is_file()}
    assert {p for p in found if not p.startswith((".locks/", "system/"))} - {"manifest.json"} == set(listed)
    assert {"scorecard.json", "index.html", "report.html", "junit.xml", "run.json"} <= set(listed)
    assert {"scorecard.csv", "scorecard.xlsx", "security.sarif", "accessibility.earl.jsonld"} <= set(listed)


def test_latest_points_at_the_run(whole_run: Ended) -> None:
    latest = whole_run.reports / "demo" / "latest"
    assert latest.resolve() == whole_run.folder
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d{4}", whole_run.folder.name)


def test_junit_has_a_case_for_every_check_and_service(whole_run: Ended) -> None:
    suite = ElementTree.parse(whole_run.folder / "junit.xml").getroot()
    cases = [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")]
    assert len(cases) == len(set(cases)) == len(whole_run.verdicts())
    assert sum(name.endswith(f"[{BIRTH}]") for _, name in cases if name) > 40


def test_the_report_shows_criterion_points_service_verdict_and_pictures(whole_run: Ended, chromium: Browser) -> None:
    page = chromium.new_page()
    broken: list[str] = []
    page.on("requestfailed", lambda request: broken.append(request.url))
    page.goto((whole_run.folder / "report.html").as_uri())
    assert page.title() == "Từng phép kiểm – Cổng Dịch vụ công tỉnh Sao Mai (cổng mẫu)"
    heads = page.locator("#results-table-head th").all_inner_texts()
    assert [head.strip() for head in heads][1:6] == ["Tiêu chí", "Điểm", "Dịch vụ", "Phán quyết", "Phép kiểm"]
    rows = page.locator("#results-table tbody.results-table-row tr.collapsible").all_inner_texts()
    assert rows[0].split("\t")[1].startswith("1.1 ")
    assert any(row.split("\t")[1:5] == ["1.8 Thanh toán trực tuyến", "4", BIRTH, "Đạt"] for row in rows)
    page.click("#show_all_details")
    pictures = page.locator("#results-table .media img").evaluate_all("all => all.map(one => one.getAttribute('src'))")
    shown = [src for src in pictures if src]
    assert shown and all(src.startswith("evidence/") and (whole_run.folder / src).is_file() for src in shown)
    page.close()
    assert not broken


class _Links(HTMLParser):
    """The addresses that a page refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name in ("href", "src") and value}


def test_every_link_of_the_scorecard_leads_somewhere(whole_run: Ended) -> None:
    links = _Links((whole_run.folder / "index.html").read_text(encoding="utf-8")).found
    local = {unquote(link.split("#")[0]) for link in links if not re.match(r"[a-z]+:|#", link)}
    assert local
    assert not [link for link in local if link and not (whole_run.folder / link).exists()]


def secrets_of(system: System) -> dict[str, bytes]:
    return {reference: reference.partition(":")[2].encode() for reference in system.references()}


def holders(folder: Path, secret: bytes) -> list[str]:
    """The files below a run's folder that hold a secret, packed or not; those of the started system itself apart."""
    found = []
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if path.is_file() and relative.parts[0] != "system":
            if secret in path.read_bytes():
                found.append(relative.as_posix())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    found += [f"{relative}!{name}" for name in packed.namelist() if secret in packed.read(name)]
    return found


def test_no_secret_of_the_system_file_is_kept(whole_run: Ended) -> None:
    for reference, secret in secrets_of(load_system("demo")).items():
        assert holders(whole_run.folder, secret) == [], reference


def test_one_process_with_a_trace_says_what_two_workers_say_and_keeps_no_secret(
    judge: Judge, portal: Portal, whole_run: Ended
) -> None:
    asked = [f"--criterion={id}" for id in ("1.2", "1.3", "1.5", "1.8", "1.9", "1.10", "1.12", "1.13")]
    ended = judge("--system=demo", f"--base-url={portal.url}", f"--service={DEATH}", "--tracing=on", *asked)
    assert ended.status == 0, ended.out
    found = {subject: verdict for subject, verdict in ended.verdicts().items() if subject[1]}
    assert len(found) > 20
    assert found == {subject: verdict for subject, verdict in whole_run.verdicts().items() if subject in found}, ended.out
    assert list((ended.folder / "evidence").rglob("trace.zip"))
    for reference, secret in secrets_of(load_system("demo")).items():
        assert holders(ended.folder, secret) == [], reference


def test_workers_observe_nothing_twice(whole_run: Ended, judged_portal: Portal) -> None:
    submitted = judged_portal.rows(
        "select service_code, count(distinct dossiers.id) from dossiers join dossier_files on dossier_id = dossiers.id"
        " where name like 'kiem-thu-%' and submitted_at is not null group by service_code order by service_code"
    )
    # The journey's, and the second one on which things go wrong; one service is also sent from a phone, by keys alone and
    # with markers; the one without a fee is sent once more, for others to try to change, and once to record what load
    # sends, of which then as many come as its file allows.
    by_load = dict(submitted)[DEATH] - 3
    assert dict(submitted)[BIRTH] == 5 and 1 < by_load <= 1 + load_system("demo").load.submissions_at_most, submitted
    observed = [line.rpartition(":")[0] for line in whole_run.lines if line.startswith((f"  {BIRTH} ", f"  {DEATH} "))]
    assert len(observed) == len(set(observed)) == 2 * 3 + 5 + 1 + 1  # five troubles of the measuring host, markers, load
    assert sum("máy đo" in line or "mã đo" in line for line in observed if DEATH in line) == 5  # the tour is at the other
