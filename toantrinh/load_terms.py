"""How much load a system may be sent, when, and what its citizens come for: the `load:` block of its file."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

WINDOW = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _window(text: str) -> str:
    if not WINDOW.fullmatch(text):
        raise ValueError("expected a time window like '22:00-05:00'")
    return text


class LoadShares(_Part):
    """What citizens come for, as shares in any unit: most look, some look up, few submit."""

    look: float = Field(gt=0, description="Home page, search, a service's page.")
    look_up: float = Field(ge=0, description="Looking up a dossier by its code.")
    submit: float = Field(ge=0, description="Logged in: form, upload, submission.")


class LoadBrake(_Part):
    """When load is stopped because the system suffers."""

    error_share: float = Field(gt=0, le=1, description="Share of wrong answers in the last seconds, 0 to 1.")
    slow_s: float = Field(gt=0, le=60, description="Half of the answers slower than this, s.")


class LoadTerms(_Part):
    """How much load a system may be sent; the figures stand in systems/defaults.yaml."""

    arrivals_per_second: float = Field(gt=0, le=1000, description="Normal load: citizens who arrive, a second.")
    think_s: float = Field(gt=0, le=300, description="What a citizen thinks between two acts, on the mean, s.")
    citizens_at_most: int = Field(ge=1, le=100_000, description="Citizens at the same time, at most.")
    requests_per_second_at_most: float = Field(gt=0, le=100_000, description="Requests a second, at most.")
    submissions_at_most: int = Field(ge=0, le=100_000, description="Test dossiers that load may submit, in one run.")
    window: Annotated[str, AfterValidator(_window)] | None = Field(
        None, description="Local time in which load may be sent, like '22:00-05:00'; needed but on this machine."
    )
    first_visits: float = Field(ge=0, le=1, description="Share of citizens whose browser has no file yet, 0 to 1.")
    shares: LoadShares
    brake: LoadBrake

    def is_open_at(self, moment: datetime.time) -> bool:
        """Whether the window is open; one may go past midnight. True without a window."""
        if self.window is None:
            return True
        begins, ends = (datetime.time.fromisoformat(part) for part in self.window.split("-"))
        return begins <= moment < ends if begins <= ends else moment >= begins or moment < ends
