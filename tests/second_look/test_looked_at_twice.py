"""What a check charges is looked at again before it is reported: a real run on a small portal that may change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fixtures.second_look import settle
from tests.main_job_started import Ended, Judge
from tests.suites_pages.small_portal import Portal, but, clean, served, with_pages
from toantrinh.recorded import NOT_IN_RECORD
from toantrinh.verdicts import CheckResult, Evidence, Verdict

CHECK = "layout.language-declared"
BROKEN = with_pages(home=but(lang=""))


class Changing(dict):  # type: ignore[type-arg]
    """The portal with a fault on its home page, for as long as `is_broken` says."""

    def __init__(self, is_broken: Callable[[], bool]) -> None:
        super().__init__(clean())
        self._is_broken = is_broken

    def get(self, path: str, default: Any = None) -> Any:
        return (BROKEN if self._is_broken() else clean()).get(path, default)


@pytest.fixture
def judged(judge: Judge, tmp_path: Path) -> Callable[..., Ended]:
    """Judges the language of the pages of a portal."""

    def start(portal: Portal, *options: str) -> Ended:
        with served(portal) as address:
            file = tmp_path / "saomai.yaml"
            file.write_text(f"name: Sao Mai\nbase_url: {address}\n", encoding="utf-8")
            ended = judge(f"--system={file}", "suites/layout", "-k", "test_language_declared", *options)
            return Ended(ended.status, ended.out, ended.err, ended.reports, "saomai")

    return start


def result_of(ended: Ended, folder: Path | None = None) -> dict[str, Any]:
    card = json.loads(((folder or ended.folder) / "scorecard.json").read_text(encoding="utf-8"))
    checks = [check for group in card["groups"] for criterion in group["criteria"] for check in criterion["checks"]]
    (row,) = next(check for check in checks if check["id"] == CHECK)["results"]
    return row


def looked_again(reports: Path) -> bool:
    return any(reports.glob("saomai/*/second-look"))


def second_looks(folder: Path) -> list[Path]:
    return sorted((folder / "second-look" / "observations").rglob("*.json"))


def test_a_fault_that_stays_is_charged_with_both_records_and_the_next_run_knows_it(
    judged: Callable[..., Ended],
) -> None:
    first = judged(BROKEN)
    row, folder = result_of(first), first.folder
    assert (first.status, row["verdict"]) == (1, "partial")
    places = {one["path"] for one in row["evidence"]}
    assert any(place.startswith("second-look/") for place in places)
    assert all((folder / place).is_file() for place in places)
    assert "Xem lại lần hai trước khi kết luận: 1 phép kiểm" in first.out
    once_more = judged(BROKEN)
    assert result_of(once_more)["verdict"] == "partial"
    assert once_more.folder != folder
    assert not second_looks(once_more.folder)  # charged by the run before, and so no news


def test_a_fault_that_comes_and_goes_is_for_a_person_and_a_replay_says_the_same(
    judged: Callable[..., Ended], judge: Judge
) -> None:
    ended = judged(Changing(lambda: not looked_again(judge.reports)))
    row = result_of(ended)
    assert (ended.status, row["verdict"]) == (0, "needs-review")
    assert "lần đầu" in row["message"] and "lần hai: đạt" in row["message"]
    assert row["seen"]  # what the first look saw is not lost
    assert "1 skipped" in ended.out or "skipped" in ended.out
    again = judge(f"--replay={ended.folder}", f"--reports-dir={judge.reports / 'again'}")
    (folder,) = (judge.reports / "again" / "saomai").glob("2*")
    said = {**result_of(ended, folder), "duration_ms": 0}
    assert again.status == 0 and said == {**row, "duration_ms": 0}


def test_workers_look_twice_too(judged: Callable[..., Ended]) -> None:
    ended = judged(BROKEN, "-n", "2")
    row = result_of(ended)
    assert (ended.status, row["verdict"]) == (1, "partial"), ended.out
    assert any(one["path"].startswith("second-look/") for one in row["evidence"])


def test_one_look_is_enough_for_whoever_says_so_and_for_what_passes(judged: Callable[..., Ended]) -> None:
    ended = judged(BROKEN, "--looks=1")
    assert result_of(ended)["verdict"] == "partial"
    assert not second_looks(ended.folder)
    clean_run = judged(clean())
    assert result_of(clean_run)["verdict"] == "pass"
    assert not (clean_run.folder / "second-look").exists()


def one(verdict: Verdict, message: str = "", share: float | None = None) -> CheckResult:
    evidence = (Evidence(path="observations/a.json", kind="observation"),)
    return CheckResult(check="a.b", verdict=verdict, message=message, share=share, evidence=evidence)


@pytest.mark.parametrize("open_verdict", [Verdict.TOOL_ERROR, Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW, Verdict.PASS])
def test_a_charge_that_a_second_look_does_not_bear_out_is_for_a_person(open_verdict: Verdict) -> None:
    settled = settle(one(Verdict.FAIL, "hỏng", 0.0), one(open_verdict, "vì sao"))
    assert (settled.verdict, settled.share) == (Verdict.NEEDS_REVIEW, None)
    assert "hỏng" in settled.message and "vì sao" in settled.message
    assert [evidence.path for evidence in settled.evidence] == [
        "observations/a.json",
        "second-look/observations/a.json",
    ]


def test_of_two_charges_the_milder_stands() -> None:
    mild, harsh = one(Verdict.PARTIAL, "nửa", 0.5), one(Verdict.FAIL, "hỏng", 0.0)
    assert settle(mild, harsh).message == settle(harsh, mild).message == "nửa"


def test_a_record_without_a_second_look_leaves_the_charge_as_it_is() -> None:
    charge = one(Verdict.FAIL, "hỏng", 0.0)
    assert settle(charge, one(Verdict.NOT_TESTED, f"danh sách: {NOT_IN_RECORD}")) == charge
