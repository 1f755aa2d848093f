"""2.2 Điều hướng."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.links import LinksRecord
from fixtures.pages import SiteRecord
from suites.layout.site_frame import menu_of
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial
from toantrinh.observations.journey import Journey, StepName
from toantrinh.observations.links import LinkState, LinkTarget
from toantrinh.observations.site import PageFacts, PageName
from toantrinh.observers.comparing import pattern_of, place_of
from toantrinh.ownership import at_home
from toantrinh.verdicts import Evidence

ENTRIES = {
    "thủ tục hoặc dịch vụ công": ("service-list",),
    "tra cứu hồ sơ": ("look-up",),
    "phản ánh kiến nghị": ("feedback",),
    "hỗ trợ": ("support", "guide", "questions"),
    "đăng nhập": ("log-in",),
}
LEAST = 45
MOST_PRESSES = 3
LEAST_LINKS = 10
MOST_NAMED = 6


@check("layout.menu-entries")
def test_menu_entries(site: SiteRecord) -> None:
    """Menu dẫn tới thủ tục hoặc dịch vụ công, tra cứu hồ sơ, phản ánh kiến nghị, hỗ trợ và đăng nhập."""
    page, lexicon = site.page(PageName.HOME), load_lexicon(site.system.labels)
    menu = menu_of(page, site.vietnamese())
    site.look_at([page])
    gone = [
        entry
        for entry, intents in ENTRIES.items()
        if not any(lexicon[intent].nearness(link.text) >= LEAST for intent in intents for link in menu)
    ]
    if not gone:
        return
    expected, seen = ", ".join(ENTRIES), ", ".join(f"“{link.text}”" for link in menu if link.text)[:400]
    message = f"menu không có mục {', '.join(gone)}"
    if not site.verified or len(gone) == len(ENTRIES):
        site.missing(message, expected=expected, seen=seen or "không có menu", where=page.address)
    partial(1 - len(gone) / len(ENTRIES), message, Grounds(expected=expected, seen=seen, where=page.address))


@check("layout.breadcrumb")
def test_breadcrumb(site: SiteRecord) -> None:
    """Mỗi trang bên trong có đường dẫn vị trí, các mục cha bấm được."""

    def fault(page: PageFacts) -> str:
        parents = [link for link in page.breadcrumb if at_home(link.address, page.address)]
        return "" if parents else "không có đường dẫn vị trí với mục cha bấm được"

    pages = site.vietnamese(without=[PageName.HOME, PageName.LOG_IN])
    if not site.verified and not any(page.breadcrumb for page in pages):
        expected = "đường dẫn vị trí trên mỗi trang bên trong"
        site.missing("không thấy đường dẫn vị trí ở trang nào", expected=expected, where=pages[0].address)
    site.each(pages, fault, expected="đường dẫn vị trí có mục cha bấm được")


@check("layout.no-dead-end")
def test_no_dead_end(site: SiteRecord) -> None:
    """Từ mọi trang có liên kết trở về trang chủ hoặc mục cha."""
    home = site.page(PageName.HOME).address

    def fault(page: PageFacts) -> str:
        def is_own(address: str) -> bool:  # a page may stay at plain HTTP, and so do its links
            return at_home(address, home) or at_home(address, page.address)

        others = [a for link in page.links if is_own(a := link.address) and a.split("#")[0] != page.address]
        return "" if others else "không có liên kết nào tới trang khác của cổng"

    site.each(site.pages(without=[PageName.HOME]), fault, expected="liên kết về trang chủ hoặc mục cha")


@check("layout.three-clicks")
def test_three_clicks(journey: JourneyRecord, links: LinksRecord) -> None:
    """Từ trang chủ tới biểu mẫu của dịch vụ không quá ba lần bấm, không kể đăng nhập."""
    journey.need_seen(StepName.FORM)
    ways = ways_to_the_form(journey.journey, links)
    presses, way = min(ways)
    if presses <= MOST_PRESSES:
        return
    journey.at(StepName.SEARCH, StepName.DETAIL)
    grounds = Grounds(
        expected=f"không quá {MOST_PRESSES} lần bấm",
        seen="; ".join(f"{count} lần bấm {by}" for count, by in sorted(ways)),
        where=f"{links.home} → {journey.journey.step(StepName.DETAIL).address}",
        identity="presses-to-the-form",
    )
    message = f"đường ngắn nhất đã thấy tới biểu mẫu mất {presses} lần bấm ({way})"
    # A shorter way may begin at a page that was not read, or at a button that is no link.
    if journey.verified and links.walk.depth_whole >= MOST_PRESSES - 1:
        fail(message, grounds)
    needs_review(message, grounds)


def ways_to_the_form(journey: Journey, links: LinksRecord) -> list[tuple[int, str]]:
    """The least presses from the home page to the service's form, by each way there is: by search and by links."""
    search, form = journey.step(StepName.SEARCH), journey.step(StepName.FORM)
    seen = list(dict.fromkeys(place_of(proof.address) for proof in form.proof))
    first = place_of(journey.form[0].address) if journey.form else ""
    between = seen.index(first) if first in seen else 0  # pages between the apply button and the form
    # The search page that had to be opened first is one press more; to search and to open the result are two.
    ways = [(max(len(search.proof), 1) + 1 + 1 + between, "qua ô tìm kiếm")]
    asked = [request.address for request in form.requests if request.kind == "document" and request.method == "GET"]
    detail, begin = place_of(journey.step(StepName.DETAIL).address), place_of(asked[0]) if asked else ""
    for page in links.walk.pages:
        if page.presses is None:
            continue
        if page.address == detail:
            ways.append((page.presses + 1 + between, "theo liên kết tới trang thủ tục"))
        elif detail in page.links:
            ways.append((page.presses + 2 + between, f"theo liên kết ở {page.address}"))
        if begin and begin in page.links:
            ways.append((page.presses + 1 + between, f"theo liên kết ở {page.address}"))
    return ways


