"""Probes of small scripted systems, and what the checks of 4.6 say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.leaks import LeaksRecord, ScriptsRead
from tests.prober.conftest import Probe, Serve, probe, serve
from tests.prober.scripted import Heard, Said, Scripted
from toantrinh.advisories.model import load_advisories
from toantrinh.judgement import Judgement
from toantrinh.observations.leaks import LeakProbes, ScriptsRecord
from toantrinh.observers.leaks.probes import observe_leaks
from toantrinh.observers.leaks.scripts import observe_scripts
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

__all__ = ["Leaking", "Reading", "probe", "serve", "verdict_of"]

HOME = (
    "<!doctype html><title>Cổng dịch vụ công tỉnh</title><h1>Trang chủ</h1>"
    "<p>Tra cứu hồ sơ, nộp hồ sơ trực tuyến, phản ánh kiến nghị, đánh giá mức độ hài lòng.</p>"
)
MISSING = "<!doctype html><title>Không tìm thấy</title><h1>Không tìm thấy trang</h1>"

Answers = Mapping[str, Said] | Callable[[Heard], Said]
Leaking = Callable[..., tuple[LeaksRecord, Scripted]]
Reading = Callable[..., ScriptsRead]


def verdict_of(check: Callable[..., None], record: object) -> tuple[Verdict, str]:
    """What the check says, with all its words."""
    try:
        check(record)
    except Judgement as judgement:
        grounds = judgement.grounds
        return judgement.verdict, " | ".join((judgement.message, grounds.seen, grounds.where))
    return Verdict.PASS, ""


def answering(answers: Answers, otherwise: Said | None = None) -> Callable[[Heard], Said]:
    """The script: what `answers` says by path, the home page, else 404."""

    def answer(heard: Heard) -> Said:
        if callable(answers):
            return answers(heard)
        path = heard.path.split("?")[0]
        return answers.get(path) or (Said(200, HOME) if path == "/" else otherwise or Said(404, MISSING))

    return answer


def page(address: str, *, links: tuple[str, ...] = (), files: tuple[str, ...] = ()) -> Any:
    """As much of a page's facts as the probes read."""
    return SimpleNamespace(
        address=address,
        links=[SimpleNamespace(address=address + link) for link in links],
        resources=[SimpleNamespace(address=address + file, kind="script", status=200) for file in files],
    )


@pytest.fixture
def leaking(serve: Serve, probe: Probe, tmp_path: Path) -> Leaking:
    """Asks a scripted system everything about leaks."""

    def ask(answers: Answers, *, otherwise: Said | None = None, requests: int = 400, **known: Any) -> Any:
        server = serve(answering(answers, otherwise))
        prober = probe(server, requests=requests, run=requests)
        probes: LeakProbes = observe_leaks(
            prober, [page(server.address, **known)], Attachments(tmp_path, "security/leaks", lambda text: text)
        )
        LeakProbes.model_validate_json(probes.model_dump_json())
        return LeaksRecord(probes, "observations/security/leaks.json"), server

    return ask


@pytest.fixture
def reading(serve: Serve, probe: Probe, tmp_path: Path) -> Reading:
    """Reads the scripts of a scripted system."""

    def ask(answers: Mapping[str, Said], *more: str) -> ScriptsRead:
        server = serve(answering(answers))
        loaded = {server.address + path: ("Trang chủ",) for path in answers if path.endswith(".js")}
        loaded |= {address: ("Trang chủ",) for address in more}
        advisories = load_advisories()
        record = observe_scripts(
            probe(server), loaded, advisories, Attachments(tmp_path, "security/scripts", lambda text: text)
        )
        return ScriptsRead(
            ScriptsRecord.model_validate_json(record.model_dump_json()), advisories, "observations/x.json"
        )

    return ask
