"""States that anybody can come to without an account: what a search found, the list by level, the answer of the
look-up, menu and dialog open, the page that asks to log in."""

from __future__ import annotations

from collections.abc import Callable

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.journey import discovery, tracking
from toantrinh.journey.identity import needs_log_in
from toantrinh.journey.result_list import result_links
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.observers.catalogue import filter_by
from toantrinh.observers.comparing import place_of
from toantrinh.observers.touring.album import Album, called
from toantrinh.observers.touring.close_looks import Close
from toantrinh.observers.touring.dialogs import promises_dialog
from toantrinh.scenarios.trying import at_detail

MENU = ("menu", "danh muc", "dieu huong", "trinh don", "navigation")
RESULTS, BY_LEVEL, ANSWER, DOOR = "Kết quả tìm kiếm", "Danh sách theo mức độ", "Kết quả tra cứu hồ sơ", "Đăng nhập"
MENU_OPEN, DIALOG = "Thực đơn mở", "Hộp thoại mở"


def at_a_desk(who: Traveller, journey: Journey, album: Album) -> None:
    """The public states in a wide window."""
    album.come_to(MENU_OPEN, lambda: _menu(who, album, ""))
    _at_rest(who, album, "Trang chủ", StepName.HOME, lambda: _home(who))
    if journey.step(StepName.DETAIL).address:
        _at_rest(who, album, "Trang thủ tục", StepName.DETAIL, lambda: at_detail(who, journey))
    if journey.search is not None:
        query = journey.search.query
        album.come_to(RESULTS, lambda: _results(who, query, album))
    album.come_to(BY_LEVEL, lambda: _by_level(who, album))
    if journey.submit is not None and journey.submit.code:
        code = journey.submit.code
        album.come_to(ANSWER, lambda: _answer(who, code, album))
    album.come_to(DOOR, lambda: _door(who, journey, album))


def _at_rest(who: Traveller, album: Album, name: str, step: StepName, come: Callable[[], View]) -> None:
    """What a page shows besides: under the pointer, and in a dialog."""
    album.hover(who, name, come)
    album.come_to(f"{DIALOG} ở {name.lower()}", lambda: _dialog(who, album, who.hands.settle(), step))


def _dialog(who: Traveller, album: Album, view: View, step: StepName) -> None:
    """What the first button opens that promises a dialog and nothing else; a page without one has no such state."""
    button = next((c for c in view.controls if promises_dialog(view, c)), None)
    if button is None:
        return
    after = who.press(view, button)
    if place_of(after.address) == place_of(view.address) and after.modal:
        album.look(who, after, f"{called(view)} – {DIALOG.lower()}", step, close=Close.READ, keys=True)


def on_a_phone(who: Traveller, album: Album) -> None:
    """The home page on a phone, and its menu open."""
    album.come_to(f"{MENU_OPEN} trên điện thoại", lambda: _menu(who, album, " trên điện thoại"))


def _home(who: Traveller) -> View:
    who.book.begin(StepName.HOME)
    view = who.go(who.path("home") or "")
    who.book.see(view)
    return view


def _menu(who: Traveller, album: Album, where: str) -> None:
    """The menu behind a button; a home page whose menu is in sight has no such state at a desk."""
    view = _home(who)
    if where:
        album.look(who, view, f"Trang chủ{where}", StepName.HOME)
        view = who.hands.settle()
    button = next((c for c in view.controls if c.role == "button" and c.enabled and _names_menu(c)), None)
    if button is None:
        return
    after = who.press(view, button)
    if place_of(after.address) == place_of(view.address):
        album.look(who, after, f"{MENU_OPEN}{where}", StepName.HOME, keys=True)


def _results(who: Traveller, query: str, album: Album) -> None:
    home = _home(who)
    who.book.begin(StepName.SEARCH)
    box = discovery.search_box(who, home)
    if box is None:
        raise StepEnded(Reach.ABSENT, "trang chủ không có ô tìm kiếm")
    found = discovery.ask(who, home, box, query)
    who.book.see(found)
    if not result_links(found):
        raise StepEnded(Reach.UNANSWERED, f"tìm “{query}”: không nhận ra danh sách kết quả")
    album.look(who, found, RESULTS, StepName.SEARCH, close=Close.COLOURED)


def _by_level(who: Traveller, album: Album) -> None:
    who.book.begin(StepName.SEARCH)
    tried = filter_by(who, "filter-level")
    if tried is None:
        raise StepEnded(Reach.ABSENT, "danh sách thủ tục không có bộ lọc theo mức độ")
    view = who.hands.settle()
    who.book.see(view)
    album.look(who, view, f"{BY_LEVEL}: {tried.option}", StepName.SEARCH, close=Close.READ)


def _answer(who: Traveller, code: str, album: Album) -> None:
    """The answer names the dossier that was asked for; without it, it is no answer."""
    view, box = tracking.open_look_up(who)
    view = tracking.enter_code(who, view, box, code)
    who.book.see(view)
    if code not in view.text:
        refused = tracking.captcha_refused(who, view)
        why = "mã bảo mật không được chấp nhận" if refused else f"trang không nêu hồ sơ {code}"
        raise StepEnded(Reach.NOT_TRIED if refused else Reach.UNANSWERED, why)
    album.look(who, view, ANSWER, StepName.LOOK_UP, close=Close.COLOURED)


def _door(who: Traveller, journey: Journey, album: Album) -> None:
    view = discovery.apply(who, at_detail(who, journey))
    if needs_log_in(view, who.lexicon):
        album.look(who, view, f"{DOOR} – {called(view)}", StepName.LOG_IN, close=Close.READ)


def _names_menu(control: Control) -> bool:
    return any(f" {word} " in f" {fold(control.name)} " for word in MENU) and control.landmark != "main"
