"""Defects of pages as such: the measuring tag."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "emc.no-tag-on-confirmation",
        "Trang xác nhận nộp hồ sơ không gắn mã EMC",
        ("emc.tag-on-every-step", "emc.submission-event", "emc.events-equal-dossiers"),
    ),
)
