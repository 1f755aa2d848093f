"""Defects of what a visitor looks for: search, lookup, figures, feedback."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "search.diacritics",
        "Tìm kiếm không nhận từ khóa gõ thiếu dấu",
        ("search.without-diacritics",),
    ),
    Defect(
        "search.no-codes",
        "Tìm kiếm không nhận mã thủ tục",
        ("search.by-code",),
    ),
    Defect(
        "search.filters-ignored",
        "Bộ lọc có trên trang nhưng kết quả không đổi",
        ("search.filters-narrow",),
    ),
    Defect(
        "search.silent-when-nothing",
        "Không có kết quả thì trang để trống, không nói gì",
        ("search.no-result-message",),
    ),
    Defect(
        "search.pages-repeat",
        "Trang kết quả nào cũng là trang đầu",
        ("search.paging",),
    ),
    Defect(
        "search.by-alphabet",
        "Kết quả có bất kỳ từ nào trùng, xếp theo vần chứ không theo độ khớp",
        ("search.target-among-first", "search.keyword-from-home"),
    ),
    Defect(
        "publish.labels-missing",
        "Trang thủ tục thiếu căn cứ pháp lý, kết quả và cơ quan thực hiện",
        ("publish.detail-labels", "level.published-fully", "level.declared-equals-measured"),
    ),
    Defect(
        "publish.templates-gone",
        "Mẫu đơn có liên kết nhưng tải về thì báo không tìm thấy",
        ("publish.templates-download", "level.forms-downloadable", "level.declared-equals-measured"),
    ),
    Defect(
        "publish.no-fee-no-time",
        "Trang thủ tục không nêu phí và thời hạn giải quyết",
        ("publish.fee-and-time",),
    ),
    Defect(
        "level.unlabelled",
        "Trang thủ tục không ghi mức độ dịch vụ",
        ("level.label-on-service",),
    ),
    Defect(
        "lookalike.levels-uncounted",
        "Lọc theo mức độ được, chỉ không ghi số cạnh mỗi mức",
        is_lookalike=True,
        like=("level.count-by-level",),
    ),
    Defect(
        "lookup.as-of-yesterday",
        "Tra cứu chạy trên dữ liệu đồng bộ đêm qua, hồ sơ nộp hôm nay không thấy",
        ("track.lookup-by-code",),
        blinds=(
            "access.captcha-once",
            "access.lookup-minimum",
        ),
    ),
    Defect(
        "figures.one-total",
        "Số liệu công khai chỉ có con số chung, không theo cơ quan và kỳ",
        ("figures.by-agency-and-period",),
    ),
    Defect(
        "lookalike.fee-with-sign",
        "Phí ghi bằng ký hiệu ₫, không thu thì ghi Miễn phí",
        is_lookalike=True,
        like=("publish.fee-and-time", "pay.amount-equals-fee"),
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
        blinds=("support.feedback-answer",),
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
