"""Wrong passwords in a row make an account wait: guessing is slowed, its owner is not locked out for good."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from portal.clock import now
from portal.records import LoginFailure

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(minutes=30)


def waiting_time(rows: Session, account: str) -> timedelta:
    """How long `account` has to wait before the next try; zero when it need not."""
    row = rows.get(LoginFailure, account)
    if row is None or row.failures < FREE_TRIES or now() - row.last_at > FORGOTTEN_AFTER:
        return timedelta(0)
    wait: timedelta = min(FIRST_WAIT * 2 ** min(row.failures - FREE_TRIES, 10), LONGEST_WAIT)
    return max(row.last_at + wait - now(), timedelta(0))


def note_failure(rows: Session, account: str) -> None:
    """Count a wrong password; the caller commits."""
    rows.execute(delete(LoginFailure).where(LoginFailure.last_at < now() - FORGOTTEN_AFTER))
    first = insert(LoginFailure).values(account=account, failures=1, last_at=now())
    rows.execute(
        first.on_conflict_do_update(
            index_elements=["account"], set_={"failures": LoginFailure.failures + 1, "last_at": now()}
        )
    )


def forget_failures(rows: Session, account: str) -> None:
    """The right password came; the caller commits."""
    rows.execute(delete(LoginFailure).where(LoginFailure.account == account))
