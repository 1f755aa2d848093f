"""Files tried one after the other at one place, each through the page as a citizen would."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from toantrinh.driver.answers import Answerer
from toantrinh.driver.eyes import Control, View
from toantrinh.driver.window import CannotAct, first_line
from toantrinh.journey import form, papers
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import Outcome
from toantrinh.observations.uploads import FileTried, Group
from toantrinh.observers.trespass.places import is_askable
from toantrinh.observers.uploads.baits import MARKED, Bait, readable
from toantrinh.observers.uploads.hearing import Ear, FileSent
from toantrinh.scenarios.offering import Sent, offer, same_place
from toantrinh.scenarios.trying import picture, sure

MOST_LINKS = 2
MOST_STRINGS = 200
SURE = 60
ELEMENT = "token => document.querySelector(`[" + MARKED + '="${token}"]`) !== null'
NEVER = ("remove-file", "destructive", "log-out", "delete-draft")


class Trying:
    """One place of one page. `view` is what is seen now; `links` those that a file was shown by, by its key."""

    def __init__(self, who: Traveller, view: View, place: Control, ear: Ear) -> None:
        self.who, self.view, self.place, self.ear = who, view, place, ear
        self.address = view.address
        self.links: dict[str, list[str]] = {}

    def give(self, bait: Bait) -> FileTried:
        """Gives one file; what came of it. One that could not be given says so for itself, and the page is opened
        again; raises StepEnded when that cannot be done either."""
        from playwright.sync_api import Error

        try:
            tried = self._give(bait)
        except (StepEnded, CannotAct, Error) as end:
            reach, why = (end.reach, end.why) if isinstance(end, StepEnded) else (Reach.TOOL_ERROR, first_line(end))
            shots = picture(self.who, f"Sau khi gửi {bait.about}")
            tried = self._record(bait).model_copy(update={"reach": reach, "why": why, "shots": shots})
            self.reopen()
        if not papers.upload_places(self.view):
            self.reopen()
        return tried

    def reopen(self) -> None:
        """Opens the page of the place again. Raises StepEnded."""
        self.view = self.who.go(self.address)

    def answer_again(self) -> None:
        """Opens the page again and writes what it asks for: one that was sent and refused has lost it."""
        self.reopen()
        answerer = Answerer(self.who.persona, {**self.who.system.answers, **self.who.service.answers})
        self.view = form.fill_page(self.who, self.view, answerer)[0]

    def untried(self, bait: Bait, why: str) -> FileTried:
        """The record of a file that was not given."""
        return self._record(bait).model_copy(update={"why": why})

    def links_in(self, view: View, token: str, before: set[str]) -> list[str]:
        """Where the page shows the file: new links that bear its token or stand beside it, or else all that are new."""
        never = [self.who.lexicon[intent] for intent in NEVER]
        shown = [
            c
            for c in view.controls
            if c.role == "link"
            and c.href.startswith("http")
            and c.href.split("#")[0] != view.address.split("#")[0]
            and all(word.nearness(c.label) < SURE for word in never)
        ]
        named = [c.href for c in shown if token in f"{c.name} {c.href} {c.row}" and c.href not in before]
        fresh = [c.href for c in shown if c.href not in before and view.in_body(c) and is_askable(c.href)]
        return list(dict.fromkeys(named or fresh))[:MOST_LINKS]

    def _give(self, bait: Bait) -> FileTried:
        who, token = self.who, bait.token
        place = same_place(self.view, self.place) or self._make_room()
        if place is not None and form.complaint_about(place, self.view):  # of the file before: it would be read again
            self.reopen()
            place = same_place(self.view, self.place)
        if place is None:
            return self._record(bait).model_copy(update={"why": "chỗ đính kèm không còn trên trang"})
        before = {c.href for c in self.view.controls}
        first = len(who.hands.watch.seen)

        def taken(view: View) -> bool:
            return self.ear.of(token) is not None and bool(self.links_in(view, token, before))

        sent = offer(who, self.view, place, bait.file, taken, known_by=token, careful=True)
        self.view = sent.view
        went_on = sent.outcome is Outcome.ACCEPTED and not papers.upload_places(sent.view)
        if went_on:  # what was sent with the whole page is seen when one comes back to it
            self.reopen()
        heard = self.ear.of(token)
        status = self._status(heard, first)
        links = self.links_in(self.view, token, before) if sent.outcome is Outcome.ACCEPTED else []
        if sent.outcome is Outcome.ACCEPTED and not links:
            links = self._told(heard, first, bait)
        self.links[bait.key] = links
        outcome = sent.outcome if went_on and (status or 0) < 400 else self._sure(sent, links, token, status)
        kept = outcome is Outcome.ACCEPTED
        evil = bait.group not in (Group.GOOD, Group.NAME) or bait.key == "markup"
        return self._record(bait).model_copy(
            update={
                "reach": Reach.REACHED,
                "said": sent.said,
                "shots": picture(who, f"Đã nhận {bait.about}") if kept and evil else (),
                "outcome": outcome,
                "message": sent.message,
                "broke": sent.broke,
                "status": status,
                "by_server": self._was_sent(heard, first),
                "listed": self.line_of(token) if kept else "",
                "element": self.is_element(token),
                "ran_in_page": self.ear.ran_here(token),
            }
        )

    def _record(self, bait: Bait) -> FileTried:
        return FileTried(
            key=bait.key,
            group=bait.group,
            file=readable(bait.file.name),
            about=bait.about,
            size=len(bait.file.content),
            inflated=bait.inflated,
            address=self.address,
        )

    def _sure(self, sent: Sent, links: list[str], token: str, status: int | None) -> Outcome:
        """What became of the file: only what is shown to be there was accepted."""
        if sent.outcome is Outcome.UNSEEN and status is not None and self._standing_refusal():
            return Outcome.REFUSED
        if sent.outcome is not Outcome.ACCEPTED or links:
            return sent.outcome
        if status is not None and status >= 400:
            return Outcome.REFUSED
        return Outcome.ACCEPTED if self.line_of(token) else Outcome.UNSEEN

    def _standing_refusal(self) -> bool:
        """True when the page still refuses in the words that it had for the file before."""
        return any(self.who.lexicon.says("refusal", message.text) for message in self.view.messages)

    def line_of(self, token: str) -> str:
        """How the page names the file, with what stands around its token; what is only said of it is left out."""
        said = [message.text for message in self.view.messages]
        lines = (line.strip() for line in self.view.text.split("\n") if token in line)
        found = next((line for line in lines if not any(line in text for text in said)), "")
        found = found or next((c.name for c in self.view.controls if c.role == "link" and token in c.name), "")
        named = re.search(rf"\S{{0,40}}{re.escape(token)}.{{0,80}}", found)
        return readable(named.group(0)) if named else ""

    def is_element(self, token: str) -> bool:
        """True when a part of the file's name has become an element of the page."""
        from playwright.sync_api import Error

        try:
            return bool(self.who.hands.page.evaluate(ELEMENT, token))
        except Error:
            return False

    def _make_room(self) -> Control | None:
        """The place again, once what stands there has been removed, or the page opened again."""
        view = self.view
        buttons = view.ranked(self.who.lexicon["remove-file"], where=view.in_body, least=45)
        if buttons:
            self.view = sure(self.who, self.who.press(view, buttons[0]))
        if same_place(self.view, self.place) is None:
            self.reopen()
        return same_place(self.view, self.place)

    def _requests(self, first: int) -> Iterator[Any]:
        seen = self.who.hands.watch.seen[first:]
        return (one for one in seen if one.request.method in ("POST", "PUT", "PATCH"))

    def _was_sent(self, heard: FileSent | None, first: int) -> bool:
        """True when a request carried the file. What was only heard of a form's data may have been read by a script
        that then sent nothing: it counts with the request that it announced, or with a body that is a file."""
        kinds = [one.request.headers.get("content-type", "") for one in self._requests(first)]
        raw = any(name in kind for kind in kinds for name in ("octet-stream", "application/pdf", "image/"))
        if heard is None:
            return raw or any("multipart" in kind for kind in kinds)
        bare = heard.address.split("#")[0]
        sent = ((one.request.method, one.request.url.split("#")[0]) for one in self._requests(first))
        return raw or (heard.method, bare) in sent

    def _status(self, heard: FileSent | None, first: int) -> int | None:
        if heard is None:
            return None
        bare = heard.address.split("#")[0]
        found = [one.status for one in self._requests(first) if one.request.url.split("#")[0] == bare]
        return found[-1] if found else None

    def _told(self, heard: FileSent | None, first: int, bait: Bait) -> list[str]:
        """Addresses of the file in the JSON that answered the upload."""
        from urllib.parse import urljoin

        from playwright.sync_api import Error

        if heard is None:
            return []
        bare = heard.address.split("#")[0]
        for one in self._requests(first):
            if one.request.url.split("#")[0] != bare:
                continue
            try:
                response = one.request.response()
                if response is None or "json" not in response.headers.get("content-type", ""):
                    continue
                found = [text for text in _strings(json.loads(response.text())) if text[:1] == "/" or "://" in text]
            except (Error, ValueError):
                continue
            named = [text for text in found if bait.token in text] or found
            whole = [urljoin(self.address, text) for text in named]
            return [one for one in whole if bait.token in one or is_askable(one)][:MOST_LINKS]
        return []


def _strings(data: object) -> list[str]:
    """The texts of a JSON document, in order, the first 200."""
    found: list[str] = []
    waiting = [data]
    while waiting and len(found) < MOST_STRINGS:
        one = waiting.pop(0)
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found
