"""A portal of the test's own, visited with a real browser; and what the checks of 4.3 say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from toantrinh.judgement import Judgement
from toantrinh.verdicts import Verdict

HOUSE = Path(__file__).parents[2]


@contextmanager
def portal(data: Path, *options: str) -> Iterator[str]:
    """The address of a reference portal of its own."""
    command = [sys.executable, "-m", "portal", "--port", "0", "--data", str(data), "--captcha-answer", "KT26SM"]
    process = subprocess.Popen(
        [*command, "--until-stdin-closes", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HOUSE
    )
    assert process.stdout is not None and process.stdin is not None
    with ThreadPoolExecutor(1) as reader:
        line = reader.submit(process.stdout.readline).result(timeout=120)
    try:
        yield json.loads(line)["portal"]
    finally:
        process.stdin.close()
        process.wait(20)


def verdict_of(check: Callable[..., None], record: object) -> tuple[Verdict, str]:
    """What the check says, with all its words."""
    try:
        check(record)
    except Judgement as judgement:
        grounds = judgement.grounds
        return judgement.verdict, " | ".join((judgement.message, grounds.seen, grounds.where))
    return Verdict.PASS, ""
