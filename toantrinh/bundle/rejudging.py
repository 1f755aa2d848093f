"""Whether a scorecard follows from its record: the record is judged again in a process of its own, and compared.

A bundle may come from anybody. Nothing in it is run: what it asks for is checked before pytest sees it, and suites and
criteria are those of this installation.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from toantrinh.bundle.comparing import differences
from toantrinh.criteria import criteria_names
from toantrinh.decisions.files import KEPT
from toantrinh.mistakes import UserMistake
from toantrinh.recorded import recorded_system
from toantrinh.reports import html
from toantrinh.reports.formats import FORMATS, same_as
from toantrinh.runs import RunMark, read_mark, strangeness_of
from toantrinh.scorecard import FILE_NAME, validate_scorecard

HOUSE = Path(__file__).resolve().parents[2]
WITHIN_S = 900
SHOWN = 10
_FOR_THE_RUN = ("TOANTRINH_", "PYTEST_", "PYTHONPATH")  # variables that could change what is judged


class NotJudged(Exception):
    """The record could not be judged again; the message says why, in Vietnamese."""


def faults_of_score(folder: Path, passing: Path) -> list[str]:
    """What in the scorecard of an unpacked run does not follow from its observations, one Vietnamese line each.

    `passing` is an empty folder for what is made on the way. Raises NotJudged.
    """
    mark = read_mark(folder)
    if mark is None:
        raise NotJudged("run.json không đọc được")
    _check_asked(mark)
    try:
        card = validate_scorecard(folder / FILE_NAME)
    except UserMistake as mistake:
        return [f"phiếu điểm không đúng dạng: {mistake}"]
    again = _judged_again(folder, mark, passing)
    found = list(differences(_plain(folder / FILE_NAME), _plain(again / FILE_NAME)))
    lines = [f"phiếu điểm không theo từ quan sát: {line}" for line in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"… và {len(found) - SHOWN} chỗ khác nữa")
    if lines:
        return lines
    page = html.render(card, folder, recorded_system(folder, mark.started).thresholds)
    kept = folder / html.FILE_NAME
    same = kept.is_file() and kept.read_bytes() == page.encode()
    wrong = [] if same else [html.FILE_NAME]
    for name, made in FORMATS.items():  # runs of earlier versions have left none
        if (folder / name).is_file() and not same_as(name, (folder / name).read_bytes(), made(card)):
            wrong.append(name)
    return [f"{name} không theo từ {FILE_NAME}" for name in wrong]


def _judged_again(folder: Path, mark: RunMark, passing: Path) -> Path:
    """The folder in which the record was judged again."""
    command = [
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--replay={folder}",
        f"--reports-dir={passing}", f"--decisions={folder / KEPT}",
    ]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_FOR_THE_RUN)}
    try:
        ended = subprocess.run(
            command, cwd=HOUSE, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=WITHIN_S,
            text=True, errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotJudged(f"chấm lại chưa xong sau {WITHIN_S} s") from None
    for card in (passing / mark.system).glob(f"*/{FILE_NAME}"):
        return card.parent
    said = [line for line in (ended.stdout + ended.stderr).splitlines() if line.strip()]
    raise NotJudged(said[-1] if said else f"pytest kết thúc với mã {ended.returncode}")


def _check_asked(mark: RunMark) -> None:
    """Raises NotJudged when the record asks for anything but this installation's suites and criteria."""
    if strange := strangeness_of(mark):
        raise NotJudged(strange)
    criteria = mark.options.get("criteria")
    if criteria and criteria not in criteria_names():
        raise NotJudged(f"bộ tiêu chí {criteria!r} không có ở máy này")


def _plain(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
