"""Sends both plans of a run, one after the other, and tells what came of them."""

from __future__ import annotations

import gzip
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from toantrinh.load.knee import Step, knee_of
from toantrinh.load.own_pulse import rate_within_reach, why_strained
from toantrinh.load.plan import Crowd, LoadPlan, Phase
from toantrinh.load.samples import Came, Samples, read_samples, samples_of
from toantrinh.load.sending import DOSSIERS, FILES, SAMPLES, GeneratorRecord, Tick
from toantrinh.observations.load_run import (
    AfterPeak,
    Drift,
    KneeFacts,
    LoadRun,
    PulseFacts,
    Sending,
    Stage,
    StageName,
    is_brake,
)
from toantrinh.observers.load_run.figures import after_peak_of, at_rest, drift_of, figures_of, files_at_rest, ticks_of
from toantrinh.observers.load_run.offered import offered_in
from toantrinh.store import Attachments

Send = Callable[[LoadPlan, Path, Callable[[Tick], None]], GeneratorRecord]
OnStep = Callable[[str], None]
OnDossiers = Callable[[tuple[str, ...]], None]
MOST_LATE = 0.1  # of a step
FROZEN_S, FROZEN_SHARE = 1.5, 0.02  # seconds without a pulse, and the share of all by which seconds are longer anyway
WHOLE_S = 0.5  # a stage that lacks less was sent to its end
PAUSE_S, MOST_LOOKS, LOOK_S = 3.0, 4, 2.0  # after a peak that was too much: a pause before each of a few single looks
SUBMIT = "submit"  # OperationName.SUBMIT: the one that leaves something behind


class Sent:
    """A plan that was sent, with its samples."""

    def __init__(self, plan: LoadPlan, record: GeneratorRecord, samples: Samples, seed: int) -> None:
        self.plan, self.record, self.samples, self.seed = plan, record, samples, seed
        self.dossiers: tuple[str, ...] = ()
        self.files = samples_of(())

    def due_in(self, begun: float, ended: float, files: bool = False) -> Samples:
        """The samples of operations, or of the files of pages, that were due in this stretch of time."""
        samples = self.files if files else self.samples
        planned = samples.column("planned")
        return samples.where(numpy.logical_and(planned >= begun, planned < ended))

    def answered_in(self, begun: float, ended: float) -> int:
        """How many operations brought the right page in this stretch of time."""
        at = self.samples.column("ended")
        return int(numpy.logical_and(numpy.logical_and(at >= begun, at < ended), self.samples.right).sum())


def observe_load(
    normal: LoadPlan,
    crowds: LoadPlan | None,
    attachments: Attachments,
    send: Send,
    folder: Path,
    *,
    titles: Callable[[str], str],
    required: int,
    allowed: int,
    think_s: float,
    seed: int = 1,
    on_step: OnStep = lambda step: None,
    on_dossiers: OnDossiers = lambda made: None,
    why_no_crowds: str = "",
    pause_s: float = PAUSE_S,
    **about: Any,
) -> LoadRun:
    """Sends from `folder` `normal`, then `crowds`; where the brake stopped the peak, once a single look is answered,
    and none where it stopped normal load.

    `send`: toantrinh.load.sending.send, with the secrets that it hands on; `titles`: the words for an operation's name;
    `on_dossiers`: told what stays in the system when it ends in the middle, and then nothing of it stays in `folder`;
    `about`: further fields of the LoadRun.

    Raises GeneratorFailed.
    """
    first = _sent(normal, folder / "normal", send, seed, _saying("tải thường và đỉnh", normal, on_step), on_dossiers)
    kept = _kept(first, attachments, "tai-thuong", titles)
    second, why, again, looks = None, why_no_crowds, None, 0
    after_peak = is_brake(first.record.why) and first.record.lasted_s >= normal.phases[0].seconds - WHOLE_S
    if crowds is not None and first.record.why and not after_peak:
        crowds, why = None, f"tải thường đã dừng: {first.record.why}"
    if crowds is not None:
        try:
            if after_peak:
                on_step("đợt đỉnh làm hệ thống ngừng, chờ hệ thống trả lời lại")
                again, looks = _answers_again(normal, folder / "look", send, pause_s)
            if again is False:
                crowds, why = None, f"đợt đỉnh làm hệ thống ngừng, sau đó chưa trả lời lại: {first.record.why}"
        except BaseException:
            on_dossiers(_left_behind([first]))
            shutil.rmtree(folder, ignore_errors=True)
            raise
    if crowds is not None:
        try:
            second = _sent(crowds, folder / "crowds", send, seed, _saying("tăng bậc", crowds, on_step), on_dossiers)
        except BaseException:
            on_dossiers(_left_behind([first]))
            shutil.rmtree(folder, ignore_errors=True)
            raise
    steps, knee = None, None
    if second is not None:
        steps = _kept(second, attachments, "tang-bac", titles)
        steps, knee = _with_knee(steps, second, first)
    drift, after = _over_time(first)
    return LoadRun(
        normal=kept,
        crowds=steps,
        why_no_crowds=why,
        required=required,
        allowed=allowed,
        think_s=think_s,
        drift=drift,
        after_peak=after,
        knee=knee,
        answers_again=again,
        looks=looks,
        left_behind=_left_behind([first, *([second] if second else [])]),
        **about,
    )


