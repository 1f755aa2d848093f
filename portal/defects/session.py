"""Defects of the session and of who one is taken for (4.3)."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "logout.client-only",
        "Đăng xuất chỉ xóa cookie ở trình duyệt, phiên ở máy chủ còn sống",
        ("login.log-out-ends-session", "session.dies-at-log-out"),
    ),
    Defect(
        "session.same-id",
        "Mã phiên giữ nguyên khi đăng nhập",
        ("session.id-renewed",),
    ),
    Defect(
        "session.pages-stored",
        "Trang cá nhân được trình duyệt giữ lại, bấm Quay lại sau khi đăng xuất vẫn hiện",
        ("session.back-after-log-out", "emc.no-event-for-failed"),
    ),
    Defect(
        "session.never-ends",
        "Phiên bỏ không bao lâu cũng còn sống ở máy chủ",
        ("session.idle-limit",),
        needs="--idle=8s",
    ),
    Defect(
        "session.ends-in-browser",
        "Hết giới hạn không dùng thì chỉ cookie ở trình duyệt hết hạn, máy chủ vẫn nhận cookie ấy",
        ("session.idle-limit",),
        needs="--idle=8s",
    ),
    Defect(
        "session.number-in-address",
        "Địa chỉ của tờ khai mang số định danh của người nộp",
        ("session.nothing-secret-in-address", "emc.no-personal-data"),
    ),
    Defect(
        "identity.state-unchecked",
        "Cổng không so state của câu trả lời định danh",
        ("session.identity-flow-held",),
    ),
    Defect(
        "identity.any-return-address",
        "Hệ thống định danh gửi mã đăng nhập tới mọi địa chỉ",
        ("session.identity-flow-held",),
    ),
    Defect(
        "passwords.unlimited",
        "Nhập sai mật khẩu bao nhiêu lần cũng không bị làm chậm",
        ("session.wrong-passwords-slowed",),
        for_a_person=True,
    ),
    Defect(
        "passwords.tells-who",
        "Trang đăng nhập cho biết tài khoản nào có thật",
        ("session.same-message",),
    ),
    Defect(
        "forgery.unchecked",
        "Thao tác ghi không kiểm tra mã chống giả mạo hay Origin, cookie không có SameSite",
        ("session.forgery-token", "headers.cookie-flags"),
    ),
)
