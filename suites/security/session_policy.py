"""The dated policy of 4.3 (session_policy.yaml), and the life of a cookie in words."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from suites.security.channel_policy import Source
from toantrinh.observations.http_answers import HeldCookie


class SessionPolicy(BaseModel):
    """The longest time without use, minutes, and where the figure comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: datetime.date
    idle_minutes: float = Field(gt=0)
    source: Source


@cache
def load_session_policy() -> SessionPolicy:
    """The policy as the data file says."""
    file = Path(__file__).parent / "session_policy.yaml"
    return SessionPolicy.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def life_of(cookie: HeldCookie) -> str:
    """How long the browser keeps a cookie."""
    if cookie.lifetime_s is None:
        return "đến khi đóng trình duyệt"
    return f"{cookie.lifetime_s / 60:.0f} phút"
