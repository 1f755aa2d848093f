"""Defects of who may see what (4.4)."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "access.page-of-others",
        "Trang hồ sơ không kiểm tra chủ hồ sơ: người dân nào đăng nhập cũng xem được",
        ("access.other-citizen-reads-nothing", "access.data-answers-closed"),
        needs="--skin=spa",
    ),
    Defect(
        "access.page-by-link",
        "Ai có đường dẫn của hồ sơ cũng xem được, không cần đăng nhập",
        ("access.anonymous-sees-nothing", "access.other-citizen-reads-nothing", "access.data-answers-closed"),
        needs="--skin=spa",
    ),
    Defect(
        "access.files-of-others",
        "Giấy tờ đính kèm không kiểm tra chủ hồ sơ",
        ("access.files-closed",),
    ),
    Defect(
        "access.files-by-link",
        "Giấy tờ đính kèm tải được bằng đường dẫn, không cần đăng nhập",
        ("access.files-closed",),
    ),
    Defect(
        "access.changes-of-others",
        "Chủ hồ sơ chỉ được kiểm tra khi xem: thao tác ghi của người đăng nhập nào cũng được nhận",
        ("access.other-citizen-changes-nothing",),
    ),
    Defect(
        "access.withdrawal-of-others",
        "Người dân nào đăng nhập cũng rút được hồ sơ của người khác",
        ("access.other-citizen-changes-nothing",),
    ),
    Defect(
        "access.officer-pages",
        "Trang của cán bộ mở cho mọi người đã đăng nhập",
        ("access.officer-pages-closed",),
    ),
    Defect(
        "access.slip-by-number",
        "Phiếu hồ sơ mở theo số thứ tự của mã hồ sơ, không kiểm tra chủ hồ sơ",
        ("access.identifiers-unguessable", "access.other-citizen-reads-nothing"),
    ),
    Defect(
        "lookup.personal-data",
        "Tra cứu công khai hiện số định danh và điện thoại của người nộp",
        ("access.lookup-minimum",),
    ),
    Defect(
        "lookup.captcha-again",
        "Câu trả lời captcha dùng lại được",
        ("access.captcha-once",),
    ),
)
