"""Defects that give something away (4.6)."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "leak.versions",
        "Tiêu đề phản hồi nêu phiên bản phần mềm",
        ("leak.versions",),
    ),
    Defect(
        "leak.stack-trace",
        "Trang lỗi hiện vết lỗi của chương trình",
        ("leak.stack-traces",),
    ),
    Defect(
        "leak.listing",
        "Thư mục tệp tĩnh bị liệt kê",
        ("leak.listings",),
    ),
    Defect(
        "leak.source-map",
        "Bản đồ mã nguồn công khai chứa mã nguồn và khóa",
        ("leak.source-maps",),
    ),
    Defect(
        "leak.left-files",
        "Kho mã .git và tệp .env để sót trên máy chủ",
        ("leak.left-files",),
    ),
    Defect(
        "leak.debug-pages",
        "Trang giám sát và tài liệu giao diện lập trình mở cho mọi người",
        ("leak.debug-pages",),
    ),
    Defect(
        "leak.old-library",
        "Trang tải một thư viện cũ có lỗ hổng đã biết",
        ("leak.known-holes",),
    ),
    Defect(
        "lookalike.gateway-named",
        "Tiêu đề phản hồi nêu máy chuyển tiếp và tên ngôn ngữ lập trình, không nêu phiên bản",
        is_lookalike=True,
        like=("leak.versions",),
    ),
)
