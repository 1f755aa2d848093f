"""Runs: a stopped one goes on, a finished or other one does not, and two at once keep apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toantrinh.mistakes import UserMistake
from toantrinh.runs import OpenRun, RunMark, open_run, point_latest, read_mark

ZONE = "Asia/Ho_Chi_Minh"


def start(folder: Path, sameness: str = "a", **options: bool) -> OpenRun:
    return open_run(folder, RunMark("", "hue", "", "http://127.0.0.1:1", sameness), ZONE, **options)


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    first = start(tmp_path)
    first.close(complete=False)
    again = start(tmp_path)
    assert again.continued and again.folder == first.folder


@pytest.mark.parametrize("case", ["finished", "other file", "asked afresh", "too old", "unreadable"])
def test_another_run_is_begun_anew(case: str, tmp_path: Path) -> None:
    first = start(tmp_path)
    first.close(complete=case == "finished")
    if case == "too old":
        mark = json.loads((first.folder / "run.json").read_text())
        (first.folder / "run.json").write_text(json.dumps({**mark, "started": "2020-01-01T00:00:00+07:00"}))
    if case == "unreadable":
        (first.folder / "run.json").write_text("{half")
    again = start(tmp_path, "b" if case == "other file" else "a", fresh=case == "asked afresh")
    assert not again.continued and again.folder != first.folder


def test_a_run_that_is_going_on_is_left_alone(tmp_path: Path) -> None:
    first, second = start(tmp_path), start(tmp_path)
    assert second.folder != first.folder and not second.continued


def test_latest_points_at_the_newest(tmp_path: Path) -> None:
    for _ in range(2):
        opened = start(tmp_path, fresh=True)
        point_latest(opened.folder)
    assert (tmp_path / "hue" / "latest").resolve() == opened.folder.resolve()


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserMistake, match=r"file.*--reports-dir"):
        start(tmp_path / "file")


def test_a_folder_without_a_mark_has_none(tmp_path: Path) -> None:
    assert read_mark(tmp_path) is None
