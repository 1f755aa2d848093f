"""A wrong file or option: one clear line, exit status 2, nothing started and nothing left behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import HOUSE, Judge


def refused(judge: Judge, *options: str) -> str:
    """The one line that is said."""
    ended = judge(*options)
    assert ended.status == 2, ended.out + ended.err
    assert len(ended.lines) == 1, ended.lines
    assert not list(judge.reports.rglob("*")) if judge.reports.is_dir() else True
    return ended.lines[0].removeprefix("Exit: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--system=demmo"], r"--system: there is no system 'demmo'.* Did you mean demo\b"),
        (["--system=/no/where.yaml"], r"/no/where\.yaml: there is no such file"),
        (["--system=demo", "--criterion=1.88"], r"--criterion: .*no criterion 1\.88\. Did you mean 1\.8"),
        (["--system=demo", "--check=search.by-codes"], r"--check: .*no check search\.by-codes\. Did you mean search\.by-code"),
        (["--system=demo", "--service=1.00119"], r"--service: .*no service 1\.00119\. Did you mean 1\.001193"),
        (["--system=demo", "--criteria=qd437"], r"--criteria: .*'qd437'.* Did you mean qd473-2024\?"),
        (["--system=demo", "--base-url=dichvucong"], r"--base-url: expected an address like https://"),
        (["--system=demo", "--browser=opera"], r"--browser: unknown browser 'opera'.*firefox"),
        (["--system=demo", "--device=iPhon 13"], r"--device: unknown device 'iPhon 13'\. Did you mean iPhone 13"),
        (["--system=demo", "--browser-channel=chrom"], r"--browser-channel: unknown channel 'chrom'\. Did you mean chrome"),
        ([], r"--system: which system is to be judged\? Known: .*demo"),
        (["suites/emc"], r"--system: which system is to be judged\?"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_a_wrong_option_is_one_line(judge: Judge, options: list[str], said: str) -> None:
    assert re.search(said, refused(judge, *options))


def test_a_malformed_file_is_named_with_its_line(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "hue.yaml"
    path.write_text("name: Huế\nbase_url: [http://127.0.0.1:9\nservices: {\n", encoding="utf-8")
    assert re.search(r"hue\.yaml:\d+", refused(judge, f"--system={path}"))


def test_an_incomplete_file_says_what_is_missing(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "hue.yaml"
    path.write_text("name: Huế\n", encoding="utf-8")
    assert re.search(r"hue\.yaml:\d+: .*base_url", refused(judge, f"--system={path}"))


def test_an_unknown_key_gets_its_nearest_name(judge: Judge, system_file: Callable[..., Path]) -> None:
    path = system_file(("pace:", "pase:"))
    assert re.search(r"demo\.yaml:\d+: .*pase.*pace", refused(judge, f"--system={path}"))


def test_criteria_that_do_not_add_up_are_refused(judge: Judge, tmp_path: Path) -> None:
    text = (HOUSE / "criteria" / "qd473-2024.yaml").read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(re.sub(r"points: 4\b", "points: 3", text, count=1), encoding="utf-8")
    assert re.search(r"own\.yaml:\d+: .*points", refused(judge, "--system=demo", f"--criteria={path}"))


def test_a_place_that_cannot_be_written_is_named(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file, no folder")
    ended = judge("--system=demo", "--base-url=http://127.0.0.1:1")
    assert ended.status == 2
    assert len(ended.lines) == 1
    assert re.search(r"reports/demo: cannot be written \(.+\)\. Choose another place with --reports-dir\.", ended.lines[0])


def test_listing_starts_nothing_and_leaves_nothing(judge: Judge) -> None:
    ended = judge("--system=demo", "--base-url=http://127.0.0.1:1", "--collect-only")
    assert ended.status == 0
    assert "  1.8 Thanh toán trực tuyến (4 điểm)" in ended.lines
    assert any(line.startswith("    pay.") and line.endswith("[8 dịch vụ]") for line in ended.lines)
    assert not judge.reports.exists()


@pytest.mark.parametrize("options", [["suites/emc"], ["-m", "emc"], ["-k", "test_6_"]], ids=" ".join)
def test_a_part_is_chosen_as_in_any_pytest(judge: Judge, options: list[str]) -> None:
    ended = judge("--system=demo", "--collect-only", "--service=1.001193", *options)
    assert ended.status == 0
    asked = [line for line in ended.lines if re.match(r"    [a-z-]+\.[a-z-]+: ", line)]
    assert asked and all(line.startswith("    emc.") for line in asked)
    assert "6 Kết nối với Hệ thống EMC (5 điểm)" in ended.lines


def test_nothing_is_left_when_no_check_is_asked_for(judge: Judge) -> None:
    ended = judge("--system=demo", "-k", "no_check_has_this_name")
    assert ended.status == 5  # as pytest defines it
    assert not list(judge.reports.glob("demo/*"))
