"""Hears every answer of a browser context and writes down, when a page is at rest, what the system's own said.

Inside the browser's events nothing is asked of it. At rest one question a step asks for its cookies; only when they
have changed are the answers asked for what set them, and a document only for the headers that it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toantrinh.driver.alarm import alarm
from toantrinh.driver.answer_shapes import (
    LIVING,
    Shapes,
    has_body,
    is_document,
    is_html,
    is_shown,
    is_top,
    lacks_words,
    may_be_shared,
)
from toantrinh.driver.cookie_jar import CookieJar
from toantrinh.driver.document_words import files_of, without_values, written_in
from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.observations.http_answers import AnswersSeen, CookieSet, HttpAnswer, StrangersFile, Written

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request, Response

MOST = 400  # rows of one record
MOST_ASKED = 60  # answers of one step that are asked for their cookies
MOST_READ = 12  # bodies of one step that are looked into for personal data
LARGEST_READ = 512 * 1024  # bytes
ASK_S = 10.0
SETTERS = ("document", "xhr", "fetch", "other", "eventsource")  # static files seldom set cookies: they are asked last


@dataclass(eq=False)
class _Heard:
    """An answer that has come and is not written down yet."""

    response: Response
    written: Written | None = None
    asked: bool = False
    personal: tuple[str, ...] = ()
    cookies: list[CookieSet] = field(default_factory=list)


@dataclass
class _Ear:
    """What one browser context has answered since it was last written down."""

    context: BrowserContext
    jar: CookieJar
    heard: list[_Heard] = field(default_factory=list)
    lost: list[Request] = field(default_factory=list)  # such as those to hosts that the file does not name
    strangers: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("response", lambda response: self.heard.append(_Heard(response)))
        self.context.on("requestfailed", lambda request: self.lost.append(request))

    def files(self) -> set[str]:
        """The addresses of the scripts and style sheets that were asked for, in vain or not."""
        asked = [*(one.response.request for one in self.heard), *self.lost]
        return {request.url for request in asked if request.resource_type in ("script", "stylesheet")}


class AnswerBook:
    """The answers of one journey, or of one page. `marks` are facts of the test person, by their Vietnamese names."""

    def __init__(self, own: OwnHosts, marks: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._own, self._marks = own, marks or {}
        self._ears: dict[BrowserContext, _Ear] = {}
        self._shapes = Shapes()
        self._rows: dict[str, HttpAnswer] = {}
        self._strangers: dict[tuple[str, str], StrangersFile] = {}
        self._known: set[str] = set()  # files of other hosts
        self._left_out = 0

    def listen(self, context: BrowserContext) -> None:
        """Hears the answers of `context` from now on; a second time does nothing."""
        if context not in self._ears:
            self._ears[context] = _Ear(context, CookieJar(self._own))

    def look(self, page: Page, text: str = "") -> None:
        """While a page is at rest: asks documents for what they lack, and what may be shared for personal data.

        `text` is what the page shows.
        """
        ear = self._ears.get(page.context)
        if ear is None or not (ear.heard or ear.lost):
            return
        self._look_for_strangers(ear, page)
        lacking = [one for one in ear.heard if not one.asked and self._needs_a_look(one)]
        for one in ear.heard:
            one.asked = True
        with _bounded(page):
            for one in lacking:
                self._ask_document(one)
            for one in [one for one in lacking if self._may_be_shared(one)][:MOST_READ]:
                one.personal = self._personal(one, text)

    def close(self, context: BrowserContext, page: Page, step: str, *, officer: bool = False) -> None:
        """Writes down what has been heard since the last time as that of `step`."""
        ear = self._ears.get(context)
        if ear is None:
            return
        if not page.is_closed():
            self.look(page)
            with _bounded(page):
                self._ask_for_cookies(ear, step, officer)
        for one in ear.heard:
            if one.response.url in self._own:
                self._write(one, step, officer)
        for file in ear.strangers:
            row = StrangersFile(**file, step=step)
            self._strangers.setdefault((row.address, row.page), row)
        for heard in (ear.heard, ear.lost, ear.strangers):
            heard.clear()

    def record(self) -> AnswersSeen:
        """Everything written down so far."""
        return AnswersSeen(
            table=self._shapes.table(),
            answers=tuple(self._rows.values()),
            cookies=tuple(cookie for ear in self._ears.values() for cookie in ear.jar.held()),
            strangers=tuple(self._strangers.values()),
            left_out=self._left_out,
        )

    def _needs_a_look(self, one: _Heard) -> bool:
        response = one.response
        if response.url not in self._own:
            return False
        headers = response.headers
        lacks = is_html(response, headers) and lacks_words(headers)
        return lacks or may_be_shared(response, headers)

    def _may_be_shared(self, one: _Heard) -> bool:
        return may_be_shared(one.response, one.response.headers)

    def _ask_document(self, one: _Heard) -> None:
        """What stands in the document in the place of headers, while its frame still shows it."""
        from playwright.sync_api import Error

        response = one.response
        if is_html(response, response.headers) and lacks_words(response.headers) and is_shown(response):
            with suppress(Error):
                one.written = written_in(response.request.frame)

    def _personal(self, one: _Heard, text: str) -> tuple[str, ...]:
        """The facts of the test person that the answer carries; of a document, that its page shows."""
        from playwright.sync_api import Error

        response = one.response
        if is_document(response) and text and is_top(response) and is_shown(response):
            return self._found(text)
        size = response.headers.get("content-length", "0")
        if not size.isdigit() or int(size) > LARGEST_READ:
            return ()
        try:
            return self._found(response.body()[:LARGEST_READ].decode("utf-8", "replace"))
        except Error:  # the browser has thrown the body away, or saved it as a file
            return ()

    def _found(self, text: str) -> tuple[str, ...]:
        return tuple(name for name, values in self._marks.items() if any(value and value in text for value in values))

    def _ask_for_cookies(self, ear: _Ear, step: str, officer: bool) -> None:
        """Asks for the cookies that the browser holds now, and for what set those that have changed."""
        missing = ear.jar.look(ear.context.cookies(), step, officer)
        if not missing:
            return
        first = [one for one in ear.heard if one.response.request.resource_type in SETTERS]
        rest = [one for one in ear.heard if one not in first and one.response.url in self._own]
        for group in (first, rest):
            if not ear.jar.unexplained():
                break
            for one in group[:MOST_ASKED]:
                found = ear.jar.explain(one.response)
                one.cookies += found if one.response.url in self._own else []

    def _look_for_strangers(self, ear: _Ear, page: Page) -> None:
        """Which scripts and styles of other hosts a page of the system holds; asked only when one came that is new."""
        if page.url not in self._own:
            return
        came = {address for address in ear.files() if self._is_strange(address)} - self._known
        if not came:
            return
        self._known |= came
        with _bounded(page):
            for file in files_of(page):
                if self._is_strange(str(file["address"])):
                    ear.strangers.append({**file, "page": without_values(page.url)})

    def _is_strange(self, address: str) -> bool:
        return address.startswith("http") and address not in self._own

    def _write(self, one: _Heard, step: str, officer: bool) -> None:
        response = one.response
        headers = response.headers
        shape, nonces = self._shapes.place(headers)
        row = HttpAnswer(
            method=response.request.method,
            address=without_values(response.url),
            kind=response.request.resource_type,
            status=response.status,
            content_type=headers.get("content-type", ""),
            headers=shape,
            step=step,
            officer=officer,
            top=is_top(response),
            body=has_body(response, headers),
            bearer="authorization" in response.request.headers,
            nonces=nonces if is_html(response, headers) else (),
            cookies=tuple(one.cookies),
            written=one.written,
            personal=one.personal,
        )
        self._keep(row)

    def _keep(self, row: HttpAnswer) -> None:
        """A file is one row for the whole journey, anything else one for each step."""
        same = {"nonces": ()} if row.kind in LIVING or row.cookies else {"nonces": (), "step": ""}
        key = row.model_copy(update=same).model_dump_json(exclude={"count"})
        known = self._rows.get(key)
        if known is not None:
            nonces = (*known.nonces, *row.nonces)[:MOST]
            self._rows[key] = known.model_copy(update={"count": known.count + 1, "nonces": nonces})
        elif len(self._rows) < MOST:
            self._rows[key] = row
        else:
            self._left_out += 1


@contextmanager
def _bounded(page: Page) -> Iterator[None]:
    """A question that the page does not answer, because it goes or hangs, is left unanswered."""
    from playwright.sync_api import Error

    try:
        with alarm(page, ASK_S):
            yield
    except Error:
        return
