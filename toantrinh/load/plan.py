"""What is to be sent: operations, how often each, how long, and where it must stop. One frozen, readable file."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Take(_Part):
    """A value of an answer that later requests carry, such as a token or a number: what stands between `left` and
    `right` where `left` first occurs, in the body, or in the header that is named. `escaped`: HTML's references in it
    are resolved first. An answer in which any of the words in `never` stands, in small letters, does not have it."""

    name: str
    left: str = Field(min_length=1)
    right: str = Field(min_length=1)
    header: str = ""
    escaped: bool = False
    never: tuple[str, ...] = ()


class FormPart(_Part):
    """One part of a multipart form (RFC 7578): a value, or the file at `file`, sent under `file_name`."""

    name: str
    value: str = ""
    file: Path | None = None
    file_name: str = ""
    content_type: str = ""


class Ask(_Part):
    """One request as a browser sends it. `path`: whole address, or a path at the system. `parts`, where there are any,
    are the body, as multipart/form-data.

    In the path, the headers and the body `{{name}}` stands for what an earlier request of the errand took, and
    `{{name|url}}` for the same, percent-encoded. `status`: what the right answer has. `shows`: words of the right page,
    at least one of which must be in its body; an answer without them is a wrong page, whatever its status (proof of
    page, DESIGN.md), and so is one without what is to be taken.
    """

    path: str
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    headers: dict[str, str] = Field(default_factory=dict)
    body: str = ""
    parts: tuple[FormPart, ...] = ()
    status: tuple[int, ...] = (200,)
    shows: tuple[str, ...] = ()
    takes: tuple[Take, ...] = ()


class Asset(_Part):
    """A static file of a page, which a first visitor fetches and a returning one need not.

    `fresh`: his browser has it and does not ask (RFC 9111 §4.2); else it asks with these `validators` (If-None-Match,
    If-Modified-Since; §4.3), or again for the whole file where there are none.
    """

    path: str
    fresh: bool = False
    validators: dict[str, str] = Field(default_factory=dict)


class Operation(_Part):
    """What a citizen waits for in one go: its requests, one after the other, then the files of the page, side by side.

    `think_s`: before it, on the mean.
    """

    name: str
    asks: tuple[Ask, ...] = Field(min_length=1)
    assets: tuple[Asset, ...] = ()
    think_s: float = Field(0, ge=0)


class Errand(_Part):
    """What a citizen comes for: operations, one after the other, until one goes wrong. `share` of all arrivals, in any
    unit. `account`: whose log-in its requests carry, made by the browser before; empty for nobody's. `at_most`: so many
    of it in the whole plan; whoever comes later for it comes for the first errand of the plan instead. `one_by_one`: so
    does whoever comes while another is on it: one log-in is one person, who has one application open at a time."""

    name: str
    operations: tuple[Operation, ...] = Field(min_length=1)
    share: float = Field(1, gt=0)
    account: str = ""
    at_most: int | None = Field(None, ge=1)
    one_by_one: bool = False


class _Stretch(_Part):
    name: str
    seconds: float = Field(gt=0, le=24 * 3600)


class Phase(_Stretch):
    """A stretch of time with arrivals at a fixed rate, whatever the answers (an open model)."""

    rate: float = Field(gt=0, description="Arrivals a second.")


class Crowd(_Stretch):
    """A stretch of time in which so many citizens are there at once, each of whom thinks before acting again.

    Thinking takes `think_s` on the mean, between half and one and a half of it.
    """

    citizens: int = Field(ge=1)
    think_s: float = Field(gt=0)


class Brake(_Part):
    """When load is stopped because the system suffers: looked at each second, over the last `window_s`.

    A window counts only when it holds at least `fewest` answers, so that one slow answer stops nothing.
    """

    error_share: float = Field(0.2, gt=0, le=1)
    slow_s: float = Field(10, gt=0, description="Half of the answers slower than this.")
    window_s: float = Field(3, gt=0, le=4)
    fewest: int = Field(10, ge=1)


class Caps(_Part):
    """What is never exceeded, whatever the phases say."""

    citizens: int = Field(ge=1, description="Citizens under way at the same time, at most; each asks like a browser.")
    rate: float = Field(gt=0, description="Requests a second, at most, those for files too.")


class Handed(_Part):
    """What the generator is told by word of mouth alone, for it must never be written down.

    `values`: what stands for `{{name}}` from the start. `cookies`: by account, as a browser keeps them (name, value,
    domain, path, secure).
    """

    values: dict[str, str] = Field(default_factory=dict)
    cookies: dict[str, tuple[dict[str, str | bool | float], ...]] = Field(default_factory=dict)


class LoadPlan(_Part):
    """All that the generator is told."""

    base_url: str
    errands: tuple[Errand, ...] = Field(min_length=1)
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)] | Annotated[tuple[Crowd, ...], Field(min_length=1)]
    caps: Caps
    brake: Brake | None = Brake()
    first_visits: float = Field(0, ge=0, le=1, description="Share of citizens whose browser has no file yet.")
    hosts: tuple[str, ...] = Field(
        (), description="Hosts that may be asked, host or host:port; empty: host and port of base_url alone."
    )
    timeout_s: Annotated[float, Field(gt=0, le=120)] = 30
    seed: int = 1
    ca_file: Path | None = None
    agent: str = "toantrinh"

    @property
    def seconds(self) -> float:
        """How long arrivals go on, s."""
        return sum(phase.seconds for phase in self.phases)

    @cached_property
    def heaviest(self) -> float:
        """Requests that one arrival may cost: those of the errand that has most, without files; where there are files,
        what the arrivals ask for on the mean, files and a quarter more included, if that is more."""
        most = max(sum(len(operation.asks) for operation in errand.operations) for errand in self.errands)
        if not any(operation.assets for errand in self.errands for operation in errand.operations):
            return most
        shares = sum(errand.share for errand in self.errands)
        mean = sum(errand.share * self._requests_of(errand) for errand in self.errands) / shares
        return max(most, 1.25 * mean)

    def rate_of(self, phase: Phase) -> float:
        """Arrivals a second that the cap leaves of it."""
        return min(phase.rate, self.caps.rate / self.heaviest)

    def think_of(self, crowd: Crowd) -> float:
        """How long each of the crowd thinks, s, so that all of them together keep under the cap."""
        return max(crowd.think_s, self.citizens_of(crowd) * self.heaviest / self.caps.rate)

    def citizens_of(self, crowd: Crowd) -> int:
        """How many of them the cap lets in."""
        return min(crowd.citizens, self.caps.citizens)

    @property
    def longest_s(self) -> float:
        """The most that an errand can last, s: every request until it is given up, and all thinking."""
        return max(
            sum(one.think_s + len(one.asks) * self.timeout_s for one in errand.operations) for errand in self.errands
        )

    def _requests_of(self, errand: Errand) -> float:
        count = 0.0
        for share, first in ((self.first_visits, True), (1 - self.first_visits, False)):
            seen: set[str] = set()
            for operation in errand.operations:
                count += share * (len(operation.asks) + len(files_to_fetch(operation, seen, first)))
        return count

    @cached_property
    def operations(self) -> tuple[str, ...]:
        """The names of all operations, each once: their places are what samples name them by."""
        names = (operation.name for errand in self.errands for operation in errand.operations)
        return tuple(dict.fromkeys(names))


def files_to_fetch(operation: Operation, seen: set[str], first: bool) -> list[tuple[Asset, dict[str, str]]]:
    """The files that a browser asks for with this page, and the validators that it sends.

    `first`: it had no file before this errand; `seen`: those it has fetched in it, which is added to.
    """
    wanted = []
    for asset in operation.assets:
        known = not first or asset.path in seen
        if not (known and asset.fresh):
            wanted.append((asset, dict(asset.validators) if known else {}))
        seen.add(asset.path)
    return wanted
