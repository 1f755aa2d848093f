"""All questions about parameters in their order: quotes and types, paths, ways out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from toantrinh.observations.journey import Journey
from toantrinh.observations.parameters import Choice, ParametersRecord, Trial
from toantrinh.observations.site import PageFacts
from toantrinh.observers.parameters import names, paths, quotes, redirects
from toantrinh.observers.parameters.asking import Asking, Tried, told
from toantrinh.observers.parameters.going import Goes
from toantrinh.observers.parameters.points import Parameter, Request, parameters_of
from toantrinh.observers.parameters.seen import (
    by_lot,
    called,
    choice,
    file_parameters,
    linked_in,
    reads,
    requests_of,
    to_quote,
    unique,
)
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role, nobody
from toantrinh.ownership import at_home
from toantrinh.store import Attachments

MOST = 140  # requests of all of it
OF_QUOTES, OF_PATHS = 85, 115  # where the shares of quotes, and of quotes and paths, end
MOST_QUOTED, MOST_PATHS, MOST_REDIRECTS = 12, 4, 5  # parameters
FOR_ONE_QUOTE, FOR_ONE_PATH, FOR_ONE_REDIRECT = 6, 8, 3  # requests that must be left before one is begun
MOST_FOR_ONE_QUOTE = 10  # so that none of all is left over for half a question
WALLED = "không trang nào sau đăng nhập còn mở cho công dân khi hỏi lại"
MOST_WALLED = 2  # addresses of those logged in that a visitor asks for, to see what the log-in page is told


@dataclass
class Share:
    """One of the three parts: what is known, what was tried, what gave nothing to compare with."""

    known: Sequence[Parameter]
    tried: list[Tried] = field(default_factory=list)
    dropped: list[Parameter] = field(default_factory=list)

    @property
    def choice(self) -> Choice:
        """As it is kept."""
        return choice(self.known, (one.parameter for one in self.tried), self.dropped)

    def told(self, prober: Prober, attachments: Attachments) -> tuple[Trial, ...]:
        """What came of it."""
        return tuple(told(prober, one, attachments) for one in self.tried)


def observe_parameters(
    prober: Prober,
    pages: Sequence[PageFacts],
    journeys: Sequence[Journey],
    heard: Sequence[Request],
    attachments: Attachments,
    *,
    citizen: Role | None = None,
    trusted: Collection[str] = (),
    words: str = "",
    private_why: str = "",
    visit_why: str = "",
    goes: Goes | None = None,
) -> ParametersRecord:
    """Asks everything; returns the record. `heard`: what a visit just now asked for; `words`: to search for;
    `goes`: whether a browser goes out by what scripts do."""
    base, asking = prober.system.base_url, Asking(prober, citizen, MOST, trusted)
    others = called(pages, heard, prober.system)
    known = requests_of(pages, journeys, heard, base, words, [one for one, may in others.items() if may])
    private = [one for one in known if one.private]
    if citizen is None:
        known = [one for one in known if not one.private]
    seed = f"{prober.seed}/{prober.system.id}"
    quoted = Share(by_lot(to_quote(known), seed))
    _try(asking, quoted, MOST_QUOTED, OF_QUOTES, FOR_ONE_QUOTE, quotes.try_quotes)
    known += linked_in(asking.bases, base)
    files = unique(file_parameters(known), paths.names_a_file)
    files = unique([*files, *(one for request in asking.files for one in parameters_of(request))], lambda one: True)
    of_paths = Share(by_lot(files, seed))
    _try(asking, of_paths, MOST_PATHS, OF_PATHS, FOR_ONE_PATH, paths.try_paths)
    for one in private[:MOST_WALLED]:
        asking.base(one, nobody())
    onward = [one.onward for one in prober.answers if at_home(one.onward, base) and reads(one.onward)]
    known += [Request(one.split("#")[0]) for one in onward]
    ways = unique((p for one in known for p in parameters_of(one)), lambda one: redirects.says_where_to(one, base))
    of_ways = _try_ways(asking, by_lot(ways, seed), goes)
    _try(asking, quoted, MOST_QUOTED, MOST, MOST_FOR_ONE_QUOTE, quotes.try_quotes)  # with what the others have left
    prober.settle()
    if walled := asking.walled:
        said = "; ".join(f"{one.exchange.address} → HTTP {one.status}" for one in walled[:2])
        private_why = private_why or f"{WALLED} ({said})"
    record = ParametersRecord(
        seed=prober.seed,
        quotes=quoted.told(prober, attachments),
        paths=of_paths.told(prober, attachments),
        redirects=of_ways.told(prober, attachments),
        quote_choice=quoted.choice,
        path_choice=of_paths.choice,
        redirect_choice=of_ways.choice,
        posts=tuple(dict.fromkeys(form for page in pages for form in page.post_forms)),
        elsewhere=tuple(one for one, may in others.items() if not may),
        private_why=private_why,
        visit_why=visit_why,
        exchanges=prober.record(),
    )
    return record.model_copy(update={"listed": attachments.save("tham-so.txt", printed(record))})


def _try(
    asking: Asking, share: Share, most: int, until: int, least: int, how: Callable[[Asking, Parameter], Tried | None]
) -> None:
    """Goes on with a share, as far as so many parameters and requests go."""
    for one in share.known[len(share.tried) + len(share.dropped) :]:
        if len(share.tried) >= most or asking.spent + least > until or asking.prober.stopped:
            return
        tried = how(asking, one)
        asking.forget()
        share.dropped += [one] if tried is None else []
        share.tried += [tried] if tried is not None else []


def _try_ways(asking: Asking, known: Sequence[Parameter], goes: Goes | None) -> Share:
    share = Share(known)
    for one in known[:MOST_REDIRECTS]:
        for role in redirects.roles_for(asking, nobody()):
            if not asking.room(FOR_ONE_REDIRECT):
                return share
            tried = redirects.try_redirects(asking, one, role, goes)
            asking.forget()
            share.tried.append(tried)
            if tried.proof:
                break
    return share


def printed(record: ParametersRecord) -> str:
    """The list of what was chosen, of what, by which seed, and how answers were read."""
    parts = [f"Hạt giống {record.seed}; nhiều nhất {MOST} yêu cầu, mỗi lần đổi một tham số, chỉ đọc."]
    for title, one in (
        ("Dấu nháy và kiểu dữ liệu", record.quote_choice),
        ("Đường dẫn tệp", record.path_choice),
        ("Địa chỉ trở về", record.redirect_choice),
    ):
        parts.append(f"\n{title}: đã thấy {one.known}, hỏi {len(one.chosen)}")
        parts += [f"  hỏi: {name}" for name in dict.fromkeys(one.chosen)]
        parts += [f"  để lại: {name}" for name in one.left]
    parts += ["", f"Dạng lỗi cơ sở dữ liệu, {quotes.printed()}", f"Tên tham số trở về, {names.printed()}"]
    parts += [one for one in (record.private_why, record.visit_why) if one]
    return "\n".join(parts) + "\n"
