"""The ten national dossier statuses of Cổng DVCQG, the draft before them, and which may follow which."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """A dossier's status. The numbers are the national ones; 0 is a draft that only its citizen sees."""

    DRAFT = 0
    REGISTERED = 1
    RECEIVED = 2
    REFUSED = 3
    PROCESSING = 4
    SUPPLEMENT_ASKED = 5
    FEE_DEMANDED = 6
    WITHDRAWN = 7
    STOPPED = 8
    PROCESSED = 9
    RETURNED = 10

    @property
    def title(self) -> str:
        """The national words, in Vietnamese."""
        return TITLES[self]

    @property
    def is_open(self) -> bool:
        """True while somebody still has to do something about the dossier."""
        return bool(TRANSITIONS[self])


TITLES: dict[Status, str] = {
    Status.DRAFT: "Bản nháp",
    Status.REGISTERED: "Mới đăng ký",
    Status.RECEIVED: "Được tiếp nhận",
    Status.REFUSED: "Không được tiếp nhận",
    Status.PROCESSING: "Đang xử lý",
    Status.SUPPLEMENT_ASKED: "Yêu cầu bổ sung giấy tờ",
    Status.FEE_DEMANDED: "Yêu cầu thực hiện nghĩa vụ tài chính",
    Status.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    Status.STOPPED: "Dừng xử lý",
    Status.PROCESSED: "Đã xử lý xong",
    Status.RETURNED: "Đã trả kết quả",
}

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.REGISTERED}),
    Status.REGISTERED: frozenset(
        {Status.RECEIVED, Status.REFUSED, Status.SUPPLEMENT_ASKED, Status.FEE_DEMANDED, Status.WITHDRAWN}
    ),
    Status.RECEIVED: frozenset(
        {Status.PROCESSING, Status.SUPPLEMENT_ASKED, Status.FEE_DEMANDED, Status.WITHDRAWN, Status.STOPPED}
    ),
    Status.PROCESSING: frozenset(
        {Status.PROCESSED, Status.SUPPLEMENT_ASKED, Status.FEE_DEMANDED, Status.WITHDRAWN, Status.STOPPED}
    ),
    Status.SUPPLEMENT_ASKED: frozenset(
        {Status.REGISTERED, Status.RECEIVED, Status.PROCESSING, Status.WITHDRAWN, Status.STOPPED}
    ),
    Status.FEE_DEMANDED: frozenset(
        {Status.REGISTERED, Status.RECEIVED, Status.PROCESSING, Status.WITHDRAWN, Status.STOPPED}
    ),
    Status.PROCESSED: frozenset({Status.RETURNED}),
    Status.REFUSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.STOPPED: frozenset(),
    Status.RETURNED: frozenset(),
}
