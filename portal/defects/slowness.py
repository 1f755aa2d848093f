"""Defects of speed, of capacity and of steadiness (group 3), and what only looks like them."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "search.slow",
        "Tìm kiếm mất khoảng ba giây vì câu truy vấn không có chỉ mục",
        ("load.mean-in-limit", "speed.first-content"),
    ),
    Defect(
        "results.second-page-slow",
        "Trang thứ hai của kết quả tìm kiếm mất khoảng ba giây",
        ("load.mean-in-limit",),
    ),
    Defect(
        "upload.slow",
        "Tải một tệp lên mất thêm khoảng ba giây vì máy quét làm từng tệp một lúc nhận",
        ("load.mean-in-limit",),
    ),
    Defect(
        "http.first-byte-slow",
        "Byte đầu tiên của trang chủ đến sau hơn ba giây",
        ("load.mean-in-limit", "speed.first-content"),
    ),
    Defect(
        "look-up.time-out",
        "Cứ ba lượt tra cứu hồ sơ thì một lượt không có câu trả lời trong bốn mươi giây",
        ("load.slowest-in-limit", "load.no-timeout", "load.soak-no-error"),
        blinds=("load.mean-in-limit", "load.percentiles-in-limit"),
    ),
    Defect(
        "procedure.copy-runs-out",
        "Cứ hai mươi sáu lượt xem một thủ tục thì một lượt chờ hơn mười một giây để lấy lại bản sao đã hết hạn",
        ("load.slowest-in-limit",),
        blinds=("load.percentiles-in-limit",),
    ),
    Defect(
        "capacity.lock",
        "Mỗi lượt xem trang chờ ghi sổ đếm sau một khóa chung, nên nhiều người thì xếp hàng",
        ("load.knee-beyond-required", "load.peak-recovers"),
    ),
    Defect(
        "memory.growth",
        "Mỗi lượt xem trang được nhớ mãi và dò lại cả danh sách, nên càng phục vụ càng chậm",
        ("load.soak-no-drift",),
        blinds=("load.peak-recovers",),
    ),
    Defect(
        "errors.under-load",
        "Hơn một trăm mười người cùng lúc thì mọi trang chậm đi và một nửa số lượt bị trả mã 503",
        ("load.required-citizens", "load.error-share", "load.knee-beyond-required"),
    ),
    Defect(
        "slow.block-page",
        "Hơn một trăm mười người cùng lúc thì mọi trang chậm, một nửa số lượt nhận trang “hệ thống đang bận”, mã 200",
        ("load.required-citizens", "load.error-share", "load.knee-beyond-required"),
    ),
    Defect(
        "peak.never-recovers",
        "Sau một đợt đông người mọi trang chậm đi và không nhanh trở lại",
        ("load.peak-recovers",),
    ),
    Defect(
        "script.blocking",
        "Mã của trang chủ chiếm trình duyệt gần một giây khi tải trang",
        ("speed.long-tasks",),
    ),
    Defect(
        "files.uncompressed",
        "Trang và tệp tĩnh được gửi không nén",
        ("speed.compressed",),
    ),
    Defect(
        "files.no-cache",
        "Tệp tĩnh không cho lưu đệm và không có nhãn xác thực",
        ("speed.cacheable",),
    ),
    Defect(
        "lookalike.one-slow-start",
        "Lượt xem trang đầu tiên sau khi khởi động mất hai giây, các lượt sau thì không",
        is_lookalike=True,
        like=("load.mean-in-limit", "load.slowest-in-limit", "speed.first-content"),
    ),
    Defect(
        "lookalike.slow-report",
        "Trang số liệu thống kê, không nằm trên đường đi của hồ sơ nào, mất hơn ba giây",
        is_lookalike=True,
        like=("load.mean-in-limit", "load.slowest-in-limit"),
    ),
    Defect(
        "lookalike.late-animation",
        "Hình trang trí của trang chủ còn chuyển động vài giây sau khi trang đã tải xong",
        is_lookalike=True,
        like=("speed.long-tasks", "speed.first-content"),
    ),
)
