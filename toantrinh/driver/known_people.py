"""By what the test people of a system's file are known, when their data shows up somewhere."""

from __future__ import annotations

from toantrinh.persona import from_account
from toantrinh.system_model import System


def marks_of(system: System) -> dict[str, tuple[str, ...]]:
    """The facts that name a test person of the file, by their Vietnamese names."""
    people = [from_account(account) for account in system.accounts.values() if account.person is not None]
    return {
        "họ tên": tuple(person.full_name for person in people),
        "số định danh": tuple(person.cccd for person in people),
        "số điện thoại": tuple(person.phone for person in people),
        "thư điện tử": tuple(person.email for person in people),
    }
