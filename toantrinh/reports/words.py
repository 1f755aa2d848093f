"""How reports say verdicts, levels, numbers and times in Vietnamese."""

from __future__ import annotations

import datetime

from toantrinh.criteria_model import Severity
from toantrinh.verdicts import Verdict

VERDICTS: dict[Verdict, str] = {
    Verdict.PASS: "Đạt",
    Verdict.FAIL: "Không đạt",
    Verdict.PARTIAL: "Đạt một phần",
    Verdict.NOT_APPLICABLE: "Không áp dụng",
    Verdict.NOT_TESTED: "Chưa kiểm thử",
    Verdict.NEEDS_REVIEW: "Cần người xem xét",
    Verdict.TOOL_ERROR: "Lỗi công cụ",
}

VERDICT_MEANINGS: dict[Verdict, str] = {
    Verdict.PASS: "điều phải có đã thấy đủ.",
    Verdict.FAIL: "điều phải có không thấy hoặc sai; mất điểm.",
    Verdict.PARTIAL: "đúng ở một số dịch vụ hoặc một phần; được điểm theo tỷ lệ.",
    Verdict.NOT_APPLICABLE: "không có đối tượng để xét; điểm chuyển cho các phép kiểm khác của tiêu chí.",
    Verdict.NOT_TESTED: "chưa thử được hoặc chưa có phép thử; điểm còn để ngỏ.",
    Verdict.NEEDS_REVIEW: "máy không tự kết luận được; chờ người đánh giá quyết định.",
    Verdict.TOOL_ERROR: "công cụ đo gặp lỗi; không bao giờ tính là lỗi của hệ thống.",
}

SEVERITIES: dict[Severity, str] = {
    Severity.CRITICAL: "Nghiêm trọng",
    Severity.SERIOUS: "Nặng",
    Severity.MODERATE: "Vừa",
    Severity.MINOR: "Nhẹ",
}

SEVERITY_MEANINGS: dict[Severity, str] = {
    Severity.CRITICAL: "người dân không đi hết được, mất tiền, hoặc dữ liệu cá nhân bị mở cho người khác.",
    Severity.SERIOUS: "người dân phải nhờ giúp mới đi hết, hoặc một quyền bị bỏ qua.",
    Severity.MODERATE: "người dân gặp khó nhưng tự vượt qua được.",
    Severity.MINOR: "khiếm khuyết nhỏ.",
}

KINDS = {"ministry": "Bộ, cơ quan ngang bộ", "province": "Tỉnh, thành phố", "national": "Quốc gia", "other": "Khác"}

LEVELS = {"toàn trình": "Toàn trình", "một phần": "Một phần", "thông tin": "Chỉ thông tin"}

REACHES = {
    "reached": "Đã qua",
    "absent": "Không thấy",
    "refused": "Bị từ chối",
    "blocked": "Bị chặn",
    "not-needed": "Không cần",
    "not-tried": "Chưa thử",
    "tool-error": "Lỗi công cụ",
}

FIVE_TESTS = {
    "published_fully": "Công bố đầy đủ",
    "forms_downloadable": "Tải được mẫu",
    "filled_and_sent_online": "Điền, ký, gửi trực tuyến",
    "whole_dossier_electronic": "Hồ sơ điện tử toàn bộ",
    "fee_online": "Nộp phí trực tuyến",
}


def number(value: float) -> str:
    """A number as Vietnamese write it: `58,5`, at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def span(low: float, high: float) -> str:
    """An interval of points: `58,5–83,5`, or one number when both ends are the same."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def grades(low: str, high: str) -> str:
    """A grade or an interval of grades: `D–B`."""
    return low if low == high else f"{low}–{high}"


def moment(iso: str) -> str:
    """A moment: `21/11/2026 20:04`; what is no ISO 8601 time comes back as it is."""
    try:
        return datetime.datetime.fromisoformat(iso).strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return iso


def day(iso: str) -> str:
    """A day: `21/11/2026`; what is no ISO 8601 date comes back as it is."""
    try:
        return datetime.date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso


def duration(ms: float) -> str:
    """A duration in words a person reads: `850 ms`, `1,2 giây`, `3 phút 20 giây`."""
    if ms < 1000:
        return f"{ms:.0f} ms"
    if ms < 60_000:
        return f"{ms / 1000:.1f} giây".replace(".", ",")
    minutes, seconds = divmod(round(ms / 1000), 60)
    return f"{minutes} phút {seconds} giây" if seconds else f"{minutes} phút"
