"""The list that a search finds: links of one kind, or rows and cards that a script opens; where a service stands."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.journey.traveller import Traveller

PARTS = re.compile(r"[?&#]")  # between path, parameters and fragment
TTHC_CODE = re.compile(r"\b\d\.\d{6}\b")
SHORTEST_NAME = 9  # letters; "Chi tiết" names nothing


def result_links(view: View) -> list[Control]:
    """The results in order, each named by its own words, or by its row when it says only "Chi tiết".

    Links that lead to addresses of one kind, rather beside TTHC codes; where there are none, what can be pressed in
    rows and cards that hold a code.
    """
    kinds: dict[str, list[Control]] = {}
    for link in _links(view):
        kinds.setdefault(_address_kind(link), []).append(link)
    here = view.address
    best = max(
        kinds.values(), key=lambda links: (_coded(links, here), sum(len(fold(c.name)) for c in links)), default=[]
    )
    rows = [] if _coded(best, here) else _pressable_rows(view)
    return rows if rows else [_named(link) for link in _one_each(best)]


def _coded(links: list[Control], here: str) -> int:
    """How many of them stand beside a TTHC code, or lead to one that was not asked for in the address of the list."""
    return sum(bool(TTHC_CODE.search(f"{link.name} {link.row} {_beyond(here, link.href)}")) for link in links)


def _links(view: View) -> list[Control]:
    return [
        c
        for c in view.controls
        if c.role == "link"
        and view.in_body(c)
        and not c.href.endswith("#")
        and (len(fold(c.name)) >= SHORTEST_NAME or (len(fold(c.name)) > 2 and TTHC_CODE.search(c.row)))
    ]


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


def _named(result: Control) -> Control:
    details = load_lexicon()["details"]
    own = len(fold(result.name)) >= SHORTEST_NAME and details.nearness(result.name) < 75
    return result if own or not result.row else replace(result, name=result.row)


def _pressable_rows(view: View) -> list[Control]:
    """One control for each row or card that holds a code: its title, its "Xem chi tiết", or the row itself."""
    details, apply = load_lexicon()["details"], load_lexicon()["apply"]
    able = [
        c
        for c in view.controls
        if c.role in ("button", "link") and c.enabled and view.in_body(c) and TTHC_CODE.search(f"{c.name} {c.row}")
    ]
    rows: dict[str, list[Control]] = {}
    for control in able:
        found = TTHC_CODE.search(control.row) or TTHC_CODE.search(control.name)
        rows.setdefault(found.group() if found else control.row, []).append(control)

    def rather(control: Control) -> tuple[int, int]:
        return details.nearness(control.label) - apply.nearness(control.label), len(fold(control.name))

    return [_named(max(controls, key=rather)) for controls in rows.values()]


def rank_of(who: Traveller, results: list[Control], here: str = "") -> int | None:
    """1 for the first result. The service is known by its code in the link or its row, or else by its whole name.

    `here`: the address of the list; what a link's address only repeats of it, such as the words that were asked for,
    says nothing of where the link leads.
    """
    name, code = fold(who.service.name), who.service.code
    exact = [at for at, link in enumerate(results, 1) if fold(link.name) == name and _code_fits(link, code)]
    by_name = [at for at, link in enumerate(results, 1) if name in fold(link.name)]
    by_code = [
        at
        for at, link in enumerate(results, 1)
        if code in link.name or code in link.row or code in _beyond(here, link.href)
    ]
    return next(iter(exact or by_code or by_name), None)


def _beyond(here: str, address: str) -> str:
    """What an address says besides the parameters of the page on which it stands."""
    repeated = set(PARTS.split(here)[1:])
    return " ".join(part for part in PARTS.split(address) if part not in repeated)


def _code_fits(link: Control, code: str) -> bool:
    codes = TTHC_CODE.findall(f"{link.row} {link.href}")
    return not codes or code in codes


def unread(who: Traveller, view: View, query: str, results: list[Control]) -> bool:
    """True when the list may hold the service and our eyes missed it: it is named there, or nothing could be read."""
    named = fold(view.text).count(fold(who.service.name)) > (fold(who.service.name) in fold(query))
    shown = (who.service.code in view.text and who.service.code not in query) or named
    return shown or (not results and not who.lexicon.says("nothing-found", view.text))
