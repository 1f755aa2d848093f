"""A person in the loop: what no machine should answer is asked for, in the terminal; nobody there means not tried."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser

from tests.probing.conftest import HOUSE
from toantrinh.journey.equipment import Equipment
from toantrinh.journey.walk import make_journey
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.store import Attachments
from toantrinh.systems import load_system

OTP = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
FILE = """
name: Cổng Dịch vụ công tỉnh Sao Mai
base_url: {address}
pace: {{pause_ms: 0}}
accounts:
  citizen: {{username: "public:001190000017", password: "public:Thu-nghiem-2026", sign_pin: "public:246810"}}
services:
  - {{code: "1.000656", name: Thủ tục đăng ký khai tử, declared: toàn trình, fee: 0}}
"""


@pytest.fixture
def file(reference: str, tmp_path: Path) -> Path:
    path = tmp_path / "sao-mai.yaml"
    path.write_text(FILE.format(address=reference), encoding="utf-8")
    return path


class Somebody:
    """Somebody who reads pictures and has the telephone, at the first or the second try."""

    sees_window = False

    def __init__(self, wrong_first: bool = False, passes: bool = False) -> None:
        self.asked: list[str] = []
        self._wrong, self._passes = wrong_first, passes

    def answer(self, question: str, picture: bytes) -> str:
        self.asked.append(question)
        assert picture.startswith(b"\x89PNG")
        if self._passes:
            return ""
        if "bảo mật" in question:
            return "KT26SM"
        self._wrong, wrong = False, self._wrong
        return "000000" if wrong else OTP.now()

    def wait_for(self, what: str) -> None:
        raise AssertionError(what)


def journey_with(person: Somebody | None, chromium: Browser, file: Path, folder: Path) -> Journey:
    system = load_system(str(file))
    return make_journey(chromium, system, system.services[0], Attachments(folder, "x", str), equipment=Equipment(person=person))


def test_code_and_captcha_are_asked_for_and_a_wrong_code_again(chromium: Browser, file: Path, tmp_path: Path) -> None:
    person = Somebody(wrong_first=True)
    journey = journey_with(person, chromium, file, tmp_path)
    assert journey.reached(StepName.LOG_IN) and journey.reached(StepName.LOOK_UP), journey.stopped_at()
    assert ["OTP" in question for question in person.asked] == [True, True, False]


def test_a_person_who_passes_leaves_the_steps_behind_untried(chromium: Browser, file: Path, tmp_path: Path) -> None:
    journey = journey_with(Somebody(passes=True), chromium, file, tmp_path)
    log_in = journey.step(StepName.LOG_IN)
    assert log_in.reach is Reach.NOT_TRIED and "mã xác thực" in log_in.why
    assert journey.step(StepName.SUBMIT).reach is Reach.NOT_TRIED


def test_without_a_person_it_is_not_tried_either(chromium: Browser, file: Path, tmp_path: Path) -> None:
    assert journey_with(None, chromium, file, tmp_path).step(StepName.LOG_IN).reach is Reach.NOT_TRIED


def run(file: Path, *options: str, **more: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", f"--system={file}", f"--reports-dir={file.parent / 'reports'}", "--criterion=1.10", *options]
    return subprocess.Popen(command, cwd=HOUSE, stderr=subprocess.STDOUT, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(os.name != "posix", reason="a terminal of our own making is POSIX")
def test_the_run_asks_in_the_terminal(file: Path) -> None:
    ours, theirs = os.openpty()
    process = run(file, "--interactive", stdin=theirs, stdout=theirs)
    os.close(theirs)
    said, until, answered = "", time.monotonic() + 120, 0
    while time.monotonic() < until:
        try:
            said += os.read(ours, 65536).decode("utf-8", "replace")
        except OSError:  # the other side is gone
            break
        prompts = list(re.finditer(r"(OTP|mã bảo mật)[^\n]*\n\s+hình: (\S+);[^\n]*\n\s+> ", said))
        if len(prompts) > answered:
            answered = len(prompts)
            picture = Path(prompts[-1].group(2))
            assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_mode & 0o077 == 0
            os.write(ours, f"{OTP.now() if prompts[-1].group(1) == 'OTP' else 'KT26SM'}\n".encode())
    os.close(ours)
    process.wait(20)
    assert answered >= 2 and not picture.exists(), said
    assert process.returncode in (0, 1), said


@pytest.mark.parametrize(("options", "said"), [(("--interactive", "-n", "2"), "one person answers one worker"), (("--interactive",), "there is no terminal to ask in")])
def test_where_nobody_can_be_asked_the_run_does_not_begin(options: tuple[str, ...], said: str, file: Path) -> None:
    process = run(file, *options, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    words, _ = process.communicate(timeout=60)
    assert process.returncode == 2 and said in words.decode()
    assert not (file.parent / "reports").exists()
