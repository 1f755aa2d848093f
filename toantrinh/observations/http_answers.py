"""What the answers of the system's own hosts said to the browser: headers that protect, cookies without their values.

Lengths of life are seconds. A header table keeps each set of headers once, so that a journey's record stays small.
"""

from __future__ import annotations

from toantrinh.observations.page import Facts


class CookieSet(Facts):
    """A cookie as an answer set it (RFC 6265 §4.1). `domain` empty: for this host alone. `same_site` empty: not said.

    `lifetime_s` None: it ends with the browser; not above 0: it was taken away. `opaque`: its value may be a secret.
    """

    name: str
    domain: str
    path: str
    secure: bool
    http_only: bool
    same_site: str  # Strict | Lax | None | ""
    lifetime_s: float | None
    opaque: bool

    @property
    def cleared(self) -> bool:
        """True when the answer took the cookie away."""
        return self.lifetime_s is not None and self.lifetime_s <= 0


class Written(Facts):
    """What the document itself says in the place of headers: policies and the referrer policy of its meta elements."""

    policies: tuple[str, ...]
    referrer: str


class HttpAnswer(Facts):
    """One answer of the system's own hosts, or `count` of them that do not differ but for their nonces.

    `headers` is its place in the header table; there a nonce reads `'nonce-seen'`, those that came are in `nonces`, in
    order. `step`: a step of a journey or a page of the set. `written` is None where the document was not asked.
    `personal`: which facts of the test person were seen in it, looked for only where it may be kept by shared caches.
    """

    method: str
    address: str
    kind: str  # document | xhr | fetch | script | stylesheet | image | font | …
    status: int
    content_type: str
    headers: int
    step: str
    officer: bool = False
    top: bool = True
    body: bool = True
    bearer: bool = False  # asked for with an Authorization header
    nonces: tuple[str, ...] = ()
    cookies: tuple[CookieSet, ...] = ()
    written: Written | None = None
    personal: tuple[str, ...] = ()
    count: int = 1


class HeldCookie(Facts):
    """A cookie as the browser held it last, of the system's own hosts. `changed`: the steps that set it or its value.

    `set_by`: method and address of the answer that set it last; empty when a script did, or nobody was seen to.
    `same_site` empty: an answer set it without saying; else the browser's word.
    """

    name: str
    domain: str  # without a leading dot
    host_only: bool
    path: str
    secure: bool
    http_only: bool
    same_site: str
    lifetime_s: float | None
    opaque: bool
    officer: bool
    changed: tuple[str, ...]
    set_by: str = ""
    gone: bool = False


class StrangersFile(Facts):
    """A script or style sheet from a host that is not the system's, and whether its content is fixed."""

    address: str
    kind: str
    integrity: bool
    page: str
    step: str


class AnswersSeen(Facts):
    """All answers of one journey or one page, the header table, and the cookies. `left_out`: more than are kept."""

    table: tuple[dict[str, str], ...] = ()  # lower-case names
    answers: tuple[HttpAnswer, ...] = ()
    cookies: tuple[HeldCookie, ...] = ()
    strangers: tuple[StrangersFile, ...] = ()
    left_out: int = 0
