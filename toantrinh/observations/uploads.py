"""Facts about files that ought to be refused, or to come back harmless: what became of each, and how it comes back.

`exchange` is a number of the record's `exchanges`. Names of files are kept readable: what cannot be printed is written
as its code (`\\r`, `\\u202e`).
"""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.journey import Reach, Shot
from toantrinh.observations.mistakes import Outcome
from toantrinh.observations.page import Facts
from toantrinh.observations.scenario import Scenario, Trial


class Group(StrEnum):
    """What a file is for."""

    GOOD = "good"  # a document of the kind that the place asks for: the control
    DISGUISED = "disguised"
    SCRIPT = "script"
    HARMFUL = "harmful"
    NAME = "name"


class Returned(Facts):
    """A file as an address gave it to its owner. `name`: the file name of its Content-Disposition, decoded (RFC 6266
    §4.3); `well_formed`: that header could be read so.

    `same`: byte for byte what was sent; None for a file that we did not send. `kind`: by content, see
    `toantrinh.downloads`. `elsewhere`: another origin than the system's. `executed`: the server ran it. `injected`: a
    part of its name has become a header. `ran`: opened in a browser, its script ran in the origin `ran_in`.
    """

    address: str
    exchange: int
    status: int | None
    why: str = ""
    content_type: str = ""
    disposition: str = ""
    name: str = ""
    well_formed: bool = True
    nosniff: bool = False
    policy: str = ""
    kind: str = ""
    same: bool | None = None
    elsewhere: bool = False
    executed: bool = False
    injected: bool = False
    opened: bool = False
    ran: bool = False
    ran_in: str = ""
    shots: tuple[Shot, ...] = ()
    shown: str = ""

    @property
    def media_type(self) -> str:
        """The media type, lower case, without parameters."""
        return self.content_type.split(";")[0].strip().lower()

    @property
    def attached(self) -> bool:
        """True when browsers save it instead of showing it."""
        return self.disposition.strip().lower().startswith("attachment")

    @property
    def came(self) -> bool:
        """True when the address gave something."""
        return self.status is not None and 200 <= self.status < 300


class FileTried(Trial):
    """One file at one place. `about`: what is wrong with it, in Vietnamese; `size` and `inflated` (of an archive, what
    it would become) in bytes.

    `outcome` is what the page made of it, `by_server`: whether the system itself was asked, through the page or, when
    the page's own script refused, directly (`direct`: how that ended, None: it was not). `status`: of the answer to the
    upload. `listed`: the line of the page that names it afterwards; `element`: its name has become mark-up there.
    """

    key: str
    group: Group
    file: str
    about: str
    size: int
    inflated: int = 0
    outcome: Outcome = Outcome.UNSEEN
    message: str = ""
    broke: str = ""
    status: int | None = None
    by_server: bool = False
    direct: Outcome | None = None
    direct_why: str = ""
    exchange: int = 0
    listed: str = ""
    element: bool = False
    ran_in_page: bool = False
    returned: tuple[Returned, ...] = ()

    @property
    def unopposed(self) -> bool:
        """True when the page said nothing against it, and nothing shows whether the system has it."""
        return self.reach is Reach.REACHED and not self.accepted and not self.message and not self.broke

    @property
    def accepted(self) -> bool:
        """True when the system has it."""
        return Outcome.ACCEPTED in (self.outcome, self.direct)


class Later(Facts):
    """A file looked for again at the end of the visit. `scanning`: the page says that it is being checked."""

    key: str
    asked: bool = False
    there: bool | None = None  # None: could not be told
    scanning: str = ""
    why: str = ""
    returned: Returned | None = None


class Serving(Facts):
    """How the system served before (`ms`) and after a file that inflates (ms, median of the same questions)."""

    address: str
    before_ms: float | None
    after_ms: float | None
    status: int | None
    why: str = ""
    exchange: int = 0


class UploadsRecord(Scenario):
    """The visit to one place of the papers of one service. `before` and `after`: good files, at both ends.

    `waits`: files go with the whole dossier only, so that none is seen to be accepted; what is refused is seen.
    `bounds`: how many files may be tried. `direct_why`: why the system could not be asked without its page.
    """

    place: str = ""
    address: str = ""
    accept: str = ""
    bounds: int = 0
    waits: bool = False
    before: FileTried | None = None
    after: FileTried | None = None
    files: tuple[FileTried, ...] = ()
    later: tuple[Later, ...] = ()
    serving: tuple[Serving, ...] = ()
    downloads: tuple[Returned, ...] = ()
    downloads_why: str = ""
    direct_why: str = ""
    exchanges: Exchanges

    def of(self, *groups: Group) -> tuple[FileTried, ...]:
        """The files of these groups, in their order."""
        return tuple(one for one in self.files if one.group in groups)
