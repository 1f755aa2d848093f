"""What a soak and a short peak may decide."""

from __future__ import annotations

from suites.performance.load_rules import seconds
from toantrinh.observations.load_run import AfterPeak, Drift

LONG_S = 60  # from here on a soak shows small drifts, too
LONG_FLOOR_S = 0.02  # less may be the measuring machine's own
SHORT_SHARE, SHORT_FLOOR_S = 0.5, 0.05  # what a short one must rise by, of where it began and in s
RECOVERED = 1.5  # times the waiting before the peak
FELT_S = 0.05  # nobody feels less


def surely_drifts(drift: Drift) -> bool:
    """True when answers became slower beyond what chance, and a short time on a busy machine, can make of them."""
    if not drift.drifts or drift.rise <= LONG_FLOOR_S:
        return False
    return drift.over_s >= LONG_S or (drift.rise > max(SHORT_SHARE * drift.began, SHORT_FLOOR_S))


def drift_words(drift: Drift) -> str:
    """The drift in words."""
    more = f"{seconds(drift.rise)} (khoảng 95%: {seconds(drift.least)} đến {seconds(drift.most)})"
    return f"trong {drift.over_s:.0f} giây, thời gian phản hồi từ {seconds(drift.began)} thay đổi {more}"


def worse_after(peak: AfterPeak, times: float) -> bool:
    """True when `times` the waiting before the peak is more than citizens had before, and enough to be felt."""
    return times > RECOVERED and (peak.before or 0) * (times - 1) > FELT_S
