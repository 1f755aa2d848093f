"""Defects of the channel, the headers and the cookies (4.1, 4.2)."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "channel.old-versions",
        "Máy chủ còn nhận TLS 1.0 và TLS 1.1",
        ("channel.protocol-versions", "channel.cipher-suites"),
        needs="--tls",
    ),
    Defect(
        "channel.old-suites",
        "Máy chủ còn nhận bộ mã kiểu CBC ở TLS 1.2",
        ("channel.cipher-suites",),
        needs="--tls",
    ),
    Defect(
        "channel.plain-http",
        "Cổng http trả trang thay vì chuyển hướng sang https",
        ("channel.http-redirected", "channel.cookies-not-by-http"),
        needs="--tls",
    ),
    Defect(
        "channel.page-by-http",
        "Trang hướng dẫn còn ở lại http",
        ("channel.https-everywhere", "channel.http-redirected", "channel.hsts"),
        needs="--tls",
    ),
    Defect(
        "channel.form-by-http",
        "Ô tìm kiếm của trang chủ gửi từ khóa đi bằng http",
        ("channel.no-mixed-content",),
        needs="--tls",
    ),
    Defect(
        "channel.expired-certificate",
        "Chứng thư của máy chủ đã hết hạn",
        ("channel.certificate-valid",),
        needs="--tls",
    ),
    Defect(
        "cookie.by-http",
        "Cookie phiên không có Secure nên đi cả bằng http",
        ("channel.cookies-not-by-http", "headers.cookie-flags"),
        needs="--tls",
    ),
    Defect(
        "channel.short-hsts",
        "HSTS chỉ dài năm phút",
        ("channel.hsts",),
        needs="--tls",
    ),
    Defect(
        "headers.inline-allowed",
        "CSP của trang người đã đăng nhập cho chạy mã nội tuyến",
        ("headers.csp",),
    ),
    Defect(
        "headers.nonce-fixed",
        "Nonce của CSP không bao giờ đổi",
        ("headers.csp",),
    ),
    Defect(
        "headers.eval-allowed",
        "CSP cho chạy chuỗi thành mã",
        ("headers.csp-finer",),
    ),
    Defect(
        "headers.framing-of-forms",
        "Trang người đã đăng nhập nhúng được vào trang lạ",
        ("headers.framing",),
    ),
    Defect(
        "headers.sniffing-of-data",
        "Tệp tải về, dữ liệu và ảnh để trình duyệt tự đoán kiểu",
        ("headers.nosniff", "input.safe-downloads"),
    ),
    Defect(
        "headers.referrer-open",
        "Địa chỉ đầy đủ của trang được gửi cho mọi trang khác",
        ("headers.referrer-policy",),
    ),
    Defect(
        "headers.every-permission",
        "Mọi quyền của trình duyệt đều mở",
        ("headers.permissions-policy",),
    ),
    Defect(
        "headers.not-isolated",
        "Không có Cross-Origin-Opener-Policy",
        ("headers.isolation",),
    ),
    Defect(
        "headers.personal-shared",
        "Trang người đã đăng nhập được bộ nhớ đệm dùng chung giữ lại",
        ("headers.personal-not-shared", "session.back-after-log-out", "emc.no-event-for-failed"),
    ),
    Defect(
        "cookie.readable-by-script",
        "Cookie phiên sau đăng nhập đọc được bằng mã của trang",
        ("headers.cookie-flags",),
    ),
    Defect(
        "page.foreign-file",
        "Trang lấy kiểu dáng từ máy khác mà không ghim nội dung",
        ("headers.third-party-integrity",),
    ),
)
