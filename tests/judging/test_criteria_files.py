"""Criteria sets and the catalogue: what is shipped holds together, and what is wrong is named with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from toantrinh.criteria import CRITERIA_FOLDER, Severity, load_catalogue, load_criteria
from toantrinh.judging_schemas import as_text, schemas
from toantrinh.located_yaml import read
from toantrinh.mistakes import UserMistake

SHIPPED = (CRITERIA_FOLDER / "qd473-2024.yaml").read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, new: str) -> tuple[Path, int]:
    """The shipped set with one place changed, and the line of that place."""
    assert old in SHIPPED
    path = tmp_path / "set.yaml"
    text = SHIPPED.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return path, text[: SHIPPED.index(old)].count("\n") + 1


def said_of(path: Path) -> str:
    with pytest.raises(UserMistake) as caught:
        load_criteria(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_official_set_has_its_official_points() -> None:
    criteria = load_criteria("qd473-2024")
    assert [group.points for group in criteria.groups] == [50, 5, 20, 15, 5, 5]
    assert [(grade.grade, grade.lower) for grade in criteria.grades] == [
        ("A", 90), ("B", 80), ("C", 65), ("D", 50), ("E", 0),
    ]  # fmt: skip
    assert sum(1 for _ in criteria.criteria) == 40


def test_the_official_set_has_the_criteria_of_the_outline() -> None:
    points = {criterion.id: criterion.points for criterion in load_criteria().criteria}
    counts = {"1": 15, "2": 5, "3": 5, "4": 7, "5": 4, "6": 4}
    assert {group: sum(key.startswith(f"{group}.") for key in points) for group in counts} == counts
    assert (points["1.5"], points["1.13"], points["3.2"], points["4.4"], points["5.1"], points["6.3"]) == (
        6, 1, 3, 3, 1.5, 1.5,
    )  # fmt: skip
    assert {criterion.id for criterion in load_criteria().criteria if criterion.rule == "all"} == {"4.4"}


def test_every_check_of_the_catalogue_is_used_by_the_official_set() -> None:
    criteria = load_criteria()
    used = {share.id for criterion in criteria.criteria for share in criterion.checks}
    assert set(load_catalogue().by_id) == used | {share.id for share in criteria.advice}


def test_every_criterion_has_a_check_and_every_check_says_how_to_mend() -> None:
    assert all(criterion.checks for criterion in load_criteria().criteria)
    assert all(check.mend and check.expected for check in load_catalogue().checks)


def test_inferred_law_is_marked_as_such() -> None:
    catalogue = load_catalogue()
    assert catalogue.law_of(catalogue.check("layout.three-clicks")).certainty == "I"
    assert all(law.certainty == "I" for law in catalogue.laws.values() if law.kind == "project")
    assert all(severity.value in {check.severity for check in catalogue.checks} for severity in Severity)


def test_the_fingerprint_does_not_depend_on_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(SHIPPED.replace("\n", "\r\n").encode())
    assert load_criteria(path).sha256 == load_criteria().sha256


def test_points_of_criteria_that_do_not_add_up_are_refused_with_both_figures(tmp_path: Path) -> None:
    path, line = changed(
        tmp_path, "    title_en: Structure and layout\n    points: 5", "    title_en: x\n    points: 6"
    )
    said = said_of(path)
    assert f"set.yaml:{line + 1}: groups.1.points" in said
    assert "has 6 points, but its criteria add up to 5" in said


def test_points_of_groups_that_do_not_add_up_are_refused_with_both_figures(tmp_path: Path) -> None:
    path, line = changed(tmp_path, "points: 100", "points: 99")
    assert f"set.yaml:{line}: points: the set has 99 points, but its groups add up to 100" in said_of(path)


def test_points_that_are_no_quarters_are_refused(tmp_path: Path) -> None:
    path, line = changed(tmp_path, "points: 1.5", "points: 1.3")
    said = said_of(path)
    assert f"set.yaml:{line}:" in said
    assert "quarters" in said


def test_an_unknown_check_is_refused_with_the_nearest_ones(tmp_path: Path) -> None:
    path, line = changed(tmp_path, "- search.by-code", "- search.by-cod")
    said = said_of(path)
    assert f"set.yaml:{line}: groups.0.criteria.0.checks.2" in said
    assert "there is no check 'search.by-cod'" in said
    assert "Did you mean search.by-code" in said


def test_a_check_twice_in_one_criterion_is_refused(tmp_path: Path) -> None:
    path, line = changed(tmp_path, "- search.by-code", "- search.keyword-from-home")
    said = said_of(path)
    assert f"set.yaml:{line}: " in said
    assert "'search.keyword-from-home' stands here a second time" in said


def test_an_unknown_key_is_refused_with_the_nearest_ones(tmp_path: Path) -> None:
    path, line = changed(tmp_path, "        rule: mean\n", "        rule: mean\n        rul: all\n")
    said = said_of(path)
    assert f"set.yaml:{line + 1}: groups.0.criteria.0.rul: unknown key. Did you mean rule" in said


def test_a_criterion_id_that_stands_twice_is_refused_where_it_stands_again(tmp_path: Path) -> None:
    path, line = changed(tmp_path, 'id: "1.2"', 'id: "1.1"')
    assert f"set.yaml:{line}: groups.0.criteria.1.id: the criterion '1.1' stands here a second time" in said_of(path)


def test_grades_that_do_not_fall_to_nought_are_refused(tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "from: 80", "from: 95")
    assert "expected lower bounds that fall, down to 0, found 90, 95, 65, 50, 0" in said_of(path)


def test_a_missing_certainty_is_refused(tmp_path: Path) -> None:
    path, line = changed(tmp_path, "certainty: V, note", "note")
    said = said_of(path)
    assert f"set.yaml:{line}:" in said
    assert "certainty" in said


def test_all_mistakes_of_a_file_are_counted(tmp_path: Path) -> None:
    path, _ = changed(tmp_path, "- search.by-code", "- search.by-cod\n          - search.pagging")
    assert "(and 1 more mistake in this file)" in said_of(path)


def test_an_unknown_set_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(UserMistake, match="Did you mean qd473-2024"):
        load_criteria("qd473-2042")


def test_a_catalogue_that_refers_to_no_law_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checks.yaml"
    text = (CRITERIA_FOLDER / "checks.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("    law: nd42\n", "    law: nd24\n", 1), encoding="utf-8")
    line = text[: text.index("    law: nd42\n")].count("\n") + 1
    with pytest.raises(UserMistake, match=rf"checks.yaml:{line}: checks.0.law: there is no law 'nd24'"):
        load_catalogue(path)


def test_a_check_id_without_a_room_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checks.yaml"
    text = (CRITERIA_FOLDER / "checks.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("id: search.by-code", "id: byCode", 1), encoding="utf-8")
    with pytest.raises(UserMistake, match=r"checks\.2\.id"):
        load_catalogue(path)


@pytest.mark.parametrize("path", schemas(), ids=lambda path: path.name)
def test_the_committed_schema_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == as_text(schemas()[path]), "run: python -m toantrinh.judging_schemas"


@pytest.mark.parametrize(
    ("file", "schema"), [("qd473-2024.yaml", "criteria.schema.json"), ("checks.yaml", "checks.schema.json")]
)
def test_the_shipped_files_satisfy_the_schema_for_editors(file: str, schema: str) -> None:
    rules = json.loads((CRITERIA_FOLDER / schema).read_text(encoding="utf-8"))
    data = json.loads(json.dumps(read(CRITERIA_FOLDER / file).data, default=str))
    Draft202012Validator.check_schema(rules)
    problems = [error.message for error in Draft202012Validator(rules).iter_errors(data)]
    assert problems == []
