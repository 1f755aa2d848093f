"""The services that a portal offers: its list, and the public pages of a handful of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toantrinh.driver.eyes import Control, View
from toantrinh.driver.lexicon import fold
from toantrinh.driver.window import CannotAct
from toantrinh.journey import discovery
from toantrinh.journey.stepbook import StepEnded
from toantrinh.observers.catalogue import total_in
from toantrinh.probing.found import ServiceSeen, Way
from toantrinh.probing.scout import Scout, words

HANDFUL = 5
MOST_LISTS = 3
MONEY = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:dong|vnd|d|₫)\b")
Offers = tuple[Way, int | None, tuple[ServiceSeen, ...]]


def find_services(scout: Scout, home: View) -> Offers:
    """Where the list of services is, the number that it states, and at most five services with their public pages."""
    tried: list[Offers] = []
    for way, view in _lists(scout, home):
        services = _services(scout, view)
        tried.append((way, total_in(view), services))
        if any(len(service.labels) >= 3 or service.code or service.apply for service in services):
            return tried[-1]
    return next(iter(tried), (Way(intent="service-list"), None, ()))


def _lists(scout: Scout, home: View) -> Iterator[tuple[Way, View]]:
    """Pages that may list services, likeliest first: behind a link of the home page, then behind its search box."""
    who = scout.who
    for path in filter(None, [who.path("search")]):
        yield Way(intent="service-list", address=path, by="đường dẫn của nền tảng"), scout.go(path)
    links = home.ranked(who.lexicon["service-list"], roles=("link",), least=50)
    seen: set[str] = set()
    for link in links:
        if link.href in seen or len(seen) >= MOST_LISTS:
            continue
        seen.add(link.href)
        try:
            view = scout.go(link.href) if link.href.startswith(scout.base_url) else scout.press(scout.home(), link)
        except (StepEnded, CannotAct):
            continue
        yield scout.way("service-list", link).model_copy(update={"address": view.address}), view
    for query in words()["searches"]:
        view = scout.home()
        box = discovery.search_box(who, view)
        if box is None:
            return
        at_home = {link.href for link in view.controls}
        found = scout.keep(discovery.ask(who, view, box, query))
        if any(link.href not in at_home for link in discovery.result_links(found)):
            yield Way(intent="service-list", address=found.address, by=f"tìm “{query}” ở trang chủ"), found


def _services(scout: Scout, view: View) -> tuple[ServiceSeen, ...]:
    """The first few different services of a list, each read on its own public page."""
    services: dict[str, ServiceSeen] = {}
    rows = discovery.result_links(view)
    for row in _telling(rows)[:HANDFUL]:
        try:
            page = scout.go(row.href)
        except (StepEnded, CannotAct) as end:
            scout.unseen.append(f"{row.label}: {end}")
            continue
        service = service_on(scout, page, row)
        services.setdefault(service.code or service.name, service)
    return tuple(services.values())


def _telling(rows: list[Control]) -> list[Control]:
    """The rows with a TTHC code first, and of these first those that say they go the whole way."""
    return sorted(
        (row for row in rows if row.href.startswith("http")),
        key=lambda row: (
            not discovery.TTHC_CODE.search(f"{row.row} {row.href}"),
            discovery.level_in(row.row) != "toàn trình",
        ),
    )


def service_on(scout: Scout, view: View, row: Control) -> ServiceSeen:
    """The service as its public page shows it, the row of the list helping where the page is silent."""
    lexicon = scout.who.lexicon
    said = {fold(pair.label): pair.value for pair in reversed(view.pairs) if pair.value}
    labels = [label for label in words()["detail"] if any(f" {fold(label)} " in f" {name} " for name in said)]
    code = discovery.TTHC_CODE.search(_beside(said, "code")) or discovery.TTHC_CODE.search(f"{row.href} {row.row}")
    code = code or discovery.TTHC_CODE.search(view.main)
    fee_text = view.value_of(lexicon["fee"], least=55) or ""
    apply = scout.who.find(view, "apply")
    return ServiceSeen(
        code=code.group(0) if code else "",
        name=_name(view, row, said),
        level=discovery.level_in(view.main) or discovery.level_in(row.row),
        fee=fee_in(fee_text),
        fee_text=" ".join(fee_text.split())[:120],
        address=view.address,
        labels=tuple(labels),
        apply=apply.label if apply else "",
    )


def _beside(said: dict[str, str], kind: str) -> str:
    return next((said[fold(word)] for word in words()[kind] if fold(word) in said), "")


def _name(view: View, row: Control, said: dict[str, str]) -> str:
    """The official name: beside its label, else the page's heading when the list says the same, else the list's."""
    beside = " ".join(_beside(said, "name").split())
    if 8 <= len(beside) <= 300:
        return beside
    name = row.label
    if len(fold(name).split()) >= 4 or fold(name) in fold(view.heading):
        return name
    heading = next((text for level, text in view.headings if len(fold(text)) > 12 and fold(text) in fold(row.row)), "")
    return heading or view.heading or name


def fee_in(text: str) -> int | None:
    """The fee in VND that a text states: 0 when it is free, None when it says nothing or several amounts."""
    folded = " ".join(re.sub(r"[^\w.,₫]+", " ", fold_money(text)).split())
    amounts = {int(re.sub(r"\D", "", amount)) for amount in MONEY.findall(folded)}
    if len(amounts) == 1:
        return amounts.pop()
    if not amounts and any(fold(text).startswith(fold(word)) for word in words()["free"]):
        return 0
    return None


def fold_money(text: str) -> str:
    """Like `fold`, but the points and commas between digits stay."""
    return " ".join(part if any(c.isdigit() for c in part) else fold(part) for part in text.split())
