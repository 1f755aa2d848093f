"""The main job, started as a person starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.main_job_started import BIRTH, DEATH, HOUSE, Ended, Judge, Portal, running_portal, until

__all__ = ["BIRTH", "DEATH", "HOUSE", "Ended", "Judge", "Portal"]


@pytest.fixture(scope="session")
def portal(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal for all tests that do not need one of their own."""
    with running_portal(environment, tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture(scope="session")
def judged_portal(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The portal of the whole run, which nobody else visits."""
    with running_portal(environment, tmp_path_factory.mktemp("judged")) as portal:
        yield portal


@pytest.fixture(scope="session")
def whole_run(environment: dict[str, str], judged_portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """One whole run of two services by two workers, shared by all tests that look at what it leaves behind."""
    judge = Judge(environment, tmp_path_factory.mktemp("whole") / "reports")
    address = f"--base-url={judged_portal.url}"
    return judge("--system=demo", address, f"--service={BIRTH}", f"--service={DEATH}", "-n", "2")


@pytest.fixture
def system_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a copy of the demo's system file with some texts replaced."""

    def write(*replaced: tuple[str, str]) -> Path:
        text = (HOUSE / "systems" / "demo.yaml").read_text(encoding="utf-8")
        for before, after in replaced:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "demo.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def wait_until() -> Callable[..., Any]:
    """Waits for a condition."""
    return until
