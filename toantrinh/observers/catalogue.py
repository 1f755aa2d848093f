"""Observes the published list of services: searching it in several ways, narrowing it, paging through it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toantrinh.driver.answers import Answerer, is_empty_option
from toantrinh.driver.dropdowns import choose_drawn, options_of
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey import discovery
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.catalogue import CatalogueFacts, FilterTry, PagingTry, SearchTry, SearchVariants
from toantrinh.observations.journey import Reach, StepName
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NONSENSE = "zzqxvk wjfhg"
FILTERS = ("filter-audience", "filter-field", "filter-level", "filter-agency")
TOTAL = re.compile(r"(?<![\d.])(\d{1,6})\s*(?:thu tuc|ket qua|dich vu|ban ghi)")


def observe_variants(browser: Browser, system: System, service: Service, attachments: Attachments) -> SearchVariants:
    """Looks for a service by its name without diacritics and by its code, each from the home page."""
    with travelling(browser, system, service, attachments) as who:
        try:
            return SearchVariants(
                without_diacritics=_try(who, fold(service.search_words), "khong-dau"),
                by_code=_try(who, service.code, "theo-ma"),
            )
        except (StepEnded, CannotAct) as end:
            raise not_observed(end) from end


def observe_catalogue(browser: Browser, system: System, attachments: Attachments) -> CatalogueFacts:
    """Looks at the whole list: rows, levels, filters, paging; and searches for something that does not exist."""
    if not system.services:
        raise NotObserved(Outcome.NOT_TESTED, "tệp hệ thống không nêu dịch vụ nào (services)")
    with travelling(browser, system, system.services[0], attachments) as who:
        try:
            nothing = _try(who, NONSENSE, "khong-co")
            view = discovery.whole_list(who)
            proof = who.book.see(view)
            rows = discovery.result_links(view)
            who.book.shot("Danh sách thủ tục")
            filters = tuple(found for intent in FILTERS if (found := filter_by(who, intent)) is not None)
            return CatalogueFacts(
                address=view.address,
                total=total_in(view),
                rows=tuple(link.name for link in rows),
                rows_with_level=sum(bool(discovery.level_in(link.row)) for link in rows),
                levels_offered=_levels(who),
                filters=filters,
                paging=_paging(who),
                nothing=nothing,
                shots=tuple(shot.path for step in who.book.steps() for shot in step.shots),
                proof=proof,
            )
        except (StepEnded, CannotAct) as end:
            raise not_observed(end) from end


def not_observed(end: Exception) -> NotObserved:
    """Why an observation could not be made, as an outcome: what was refused to us is never a tool error."""
    if isinstance(end, StepEnded) and end.reach is not Reach.TOOL_ERROR:
        return NotObserved(Outcome.NOT_TESTED, end.why)
    return NotObserved(Outcome.TOOL_ERROR, str(end))


def total_in(view: View) -> int | None:
    """The number of services that the page states, such as "Tìm thấy 24 thủ tục"."""
    found = TOTAL.search(fold(view.main).replace(" 000", "000"))
    return int(found.group(1)) if found else None


def _try(who: Traveller, query: str, name: str) -> SearchTry:
    who.book.begin(StepName.SEARCH)
    view = who.go(who.path("home") or "")
    who.book.see(view)
    box = discovery.search_box(who, view)
    if box is None:
        raise StepEnded(Reach.ABSENT, "không thấy ô tìm kiếm ở trang chủ")
    found = discovery.ask(who, view, box, query)
    proof = who.book.see(found)
    who.book.shot(query)
    said = next((line.strip() for line in found.main.split(". ") if who.lexicon.says("nothing-found", line)), "")
    results = discovery.result_links(found)
    return SearchTry(
        query=query,
        results=tuple(r.name for r in results[:20]),
        rank=discovery.rank_of(who, results, found.address),
        total=total_in(found),
        said=said[:200],
        proof=proof,
        shot=_last_shot(who),
    )


def _last_shot(who: Traveller) -> str:
    return who.attachments.saved[-1] if who.attachments.saved else ""


def _count(view: View) -> int:
    total = total_in(view)
    return total if total is not None else len(discovery.result_links(view))


def filter_by(who: Traveller, intent: str) -> FilterTry | None:
    """Narrows the whole list by the last choice of a filter, and stays there; None where there is no such filter."""
    view = discovery.whole_list(who)
    box = view.best(
        who.lexicon[intent],
        roles=("combobox",),
        where=lambda c: (c.tag == "select" or c.widget == "dropdown") and c.landmark not in ("header", "footer"),
        least=45,
    )
    if box is None:
        return _filter_by_choice(who, view, intent)
    if box.widget == "dropdown":
        return _filter_by_drawn(who, view, intent, box)
    options = [(value, text) for value, text, enabled in box.options if enabled and not is_empty_option(value, text)]
    if not options:
        return None
    before = _count(view)
    value, text = options[-1]
    who.hands.choose(view, box, value)
    after = who.hands.settle()
    if after.address == view.address and (button := _apply_button(who, after, box)):
        after = who.press(after, button)
    who.book.see(after)
    return FilterTry(intent=intent, label=box.label, option=text, before=before, after=_count(after))


def _filter_by_drawn(who: Traveller, view: View, intent: str, box: Control) -> FilterTry | None:
    """A filter that its authors drew: the last of what it offers is chosen."""
    texts = options_of(who.hands, view, box)
    if not texts:
        return None
    before = _count(view)
    chosen = choose_drawn(who.hands, view, box, Answerer(who.persona, {box.label: texts[-1]}))
    if chosen is None:
        return None
    option, after = chosen
    if after.address == view.address and (button := _apply_button(who, after, box)):
        after = who.press(after, button)
    who.book.see(after)
    return FilterTry(intent=intent, label=box.label, option=option, before=before, after=_count(after))


def _filter_by_choice(who: Traveller, view: View, intent: str) -> FilterTry | None:
    """A filter drawn as check boxes, radio buttons or links in a group with the filter's name."""
    word = who.lexicon[intent]
    group = [
        c
        for c in view.controls
        if word.nearness(c.group) >= 45 and c.role in ("checkbox", "radio", "link") and not c.checked
    ]
    if not group:
        return None
    choice, before = group[-1], _count(view)
    if choice.role == "link":
        after = who.press(view, choice)
    else:
        who.hands.tick(view, choice)
        after = who.hands.settle()
        if after.address == view.address and (button := _apply_button(who, after, choice)):
            after = who.press(after, button)
    who.book.see(after)
    return FilterTry(intent=intent, label=choice.group, option=choice.label, before=before, after=_count(after))


