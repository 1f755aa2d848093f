"""What figures of load may decide: within the limit, beyond it, or not to be told from these answers."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from fixtures.load import Load
from toantrinh.judgement import Grounds, needs_review, not_tested
from toantrinh.load.samples import Came
from toantrinh.observations.load_run import Between, Figures, Stage, StageName

FEWEST_FOR_MEAN = 20
FEWEST_ON_ONE_SIDE = 3  # fewer than FEWEST_FOR_MEAN decide where they lie on one side of the limit, all and for sure
T_95 = (4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26)  # Student's t of 3 to 10 answers, 95 of 100
FEWEST_FOR_P95 = 45  # 0.95^45 = 0.1: of fewer, all may lie below the limit by chance
FEWEST_NEVER_RIGHT = 3
SURE = 0.025
LIMITING = ("403", "429", "503")  # what guards before a system answer to one address that asks too often
LIMITED = (
    "hệ thống có thể giới hạn số yêu cầu từ một địa chỉ, mà mọi lượt đều từ máy đo này; "
    "đo lại khi địa chỉ được cho phép, hoặc từ nhiều máy"
)
ONE_MOMENT = "đều trong cùng một lúc, có thể do đường truyền hay máy đo"
AS_AT_REST, AS_AT_REST_S = 1.5, 0.1  # times, and seconds more, within which an answer is as quick as at rest
MILLISECONDS_BELOW_S = 0.1


class Stands(Enum):
    """How a figure stands to its limit."""

    WITHIN = 1
    BEYOND = 2
    UNSURE = 3  # its interval crosses the limit
    FEW = 4  # too few answers to say
    NEVER = 5  # never once the right page, though the browser had got it


@dataclass(frozen=True)
class Stood:
    """An operation, how it stands, and the figure in words."""

    operation: Figures
    stands: Stands
    said: str


Rule = Callable[[Figures, float], Stood]


def seconds(value: float | None) -> str:
    """In Vietnamese: 0,82 giây, 45 ms."""
    if value is None:
        return "?"
    if abs(value) < MILLISECONDS_BELOW_S:
        return f"{1000 * value:.0f} ms"
    return f"{value:.2f} giây".replace(".", ",")


def percent(share: float) -> str:
    """In Vietnamese: 0,5%."""
    return f"{100 * share:.1f}%".replace(".", ",").replace(",0%", "%")


def mean_stands(one: Figures, limit_s: float) -> Stood:
    """The mean of an operation and its interval."""
    said = f"{one.title}: trung bình {seconds(one.mean)} trên {one.waited} lượt"
    if one.mean is None or one.quickest is None or one.slowest is None or one.waited < FEWEST_ON_ONE_SIDE:
        return Stood(one, Stands.FEW, said)
    if one.waited < FEWEST_FOR_MEAN:
        stands = _by(_of_few(one) or one.mean_between, limit_s)
        alike = one.slowest <= limit_s or one.quickest > limit_s
        open_end = Stands.UNSURE if one.mean > limit_s else Stands.FEW
        return Stood(one, stands if alike and stands is not Stands.UNSURE else open_end, said)
    return Stood(one, _by(one.mean_between, limit_s), f"{said}{_range(one.mean_between)}")


def p95_stands(one: Figures, limit_s: float) -> Stood:
    """The 95th percentile; of a few answers only too many beyond the limit decide (exact binomial test)."""
    said = f"{one.title}: p95 {seconds(one.p95)} trên {one.waited} lượt"
    if one.p95 is None or one.waited < FEWEST_FOR_P95:
        slow = sum(slow.seconds > limit_s for slow in one.slow_ones)
        sure = _apart(one, limit_s) and chance_of(slow, one.waited, 0.05) < SURE
        likely = Stands.UNSURE if slow > 1 and slow > 0.05 * one.waited else Stands.FEW
        return Stood(one, Stands.BEYOND if sure else likely, said)
    stands = _by(one.p95_between, limit_s)
    if stands is Stands.BEYOND and not _apart(one, limit_s):
        return Stood(one, Stands.UNSURE, f"{said}, {ONE_MOMENT}")
    return Stood(one, stands, f"{said}{_range(one.p95_between)}")


def slowest_stands(one: Figures, limit_s: float) -> Stood:
    """The slowest answer; one alone may be a slow start or a lost packet, and is for a person."""
    slow = [slow for slow in one.slow_ones if slow.seconds > limit_s]
    said = f"{one.title}: chậm nhất {seconds(one.slowest)} trên {one.waited} lượt"
    if not slow:
        return Stood(one, Stands.WITHIN if one.waited else Stands.FEW, said)
    first = slow[0]
    when = f"lượt thứ {first.number}, giây {first.at:.0f}{f', {first.came}' if first.came else ''}"
    if len(slow) == 1:
        return Stood(one, Stands.UNSURE, f"{said}, chỉ một lượt vượt ngưỡng ({when})")
    if not _apart(one, limit_s):
        return Stood(one, Stands.UNSURE, f"{said}, {len(slow)} lượt vượt ngưỡng {ONE_MOMENT} ({when})")
    return Stood(one, Stands.BEYOND, f"{said}, ít nhất {len(slow)} lượt vượt ngưỡng (chậm nhất: {when})")


def chance_of(count: int, of: int, share: float) -> float:
    """The probability of at least `count` among `of`, each with `share` (binomial)."""
    return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count, of + 1))


def _apart(one: Figures, limit_s: float) -> bool:
    """True when answers beyond the limit are most of all, or lie in two moments at least."""
    moments = {slow.moment for slow in one.slow_ones if slow.seconds > limit_s}
    return len(moments) > 1 or (len(one.slow_ones) > 1 and (one.p50 or 0) > limit_s)


def _of_few(one: Figures) -> Between | None:
    """The interval of the mean of so few answers that all of them are known; None for more."""
    known = [slow.seconds for slow in one.slow_ones]
    if not FEWEST_ON_ONE_SIDE <= len(known) == one.waited:
        return None
    around = T_95[len(known) - FEWEST_ON_ONE_SIDE] * statistics.stdev(known) / math.sqrt(len(known))
    middle = statistics.fmean(known)
    return Between(low=middle - around, high=middle + around)


def _by(between: Between | None, limit_s: float) -> Stands:
    if between is None:
        return Stands.FEW
    if between.high <= limit_s:
        return Stands.WITHIN
    return Stands.BEYOND if between.low > limit_s else Stands.UNSURE


def _range(between: Between | None) -> str:
    return f" (khoảng 95%: {seconds(between.low)} đến {seconds(between.high)})" if between else ""


def each_within(load: Load, rule: Rule, limit_s: float, figure: str, criterion: str) -> None:
    """Judges every operation of the normal stage: its share that is within the limit is the check's."""
    stage = load.normal()
    stood = [_standing(one, rule, limit_s) for one in stage.operations]
    beyond, within = _of(stood, Stands.BEYOND), _of(stood, Stands.WITHIN)
    limit = f"{figure} không quá {limit_s:g} giây".replace(".", ",")
    tail = load.tail_of_normal()
    left_out = _left_out(load, stood)
    grounds = load.grounds(
        expected=limit,
        seen="; ".join(one.said for one in stood) + tail,
        where=", ".join(one.operation.title for one in beyond),
        criterion=criterion,
        identity=",".join(sorted(one.operation.operation for one in beyond)),
    )
    if beyond:
        message = f"{_said(beyond)} (ngưỡng {_g(limit_s)} giây){tail}{left_out}"
        load.blame(message, grounds, share=len(within) / (len(within) + len(beyond)))
    if load.stopped_slow(limit_s):
        load.blame(f"phanh an toàn dừng tải thường: {load.data.normal.stopped} (ngưỡng {_g(limit_s)} giây)", grounds)
    if unsure := _of(stood, Stands.UNSURE):
        needs_review(f"sát ngưỡng {_g(limit_s)} giây, chưa đủ chắc: {_said(unsure)}{tail}{left_out}", grounds)
    if never := _of(stood, Stands.NEVER):
        needs_review(f"{_said(never)}{tail}", grounds)
    if not within:
        _too_few(stood, tail, grounds)
    load.remark(f"{_said(within)}{tail}{left_out}")


