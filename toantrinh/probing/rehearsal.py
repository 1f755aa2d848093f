"""The rehearsal of a journey: whether every step can be found, without anything being submitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import spelled
from toantrinh.driver.proof import logged_in
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import discovery, form, officer, papers
from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.journey.identity import code_field, log_in, needs_log_in, password_field
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.tracking import code_box
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import LogInFacts, Reach, SearchFacts, StepName
from toantrinh.observations.page import Facts
from toantrinh.store import Attachments
from toantrinh.system_model import Service, System

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_PAGES = 6


class Sight(StrEnum):
    """Whether a step was found."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    NOT_LOOKED = "not-looked"


class Rehearsed(Facts):
    """One step: whether it was found, by which words, or why not."""

    step: str
    sight: Sight
    by: str = ""
    address: str = ""


PAGES = (
    ("Hướng dẫn", "guide", "guide"),
    ("Hỏi đáp", "questions", "questions"),
    ("Phản ánh kiến nghị", "feedback", "feedback"),
    ("Số liệu giải quyết", "figures", "figures"),
)
"""Public pages: their Vietnamese name, the intent of the link, the page of `paths:`."""

HOME, SEARCH, RESULT, DETAIL = "Trang chủ", "Ô tìm kiếm", "Kết quả tìm kiếm", "Chi tiết thủ tục"
APPLY, LOG_IN, FORM = "Nút nộp trực tuyến", "Đăng nhập", "Trang đầu biểu mẫu"
LOOK_UP, OFFICER = "Ô tra cứu hồ sơ", "Đăng nhập của cán bộ"
OWN = (("Thông báo", "notices", "notices"), ("Kho giấy tờ", "document-store", "store"))
APPLICATION = (SEARCH, RESULT, DETAIL, APPLY, FORM)
STEPS = (
    HOME, SEARCH, RESULT, DETAIL, APPLY, LOG_IN, FORM, *(row[0] for row in OWN), LOOK_UP, *(row[0] for row in PAGES),
    OFFICER,
)  # fmt: skip


class Rehearsal:
    """Walks the steps with one traveller and keeps what became of each, the first word on a step being the last."""

    def __init__(self, who: Traveller, say: Callable[[str], None]) -> None:
        self.who, self._say, self._now = who, say, ""
        self._kept: dict[str, Rehearsed] = {}

    def keep(self, step: str, sight: Sight, by: str) -> None:
        """Keeps what became of a step."""
        row = Rehearsed(step=step, sight=sight, by=by, address=self.who.hands.page.url)
        self._kept.setdefault(step, row)

    def found(self, step: str, by: str) -> None:
        """Keeps that a step was found, and by which words."""
        self.keep(step, Sight.FOUND, by)

    def missing(self, step: str, *intents: str) -> None:
        """Keeps that a step was not found, and the words by which it was looked for."""
        own = [word for intent in intents for word in self.who.system.labels.get(intent, ())]
        looked = [*own, *(word for intent in intents for word in spelled(intent)[:4])]
        self.keep(step, Sight.NOT_FOUND, f"đã tìm theo: {', '.join(looked)}")

    def not_looked(self, why: str, *steps: str) -> None:
        """Keeps that steps were not looked for, and why."""
        for step in steps:
            self.keep(step, Sight.NOT_LOOKED, why)

    def turn_to(self, step: str) -> None:
        """What ends from now on ends this step."""
        self._now = step
        self._say(step.lower())

    @contextmanager
    def step(self, step: str) -> Iterator[None]:
        """A step that may end early: what ended it becomes the record of the step that was turned to last."""
        from playwright.sync_api import Error

        self.turn_to(step)
        try:
            yield
        except StepEnded as end:
            looked = end.reach in (Reach.ABSENT, Reach.REFUSED)
            self.keep(self._now, Sight.NOT_FOUND if looked else Sight.NOT_LOOKED, end.why)
        except CannotAct as error:
            self.not_looked(str(error), self._now)
        except Error as error:
            self.not_looked(first_line(error), self._now)

    def rows(self) -> tuple[Rehearsed, ...]:
        """What became of each step, in the order of a journey."""
        return tuple(self._kept[step] for step in STEPS if step in self._kept)


