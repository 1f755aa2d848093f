"""A recorded run is judged again: no browser, no network, the same scorecard; or by another set of criteria."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import BIRTH, DEATH, HOUSE, Ended, Judge

SHUT = """
import os, socket, subprocess, sys

def refuse(event, arguments):
    if event == "subprocess.Popen" and arguments[0] == "uname":  # the platform module asks for the processor's name
        return
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.posix_spawn"):
        open(os.environ["SHUT_LOG"], "a").write(f"{event} {arguments!r}\\n")
        raise RuntimeError(f"a record asks nobody: {event}")

sys.addaudithook(refuse)
"""
Again = Callable[..., Ended]


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plug-in that forbids the network and other programs, and writes down who tried."""
    folder = tmp_path_factory.mktemp("shut")
    (folder / "shut.py").write_text(SHUT, encoding="utf-8")
    return folder


@pytest.fixture
def again(judge: Judge, shut: Path, whole_run: Ended) -> Again:
    """Judges a run again with no way out of its process."""

    def start(*options: str, run: Path = whole_run.folder) -> Ended:
        log = judge.reports.parent / "tried.log"
        ended = judge("-p", "shut", f"--replay={run}", *options, PYTHONPATH=str(shut), SHUT_LOG=str(log))
        assert not log.exists(), log.read_text(encoding="utf-8")
        return ended

    return start


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("asked", ["../tests/bundle"], "nằm ngoài suites/: ../tests/bundle"),
        ("asked", ["/tmp/evil_test.py"], "nằm ngoài suites/: /tmp/evil_test.py"),
        ("system", "../../outside", "tên hệ thống trong run.json không hợp lệ"),
    ],
)
def test_a_record_that_asks_for_foreign_code_is_not_followed(
    judge: Judge, whole_run: Ended, tmp_path: Path, field: str, value: Any, said: str
) -> None:
    record = tmp_path / "record"
    shutil.copytree(whole_run.folder, record)
    mark = json.loads((record / "run.json").read_text(encoding="utf-8"))
    (record / "run.json").write_text(json.dumps({**mark, field: value}), encoding="utf-8")
    ended = judge(f"--replay={record}")
    told = ended.out + ended.err
    assert ended.status == 2 and "this record is not followed" in told and said in told
    assert not judge.reports.exists() and not (judge.reports.parent / "outside").exists()


def replayed(ended: Ended) -> dict[str, Any]:
    """The scorecard of the newest replay."""
    (card,) = ended.reports.glob("demo/2*/scorecard.json")
    return json.loads(card.read_text(encoding="utf-8"))


def timeless(value: Any) -> Any:
    """A scorecard without what took how long."""
    if isinstance(value, dict):
        return {name: timeless(one) for name, one in value.items() if name != "duration_ms"}
    return [timeless(one) for one in value] if isinstance(value, list) else value


