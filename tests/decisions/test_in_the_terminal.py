"""`toantrinh explain` and `toantrinh review` as people use them: at a terminal, and through a pipe."""

from __future__ import annotations

import codecs
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.main_job_started import HOUSE, heeds_ctrl_c
from toantrinh.decisions.files import read_decisions
from toantrinh.decisions.model import Explanation, Review

from .conftest import FAILED, FEEDBACK, OPEN, PICTURE, SERVICES, explained, reviewed

Said = Callable[..., "subprocess.CompletedProcess[str]"]
PATIENCE_S = 120
EXPLAINED = "3\nCổng thanh toán quốc gia trả sai số tiền\nTrần Thị A\n\n30/06/2027\n"


@pytest.fixture
def said(system_file: Path, reports: Path, environment: dict[str, str]) -> Said:
    """Answers a command through a pipe."""

    def run(command: str, answers: str, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "toantrinh", command, str(system_file), f"--reports-dir={reports}", *options]
        return subprocess.run(words, input=answers, capture_output=True, text=True, encoding="utf-8", cwd=HOUSE,
                              env={**environment, **more}, timeout=PATIENCE_S, check=False)  # fmt: skip

    return run


def expiring(answers: str) -> str:
    """The answers with Enter in place of a day, so that they hold in any year."""
    return answers.replace("30/06/2027", "")


def test_a_list_shows_what_is_open_and_asks_and_writes_nothing(said: Said, system_file: Path) -> None:
    done = said("explain", "", "--list")
    assert done.returncode == 0, done.stderr
    assert "[2/2]" in done.stdout and FEEDBACK.message in done.stdout and OPEN.message not in done.stdout
    for shown in ("8.000 đồng", "18.000 đồng", "le-phi", PICTURE, ", ".join(SERVICES[::-1])):
        assert shown in done.stdout, done.stdout
    assert list(system_file.parent.iterdir()) == [system_file]


def test_an_explanation_is_written_for_every_service_that_shows_the_same(said: Said, system_file: Path) -> None:
    done = said("explain", expiring(EXPLAINED) + "\n")  # the second is passed over
    assert done.returncode == 0, done.stdout + done.stderr
    lines = read_decisions(system_file).explanations
    assert {line.entry.finding for line in lines} == {(one.check, one.service) for one in FAILED}
    assert {line.entry.seen for line in lines} == {explained(one)["seen"] for one in FAILED}
    assert {line.entry.by for line in lines} == {"Trần Thị A"}
    assert "--replay=" in done.stdout
    again = said("explain", "", "--list")
    assert "1 mục đang chờ" in again.stdout and FEEDBACK.message in again.stdout