def rehearse(
    browser: Browser,
    system: System,
    service: Service,
    attachments: Attachments,
    *,
    equipment: Equipment = PLAIN,
    say: Callable[[str], None] = lambda words: None,
) -> tuple[Rehearsed, ...]:
    """Looks for every step of a journey with one service and returns them in order.

    Where the file allows submitting and lends an account it logs in and opens the form, and stops there.
    """
    with travelling(browser, system, service, attachments, equipment=equipment, by_hand=True) as who:
        rehearsal = Rehearsal(who, say)
        with rehearsal.step(HOME):
            home = discovery.open_home(who)
            rehearsal.found(HOME, f"“{home.title}”")
            _application(rehearsal, home)
        rehearsal.not_looked("không mở được trang chủ", SEARCH)
        if rehearsal.rows()[0].sight is Sight.FOUND:
            rehearsal.not_looked("chưa đến được bước này", *APPLICATION)
            _behind_log_in(rehearsal)
            _public(rehearsal)
            _officer(rehearsal)
        return rehearsal.rows()


def _application(rehearsal: Rehearsal, home: View) -> None:
    """From the search box to the first page of the form, as far as the file allows."""
    who = rehearsal.who
    rehearsal.turn_to(SEARCH)
    try:
        view = discovery.search(who, home)
    finally:
        if isinstance(facts := who.facts.get("search"), SearchFacts):
            rehearsal.found(SEARCH, f"“{facts.field}”")
            rehearsal.turn_to(RESULT)
    rehearsal.found(RESULT, f"“{who.service.search_words}” ra “{view.heading}”")
    rehearsal.turn_to(DETAIL)
    who.book.begin(StepName.DETAIL)
    who.book.see(view)
    rehearsal.found(DETAIL, f"“{view.heading}”")
    button = who.find(view, "apply")
    if button is None and who.service.declared == "thông tin":
        rehearsal.not_looked("dịch vụ công bố là cung cấp thông tin", APPLY, FORM)
    elif button is None:
        rehearsal.missing(APPLY, "apply")
    else:
        rehearsal.found(APPLY, f"“{button.label}”")
        rehearsal.turn_to(FORM)
        _form(rehearsal, view)


def _form(rehearsal: Rehearsal, view: View) -> None:
    """Presses the button of the public page and logs in, where that is allowed; nothing is filled in the form."""
    who = rehearsal.who
    if why := who.system.why_not("submit"):
        rehearsal.not_looked(f"chỉ đọc: {why}", FORM)
        return
    view = discovery.apply(who, view)
    for _ in range(MOST_PAGES):
        if needs_log_in(view, who.lexicon):
            rehearsal.turn_to(LOG_IN)
            if who.account is None:
                _door(rehearsal, view)
                rehearsal.not_looked("tệp hệ thống không có tài khoản để đăng nhập", FORM)
                return
            view = log_in(who, view)
            rehearsal.found(LOG_IN, _door_words(who))
            rehearsal.turn_to(FORM)
            who.book.begin(StepName.FORM)
            continue
        who.book.see(view)
        fields = form.form_fields(view)
        if fields or papers.upload_places(view):
            names = [field.label for field in fields if field.label]
            rehearsal.found(FORM, f"“{view.heading}”, {len(fields)} ô: {', '.join(dict.fromkeys(names[:3]))}…")
            return
        further = who.find(view, "continue") or who.find(view, "apply")
        if further is None:
            break
        view = who.press(view, further)
    rehearsal.missing(FORM, "continue")


