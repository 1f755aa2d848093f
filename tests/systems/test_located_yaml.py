"""A mistake in a file is shown by file, line and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from toantrinh.located_yaml import FileMistakes, merge, parse, read, validate
from toantrinh.mistakes import UserMistake


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    cccd: str


class Account(BaseModel):
    model_config = ConfigDict(extra="forbid")

    username: str
    password: str = Field("", repr=False)
    person: str | Part | None = None


class Root(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    fee: int = Field(0, ge=0)
    codes: list[str] = []
    accounts: dict[str, Account] = {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "x.yaml: the file is empty; expected a mapping (key: value)"),
        ("# only words\n", "x.yaml: the file is empty; expected a mapping (key: value)"),
        ("\n- a\n", "x.yaml:2: expected a mapping (key: value), found a list"),
        ("just text", "x.yaml:1: expected a mapping (key: value), found only 'just text'"),
        ("name: x\nfee: 1\nname: y\n", "x.yaml:3: the key 'name' stands here a second time (first in line 1); keep one"),
        ("name: [a\n", "x.yaml:2:1: not valid YAML: did not find expected ',' or ']'"),
        ("name: x\nfee: a: b\n", "x.yaml:2:7: not valid YAML: mapping values are not allowed in this context"),
        ("name: x\n\tfee: 1\n", "x.yaml:2:1: not valid YAML: found a tab character"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: not valid YAML: but found another document"),
        ("name: !!python/object/apply:os.getcwd []\n", "x.yaml:1: the tag tag:yaml.org,2002:python/object/apply:"),
        ("? [a]\n: b\n", "x.yaml:1: expected a key of one line of text"),
        ("name: 2026-13-45\n", "x.yaml:1: '2026-13-45' is no valid value here"),
        ("name: x\0\n", "x.yaml: not valid YAML: "),
        ("a: &a [*a]\n", "x.yaml:1: too many values or nested too deep"),
        ("a: " + "[" * 500 + "]" * 500, "x.yaml:1: too many values or nested too deep"),
        (b"name: x\nfee: \xff\n", "x.yaml:2: this is not UTF-8; save the file as UTF-8"),
        ("name: x".encode("utf-16"), "x.yaml:1: this is not UTF-8; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused_in_one_line(text: str | bytes, line: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        parse(text, "x.yaml")
    assert str(mistake.value).startswith(line)
    assert "\n" not in str(mistake.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fee: 3\n", "x.yaml:1: name: this key is missing"),
        ("name: x\nfees: 3\n", "x.yaml:2: fees: unknown key. Did you mean fee?"),
        ("name: x\nqqq: 3\n", "x.yaml:2: qqq: unknown key. Known here: accounts, codes, fee, name."),
        ("name: x\nfee: miễn phí\n", "x.yaml:2: fee: expected a whole number, found 'miễn phí'"),
        ("name: x\nfee: -1\n", "x.yaml:2: fee: expected at least 0, found -1"),
        ("name: x\nfee:\n", "x.yaml:2: fee: expected a whole number, found nothing"),
        ("name: x\ncodes:\n  - a\n  - 1.0010\n", 'x.yaml:4: codes.1: expected text, found a number; write it in quotes: "1.0010"'),
        ("name: x\ncodes: 3\n", "x.yaml:2: codes: expected a list, found 3"),
        ("name: yes\n", 'x.yaml:1: name: expected text, found true/false; write it in quotes: "yes"'),
        ("name: x\naccounts: [a]\n", "x.yaml:2: accounts: expected a mapping (key: value), found a list"),
        ("name: x\naccounts:\n  citizen:\n    password: x\n", "x.yaml:3: accounts.citizen.username: this key is missing"),
        ("name: x\naccounts:\n  c: {usrname: a}\n", "x.yaml:3: accounts.c.username: this key is missing (and 1 more mistake"),
        ("name: x\naccounts:\n  c:\n    username: a\n    person:\n      ccd: x\n", "x.yaml:5: accounts.c.person.cccd: this key"),
        ("name: x\naccounts:\n  c:\n    username: a\n    person: 3\n", "x.yaml:5: accounts.c.person: expected text or a mapping"),
    ],
)
def test_a_wrong_value_is_shown_where_it_stands(text: str, line: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        validate(parse(text, "x.yaml"), Root)
    assert str(mistake.value).startswith(line)


def test_the_first_mistake_is_in_the_line_and_every_one_in_all() -> None:
    text = "name: x\naccounts:\n  c: {username: 1}\nfee: a\ncodes: 3\n"
    with pytest.raises(FileMistakes) as mistake:
        validate(parse(text, "x.yaml"), Root)
    assert [line.split(": ")[0] for line in mistake.value.all] == ["x.yaml:3", "x.yaml:4", "x.yaml:5"]
    assert str(mistake.value).endswith("(and 2 more mistakes in this file)")


def test_what_a_model_does_not_show_is_not_shown_in_a_mistake() -> None:
    with pytest.raises(UserMistake) as mistake:
        validate(parse("name: x\naccounts:\n  c: {username: a, password: 12345678}\n", "x.yaml"), Root)
    assert "accounts.c.password: expected text" in str(mistake.value)
    assert "12345678" not in str(mistake.value)


def test_keys_are_text_as_they_are_written() -> None:
    assert parse("1.10: a\nno: b\n2026: c\n", "x.yaml").data == {"1.10": "a", "no": "b", "2026": "c"}


def test_a_place_is_the_line_of_the_key_or_of_its_nearest_ancestor() -> None:
    located = parse("a:\n  b:\n    - x\n    - y\n", "x.yaml")
    assert [located.line_of(loc) for loc in ([], ["a"], ["a", "b"], ["a", "b", 1], ["a", "nowhere", 3])] == [1, 1, 2, 4, 1]


def test_a_merge_key_fills_in_what_is_not_written() -> None:
    text = "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n"
    assert parse(text, "x.yaml").data["b"] == {"x": 1, "y": 3}


def test_merged_mappings_keep_the_place_of_each_value_and_lists_are_replaced() -> None:
    merged = merge(parse("a: {x: 1, y: 2}\nl:\n- 1\n- 2\n", "below.yaml"), parse("\na:\n  y: 3\nl: [4]\n", "above.yaml"))
    assert merged.data == {"a": {"x": 1, "y": 3}, "l": [4]}
    assert [str(merged.place_of(loc)) for loc in (["a", "x"], ["a", "y"], ["l", 1])] == [
        "below.yaml:1", "above.yaml:3", "above.yaml:4",
    ]  # fmt: skip


def test_a_missing_file_names_the_nearest_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "hue.yaml").touch()
    with pytest.raises(UserMistake, match=r"hua\.yaml: there is no such file\. Did you mean hue\.yaml\?"):
        read(tmp_path / "hua.yaml")


def test_a_folder_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="expected a YAML file, found a folder"):
        read(tmp_path)
    with pytest.raises(UserMistake, match="There is no folder"):
        read(tmp_path / "none" / "x.yaml")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfname: x\n")
    assert read(tmp_path / "x.yaml").data == {"name": "x"}
