"""The scorecard in the formats of other trades: tables as CSV and as a workbook, SARIF for security, EARL for
accessibility.

Nothing is judged here, and no figure is made: each number is one of `scorecard.json`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile

import yaml

from toantrinh.criteria_model import Severity
from toantrinh.reports import workbook
from toantrinh.reports.people import in_a_line
from toantrinh.scorecard_model import CheckRow, CriterionRow, GroupRow, ResultRow, Scorecard
from toantrinh.store import write_whole
from toantrinh.verdicts import FINDINGS, Verdict

COLUMNS = (
    "group", "group_title", "criterion", "criterion_title", "criterion_points", "criterion_low", "criterion_high",
    "check", "check_title", "severity", "law", "weight", "check_low", "check_high", "service", "verdict", "share",
    "message", "expected", "seen", "where", "mend", "decision", "evidence", "fingerprint",
)  # fmt: skip
COMMANDS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that begins so for a command
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.SERIOUS: "error",
    Severity.MODERATE: "warning",
    Severity.MINOR: "note",
}
KINDS = {Verdict.FAIL: "fail", Verdict.PARTIAL: "fail", Verdict.NEEDS_REVIEW: "review", Verdict.NOT_TESTED: "open"}
OUTCOMES = {
    Verdict.PASS: "passed", Verdict.FAIL: "failed", Verdict.PARTIAL: "failed", Verdict.NOT_APPLICABLE: "inapplicable",
    Verdict.NOT_TESTED: "untested", Verdict.NEEDS_REVIEW: "cantTell", Verdict.TOOL_ERROR: "cantTell",
}  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s,;“”\"'<>()]+")
Place = tuple[GroupRow | None, CriterionRow | None, CheckRow]


def as_csv(card: Scorecard) -> bytes:
    """One row for each result of each check in each criterion (RFC 4180), UTF-8 with the mark by which Excel knows it.

    What a system said never becomes a command of the spreadsheet: such a text gets an apostrophe before it. Lists of
    advice have no group and no points.
    """
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for group, criterion, check in _places(card):
        for result in check.results or (None,):
            table.writerow({name: _cell(value) for name, value in _row(group, criterion, check, result).items()})
    return text.getvalue().encode("utf-8-sig")


def as_sarif(card: Scorecard) -> bytes:
    """Findings of security and what of it is open (SARIF 2.1.0, OASIS). A finding that people excused is suppressed."""
    checks = _family(card, "security")
    rules = [
        {
            "id": check.id,
            "shortDescription": {"text": check.title},
            "fullDescription": {"text": check.expected},
            "help": {"text": check.mend},
            "defaultConfiguration": {"level": LEVELS[check.severity]},
            "properties": {"tags": ["security"], "law": check.law.citation},
        }
        for check in checks
    ]
    results = [
        _sarif_result(number, check, result, card.run.base_url)
        for number, check in enumerate(checks)
        for result in check.results
        if result.verdict in KINDS
    ]
    run = {
        "tool": {"driver": {"name": card.tool.name, "version": card.tool.version, "language": "vi", "rules": rules}},
        "invocations": [
            {
                "executionSuccessful": card.run.complete,
                "startTimeUtc": _utc(card.run.started),
                "endTimeUtc": _utc(card.run.finished),
            }
        ],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {"system": card.system.id, "run": card.run.id, "criteriaSet": card.criteria_set.id},
    }
    return _as_bytes({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def as_earl(card: Scorecard) -> bytes:
    """What was asked of accessibility and how it came out, passes too (EARL 1.0 Schema, W3C; as JSON-LD)."""
    checks = _family(card, "accessibility")
    assertions = [
        {
            "@type": "Assertion",
            "assertedBy": {"@id": "_:toantrinh"},
            "subject": {"@id": card.run.base_url},
            "test": {"@id": f"urn:toantrinh:{check.id}"},
            "mode": {"@id": f"earl:{'semiAuto' if result.decision else 'automatic'}"},
            "result": {
                "@type": "TestResult",
                "outcome": {"@id": f"earl:{OUTCOMES[result.verdict]}"},
                "dct:date": card.run.finished,
                "dct:description": result.message or check.expected,
                **({"earl:info": result.seen} if result.seen else {}),
                **({"earl:pointer": result.where} if result.where else {}),
            },
        }
        for check in checks
        for result in check.results
    ]
    tests = [
        {
            "@type": "TestRequirement",
            "@id": f"urn:toantrinh:{check.id}",
            "dct:title": check.title,
            "dct:description": check.expected,
            "dct:isPartOf": check.law.citation,
        }
        for check in checks
    ]
    graph = [
        {"@type": "Software", "@id": "_:toantrinh", "dct:title": card.tool.name, "dct:hasVersion": card.tool.version},
        {"@type": "TestSubject", "@id": card.run.base_url, "dct:title": card.system.name},
        *tests,
        *assertions,
    ]
    context = {
        "@vocab": "http://www.w3.org/ns/earl#",
        "earl": "http://www.w3.org/ns/earl#",
        "dct": "http://purl.org/dc/terms/",
    }
    return _as_bytes({"@context": context, "@graph": graph})


def same_as(name: str, kept: bytes, made: bytes) -> bool:
    """True when a file that was kept says what one made now says; a workbook may have been packed in another way."""
    if name != workbook.FILE_NAME:
        return kept == made
    try:
        return workbook.same_workbook(kept, made)
    except (BadZipFile, zlib.error, EOFError):
        return False


FORMATS: dict[str, Callable[[Scorecard], bytes]] = {
    workbook.FILE_NAME: workbook.as_xlsx,
    "scorecard.csv": as_csv,
    "security.sarif": as_sarif,
    "accessibility.earl.jsonld": as_earl,
}


def write_all(card: Scorecard, folder: Path) -> None:
    """Writes each of them into the folder, whole or not at all. Raises OSError."""
    for name, made in FORMATS.items():
        write_whole(folder / name, made(card))


def _row(
    group: GroupRow | None, criterion: CriterionRow | None, check: CheckRow, result: ResultRow | None
) -> dict[str, Any]:
    said = {
        "verdict": result.verdict if result else check.verdict,
        "message": result.message if result else check.message,
        "service": result.service if result else None,
        "share": result.share if result else check.share,
        "expected": (result.expected if result else "") or check.expected,
        "seen": result.seen if result else "",
        "where": result.where if result else "",
        "decision": in_a_line(result.decision) if result and result.decision else "",
        "evidence": " ".join(piece.path for piece in result.evidence) if result else "",
        "fingerprint": result.fingerprint if result else "",
    }
    return {
        "group": group.id if group else "", "group_title": group.title if group else "",
        "criterion": criterion.id if criterion else "", "criterion_title": criterion.title if criterion else "",
        "criterion_points": criterion.points if criterion else None,
        "criterion_low": criterion.low if criterion else None, "criterion_high": criterion.high if criterion else None,
        "check": check.id, "check_title": check.title, "severity": check.severity.value, "law": check.law.citation,
        "weight": check.weight, "check_low": check.low, "check_high": check.high, "mend": check.mend, **said,
    }  # fmt: skip


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = " ".join(value.split()) if "\n" in value else value
    return f"'{text}" if text.startswith(COMMANDS) else text


def _places(card: Scorecard) -> Iterator[Place]:
    for group in card.groups:
        for criterion in group.criteria:
            for check in criterion.checks:
                yield group, criterion, check
    for check in card.advice:
        yield None, None, check


def _family(card: Scorecard, name: str) -> list[CheckRow]:
    """The checks of a family, each once, in the order of the criteria."""
    rooms = _families()[name]
    found = {check.id: check for _, _, check in _places(card) if check.id.partition(".")[0] in rooms}
    return list(found.values())


@lru_cache(maxsize=1)
def _families() -> dict[str, list[str]]:
    known: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("families.yaml").read_text(encoding="utf-8"))
    return known


def _sarif_result(number: int, check: CheckRow, result: ResultRow, base_url: str) -> dict[str, Any]:
    is_finding = result.verdict in FINDINGS
    found: dict[str, Any] = {
        "ruleId": check.id,
        "ruleIndex": number,
        "kind": KINDS[result.verdict],
        "level": LEVELS[check.severity] if is_finding else "none",
        "message": {"text": result.message or check.title},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": one}}} for one in _addresses(result, base_url)],
        "properties": {name: value for name, value in (("seen", result.seen), ("service", result.service)) if value},
    }
    if result.fingerprint:
        found["partialFingerprints"] = {"toantrinh/v1": result.fingerprint}
    if result.excused and result.decision:
        found["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": in_a_line(result.decision)}
        ]
    return found


def _addresses(result: ResultRow, base_url: str) -> list[str]:
    """The addresses of which the finding speaks, ten at the most; the system's own where it names none."""
    named = [one.rstrip(".:") for one in _ADDRESS.findall(f"{result.where} {result.seen}") if _is_address(one)]
    return list(dict.fromkeys(named))[:10] or [base_url]


def _is_address(text: str) -> bool:
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def _utc(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _as_bytes(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
