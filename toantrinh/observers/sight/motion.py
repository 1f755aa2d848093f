"""What moves, blinks, flashes, reloads or runs out by itself on a page (WCAG 2.2.1, 2.2.2, 2.3.1)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from toantrinh.observations.motion import LONG_MS, Flashing, MotionFacts, SelfMoving
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.asking.patience import within
from toantrinh.observers.sight.blinking import MANY, by_animation, by_script
from toantrinh.observers.sight.moving_pictures import moving_picture
from toantrinh.observers.sight.moving_shots import MovingShots
from toantrinh.observers.sight.timers import Timers, timers_of
from toantrinh.store import Attachments

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
MOTION = (HERE / "motion.js").read_text(encoding="utf-8")
MOVING = (HERE / "moving.js").read_text(encoding="utf-8")
LOOK_S = 40.0
SLOW_MS = 2_000  # a fade that takes longer is not plainly blinking
LONGEST_WATCH_MS = 8_000
SLOWEST_TIMER_MS = 7_000
STILL_MS = 120  # in which a page that asks for frames, or hears from somewhere, changes
AFTER_MS = 700  # a change may be followed by another one


@cache
def _words() -> Mapping[str, list[str]]:
    return dict(yaml.safe_load((HERE / "motion_words.yaml").read_text(encoding="utf-8")))


def motion_of(page: Page, attachments: Attachments | None = None) -> MotionFacts:
    """What goes on by itself in the page that is open; watches it for at most 8 seconds, not at all when nothing can.

    Knows the page's timers where TIMERS ran in it before its own scripts. Raises NotObserved as `patience.within`.
    """
    keep = attachments.save if attachments else None
    return within(page, LOOK_S, "xem chuyển động", lambda: _motion_of(page, MovingShots(page, keep)))


def _motion_of(page: Page, shots: MovingShots) -> MotionFacts:
    kept = World(page, f"({MOTION})({json.dumps(_words())})")
    try:
        facts: dict[str, Any] = kept.ask(f"(kept) => ({{ animations: ({MOVING})(), ...kept.facts() }})")
        moving = [*_animations(facts), *_marquees(facts), *_videos(facts)]
        flashes = by_animation(page, kept, facts["rounds"])
        for one in facts["pictures"]:
            one_moving, flash = moving_picture(page, one)
            moving += [one_moving] if one_moving else []
            flashes += [flash] if flash else []
        moving, flashes = shots.of(_one_each(moving)), shots.of(flashes)
        changing, sampled, watched = _watch(page, kept)
        changing, sampled = shots.of(changing), shots.of(sampled)
    finally:
        with suppress(Exception):
            kept.call("end")
        kept.close()
    refresh = facts["refresh"] or {}
    return MotionFacts(
        address=page.url,
        moving=tuple(_one_each([*moving, *changing])),
        flashing=(*flashes, *sampled),
        pauses=tuple(facts["pauses"]),
        refresh_ms=refresh.get("delay"),
        refresh_to=refresh.get("to", ""),
        limits=tuple(facts["limits"]),
        extends=tuple(facts["extends"]),
        watched_ms=round(watched),
    )


def _one_each(found: list[SelfMoving]) -> list[SelfMoving]:
    return list({(one.kind, one.selector): one for one in found}.values())


def _animations(facts: dict[str, Any]) -> list[SelfMoving]:
    found = []
    for one in facts["animations"]:
        lasts = one["lasts"]
        if (lasts is not None and lasts <= LONG_MS) or not (one["moves"] or one["blinks"]):
            continue
        what = (
            f"hiệu ứng “{one['name'] or ', '.join(one['properties'])}” {'chuyển động' if one['moves'] else 'nhấp nháy'}"
        )
        sure = one["moves"] or one["duration"] < SLOW_MS
        found.append(_moving("animation", one, what, lasts, sure))
    return found


def _marquees(facts: dict[str, Any]) -> list[SelfMoving]:
    return [
        _moving("marquee", one, f"chữ chạy <{one['tag']}>", None)
        for one in facts["marquees"]
        if one["loop"] <= 0 and one["tag"] == "marquee"
    ]


def _videos(facts: dict[str, Any]) -> list[SelfMoving]:
    return [_moving("video", one, "phim tự chạy không có nút điều khiển", one["lasts"]) for one in facts["videos"]]


def _moving(kind: str, one: dict[str, Any], what: str, lasts: float | None, sure: bool = True) -> SelfMoving:
    box = tuple(one["box"])
    return SelfMoving(kind=kind, selector=one["selector"], what=what, lasts_ms=lasts, sure=sure, box=box)


def _watch(page: Page, kept: World) -> tuple[list[SelfMoving], list[Flashing], float]:
    """What the page's scripts change by themselves: watched while a timer that comes soon enough waits."""
    deadline = time.monotonic() + LONGEST_WATCH_MS / 1000 + 2
    before = timers_of(page)
    frames = before.frames if before else 0
    if before is None or before.coming or before.quiet_ms < STILL_MS:
        page.wait_for_timeout(STILL_MS)
    flashes: list[Flashing] | None = None
    while True:
        state: dict[str, Any] = kept.call("state")
        now, changes, timers = state["now"], state["changes"], timers_of(page)
        soon = None if timers is None else _soon(timers)
        running = timers is not None and timers.frames != frames
        frames = timers.frames if timers else frames
        last = max((one["last"] for one in changes), default=-1_000.0)
        still = soon is None or bool(soon) or running
        if flashes is None and any(one["count"] >= MANY and not one["clock"] for one in changes):
            flashes = by_script(page, kept, changes)
        longest = SLOWEST_TIMER_MS if soon is None else max((one[0] for one in soon), default=0)
        limit = 5_500 if changes else min(longest + 700, LONGEST_WATCH_MS)
        if (not still and now - last > AFTER_MS) or now >= max(limit, longest + 300) or time.monotonic() > deadline:
            break
        page.wait_for_timeout(150)
    again = any(one[1] and one[0] >= 400 for one in soon or ())
    return [one for change in changes if (one := _by_timer(change, now, again, soon is None))], flashes or [], now


def _soon(timers: Timers) -> list[tuple[float, bool]]:
    return [one for one in timers.waiting if one[0] <= SLOWEST_TIMER_MS]


def _by_timer(change: dict[str, Any], now: float, again: bool, unknown: bool) -> SelfMoving | None:
    goes_on = change["last"] - change["first"] >= 3_500 or (again and now - change["last"] < SLOWEST_TIMER_MS)
    if change["clock"] or not (goes_on or (unknown and change["count"] > 1)):
        return None
    what = f"nội dung tự đổi sau mỗi khoảng thời gian: “{change['text'][:40]}”"
    sure = goes_on and not change["wording"] and change["box"][2] * change["box"][3] >= 2_500
    return _moving("timer", change, what, None, sure)
