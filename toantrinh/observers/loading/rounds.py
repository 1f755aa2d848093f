"""Repeated cold loads of several pages: round by round, in each round in an order by lot, so that what happens to the
machine or the system meanwhile falls on all pages alike."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from toantrinh.journey.equipment import PLAIN, Equipment
from toantrinh.observations.loading import (
    ColdLoad,
    FileLoaded,
    Frame,
    LoadingPage,
    LoadingRecord,
    LostLoad,
    PageLoads,
    Profile,
)
from toantrinh.observers.loading.one_load import QUIET_S, Loaded, Lost, Place, load_cold
from toantrinh.observers.loading.own_machine import processes_of
from toantrinh.observers.loading.profile import default_profile
from toantrinh.observers.loading.spread import Stands, spread_of
from toantrinh.store import Attachments, NotObserved, Outcome
from toantrinh.system_model import System, Thresholds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROUNDS = 5
MORE_ROUNDS = 2  # for pages of which a load was lost, or what was measured leaves open where they stand
FIRST_QUIET_S = 0.8  # the first load of a page waits longer: does something still come late?
LATE_MS = 120.0
CLEAR_SHARE = 0.5  # of a limit
STRIP = 8
OTHER_BROWSERS = "chỉ Chromium (Chrome, Edge) đo được tốc độ hiển thị; trình duyệt này không mở được công cụ đo"
NOTHING = "không có trang nào để tải"


def observe_loading(
    browser: Browser,
    system: System,
    places: Sequence[Place],
    missing: Mapping[LoadingPage, str],
    attachments: Attachments,
    *,
    profile: Profile | None = None,
    equipment: Equipment = PLAIN,
    seed: int = 1,
    rounds: int = ROUNDS,
    go_on: Callable[[], bool] = lambda: True,
    on_load: Callable[[str], None] = lambda said: None,
) -> LoadingRecord:
    """Loads each place `rounds` times at least and keeps what was seen. `missing`: pages that have no place, and why.

    Ends early when `go_on` says no. Raises NotObserved in a browser that cannot tell, and without any place.
    """
    need_chromium(browser)
    if not places:
        raise NotObserved(Outcome.NOT_TESTED, "; ".join(missing.values()) or NOTHING)
    way = profile or default_profile()
    own = processes_of(system)
    kept: dict[LoadingPage, list[Loaded]] = {place.page: [] for place in places}
    lost: dict[LoadingPage, list[LostLoad]] = {place.page: [] for place in places}
    chance = random.Random(f"{seed}/loading")
    one_more = partial(load_cold, browser, system, profile=way, equipment=equipment, own=own)

    def load(place: Place, number: int) -> None:
        earlier = kept[place.page]
        quiet = QUIET_S if earlier and not any(map(comes_late, earlier)) else FIRST_QUIET_S
        on_load(f"{place.page.vietnamese}, lần {number}")
        try:
            kept[place.page].append(one_more(place, number, quiet_s=quiet))
        except Lost as end:
            lost[place.page].append(LostLoad(round=number, kind=end.kind, why=end.why))

    for number in range(1, rounds + MORE_ROUNDS + 1):
        due = [
            place
            for place in places
            if number <= rounds or _wants_more(kept[place.page], rounds, system.thresholds)
            if kept[place.page] or len(lost[place.page]) < 2
        ]
        for place in chance.sample(due, len(due)):
            if not go_on():
                break
            load(place, number)
    pages = tuple(_page(page, places, kept, lost, missing, attachments) for page in LoadingPage)
    slowest, files = _slowest(kept)
    return LoadingRecord(
        profile=way,
        browser=f"{browser.browser_type.name} {browser.version}",
        viewport=_window(equipment),
        seed=seed,
        pages=pages,
        slowest=slowest,
        files=files,
        processors=os.cpu_count() or 0,
    )


def _window(equipment: Equipment) -> tuple[int, int]:
    """Width and height of the window, CSS pixels: a device that is emulated has its own."""
    own = equipment.device.get("viewport")
    return (int(own["width"]), int(own["height"])) if own else equipment.viewport


def need_chromium(browser: Browser) -> None:
    """Raises NotObserved in a browser that has no tools to measure with."""
    if browser.browser_type.name != "chromium":
        raise NotObserved(Outcome.NOT_TESTED, OTHER_BROWSERS)


def _wants_more(loads: Sequence[Loaded], rounds: int, limits: Thresholds) -> bool:
    """True where loads are missing, or where more of them may decide what these leave open: they were disturbed by
    others, or lie on both sides of a limit."""
    if len(loads) < rounds:
        return True
    calm = sum(one.load.calm for one in loads)
    figures = _beside_limits(loads, limits)
    near = any(max(values) > CLEAR_SHARE * limit for values, limit in figures)
    return (calm < rounds and near) or any(spread_of(values).to(limit) is Stands.BOTH for values, limit in figures)


def _beside_limits(loads: Sequence[Loaded], limits: Thresholds) -> list[tuple[list[float], float]]:
    """Each figure that has a limit: its values, where there are any, and the limit, ms."""
    columns = (
        ([one.load.first_content_ms for one in loads], limits.first_content_s),
        ([one.load.largest_content_ms for one in loads], limits.largest_content_s),
        ([one.load.speed_index_ms for one in loads], limits.fully_displayed_s),
        ([one.load.longest_task_ms for one in loads], limits.task_s),
    )
    known = [([value for value in column if value is not None], 1000 * limit) for column, limit in columns]
    return [(values, limit) for values, limit in known if values]


def comes_late(one: Loaded) -> bool:
    """True when something was still asked for, or changed, after the page had been loaded and quiet for a while."""
    asked = sorted((file.start_ms, file.end_ms or file.start_ms) for file in one.files)
    quiet = one.load.loaded_ms or 0.0
    for begun, ended in asked:
        if begun > quiet + LATE_MS and begun > (one.load.loaded_ms or 0.0):
            return True
        quiet = max(quiet, ended)
    return any(at > quiet + LATE_MS for at, _, _ in one.frames)


def middle(loads: Sequence[ColdLoad]) -> ColdLoad:
    """The load in the middle: by Speed Index, else by the largest content, else by the load event."""

    def figure(one: ColdLoad) -> float:
        return next((v for v in (one.speed_index_ms, one.largest_content_ms, one.loaded_ms) if v is not None), 0.0)

    ordered = sorted(loads, key=figure)
    return ordered[(len(ordered) - 1) // 2]


def _page(
    page: LoadingPage,
    places: Sequence[Place],
    kept: Mapping[LoadingPage, Sequence[Loaded]],
    lost: Mapping[LoadingPage, Sequence[LostLoad]],
    missing: Mapping[LoadingPage, str],
    attachments: Attachments,
) -> PageLoads:
    place = next((one for one in places if one.page is page), None)
    if place is None:
        return PageLoads(page=page, address="", why=missing.get(page, "chưa tìm thấy trang này"))
    loads = kept[page]
    found = PageLoads(
        page=page, address=place.address, loads=tuple(one.load for one in loads), lost=tuple(lost[page])
    )  # fmt: skip
    if not loads:
        return found
    chosen = middle(found.loads)
    one = next(loaded for loaded in loads if loaded.load is chosen)
    return found.model_copy(update={"film_round": chosen.round, "film": _strip(page, one, attachments)})


def _strip(page: LoadingPage, one: Loaded, attachments: Attachments) -> tuple[Frame, ...]:
    """Pictures of the page at equal steps of time until it is shown, at most STRIP; what stood there then."""
    if not one.frames:
        return ()
    end = one.load.shown_ms if one.load.shown_ms is not None else one.frames[-1][0]
    step = max(50.0, -(-end // (STRIP - 1) // 50) * 50)  # whole twentieths of a second
    strip: list[Frame] = []
    paths: dict[float, str] = {}
    for number in range(STRIP):
        at = step * number
        came, shown, picture = next((f for f in reversed(one.frames) if f[0] <= at), one.frames[0])
        if came not in paths:
            paths[came] = attachments.save(f"{page}-{at:05.0f}.jpg", picture.jpeg)
        strip.append(Frame(at_ms=at, path=paths[came], shown=round(shown, 3)))
        if at >= end:
            break
    return tuple(strip)


def _slowest(kept: Mapping[LoadingPage, Sequence[Loaded]]) -> tuple[LoadingPage | None, tuple[FileLoaded, ...]]:
    """The page whose middle load took longest to be shown, and all requests of that load."""
    found = [(middle([one.load for one in loads]), page) for page, loads in kept.items() if loads]
    if not found:
        return None, ()
    load, page = max(found, key=lambda pair: max(pair[0].shown_ms or 0.0, pair[0].loaded_ms or 0.0))
    return page, next(one.files for one in kept[page] if one.load is load)