def _standing(one: Figures, rule: Rule, limit_s: float) -> Stood:
    if one.never_right and one.count >= FEWEST_NEVER_RIGHT and not one.timeouts:
        said = f"{one.title}: cả {one.count} lượt không ra đúng trang ({kinds([one])}) trong khi trình duyệt tới được"
        return Stood(one, Stands.NEVER, f"{said}; do hệ thống chặn hoặc kịch bản tải chưa đúng, cần xem mẫu")
    return rule(one, limit_s)


def _too_few(stood: Sequence[Stood], tail: str, grounds: Grounds) -> NoReturn:
    said = _said(stood) or "chưa lượt nào xong"
    if tail:
        needs_review(f"quá ít lượt để kết luận: {said}{tail}", grounds)
    not_tested(f"quá ít lượt để kết luận: {said}; chạy lâu hơn với --soak=5m", grounds)


def _of(stood: Iterable[Stood], stands: Stands) -> list[Stood]:
    return [one for one in stood if one.stands is stands]


def _said(stood: Iterable[Stood]) -> str:
    return "; ".join(one.said for one in stood)


def _g(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _left_out(load: Load, stood: Sequence[Stood]) -> str:
    few = _of(stood, Stands.FEW)
    words = [f"chưa đủ lượt để kết luận: {', '.join(f'{one.operation.title} ({one.operation.count})' for one in few)}"]
    return "".join(f"; {one}" for one in ((*words,) if few else ()) + load.data.unmeasured)


def kinds(figures: Iterable[Figures]) -> str:
    """Errors by kind, most first: 'mã lỗi HTTP 3 (503: 3)'."""
    errors: dict[str, int] = {}
    statuses: dict[str, int] = {}
    for one in figures:
        for whole, part in ((errors, one.errors), (statuses, one.statuses)):
            for kind, count in part.items():
                whole[kind] = whole.get(kind, 0) + count
    said = ", ".join(f"{kind} {count}" for kind, count in sorted(errors.items(), key=lambda pair: -pair[1]))
    codes = ", ".join(f"{code}: {count}" for code, count in sorted(statuses.items(), key=lambda pair: -pair[1]))
    return f"{said} ({codes})" if codes else said


def judged_of(load: Load, stage: Stage) -> list[Figures]:
    """The operations whose errors may be held against the system: not those that never once worked under normal load,
    for then the script may be at fault."""
    never = {
        one.operation
        for one in load.data.normal.stages[0].operations
        if one.never_right and one.count >= FEWEST_NEVER_RIGHT and not one.timeouts
    }
    return [one for one in stage.operations if one.operation not in never]


def limited_by_address(load: Load, stage: Stage) -> bool:
    """True when most errors of a stage may say that one address asked too often: all citizens have ours.

    429 says so (RFC 6585 §4). 403, 503, a block page and broken connections may, too, where they came at once and right
    answers were as quick as at rest: who is overloaded is slow.
    """
    figures = judged_of(load, stage)
    wrong = sum(one.wrong for one in figures)
    asked_too_often = sum(one.statuses.get("429", 0) for one in figures)
    if not wrong or asked_too_often > wrong / 2:
        return wrong > 0
    rest = {one.operation: one.right_p50 for one in load.data.stage(StageName.NORMAL).operations}
    quickly = sum(_like_a_limit(one) for one in figures if _as_at_rest(one.wrong_p50, rest.get(one.operation)))
    right = {one.operation: one.count - one.wrong for one in figures if one.right_p50 is not None}
    slow = sum(
        right[one.operation]
        for one in figures
        if one.operation in right and not _as_at_rest(one.right_p50, rest.get(one.operation))
    )
    return quickly > wrong / 2 and slow <= sum(right.values()) / 2


def _like_a_limit(one: Figures) -> int:
    return sum(one.statuses.get(code, 0) for code in LIMITING) + sum(
        one.errors.get(kind.vietnamese, 0) for kind in (Came.WRONG_PAGE, Came.BROKEN)
    )


def _as_at_rest(now: float | None, rest: float | None) -> bool:
    return now is not None and now <= max(AS_AT_REST * (rest or 0), (rest or 0) + AS_AT_REST_S)
