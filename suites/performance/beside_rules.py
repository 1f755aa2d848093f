"""How pages show themselves while others use the system, side by side with how they do when nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fixtures.loading import Loading
from suites.performance.loading_rules import Figure, Measured, again, measured, seconds, why_unknown
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, tool_error
from toantrinh.observations.loading import LoadingPage, LoadingRecord
from toantrinh.observers.loading.beside import ROUNDS_BESIDE

TIMES = 2.0
LEAST_MS = 300.0  # nobody feels less, whatever the ratio
FIGURES: dict[str, Figure] = {
    "nội dung đầu tiên": lambda load: load.first_content_ms,
    "nội dung lớn nhất": lambda load: load.largest_content_ms,
    "chỉ số tốc độ hiển thị": lambda load: load.speed_index_ms,
}


@dataclass(frozen=True)
class Pair:
    """One figure of one page when nobody else is there, and when others are."""

    figure: str
    quiet: Measured
    busy: Measured

    @property
    def slower(self) -> bool:
        """Surely more than twice as slow."""
        return self.busy.spread.low > _allowed(self.quiet.spread.high)

    @property
    def unsure(self) -> bool:
        """The bounds do not say."""
        return not self.slower and self.busy.spread.high > _allowed(self.quiet.spread.low)

    @property
    def words(self) -> str:
        """Both medians, side by side."""
        page, quiet, busy = self.quiet.page.page, self.quiet.spread.median, self.busy.spread.median
        return f"{page.vietnamese}, {self.figure}: {seconds(quiet)} lúc rảnh, {seconds(busy)} khi có tải"


def beside_is_no_slower(loading: Loading, busy: LoadingRecord) -> None:
    """Passes when no figure is more than twice what it was; on one machine a slower one is for a person to judge."""
    if busy.why_not_trusted:
        tool_error(f"tải gửi kèm không dùng được: {busy.why_not_trusted}")
    pairs = list(_pairs(loading.record, busy))
    slower, unsure = [one for one in pairs if one.slower], [one for one in pairs if one.unsure]
    loading.look_at([one.busy.page for one in slower or unsure or pairs])

    def grounds(of: list[Pair]) -> Grounds:
        seen = f"{'; '.join(one.words for one in of)}; {busy.beside}. {again(loading, '')}"
        where = ", ".join(dict.fromkeys(one.busy.page.address for one in of))
        return Grounds(expected="không quá hai lần số liệu lúc rảnh", seen=seen, where=where)

    if disturbed := [one for one in (*slower, *unsure) if one.busy.disturbed or one.quiet.disturbed]:
        said = "; ".join(one.words for one in disturbed)
        tool_error(f"máy đo bận việc khác khi tải trang, chưa so được: {said}")
    if slower:
        said = f"chậm hơn hai lần khi có người dùng khác: {'; '.join(one.words for one in slower)}"
        if others := busy.not_alone or loading.record.not_alone:
            needs_review(f"{said}; đo cùng lúc với việc khác ({others})", grounds(slower))
        if loading.system.is_loopback:
            needs_review(f"{said}; {busy.beside}", grounds(slower))
        fail(said, grounds(slower))
    if unsure:
        said = "; ".join(one.words for one in unsure)
        needs_review(f"dao động giữa các lần tải lớn hơn khoảng cách tới hai lần: {said}", grounds(unsure))
    missing = [page for page in LoadingPage if not any(one.busy.page.page is page for one in pairs)]
    if missing:
        why = "; ".join(
            why_unknown(busy.of(page), FIGURES["nội dung đầu tiên"], "số liệu hiển thị") for page in missing
        )
        not_tested(f"{why}; các trang khác không quá hai lần" if pairs else why)
    loading.remark(f"{'; '.join(one.words for one in pairs)}; {busy.beside}")


def _pairs(quiet: LoadingRecord, busy: LoadingRecord) -> Iterator[Pair]:
    for page in LoadingPage:
        for name, figure in FIGURES.items():
            before = measured(quiet.of(page), figure, quiet.seed)
            after = measured(busy.of(page), figure, busy.seed, fewest=ROUNDS_BESIDE)
            if before is not None and after is not None:
                yield Pair(name, before, after)


def _allowed(quiet_ms: float) -> float:
    return max(TIMES * quiet_ms, quiet_ms + LEAST_MS)
