"""The dated policy of 4.1 (channel_policy.yaml): acceptable versions, suites, certificates, redirects and HSTS."""

from __future__ import annotations

import datetime
import re
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Part):
    """Where figures come from. `certainty`: V seen by us, I at second hand."""

    title: str
    address: str
    certainty: Literal["V", "I"]


class Versions(_Part):
    """Names of versions, as observations carry them."""

    forbidden: tuple[str, ...]
    accepted: tuple[str, ...]


class Broken(_Part):
    """A pattern in the OpenSSL name of a suite, and what is wrong with such suites."""

    pattern: str
    why: str


class Suites(_Part):
    """`share_outside`: the share (0 to 1) that is left when suites are on that are merely not in the list."""

    accepted: tuple[str, ...]
    broken: tuple[Broken, ...]
    share_outside: float
    least_dhe_bits: int

    def why_broken(self, name: str, dhe_bits: int | None) -> str:
        """What is wrong with a suite that must never be on; empty for others."""
        for known in self.broken:
            if re.search(known.pattern, name, re.I):
                return known.why
        return f"nhóm DH chỉ {dhe_bits} bit" if dhe_bits is not None and dhe_bits < self.least_dhe_bits else ""


class CertificateRules(_Part):
    """`least_bits`: kinds of keys that are acceptable and their least size; `advised_days_left` in days."""

    least_bits: dict[str, int]
    digests: tuple[str, ...]
    advised_days_left: int


class RedirectRules(_Part):
    """`statuses` are lasting; `share_half_right` (0 to 1) for what leads to HTTPS in another way."""

    statuses: tuple[int, ...]
    share_half_right: float


class HstsRules(_Part):
    """`least_s`: the least max-age, s."""

    least_s: int


class ChannelPolicy(_Part):
    """The whole policy, with its date and sources."""

    date: datetime.date
    sources: tuple[Source, ...]
    versions: Versions
    suites: Suites
    certificate: CertificateRules
    redirect: RedirectRules
    hsts: HstsRules

    @property
    def named(self) -> str:
        """How findings name it."""
        return f"chính sách ngày {self.date:%d/%m/%Y}, theo Mozilla intermediate và RFC 9325"


@cache
def channel_policy() -> ChannelPolicy:
    """The policy of the file."""
    data = yaml.safe_load((Path(__file__).parent / "channel_policy.yaml").read_text(encoding="utf-8"))
    return ChannelPolicy.model_validate(data)