def _apply_button(who: Traveller, view: View, field: Control) -> Control | None:
    return view.best(
        who.lexicon["filter-apply"], roles=("button",), where=lambda c: c.form == field.form and c.form >= 0, least=40
    )


def _paging(who: Traveller) -> PagingTry | None:
    view = discovery.whole_list(who)
    turned = discovery.turn_page(who, view)
    if turned is None:
        return None
    control, after = turned
    first, second = (tuple(link.name for link in discovery.result_links(one)) for one in (view, after))
    return PagingTry(control=control.label, first=first, second=second)


def _levels(who: Traveller) -> tuple[str, ...]:
    """The levels by which the list can be counted: options of the level filter, or level words with a number beside."""
    view = discovery.whole_list(who)
    word = who.lexicon["filter-level"]
    drawn = view.best(word, roles=("combobox",), where=lambda c: c.widget == "dropdown", least=45)
    if drawn:
        return tuple(options_of(who.hands, view, drawn))
    box = view.best(word, roles=("combobox",), where=lambda c: c.tag == "select", least=45)
    if box:
        return tuple(text for value, text, _ in box.options if not is_empty_option(value, text))
    named = [c.label for c in view.controls if word.nearness(c.group) >= 45 or discovery.level_in(c.label)]
    return tuple(dict.fromkeys(label for label in named if discovery.level_in(label)))