@check("layout.no-broken-link")
def test_no_broken_link(links: LinksRecord) -> None:
    """Mọi liên kết nội bộ đã đi qua trả về đúng trang hoặc tệp, và tới đúng chỗ trong trang."""
    walk = links.walk
    broken = [target for target in walk.targets if target.state in (LinkState.BROKEN, LinkState.NO_ANCHOR)]
    sound = [target for target in walk.targets if target.state is LinkState.SOUND]
    unsure = [target for target in walk.targets if target.state is LinkState.UNSURE]
    expected = f"{len(walk.targets)} địa chỉ đã hỏi (hạt giống {walk.seed}) đều trả về trang hoặc tệp"
    if broken:
        links.evidence[:0] = _pictures(broken, "Liên kết hỏng")
        grounds = Grounds(
            expected=expected,
            seen="; ".join(said_of(broken)),
            where="; ".join(f"{one.page} – {one.selector}" for target in broken for one in target.sources[:1])[:600],
            identity=", ".join(sorted({pattern_of(target.address) for target in broken}))[:200],
        )
        message = f"{len(broken)}/{len(walk.targets)} liên kết hỏng: {'; '.join(said_of(broken)[:MOST_NAMED])}"
        faulty = {source.page for target in broken for source in target.sources}
        pages = {page.address for page in walk.pages} | faulty
        if len(faulty) == len(pages) or any(2 * target.count > len(pages) for target in broken):
            fail(message, grounds)
        partial(1 - len(faulty) / len(pages), message, grounds)
    if unsure:
        links.evidence[:0] = _pictures(unsure, "Liên kết cần người xem")
        where = "; ".join(f"{one.page} – {one.selector}" for target in unsure for one in target.sources[:1])[:600]
        grounds = Grounds(expected=expected, seen="; ".join(said_of(unsure)), where=where)
        needs_review(f"{len(unsure)} liên kết cần người xem: {'; '.join(said_of(unsure)[:MOST_NAMED])}", grounds)
    if len(sound) < LEAST_LINKS and (walk.ended or walk.left or len(sound) < len(walk.targets)):
        unheard = next((target.why for target in walk.targets if target.state is LinkState.UNHEARD), "")
        why = walk.ended or unheard or "phần lớn liên kết không được phép hỏi"
        not_tested(f"chỉ đi qua được {len(sound)} liên kết: {why}", Grounds(expected=expected, where=links.home))


def _pictures(targets: list[LinkTarget], title: str) -> list[Evidence]:
    return [Evidence(path=one.shot, title=f"{title}: {one.address}"[:200]) for one in targets if one.shot]


def said_of(targets: list[LinkTarget]) -> list[str]:
    """Addresses of one template that fail alike are said once, with the links that lead there."""
    alike: dict[tuple[str, int | None, str], list[LinkTarget]] = {}
    for target in targets:
        alike.setdefault((pattern_of(target.address), target.status, target.why), []).append(target)
    said = []
    for (_, status, why), group in alike.items():
        one = group[0]
        words = f" (“{one.sources[0].text}” ở {one.sources[0].page})" if one.sources else ""
        more = f" và {len(group) - 1} địa chỉ cùng loại" if len(group) > 1 else ""
        pages = f", ở {one.count} trang" if one.count > 1 else ""
        said.append(f"{one.address}{more}{words}{pages}: {why or f'trả {status}'}")
    return said
