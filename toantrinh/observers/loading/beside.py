"""The same loads while others use the system: normal load goes on beside them, and nothing is submitted by it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from toantrinh.load.plan import Handed, LoadPlan, Phase
from toantrinh.load.script import plan_of
from toantrinh.load.sending import Beside, GeneratorFailed, sent_beside
from toantrinh.observations.load_script import LoadScript
from toantrinh.observations.loading import LoadingRecord
from toantrinh.store import NotObserved, Outcome
from toantrinh.system_model import System

ROUNDS_BESIDE = 3
MOST_S = 90.0  # load is sent for so long at most; it stops with the last page
SILENT_S = 3.0  # the generator tells each second how it goes
NORMAL = "tải thường"


def plan_beside(script: LoadScript, system: System, folder: Path, seed: int) -> LoadPlan:
    """Normal arrivals of citizens who look and look up; what may be submitted is kept for the figures of load.

    Raises NothingToSend.
    """
    phases = (Phase(name=NORMAL, rate=system.load.arrivals_per_second, seconds=MOST_S),)
    return plan_of(script, system, phases, folder=folder, seed=seed, submissions=0)


def loads_beside(
    plan: LoadPlan,
    system: System,
    handed: Handed,
    folder: Path,
    load_pages: Callable[[Callable[[], bool]], LoadingRecord],
) -> LoadingRecord:
    """The record of `load_pages`, which is told by a function whether load still goes, while the plan is sent.

    Raises NotObserved when no load could be sent: our own fault.
    """
    try:
        with sent_beside(plan, folder, handed) as beside:
            still = _still_sent(beside)
            record = load_pages(still)
            going = still()
    except GeneratorFailed as failed:
        raise NotObserved(Outcome.TOOL_ERROR, str(failed)) from failed
    sent = beside.record
    why = "bộ phát tải không để lại bản ghi" if sent is None else sent.why_not_trusted
    if sent is not None and not why and not going:
        why = f"tải dừng ở giây {sent.lasted_s:.0f}, trước khi tải xong các trang{f': {sent.why}' if sent.why else ''}"
    rate = f"{max(one.rate for one in plan.phases if isinstance(one, Phase)):g}".replace(".", ",")
    words = f"{NORMAL}: {rate} người đến mỗi giây, không nộp hồ sơ"
    if system.is_loopback:
        words += f"; hệ thống, bộ phát tải và trình duyệt dùng chung {os.cpu_count()} bộ xử lý của máy này"
    return record.model_copy(update={"beside": words, "why_not_trusted": why})


def _still_sent(beside: Beside) -> Callable[[], bool]:
    """Says whether the generator told something in the last seconds."""
    known, since = len(beside.ticks), time.monotonic()

    def still() -> bool:
        nonlocal known, since
        if len(beside.ticks) != known:
            known, since = len(beside.ticks), time.monotonic()
        return time.monotonic() - since < SILENT_S

    return still
