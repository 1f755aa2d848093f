"""Defects of files that citizens send and get back (4.5)."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "uploads.by-extension",
        "Loại tệp chỉ xét theo phần mở rộng, nội dung không được xem",
        ("input.disguised-uploads-refused",),
    ),
    Defect(
        "uploads.by-content-type",
        "Loại tệp chỉ xét theo Content-Type mà trình duyệt tự khai",
        ("input.disguised-uploads-refused",),
    ),
    Defect(
        "uploads.page-checks-only",
        "Phần mở rộng chỉ do kịch bản của trang kiểm tra, máy chủ nhận mọi loại",
        ("input.disguised-uploads-refused",),
    ),
    Defect(
        "uploads.active-inline",
        "Nhận ảnh SVG, trang HTML và cho mở ngay ở địa chỉ của cổng",
        ("input.script-uploads-refused", "input.safe-downloads"),
    ),
    Defect(
        "uploads.not-scanned",
        "Giấy tờ tải lên không được quét mã độc",
        ("input.harmful-uploads-refused",),
    ),
    Defect(
        "uploads.name-as-path",
        "Tệp được lưu và trả lại dưới đúng tên đã gửi",
        ("input.file-names-held",),
    ),
    Defect(
        "uploads.sniffable",
        "Tệp tải về thiếu nosniff",
        ("input.safe-downloads",),
    ),
)