def _answers_again(plan: LoadPlan, folder: Path, send: Send, pause_s: float) -> tuple[bool, int]:
    """Whether the system answers one citizen's first act again, after a few pauses; and how many requests it took."""
    first = plan.errands[0]
    one_look = LoadPlan.model_validate(
        {
            **{name: getattr(plan, name) for name in LoadPlan.model_fields},
            "errands": (first.model_copy(update={"operations": first.operations[:1]}),),
            "phases": (Phase(name=StageName.RECOVERY.vietnamese, rate=1 / LOOK_S, seconds=LOOK_S),),
        }
    )
    asked = 0
    for _ in range(MOST_LOOKS):
        time.sleep(pause_s)
        record = send(one_look, folder, lambda tick: None)
        samples, asked = read_samples(folder / SAMPLES), asked + record.sent
        shutil.rmtree(folder, ignore_errors=True)
        if len(samples) and not record.why and samples.right.all() and _is_bearable(samples, plan):
            return True, asked
    return False, asked


def _is_bearable(samples: Samples, plan: LoadPlan) -> bool:
    """True when nobody waited so long that the brake would be used."""
    return plan.brake is None or bool((samples.seconds <= plan.brake.slow_s).all())


def _saying(what: str, plan: LoadPlan, on_step: OnStep) -> Callable[[Tick], None]:
    ended = wrong = 0

    def tell(tick: Tick) -> None:
        nonlocal ended, wrong
        ended, wrong = ended + tick.ended, wrong + tick.wrong
        on_step(f"{what}: {tick.at:.0f}/{plan.seconds:.0f} giây, {ended} lượt, {wrong} lỗi, {tick.under_way} đang chờ")

    return tell


def _sent(plan: LoadPlan, folder: Path, send: Send, seed: int, tell: Callable[[Tick], None], made: OnDossiers) -> Sent:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        record = send(plan, folder, tell)
    except BaseException:
        made(dossiers_in(folder))
        shutil.rmtree(folder, ignore_errors=True)
        raise
    sent = Sent(plan, record, read_samples(folder / SAMPLES), seed)
    sent.dossiers = dossiers_in(folder)
    if (folder / FILES).exists():
        sent.files = read_samples(folder / FILES)
    return sent


def dossiers_in(folder: Path) -> tuple[str, ...]:
    """What a load that was sent, or begun, in this folder has left in the system."""
    file = folder / DOSSIERS
    codes = file.read_text(encoding="utf-8").split("\n") if file.is_file() else []
    return tuple(f"hồ sơ {code}" for code in codes if code)


def _kept(sent: Sent, attachments: Attachments, name: str, titles: Callable[[str], str]) -> Sending:
    plan, record = sent.plan, sent.record
    pulse = list(record.pulse)
    rate = record.sent / record.lasted_s if record.lasted_s else 0.0
    return Sending(
        plan=attachments.save(f"{name}.plan.json", plan.model_dump_json(indent=1)),
        samples=attachments.save(f"{name}.csv.gz", _packed(sent.samples)),
        planned_s=plan.seconds,
        lasted_s=record.lasted_s,
        requests=record.sent,
        stopped=record.why,
        under_way=record.under_way if record.why else 0,
        within_reach=rate_within_reach(pulse, rate),
        requests_per_second_at_most=plan.caps.rate,
        why_not_trusted=_why_frozen(record) or record.why_not_trusted,
        pulse=tuple(PulseFacts(cpu=one.cpu, late_s=one.late_s) for one in pulse),
        ticks=ticks_of(sent.samples, min(record.lasted_s, plan.seconds + 60)),
        stages=tuple(_stages(sent, titles)),
    )


def _packed(samples: Samples) -> bytes:
    from toantrinh.load.samples import Sample

    whole = {"operation", "phase", "came", "status", "bytes", "held"}
    lines = [",".join(Sample._fields)]
    for row in samples.rows:
        cells = zip(Sample._fields, row, strict=True)
        lines.append(",".join(f"{value:.0f}" if name in whole else f"{value:.6f}" for name, value in cells))
    return gzip.compress("\n".join([*lines, ""]).encode("ascii"), mtime=0)


def _stages(sent: Sent, titles: Callable[[str], str]) -> list[Stage]:
    stages, begun = [], 0.0
    pulse, plan = list(sent.record.pulse), sent.plan
    frozen = _why_frozen(sent.record)
    for phase in plan.phases:
        ended = begun + phase.seconds
        due = sent.due_in(begun, ended)
        number = due.column("operation")
        lasted = max(0.0, min(phase.seconds, sent.record.lasted_s - begun)) if sent.record.why else phase.seconds
        own = [
            figures_of(due.where(number == place), lasted, name, titles(name), sent.seed, due)
            for place, name in enumerate(plan.operations)
            if (number == place).any()
        ]
        stage = Stage(
            name=StageName.called(phase.name),
            begun=begun,
            seconds=phase.seconds,
            lasted=lasted,
            answered=sent.answered_in(begun, ended) / lasted if lasted else 0.0,
            why_not_trusted=frozen or why_strained(pulse[int(begun) : int(numpy.ceil(ended))]),
            together=figures_of(due, lasted, seed=sent.seed),
            operations=tuple(own),
        )
        stages.append(stage.model_copy(update=_load_of(phase, plan)))
        begun = ended
    return stages


