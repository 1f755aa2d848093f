"""Facts about the fixed set of pages that every system is asked for, each visited once.

Lengths are characters, times milliseconds from the start of the navigation, sizes bytes, widths CSS pixels.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from toantrinh.observations.http_answers import AnswersSeen
from toantrinh.observations.page import BeaconRecord, Facts, PageKind, ProofOfPage
from toantrinh.observations.page_parts import FormFacts, GlobalFacts

PHONE = 480  # CSS pixels: a window that is no wider is a phone's


class PageName(StrEnum):
    """The pages to be judged, as a person comes to them from the home page."""

    HOME = "home"
    SERVICES = "services"
    SERVICE = "service"
    LOOK_UP = "look-up"
    LOG_IN = "log-in"
    GUIDE = "guide"
    QUESTIONS = "questions"
    FEEDBACK = "feedback"
    FIGURES = "figures"
    SITE_MAP = "site-map"
    ENGLISH = "english"

    @property
    def vietnamese(self) -> str:
        """Its Vietnamese name, as reports show it."""
        return NAMES[self]


NAMES = {
    PageName.HOME: "Trang chủ",
    PageName.SERVICES: "Danh sách thủ tục",
    PageName.SERVICE: "Chi tiết thủ tục",
    PageName.LOOK_UP: "Tra cứu hồ sơ",
    PageName.LOG_IN: "Đăng nhập",
    PageName.GUIDE: "Hướng dẫn",
    PageName.QUESTIONS: "Hỏi đáp",
    PageName.FEEDBACK: "Phản ánh kiến nghị",
    PageName.FIGURES: "Số liệu giải quyết",
    PageName.SITE_MAP: "Sơ đồ cổng",
    PageName.ENGLISH: "Bản tiếng Anh",
}


class LinkFacts(Facts):
    """A link, or a button of header and menu (`address` empty). `visible`: without opening a menu first."""

    text: str
    address: str
    role: str  # link | button
    landmark: str  # header | nav | main | footer | search | aside | dialog | ""
    language: str = ""
    visible: bool = True


class CookieFacts(Facts):
    """A cookie without its value. `lifetime_s` None: it ends with the browser. `opaque`: its value may be a secret.

    `same_site` is what the system set; empty when it left it to the browser.
    """

    name: str
    domain: str
    path: str
    secure: bool
    http_only: bool
    same_site: str  # Strict | Lax | None | ""
    lifetime_s: float | None
    opaque: bool


class ResourceFacts(Facts):
    """One answer that the page caused, itself included. Sizes are None where the browser does not tell them."""

    address: str
    kind: str  # document | script | stylesheet | image | font | xhr | fetch | …
    status: int
    content_type: str
    encoding: str
    cache_control: str
    expires_in_s: float | None  # by the Expires header, from the Date of the answer
    validator: bool  # ETag or Last-Modified
    nosniff: bool
    server: str
    sent_bytes: int | None
    body_bytes: int | None


class ElementFacts(Facts):
    """An element at fault: a selector that leads to it, its opening tag, and in words what is wrong with it."""

    selector: str
    markup: str
    why: str


class RuleFacts(Facts):
    """A rule of axe that did not hold, or was not decided, in one frame; at most 20 of `count` elements are kept.

    `shot`: a picture in which the first element is outlined; empty where none was taken.
    """

    rule: str
    help: str
    impact: str
    tags: tuple[str, ...]
    elements: tuple[ElementFacts, ...]
    count: int
    shot: str = ""


class AxeFacts(Facts):
    """What axe saw in one frame. `decided`: rules decided for at least one element. `error`: it could not run."""

    frame: str
    version: str
    violations: tuple[RuleFacts, ...]
    undecided: tuple[RuleFacts, ...]
    decided: tuple[str, ...]
    error: str = ""


class TagFacts(Facts):
    """The measuring tag as it stands in the page after load.

    `scripts`: addresses of its script in the main frame; `frames`: of other frames that hold it. `queue`: `_govaq`
    exists; `taken_over`: the script has run and replaced the waiting array. `withheld`: it stands in a
    script that does not run until something (a consent box) makes it run. Trackers and site ids as far as the source
    tells them.
    """

    marker: bool
    inline: bool
    scripts: tuple[str, ...]
    queue: bool
    taken_over: bool
    trackers: tuple[str, ...]
    site_ids: tuple[str, ...]
    frames: tuple[str, ...]
    label: str
    label_visible: bool
    withheld: bool = False

    @property
    def present(self) -> bool:
        """True when the main frame carries the tag, in whatever form it was written."""
        return self.inline or bool(self.scripts) or self.queue


class LoadingFigures(Facts):
    """One cold load: the browser's own figures; None where this browser does not measure them.

    `longest_task_ms` is 0 when no task was longer than 50 ms before the page was loaded.
    """

    first_byte_ms: float | None
    first_content_ms: float | None
    largest_content_ms: float | None
    loaded_ms: float | None
    longest_task_ms: float | None


class WidthFacts(Facts):
    """The page at one window width: how wide its content is, the selectors of what sticks out, the first pictured.

    `layout_width`: at which a phone of that width lays the page out before it shrinks it (meta viewport).
    """

    width: int
    content_width: int
    sticking_out: tuple[str, ...]
    shot: str = ""
    layout_width: int | None = None

    @property
    def shrunk(self) -> bool:
        """True for a page that a phone shows as that of a desk, made small."""
        return self.width <= PHONE and (self.layout_width or 0) > self.width + 1


class ForeignFile(Facts):
    """A script or style sheet from another origin, and whether the page pins its content."""

    address: str
    kind: str
    integrity: bool


class PageFacts(Facts):
    """One page, visited once with an empty cache."""

    name: PageName
    viewport: tuple[int, int]
    proof: ProofOfPage
    own: bool  # on the system's own origin
    headers: dict[str, str]  # lower-case names; cookies are in `cookies`
    title: str
    language: str
    charset: str  # the one that the browser used
    declared_charset: str  # by a meta element
    description: str
    robots: str
    referrer: str
    generator: str
    text: str  # at most 40,000 characters
    replaced: int  # characters U+FFFD
    decomposed: tuple[str, ...]  # words that are not in the precomposed form
    headings: tuple[tuple[int, str], ...]
    header: tuple[str, ...]  # visible lines
    header_pictures: int
    footer: tuple[str, ...]
    breadcrumb: tuple[LinkFacts, ...]
    links: tuple[LinkFacts, ...]
    insecure_forms: tuple[str, ...]
    foreign_files: tuple[ForeignFile, ...]
    cookies: tuple[CookieFacts, ...]
    resources: tuple[ResourceFacts, ...]
    blocked: tuple[str, ...]  # requests that failed: address and why
    console: tuple[str, ...]
    axe: tuple[AxeFacts, ...]
    tag: TagFacts
    beacons: tuple[BeaconRecord, ...]
    loading: LoadingFigures
    widths: tuple[WidthFacts, ...]
    shot: str
    answers: AnswersSeen = AnswersSeen()
    forms: tuple[FormFacts, ...] = ()
    post_forms: tuple[str, ...] = ()  # addresses of forms that send what is typed by POST, log-in aside
    globals: tuple[GlobalFacts, ...] = ()
    template: tuple[int, ...] = ()  # what the page is built of, as templates.py tells

    @property
    def address(self) -> str:
        """Where the visit ended, without a fragment that only marks a place in the page."""
        return self.proof.address

    @property
    def secure(self) -> bool:
        """True when the page came over HTTPS."""
        return urlsplit(self.address).scheme == "https"

    @property
    def judged(self) -> bool:
        """True when a verdict about the system may rest on it."""
        return self.own and self.proof.kind is PageKind.PAGE


class PageVisit(Facts):
    """The visit of one page of the set. `page` is None when no way led to it; `looked_for` says by which words."""

    name: PageName
    way: str
    looked_for: tuple[str, ...]
    page: PageFacts | None


class RobotsFacts(Facts):
    """The answer of /robots.txt. `status` None: no answer."""

    address: str
    status: int | None
    content_type: str
    text: str
