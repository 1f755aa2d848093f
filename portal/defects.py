"""Named defects: each is switched on by `--defects a,b` and lives in one small `if has_defect("name")`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """One fault as real systems have it. `checks` are the ids of the checks that must catch it."""

    name: str
    title: str
    checks: tuple[str, ...]


class UnknownDefect(ValueError):
    """A name that is not in the registry; the message names the nearest ones."""


_REGISTRY = (
    Defect(
        "search.diacritics",
        "Tìm kiếm không nhận từ khóa gõ thiếu dấu",
        ("search.without-diacritics",),
    ),
    Defect(
        "payment.twice",
        "Một lần thanh toán được ghi nhận thành hai khoản tiền",
        ("pay.once",),
    ),
    Defect(
        "status.stuck",
        "Trạng thái hồ sơ không bao giờ rời “Mới đăng ký”",
        ("track.follows-officer",),
    ),
    Defect(
        "emc.no-tag-on-confirmation",
        "Trang xác nhận nộp hồ sơ không gắn mã EMC",
        ("emc.tag-on-every-step", "emc.submission-event", "emc.events-equal-dossiers"),
    ),
    Defect(
        "result.in-person",
        "Dịch vụ công bố toàn trình nhưng phải đến nơi nhận kết quả",
        ("level.declared-equals-measured", "result.download", "result.postal-choice"),
    ),
    Defect(
        "fee.differs",
        "Số tiền phải trả khác mức lệ phí đã công bố",
        ("pay.amount-equals-fee",),
    ),
    Defect(
        "payment.failure-final",
        "Thanh toán thất bại một lần thì không thanh toán lại được",
        ("pay.failed-stays-payable",),
    ),
    Defect(
        "payment.abandon-final",
        "Rời trang thanh toán thì không thanh toán lại được",
        ("pay.abandoned-stays-payable",),
    ),
    Defect(
        "submit.twice",
        "Quay lại rồi bấm nộp lần nữa thì có thêm một hồ sơ",
        ("submit.once",),
    ),
    Defect(
        "lookup.wrong-code-blank",
        "Tra cứu mã hồ sơ không có thật thì trang không nói gì",
        ("track.wrong-code-answer",),
    ),
    Defect(
        "lookup.wrong-code-error",
        "Tra cứu mã hồ sơ không có thật thì ra trang lỗi 500",
        ("track.wrong-code-answer",),
    ),
    Defect(
        "supplement.silent",
        "Cán bộ yêu cầu bổ sung mà người dân không được báo",
        ("amend.supplement-reaches",),
    ),
    Defect(
        "supplement.unanswerable",
        "Yêu cầu bổ sung không trả lời được trên cổng",
        ("amend.supplement-answered",),
    ),
    Defect(
        "withdraw.missing",
        "Không có chức năng rút hồ sơ",
        ("amend.withdraw",),
    ),
    Defect(
        "rating.not-counted",
        "Đánh giá của người dân không được tính vào số liệu công khai",
        ("rating.in-statistics",),
    ),
    Defect(
        "feedback.no-code",
        "Gửi phản ánh xong không được cấp mã theo dõi",
        ("support.feedback-code",),
    ),
    Defect(
        "feedback.never-answered",
        "Câu trả lời phản ánh của cán bộ không đến người gửi",
        ("support.feedback-answer",),
    ),
    Defect(
        "figures.frozen",
        "Số liệu công khai đứng yên dù có hồ sơ mới",
        ("figures.agree",),
    ),
    Defect(
        "signature.self-made",
        "Kết quả được ký bằng chứng thư tự tạo",
        ("sign.result-verifies",),
    ),
    Defect(
        "signature.tampered",
        "Tệp kết quả bị sửa sau khi ký",
        ("sign.result-verifies",),
    ),
)

REGISTRY: dict[str, Defect] = {defect.name: defect for defect in _REGISTRY}

_active: frozenset[str] = frozenset()


def switch_on(names: Iterable[str]) -> None:
    """Make exactly these defects active in this process. Raises UnknownDefect."""
    global _active
    wanted = frozenset(names)
    for name in sorted(wanted - REGISTRY.keys()):
        near = difflib.get_close_matches(name, sorted(REGISTRY), n=3, cutoff=0.4)
        advice = f" Did you mean {', '.join(near)}?" if near else ""
        raise UnknownDefect(f"There is no defect named {name!r}.{advice} `--defects list` shows them all.")
    _active = wanted


def has_defect(name: str) -> bool:
    """True when the defect is switched on. Raises UnknownDefect for a name that is not in the registry."""
    if name not in REGISTRY:
        raise UnknownDefect(f"There is no defect named {name!r}.")
    return name in _active
