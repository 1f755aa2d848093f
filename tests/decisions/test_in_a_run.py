"""Decisions in real runs of the portal: applied by a replay and by a new run; lapsed when the fault is another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.main_job_started import HOUSE, Ended, Judge, until
from toantrinh.decisions.files import KEPT

NO_OWNER, NO_CONTACTS = "layout.footer-no-owner", "layout.footer-no-contacts"
CHECK, REVIEWED = "layout.footer-contacts", "approval.security-level"
ASKED = ("--check=layout.footer-contacts", "--check=approval.security-level", "--looks=1")
EXPLAIN = "4\nHội đồng tỉnh cho giữ chân trang cũ đến hết thời gian chuyển tiếp\nTrần Thị A\ngiay-to/van-ban.txt\n\n"


def row_of(card: dict[str, Any], check: str) -> dict[str, Any]:
    """A check of a scorecard."""
    criteria = [criterion for group in card["groups"] for criterion in group["criteria"]]
    (row,) = [row for criterion in criteria for row in criterion["checks"] if row["id"] == check]
    return row


def low(card: dict[str, Any], group: str) -> float:
    return next(one["low"] for one in card["groups"] if one["id"] == group)


class System:
    """A system file of its own in front of the portal with one defect, on free ports, and its runs."""

    def __init__(self, judge: Judge, folder: Path) -> None:
        self.judge, self.file = judge, folder / "thu.yaml"
        (folder / "giay-to").mkdir(parents=True)
        (folder / "giay-to" / "van-ban.txt").write_text("Văn bản đồng ý", encoding="utf-8")

    def run(self, defect: str) -> Ended:
        """Judges the portal with that defect."""
        words = [sys.executable, "-m", "portal", "--port", "0", "--until-stdin-closes", "--defects", defect]
        portal = subprocess.Popen(
            words, cwd=HOUSE, env=self.judge.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert portal.stdin is not None and portal.stdout is not None
        try:
            url = json.loads(until(portal.stdout.readline))["portal"]
            demo = (HOUSE / "systems" / "demo.yaml").read_text(encoding="utf-8")
            start = demo.index("start:\n")
            self.file.write_text(demo[:start] + demo[demo.index("\nemc:", start) :], encoding="utf-8")
            return self.of(
                self.judge(f"--system={self.file}", f"--base-url={url}", "--fresh", "--service=1.000656", *ASKED)
            )
        finally:
            portal.stdin.close()
            portal.wait(20)
            portal.stdout.close()

    def again(self, folder: Path) -> tuple[Ended, dict[str, Any]]:
        """Judges a record again, with the decisions as they are now."""
        before = set(folder.parent.iterdir())
        ended = self.of(self.judge(f"--replay={folder}", f"--decisions={self.file.parent}"))
        (made,) = set(folder.parent.iterdir()) - before
        return ended, json.loads((made / "scorecard.json").read_text(encoding="utf-8")) | {"folder": made}

    def person(self, command: str, answers: str) -> str:
        """Answers a command through a pipe."""
        words = [sys.executable, "-m", "toantrinh", command, str(self.file), f"--reports-dir={self.judge.reports}"]
        done = subprocess.run(words, input=answers, cwd=HOUSE, env=self.judge.environment, text=True, encoding="utf-8",
                              capture_output=True, timeout=120, check=False)  # fmt: skip
        assert "Traceback" not in done.stderr and done.returncode in (0, 1), done.stdout + done.stderr
        return done.stdout

    @staticmethod
    def of(ended: Ended) -> Ended:
        return Ended(ended.status, ended.out, ended.err, ended.reports, "thu")


@pytest.fixture(scope="module")
def system(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    judge = Judge(environment, tmp_path_factory.mktemp("decided") / "reports")
    yield System(judge, tmp_path_factory.mktemp("systems"))
    judge.clear()


@pytest.fixture(scope="module")
def first(system: System) -> Ended:
    """The first run, after which people speak: an explanation, a review, and consent."""
    run = system.run(NO_OWNER)
    assert row_of(run.card, CHECK)["verdict"] in ("fail", "partial"), run.out + run.err
    assert row_of(run.card, REVIEWED)["verdict"] == "needs-review"
    assert "1 mục đang chờ" in system.person("explain", EXPLAIN)
    system.person("review", "1\nĐã xem quyết định phê duyệt cấp độ 3\nLê Văn B\n\n\n1\n\n")
    return run


def test_a_replay_applies_what_people_said(system: System, first: Ended) -> None:
    ended, card = system.again(first.folder)
    row, decided = row_of(card, CHECK), row_of(card, REVIEWED)
    (result,) = row["results"]
    assert result["decision"]["counts"] and result["decision"]["accepted_by"] == "Lê Văn B"
    assert (row["low"], result["verdict"]) == (1, row_of(first.card, CHECK)["verdict"])
    assert (decided["verdict"], decided["share"]) == ("pass", 1)
    assert row_of(first.card, CHECK)["high"] < 1 and low(card, "2") >= low(first.card, "2")  # to a quarter point
    assert low(card, "4") == low(first.card, "4") + 1
    assert (first.status, ended.status) == (1, 0)
    assert "1 giải trình được chấp nhận, không trừ điểm" in ended.out and "người đánh giá: đạt" in ended.out
    document = card["folder"] / result["decision"]["document"]["path"]
    assert document.read_text(encoding="utf-8") == "Văn bản đồng ý"
    manifest = json.loads((card["folder"] / "manifest.json").read_text(encoding="utf-8"))
    kept = {file["path"]: file["sha256"] for file in manifest["files"]}
    assert kept[f"{KEPT}/giay-to/van-ban.txt"] == result["decision"]["document_sha256"]
    page = (card["folder"] / "report.html").read_text(encoding="utf-8")
    assert json.dumps("giải trình được chấp nhận")[1:-1] in page  # its rows are data, in ASCII
    assert not (first.folder / KEPT).exists()  # nothing is added to a record


def test_in_a_new_run_the_same_fault_is_the_same_finding(system: System, first: Ended) -> None:
    """Another port, other times, other tokens: nothing of it makes a decision lapse."""
    card = json.loads((first.folder / "scorecard.json").read_text(encoding="utf-8"))
    run = system.run(NO_OWNER)
    assert run.card["decisions"]["stale"] == [], run.out
    assert row_of(run.card, CHECK)["results"][0]["decision"]["counts"]
    assert row_of(run.card, REVIEWED)["verdict"] == "pass"
    assert run.card["run"]["base_url"] != card["run"]["base_url"]


def test_another_fault_of_the_same_check_lapses_what_was_said(system: System, first: Ended) -> None:
    run = system.run(NO_CONTACTS)
    (stale,) = run.card["decisions"]["stale"]
    assert (stale["check"], stale["state"]) == (CHECK, "lapsed")
    (result,) = row_of(run.card, CHECK)["results"]
    assert result["decision"] is None and result["verdict"] in ("fail", "partial") and run.status == 1
    assert f"{stale['place']}: {CHECK}" in run.out
    assert stale["place"] in (run.folder / "index.html").read_text(encoding="utf-8")


def test_a_wrong_file_stops_the_run_before_anything_is_judged(judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "demo.review.yaml").write_text("decisions:\n  - check: a.b\n", encoding="utf-8")
    ended = judge("--system=demo", "--base-url=http://127.0.0.1:9", f"--decisions={tmp_path}", *ASKED)
    assert ended.status == 2 and "demo.review.yaml:2" in ended.out + ended.err
    empty = judge("--system=demo", "--base-url=http://127.0.0.1:9", f"--decisions={tmp_path / 'none'}", *ASKED)
    assert empty.status == 2 and "there is no demo.explanations.yaml or demo.review.yaml" in empty.out + empty.err
