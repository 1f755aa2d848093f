"""The two files: what is sound is read, what is not is told by file and line."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toantrinh import systems
from toantrinh.decisions.files import KEPT, json_schemas, keep, kept_decisions, read_decisions
from toantrinh.mistakes import UserMistake

from .conftest import ACCEPTED, FAILED, LATER, OPEN, REFUSED, TODAY, explained, reviewed

PAY = FAILED[0]
Write = Callable[..., Path]


def test_without_files_nobody_has_said_anything(system_file: Path) -> None:
    assert not read_decisions(system_file).files


def test_sound_entries_are_read_with_their_lines(write: Write) -> None:
    read = read_decisions(write([explained(PAY, accepted=ACCEPTED)], [reviewed(OPEN)]))
    assert [line.place for line in (*read.explanations, *read.reviews)] == [
        "thu.explanations.yaml:2",
        "thu.review.yaml:2",
    ]
    assert [file.entries for file in read.files] == [1, 1]


def test_an_empty_list_is_sound(system_file: Path) -> None:
    system_file.with_name("thu.review.yaml").write_text("decisions:\n", encoding="utf-8")
    assert read_decisions(system_file).reviews == ()


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"reason": "Chúng tôi sẽ khắc phục trong quý này"}, "a promise to mend is no explanation"),
    ({"kind": "will-be-mended"}, "kind: expected 'not-required'"),
    ({"kind": "not-required"}, "expected law"),
    ({"kind": "agreed-exception"}, "expected document"),
    ({"expires": None}, "expires"),
    ({"expires": TODAY + datetime.timedelta(days=400)}, "expected a day within a year after date"),
    ({"expires": TODAY}, "expected a day within a year after date"),
    ({"accepted": {"by": "trần thị a", "date": TODAY}}, "nobody decides on an explanation of their own"),
    ({"refused": {**REFUSED, "by": "trần thị a"}}, "nobody decides on an explanation of their own"),
    ({"refused": {**REFUSED, "date": TODAY - datetime.timedelta(days=3)}}, "refused before it was written"),
    ({"refused": {**REFUSED, "grounds": "không"}}, "grounds"),
    ({"refused": REFUSED, "accepted": {"by": "Lê Văn B", "date": TODAY}}, "both accepted and refused"),
    ({"accepted": {"by": "Lê Văn B", "date": TODAY - datetime.timedelta(days=3)}}, "accepted before it was written"),
    ({"document": "papers/none.pdf"}, "there is no such file beside this one"),
    ({"document": "../thu.yaml"}, "expected a path below the folder of this file"),
    ({"seen": "abc"}, "seen"),
    ({"reasons": "x"}, "reasons"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "told"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_an_unsound_explanation_is_told_by_file_and_line(write: Write, said: dict[str, Any], told: str) -> None:
    with pytest.raises(UserMistake) as mistake:
        read_decisions(write([explained(PAY, **said)]))
    line = str(mistake.value)
    assert told in line and "thu.explanations.yaml:" in line and "\n" not in line


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "partial"},
        {"verdict": "pass", "share": 0.5},
        {"verdict": "partial", "share": 1},
        {"verdict": "maybe"},
    ],
)
def test_an_unsound_review_is_told_by_file_and_line(write: Write, said: dict[str, Any]) -> None:
    with pytest.raises(UserMistake, match=r"thu\.review\.yaml:\d+"):
        read_decisions(write([], [reviewed(OPEN, **said)]))


def test_words_like_those_of_a_promise_are_no_promise(write: Write) -> None:
    reason = "Quy trình này đã sửa từ năm 2024; công dân không phải nộp khoản này"
    assert read_decisions(write([explained(PAY, reason=reason)])).explanations


def test_a_run_keeps_the_files_and_their_documents(write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "systems"
    (folder / "papers").mkdir()
    (folder / "papers" / "consent.txt").write_bytes(b"yes")
    file = write([explained(PAY, kind="agreed-exception", document="papers/consent.txt")])
    read = read_decisions(file)
    assert read.explanations[0].document_sha256 == hashlib.sha256(b"yes").hexdigest()
    keep(read, tmp_path / "run", lambda raw: raw)
    assert (tmp_path / "run" / KEPT / "papers" / "consent.txt").read_bytes() == b"yes"
    assert kept_decisions(tmp_path / "run").explanations == read.explanations
    keep(kept_decisions(tmp_path / "run"), tmp_path / "run", lambda raw: raw)  # a record that is judged where it is
    assert kept_decisions(tmp_path / "run").explanations == read.explanations


def test_a_document_with_a_secret_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "systems" / "consent.txt").write_bytes(b"the password is hunter22")
    read = read_decisions(write([explained(PAY, document="consent.txt")]))
    with pytest.raises(UserMistake, match=r"consent\.txt: it holds a password"):
        keep(read, tmp_path / "run", lambda raw: raw.replace(b"hunter22", b"..."))
    assert not (tmp_path / "run" / KEPT).exists()


def test_the_schemas_for_editors_are_those_of_the_models() -> None:
    for name, text in json_schemas().items():
        assert (systems.HOUSE / name).read_text(encoding="utf-8") == text, "run: python -m toantrinh.decisions.files"


def test_files_of_decisions_are_no_systems(write: Write) -> None:
    folder = write([explained(PAY, expires=LATER)], [reviewed(OPEN)]).parent
    assert [name for name in systems.system_names(folder) if name.startswith("thu")] == ["thu"]