def files_of(folder: Path) -> dict[str, str]:
    """Every file below a folder, with its digest."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".locks" not in path.parts)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_scorecard_is_the_same_to_the_byte_but_for_how_long_it_took(
    again: Again, whole_run: Ended, tell: Callable[[str], None]
) -> None:
    before = files_of(whole_run.folder)
    began = time.monotonic()
    ended = again()
    tell(f"replay: {len(whole_run.verdicts())} verdicts judged again in {time.monotonic() - began:.1f} s")
    assert ended.status == whole_run.status, ended.out + ended.err
    said = [json.dumps(timeless(card), ensure_ascii=False) for card in (whole_run.card, replayed(ended))]
    assert said[0] == said[1]
    assert whole_run.card["run"]["complete"] is True
    assert files_of(whole_run.folder) == before  # nothing is added to a record
    assert not (ended.reports / "demo" / "latest").exists()  # it is no newer look at the system


def test_the_page_of_a_replay_shows_its_evidence(again: Again) -> None:
    ended = again("--criterion=5.1")
    (page,) = ended.reports.glob("demo/2*/index.html")
    manifest = json.loads((page.parent / "manifest.json").read_text(encoding="utf-8"))
    kept = {row["path"] for row in manifest["files"]}
    shown = [row["path"] for group in replayed(ended)["groups"] for criterion in group["criteria"]
             for check in criterion["checks"] for result in check["results"] for row in result["evidence"]]  # fmt: skip
    assert shown and set(shown) <= kept
    asked = {
        c["id"] for g in replayed(ended)["groups"] for c in g["criteria"] if any(k["results"] for k in c["checks"])
    }
    assert "5.1" in asked and "1.8" not in asked


def test_another_set_of_criteria_judges_the_same_record(again: Again, whole_run: Ended, tmp_path: Path) -> None:
    text = (HOUSE / "criteria" / "qd473-2024.yaml").read_text(encoding="utf-8")
    before, after = "id: qd473-2024", "id: another-set"
    assert before in text
    other = tmp_path / "another-set.yaml"
    other.write_text(text.replace(before, after, 1), encoding="utf-8")
    card = replayed(again(f"--criteria={other}"))
    assert card["criteria_set"]["id"] == "another-set"
    assert card["score"] == whole_run.card["score"]
    assert card["run"]["id"] == whole_run.card["run"]["id"]


def test_what_the_record_does_not_hold_is_open_and_what_is_damaged_is_our_fault(
    again: Again, whole_run: Ended, tmp_path: Path
) -> None:
    copy = tmp_path / "copy" / whole_run.folder.name
    shutil.copytree(whole_run.folder, copy)
    (copy / "observations" / "catalogue" / "list.json").unlink()
    (copy / "observations" / "journey" / f"{DEATH}.json").write_text("{}", encoding="utf-8")
    ended = again("--criterion=1.1", "--criterion=1.9", run=copy)
    verdicts = ended_verdicts(replayed(ended))
    assert verdicts["search.paging", None] == "not-tested", verdicts
    assert verdicts["submit.code-in-legal-form", DEATH] == "tool-error"
    assert verdicts["submit.code-in-legal-form", BIRTH] == "pass"
    assert not {"fail", "partial"} & set(verdicts.values())


def ended_verdicts(card: dict[str, Any]) -> dict[tuple[str, str | None], str]:
    criteria = [criterion for group in card["groups"] for criterion in group["criteria"]]
    checks = [check for criterion in criteria for check in criterion["checks"]]
    return {(check["id"], row["service"]): row["verdict"] for check in checks for row in check["results"]}


def test_two_workers_judge_it_to_the_same_result(judge: Judge, whole_run: Ended) -> None:
    ended = judge(f"--replay={whole_run.folder}", "-n", "2")
    assert ended_verdicts(replayed(ended)) == ended_verdicts(whole_run.card)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--replay=nowhere",), "there is no such run"),
        (("--replay=.",), "holds no run"),
        (("--replay={run}", "--system=hue"), "is a run of 'demo'"),
        (("--replay={run}", "--base-url=http://127.0.0.1:1"), "nothing is visited"),
        (("--system=demo", "--resume", "--fresh"), "--resume --fresh"),
        (("--system=demo", "--resume"), "nothing to go on with"),
    ],
)
def test_a_wrong_option_is_one_line(judge: Judge, whole_run: Ended, options: tuple[str, ...], said: str) -> None:
    ended = judge(*(option.format(run=whole_run.folder) for option in options))
    assert ended.status == 2
    lines = [line for line in ended.lines if said in line]
    assert len(lines) == 1 and "Traceback" not in ended.out + ended.err, ended.out + ended.err


def test_a_record_of_an_older_version_says_so(judge: Judge, whole_run: Ended, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / whole_run.folder.name
    shutil.copytree(whole_run.folder, copy)
    (copy / "system.json").unlink()
    ended = judge(f"--replay={copy}")
    assert ended.status == 2
    assert "older version" in ended.out + ended.err
