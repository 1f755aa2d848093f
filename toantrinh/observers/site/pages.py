"""Visits each page of the set once, with an empty cache, and keeps everything that the suites ask about it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from toantrinh.driver.eyes import View
from toantrinh.driver.fetching import fetch
from toantrinh.driver.hands import Hands
from toantrinh.driver.http_answers import AnswerBook
from toantrinh.driver.known_people import marks_of
from toantrinh.driver.lexicon import Lexicon, load_lexicon
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.driver.watch import Watch
from toantrinh.journey.equipment import PLAIN, VIEWPORT, Equipment, context_of
from toantrinh.observations.page import PageKind
from toantrinh.observations.page_parts import FormFacts
from toantrinh.observations.site import (
    ForeignFile,
    LinkFacts,
    LoadingFigures,
    PageFacts,
    PageName,
    PageVisit,
    RobotsFacts,
)
from toantrinh.observers.asking.meanwhile import Meanwhile
from toantrinh.observers.asking.page_world import World, ask
from toantrinh.observers.asking.patience import BORN, WentAway, born_of, within
from toantrinh.observers.pictures.camera import Camera
from toantrinh.observers.site.axe import axe_of, prepare
from toantrinh.observers.site.page_globals import globals_of
from toantrinh.observers.site.tag import tag_of, written_tag
from toantrinh.observers.site.templates import template_of
from toantrinh.observers.site.traffic import cookies_of
from toantrinh.observers.site.visiting import Go, Opened, Stay, opening, proved_anew
from toantrinh.observers.site.wayfinding import INTENTS, address_of
from toantrinh.observers.site.widths import widths_of
from toantrinh.ownership import at_home, left_to_http
from toantrinh.redaction import is_token
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
PAGE_FACTS = (HERE / "page_facts.js").read_text(encoding="utf-8")
LOADING = (HERE / "loading.js").read_text(encoding="utf-8")
BORN_AND_LOADING = f"async () => [({BORN})(), await (\n{LOADING})()]"
LOOK_S = 120.0  # for all that is asked of one page
BEACON_WAIT_MS = 2_500
SHOT_QUALITY = 70
SIZE = """() => {
  const page = document.documentElement;
  return [Math.max(page.scrollWidth, innerWidth), Math.max(page.scrollHeight, innerHeight), innerHeight,
    devicePixelRatio];
}"""
TALLEST_SHOT = 6_000  # CSS pixels; a longer page is pictured as far as the window goes


def page_key(name: PageName, width: int = VIEWPORT[0]) -> str:
    """The key of a page's observation, such as `site/home@1366`."""
    return f"site/{name}@{width}"


def observe_visit(
    browser: Browser,
    system: System,
    name: PageName,
    seen: Callable[[PageName], PageFacts | None],
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    stay: Stay | None = None,
) -> PageVisit:
    """Finds the page (`seen` gives the pages visited before) and visits it; `stay` keeps it open for further looks.

    Raises NotObserved when nothing answers.
    """
    lexicon = load_lexicon(system.labels)
    found = address_of(name, system, lexicon, seen)
    looked_for = lexicon[INTENTS[name]].words if name in INTENTS else ()
    if found:
        address, way = found
        go = _to(address)
        page = visit(browser, system, name, go, attachments, equipment=equipment, stay=stay)
        return PageVisit(name=name, way=way, looked_for=looked_for, page=page)
    home = seen(PageName.HOME)
    if home is None and name is not PageName.HOME:
        raise NotObserved(Outcome.NOT_TESTED, "không xem được trang chủ nên không tìm được đường tới trang này")
    button = _button(home, INTENTS[name], lexicon) if home and name in INTENTS else None
    if home and button:
        go = _pressing(system, INTENTS[name], lexicon)
        page = visit(browser, system, name, go, attachments, equipment=equipment, stay=stay)
        if page.address != home.address:
            return PageVisit(name=name, way=f"nút “{button.text}” ở trang chủ", looked_for=looked_for, page=page)
    return PageVisit(name=name, way="", looked_for=looked_for, page=None)


def _button(home: PageFacts, intent: str, lexicon: Lexicon) -> LinkFacts | None:
    """A button of the home page, or a link without an address of its own, that names the intent."""
    return next(
        (
            link
            for link in home.links
            if link.visible and not link.address.startswith("http") and lexicon[intent].nearness(link.text) >= 60
        ),
        None,
    )


def _to(address: str) -> Go:
    return lambda hands: hands.go(address)


def _pressing(system: System, intent: str, lexicon: Lexicon) -> Go:
    def go(hands: Hands) -> View:
        view = hands.go(urljoin(system.base_url + "/", system.paths.get("home", "")))
        control = view.best(lexicon[intent], least=60)
        return hands.press(view, control) if control else view

    return go


