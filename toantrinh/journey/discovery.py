"""Finding the service: home page, search box, result, public page of the procedure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from toantrinh.downloads import is_sound, kind_of
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.hands import CannotAct
from toantrinh.driver.lexicon import fold
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import DetailFacts, FormTemplate, Reach, SearchFacts, StepName

LEVELS = (("toàn trình", "toan trinh"), ("một phần", "mot phan"), ("thông tin", "cung cap thong tin"))
MOST_TEMPLATES = 8
TTHC_CODE = re.compile(r"\b\d\.\d{6}\b")


def open_home(who: Traveller) -> View:
    """The home page."""
    who.book.begin(StepName.HOME)
    view = who.go(who.path("home") or "")
    who.book.see(view)
    who.book.shot("Trang chủ")
    return view


def search(who: Traveller, view: View) -> View:
    """Types the service's name into the search box of the home page and opens the service; returns its public page."""
    who.book.begin(StepName.SEARCH)
    who.book.looked_for("search-field")
    box = search_box(who, view)
    if box is None and (path := who.path("search")):
        view = who.go(path)
        who.book.see(view)
        box = search_box(who, view)
    if box is None:
        who.book.shot("Không thấy ô tìm kiếm")
        raise StepEnded(Reach.ABSENT, "không thấy ô tìm kiếm ở trang chủ")
    query = who.service.search_words
    found = ask(who, view, box, query)
    who.book.see(found)
    who.book.shot("Kết quả tìm kiếm")
    results = result_links(found)
    rank = rank_of(who, results)
    who.facts["search"] = SearchFacts(
        query=query, field=box.label, results=tuple(r.name for r in results[:30]), rank=rank
    )
    if rank is None:
        raise StepEnded(Reach.REFUSED, f"tìm “{query}” không ra {who.service.code} {who.service.name}")
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


def result_links(view: View) -> list[Control]:
    """The links of a result list, in order: leading to addresses of one kind, rather beside TTHC codes."""
    kinds: dict[str, list[Control]] = {}
    for link in _candidates(view):
        kinds.setdefault(_address_kind(link), []).append(link)

    def weight(links: list[Control]) -> tuple[int, int]:
        coded = sum(bool(TTHC_CODE.search(f"{link.name} {link.row} {link.href}")) for link in links)
        return coded, sum(len(fold(link.name)) for link in links)

    best = max(kinds.values(), key=weight, default=[])
    return _one_each(best)


def _candidates(view: View) -> list[Control]:
    """Links with a name of their own, and shorter ones ("Chi tiết") in a row that holds a TTHC code."""
    links = [c for c in view.controls if c.role == "link" and view.in_body(c)]
    return [c for c in links if len(fold(c.name)) > 8 or (len(fold(c.name)) > 2 and TTHC_CODE.search(c.row))]


def _address_kind(link: Control) -> str:
    """The address without its last part: links to procedures differ only there."""
    parts = urlsplit(link.href)
    path = parts.fragment if parts.fragment.startswith("/") else parts.path
    query = "&".join(sorted(name for name, _ in parse_qsl(parts.query)))
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/').rsplit('/', 1)[0]}?{query}"


def _one_each(links: list[Control]) -> list[Control]:
    """Several links to one address count as one result, under its longest name."""
    rows: dict[str, Control] = {}
    for link in links:
        known = rows.get(link.href)
        if known is None or len(known.name) < len(link.name):
            rows[link.href] = link
    return list(rows.values())


def rank_of(who: Traveller, results: list[Control]) -> int | None:
    """1 for the first result. The service is known by its code in the link or its row, or else by its whole name."""
    name, code = fold(who.service.name), who.service.code
    exact = [at for at, link in enumerate(results, 1) if fold(link.name) == name and _code_fits(link, code)]
    by_name = [at for at, link in enumerate(results, 1) if name in fold(link.name)]
    by_code = [at for at, link in enumerate(results, 1) if code in link.name or code in link.row or code in link.href]
    return next(iter(exact or by_name or by_code), None)


def _code_fits(link: Control, code: str) -> bool:
    codes = TTHC_CODE.findall(f"{link.row} {link.href}")
    return not codes or code in codes


def read_detail(who: Traveller, view: View) -> View:
    """Reads the public page of the procedure: labels, level, templates (each is downloaded)."""
    who.book.begin(StepName.DETAIL)
    who.book.see(view)
    who.book.shot("Chi tiết thủ tục")
    apply = who.find(view, "apply")
    labels: dict[str, str] = {}
    for pair in view.pairs:
        if pair.label and (pair.label not in labels or len(labels[pair.label]) < len(pair.value)):
            labels[pair.label] = pair.value[:1200]
    who.facts["detail"] = DetailFacts(
        labels=labels,
        text_length=len(view.main),
        code_shown=who.service.code in view.text,
        level_label=level_in(view.main),
        templates=tuple(_templates(who, view)),
        apply_label=apply.label if apply else "",
    )
    return view


def level_in(text: str) -> str:
    """The level that a page shows, by its earliest mention; empty when it shows none."""
    folded = fold(text)
    found = sorted((folded.find(word), name) for name, word in LEVELS if word in folded)
    return found[0][1] if found else ""


def _templates(who: Traveller, view: View) -> list[FormTemplate]:
    found: dict[str, FormTemplate] = {}
    intent = who.lexicon["templates"]
    for link in view.controls:
        if link.role != "link" or not link.href.startswith("http") or link.landmark in ("header", "nav", "footer"):
            continue
        by_name = link.download or re.search(r"\.(docx?|pdf|xlsx?|odt|rtf|zip)(\?|$)", link.href, re.I)
        if not by_name and intent.nearness(link.name) < 45:
            continue
        if link.href in found or len(found) >= MOST_TEMPLATES:
            continue
        got = who.fetch_file(link.href)
        found[link.href] = FormTemplate(
            label=link.name,
            address=link.href,
            status=got.status,
            bytes=len(got.content),
            kind="unknown" if got.why else kind_of(got.content),
            sound=not got.why and is_sound(got.content),
            why=got.why,
        )
    return list(found.values())


def apply(who: Traveller, view: View) -> View:
    """Presses "Nộp trực tuyến" (or its like) on the public page."""
    who.book.begin(StepName.FORM)
    who.book.looked_for("apply")
    button = who.find(view, "apply")
    if button is None:
        raise StepEnded(Reach.ABSENT, "không thấy nút nộp trực tuyến ở trang thủ tục")
    return who.press(view, button)
