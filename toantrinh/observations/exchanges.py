"""Facts about single questions over HTTP: what was asked as whom, what came back. Without secrets, to be repeated."""

from __future__ import annotations

import shlex
from enum import StrEnum

from toantrinh.observations.page import Facts


class Ended(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"  # a status came; the body may be cut off, see `cut`
    DROPPED = "dropped"  # the connection broke before a status came
    SILENT = "silent"  # nothing came in time
    DISTRUSTED = "distrusted"  # the machine does not trust the certificate, or it is for another name: nothing was sent
    CIRCLE = "circle"  # redirects that come back to where they were, or do not end
    BANNED = "banned"  # refused, and so was the home page: it says nothing about the question
    HELD_OFF = "held-off"  # not asked: the system has banned us or asks to be left alone
    OVER_BUDGET = "over-budget"  # not asked: the requests of the run or of the subject are used up
    NOT_ALLOWED = "not-allowed"  # not asked: no authorisation
    FOREIGN = "foreign"  # not asked: a host that the system's file does not name

    @property
    def unasked(self) -> bool:
        """True when no request was sent."""
        return self in (Ended.HELD_OFF, Ended.OVER_BUDGET, Ended.NOT_ALLOWED, Ended.FOREIGN)


class Exchange(Facts):
    """One question and its answer. Values of cookies, tokens, passwords and personal numbers are `•••`.

    `number` counts within the record. `role`: who asked, in Vietnamese, and `role_key` in a name for a shell variable.
    `headers` as they came, in order. `body`: its start, at most 4,000 characters; `length` (bytes read) and `sha256`
    are of what was read, before anything was taken out. `cut`: why the body is not whole. `ms`: until the body was
    read.
    """

    number: int
    purpose: str
    role: str
    role_key: str
    method: str
    address: str
    sent_headers: dict[str, str]
    sent_body: str = ""
    ended: Ended
    why: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    title: str = ""
    body: str = ""
    length: int = 0
    sha256: str = ""
    cut: str = ""
    ms: float | None = None

    @property
    def request_line(self) -> str:
        """Method and address."""
        return f"{self.method} {self.address}"

    @property
    def summary(self) -> str:
        """Request, role and response in one line, as findings show it."""
        answer = f"HTTP {self.status}" if self.status is not None else str(self.why or self.ended)
        return f"{self.request_line} ({self.role}) → {answer}"

    @property
    def curl(self) -> str:
        """A command that asks the same again; what is secret has to be put into the variables that it names."""
        words = ["curl", "-sS", "-i", "--path-as-is", "--globoff"]
        if self.method == "HEAD":
            words += ["--head"]
        elif self.method != "GET":
            words += ["-X", self.method]
        line = shlex.join(words)
        for name, value in self.sent_headers.items():
            if "•••" in value:
                line += f' -H "{name}: ${name.upper().replace("-", "_")}_{self.role_key.upper()}"'
            else:
                line += f" -H {shlex.quote(f'{name}: {value}')}"
        if self.sent_body:
            line += f" --data-binary {shlex.quote(self.sent_body)}"
        return f"{line} {shlex.quote(self.address)}"

    @property
    def as_text(self) -> str:
        """Request, response, role and the command to repeat it, to be read by a person."""
        sent = "\n".join(f"{name}: {value}" for name, value in self.sent_headers.items())
        came = "\n".join(f"{name}: {value}" for name, value in self.headers)
        status = f"HTTP {self.status}" if self.status is not None else f"{self.ended}: {self.why}"
        cut = f"\n[{self.cut}]" if self.cut else ""
        return (
            f"{self.purpose}\nVai: {self.role}\n\n> {self.request_line}\n{sent}\n\n{self.sent_body}\n\n"
            f"< {status}\n{came}\n\n{self.body}{cut}\n\nLàm lại: {self.curl}\nsha256 {self.sha256 or '–'}\n"
        )


class Exchanges(Facts):
    """The questions of one observation, in their order. `spent` of `limit` requests of `subject` when it ended.

    `seed` chose the paths of the control questions. `stopped`: why no more was asked; empty when all was.
    """

    subject: str
    seed: int
    exchanges: tuple[Exchange, ...]
    spent: int
    limit: int
    stopped: str = ""

    def of(self, number: int) -> Exchange:
        """The exchange of this number. Raises KeyError when there is none."""
        for exchange in self.exchanges:
            if exchange.number == number:
                return exchange
        raise KeyError(number)
