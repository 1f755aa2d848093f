"""From the requests that a browser was heard to send to operations that can be sent again by anybody, any time.

What a request carries and an earlier answer had given (a token, a draft's number, a state of a form) is taken from that
answer again; what never changes stays as it was. Secrets become names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import unquote, urlsplit

from toantrinh.load.carried import Carried, Place, in_address, in_body, in_header
from toantrinh.load.given import is_drawn, is_random, take_from
from toantrinh.load.plan import Ask, Asset, FormPart, Operation, Take
from toantrinh.load.proof_words import never_in
from toantrinh.load.taking import cookie_place
from toantrinh.redaction import is_token

HEADERS = ("content-type", "accept", "accept-language", "x-requested-with")
WHO_ASKS = ("origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest")  # of what changes something
OWN_HEADER = re.compile(r"x-|authorization$", re.I)
TOKENS = re.compile(r"token|csrf|xsrf|nonce|(?:^|[-_])(?:jwt|auth|session|sid|ticket)(?:$|[-_])|api-?key", re.I)
BROWSERS = re.compile(  # headers of the browser, its cookies, and traces, which are another each time
    r":|cookie|host$|user-agent|content-|accept|connection|if-|sec-|origin|referer|range|te$|priority|cache-control|"
    r"pragma|upgrade|dnt|(?:x-)?(?:request|correlation|trace|span)-?id$|traceparent|tracestate|sentry-|baggage|x-b3-",
    re.I,
)
SEGMENT = re.compile(r"[a-z][a-z\-_.]{2,}", re.I)  # of a path, the same each time
DOSSIER, ONWARD, KIND = "dossier", "onward", "kind"
TEXT = re.compile(r"text/|application/[\w.+\-]*(?:json|xml)", re.I)


@dataclass(frozen=True)
class Heard:
    """One request of the browser and its answer.

    `step`: what the citizen was doing, and `act` the number of what they did last; `answer`: the body as text, empty
    for what is no text; `headers` of the request, `given` those of the answer, names in lower case, several of one name
    in lines; `parts`: its body, where it carried files; `before`: of what led there only, and left out when nothing
    that follows needs it; `aside`: a picture made for this page alone, left out where its address is not had again.
    """

    step: str
    method: str
    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    shows: tuple[str, ...] = ()
    act: int = 0
    parts: tuple[FormPart, ...] = ()
    before: bool = False
    aside: bool = False


@dataclass
class _Taken:
    """A value that is taken: from which request, and as what."""

    value: str
    take: Take


class Weaver:
    """Goes through the requests in their order. `secrets`: value → the name that stands for it.

    `session`: what the browser sent to show whose session it is and no answer here had given: name → (value, header;
    empty where it stood elsewhere). Filled by `operations`; their names are numbered from `known` on.
    """

    def __init__(
        self, heard: Sequence[Heard], home: str, secrets: Mapping[str, str] | None = None, known: int = 0
    ) -> None:
        self._heard, self._home = heard, home.rstrip("/")
        self._secrets = {value: name for value, name in (secrets or {}).items() if value}
        self._taken: dict[int, list[_Taken]] = {}
        self._cookies: set[str] = set()
        self.session: dict[str, tuple[str, str]] = {}
        self._known = known

    def operations(
        self, think_s: float = 0, assets: Mapping[int, Iterable[Asset]] | None = None, dossier: str = ""
    ) -> tuple[Operation, ...]:
        """One for each act, in their order. `assets`: static files by act; `dossier`: the code that the last answers
        show, to be taken under that name."""
        asks = [self._ask(number) for number in range(len(self._heard))]
        if dossier:
            self._take_dossier(dossier)
        for number, ask in enumerate(asks):
            takes = [one.take for one in self._taken.get(number, ())]
            if onward := _onward(self._heard[number], takes):
                takes.append(onward)
            if kind := _kind(self._heard[number]):
                takes.append(kind)
            asks[number] = ask.model_copy(update={"takes": tuple(takes)})
        rows = [
            (number, one)
            for number, one in enumerate(self._heard)
            if (not one.before or self._needed(number)) and (not one.aside or "{{" in asks[number].path)
        ]
        made: list[Operation] = []
        for (step, act), group in groupby(rows, key=lambda row: (row[1].step, row[1].act)):
            files = tuple((assets or {}).get(act, ()))
            part = tuple(asks[number] for number, _ in group)
            made.append(Operation(name=step, asks=part, assets=files, think_s=think_s if made else 0))
        return tuple(made)

    def _needed(self, number: int) -> bool:
        """Whether anything of the same act is taken, or sets a cookie whose value is sent on."""
        act = self._heard[number].act
        mine = [place for place, one in enumerate(self._heard) if one.act == act and one.before]
        if any(self._taken.get(place) for place in mine):
            return True
        given = "\n".join(self._heard[place].given.get("set-cookie", "") for place in mine)
        return any(re.search(rf"(?m)^{re.escape(name)}=", given) for name in self._cookies)

    def _ask(self, number: int) -> Ask:
        one = self._heard[number]
        path = one.address.removeprefix(self._home) or "/"
        known = HEADERS if one.method in ("GET", "HEAD") else HEADERS + WHO_ASKS
        headers = {name: value for name, value in one.headers.items() if name in known or _is_own(name, value)}
        if one.parts:
            headers.pop("content-type", None)
        return Ask.model_validate(
            {
                "method": one.method,
                "path": self._woven(number, path, in_address(path)),
                "headers": {name: self._header(number, name, value) for name, value in headers.items()},
                "body": self._woven(number, one.body, in_body(one.body)),
                "parts": [self._part(number, part) for part in one.parts],
                "status": (one.status,),
                "shows": one.shows,
            }
        )

    def _header(self, number: int, name: str, value: str) -> str:
        if name == "referer":
            return self._woven(number, value, in_address(value))
        return self._woven(number, value, in_header(name, value)) if _is_own(name, value) else value

    def _part(self, number: int, part: FormPart) -> FormPart:
        whole = [Carried(0, part.value, part.name, part.value, Place.PART)] if part.value else []
        return part.model_copy(update={"value": self._woven(number, part.value, whole)})

    def _woven(self, number: int, text: str, values: Iterable[Carried]) -> str:
        """The text with names in place of what is secret or was given before."""
        done, at = "", 0
        for one in sorted(values, key=lambda value: (value.start, -value.end)):
            if one.start < at:  # within a value that is replaced already
                continue
            name = self._secrets.get(one.value) or self._name_of(number, one)
            if name:
                suffix = "|url" if one.encoded and "|" not in name else ""
                done, at = done + text[at : one.start] + "{{" + name + suffix + "}}", one.end
        return done + text[at:]

    def _name_of(self, number: int, one: Carried) -> str:
        """The name under which the value is had again; empty when it never changes."""
        if one.place is Place.HEADER and (name := self._of_cookie(number, one)):
            return name
        for place in range(number - 1, -1, -1):
            for known in self._taken.get(place, ()):
                if known.value == one.value and (is_drawn(one) or one.names_something):
                    return known.take.name
        path = urlsplit(self._heard[number].address).path
        for place in range(number - 1, -1, -1):
            given = self._heard[place]
            if take := take_from(given, one, f"v{sum(map(len, self._taken.values())) + 1}", path=path):
                self._taken.setdefault(place, []).append(_Taken(one.value, take))
                return take.name
        if name := self._of_cookie(number, one):
            return name
        header = one.key if one.place is Place.HEADER else ""
        if is_random(one.value) and (header or TOKENS.search(one.key) or is_token(one.key)):
            for name, (value, _) in self.session.items():
                if value == one.value:
                    return name
            name = f"session-{self._known + len(self.session) + 1}"
            self.session[name] = (one.value, header)
            return name
        return ""

    def _of_cookie(self, number: int, one: Carried) -> str:
        """The cookie whose value a script has copied (double submit: XSRF-TOKEN into X-XSRF-TOKEN)."""
        for pair in self._heard[number].headers.get("cookie", "").split("; "):
            name, _, value = pair.partition("=")
            if not (TOKENS.search(name) or is_random(value)) or one.value not in (value, unquote(value)):
                continue
            self._cookies.add(name)
            return cookie_place(name, decoded=one.value != value)
        return ""

    def _take_dossier(self, code: str) -> None:
        """Has the dossier's code taken from the last answer that shows it."""
        wanted = Carried(0, code, DOSSIER, code, Place.SEGMENT)
        for place in range(len(self._heard) - 1, -1, -1):
            if take := take_from(self._heard[place], wanted, DOSSIER, whatever=True):
                self._taken.setdefault(place, []).append(_Taken(code, take))
                return


