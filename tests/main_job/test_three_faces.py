"""The same portal in three faces, each judged in all that a face can change: the new ones lose nothing, the old one
what it deserves.

Listed is also what a run leaves open, so that no check falls silent unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from .conftest import BIRTH, Ended, Judge, running_portal

GROUPS = ("2", "5", "6")
SUITES = ("suites/functional", "suites/layout", "suites/accessibility", "suites/emc")
OPEN = {  # check: why no run against this portal can decide it
    ("layout.ipv6", "not-tested"): "127.0.0.1",
    ("motion.time-limit-warned", "not-tested"): "phiên làm việc",
}
# The portal of 2014: check and verdict, and what must be named of it.
DESERVED = {
    ("layout.no-sideways-scroll", "partial"): "table.tblKhung",  # a layout table of 1000 pixels
    ("axe.level-a", "fail"): "link-in-text-block",  # links told by their colour, and fields without labels
    ("axe.level-aa", "fail"): ".mucDo",  # orange on white
    ("reader.lists-and-tables", "partial"): "#grvThuTuc",  # a grid without header cells, typed lists
    ("reader.not-colour-alone", "partial"): "1,89:1",  # links in sentences that only their colour tells
    ("reader.field-instructions", "partial"): "#TimKiem_tuKhoa",  # labels in a cell of their own
    ("keyboard.errors-tied", "fail"): "#CongDan_diDong",  # errors beside the fields, tied to none
    ("zoom.reflow-400", "fail"): "body > table",  # the layout table again
}
FOR_A_PERSON = {
    ("keyboard.skip-link", "needs-review"): "không có liên kết bỏ qua",  # nor a marked main part
    ("keyboard.errors-announced", "needs-review"): "báo lỗi",  # the page is loaded anew
    ("keyboard.focus-after-error", "needs-review"): "đầu trang",  # and begins at its top
}
EXPECTED = {"demo": OPEN, "demo-spa": OPEN, "demo-legacy": OPEN | DESERVED | FOR_A_PERSON}


@pytest.fixture(scope="module", params=["demo", "demo-spa", "demo-legacy"])
def face(
    request: pytest.FixtureRequest, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ended]:
    """A run against each face: two services at the first, the dearer of them at the others; nothing is looked at twice."""
    system: str = request.param
    if system == "demo":
        yield request.getfixturevalue("whole_run")
        return
    judge = Judge(environment, tmp_path_factory.mktemp(system) / "reports")
    with running_portal(environment, tmp_path_factory.mktemp(system), system) as portal:
        job = judge.start(
            *SUITES, f"--system={system}", f"--base-url={portal.url}", f"--service={BIRTH}", "--looks=1", "-n", "2"
        )
        yield replace(judge.end(job), system=system)
    judge.clear()


def test_nothing_is_lost_but_what_is_listed_and_each_loss_is_named(face: Ended) -> None:
    expected = EXPECTED[face.system]
    found = {(check["id"], row["verdict"]): _words(row) for check, row in _rows(face.card, GROUPS)}
    assert found.keys() == expected.keys(), {key: found[key] for key in found.keys() - expected.keys()}
    unnamed = {key: found[key] for key, words in expected.items() if words not in found[key]}
    assert unnamed == {}


def test_each_loss_shows_its_element(face: Ended) -> None:
    for check, row in _rows(face.card, GROUPS):
        if row["verdict"] not in ("fail", "partial"):
            continue
        pictures = [piece["path"] for piece in row["evidence"] if piece["kind"] == "screenshot"]
        assert pictures, check["id"]
        assert all((face.folder / path).stat().st_size > 1000 for path in pictures), check["id"]


def test_what_the_portal_does_is_judged_alike_in_each_face(face: Ended, whole_run: Ended) -> None:
    def verdicts(ended: Ended) -> dict[tuple[str, str | None], str]:
        of_group = {check["id"] for group in ended.card["groups"] if group["id"] == "1" for check in _checks(group)}
        return {
            (check, service): verdict
            for (check, service), verdict in ended.verdicts().items()
            if check in of_group and service in (BIRTH, None)
        }

    points = {ended.system: _group(ended.card, "1") for ended in (face, whole_run)}
    assert {(group["low"], group["high"]) for group in points.values()} == {(50.0, 50.0)}
    assert verdicts(face) == verdicts(whole_run) and verdicts(face)


def _group(card: dict[str, Any], id: str) -> dict[str, Any]:
    return next(group for group in card["groups"] if group["id"] == id)


def _checks(group: dict[str, Any]) -> list[dict[str, Any]]:
    return [check for criterion in group["criteria"] for check in criterion["checks"]]


def _rows(card: dict[str, Any], groups: tuple[str, ...]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The results of these groups that are neither passed nor not applicable, with their check."""
    return [
        (check, row)
        for id in groups
        for check in _checks(_group(card, id))
        for row in check["results"]
        if row["verdict"] not in ("pass", "not-applicable")
    ]


def _words(row: dict[str, Any]) -> str:
    return " | ".join((row["message"], row["seen"], row["where"]))
