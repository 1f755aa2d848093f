"""The page of the matrix speaks of the defects that there are, and they try every criterion that a machine decides."""

from __future__ import annotations

import pytest

from portal.defects import REGISTRY
from tests.matrix.page import PAGE, by_criterion, prefix_of, set_of_criteria
from tests.matrix.plan import ALONE, APART, APPLYING, near_of, together
from tests.matrix.runs import SYSTEMS
from toantrinh.criteria import load_catalogue

LEAST = 2  # defects of a criterion
BY_A_PERSON = {"4.7"}  # criteria that no machine decides
COUNTED = {id: count for id, _, count in by_criterion(REGISTRY.values())}


@pytest.fixture
def page() -> str:
    """The page, as `python -m tests.matrix --write` left it."""
    return PAGE.read_text(encoding="utf-8")


def test_the_page_names_every_defect_with_its_checks(page: str) -> None:
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    stale = [line for line in rows if not any(line.startswith(prefix_of(one)) for one in REGISTRY.values())]
    absent = [one.name for one in REGISTRY.values() if not any(line.startswith(prefix_of(one)) for line in rows)]
    assert not stale and not absent, "python -m tests.matrix --write"


def test_the_page_tells_of_no_defect_that_was_missed(page: str) -> None:
    assert "missed by" not in page and "false alarm of" not in page and "not measured" not in page


@pytest.mark.parametrize("criterion", COUNTED)
def test_each_criterion_is_tried_by_two_defects(criterion: str) -> None:
    if criterion in BY_A_PERSON:
        pytest.skip("a person decides it")
    assert COUNTED[criterion] >= LEAST


@pytest.mark.parametrize("group", [group.id for group in set_of_criteria().groups])
def test_each_group_has_a_look_alike(group: str) -> None:
    of_group = {
        share.id
        for one in set_of_criteria().groups
        if one.id == group
        for criterion in one.criteria
        for share in criterion.checks
    }
    assert any(of_group.intersection(one.like) for one in REGISTRY.values() if one.is_lookalike)


def test_every_defect_names_checks_that_exist_and_every_look_alike_what_it_resembles() -> None:
    known = {check.id for check in load_catalogue().checks}
    strangers = {one.name: unknown for one in REGISTRY.values() if (unknown := set(near_of(one)) - known)}
    nameless = [one.name for one in REGISTRY.values() if not near_of(one)]
    assert not strangers and not nameless
    assert not [one.name for one in REGISTRY.values() if one.is_lookalike and one.checks]


def test_what_a_defect_needs_of_the_portal_can_be_started() -> None:
    assert {one.needs for one in REGISTRY.values()} <= set(SYSTEMS)


def test_what_hides_another_is_looked_for_elsewhere() -> None:
    assert not {name for names in (*APART, ALONE, APPLYING) for name in names} - REGISTRY.keys()
    groups = [{one.name for one in group} for group in together(REGISTRY.values(), {})]
    assert all(len(names) == 1 for names in groups if names & ALONE)
    assert all(len(names & hidden) < 2 for names in groups for hidden in APART)
    assert sorted(name for names in groups for name in names) == sorted(REGISTRY)
