"""How quickly pages show themselves: cold loads, each as it was, by which medians are found.

Times are milliseconds from the start of the navigation, sizes bytes as they came over the wire unless said otherwise.
"""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.page import Facts, PageKind


class LoadingPage(StrEnum):
    """The pages whose loading is measured (CRITERIA.md, 3.4)."""

    HOME = "home"
    SEARCH = "search"
    DETAIL = "detail"
    FORM = "form"

    @property
    def vietnamese(self) -> str:
        """Its Vietnamese name, as reports show it."""
        return NAMES[self]


NAMES = {
    LoadingPage.HOME: "Trang chủ",
    LoadingPage.SEARCH: "Kết quả tìm kiếm",
    LoadingPage.DETAIL: "Chi tiết thủ tục",
    LoadingPage.FORM: "Biểu mẫu",
}


class Profile(Facts):
    """The citizen's line and computer that a load is given. `latency_ms` is added to each request; rates in kbit/s.

    `cpu_slower`: so many times slower than this machine does the page's own thread run.
    """

    name: str
    latency_ms: float
    down_kbps: float
    up_kbps: float
    cpu_slower: float
    source: str = ""

    @property
    def words(self) -> str:
        """The profile in one line, as reports print it."""
        figures = (f"{self.down_kbps / 1000:g}/{self.up_kbps / 1000:g} Mbit/s", f"trễ {self.latency_ms:g} ms")
        slower = f"bộ xử lý chậm {self.cpu_slower:g} lần" if self.cpu_slower > 1 else "bộ xử lý của máy đo"
        return f"{self.name} ({', '.join((*figures, slower))})".replace(".", ",")


class FileLoaded(Facts):
    """One request of a load. Moments of its start, its first byte and its end; None where they did not come.

    `sent_bytes` with headers, as they came; `body_bytes` after decompression. `protocol`: http/1.1 | h2 | h3 | ….
    """

    address: str
    kind: str  # Document | Stylesheet | Script | Image | Font | XHR | Fetch | …, as Chromium names it
    status: int | None
    start_ms: float
    first_byte_ms: float | None
    end_ms: float | None
    sent_bytes: int
    body_bytes: int
    protocol: str
    content_type: str
    encoding: str
    failure: str = ""


class Frame(Facts):
    """A picture of the film strip: its moment, its path in the run's folder, how much of the page it shows (0 to 1)."""

    at_ms: float
    path: str
    shown: float


class LargestContent(Facts):
    """The element of the largest content: a selector, its opening tag, its first words, the address of its picture."""

    selector: str
    markup: str
    text: str = ""
    address: str = ""

    @property
    def words(self) -> str:
        """The element in a few words."""
        return self.address or (f"{self.selector} “{self.text}”" if self.text else self.selector)


class EndedBy(StrEnum):
    """Why a load was over."""

    REST = "rest"  # loaded, nothing under way, nothing changing
    MOVING = "moving"  # the same, but for parts that never stop moving
    CAP = "cap"  # it did not come to rest in the time that we wait


class ColdLoad(Facts):
    """One load with an empty cache, proved to be the page. None: this browser, or this page, did not tell.

    `speed_index_ms`: see observers/loading/speed_index.py. `shown_ms`: when nothing more changed. `longest_task_ms`: 0
    when no task took more than 50 ms; `blocking_ms`: what such tasks took beyond 50 ms after the first content.
    `text_bytes`, `compressed_bytes`: bodies of text over 1 KB (decoded), and those of them that came compressed.
    `others`: share of all processors that other programs of this machine took meanwhile, 0 to 1.
    """

    round: int
    ended_by: EndedBy
    first_byte_ms: float | None
    first_content_ms: float | None
    largest_content_ms: float | None
    speed_index_ms: float | None
    shown_ms: float | None
    loaded_ms: float | None
    longest_task_ms: float | None
    blocking_ms: float | None
    sent_bytes: int
    requests: int
    protocols: dict[str, int]
    text_bytes: int
    compressed_bytes: int
    largest: LargestContent | None = None
    others: float = 0.0
    moving: float = 0.0  # share of the picture that never stopped moving and was left out

    @property
    def calm(self) -> bool:
        """True when other programs of this machine cannot have slowed it much."""
        return self.others <= MOST_OTHERS


MOST_OTHERS = 0.25


class LostLoad(Facts):
    """A load that showed another page, or none: it says nothing about speed."""

    round: int
    kind: PageKind | None
    why: str


class PageLoads(Facts):
    """All loads of one page. `why`: why it was not loaded at all. `film`: of the load in the middle (`film_round`)."""

    page: LoadingPage
    address: str
    loads: tuple[ColdLoad, ...] = ()
    lost: tuple[LostLoad, ...] = ()
    why: str = ""
    film_round: int | None = None
    film: tuple[Frame, ...] = ()


class LoadingRecord(Facts):
    """Repeated cold loads of the pages, interleaved, in an order by lot (`seed`).

    `files`: all requests of the middle load of the `slowest` page. `why_not_trusted`: why load that was sent beside was
    not as it should be; empty where there was none.
    """

    profile: Profile
    browser: str
    viewport: tuple[int, int]
    seed: int
    pages: tuple[PageLoads, ...]
    slowest: LoadingPage | None = None
    files: tuple[FileLoaded, ...] = ()
    processors: int = 0
    beside: str = ""  # what was sent meanwhile, in words
    not_alone: str = ""  # what else went on that was not meant to, in words
    why_not_trusted: str = ""

    def of(self, page: LoadingPage) -> PageLoads:
        """The loads of a page; none where it was not asked for."""
        return next((one for one in self.pages if one.page is page), PageLoads(page=page, address=""))
