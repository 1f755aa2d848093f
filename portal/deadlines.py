"""Working days: the promised date of a result."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

# Fixed-date public holidays (Bộ luật Lao động 2019, Đ112); those of the lunar calendar move and are left out.
HOLIDAYS = frozenset({(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)})
CLOSING = time(17, 0)


def is_working_day(day: date) -> bool:
    """True from Monday to Friday, public holidays excepted."""
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def promised_day(submitted: datetime, working_days: int) -> date:
    """The day of the result: counted from the next working day, so that a dossier sent at night loses no day."""
    day = submitted.date()
    left = max(0, working_days)
    if left == 0:
        while not is_working_day(day) or (day == submitted.date() and submitted.time() > CLOSING):
            day += timedelta(days=1)
        return day
    while left:
        day += timedelta(days=1)
        if is_working_day(day):
            left -= 1
    return day
