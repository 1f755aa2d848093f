"""Facts about parameters that were given values which a careless program takes for a command, a path or a way out."""

from __future__ import annotations

from toantrinh.observations.exchanges import Exchanges
from toantrinh.observations.leaks import State
from toantrinh.observations.page import Facts


class Trial(Facts):
    """What came of one parameter, as one role. `parameter` in words; `address` of the answer that shows it.

    `kind`: database-error | difference | upset (a fault of the server at a quote alone) | file | redirect | refresh |
    script | kept (by a form that posts). `what`: what the answers show. `exchanges`: their numbers, or those of all
    questions where nothing was shown; `shown`: them as texts.
    """

    parameter: str
    address: str
    role: str
    state: State
    kind: str = ""
    what: str = ""
    why: str = ""
    exchanges: tuple[int, ...] = ()
    shown: tuple[str, ...] = ()


class Choice(Facts):
    """Which parameters of those that the run saw were asked about, by `seed`, and which were left for their number."""

    known: int
    chosen: tuple[str, ...]
    left: tuple[str, ...]


class ParametersRecord(Facts):
    """All that was asked about parameters. `private_why`: why nothing was asked as somebody who has logged in.

    `posts` and `elsewhere`: forms that send by POST, and servers of the system's own calls, that were not asked.
    `listed`: the path of the printed list of what was chosen and how answers were read.
    """

    seed: int
    quotes: tuple[Trial, ...]
    paths: tuple[Trial, ...]
    redirects: tuple[Trial, ...]
    quote_choice: Choice
    path_choice: Choice
    redirect_choice: Choice
    posts: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    private_why: str = ""
    visit_why: str = ""
    listed: str = ""
    exchanges: Exchanges
