"""What the age of public figures excuses."""

from __future__ import annotations

import datetime
import re

from fixtures.figures import FiguresRecord
from toantrinh.judgement import not_tested

DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
CLOCK = re.compile(r"\b(\d{1,2})\s*(?::|giờ|h)\s*(\d{2})\b")


def age_excuses(figures: FiguresRecord) -> None:
    """Ends the check as open when the page says that its figures are older than what was sent, or may be."""
    if (day := DAY.search(figures.after.as_of)) is None:
        return
    try:
        date = datetime.date(int(day.group(3)), int(day.group(2)), int(day.group(1)))
    except ValueError:
        return
    if date < figures.last_end.date():
        not_tested(f"số liệu cũ hơn hồ sơ vừa nộp: “{figures.after.as_of}”; chạy lại khi số liệu đã cập nhật")
    clock = CLOCK.search(figures.after.as_of)
    if date == figures.last_end.date() and clock is None:
        not_tested(f"số liệu chỉ ghi ngày, có thể chưa tính hồ sơ vừa nộp: “{figures.after.as_of}”")
    if date == figures.last_end.date() and clock is not None:
        said = (int(clock.group(1)), int(clock.group(2)))
        if said < (figures.last_end.hour, figures.last_end.minute):
            not_tested(f"số liệu cũ hơn hồ sơ vừa nộp: “{figures.after.as_of}”")