def test_answers_that_will_not_do_are_asked_again(said: Said, system_file: Path) -> None:
    answers = "9\n1\nngắn\nSẽ khắc phục trong quý sau, xin ghi nhận\nPháp luật không yêu cầu việc này\n\nĐiều 5 Nghị định 118/2025\n\nTrần Thị A\nkhông-có.pdf\n\n01/01/2020\n\n"
    done = said("explain", answers + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("  ! ") == 7, done.stdout
    entry = read_decisions(system_file).explanations[0].entry
    assert isinstance(entry, Explanation) and entry.law == "Điều 5 Nghị định 118/2025"


def test_a_review_decides_and_then_asks_for_consent_to_explanations(said: Said, write: Callable[..., Path]) -> None:
    file = write([explained(FAILED[0])])
    review = "3\n40\nĐã xem quyết định phê duyệt, thiếu phụ lục\nLê Văn B\n\n\n"
    done = said("review", review + "1\n\n")  # accepted, by the name that is remembered
    assert done.returncode == 0, done.stdout + done.stderr
    decisions = read_decisions(file)
    (decided,) = (line.entry for line in decisions.reviews)
    assert isinstance(decided, Review) and (decided.verdict, decided.share, decided.check) == (
        "partial",
        0.4,
        OPEN.check,
    )
    (entry,) = (line.entry for line in decisions.explanations)
    assert isinstance(entry, Explanation) and entry.accepted is not None and entry.accepted.by == "Lê Văn B"
    assert "0 mục đang chờ" in said("review", "").stdout


def test_nobody_accepts_an_explanation_of_their_own(said: Said, write: Callable[..., Path]) -> None:
    file = write([explained(FAILED[0])], [reviewed(OPEN)])
    done = said("review", "1\ntrần thị a\nLê Văn B\n")
    assert "không tự chấp nhận được" in done.stdout
    entry = read_decisions(file).explanations[0].entry
    assert isinstance(entry, Explanation) and entry.accepted is not None and entry.accepted.by == "Lê Văn B"


def test_a_refusal_is_kept_with_its_grounds_and_the_author_may_answer_it(said: Said, write: Callable[..., Path]) -> None:
    file = write([explained(FAILED[0])], [reviewed(OPEN)])
    done = said("review", "2\nngắn\nSố tiền do chính cổng ghi vào lệnh thanh toán\nLê Văn B\n")
    assert done.returncode == 0 and done.stdout.count("  ! ") == 1, done.stdout + done.stderr
    entry = read_decisions(file).explanations[0].entry
    assert isinstance(entry, Explanation) and entry.refused is not None and entry.accepted is None
    assert (entry.refused.by, entry.refused.grounds) == ("Lê Văn B", "Số tiền do chính cổng ghi vào lệnh thanh toán")
    assert "0 mục đang chờ" in said("review", "").stdout  # it was answered
    again = said("explain", expiring(EXPLAINED).replace("sai số tiền", "sai theo lệnh gốc"))
    assert "Số tiền do chính cổng ghi vào lệnh thanh toán (Lê Văn B" in again.stdout
    entry = read_decisions(file).explanations[0].entry
    assert isinstance(entry, Explanation) and entry.refused is None and "lệnh gốc" in entry.reason


def test_the_end_of_the_pipe_keeps_what_was_answered_in_full(said: Said, system_file: Path) -> None:
    done = said("explain", expiring(EXPLAINED) + "3\nMột lý do khác\n")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert {line.entry.check for line in read_decisions(system_file).explanations} == {FAILED[0].check}


def test_pictures_are_opened_when_that_is_asked_for(said: Said, tmp_path: Path, reports: Path) -> None:
    log, viewer = tmp_path / "opened", tmp_path / "viewer"
    viewer.write_text(f'#!/bin/sh\necho "$1" >> {log}\n', encoding="utf-8")
    viewer.chmod(viewer.stat().st_mode | stat.S_IXUSR)
    assert said("explain", "q\n", "--open", BROWSER=f"{viewer} %s").returncode == 1
    assert log.read_text(encoding="utf-8").split() == [(reports / "thu/latest").resolve().joinpath(PICTURE).as_uri()]


def test_without_a_run_there_is_one_clear_line(said: Said, reports: Path) -> None:
    (reports / "thu" / "latest").unlink()
    done = said("review", "")
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1 and "there is no run of thu" in done.stderr


def test_a_wrong_file_is_told_before_anything_is_asked(said: Said, write: Callable[..., Path]) -> None:
    write([explained(FAILED[0], kind="soon")])
    done = said("explain", EXPLAINED)
    assert done.returncode == 2 and "thu.explanations.yaml:" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own")
def test_ctrl_c_at_a_terminal_keeps_what_was_answered(
    system_file: Path, reports: Path, environment: dict[str, str]
) -> None:
    import pty

    keys, screen = pty.openpty()
    words = [sys.executable, "-m", "toantrinh", "explain", str(system_file), f"--reports-dir={reports}"]
    process = subprocess.Popen(words, stdin=screen, stdout=screen, stderr=screen, cwd=HOUSE, env=environment,
                               start_new_session=True, preexec_fn=heeds_ctrl_c)  # fmt: skip
    os.close(screen)
    shown, seen, letters = "", 0, codecs.getincrementaldecoder("utf-8")()

    def read_until(text: str) -> None:
        """What comes behind the last text that was waited for, in one piece or in several."""
        nonlocal shown, seen
        while text not in shown[seen:]:
            shown += letters.decode(os.read(keys, 65536))
        seen = shown.index(text, seen) + len(text)

    try:
        for prompt, answer in zip(
            ("Vì sao", "Lý do", "Người giải trình", "Tài liệu", "Có giá trị"),
            expiring(EXPLAINED).split("\n"),
            strict=False,
        ):
            read_until(prompt)
            os.write(keys, f"{answer}\n".encode())
        read_until("[2/2]")
        read_until("Vì sao")
        os.kill(process.pid, signal.SIGINT)
        read_until("Dừng.")
        assert process.wait(PATIENCE_S) == 130
    finally:
        process.kill()
        process.wait()
        os.close(keys)
    assert "Traceback" not in shown
    assert {line.entry.check for line in read_decisions(system_file).explanations} == {FAILED[0].check}
