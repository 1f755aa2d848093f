"""The one clock of the portal: Vietnam's civil time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "ICT")


def now() -> datetime:
    """The time in Vietnam (UTC+7, no summer time), without zone, in whole microseconds: what the database keeps."""
    return datetime.now(VIETNAM).replace(tzinfo=None)
