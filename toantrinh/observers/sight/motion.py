"""What moves, blinks, flashes, reloads or runs out by itself on a page (WCAG 2.2.1, 2.2.2, 2.3.1)."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from PIL import Image

from toantrinh.observations.motion import Flashing, MotionFacts, SelfMoving
from toantrinh.observers.asking.page_world import World, ask, ask_page, session_of
from toantrinh.observers.asking.patience import within
from toantrinh.observers.pictures.pixels import picture
from toantrinh.observers.sight.flashes import LEAST_AREA, cells, flashing

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
MOTION = (HERE / "motion.js").read_text(encoding="utf-8")
MOVING = (HERE / "moving.js").read_text(encoding="utf-8")
TIMERS = (HERE / "timers.js").read_text(encoding="utf-8")
TOLD = "(() => { const told = window[Symbol.for('toantrinh.timers')]; return told ? told() : ''; })()"
LOOK_S = 40.0
LONG_MS = 5_000  # WCAG 2.2.2
SLOW_MS = 2_000  # a fade that takes longer is not plainly blinking
LONGEST_WATCH_MS = 8_000
SLOWEST_TIMER_MS = 7_000
PHASES = 16
SAMPLES_S = 1.2
MOST_FRAMES = 200
Keep = Callable[[str, bytes], str]


@cache
def _words() -> Mapping[str, list[str]]:
    return dict(yaml.safe_load((HERE / "motion_words.yaml").read_text(encoding="utf-8")))


def motion_of(page: Page, keep: Keep = lambda name, content: "") -> MotionFacts:
    """What goes on by itself in the page that is open; watches it for at most 8 seconds, not at all when nothing can.

    Knows the page's timers where TIMERS ran in it before its own scripts. Raises NotObserved as `patience.within`.
    """
    return within(page, LOOK_S, "xem chuyển động", lambda: _motion_of(page, keep))


def _motion_of(page: Page, keep: Keep) -> MotionFacts:
    kept = World(page, f"({MOTION})({json.dumps(_words())})")
    try:
        facts: dict[str, Any] = kept.call("facts")
        moving = [*_animations(page), *_marquees(facts), *_videos(facts)]
        flashes = _blinking(page, kept, facts["rounds"])
        for one in facts["pictures"]:
            moving_picture, flash = _moving_picture(page, one)
            moving += [moving_picture] if moving_picture else []
            flashes += [flash] if flash else []
        changing, sampled, watched = _watch(page, kept)
    finally:
        with suppress(Exception):
            kept.call("end")
        kept.close()
    refresh = facts["refresh"] or {}
    found = list({(one.kind, one.selector): one for one in [*moving, *changing]}.values())
    shot = _picture(page, keep) if found or flashes else ""
    return MotionFacts(
        address=page.url,
        moving=tuple(one.model_copy(update={"shot": shot}) for one in found),
        flashing=tuple(one.model_copy(update={"shot": shot}) for one in [*flashes, *sampled]),
        pauses=tuple(facts["pauses"]),
        refresh_ms=refresh.get("delay"),
        refresh_to=refresh.get("to", ""),
        limits=tuple(facts["limits"]),
        extends=tuple(facts["extends"]),
        watched_ms=round(watched),
    )


def _picture(page: Page, keep: Keep) -> str:
    from playwright.sync_api import Error

    try:
        return keep("motion.jpg", page.screenshot(type="jpeg", quality=55, timeout=8_000))
    except Error:
        return ""


def _animations(page: Page) -> list[SelfMoving]:
    found = []
    for one in ask(page, MOVING):
        lasts = one["lasts"]
        if (lasts is not None and lasts <= LONG_MS) or not (one["moves"] or one["blinks"]):
            continue
        what = (
            f"hiệu ứng “{one['name'] or ', '.join(one['properties'])}” {'chuyển động' if one['moves'] else 'nhấp nháy'}"
        )
        sure = one["moves"] or one["duration"] < SLOW_MS
        found.append(SelfMoving(kind="animation", selector=one["selector"], what=what, lasts_ms=lasts, sure=sure))
    return found


def _marquees(facts: dict[str, Any]) -> list[SelfMoving]:
    return [
        SelfMoving(kind="marquee", selector=one["selector"], what=f"chữ chạy <{one['tag']}>", lasts_ms=None)
        for one in facts["marquees"]
        if one["loop"] <= 0 and one["tag"] == "marquee"
    ]


def _videos(facts: dict[str, Any]) -> list[SelfMoving]:
    return [
        SelfMoving(
            kind="video", selector=one["selector"], what="phim tự chạy không có nút điều khiển", lasts_ms=one["lasts"]
        )
        for one in facts["videos"]
    ]


def _moving_picture(page: Page, one: dict[str, Any]) -> tuple[SelfMoving | None, Flashing | None]:
    """A picture of several frames, when it moves for more than five seconds; and when it flashes."""
    try:
        image = Image.open(BytesIO(_bytes_of(page, one["address"])))
        frames = min(getattr(image, "n_frames", 1), MOST_FRAMES)
        if frames < 2:
            return None, None
        once, series = 0.0, []
        area = one["box"][2] * one["box"][3]
        for index in range(frames):
            image.seek(index)
            delay = float(image.info.get("duration", 0))
            once += delay if delay > 10 else 100  # browsers show a frame without a delay for a tenth of a second
            if area >= LEAST_AREA:
                series.append(cells(image))
        loop = image.info.get("loop", 0 if image.format != "GIF" else None)
    except Exception:  # a picture that Pillow cannot read is none for us
        return None, None
    lasts = None if loop == 0 else once * (1 if loop is None else loop + 1)
    moving = None
    if lasts is None or lasts > LONG_MS:
        what = f"ảnh động {frames} khung hình"
        moving = SelfMoving(kind="picture", selector=one["selector"], what=what, lasts_ms=lasts)
    rate, share = flashing([*series, series[0]], once / 1000) if series else (0.0, 0.0)
    flash = Flashing(selector=one["selector"], per_second=round(rate, 1), area=share * area) if share else None
    return moving, flash


def _bytes_of(page: Page, address: str) -> bytes:
    """The bytes that the browser holds of a picture; nothing is requested."""
    if address.startswith("data:"):
        head, _, body = address.partition(",")
        return base64.b64decode(re.sub(r"\s", "", body)) if "base64" in head else body.encode()
    session = session_of(page)
    if session is None:
        return b""
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    session.send("Page.enable")
    got = session.send("Page.getResourceContent", {"frameId": frame, "url": address})
    return base64.b64decode(got["content"]) if got["base64Encoded"] else got["content"].encode()


def _blinking(page: Page, kept: World, rounds: list[dict[str, Any]]) -> list[Flashing]:
    """Animations whose rounds are short enough for more than three flashes a second, stopped at each phase."""
    found = []
    for one in rounds:
        x, y, width, height = one["box"]
        fastest = one["duration"] / max(1, one["frames"] / 2)
        lasts = one["duration"] * one["times"] if one["times"] >= 0 else float("inf")
        if width * height < LEAST_AREA or not 0 < fastest < 334 or lasts < 1_000:
            continue
        clip = (max(0, x), max(0, y), min(width, 1_000), min(height, 700))
        series = []
        for phase in range(PHASES + 1):
            kept.call("sample", one["i"], min(phase / PHASES, 0.999))
            series.append(cells(_clip(page, clip)))
        kept.call("go", one["i"])
        series += series[-2::-1] if one["alternate"] else [series[0]]
        seconds = one["duration"] / 1000 * (2 if one["alternate"] else 1)
        rate, share = flashing(series, seconds)
        if share:
            found.append(Flashing(selector=one["selector"], per_second=round(rate, 1), area=share * width * height))
        if len(found) >= 5:
            break
    return found


def _clip(page: Page, clip: tuple[float, float, float, float]) -> Image.Image:
    x, y, width, height = clip
    box = {"x": x, "y": y, "width": max(1, width), "height": max(1, height)}
    return picture(page.screenshot(full_page=True, clip=box, scale="css", timeout=8_000))  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Timers:
    """How often the page asked for a frame, and the timers that wait: their ms, and whether again and again."""

    frames: int
    waiting: tuple[tuple[float, bool], ...]


def _timers(page: Page) -> _Timers | None:
    """What TIMERS noted; None where it did not run, or the page does not let it be asked."""
    try:
        frames, *waiting = str(ask_page(page, TOLD)).split(";")
        pairs = (one.split(",") for one in waiting)
        return _Timers(int(frames), tuple((float(delay), again == "again") for delay, again in pairs))
    except (RuntimeError, ValueError):
        return None


def _watch(page: Page, kept: World) -> tuple[list[SelfMoving], list[Flashing], float]:
    """What the page's scripts change by themselves: watched while a timer that comes soon enough waits."""
    deadline = time.monotonic() + LONGEST_WATCH_MS / 1000 + 2
    before = _timers(page)
    frames = before.frames if before else 0
    page.wait_for_timeout(120)  # for the frames that a script asks for
    flashes: list[Flashing] | None = None
    while True:
        state: dict[str, Any] = kept.call("state")
        now, changes, timers = state["now"], state["changes"], _timers(page)
        soon = None if timers is None else [one for one in timers.waiting if one[0] <= SLOWEST_TIMER_MS]
        running = timers is not None and timers.frames != frames
        frames = timers.frames if timers else frames
        last = max((one["last"] for one in changes), default=-1_000.0)
        still = soon is None or bool(soon) or running
        if flashes is None and any(one["count"] >= 6 and not one["clock"] for one in changes):
            flashes = _sampled(page, kept, changes)
        longest = SLOWEST_TIMER_MS if soon is None else max((one[0] for one in soon), default=0)
        limit = 5_500 if changes else min(longest + 700, LONGEST_WATCH_MS)
        if (not still and now - last > 700) or now >= max(limit, longest + 300) or time.monotonic() > deadline:
            break
        page.wait_for_timeout(150)
    again = any(one[1] and one[0] >= 400 for one in soon or ())
    return [one for change in changes if (one := _by_timer(change, now, again, soon is None))], flashes or [], now


