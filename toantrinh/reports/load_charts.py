"""What the load did, as charts: waiting over time with the load below, operations side by side, the steps, errors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from toantrinh.observations.load_run import Figures, LoadRun, Sending, StageName
from toantrinh.reports.plots import Chart, Panel, Stretch, Table, Tick, across, panel, scale
from toantrinh.reports.words import number
from toantrinh.system_model import Thresholds

HIGH, LOW = 132.0, 84.0  # pixels of the panels
MOST_ROWS = 60  # of a table behind a chart: of longer ones every n-th second is shown


@dataclass(frozen=True)
class Reach:
    """How long one operation took, on a scale that all share: per cent across. None where too few were measured."""

    title: str
    count: int
    wrong: int
    figures: Figures
    p50: float | None
    p95: float | None
    p99: float | None
    slowest: float | None


@dataclass(frozen=True)
class Reaches:
    """All operations at normal load. `mean_limit`: per cent across, None beyond the scale."""

    rows: tuple[Reach, ...]
    columns: tuple[Tick, ...]
    mean_limit: float | None
    limits: str


@dataclass(frozen=True)
class ErrorRow:
    """Errors of one kind in one stage. `wide`: its bar, per cent of the longest."""

    stage: str
    what: str
    count: int
    wide: float


@dataclass(frozen=True)
class LoadPictures:
    """All pictures of one load run."""

    waiting: Chart
    reaches: Reaches
    crowds: Chart | None
    steps: Chart | None
    errors: tuple[ErrorRow, ...]
    facts: tuple[tuple[str, str], ...]


def pictures_of(run: LoadRun, thresholds: Thresholds | None) -> LoadPictures:
    """The pictures of a run that was recorded. Without thresholds none are drawn."""
    return LoadPictures(
        waiting=_over_time(run.normal, "Thời gian chờ ở tải thường, đợt đỉnh và sau đỉnh", thresholds),
        reaches=_reaches(run.stage(StageName.NORMAL).operations, thresholds),
        crowds=_over_time(run.crowds, "Thời gian chờ khi số người tăng theo bậc", thresholds) if run.crowds else None,
        steps=_steps(run, thresholds) if run.steps else None,
        errors=_errors(run),
        facts=_facts(run),
    )


def _over_time(sending: Sending, title: str, thresholds: Thresholds | None) -> Chart:
    """Median and 95th percentile of each second above, answers and errors of the same second below."""
    ticks = sending.ticks
    ends_at = max((tick.at + 1 for tick in ticks), default=1.0)
    waiting = panel(
        "Thời gian chờ (giây)",
        HIGH,
        ends_at,
        [
            ("trung vị", [(tick.at + 0.5, tick.p50) for tick in ticks]),
            ("p95", [(tick.at + 0.5, tick.p95) for tick in ticks]),
        ],
        limit=(thresholds.mean_response_s, f"ngưỡng trung bình {_seconds(thresholds.mean_response_s)}")
        if thresholds
        else None,
    )
    load = panel(
        "Lượt mỗi giây: cột nhạt trả lời, cột đậm lỗi",
        LOW,
        ends_at,
        [],
        bars=[(tick.at + 0.08, 0.84, float(tick.answers), "right") for tick in ticks]
        + [(tick.at + 0.08, 0.84, float(tick.errors), "wrong") for tick in ticks],
    )
    stretches = tuple(
        Stretch(
            f"{stage.citizens} người" if stage.citizens else stage.name.vietnamese,
            100 * stage.begun / ends_at,
            100 * min(stage.lasted, ends_at - stage.begun) / ends_at,
        )
        for stage in sending.stages
        if stage.begun < ends_at
    )
    every = max(1, -(-len(ticks) // MOST_ROWS))
    table = Table(
        title if every == 1 else f"{title}, mỗi {every} giây một dòng",
        ("Giây thứ", "Trả lời", "Lỗi", "Trung vị (giây)", "p95 (giây)", "Đang chờ"),
        tuple(
            (
                number(tick.at), str(tick.answers), str(tick.errors),
                figure(tick.p50), figure(tick.p95), str(tick.under_way),
            )
            for tick in ticks[::every]
        ),
    )  # fmt: skip
    return Chart(title, _says(sending, title), (waiting, load), across(_whole(ends_at)), "giây", table, stretches)


def _says(sending: Sending, title: str) -> str:
    slowest = max((stage.together.slowest or 0 for stage in sending.stages), default=0)
    wrong = sum(stage.together.wrong for stage in sending.stages)
    count = sum(stage.together.count for stage in sending.stages)
    ended = f" Dừng sớm: {sending.stopped}." if sending.stopped else ""
    return f"{title}: {count} lượt, {wrong} lượt không nhận đúng trang, chậm nhất {_seconds(slowest)}.{ended}"


def _reaches(operations: tuple[Figures, ...], thresholds: Thresholds | None) -> Reaches:
    most = max((one.slowest or 0 for one in operations), default=0)
    ends = scale(max(most, 0.001))
    top = ends[-1]

    def at(value: float | None) -> float | None:
        return None if value is None or value > top else round(100 * value / top, 2)

    return Reaches(
        tuple(
            Reach(
                one.title, one.count, one.wrong, one, at(one.p50), at(one.p95), at(one.p99), at(one.slowest)
            )
            for one in operations
        ),
        across(ends),
        at(thresholds.mean_response_s if thresholds else None),
        f"Ngưỡng: trung bình {_seconds(thresholds.mean_response_s)}, "
        f"chậm nhất {_seconds(thresholds.slowest_response_s)}."
        if thresholds
        else "",
    )  # fmt: skip


def _steps(run: LoadRun, thresholds: Thresholds | None) -> Chart:
    """Operations a second that were asked for and that were answered, by the citizens who were there at once."""
    steps = run.steps
    ends_at = float(max(max(step.citizens for step in steps), run.required))
    answers: Panel = panel(
        "Lượt mỗi giây",
        HIGH,
        ends_at,
        [
            ("trả lời đúng trang", [(0.0, 0.0), *((float(step.citizens), step.answered) for step in steps)]),
            ("được yêu cầu", [(0.0, 0.0), *((float(step.citizens), step.offered) for step in steps)]),
        ],
    )
    wide = 0.03 * ends_at
    errors = panel(
        "Tỷ lệ lỗi (%)",
        LOW,
        ends_at,
        [],
        bars=[
            (max(0.0, step.citizens - wide), wide, 100 * step.together.wrong / step.together.count, "wrong")
            for step in steps
            if step.together.count
        ],
        limit=(100 * thresholds.error_share, f"ngưỡng {number(100 * thresholds.error_share)}%") if thresholds else None,
    )
    table = Table(
        "Từng bậc tải",
        ("Số người", "Yêu cầu mỗi giây", "Đúng trang mỗi giây", "Lỗi", "Trung bình (giây)", "p95 (giây)"),
        tuple(
            (
                str(step.citizens), figure(step.offered), figure(step.answered),
                f"{step.together.wrong}/{step.together.count}", figure(step.together.mean), figure(step.together.p95),
            )
            for step in steps
        ),
    )  # fmt: skip
    places = [0.0, *(float(step.citizens) for step in steps)]
    return Chart(
        "Số người truy cập đồng thời và số lượt được trả lời",
        f"{_knee(run)} Yêu cầu {run.required} người, đã thử tới {max(step.citizens for step in steps)}.",
        (answers, errors),
        across(places if places[-1] == ends_at else [*places, ends_at]),
        "người cùng lúc",
        table,
    )  # fmt: skip


def _knee(run: LoadRun) -> str:
    if run.knee is None:
        return "Số lượt trả lời tăng theo số người tới bậc cuối: chưa thấy điểm gãy."
    most = f"nhiều nhất {number(run.knee.most_per_second)} lượt mỗi giây"
    if run.knee.citizens is None:
        return f"Ngay bậc đầu đã không theo kịp; {most}."
    return f"Điểm gãy sau bậc {run.knee.citizens} người; {most}."


def _errors(run: LoadRun) -> tuple[ErrorRow, ...]:
    """Errors by stage and kind, most first in each stage."""
    rows: list[tuple[str, str, int]] = []
    for stage in (*run.normal.stages, *run.steps):
        kinds: Counter[str] = Counter()
        for one in stage.operations:
            for kind, count in one.errors.items():
                kinds[f"{one.title}: {kind}"] += count
        rows += [(stage.title, kind, count) for kind, count in kinds.most_common()]
    most = max((count for *_, count in rows), default=1)
    return tuple(ErrorRow(stage, what, count, round(100 * count / most, 2)) for stage, what, count in rows)


def _facts(run: LoadRun) -> tuple[tuple[str, str], ...]:
    """How it was measured, a line each."""
    reach = run.normal.within_reach
    parts = [run.normal, *([run.crowds] if run.crowds else [])]
    rows = [
        ("Đã gửi", f"{run.requests} yêu cầu, thủ tục {run.service}"),
        ("Máy đo", "; ".join(part.why_not_trusted for part in parts if part.why_not_trusted) or _kept_up(reach)),
        ("Dừng sớm", "; ".join(part.stopped for part in parts if part.stopped)),
        ("Không đo bằng tải", "; ".join(run.unmeasured)),
        ("Bậc tải", run.why_no_crowds),
        ("Cùng lúc", run.beside),
    ]
    return tuple((name, text) for name, text in rows if text)


def _kept_up(reach: float | None) -> str:
    able = f", gửi được khoảng {reach:.0f} yêu cầu mỗi giây" if reach else ""
    return f"theo kịp suốt lần đo{able}"


def _whole(ends_at: float) -> list[float]:
    """Labels of a time axis that ends exactly with the last second."""
    return [*(one for one in scale(ends_at) if one < ends_at * 0.93), ends_at]


def _seconds(value: float) -> str:
    return f"{figure(value)} giây"


def figure(value: float | None) -> str:
    """Seconds with as many places as say something."""
    if value is None:
        return "–"
    return (f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.1f}").replace(".", ",")
