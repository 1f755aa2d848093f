"""A portal that means harm is judged like any other: nothing of it acts in the reports, leaves the run's folder, or is
asked for where nobody may be asked."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.hardships.hard_portal import running
from tests.hostile.hostile_portal import CANARY, answers
from tests.hostile.trap import Trap, set_trap
from tests.main_job_started import DEATH, HOUSE, Ended, Judge, own_environment

CRITERIA = ("1.1", "1.2", "2.2", "4.2", "4.6", "6.1")
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WITHIN_S = 560


@dataclass(frozen=True)
class Judged:
    """The run, the trap beside it, and the places round it that are not its own."""

    ended: Ended
    trap: Trap
    around: tuple[Path, ...]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    """One run against the hostile portal."""
    around = tuple(tmp_path_factory.mktemp(name) for name in ("home", "scratch"))
    environment = own_environment(tmp_path_factory.mktemp("compiled"))
    environment |= {"HOME": str(around[0]), "TMPDIR": str(around[1]), "PYTHONUTF8": "1"}
    judge = Judge(environment, tmp_path_factory.mktemp("hostile") / "reports")
    with set_trap() as trap, running(answers(trap.port)) as portal:
        asked = [f"--criterion={one}" for one in CRITERIA]
        started = judge.start(
            "--system=demo",
            f"--base-url={portal.address}",
            f"--service={DEATH}",
            "-p",
            "tests.faults.patience",
            "--looks=1",
            *asked,
        )
        try:
            yield Judged(judge.end(started, WITHIN_S), trap, around)
        finally:
            judge.clear()


def test_it_is_judged_to_the_end(judged: Judged, tell: Callable[[str], None]) -> None:
    verdicts = Counter(judged.ended.verdicts().values())
    said = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    tell(f"hostile: {said}; {len(judged.trap.caught)} requests fell into the trap")
    assert judged.ended.card["run"]["complete"] is True, judged.ended.out
    assert "Traceback" not in judged.ended.out + judged.ended.err
    found = set(judged.ended.verdicts().values())
    assert "fail" in found and "tool-error" not in found, judged.ended.out


def test_nothing_was_asked_for_but_the_portal_itself(judged: Judged) -> None:
    assert judged.trap.caught == []


def test_the_terminal_is_given_words_alone(judged: Judged) -> None:
    said = judged.ended.out + judged.ended.err
    assert CANARY in said and "␛" in said  # its words were shown
    assert not COMMANDS.findall(said)


@pytest.mark.parametrize("name", ["index.html", "report.html"])
def test_nothing_of_it_acts_in_the_reports(judged: Judged, page: Page, name: str) -> None:
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    folder = judged.ended.folder.as_uri()
    page.goto(f"{folder}/{name}")
    for one in page.locator("summary, .collapsible, .expander").all()[:40]:
        if one.is_visible():
            one.click()
    assert CANARY in (page.locator("html").text_content() or "")
    assert page.evaluate("() => window.canary") is None and dialogs == []
    assert page.locator("svg[onload], img[onerror], a[href^='javascript:']").count() == 0
    links = page.eval_on_selector_all(
        "[href], [src]", "all => all.map(one => one.href?.baseVal ?? one.href ?? one.src)"
    )
    away = [link for link in links if not link.startswith((folder, "data:", "#"))]
    assert links and not [link for link in away if not link.endswith("/pytest-html")]  # report.html names its maker
    assert not [address for address in asked if not address.startswith((folder, "data:"))]
    assert judged.trap.caught == []


def test_nothing_is_written_outside_the_run(judged: Judged) -> None:
    run, reports = judged.ended.folder, judged.ended.reports
    assert {path.name for path in reports.iterdir()} == {"demo"}
    assert {path.name for path in (reports / "demo").iterdir()} <= {
        "latest",
        run.name,
        f"{run.name}.zip",
        f"{run.name}.sig",
    }
    for place in judged.around:
        assert not [path for path in place.rglob("*") if CANARY in path.name or _holds_it(path)]
    names = [name for _, folders, files in os.walk(HOUSE) for name in (*folders, *files)]
    assert not [name for name in (*names, *os.listdir("/tmp"), *os.listdir("/")) if CANARY in name]


def _holds_it(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and CANARY.encode() in path.read_bytes()


def test_the_run_holds_files_of_plain_names_alone(judged: Judged) -> None:
    folder = judged.ended.folder
    kept = [path.relative_to(folder) for path in folder.rglob("*")]
    assert not [path for path in kept if path.is_symlink() or ".." in path.parts or len(path.name) > 200]