def _why_frozen(record: GeneratorRecord) -> str:
    """Why no stage is trusted where the generator had no pulse for a while: nobody knows in which it was."""
    lost = record.lasted_s - len(record.pulse)
    if lost <= FROZEN_S + FROZEN_SHARE * record.lasted_s:
        return ""
    return f"máy đo không theo kịp: bộ phát tải đứng khoảng {lost:.0f} giây"


def _load_of(phase: Phase | Crowd, plan: LoadPlan) -> dict[str, float | int]:
    if isinstance(phase, Phase):
        return {"rate": plan.rate_of(phase)}
    return {"citizens": plan.citizens_of(phase), "think_s": plan.think_of(phase)}


def _with_knee(steps: Sending, sent: Sent, first: Sent) -> tuple[Sending, KneeFacts | None]:
    """The steps with what they offered, and the knee that follows from it. A step that was stopped is told by what
    came before the stop, and not by its throughput."""
    ended = first.plan.phases[0].seconds
    normal = first.due_in(0, ended)
    rest, files = at_rest(normal, first.plan), files_at_rest(first.due_in(0, ended, files=True), normal, first.plan)
    usual = float(numpy.median(list(rest.values()))) if rest else 0.0
    offered = offered_in(sent.plan, rest, usual, files)
    stages = tuple(
        stage.model_copy(update={"offered": rate, "answered": _answered(sent, stage, usual)})
        for stage, rate in zip(steps.stages, offered, strict=True)
    )
    known = [Step(one.citizens, one.offered or 0.0, one.answered) for one in stages if one.whole]
    found = knee_of(known) if known else None
    knee = KneeFacts(citizens=found.citizens, most_per_second=found.most_per_second) if found else None
    return steps.model_copy(update={"stages": stages}), knee


def _answered(sent: Sent, stage: Stage, usual: float) -> float:
    """Right answers a second of a step, as far as it was sent. Answers that are a little slower than at rest only cross
    its end, and those before it its begin: they are counted that much later."""
    late = min(MOST_LATE * stage.seconds, max(0.0, (stage.together.p50 or 0.0) - usual))
    if not stage.lasted:
        return 0.0
    return sent.answered_in(stage.begun + late, stage.begun + late + stage.lasted) / stage.lasted


def _over_time(sent: Sent) -> tuple[Drift, AfterPeak]:
    begun, spans = 0.0, {}
    for phase in sent.plan.phases:
        spans[StageName.called(phase.name)] = (begun, begun + phase.seconds)
        begun += phase.seconds
    normal = sent.due_in(*spans[StageName.NORMAL])
    lasted = min(sent.record.lasted_s, sent.plan.phases[0].seconds)
    drift = drift_of(normal, sent.plan, lasted, sent.seed)
    if StageName.RECOVERY not in spans:
        return drift, AfterPeak()
    begun, ended = spans[StageName.RECOVERY]
    after = sent.due_in(begun + (ended - begun) * 0.4, sent.plan.seconds)
    return drift, after_peak_of(normal, after, sent.plan, sent.seed)


def _left_behind(sent: list[Sent]) -> tuple[str, ...]:
    """Dossiers by their codes; how many more there are whose code was not read, and how many there may be: a
    submission that was sent and not answered as it should be may have been taken all the same. Only the last act of an
    errand makes a dossier, where several are called so."""
    codes = [code for one in sent for code in one.dossiers]
    sure = most = 0
    for one in sent:
        acts = max(sum(act.name == SUBMIT for act in errand.operations) for errand in one.plan.errands)
        if acts:
            own = one.samples.where(one.samples.column("operation") == one.plan.operations.index(SUBMIT))
            right = int(own.right.sum())
            unknown = int(numpy.logical_and(~own.right, ~_is_refused(own)).sum())
            sure, most = sure + right // acts, most + (right + unknown) // acts
    sure = max(sure, len(codes))
    unread, possible = sure - len(codes), most - sure
    said = [f"{unread} hồ sơ thử do phép đo tải nộp, không đọc được mã"] if unread > 0 else []
    if possible > 0:
        said.append(f"có thể thêm {possible} hồ sơ thử: lượt nộp đã gửi mà không rõ kết quả")
    return (*codes, *said)


def _is_refused(samples: Samples) -> NDArray[numpy.bool_]:
    """Where the answer says plainly that nothing was taken (RFC 9110 §15.5); a 408 does not."""
    status = samples.column("status")
    came = samples.column("came")
    refused: NDArray[numpy.bool_] = (came == Came.STATUS) & (status >= 400) & (status < 500) & (status != 408)
    return refused