def visit(
    browser: Browser,
    system: System,
    name: PageName,
    go: Go,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    stay: Stay | None = None,
) -> PageFacts:
    """One visit in a fresh context, which `stay` keeps open until it ends itself.

    Raises NotObserved when nothing answers; a page that proves wrong is kept, too.
    """

    answers = AnswerBook(OwnHosts.of(system), marks_of(system))

    def look(opened: Opened) -> PageFacts:
        doing = f"xem {name.vietnamese.lower()}"
        seen = within(
            opened.page, LOOK_S, doing, lambda: _look(opened, system, name, attachments, equipment), again=False
        )
        answers.close(opened.watch.context, opened.page, name)
        return seen.model_copy(update={"answers": answers.record()})

    def listen(page: Page) -> None:
        answers.listen(page.context)

    with ExitStack() as own:
        way = opening(browser, system, name, go, equipment=equipment, prepare=listen)
        opened = (own if stay is None else stay).enter_context(way)
        try:
            facts = look(opened)
        except WentAway:
            opened = proved_anew(opened, system, name)
            facts = look(opened)
        if stay is not None:
            stay.opened = opened
        return facts


def _look(opened: Opened, system: System, name: PageName, attachments: Attachments, equipment: Equipment) -> PageFacts:
    """Everything about the page that is open. Raises WentAway when another document has taken its place; playwright's
    Error, too, in whose midst it did.
    """
    page, watch, traffic, proof = opened.page, opened.watch, opened.traffic, opened.proof
    world = World(page)
    born, loading = world.answer(BORN_AND_LOADING)
    _await_beacons(page, watch)
    facts: dict[str, Any] = world.answer(PAGE_FACTS)
    usable = proof.kind is PageKind.PAGE
    ready = Meanwhile(lambda: prepare(page)) if usable else None
    shot = picture_of(page, attachments, f"{name}.jpg")
    if ready:
        ready.wait()  # what kept axe away, axe_of will meet, too
    seen = PageFacts(
        name=name,
        viewport=equipment.viewport,
        proof=proof,
        own=at_home(proof.address, system.base_url) or left_to_http(proof.address, system.base_url),
        template=template_of(page) if usable else (),
        headers=traffic.document_headers(proof.address),
        axe=axe_of(page, attachments) if usable else (),
        tag=tag_of(page),
        globals=globals_of(page),
        loading=LoadingFigures(**loading["figures"]),
        cookies=cookies_of(watch.context, proof.address, traffic.same_site()),
        shot=shot,
        widths=widths_of(page, attachments, f"{name}-be-rong") if usable and equipment.viewport == VIEWPORT else (),
        beacons=watch.beacons(),
        resources=traffic.resources({address: tuple(pair) for address, pair in loading["sizes"].items()}),
        blocked=traffic.blocked(),
        console=tuple(traffic.console[:50]),
        **_shaped(facts),
    )
    if born_of(page) != born:  # not all of it was asked of one document
        raise WentAway(Outcome.NOT_TESTED, f"trang tự chuyển đi hoặc tải lại trong khi xem {name.vietnamese.lower()}")
    return seen


def observe_robots(browser: Browser, system: System) -> RobotsFacts:
    """The system's robots.txt, as a search engine would fetch it."""
    address = urljoin(system.base_url + "/", "/robots.txt")
    context = context_of(browser, system)
    try:
        got = fetch(context, address, system.allowed_hosts)
        text = got.content[:200_000].decode("utf-8", "replace")
        return RobotsFacts(address=address, status=got.status, content_type=got.kind, text=text)
    finally:
        context.close()


def _await_beacons(page: Page, watch: Watch) -> None:
    """Gives a page with a measuring tag time to send: the tag's script is asynchronous. Ends with the first beacon."""
    tag = written_tag(page)
    if not (tag["inline"] or tag["scripts"] or tag["queue"]):
        return
    for address in tag["scripts"]:
        # The tracker stands beside its script, also where the source hides its address in a variable.
        watch.trackers.add(f"{'://'.join(urlsplit(address)[:2])}/tracking")
    for _ in range(BEACON_WAIT_MS // 50):
        if watch.beacons():
            return
        page.wait_for_timeout(50)


def picture_of(page: Page, attachments: Attachments, name: str) -> str:
    """The path of a picture of the page, kept as `name`; empty when none can be taken."""
    from playwright.sync_api import Error

    try:
        width, height, window, pixels = ask(page, SIZE)
        box = (0, 0, width, height if height <= TALLEST_SHOT else window)
        picture = Camera(page, pixels).picture_at(box, quality=SHOT_QUALITY)
    except (Error, RuntimeError):
        return ""
    return attachments.save(name, picture)


def _shaped(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "decomposed": tuple(facts["decomposed"]),
        "headings": tuple((level, text) for level, text in facts["headings"]),
        "header": tuple(facts["header"]),
        "footer": tuple(facts["footer"]),
        "breadcrumb": tuple(LinkFacts(**link) for link in facts["breadcrumb"]),
        "links": tuple(LinkFacts(**link) for link in facts["links"]),
        "insecure_forms": tuple(facts["insecure_forms"]),
        "forms": tuple(
            FormFacts(
                address=form["address"],
                fields=tuple((name, kind, "" if is_token(name) else value) for name, kind, value in form["fields"]),
            )
            for form in facts["forms"]
        ),
        "post_forms": tuple(facts["post_forms"]),
        "foreign_files": tuple(ForeignFile(**file) for file in facts["foreign_files"]),
    }
