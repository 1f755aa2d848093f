"""Defects of the link with EMC, the measuring of the state (group 6), and what only looks like them."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "emc.no-tag-on-confirmation",
        "Trang xác nhận nộp hồ sơ không gắn mã EMC",
        ("emc.tag-on-every-step", "emc.submission-event", "emc.events-equal-dossiers"),
        blinds=("emc.submission-event-once",),
    ),
    Defect(
        "emc.no-tag-on-help",
        "Các trang hỗ trợ không gắn mã EMC",
        ("emc.tag-on-every-page",),
    ),
    Defect(
        "emc.no-tag-in-application",
        "Các bước khai hồ sơ không gắn mã EMC",
        ("emc.tag-on-every-step",),
    ),
    Defect(
        "emc.tag-in-frame",
        "Mã EMC của trang số liệu chỉ nằm trong một khung con",
        ("emc.tag-on-every-page",),
    ),
    Defect(
        "emc.tag-behind-consent",
        "Mã EMC bị giữ lại cho tới khi người dân đồng ý dùng cookie",
        (
            "emc.tag-on-every-page",
            "emc.tag-alive",
            "emc.script-loaded",
            "emc.secure-address",
            "emc.one-site-id",
            "emc.registered-site-id",
            "emc.page-view-sent",
            "emc.page-view-once",
        ),
    ),
    Defect(
        "emc.blocked-by-own-policy",
        "Chính sách nội dung (CSP) của cổng chặn chính mã EMC",
        (
            "emc.tag-alive",
            "emc.script-loaded",
            "emc.page-view-sent",
            "emc.view-event",
            "emc.submission-event",
            "emc.events-equal-dossiers",
        ),
    ),
    Defect(
        "emc.broken-on-figures",
        "Mã EMC của trang số liệu chết vì lỗi cú pháp",
        ("emc.tag-alive", "emc.script-loaded", "emc.page-view-sent"),
    ),
    Defect(
        "emc.script-gone",
        "Mã EMC tải tệp ở địa chỉ cũ, máy đo trả 404",
        (
            "emc.tag-alive",
            "emc.script-loaded",
            "emc.page-view-sent",
            "emc.view-event",
            "emc.submission-event",
            "emc.events-equal-dossiers",
        ),
    ),
    Defect(
        "emc.two-ids",
        "Trang số liệu gửi mã trang đo của hệ thống khác",
        ("emc.one-site-id", "emc.registered-site-id"),
    ),
    Defect(
        "emc.wrong-id",
        "Mọi trang gửi mã trang đo không phải mã đã đăng ký",
        ("emc.registered-site-id",),
    ),
    Defect(
        "emc.plain-address",
        "Trang hướng dẫn gửi số liệu về địa chỉ http",
        ("emc.secure-address", "emc.page-view-sent"),
    ),
    Defect(
        "emc.address-of-home",
        "Lượt xem nào cũng mang địa chỉ của trang chủ",
        ("emc.page-view-sent",),
    ),
    Defect(
        "emc.same-title",
        "Lượt xem nào cũng mang tên cổng làm tiêu đề",
        ("emc.page-view-sent",),
    ),
    Defect(
        "emc.view-twice",
        "Mỗi lượt xem gửi hai lần vì mã được dán ở hai nơi",
        ("emc.page-view-once",),
    ),
    Defect(
        "emc.view-again-when-loaded",
        "Lượt xem gửi thêm một lần khi trang tải xong",
        ("emc.page-view-once",),
    ),
    Defect(
        "emc.no-view-in-page",
        "Ứng dụng một trang chỉ gửi lượt xem đầu tiên (giao diện spa)",
        ("emc.page-view-in-page-navigation",),
        needs="--skin=spa",
    ),
    Defect(
        "emc.title-of-first-page",
        "Ứng dụng một trang gửi mọi lượt xem với tiêu đề của trang đầu (giao diện spa)",
        ("emc.page-view-in-page-navigation",),
        needs="--skin=spa",
    ),
    Defect(
        "emc.no-view-event",
        "Trang thủ tục không gửi sự kiện xem dịch vụ",
        ("emc.view-event",),
    ),
    Defect(
        "emc.own-code",
        "Sự kiện dịch vụ mang mã nội bộ thay cho mã thủ tục",
        ("emc.view-event", "emc.submission-event", "emc.events-equal-dossiers"),
        blinds=("emc.submission-event-once",),
    ),
    Defect(
        "emc.event-before-acceptance",
        "Sự kiện nộp gửi khi mở trang ký nộp, trước khi máy chủ nhận hồ sơ",
        ("emc.submission-event-once", "emc.events-equal-dossiers"),
    ),
    Defect(
        "emc.event-at-each-visit",
        "Mỗi lần mở trang xác nhận lại gửi thêm sự kiện nộp",
        ("emc.submission-event-once", "emc.events-equal-dossiers"),
    ),
    Defect(
        "emc.no-label",
        "Không có nhãn “Đã kết nối EMC”",
        ("emc.label",),
    ),
    Defect(
        "emc.label-hidden",
        "Nhãn “Đã kết nối EMC” bị giấu",
        ("emc.label",),
    ),
    Defect(
        "emc.script-first",
        "Mã EMC nằm ở đầu trang và chặn trang cho tới khi tải xong",
        ("emc.works-while-slow",),
    ),
    Defect(
        "emc.form-waits",
        "Nút của biểu mẫu chỉ bấm được khi mã EMC đã chạy",
        ("emc.works-while-down", "emc.works-with-rubbish"),
    ),
    Defect(
        "emc.number-in-event",
        "Sự kiện nộp mang số định danh của người nộp",
        ("emc.no-personal-data", "session.nothing-secret-in-address"),
    ),
    Defect(
        "emc.name-in-title",
        "Lượt xem của người đã đăng nhập mang họ tên trong tiêu đề",
        ("emc.no-personal-data",),
    ),
    Defect(
        "lookalike.tag-at-the-end",
        "Mã EMC đặt ở cuối trang thay vì đầu trang",
        is_lookalike=True,
        like=("emc.tag-on-every-page", "emc.script-loaded"),
    ),
    Defect(
        "lookalike.tag-after-loading",
        "Mã EMC tải tệp của máy đo sau khi trang đã tải xong",
        is_lookalike=True,
        like=("emc.page-view-sent", "emc.script-loaded", "emc.tag-alive"),
    ),
)