def _by_timer(change: dict[str, Any], now: float, again: bool, unknown: bool) -> SelfMoving | None:
    goes_on = change["last"] - change["first"] >= 3_500 or (again and now - change["last"] < SLOWEST_TIMER_MS)
    if change["clock"] or not (goes_on or (unknown and change["count"] > 1)):
        return None
    what = f"nội dung tự đổi sau mỗi khoảng thời gian: “{change['text'][:40]}”"
    sure = goes_on and not change["wording"] and change["box"][2] * change["box"][3] >= 2_500
    return SelfMoving(kind="timer", selector=change["selector"], what=what, lasts_ms=None, sure=sure)


def _sampled(page: Page, kept: World, changes: list[dict[str, Any]]) -> list[Flashing]:
    """Pictures in quick succession of the largest part that scripts change many times."""
    many = [one for one in changes if one["count"] >= 6 and one["on_page"]]
    if not many:
        return []
    one = max(many, key=lambda change: change["box"][2] * change["box"][3])
    x, y, width, height = one["box"]
    if width * height < LEAST_AREA:
        return []
    began, series = time.monotonic(), []
    while time.monotonic() - began < SAMPLES_S:
        series.append(cells(_clip(page, (max(0, x), max(0, y), min(width, 1_000), min(height, 700)))))
    seconds = time.monotonic() - began
    after = kept.call("state")["changes"]
    rate, share = flashing(series, seconds)
    if share:
        return [Flashing(selector=one["selector"], per_second=round(rate, 1), area=share * width * height)]
    counted = next((other["count"] for other in after if other["selector"] == one["selector"]), 0) - one["count"]
    differs = any(max(cell) - min(cell) >= 0.1 for cell in zip(*series, strict=True)) if series else False
    if differs and counted / seconds > 6 and len(series) / seconds < counted / seconds * 1.5:
        return [Flashing(selector=one["selector"], per_second=None, area=width * height)]
    return []
