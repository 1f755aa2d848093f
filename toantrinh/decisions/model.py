"""The two files that people write beside a system's file, as frozen models.

`systems/<name>.explanations.yaml`: why a finding is no fault of the system. `systems/<name>.review.yaml`: what an
evaluator decided on results that need a person. Each entry names one finding by check, service and identity, and
carries in `seen` the fingerprint of what was seen when it was written.
"""

from __future__ import annotations

import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from toantrinh.accounts import Text
from toantrinh.decisions.promises import promise_in

LONGEST = datetime.timedelta(days=365)
MOST_BYTES = 20 * 1024 * 1024

Kind = Literal["not-required", "measured-wrongly", "third-party", "agreed-exception"]
Decided = Literal["pass", "fail", "partial", "open"]
Reason = Annotated[str, Field(min_length=10)]


class Entry(BaseModel, frozen=True, extra="forbid"):
    """One finding, who spoke of it and when. `saw` says in words what `seen` stands for; it is never compared."""

    check: Text
    service: Text | None = Field(None, description="TTHC code; left out when the finding is of the whole system.")
    identity: str = ""
    seen: str = Field(pattern=r"^v1-[0-9a-f]{16}$", description="Fingerprint of what was seen; see scorecard.json.")
    saw: str = ""
    by: Text
    date: datetime.date
    expires: datetime.date | None = None
    document: Text | None = Field(None, description="A file below the folder of this one; kept with each run.")

    @field_validator("expires")
    @classmethod
    def _within_a_year(cls, expires: datetime.date | None, info: ValidationInfo) -> datetime.date | None:
        begins = info.data.get("date")
        if expires and begins and not begins < expires <= begins + LONGEST:
            raise PydanticCustomError(
                "expiry", "expected a day within a year after date ({begins})", {"begins": begins}
            )
        return expires

    @field_validator("document")
    @classmethod
    def _is_there(cls, document: str | None, info: ValidationInfo) -> str | None:
        folder: Path | None = (info.context or {}).get("folder")
        if document is None or folder is None:
            return document
        pure = PurePosixPath(document)
        if pure.is_absolute() or ".." in pure.parts or "\\" in document or ":" in pure.parts[0]:
            raise PydanticCustomError("document", "expected a path below the folder of this file, with '/' in it")
        if not (folder / pure).is_file():
            raise PydanticCustomError("document", "there is no such file beside this one")
        if (folder / pure).stat().st_size > MOST_BYTES:
            raise PydanticCustomError("document", "the document has more than 20 MB")
        return document

    @property
    def ends(self) -> datetime.date:
        """The last day on which it holds: a year after its date when nothing was written."""
        return self.expires or self.date + LONGEST

    @property
    def finding(self) -> tuple[str, str | None]:
        """Check and service."""
        return self.check, self.service


class Acceptance(BaseModel, frozen=True, extra="forbid"):
    """An evaluator's consent to an explanation."""

    by: Text
    date: datetime.date


class Refusal(Acceptance, frozen=True, extra="forbid"):
    """An evaluator's no to an explanation, and why."""

    grounds: Reason


class Explanation(Entry, frozen=True, extra="forbid"):
    """Why a finding is no fault. It counts once an evaluator, not its author, has accepted it.

    One that was `refused` stays where it is, for all to read, until its author writes another in its place.
    """

    kind: Kind
    reason: Reason
    law: Text | None = Field(None, description="For not-required: the article by which this is not asked.")
    expires: datetime.date
    accepted: Acceptance | None = None
    refused: Refusal | None = None

    @field_validator("reason")
    @classmethod
    def _no_promise(cls, reason: str) -> str:
        if promise := promise_in(reason):
            raise PydanticCustomError(
                "promise",
                "a promise to mend is no explanation ({promise}): say why it is no fault",
                {"promise": promise},
            )
        return reason

    @model_validator(mode="after")
    def _complete(self) -> Explanation:
        if self.kind == "not-required" and not self.law:
            raise PydanticCustomError("law", "kind not-required: expected law, the article that says so")
        if self.kind == "agreed-exception" and not self.document:
            raise PydanticCustomError("document", "kind agreed-exception: expected document, the agreement itself")
        if self.accepted and self.refused:
            raise PydanticCustomError("refused", "both accepted and refused: leave one of them")
        said, answer = ("accepted", self.accepted) if self.accepted else ("refused", self.refused)
        if answer and answer.by.casefold() == self.by.casefold():
            raise PydanticCustomError(
                "by", "nobody decides on an explanation of their own: {said}.by equals by", {"said": said}
            )
        if answer and answer.date < self.date:
            raise PydanticCustomError(
                "date", "{said} before it was written: {said}.date lies before date", {"said": said}
            )
        return self


class Review(Entry, frozen=True, extra="forbid"):
    """What an evaluator decided: pass, fail, partial (with the share that was earned), or that it stays open."""

    verdict: Decided
    share: float | None = Field(None, gt=0, lt=1, description="For partial: the part that was earned, 0 to 1.")
    grounds: Reason

    @model_validator(mode="after")
    def _share_of_a_part(self) -> Review:
        if (self.verdict == "partial") != (self.share is not None):
            raise PydanticCustomError("share", "share goes with verdict partial, and with no other")
        return self


class _File(BaseModel, frozen=True, extra="forbid"):
    @model_validator(mode="before")
    @classmethod
    def _empty_list(cls, data: Any) -> Any:
        """A list of which nothing is left is written as `key:` alone."""
        return {key: [] if value is None else value for key, value in data.items()} if isinstance(data, dict) else data


class Explanations(_File, frozen=True, extra="forbid"):
    """`<name>.explanations.yaml`."""

    explanations: tuple[Explanation, ...] = ()


class Reviews(_File, frozen=True, extra="forbid"):
    """`<name>.review.yaml`."""

    decisions: tuple[Review, ...] = ()
