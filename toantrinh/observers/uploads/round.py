"""One round of files at one place: a good one first and last, the others in between, each seen as it comes back."""

from __future__ import annotations

import re
import time
from typing import Any

from toantrinh.driver.eyes import Control, View
from toantrinh.journey import papers
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import Outcome
from toantrinh.observations.uploads import FileTried, Later, Serving
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.uploads.asking import Asking
from toantrinh.observers.uploads.baits import Bait, Place, baits, good
from toantrinh.observers.uploads.coming_back import ComingBack
from toantrinh.observers.uploads.hearing import Ear
from toantrinh.observers.uploads.serving import Served
from toantrinh.observers.uploads.trying import Trying

MOST_S = 120.0  # for the files of one round
MOST_LOST = 3  # files in a row that could not be given
MOST_UNOPPOSED = 4  # files in a row, sent with the whole page, that it said nothing of
SCAN_S = 20.0  # from the upload of the test virus: how long a scan may take before the file counts as kept
LOOK_S = 4.0  # between two looks
SCANNING = re.compile(
    r"\b(?:đang|chờ)\s+(?:được\s+)?(?:quét|kiểm tra|kiểm duyệt|xử lý|xác minh|xác thực|phân tích|rà soát)\b"
    r"[^,.;()]{0,20}|\b(?:scanning|being scanned|pending|processing|quarantined?|in review)\b|\bcách ly\b",
    re.I,
)
DOCX = re.compile(r"docx|word", re.I)


def best_place(view: View) -> Control | None:
    """The place of the page to be tried: one that takes DOCX, the kind that can carry most, before others."""
    places = papers.upload_places(view)
    return next((place for place in places if asked_at(place).docx), next(iter(places), None))


def asked_at(place: Control) -> Place:
    """What a place asks for."""
    stated = place.accept or f"{place.description} {place.row}"
    return Place(papers.document_kind(place), DOCX.search(stated) is not None)


class Round:
    """The files of one place. `begin` tries the good one; `go_on` all others."""

    def __init__(self, who: Traveller, view: View, place: Control, ear: Ear, prober: Prober, stem: str) -> None:
        self.place, self.stem = asked_at(place), stem
        self.trying = Trying(who, view, place, ear)
        self.before: FileTried | None = None
        self.after: FileTried | None = None
        self.files: list[FileTried] = []
        self.later: list[Later] = []
        self.serving: tuple[Serving, ...] = ()
        self.direct_why = ""
        self.waits = False
        self._given: dict[str, float] = {}  # when a file had been given, by its key
        self._who, self._ear, self._prober = who, ear, prober

    def begin(self, token: str) -> bool:
        """Tries the good file; True when it was accepted, or went unopposed with the whole page."""
        self._known = good(self.place, token)
        self.before = self.trying.give(self._known)
        self.waits = self.before.unopposed and self.before.by_server
        return self.waits or self.before.outcome is Outcome.ACCEPTED

    def go_on(self, role: Role) -> None:
        """Tries the others, in the name of `role` where the page is not needed."""
        self._back = ComingBack(self._who, self._prober, role)
        asking = Asking(self._prober, role, self.trying, self._ear.of(self._known.token), self._known)
        served = Served(self._prober, role, self.trying.address)
        assert self.before is not None
        self.before = self._seen_again(self._known, self.before)
        deadline, lost, why = time.monotonic() + MOST_S, 0, ""
        self._baits = {bait.key: bait for bait in baits(self.place, self.stem)}
        for bait in self._baits.values():
            if not why and time.monotonic() > deadline:
                why = f"quá {MOST_S:g} giây cho một vòng thử"
            if why or (bait.key == "eicar-inside" and self._has("eicar")):
                if why:
                    self.files.append(self.trying.untried(bait, why))
                continue
            if bait.inflated:
                served.before()
            try:
                if self.waits:
                    self.trying.answer_again()
                tried = self.trying.give(bait)
                if not (tried.by_server or tried.accepted or self.waits) and tried.reach is Reach.REACHED:
                    asking.believe(good(self.place, f"{self.stem}y"))
                    tried = asking.ask(bait, tried)
            except StepEnded as end:
                why = f"không mở lại được trang sau {bait.about}: {end.why}"
                self.files.append(self.trying.untried(bait, why))
                continue
            self._given[bait.key] = time.monotonic()
            self.files.append(self._seen_again(bait, tried))
            if bait.inflated:
                self.serving = served.after()
            lost = lost + 1 if tried.reach is not Reach.REACHED else 0
            if lost >= MOST_LOST:
                why = f"{lost} tệp liền nhau không gửi được: {tried.why}"
            elif self.waits and len(self.files) == MOST_UNOPPOSED and all(one.unopposed for one in self.files):
                why = "tệp chỉ được gửi cùng cả hồ sơ, trang không nói gì về tệp khi hồ sơ còn thiếu"
        self.direct_why = asking.why
        if not why:
            self._end()

    def facts(self) -> dict[str, Any]:
        """What came of it, by field of the record."""
        return {
            "address": self.trying.address,
            "place": papers.title_of(self.trying.place),
            "accept": self.trying.place.accept,
            "before": self.before,
            "after": self.after,
            "files": tuple(self.files),
            "later": tuple(self.later),
            "serving": self.serving,
            "direct_why": self.direct_why,
            "waits": self.waits,
        }

    def _has(self, key: str) -> bool:
        return any(one.key == key and one.accepted for one in self.files)

    def _seen_again(self, bait: Bait, tried: FileTried) -> FileTried:
        if not tried.accepted:
            return tried
        links = self.trying.links.get(bait.key, [])
        return tried.model_copy(update={"returned": tuple(self._back.ask(link, bait) for link in links)})

    def _end(self) -> None:
        """Looks for the test virus again, then gives a good file once more: whoever refuses that one, refuses us."""
        try:
            for one in self.files:
                if one.key in ("eicar", "eicar-inside") and one.accepted:
                    self.later.append(self._later(self._baits[one.key], one))
            if self.waits:
                self.trying.answer_again()
            self.after = self.trying.give(good(self.place, f"{self.stem}z"))
        except StepEnded as end:
            self.after = self.trying.untried(good(self.place, f"{self.stem}z"), end.why)

    def _later(self, bait: Bait, tried: FileTried) -> Later:
        """The file once it is gone, or when a scan has had its time. It is tried last, since at many places a file
        takes the place of the one before."""
        while True:
            passed = time.monotonic() - self._given[bait.key]
            later = self._look(bait, tried)
            if not later.there or passed >= SCAN_S:
                return later
            time.sleep(min(LOOK_S, SCAN_S - passed))

    def _look(self, bait: Bait, tried: FileTried) -> Later:
        links = self.trying.links.get(bait.key, [])
        again = self._back.ask(links[0], bait) if links else None
        self.trying.reopen()
        line = self.trying.line_of(bait.token)
        rows = [c.row for c in self.trying.view.controls if c.role == "link" and c.href in links]
        found = SCANNING.search(" ".join((line, *rows, *tried.said, tried.message)))
        scanning = found.group(0).strip() if found else ""
        there: bool | None = None
        if again is not None and again.status is not None:
            there = again.came and again.same is not False
        elif again is None and not line:
            there = False
        return Later(key=bait.key, asked=True, there=there, scanning=scanning, returned=again)
