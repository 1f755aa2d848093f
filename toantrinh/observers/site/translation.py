"""Tells in which language the text of a page is written, by the text itself (py3langid: offline, always the same)."""

from __future__ import annotations

import random
import re
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.endings import Unreached
from toantrinh.driver.hands import Hands
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.proof import prove
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import CannotAct
from toantrinh.journey.equipment import context_of
from toantrinh.observations.site import PageFacts
from toantrinh.observations.translation import PageTranslation, TextBlock, Translation
from toantrinh.observers.asking.page_world import ask
from toantrinh.observers.asking.patience import within
from toantrinh.observers.site.pages import picture_of
from toantrinh.observers.site.visiting import outcome_of
from toantrinh.ownership import at_home
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BLOCKS = (Path(__file__).parent / "translation.js").read_text(encoding="utf-8")
VIETNAMESE, ENGLISH = "vi", "en"
LOOK_S = 30.0
LEAST_LETTERS, LEAST_WORDS = 12, 3  # a shorter text tells no language
SURE = 0.9
NAMED = 0.8  # so many of the words begin with a capital: a name or an address
MOST_FURTHER = 3
WORD = re.compile(r"[^\W\d_]+")


def translation_of(page: Page) -> PageTranslation:
    """The blocks of a page that is open and settled, with their languages. Raises NotObserved as `patience.within`."""
    found: dict[str, Any] = within(page, LOOK_S, "đọc lời của trang", lambda: ask(page, BLOCKS))
    declared = found["declared"].lower().split("-")[0]
    expected = declared if declared in _languages() and declared != VIETNAMESE else ENGLISH
    blocks = (TextBlock(**block, language=language_of(block["text"], expected)) for block in found["blocks"])
    return PageTranslation(
        address=found["address"], declared=found["declared"], expected=expected, blocks=tuple(blocks)
    )


def language_of(text: str, expected: str = ENGLISH) -> str:
    """`vi` or `expected`, as the text shows; empty when it is too short or not sure.

    A text whose words begin with capitals may be a name or an address: it never shows Vietnamese.
    """
    words = WORD.findall(text)
    if len(words) < LEAST_WORDS or sum(map(len, words)) < LEAST_LETTERS:
        return ""
    language, sureness = _judge(expected).classify(" ".join(words))
    if sureness < SURE:
        return ""
    named = not text.isupper() and sum(word[0].isupper() for word in words) >= NAMED * len(words)
    return "" if named and language == VIETNAMESE else str(language)


@cache
def _judge(expected: str) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    judge = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    judge.set_languages([VIETNAMESE, expected])
    return judge


@cache
def _languages() -> frozenset[str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return frozenset(LanguageIdentifier.from_model_file(MODEL_FILE).labels)


def observe_translation(
    browser: Browser, system: System, home: PageFacts, foreign: PageFacts, attachments: Attachments
) -> Translation:
    """The foreign version: the page `foreign` and up to three pages below it, chosen by a seed.

    Raises NotObserved when its first page does not come again.
    """
    seed = zlib.crc32(system.id.encode())
    below = sorted({link.address.split("#")[0] for link in foreign.links if _is_below(link.address, foreign.address)})
    further = random.Random(seed).sample(below, min(MOST_FURTHER, len(below)))
    pages: list[PageTranslation] = []
    shot = ""
    for address in (foreign.address, *further):
        context = context_of(browser, system)
        try:
            hands = Hands(context.new_page(), Watch(context, system))
            try:
                page = _look(hands, system, address)
            except NotObserved:
                if not pages:
                    raise
                continue  # the pages before it tell enough
            if page is not None:
                pages.append(page)
                shot = shot or picture_of(hands.page, attachments, "ban-dich.jpg")
        finally:
            context.close()
        if not pages:
            raise NotObserved(Outcome.NOT_TESTED, f"{address}: trang không mở lại được")
    lines = tuple(dict.fromkeys(" ".join(line.split())[:300] for line in home.text.splitlines() if line.strip()))
    return Translation(pages=tuple(pages), home=lines, seed=seed, shot=shot)


def _look(hands: Hands, system: System, address: str) -> PageTranslation | None:
    """The page's text; None when what answers is no page of the system."""
    try:
        view = hands.go(address)
    except Unreached as lost:
        raise NotObserved(outcome_of(lost.fault), f"{address}: {lost.why}") from lost
    except CannotAct:
        return None
    proof = prove(
        view,
        status=hands.watch.status_of(view.address),
        allowed_hosts=system.allowed_hosts,
        step="translation",
        lexicon=load_lexicon(system.labels),
    )
    return translation_of(hands.page) if proof.holds else None


def _is_below(address: str, first: str) -> bool:
    """True for an address in the folder of the first page, when that has one of its own."""
    folder = urlsplit(first).path.rsplit("/", 1)[0] + "/"
    path = urlsplit(address).path
    same = path == urlsplit(first).path
    return folder != "/" and at_home(address, first) and path.startswith(folder) and not same and "." not in path[-6:]
