"""The scorecard in other formats: every number is the one of the scorecard, and no text becomes a command."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cards import card_of, printed
from toantrinh.reports.formats import COLUMNS, FORMATS, as_csv, as_earl, as_sarif, write_all
from toantrinh.scorecard_model import Scorecard
from toantrinh.verdicts import CheckResult, Decision, Evidence, Verdict

EVIL = '=HYPERLINK("http://xau.example","bấm")\nđây'
EXCUSED = Decision(
    said="explanation", by="Trần Thị A", date="2026-11-20", expires="2027-01-01", reason="máy chủ ngoài", kind="third-party",
    machine=Verdict.FAIL, accepted_by="Lê Văn B", accepted_on="2026-11-21", place="thu.explanations.yaml:2", counts=True,
)  # fmt: skip
RESULTS = [
    CheckResult(check="channel.hsts", verdict=Verdict.FAIL, share=0, message=EVIL, seen="không có",
                where="http://127.0.0.1:1/a, http://127.0.0.1:1/b", evidence=(Evidence(path="evidence/x.png"),)),
    CheckResult(check="headers.nosniff", verdict=Verdict.PARTIAL, share=0.5, message="một nửa", decision=EXCUSED),
    CheckResult(check="input.markers-escaped", verdict=Verdict.NEEDS_REVIEW, message="cần người xem"),
    CheckResult(check="leak.listing", verdict=Verdict.PASS, share=1),
    CheckResult(check="axe.level-a", verdict=Verdict.FAIL, share=0, message="ảnh không có mô tả", where="#anh"),
    CheckResult(check="keyboard.skip-link", verdict=Verdict.PASS, share=1),
    CheckResult(check="reader.link-words", verdict=Verdict.TOOL_ERROR, message="trình duyệt tắt"),
    CheckResult(check="pay.amount-equals-fee", service="1.000656", verdict=Verdict.PASS, share=1),
]  # fmt: skip


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return card_of(printed(RESULTS))


def rows_of(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_table_has_every_result_with_the_numbers_of_the_scorecard(card: Scorecard) -> None:
    raw = as_csv(card)
    rows = rows_of(raw)
    assert raw.startswith("\ufeff".encode()) and tuple(rows[0]) == COLUMNS
    scored = [row for row in rows if row["group"]]
    points = {row["criterion"]: tuple(row[f"criterion_{name}"] for name in ("points", "low", "high")) for row in scored}
    expected = {
        one.id: (str(one.points), str(one.low), str(one.high)) for group in card.groups for one in group.criteria
    }
    assert points == expected
    assert sum(float(low) for _, low, _ in points.values()) == pytest.approx(card.score.low)
    assert sum(float(high) for _, _, high in points.values()) == pytest.approx(card.score.high)
    for group in card.groups:
        for criterion in group.criteria:
            for check in criterion.checks:
                found = [row for row in scored if (row["criterion"], row["check"]) == (criterion.id, check.id)]
                wanted = [(one.service or "", one.verdict.value, _number(one.share)) for one in check.results]
                assert [(row["service"], row["verdict"], row["share"]) for row in found] == (
                    wanted or [("", check.verdict.value, _number(check.share))]
                )
                assert all(row["weight"] == str(check.weight) for row in found)


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def test_no_text_of_a_system_is_a_command_in_a_spreadsheet(card: Scorecard) -> None:
    (row,) = [row for row in rows_of(as_csv(card)) if row["check"] == "channel.hsts"]
    assert row["message"].startswith("'=HYPERLINK") and "\n" not in row["message"]
    for row in rows_of(as_csv(card)):
        assert not any(value.startswith(("=", "+", "-", "@", "\t")) for value in row.values())


SARIF: dict[str, Any] = {  # what SARIF 2.1.0 asks of a log, as far as this one goes (§3.13, §3.14, §3.27, §3.49)
    "type": "object", "required": ["version", "runs"],
    "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": {
        "type": "object", "required": ["tool"],
        "properties": {
            "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                "type": "object", "required": ["name"], "properties": {"rules": {"type": "array", "uniqueItems": True, "items": {
                    "type": "object", "required": ["id"]}}}}}},
            "results": {"type": "array", "items": {
                "type": "object", "required": ["message", "ruleId", "ruleIndex"],
                "properties": {
                    "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                    "level": {"enum": ["none", "note", "warning", "error"]},
                    "message": {"type": "object", "required": ["text"]},
                    "locations": {"type": "array", "minItems": 1},
                }}}},
    }}},
}  # fmt: skip


def test_security_is_told_in_sarif(card: Scorecard) -> None:
    log = json.loads(as_sarif(card))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = {one["ruleId"]: one for one in run["results"]}
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    assert found.keys() == {"channel.hsts", "headers.nosniff", "input.markers-escaped"}
    addresses = [one["physicalLocation"]["artifactLocation"]["uri"] for one in found["channel.hsts"]["locations"]]
    assert addresses == ["http://127.0.0.1:1/a", "http://127.0.0.1:1/b"]
    assert found["channel.hsts"]["kind"] == "fail" and found["channel.hsts"]["level"] in ("error", "warning", "note")
    assert found["channel.hsts"]["partialFingerprints"]["toantrinh/v1"].startswith("v1-")
    review = found["input.markers-escaped"]
    assert (review["kind"], review["level"]) == ("review", "none")  # SARIF 2.1.0, §3.27.10
    (suppressed,) = found["headers.nosniff"]["suppressions"]
    assert suppressed["status"] == "accepted" and "máy chủ ngoài" in suppressed["justification"]
    assert run["invocations"][0]["startTimeUtc"] == "2026-11-22T13:00:00Z"


def test_accessibility_is_told_in_earl(card: Scorecard) -> None:
    graph = json.loads(as_earl(card))["@graph"]
    known = {node["@id"] for node in graph if "@id" in node}
    made = [node for node in graph if node["@type"] == "Assertion"]
    assert {one["test"]["@id"]: one["result"]["outcome"]["@id"] for one in made} == {
        "urn:toantrinh:axe.level-a": "earl:failed",
        "urn:toantrinh:keyboard.skip-link": "earl:passed",
        "urn:toantrinh:reader.link-words": "earl:cantTell",
    }
    for one in made:
        assert {one["assertedBy"]["@id"], one["subject"]["@id"], one["test"]["@id"]} <= known


def test_each_is_written_and_the_same_scorecard_gives_the_same_bytes(card: Scorecard, tmp_path: Path) -> None:
    write_all(card, tmp_path)
    first = {name: (tmp_path / name).read_bytes() for name in FORMATS}
    write_all(Scorecard.model_validate(card.model_dump(mode="json", by_alias=True)), tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in FORMATS} == first and all(first.values())


def test_nothing_judged_is_told_without_a_finding() -> None:
    card = card_of([])
    assert json.loads(as_sarif(card))["runs"][0]["results"] == []
    assert {row["verdict"] for row in rows_of(as_csv(card))} == {"not-tested"}
