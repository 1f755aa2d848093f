"""Where the median of repeated cold loads stands to a limit: page by page, with what noise allows to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fixtures.loading import Loading
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, tool_error
from toantrinh.observations.loading import ColdLoad, LoadingPage, PageLoads
from toantrinh.observations.page import PageKind
from toantrinh.observers.loading.rounds import ROUNDS
from toantrinh.observers.loading.spread import Spread, Stands, spread_of

MOST_BYTES = 1.5 * 1024 * 1024
PROTOCOLS = {"http/1.0": "HTTP/1.0", "http/1.1": "HTTP/1.1", "h2": "HTTP/2", "h3": "HTTP/3"}
Figure = Callable[[ColdLoad], float | None]


@dataclass(frozen=True)
class Measured:
    """A page's figure over its loads, ms. `disturbed`: other programs had too much of this machine in them."""

    page: PageLoads
    spread: Spread
    disturbed: bool

    @property
    def words(self) -> str:
        """The median, the bounds of it, and how many loads."""
        one = self.spread
        between = f"{_bare(one.low)}–{_bare(one.high)}"
        return f"{self.page.page.vietnamese} {seconds(one.median)} ({between}; {one.count} lần tải)"


def measured(page: PageLoads, figure: Figure, seed: int, fewest: int = ROUNDS) -> Measured | None:
    """The figure of a page over its calm loads, or over all where those are too few; None with too few of all."""
    calm = [value for load in page.loads if load.calm and (value := figure(load)) is not None]
    values = [value for load in page.loads if (value := figure(load)) is not None]
    if len(calm) >= fewest:
        return Measured(page, spread_of(calm, seed), False)
    return Measured(page, spread_of(values, seed), True) if len(values) >= fewest else None


def within(loading: Loading, figure: Figure, limit_s: float, what: str, criterion: str = "3.4") -> None:
    """Passes when the median of each page is surely below the limit; a busy machine or noise charges nobody."""
    record, limit = loading.record, 1000 * limit_s
    found = {page: measured(record.of(page), figure, record.seed) for page in LoadingPage}
    known = [one for one in found.values() if one is not None]
    places = {stands: [one for one in known if one.spread.to(limit) is stands] for stands in Stands}
    above = [one for one in places[Stands.ABOVE] if not one.disturbed]
    disturbed = [one for one in (*places[Stands.ABOVE], *places[Stands.BOTH]) if one.disturbed]
    crossing = [one for one in places[Stands.BOTH] if not one.disturbed]
    loading.look_at([one.page for one in (above or disturbed or crossing or known)])

    def grounds(seen: Iterable[Measured], identity: str = "") -> Grounds:
        return Grounds(
            expected=f"trung vị dưới {seconds(limit)}, tải nguội, {record.profile.words}",
            seen=f"{'; '.join(one.words for one in seen)}. {again(loading, criterion)}",
            where=", ".join(one.page.address for one in seen),
            identity=identity,
        )

    if above:
        said = "; ".join(f"{one.words}{_largest(one, what)}" for one in above)
        fail(f"{what} chậm hơn {seconds(limit)}: {said}", grounds(above, f"slow:{what}"))
    if disturbed:
        said = "; ".join(one.words for one in disturbed)
        tool_error(f"{what}: máy đo bận việc khác khi tải trang, chưa so được với {seconds(limit)}: {said}")
    if crossing:
        said = "; ".join(one.words for one in crossing)
        needs_review(f"{what}: dao động giữa các lần tải trùm lên ngưỡng {seconds(limit)}: {said}", grounds(crossing))
    if unknown := [record.of(page) for page, one in found.items() if one is None]:
        _unknown(unknown, known, figure, what)
    loading.remark(f"{what}: {'; '.join(one.words for one in known)}; {record.profile.words}")


def _unknown(pages: list[PageLoads], known: list[Measured], figure: Figure, what: str) -> None:
    """Ends the check as open: what was seen of the other pages is below the limit."""
    said = "; ".join(why_unknown(page, figure, what) for page in pages)
    rest = f"; đạt ở {', '.join(one.page.page.vietnamese for one in known)}" if known else ""
    blank = [page for page in pages if any(lost.kind is PageKind.BLANK for lost in page.lost)]
    (needs_review if blank else not_tested)(
        f"{said}{rest}", Grounds(where=", ".join(page.address for page in pages if page.address))
    )


def why_unknown(page: PageLoads, figure: Figure, what: str) -> str:
    """Why a page has no figure of so many loads as are needed, as a sentence."""
    if page.why:
        return page.why
    name = page.page.vietnamese
    if page.lost:
        return f"{name}: {len(page.lost)} lần tải không gặp đúng trang ({page.lost[-1].why})"
    if page.loads and all(figure(load) is None for load in page.loads):
        return f"{name}: trình duyệt không cho biết {what}"
    return f"{name}: mới có {len(page.loads)} lần tải, cần ít nhất {ROUNDS}"


def _largest(one: Measured, what: str) -> str:
    """Which element the largest content is, where that is what is late."""
    element = next((load.largest for load in one.page.loads if load.largest), None)
    return f", phần tử {element.words}" if element and "lớn nhất" in what else ""


def again(loading: Loading, criterion: str) -> str:
    """The command that measures it once more."""
    narrow = f" --criterion={criterion}" if criterion else ""
    return f"Làm lại: python -m pytest suites/performance --system={loading.system.id}{narrow} --fresh"


def weighed(loading: Loading) -> None:
    """Passes when the first load of each page is light; says how many requests it takes, and by which protocol."""
    pages = [page for page in loading.record.pages if page.loads]
    heavy = [page for page in pages if _weight(page) > MOST_BYTES]
    loading.look_at(heavy or pages)
    said = "; ".join(make_up(page) for page in heavy or pages)
    if heavy:
        where = ", ".join(page.address for page in heavy)
        fail(f"lần tải đầu nặng hơn 1,5 MB: {said}", Grounds(expected="không quá 1,5 MB", seen=said, where=where))
    if missing := [page for page in loading.record.pages if not page.loads]:
        why = "; ".join(why_unknown(page, lambda load: load.sent_bytes, "dung lượng") for page in missing)
        not_tested(f"{why}; {said}" if said else why)
    loading.remark(said)


def make_up(page: PageLoads) -> str:
    """What a load of the page is made of: bytes over the wire, requests, protocols, how much text is compressed."""
    requests = spread_of([load.requests for load in page.loads]).median
    load = page.loads[-1]
    spoken = ", ".join(PROTOCOLS.get(name, name) for name in load.protocols)
    text = f", {100 * load.compressed_bytes / load.text_bytes:.0f}% văn bản được nén" if load.text_bytes else ""
    return f"{page.page.vietnamese} {_weight(page) / 1024:.0f} KB, {requests:.0f} yêu cầu, {spoken}{text}"


def _weight(page: PageLoads) -> float:
    return spread_of([load.sent_bytes for load in page.loads]).median


def seconds(ms: float) -> str:
    """A time in words."""
    return f"{_bare(ms)} giây"


def _bare(ms: float) -> str:
    return f"{ms / 1000:.2f}".replace(".", ",")