def _is_own(name: str, value: str) -> bool:
    """Whether a header is the application's: its scripts gave it, by its name or by what it holds."""
    if BROWSERS.match(name):
        return False
    return bool(OWN_HEADER.match(name) or TOKENS.search(name)) or is_random(value.rpartition(" ")[2])


def _onward(one: Heard, takes: Sequence[Take]) -> Take | None:
    """Proof of where a redirect leads: a segment of its path that is the same each time. It is taken for nothing else.

    None where its place proves itself already, by what is taken from it.
    """
    location = one.given.get("location", "")
    if not 300 <= one.status < 400 or not location or any(take.header == "location" for take in takes):
        return None
    parts = in_address(urlsplit(location).path)
    stable = [one.value for one in parts if SEGMENT.fullmatch(one.value) and not is_drawn(one)]
    return Take(name=ONWARD, header="location", left=f"/{stable[-1]}", right="#") if stable else None


def _kind(one: Heard) -> Take | None:
    """Proof of an answer that says nothing of itself."""
    if one.shows or not 200 <= one.status < 300:
        return None
    return kind_of(one.given.get("content-type", ""), one.answer)


def kind_of(content_type: str, answer: str) -> Take | None:
    """Proof by what kind an answer is of, and by no word in it that refuses; None where it says no kind."""
    kind = content_type.partition(";")[0].strip()
    never = never_in(answer) if TEXT.match(kind) else ()
    return Take(name=KIND, header="content-type", left=kind, right="#", never=never) if kind else None
