"""One cold load: a fresh context, the profile put on, filmed and heard until the page is at rest, and proved."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toantrinh.driver.alarm import alarm
from toantrinh.driver.endings import Unreached
from toantrinh.driver.eyes import Control, View, look
from toantrinh.driver.lexicon import load_lexicon
from toantrinh.driver.opening import PAGE_S, named
from toantrinh.driver.proof import prove
from toantrinh.driver.watch import Watch
from toantrinh.driver.window import first_line
from toantrinh.journey.equipment import Equipment, context_of
from toantrinh.journey.form import form_fields
from toantrinh.observations.loading import ColdLoad, EndedBy, FileLoaded, LargestContent, LoadingPage, Profile
from toantrinh.observations.page import PageKind
from toantrinh.observers.asking.page_world import World
from toantrinh.observers.comparing import place_of
from toantrinh.observers.loading.filming import Film, Picture, Shown
from toantrinh.observers.loading.hearing import Ears, first_byte_of, protocols_of, text_and_compressed
from toantrinh.observers.loading.own_machine import Neighbours
from toantrinh.observers.loading.profile import put_on, take_off
from toantrinh.observers.loading.speed_index import Progress, Squares, moving_squares, progress_of
from toantrinh.system_model import System

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VITALS = (Path(__file__).parent / "vitals.js").read_text(encoding="utf-8")
LONGEST_S = 12.0  # after the page's first byte; twice the highest limit
QUIET_S = 0.2
STILL_MOVING_S = 2.0  # loaded and quiet on the line, and yet changing
ASKED_S = 15.0  # for what is asked of the page in the end
IDLE_S = 0.06
LOOK_MS = 20


class Lost(Exception):
    """What came is not the page; `kind` says what it is, where it is a page at all."""

    def __init__(self, why: str, kind: PageKind | None = None) -> None:
        super().__init__(why)
        self.why, self.kind = why, kind


@dataclass(frozen=True)
class Place:
    """Where a page is: its address, and the log-in with which it opens (Playwright's storage state), never written."""

    page: LoadingPage
    address: str
    state: Mapping[str, Any] | None = field(default=None, repr=False)
    scripts: tuple[str, ...] = field(default=(), repr=False)  # run before the page's own: a log-in that scripts keep


@dataclass(frozen=True)
class Loaded:
    """A load, with what only a few of them are kept of: pictures with their moments and progress, and all requests."""

    load: ColdLoad
    files: tuple[FileLoaded, ...]
    frames: tuple[tuple[float, float, Shown], ...]  # ms, shown, picture


def load_cold(
    browser: Browser,
    system: System,
    place: Place,
    number: int,
    *,
    profile: Profile,
    equipment: Equipment,
    own: frozenset[int] = frozenset(),
    quiet_s: float = QUIET_S,
) -> Loaded:
    """Loads the page once, in its `number`th round. Raises Lost when what came is another page, or none."""
    from playwright.sync_api import Error

    more = {"storage_state": dict(place.state)} if place.state else {}
    context = context_of(browser, system, equipment, **more)
    try:
        for script in place.scripts:
            context.add_init_script(script)
        page = context.new_page()
        watch = Watch(context, system)
        session = context.new_cdp_session(page)
        ears, film = Ears(session), Film(session)
        put_on(session, profile)
        try:
            if watch.pace:
                watch.pace.turn(page.wait_for_timeout)
        except Unreached as held:
            raise Lost(held.why) from held
        neighbours = Neighbours(own)
        with alarm(page, PAGE_S + LONGEST_S + ASKED_S) as bell:
            try:
                page.goto(place.address, wait_until="commit", timeout=PAGE_S * 1000)
                ended = _until_rest(page, ears, film, quiet_s)
                others = neighbours.share()
                vitals = World(page).answer(VITALS)
                film.end()
                take_off(session)
                _prove(page, watch, system, place)
            except (Error, RuntimeError) as error:
                lost = named(error, watch, place.address, rang=bell.rang)
                raise Lost(lost.why if lost else first_line(error)) from error
        return _loaded(number, ended, ears, film, vitals, others)
    finally:
        with suppress(Error):
            context.close()


def _until_rest(page: Page, ears: Ears, film: Film, quiet_s: float) -> EndedBy:
    """Waits until the page has loaded, asks for nothing, and nothing changes but what never stops moving."""
    deadline = time.monotonic() + LONGEST_S
    asked = 0.0
    while (now := time.monotonic()) < deadline:
        page.wait_for_timeout(LOOK_MS)
        if not ears.loaded or ears.waiting() or now - ears.changed < quiet_s:
            continue
        if now - film.changed >= quiet_s:
            if film.shows_something() and _idle(page):
                return EndedBy.REST
            continue
        if now - ears.changed >= STILL_MOVING_S and now - asked > 0.5:
            asked = now
            _, others = _moving(film, ears.zero or 0.0)
            if not others:
                return EndedBy.MOVING
    return EndedBy.CAP


def _idle(page: Page) -> bool:
    """False while the page's own thread works on: what it makes is still to be shown."""
    from playwright.sync_api import Error

    asked = time.monotonic()
    try:
        World(page).run("0")
    except (Error, RuntimeError):
        return False  # another document is on its way
    return time.monotonic() - asked < IDLE_S


def _moving(film: Film, zero: float) -> tuple[Squares | None, bool]:
    if not film.frames:
        return None, False
    last = film.frames[-1].at
    tail = [one for one in film.frames if one.at > last - 1.2]
    return moving_squares([((one.at - zero) * 1000, one.picture()) for one in tail], (last - zero) * 1000)


def _prove(page: Page, watch: Watch, system: System, place: Place) -> None:
    """Raises Lost unless what is shown is the page that was meant."""
    view = look(page)
    proof = prove(
        view,
        status=watch.status_of(view.address),
        allowed_hosts=system.allowed_hosts,
        step=place.page.value,
        lexicon=load_lexicon(system.labels),
    )
    if not proof.holds:
        raise Lost(proof.why or proof.kind.value, proof.kind)
    if place_of(proof.address) != place_of(place.address):
        raise Lost(f"bị đưa sang {proof.address}", PageKind.ELSEWHERE)
    if place.page is LoadingPage.FORM and not fields_in_sight(view):
        raise Lost("địa chỉ này không còn hiện biểu mẫu", PageKind.PAGE)


def fields_in_sight(view: View) -> list[Control]:
    """The fields of the page's own form, those of a dialog in front of it left out."""
    return [control for control in form_fields(view) if control.landmark != "dialog"]


def _loaded(number: int, ended: EndedBy, ears: Ears, film: Film, vitals: dict[str, Any], others: float) -> Loaded:
    zero = ears.zero or vitals["origin"] / 1000
    late = max(0.0, vitals["origin"] - zero * 1000)  # a script has led on to another document meanwhile
    frames = film.since(zero)
    pictures = [((one.at - zero) * 1000, one.picture()) for one in frames]
    moving = moving_squares(pictures, pictures[-1][0])[0] if pictures and ended is not EndedBy.REST else None
    progress = progress_of(pictures, moving)
    files = ears.files()
    text, compressed = text_and_compressed(files)
    element = vitals["element"]
    load = ColdLoad(
        round=number,
        ended_by=ended,
        first_byte_ms=first_byte_of(files),
        first_content_ms=_since(vitals["first"], late),
        largest_content_ms=_since(vitals["largest"], late),
        speed_index_ms=round(progress.speed_index_ms, 1) if progress else None,
        shown_ms=round(progress.complete_ms, 1) if progress else None,
        loaded_ms=_since(vitals["loaded"], late),
        longest_task_ms=_since(vitals["longest"]),
        blocking_ms=_since(vitals["blocking"]),
        sent_bytes=sum(file.sent_bytes for file in files),
        requests=len(files),
        protocols=protocols_of(files),
        text_bytes=text,
        compressed_bytes=compressed,
        largest=LargestContent(**element) if element else None,
        others=round(others, 3),
        moving=round(float(moving.mean()), 3) if moving is not None else 0.0,
    )
    return Loaded(load, files, _frames(pictures, frames, progress))


def _frames(
    pictures: list[tuple[float, Picture]], frames: list[Shown], progress: Progress | None
) -> tuple[tuple[float, float, Shown], ...]:
    shown = progress.shown if progress else (1.0,) * len(pictures)
    return tuple((max(0.0, at), share, one) for (at, _), share, one in zip(pictures, shown, frames, strict=True))


def _since(value: float | None, late: float = 0.0) -> float | None:
    return None if value is None else round(value + late, 1)