def _door_words(who: Traveller) -> str:
    facts = who.facts.get("log_in")
    offered = "; ".join(facts.offered) if isinstance(facts, LogInFacts) else ""
    return f"{offered or 'tài khoản và mật khẩu'}, đã đăng nhập"


def _behind_log_in(rehearsal: Rehearsal) -> None:
    """The log-in itself where the application did not ask for it, then what only a citizen who is logged in sees."""
    who = rehearsal.who
    inside = "log_in" in who.facts
    if not inside:
        with rehearsal.step(LOG_IN):
            inside = logged_in(who.go(who.path("home") or ""), who.lexicon) is True
            if inside:
                rehearsal.found(LOG_IN, "phiên đăng nhập đã lưu")
            else:
                _log_in_page(rehearsal)
    for title, intent, page in OWN:
        with rehearsal.step(title):
            if inside:
                _linked(rehearsal, title, intent, page)
            else:
                rehearsal.not_looked("chỉ thấy sau khi đăng nhập", title)


def _log_in_page(rehearsal: Rehearsal) -> None:
    """The page for logging in, looked at and not used."""
    who = rehearsal.who
    view = who.way_to("log-in", "log-in")
    if view is None:
        rehearsal.missing(LOG_IN, "log-in")
    else:
        _door(rehearsal, view)


def _door(rehearsal: Rehearsal, view: View) -> None:
    """What a page for logging in offers."""
    who = rehearsal.who
    ways = view.ranked(who.lexicon["log-in-national"], where=view.in_body, least=45)
    field = password_field(view) or code_field(view, who.lexicon)
    if ways or field:
        words = "; ".join(f"“{way.label}”" for way in ways) or f"ô “{field.label if field else ''}”"
        rehearsal.found(LOG_IN, f"{words}, chưa đăng nhập")
    else:
        rehearsal.missing(LOG_IN, "log-in-national", "password")


def _public(rehearsal: Rehearsal) -> None:
    who = rehearsal.who
    with rehearsal.step(LOOK_UP):
        view = who.way_to("look-up", "lookup")
        box = code_box(who, view) if view else None
        if box:
            rehearsal.found(LOOK_UP, f"“{box.label}”")
        else:
            rehearsal.missing(LOOK_UP, "look-up" if view is None else "dossier-code")
    for title, intent, page in PAGES:
        with rehearsal.step(title):
            _linked(rehearsal, title, intent, page)


def _linked(rehearsal: Rehearsal, title: str, intent: str, page: str) -> None:
    """A page that only has to be there: by its path, or by a link that is in sight on the home page or in its menus."""
    who = rehearsal.who
    if path := who.path(page):
        view = who.go(path)
        rehearsal.found(title, f"{path} (tệp hệ thống): “{view.heading}”")
        return
    view = who.go(who.path("home") or "")
    link = _any_link(who, view, intent)
    if link:
        rehearsal.found(title, f"“{link}”")
    else:
        rehearsal.missing(title, intent)


def _any_link(who: Traveller, view: View, intent: str) -> str:
    """The words of the link for an intent, also where it stands in a menu that is closed now."""
    control: Control | None = who.find(view, intent, least=45)
    if control:
        return control.label
    texts = who.hands.page.evaluate("() => Array.from(document.links, (link) => (link.textContent || '').trim())")
    word = who.lexicon[intent]
    best = max(((word.nearness(str(text)), str(text)) for text in texts), default=(0, ""))
    return " ".join(best[1].split()) if best[0] >= 45 else ""


def _officer(rehearsal: Rehearsal) -> None:
    who, path = rehearsal.who, rehearsal.who.path("officer")
    if not path:
        rehearsal.not_looked("tệp hệ thống không có địa chỉ (paths.officer)", OFFICER)
        return
    with rehearsal.step(OFFICER), officer.officers_browser(who, "officer"):
        field = password_field(who.go(path))
        if field:
            rehearsal.found(OFFICER, f"ô “{field.label}”")
        else:
            rehearsal.missing(OFFICER, "password")
