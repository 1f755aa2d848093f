"""One real, short run with traces against a portal that tells what it issued; shared by all tests that ask about it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.main_job_started import BIRTH, HOUSE, Ended, Judge, own_environment
from toantrinh.bundle import signing


@dataclass(frozen=True)
class SignedRun:
    """A run that has ended, the portal's data, what was overheard, and the key that signed."""

    ended: Ended
    data: Path
    heard: Path
    keys: signing.KeyPair

    @property
    def bundle(self) -> Path:
        return self.ended.folder.with_name(f"{self.ended.folder.name}.zip")


@pytest.fixture(scope="session")
def signed_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedRun]:
    """A log-in, an application with signature and fee, wrong log-ins; a trace of each; signed at its end."""
    home = tmp_path_factory.mktemp("bundle")
    environment = own_environment(home / "compiled") | {"XDG_STATE_HOME": str(home / "state")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        keys = signing.make_pair("so-tttt")
    heard, data = home / "heard.jsonl", home / "portal"
    portal = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("overheard.py")), str(heard), "--port=0", f"--data={data}",
         "--captcha-answer=KT26SM", "--until-stdin-closes"],
        cwd=HOUSE, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert portal.stdin is not None and portal.stdout is not None
    judge = Judge(environment, home / "reports")
    try:
        address = json.loads(portal.stdout.readline())["portal"]
        ended = judge(
            "--system=demo", f"--base-url={address}", f"--service={BIRTH}", "--tracing=on", "--criterion=1.4",
            "--criterion=1.8", "--sign-with=so-tttt",
        )  # fmt: skip
        yield SignedRun(ended, data, heard, keys)
    finally:
        judge.clear()
        portal.stdin.close()
        portal.wait(15)
        portal.stdout.close()
