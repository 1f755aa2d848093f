"""Which requests and parameters this run saw, and which of them are asked about: chosen by lot within the budget."""

from __future__ import annotations

import html
import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from toantrinh.observations.journey import Journey
from toantrinh.observations.page_parts import FormFacts
from toantrinh.observations.parameters import Choice
from toantrinh.observations.site import PageFacts
from toantrinh.observers.acting_words import acts
from toantrinh.observers.parameters.points import JSON, PATH, Parameter, Request, parameters_of
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.permission import refusal
from toantrinh.observers.trespass.places import CALLS, OWN_STEPS
from toantrinh.ownership import at_home
from toantrinh.redaction import MARK, TOKEN
from toantrinh.system_model import System

MOST_PLACES = 2  # addresses in which one identifier is asked about
MOST_LINKS = 300  # of one page
KINDS = ("document", *CALLS)
_ACTS = re.compile(
    r"log-?out|sign-?out|dang-?xuat|thoat\b|nop-?ho-?so|tao-?ho-?so|/apply|/create\b|/xoa\b|delete|remove|/huy|cancel|"
    r"/save\b|/luu\b|upload|thanh-?toan|payment|/pay\b|ky-?nop|xac-?nhan|confirm|approve|phe-?duyet|subscribe|binh-?chon|"
    r"/vote\b|/add\b|/them\b|signature=|chu-?ky=|secure_?hash=|checksum=|[?&]code=|[?&]state=",
    re.I,
)  # what may act by itself, or begins a dossier
_STATIC = re.compile(r"\.(?:css|m?js|map|woff2?|ttf|eot|svg|png|jpe?g|gif|ico|webp|webmanifest)$", re.I)
_TEXTS = ("text", "search", "")
_HREF = re.compile(r"<a\b[^<>]{0,400}?\bhref\s*=\s*[\"']([^\"'<>]{1,500})[\"']", re.I)
_ONLY_FRESH = re.compile(r"_|v|ver|version|t|ts|rnd|rand|timestamp|cb|utm_\w+|fbclid|gclid", re.I)


def requests_of(
    pages: Sequence[PageFacts],
    journeys: Iterable[Journey],
    heard: Sequence[Request],
    base: str,
    words: str,
    others: Collection[str] = (),
) -> list[Request]:
    """Every request that only reads, each once: heard just now, forms, links, what pages and journeys asked for.

    `words` go into text fields that stand empty; `others`: servers beside the system's own that may be asked.
    """
    by_path = {urlsplit(one.address).path: one.headers for one in heard if one.method == "GET" and one.headers}
    dressed = next((one.headers for one in heard if one.method == "GET" and one.headers), {})
    found = [
        *heard,
        *(Request(one, headers=by_path.get(urlsplit(one).path, {})) for one in _of_pages(pages, words)),
        *(
            Request(one, headers=by_path[path])
            for one in _routes(pages, base)
            if (path := urlsplit(one).path) in by_path
        ),
        *(
            Request(r.address, headers=dressed)
            for page in pages
            for r in page.resources
            if r.kind in CALLS and r.status == 200
        ),
        *_of_journeys(journeys, dressed),
    ]
    kept: dict[tuple[str, str, str], Request] = {}
    for one in found:
        address = one.address.split("#")[0]
        if (at_home(address, base) or urlsplit(address).netloc in others) and reads(address):
            bare = Request(address, one.method, one.headers, one.data, one.private)
            kept.setdefault((one.method, address, repr(one.data)), bare)
    return list(kept.values())


def called(pages: Iterable[PageFacts], heard: Iterable[Request], system: System) -> dict[str, bool]:
    """Other servers that the file names and that scripts of the system's pages call, and whether they may be asked."""
    addresses = [one.address for one in heard]
    addresses += [one.address for page in pages for one in page.resources if one.kind in CALLS]
    found = {urlsplit(one).netloc: one for one in addresses if not at_home(one, system.base_url)}
    return {
        netloc: refusal(system, "GET", one, intrusive=True) is None
        for netloc, one in found.items()
        if urlsplit(one).hostname in system.allowed_hosts
    }


def reads(address: str) -> bool:
    """True for an address that is whole in the record, that no server gives out unchanged, and that does not act."""
    if MARK in address or TOKEN in address or _STATIC.search(urlsplit(address).path):
        return False
    return not (_ACTS.search(address) or acts(address))


def to_quote(requests: Iterable[Request]) -> list[Parameter]:
    """The parameters that may go into a query: not those that only make an address fresh, nor names of files.

    One identifier is asked about in two addresses at most.
    """
    found: dict[tuple[str, ...], Parameter] = {}
    for request in requests:
        if re.search(r"\.(?:pdf|docx?|xlsx?|zip|xml|txt)$", urlsplit(request.address).path, re.I):
            continue
        for one in parameters_of(request):
            if one.value and not _ONLY_FRESH.fullmatch(one.name) and not one.value.startswith(("/", "http")):
                found.setdefault(one.key, one)
    places: Counter[str] = Counter()
    kept = []
    for one in found.values():
        places[one.value] += one.place == PATH
        if one.place != PATH or places[one.value] <= MOST_PLACES:
            kept.append(one)
    return kept


