"""Systems that answer as a test says, seen through the real plans, samples and figures; nothing is sent."""

from __future__ import annotations

import csv
import heapq
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fixtures.load import Load
from tests.suites_pages.conftest import verdict_of
from toantrinh.load.arrivals import Visitor, arrivals, within
from toantrinh.load.own_pulse import Second
from toantrinh.load.plan import Ask, Brake, Caps, Errand, LoadPlan, Operation, Phase
from toantrinh.load.samples import Came, Sample
from toantrinh.load.sending import SAMPLES, GeneratorRecord, Tick
from toantrinh.observations.load_run import LoadRun, StageName
from toantrinh.observers.load_run.observing import observe_load
from toantrinh.observers.load_run.plans import crowds, crowds_of, normal_of, normal_phases, submissions
from toantrinh.store import Attachments
from toantrinh.system_model import System
from toantrinh.systems import load_system

__all__ = ["World", "answers", "measured", "verdict_of"]

TITLES = {
    "home": "Trang chủ",
    "search": "Tìm kiếm",
    "detail": "Chi tiết",
    "look-up": "Tra cứu",
    "form": "Biểu mẫu",
    "upload": "Tải tệp",
    "submit": "Nộp",
}


@dataclass(frozen=True)
class Turn:
    """One operation that somebody begins: its name, when (s), how many of it came before (0: none), with how many
    citizens there at the same time (0: arrivals at a fixed rate), and in which stretch of the plan."""

    name: str
    at: float
    before: int
    citizens: int
    stretch: str


Answer = tuple[float, Came, int]  # s, how it ended, status
World = Callable[[Turn], Answer]


def answers(wait_s: float = 0.1, came: Came = Came.RIGHT, status: int = 200) -> Answer:
    return wait_s, came, status


def steady(turn: Turn) -> Answer:
    """Everything in a tenth of a second, give or take."""
    return answers(0.1 + 0.01 * (turn.before % 5))


def _errand(name: str, share: float, *operations: str, at_most: int | None = None) -> Errand:
    made = tuple(Operation(name=one, asks=(Ask(path=f"/{one}"),), think_s=1) for one in operations)
    return Errand(name=name, share=share, operations=made, at_most=at_most)


def errands(at_most: int) -> tuple[Errand, ...]:
    return (
        _errand("look", 80, "home", "search", "detail"),
        _errand("look_up", 15, "look-up"),
        _errand("submit", 5, "form", "upload", "submit", at_most=at_most),
    )


def system_of(**load: object) -> System:
    """The demo's file, with other words about load."""
    system = load_system("demo", base_url="http://127.0.0.1:9")
    return system.model_copy(update={"load": system.load.model_copy(update=load)})


def measured(
    folder: Path,
    world: World = steady,
    *,
    system: System | None = None,
    strained: bool = False,
    stop_at: float | None = None,
    why: str = "",
    stopped_plan: str = "normal",
    soak_s: float | None = None,
    rate_cap: float = 100_000,
    frozen_s: int = 0,
    **about: object,
) -> Load:
    """The record of a world. `stop_at`, `why`: when and why the brake stops the plan `stopped_plan`."""
    system = system or system_of()

    def plan(phases: object, at_most: int) -> LoadPlan:
        return LoadPlan.model_validate(
            {
                "base_url": system.base_url,
                "errands": errands(at_most),
                "phases": phases,
                "caps": Caps(citizens=system.load.citizens_at_most, rate=rate_cap),
                "brake": Brake(),
            }
        )

    def send(plan: LoadPlan, where: Path, on_tick: Callable[[Tick], None]) -> GeneratorRecord:
        kind = "normal" if isinstance(plan.phases[0], Phase) else "crowds"
        ends = stop_at if stopped_plan == where.name == kind else None
        return _sent(plan, where, world, ends, why if ends is not None else "", strained, frozen_s)

    run = observe_load(
        normal_of(plan(normal_phases(system, soak_s), submissions(system)[0])),
        crowds_of(plan(crowds(system), submissions(system)[1])),
        Attachments(folder, "load/run", str),
        send,
        folder / ".locks" / "load",
        titles=lambda name: TITLES[name],
        required=system.targets.concurrent_citizens,
        allowed=system.load.citizens_at_most,
        think_s=system.load.think_s,
        pause_s=0,
        **about,  # type: ignore[arg-type]
    )
    kept = LoadRun.model_validate_json(run.model_dump_json())  # what a record keeps is what is judged
    return Load(kept, system, "observations/load/run.json")


def _sent(
    plan: LoadPlan, folder: Path, world: World, stop_at: float | None, why: str, strained: bool, frozen_s: int = 0
) -> GeneratorRecord:
    folder.mkdir(parents=True)
    number_of = {name: number for number, name in enumerate(plan.operations)}
    seen = dict.fromkeys(plan.operations, 0)
    samples: list[Sample] = []

    def do(at: float, errand: int, phase: int) -> float:
        for place, operation in enumerate(plan.errands[errand].operations):
            at += operation.think_s if place else 0
            stretch, citizens = _stretch_at(plan, at)
            wait, came, status = world(Turn(operation.name, at, seen[operation.name], citizens, stretch))
            seen[operation.name] += 1
            samples.append(Sample(number_of[operation.name], phase, at, at, at + wait, came, status, 100, 0))
            at += wait
            if came is not Came.RIGHT:
                break
        return at

    if isinstance(plan.phases[0], Phase):
        for one in arrivals(plan):
            do(one.at, one.errand, one.phase)
    else:
        _crowded(plan, do)
    kept = [one for one in samples if stop_at is None or one.ended <= stop_at]
    with (folder / SAMPLES).open("w", newline="", encoding="ascii") as file:
        lines = csv.writer(file)
        lines.writerow(Sample._fields)
        lines.writerows(sorted(kept, key=lambda one: one.ended))
    lasted = stop_at if stop_at is not None else plan.seconds
    second = Second(cpu=0.99, late_s=0.2) if strained else Second(cpu=0.2, late_s=0.001)
    return GeneratorRecord(
        why=why,
        lasted_s=lasted,
        sent=len(kept),
        samples=len(kept),
        under_way=sum(one.began <= lasted < one.ended for one in samples),
        pulse=(second,) * (int(lasted) - frozen_s),
        locust="2",
    )


def _crowded(plan: LoadPlan, do: Callable[[float, int, int], float]) -> None:
    most = max(plan.citizens_of(crowd) for crowd in plan.phases)  # type: ignore[arg-type]
    citizens = [Visitor(plan, number) for number in range(most)]
    left = [errand.at_most for errand in plan.errands]
    coming = [(one.at, n, one) for n, citizen in enumerate(citizens) if (one := citizen.next(0.0))]
    heapq.heapify(coming)
    while coming:
        at, number, arrival = heapq.heappop(coming)
        errand = within(left, arrival.errand)
        ended = do(at, errand, arrival.phase) if errand is not None else at
        if (again := citizens[number].next(ended)) is not None:
            heapq.heappush(coming, (again.at, number, again))


def _stretch_at(plan: LoadPlan, at: float) -> tuple[str, int]:
    ended = 0.0
    for phase in plan.phases:
        ended += phase.seconds
        if at < ended:
            return StageName.called(phase.name).value, getattr(phase, "citizens", 0)
    return "after", 0
