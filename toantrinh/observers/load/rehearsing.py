"""A rehearsal: each errand is sent alone, a few times, before load is; what does not come right again is left out.

A request that was understood wrongly is no fault of the system, and must never be charged to it.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from toantrinh.load.arrivals import arrivals
from toantrinh.load.permission import why_no_load
from toantrinh.load.plan import Caps, Errand, Handed, LoadPlan, Phase
from toantrinh.load.samples import Came, read_samples
from toantrinh.load.script import NothingToSend, plan_of
from toantrinh.load.sending import DOSSIERS, SAMPLES, GeneratorFailed, send
from toantrinh.load.weaving import DOSSIER
from toantrinh.observations.load_script import ErrandName, LoadScript, OperationName
from toantrinh.store import NotObserved, Outcome
from toantrinh.system_model import System

TRIES, MOST_TRIES = 2, 3
RATE = 60  # requests a second at most, of one citizen who asks one after the other
TIMEOUT_S = 15
ENOUGH = 6  # dossiers that load may submit, of which the rehearsal may have its own
SESSION_ENDED = "không gửi tải được: phiên đăng nhập không dùng lại được sau lần gửi thử"
SEEDS = 1000  # among which one orders the errands as is wanted


@dataclass
class Rehearsed:
    """What came of it: `cuts`: errand → (place of the first operation that does not come right, why); `submitted`: how
    many dossiers were sent for, and the `codes` of those that are known."""

    cuts: dict[str, tuple[int, str]] = field(default_factory=dict)
    submitted: int = 0
    codes: tuple[str, ...] = ()


def rehearse(script: LoadScript, handed: Handed, system: System) -> Rehearsed:
    """Sends the errands alone, one after the other, each twice; a third time where it came right once.

    Raises NotObserved where nothing could be sent, our own fault.
    """
    done = Rehearsed()
    if why_no_load(system):
        return done
    with tempfile.TemporaryDirectory(prefix="toantrinh-rehearsal-") as scratch:
        folder = Path(scratch)
        try:
            most, phases = system.load.submissions_at_most, (Phase(name="thử", rate=1, seconds=1),)
            plan = plan_of(script, system, phases, folder=folder, seed=1, think_s=0, submissions=most)
        except NothingToSend:
            return done
        errands = [one for errand in plan.errands if (one := _numbered(errand, system))]
        seen: dict[str, list[tuple[Came, int]]] = {}
        wanted = {errand.name: TRIES for errand in errands}
        for _ in range(MOST_TRIES):
            if not wanted:
                break
            try:
                sent = _sent(plan, errands, wanted, handed, folder)
            except GeneratorFailed as failed:
                raise NotObserved(Outcome.TOOL_ERROR, f"không gửi thử được: {failed}") from failed
            for name, rows in sent.items():
                seen.setdefault(name, []).extend(rows)
            codes = (folder / DOSSIERS).read_text(encoding="utf-8").splitlines()
            done.codes += tuple(code for code in codes if code)
            wanted = {errand.name: 1 for errand in errands if _is_open(errand, seen)}
        going_on = [one for one in errands if one.account and _submits_at(one) != 0 and not _first_wrong(one, seen)]
        for errand in going_on:
            opening = errand.model_copy(update={"operations": errand.operations[:1]})
            rows = _send_once(plan, opening, handed, folder)
            if any(came in (Came.STATUS, Came.WRONG_PAGE) and status < 500 for came, status in rows):
                done.cuts[errand.name] = (0, SESSION_ENDED)
    for errand in errands:
        if found := _first_wrong(errand, seen):
            done.cuts[errand.name] = found
        if (place := _submits_at(errand)) is not None:
            done.submitted = max(len(seen.get(errand.operations[place].name, ())), len(done.codes))
    return done


def _send_once(plan: LoadPlan, errand: Errand, handed: Handed, folder: Path) -> list[tuple[Came, int]]:
    """How it comes out for a generator that begins anew with what was handed, as that of the load will.

    A session that ends when it is used, or when the account logs in again, is not to be had twice.
    """
    try:
        sent = _sent(plan, [errand], {errand.name: 1}, handed, folder)
    except GeneratorFailed as failed:
        raise NotObserved(Outcome.TOOL_ERROR, f"không gửi thử được: {failed}") from failed
    return [row for rows in sent.values() for row in rows]


def _numbered(errand: Errand, system: System) -> Errand | None:
    """The errand with a name of its own for each operation, without files; as far as it may be rehearsed."""
    kept = errand.operations
    submits = _submits_at(errand)
    if submits is not None and system.load.submissions_at_most < ENOUGH:
        kept = kept[:submits]
    numbered = (
        one.model_copy(update={"name": f"{errand.name}/{place}/{one.name}", "assets": ()})
        for place, one in enumerate(kept)
    )
    return errand.model_copy(update={"operations": tuple(numbered)}) if kept else None


def _submits_at(errand: Errand) -> int | None:
    """The place of the first operation that may make a dossier; None where none does."""
    if errand.name != ErrandName.SUBMIT:
        return None
    return next(
        (
            place
            for place, one in enumerate(errand.operations)
            if one.name.rpartition("/")[2] == OperationName.SUBMIT
            or any(take.name == DOSSIER for ask in one.asks for take in ask.takes)
        ),
        None,
    )


def _sent(
    plan: LoadPlan, errands: Sequence[Errand], wanted: Mapping[str, int], handed: Handed, folder: Path
) -> dict[str, list[tuple[Came, int]]]:
    """How each operation came out, and its status, in the order of the tries."""
    own = tuple(
        errand.model_copy(update={"share": wanted[errand.name], "at_most": wanted[errand.name]})
        for errand in errands
        if errand.name in wanted
    )
    caps = Caps(citizens=1, rate=min(RATE, plan.caps.rate))
    told = {"errands": own, "caps": caps, "brake": None, "timeout_s": min(TIMEOUT_S, plan.timeout_s)}
    alone = plan.model_copy(update={**told, "phases": ()})
    alone = LoadPlan.model_validate({**dict(alone), "phases": (_phase(alone, sum(wanted.values())),)})
    send(_ordered(alone), folder, handed=handed)
    samples = read_samples(folder / SAMPLES)
    found: dict[str, list[tuple[Came, int]]] = {}
    for number, came, status in zip(*(samples.column(name) for name in ("operation", "came", "status")), strict=True):
        found.setdefault(alone.operations[int(number)], []).append((Came(int(came)), int(status)))
    return found


def _phase(plan: LoadPlan, arrivals_wanted: int) -> Phase:
    rate = plan.caps.rate / plan.heaviest
    return Phase(name="thử", rate=rate, seconds=arrivals_wanted / rate)


def _ordered(plan: LoadPlan) -> LoadPlan:
    """The plan with a seed by which each errand comes exactly as often as it is wanted."""
    wanted = {place: errand.at_most for place, errand in enumerate(plan.errands)}
    for seed in count(1):
        tried = plan.model_copy(update={"seed": seed})
        if seed > SEEDS or dict(Counter(one.errand for one in arrivals(tried))) == wanted:
            return tried
    raise AssertionError("seeds never end")


def _is_open(errand: Errand, seen: Mapping[str, list[tuple[Came, int]]]) -> bool:
    """Whether another try would tell more: it came right once and wrong once, or was not reached."""
    for one in errand.operations:
        rows = seen.get(one.name, [])
        right = sum(came is Came.RIGHT for came, _ in rows)
        if right < TRIES:
            return not rows or (right == 1 and len(rows) < MOST_TRIES)
    return False


def _first_wrong(errand: Errand, seen: Mapping[str, list[tuple[Came, int]]]) -> tuple[int, str] | None:
    """The place of the first operation that cannot be sent again, and why.

    What went wrong beside a right answer because the system failed (5xx, time-out, broken connection) is for load to
    tell.
    """
    for place, one in enumerate(errand.operations):
        rows = seen.get(one.name, [])
        wrong = [(came, status) for came, status in rows if came is not Came.RIGHT]
        right = len(rows) - len(wrong)
        ours = [row for row in wrong if right == 0 or (row[0] in (Came.STATUS, Came.WRONG_PAGE) and row[1] < 500)]
        if right < TRIES and ours:
            came, status = ours[0]
            words = f"HTTP {status}" if status else came.vietnamese
            return place, f"không gửi tải được: gửi lại không được đúng trang ({words})"
    return None
