"""The first visit of a portal, page by page, by the words and roles that a citizen goes by."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toantrinh.address import probe_address
from toantrinh.driver.eyes import View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import discovery
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.tracking import ROLES, code_box
from toantrinh.mistakes import UserMistake
from toantrinh.observations.site import LinkFacts, PageName
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.site.pages import PAGE_FACTS
from toantrinh.observers.site.tag import written_tag
from toantrinh.observers.site.wayfinding import INTENTS, Linked, best_link
from toantrinh.probing.door import log_in_seen
from toantrinh.probing.found import LogInSeen, PortalSeen, TagSeen, Way
from toantrinh.probing.offers import Offers, find_services
from toantrinh.probing.official import read_official
from toantrinh.probing.platform_signs import guess_platform
from toantrinh.probing.read_only import redirections, same_place
from toantrinh.probing.scout import Scout, is_sick
from toantrinh.probing.stranger import NO_SERVICE, system_at
from toantrinh.store import Attachments
from toantrinh.system_model import address

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LINKED = (
    PageName.GUIDE, PageName.QUESTIONS, PageName.FEEDBACK, PageName.FIGURES, PageName.SITE_MAP, PageName.ENGLISH,
)  # fmt: skip
ANSWER_S = 10.0
OTHERS = ("notices", "my-dossiers", "document-store")


def base_of(given: str) -> str:
    """The base address that a person meant: without path's end, question and fragment; `https` when none is said.

    Raises UserMistake when it is no address.
    """
    bare = given.strip().split("#")[0].split("?")[0]
    if any(letter.isspace() for letter in bare):
        raise UserMistake(f"expected an address without spaces, found {given!r}", "ADDRESS")
    try:
        return address(bare if "://" in bare else f"https://{bare}")
    except ValueError as error:
        raise UserMistake(str(error), "ADDRESS") from None


def ask_address(base_url: str) -> None:
    """Raises UserMistake, saying in which way, when nobody answers there or with an error page."""
    answer = probe_address(base_url, timeout_s=ANSWER_S)
    if answer.kind == "error-page" or not answer.is_up:
        raise UserMistake(f"{answer}.", base_url, "Check the address and the network.")
    if answer.kind == "certificate" and not system_at(base_url).is_loopback:
        raise UserMistake(f"{answer}.", base_url, "No citizen's browser opens it, and neither do we.")


def probe_portal(browser: Browser, base_url: str, *, say: Callable[[str], None] = lambda words: None) -> PortalSeen:
    """What the portal at an address shows to somebody who only reads. `say` hears what is being looked at.

    Raises UserMistake when it answers with an error or a block page, or leads to another host.
    """
    started = time.perf_counter()
    base_url = _landing(browser, base_url)
    with (
        tempfile.TemporaryDirectory() as scratch,
        travelling(browser, system_at(base_url), NO_SERVICE, Attachments(Path(scratch), "probe", str)) as who,
    ):
        seen = _visit(Scout(who, say))
    return seen.model_copy(update={"seconds": round(time.perf_counter() - started, 1)})


def _landing(browser: Browser, base_url: str) -> str:
    """The base address after redirects inside its host. Raises UserMistake when it leads to another host."""
    from playwright.sync_api import Error

    context = browser.new_context(ignore_https_errors=system_at(base_url).is_loopback)
    try:
        way = redirections(context, base_url + "/", base_url)
    except Error as error:
        raise UserMistake(first_line(error), base_url, "Check the address and the network.") from None
    finally:
        context.close()
    if not same_place(way[-1], base_url):
        there = way[-1].split("?")[0]
        raise UserMistake(
            f"it leads to another host: {there}.", base_url, "If the portal is there, probe that address."
        )
    secured = urlsplit(way[-1]).scheme != urlsplit(base_url).scheme
    return "://".join(urlsplit(way[-1])[:2]) if secured else base_url


def _visit(scout: Scout) -> PortalSeen:
    who = scout.who
    home = _home(scout)
    facts = ask(who.hands.page, PAGE_FACTS)
    linked = Linked(home.address, tuple(LinkFacts(**link) for link in facts["links"]))
    scout.addresses += [link.address for link in linked.links]
    official, tag, box = read_official(facts), _tag(scout), discovery.search_box(who, home)
    others = tuple(scout.way(intent, who.find(home, intent, least=60)) for intent in OTHERS)
    nothing: Offers = (Way(intent="service-list"), None, ())
    services_at, total, services = scout.look_for(
        "danh sách thủ tục", lambda: find_services(scout, scout.home()), nothing
    )
    look_up, code_field, captcha = scout.look_for(
        "tra cứu hồ sơ", lambda: _look_up(scout, linked), (_linked(linked, PageName.LOOK_UP, scout), "", False)
    )
    log_in = scout.look_for("đăng nhập", lambda: log_in_seen(scout), LogInSeen(way=Way(intent="log-in")))
    needed, measuring = scout.foreign_hosts()
    return PortalSeen(
        base_url=scout.base_url,
        name=official.name or urlsplit(scout.base_url).netloc,
        kind=official.kind,
        owner=official.owner,
        hotline=official.hotline,
        search_field=box.label if box else "",
        pages=(look_up, *others, *(_linked(linked, name, scout) for name in LINKED)),
        services_at=services_at,
        total=total,
        services=services,
        log_in=log_in,
        code_field=code_field,
        look_up_captcha=captcha,
        tag=tag,
        platform=guess_platform(urlsplit(scout.base_url).hostname or "", scout.addresses, scout.markup),
        needed_hosts=needed,
        other_hosts=measuring,
        stopped=scout.stopped(tag.collectors),
        unseen=tuple(scout.unseen),
        seconds=0,
    )


def _home(scout: Scout) -> View:
    """The home page. Raises UserMistake when it is none that could be looked at."""
    try:
        view = scout.who.go("")
    except (StepEnded, CannotAct) as end:
        raise UserMistake(f"its home page does not open ({end}).", scout.base_url, "Try again later.") from None
    proof = scout.proof(view)
    if is_sick(proof.kind):
        raise UserMistake(
            f"its home page is of the kind “{proof.kind}”: {proof.why}.", scout.base_url, "Try again later."
        )
    return scout.keep(view, log_in_expected=True)


def _linked(linked: Linked, name: PageName, scout: Scout) -> Way:
    link = best_link(linked, name, scout.who.lexicon)
    intent = INTENTS[name]
    return Way(intent=intent, address=link.address, by=link.text) if link else Way(intent=intent)


def _tag(scout: Scout) -> TagSeen:
    """The measuring tag of the page in sight; the hosts are those that it names, not ones that were asked."""
    facts = written_tag(scout.who.hands.page)
    named = [*facts["trackers"], *facts["scripts"]]
    return TagSeen(
        present=bool(facts["inline"] or facts["scripts"] or facts["queue"]),
        site_ids=tuple(facts["site_ids"]),
        collectors=tuple(dict.fromkeys(urlsplit(one).netloc for one in named if urlsplit(one).netloc)),
        label=facts["label"],
    )


def _look_up(scout: Scout, linked: Linked) -> tuple[Way, str, bool]:
    """(the way there, the label of the field for the dossier code, whether a captcha stands beside it)."""
    who = scout.who
    way = _linked(linked, PageName.LOOK_UP, scout)
    if way.found:
        view = scout.go(way.address)
    else:
        home = scout.home()
        control = who.find(home, "look-up")
        view, way = (scout.press(home, control), scout.way("look-up", control)) if control else (home, way)
    box = code_box(who, view)
    captcha = view.best(who.lexicon["captcha"], roles=ROLES, least=50)
    return way, box.label.removesuffix("()").strip() if box else "", captcha is not None
