"""Defects of what a visitor looks for: search, lookup, figures, feedback."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "search.diacritics",
        "Tìm kiếm không nhận từ khóa gõ thiếu dấu",
        ("search.without-diacritics",),
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
)
