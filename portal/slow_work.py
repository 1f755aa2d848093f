"""Work that takes long in one place, each only under its defect. A wait stands for it."""

from __future__ import annotations

import itertools
import time

QUERY_S = 3.0
SCAN_S = 3.0
FIRST_BYTE_S = 3.2
REPORT_S = 3.5
UNANSWERED_S = 40.0
UNANSWERED_EVERY = 3
COLD_S = 11.5
COLD_EVERY = 26
_look_ups, _views = itertools.count(1), itertools.count(1)


def query_without_index() -> None:
    """A LIKE over joined tables, row by row."""
    time.sleep(QUERY_S)


def scan_one_by_one() -> None:
    """A virus scanner that is started anew for each file, while its sender waits."""
    time.sleep(SCAN_S)


def put_together_home_page() -> None:
    """News, weather and exchange rates, fetched from others before the first byte goes out."""
    time.sleep(FIRST_BYTE_S)


def count_everything() -> None:
    """A report over all dossiers of all years."""
    time.sleep(REPORT_S)


def ask_agency() -> None:
    """Asks the system of the agency in charge, which one time in three does not answer."""
    if next(_look_ups) % UNANSWERED_EVERY == 0:
        time.sleep(UNANSWERED_S)


def fetch_procedure() -> None:
    """A copy of the procedure that has run out: whoever comes then waits for the national database."""
    if next(_views) % COLD_EVERY == 0:
        time.sleep(COLD_S)
