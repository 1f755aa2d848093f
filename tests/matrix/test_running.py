"""Many defects in one portal: each gets what it does alone, whoever stands beside it. The portal is played here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from portal.defects.defect import Defect
from tests.matrix import running
from tests.matrix.page import page_of
from tests.matrix.running import Matrix
from tests.matrix.runs import Judged, Setup
from toantrinh.verdicts import Verdict

CHECKS = (
    "layout.no-overlap", "layout.no-cut-control", "layout.same-header", "layout.same-footer", "layout.breadcrumb",
    "layout.sitemap", "zoom.contrast", "zoom.text-200",
)  # fmt: skip
OVERLAP, CUT, HEADER, FOOTER, TRAIL, MAP, CONTRAST, TEXT = CHECKS
Does = Mapping[frozenset[str], Mapping[str, Verdict]]  # by defects that are there together: what changes


def defect(name: str, *checks: str, like: tuple[str, ...] = (), blinds: tuple[str, ...] = ()) -> Defect:
    return Defect(name, name, checks, is_lookalike=bool(like), like=like, blinds=blinds)


A, B, C, D = defect("a", OVERLAP), defect("b", CUT), defect("c", HEADER), defect("d", like=(FOOTER,))
RIGHT = {A: {OVERLAP: Verdict.FAIL}, B: {CUT: Verdict.PARTIAL}, C: {HEADER: Verdict.FAIL}, D: {}}


def does(*more: tuple[str, Mapping[str, Verdict]]) -> Does:
    """What the defects do when all is right, and what besides: names (`a`, or `ab` for both together) and changes."""
    found: dict[frozenset[str], dict[str, Verdict]] = {frozenset({one.name}): dict(what) for one, what in RIGHT.items()}
    for names, changes in more:
        found.setdefault(frozenset(names), {}).update(changes)
    return found


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The defects of each portal that was started, none for a clean one."""
    return []


@pytest.fixture
def matrix(tmp_path: Path) -> Matrix:
    return Matrix(tmp_path, 2, lambda line: None)


def play(
    monkeypatch: pytest.MonkeyPatch, what: Does, asked_for: list[tuple[str, ...]], whims: Does | None = None
) -> None:
    """From now on the portal does this; `whims`: until a portal was started with one defect alone, and then no more."""
    passing = dict(whims or {})

    def judged(setup: Setup, defects: str, checks: Collection[str], folder: Path, workers: int = 0) -> Judged:
        names = tuple(name for name in defects.split(",") if name)
        asked_for.append(names)
        verdicts: dict[str, str] = dict.fromkeys((one for one in checks if one in CHECKS), Verdict.PASS)
        for there, changes in what.items():
            if there <= set(names):
                verdicts |= {check: verdict for check, verdict in changes.items() if check in verdicts}
        for there, changes in passing.items():
            if there <= set(names):
                verdicts |= {check: verdict for check, verdict in changes.items() if check in verdicts}
        if len(names) == 1:
            passing.clear()
        read = {check: ["site/home@1366"] for check in CHECKS}
        return Judged(verdicts, {}, read, {"site/home@1366": 2000.0}, 1.0, "")

    monkeypatch.setattr(running, "judged", judged)


def test_where_all_is_right_one_portal_is_enough(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]]
) -> None:
    play(monkeypatch, does(), asked_for)
    rows = matrix.rows([A, B, C])
    assert [row.caught for row in rows] == [(OVERLAP,), (CUT,), (HEADER,)] and all(row.holds for row in rows)
    assert [len(names) for names in asked_for] == [0, 0, 3]  # clean, clean pages, all three


def test_shares_are_apart_and_make_up_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]]
) -> None:
    alone = [defect(name, OVERLAP) for name in "uvwxyz"]  # the same check: each needs a portal of its own
    play(monkeypatch, {frozenset(one.name): {OVERLAP: Verdict.FAIL} for one in alone}, asked_for)
    shares = [Matrix(tmp_path / str(mine), 2, lambda line: None, (mine, 4)).rows(alone) for mine in range(4)]
    assert sorted(row.defect.name for rows in shares for row in rows) == list("uvwxyz")
    assert [len(rows) for rows in shares] == [2, 2, 1, 1] and all(row.holds for rows in shares for row in rows)


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        (("b", {CONTRAST: Verdict.FAIL}), {"b": ("alarms", CONTRAST)}),
        (("b", {CUT: Verdict.PASS}), {"b": ("missed", CUT)}),
        (("d", {FOOTER: Verdict.NEEDS_REVIEW}), {"d": ("alarms", FOOTER)}),
        (("c", {TEXT: Verdict.TOOL_ERROR}), {"c": ("ours", TEXT)}),
        (("c", {HEADER: Verdict.TOOL_ERROR}), {"c": ("ours", HEADER)}),
        (("ab", {CONTRAST: Verdict.FAIL}), {}),
    ],
    ids=["a false alarm", "missed", "a look-alike that costs", "our fault", "our fault at its check", "only together"],
)
def test_what_one_does_is_held_against_it_alone(
    matrix: Matrix,
    monkeypatch: pytest.MonkeyPatch,
    asked_for: list[tuple[str, ...]],
    more: tuple[str, Mapping[str, Verdict]],
    wrong: Mapping[str, tuple[str, str]],
) -> None:
    play(monkeypatch, does(more), asked_for)
    rows = {row.defect.name: row for row in matrix.rows([A, B, C, D])}
    assert {name for name, row in rows.items() if not row.holds} == set(wrong)
    for name, (what, check) in wrong.items():
        assert check in getattr(rows[name], what)


