"""Defects of what is made of that which was typed or sent (4.5)."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "input.raw-content",
        "Trang hồ sơ của người dân hiện nội dung đã khai mà không mã hóa",
        ("input.markers-escaped",),
    ),
    Defect(
        "input.raw-file-name",
        "Tên tệp đính kèm được giữ và hiện lại nguyên như người dân đặt",
        ("input.markers-escaped",),
    ),
    Defect(
        "input.raw-in-field",
        "Biểu mẫu mở lại đặt nội dung đã nhập vào ô mà không mã hóa dấu nháy",
        ("input.markers-escaped",),
    ),
    Defect(
        "input.raw-search-words",
        "Trang kết quả tìm kiếm chép nguyên từ khóa vào trang",
        ("input.markers-escaped",),
    ),
    Defect(
        "input.raw-for-officer",
        "Trang hồ sơ của cán bộ hiện nội dung người dân khai mà không mã hóa",
        ("input.markers-escaped-for-officer",),
    ),
    Defect(
        "input.raw-notice",
        "Thông báo được ghép chuỗi từ nội dung kê khai và hiện như HTML",
        ("input.markers-escaped-in-papers",),
    ),
    Defect(
        "input.raw-receipt",
        "Biên lai dạng trang web được ghép chuỗi từ nội dung kê khai",
        ("input.markers-escaped-in-papers",),
        service="1.001193",
    ),
    Defect(
        "input.markup-in-receipt",
        "Giấy tiếp nhận PDF được in từ HTML ghép chuỗi: thẻ trong nội dung kê khai được thực hiện, không hiện ra",
        ("input.markers-escaped-in-papers",),
        for_a_person=True,
    ),
    Defect(
        "input.sql-error",
        "Ô tìm kiếm ghép từ khóa vào câu truy vấn đếm, lỗi cơ sở dữ liệu hiện ra trang",
        ("input.no-database-error",),
    ),
    Defect(
        "input.query-by-hand",
        "Bộ lọc cơ quan ghép giá trị vào câu truy vấn, lỗi bị nuốt",
        ("input.no-database-error",),
    ),
    Defect(
        "input.file-by-path",
        "Biểu mẫu tải về đọc tệp theo đường dẫn ghép từ tên được hỏi",
        ("input.path-parameters-held",),
    ),
    Defect(
        "input.open-return",
        "Địa chỉ trở về sau đăng nhập không được kiểm tra",
        ("input.redirect-parameters-held",),
    ),
)
