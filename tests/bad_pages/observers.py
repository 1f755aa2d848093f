"""The observers of a page as a table, each a plain entry that takes a page which is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

from toantrinh.observations.journey import StepName
from toantrinh.observations.site import PageName
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.asking.patience import within
from toantrinh.observers.crawl.links import links_of
from toantrinh.observers.screen_reader.reading import reading_of
from toantrinh.observers.sight.colours import colours_of
from toantrinh.observers.sight.geometry import geometry_of
from toantrinh.observers.sight.motion import motion_of
from toantrinh.observers.site import pages, tag
from toantrinh.observers.site.axe import axe_of
from toantrinh.observers.site.looks import KEYBOARD, Occasion
from toantrinh.observers.site.translation import translation_of
from toantrinh.observers.touring.states import announced, state_of
from toantrinh.store import Attachments


def page_facts_of(page: Page, _: Attachments) -> dict[str, Any]:
    """What a visit asks of the page's document."""

    def look() -> dict[str, Any]:
        facts = ask(page, pages.PAGE_FACTS)
        figures = ask(page, pages.LOADING)["figures"]
        return {
            **facts,
            "tag": tag.tag_of(page),
            "figures": sorted(n for n, value in figures.items() if value is not None),
        }

    return within(page, pages.LOOK_S, "xem trang", look)


def axe_alone(page: Page, attachments: Attachments) -> Any:
    """axe's rules, without the addresses of frames; within the limit of the visit that asks for them."""
    found = within(page, pages.LOOK_S, "xem trang", lambda: axe_of(page, attachments))
    return [(one.error, one.violations, one.undecided, one.decided) for one in found]


OBSERVERS: Mapping[str, Callable[[Page, Attachments], Any]] = {
    "page-facts": page_facts_of,
    "axe": axe_alone,
    "reading": lambda page, attachments: reading_of(page, attachments),
    "translation": lambda page, _: translation_of(page),
    "links": lambda page, _: links_of(page),
    "geometry": lambda page, attachments: geometry_of(page, attachments),
    "colours": lambda page, attachments: colours_of(page, attachments.save),
    "motion": lambda page, attachments: motion_of(page, attachments).model_copy(update={"watched_ms": 0}),
    "state": lambda page, attachments: state_of(page, "Trạng thái", StepName.FORM, attachments),
    "announced": lambda page, _: announced(page),
    "keyboard": lambda page, attachments: KEYBOARD.at(page, Occasion(PageName.HOME, attachments)),
}