@pytest.mark.parametrize("changes", [{CONTRAST: Verdict.FAIL}, {TEXT: Verdict.NEEDS_REVIEW}])
def test_a_whim_of_one_run_is_named_and_charged_to_nobody(
    matrix: Matrix,
    monkeypatch: pytest.MonkeyPatch,
    asked_for: list[tuple[str, ...]],
    changes: Mapping[str, Verdict],
) -> None:
    play(monkeypatch, does(), asked_for, {frozenset("b"): changes})
    rows = matrix.rows([B])
    assert rows[0].holds and rows[0].caught == (CUT,) and matrix.unsteady == ["b"]
    page = page_of(rows, 1.0, matrix.unsteady)
    assert "| As they must be at the second look alone | `b` |" in page


def test_what_is_wrong_twice_is_no_whim_nor_what_is_wrong_everywhere(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]]
) -> None:
    monkeypatch.setattr(running, "MOST_AGAIN", 1)
    play(monkeypatch, does(("a", {CONTRAST: Verdict.FAIL}), ("b", {CUT: Verdict.PASS})), asked_for)
    assert [row.holds for row in matrix.rows([A, B])] == [False, False]
    one = Matrix(matrix.folder / "one", 2, lambda line: None)
    assert [row.holds for row in one.rows([A])] == [False]
    assert not (matrix.unsteady or one.unsteady)
    assert [sum(name.startswith("again-") for name in some.ran) for some in (matrix, one)] == [0, 1]


def test_what_keeps_others_from_being_seen_is_tried_alone_and_the_others_again(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]]
) -> None:
    lost = dict.fromkeys((CUT, HEADER, FOOTER, TRAIL, MAP, CONTRAST, TEXT), Verdict.NOT_TESTED)
    what = dict(reversed(does(("a", lost)).items()))  # whatever the others do
    play(monkeypatch, what, asked_for)
    rows = {row.defect.name: row for row in matrix.rows([A, B, C])}
    assert all(row.holds for row in rows.values()) and rows["b"].caught == (CUT,) and rows["c"].caught == (HEADER,)
    assert set(rows["a"].lost) >= {TRAIL, CONTRAST} and not rows["b"].lost


@pytest.mark.parametrize("known", [True, False])
def test_what_is_known_to_blind_a_check_needs_no_search_for_who_did(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]], known: bool
) -> None:
    play(monkeypatch, does(("a", {TRAIL: Verdict.NOT_TESTED})), asked_for)
    blind = defect("a", OVERLAP, blinds=(TRAIL,) if known else ())
    rows = {row.defect.name: row for row in matrix.rows([blind, B, C])}
    assert all(row.holds for row in rows.values()) and set(rows["a"].lost) == {TRAIL} and not rows["b"].lost
    assert (len([names for names in asked_for if names]) == 1) is known


def test_a_check_that_another_blinds_is_tried_elsewhere(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]]
) -> None:
    play(monkeypatch, dict(reversed(does(("a", {CUT: Verdict.NOT_TESTED})).items())), asked_for)
    rows = {row.defect.name: row for row in matrix.rows([defect("a", OVERLAP, blinds=(CUT,)), B, C])}
    assert all(row.holds for row in rows.values()) and ("a", "b", "c") not in [tuple(sorted(n)) for n in asked_for]


def test_a_named_check_that_the_clean_portal_never_ran_has_caught_nothing(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]]
) -> None:
    play(monkeypatch, does(("e", {"search.by-code": Verdict.FAIL})), asked_for)
    row = matrix.rows([A, lost := defect("e", "search.by-code")])[1]
    assert row.defect == lost and not row.holds


def test_a_matrix_that_was_cut_off_goes_on_with_what_it_has(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, asked_for: list[tuple[str, ...]]
) -> None:
    play(monkeypatch, does(("b", {CONTRAST: Verdict.FAIL})), asked_for)
    first, started, took = matrix.rows([A, B, C]), len(asked_for), matrix.minutes
    again = Matrix(matrix.folder, matrix.workers, matrix.say)
    assert again.rows([A, B, C]) == first and len(asked_for) == started
    assert again.minutes == took == pytest.approx((started + 1) / 2 / 60)  # each took a second, the first all workers
