"""Finding the service: home page, search box, result, public page of the procedure."""

from __future__ import annotations

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey.form_templates import templates_of
from toantrinh.journey.language import in_vietnamese
from toantrinh.journey.result_list import TTHC_CODE as TTHC_CODE
from toantrinh.journey.result_list import rank_of as rank_of
from toantrinh.journey.result_list import result_links as result_links
from toantrinh.journey.result_list import unread
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import DetailFacts, Reach, SearchFacts, StepName

LEVELS = (("toàn trình", "toan trinh"), ("một phần", "mot phan"), ("thông tin", "cung cap thong tin"))


def open_home(who: Traveller) -> View:
    """The home page."""
    who.book.begin(StepName.HOME)
    view = who.go(who.path("home") or "")
    who.book.see(view)
    who.book.shot("Trang chủ", routine=True)
    return in_vietnamese(who, view)


def search(who: Traveller, view: View) -> View:
    """Types the service's name into the search box of the home page and opens the service; returns its public page.

    What its name does not find is opened by its code: that the search failed stays in the record, and the way goes on.
    """
    who.book.begin(StepName.SEARCH)
    who.book.looked_for("search-field")
    view, box = _to_search_box(who, view)
    if box is None:
        who.book.shot("Không thấy ô tìm kiếm")
        raise StepEnded(Reach.ABSENT, "không thấy ô tìm kiếm ở trang chủ")
    query = who.service.search_words
    found = ask(who, view, box, query)
    who.book.see(found)
    who.book.shot("Kết quả tìm kiếm", routine=True)
    results = result_links(found)
    rank = rank_of(who, results)
    who.facts["search"] = SearchFacts(
        query=query, field=box.label, results=tuple(r.name for r in results[:30]), rank=rank
    )
    if rank is not None:
        return who.press(found, results[rank - 1])
    failed = StepEnded(Reach.REFUSED, f"tìm “{query}” không ra {who.service.code} {who.service.name}")
    if unread(who, found, query, results):
        failed = StepEnded(
            Reach.UNANSWERED, f"tìm “{query}”: không đọc được {who.service.code} trong danh sách kết quả"
        )
    view = _opened_by_code(who, failed)
    who.book.mark(StepName.SEARCH, failed.reach, failed.why)
    return view


def _to_search_box(who: Traveller, view: View) -> tuple[View, Control | None]:
    box = search_box(who, view)
    if box is None and (path := who.path("search")):
        view = who.go(path)
        who.book.see(view)
        box = search_box(who, view)
    return view, box


def _opened_by_code(who: Traveller, failed: StepEnded) -> View:
    """The public page of a service that its name did not find. Raises `failed` where its code finds nothing either."""
    try:
        view, box = _to_search_box(who, who.go(who.path("home") or ""))
        found = ask(who, view, box, who.service.code) if box else view
    except StepEnded:
        raise failed from None
    results = result_links(found)
    rank = rank_of(who, results, here=found.address) if box else None
    if rank is None:
        raise failed
    who.book.note(f"tìm theo tên không ra nên mở bằng mã {who.service.code}")
    return who.press(found, results[rank - 1])


def search_box(who: Traveller, view: View) -> Control | None:
    """The search box for services: by its own words, else the one text field beside a button that says to search."""
    return who.find(view, "search-field", fields=True, least=30) or _beside_search_button(who, view)


def _beside_search_button(who: Traveller, view: View) -> Control | None:
    others = [who.lexicon[name] for name in ("dossier-code", "captcha", "user-name", "one-time-code")]
    secret = {c.form for c in view.fields if c.type == "password"}
    for button in view.ranked(who.lexicon["search-button"], roles=("button",), least=80):
        if button.form < 0 or button.form in secret:
            continue
        texts = [c for c in view.fields if c.role in ("textbox", "searchbox") and c.form == button.form and c.enabled]
        if len(texts) == 1 and not any(word.nearness(texts[0].label) >= 40 for word in others):
            return texts[0]
    return None


def ask(who: Traveller, view: View, box: Control, query: str) -> View:
    """Writes a query into a search box and sends it by its own button, or by Enter."""
    try:
        who.hands.fill(view, box, query)
        button = view.best(
            who.lexicon["search-button"], roles=("button",), where=lambda c: c.form == box.form and c.frame == box.frame
        )
        return who.hands.press(view, button) if button else who.hands.enter(view, box)
    except CannotAct as error:
        raise StepEnded(Reach.TOOL_ERROR, str(error)) from error


def whole_list(who: Traveller) -> View:
    """The list of all services. Raises StepEnded when there is no way to it."""
    if path := who.path("search"):
        return who.go(path)
    view = who.go(who.path("home") or "")
    link = view.best(who.lexicon["service-list"], roles=("link",), least=50)
    if link is not None:
        return who.press(view, link)
    box = search_box(who, view)
    if box is None:
        raise StepEnded(Reach.ABSENT, "trang chủ không có lối đến danh sách thủ tục")
    return ask(who, view, box, "")


def turn_page(who: Traveller, view: View) -> tuple[Control, View] | None:
    """What leads from a list to its next page, and what it shows then; None when nothing leads to other services."""
    first = [link.name for link in result_links(view)]
    for control in view.ranked(
        who.lexicon["next-page"], where=lambda c: c.landmark not in ("header", "footer"), least=60
    ):
        after = who.press(view, control)
        who.book.see(after)
        second = [link.name for link in result_links(after)]
        if second and second != first:
            return control, after
        view = whole_list(who)
    return None


def read_detail(who: Traveller, view: View) -> View:
    """Reads the public page of the procedure: labels, level, templates (each is downloaded)."""
    who.book.begin(StepName.DETAIL)
    who.book.see(view)
    who.book.shot("Chi tiết thủ tục", routine=True)
    apply = who.find(view, "apply")
    labels: dict[str, str] = {}
    for pair in view.pairs:
        if pair.label and (pair.label not in labels or len(labels[pair.label]) < len(pair.value)):
            labels[pair.label] = pair.value[:1200]
    who.facts["detail"] = DetailFacts(
        labels=labels,
        text_length=len(view.main),
        code_shown=who.service.code in view.text,
        level_label=level_in(view.value_of(who.lexicon["filter-level"], least=60) or "") or level_in(view.main),
        templates=tuple(templates_of(who, view)),
        apply_label=apply.label if apply else "",
    )
    return view


def level_in(text: str) -> str:
    """The level that a page shows, by its earliest mention; empty when it shows none."""
    folded = fold(text)
    found = sorted((folded.find(word), name) for name, word in LEVELS if word in folded)
    return found[0][1] if found else ""


def apply(who: Traveller, view: View) -> View:
    """Presses "Nộp trực tuyến" (or its like) on the public page."""
    who.book.begin(StepName.FORM)
    who.book.looked_for("apply")
    button = who.find(view, "apply")
    if button is None:
        raise StepEnded(Reach.ABSENT, "không thấy nút nộp trực tuyến ở trang thủ tục")
    return who.press(view, button)