def linked_in(answers: Iterable[Answer], base: str) -> list[Request]:
    """What the pages that came lead to, to be asked for as the one to whom they came."""
    found: dict[str, Request] = {}
    for answer in answers:
        if not answer.ok or "html" not in answer.kind:
            continue
        for link in islice(_HREF.finditer(answer.text), MOST_LINKS):
            address = urljoin(answer.address, html.unescape(link.group(1))).split("#")[0]
            if at_home(address, base) and reads(address):
                inside = answer.exchange.role_key != "nobody"
                found.setdefault(address, Request(address, private=inside))
    return list(found.values())


def file_parameters(requests: Iterable[Request]) -> Iterator[Parameter]:
    """The parameters of all requests, and the last part of a path that is called like a file."""
    for request in requests:
        yield from parameters_of(request)
        segments = urlsplit(request.address).path.split("/")
        if re.fullmatch(r"[^/]+\.[A-Za-z]\w{1,4}", segments[-1]):
            yield Parameter(request, PATH, "", segments[-1], (len(segments) - 1,))


def by_lot(known: Sequence[Parameter], seed: str) -> list[Parameter]:
    """All of them in an order by lot in which words, numbers, parts of paths and JSON take turns."""
    chance = random.Random(seed)
    piles: dict[str, list[Parameter]] = {}
    for one in sorted(known, key=lambda one: (one.key, one.value)):
        piles.setdefault(one.place if one.place in (PATH, JSON) else "number" if one.is_number else "words", []).append(
            one
        )
    for pile in piles.values():
        chance.shuffle(pile)
        pile.sort(key=lambda one: -(" " in one.value))  # what somebody searched for first: it has found something
    ordered: list[Parameter] = []
    turns = ("words", JSON, "number", PATH)
    while any(piles.values()):
        ordered += [piles[turn].pop(0) for turn in turns if piles.get(turn)]
    return ordered


def choice(known: Sequence[Parameter], tried: Iterable[Parameter], dropped: Iterable[Parameter]) -> Choice:
    """What was asked about, and what was not for its number; what gave nothing to compare with is neither."""
    asked, gone = [one.said for one in tried], {one.key for one in dropped}
    left = [one.said for one in known if one.said not in asked and one.key not in gone]
    return Choice(known=len(known), chosen=tuple(asked), left=tuple(left))


def unique(parameters: Iterable[Parameter], wanted: Callable[[Parameter], bool]) -> list[Parameter]:
    """Those that are wanted, one of each kind."""
    found: dict[tuple[str, ...], Parameter] = {}
    for one in parameters:
        if wanted(one):
            found.setdefault(one.key, one)
    return list(found.values())


def _of_pages(pages: Iterable[PageFacts], words: str) -> Iterator[str]:
    pages = list(pages)
    for page in pages:
        for form in page.forms:
            yield from _sent(form, words)
    for page in pages:
        yield page.address
        yield from (link.address for link in page.links if link.address)


def _routes(pages: Iterable[PageFacts], base: str) -> Iterator[str]:
    """What stands behind the hash of a link, as an address: single-page applications often ask the server for it."""
    for page in pages:
        for link in page.links:
            route = urlsplit(link.address).fragment
            if route.startswith("/") and at_home(link.address, base):
                yield urljoin(base, route)


def _sent(form: FormFacts, words: str) -> Iterator[str]:
    """What the form asks for with words in its empty text fields, and with each of its choices alone."""
    parts = urlsplit(form.address)
    own = dict(parse_qsl(parts.query))

    def asked(filled: Mapping[str, str]) -> str:
        return parts._replace(query=urlencode({**own, **filled})).geturl()

    empty = {name: "" if kind == "choice" else value for name, kind, value in form.fields}
    texts = {name: words for name, kind, value in form.fields if kind in _TEXTS and not value}
    yield asked({**empty, **texts})
    for name, kind, value in form.fields:
        if kind == "choice" and value:
            yield asked({**empty, name: value})


def _of_journeys(journeys: Iterable[Journey], dressed: Mapping[str, str]) -> Iterator[Request]:
    for journey in journeys:
        for template in journey.detail.templates if journey.detail else ():
            yield Request(template.address)
        for step in journey.steps:
            for request in step.requests:
                if request.method == "GET" and request.kind in KINDS and (request.status or 400) < 400:
                    headers = dressed if request.kind in CALLS else {}
                    yield Request(request.address, headers=headers, private=step.name in OWN_STEPS)
