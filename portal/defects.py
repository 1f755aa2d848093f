"""Named defects: each is switched on by `--defects a,b` and lives in one small `if has_defect("name")`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """One fault as real systems have it. `checks` are the ids of the checks that must catch it."""

    name: str
    title: str
    checks: tuple[str, ...]


class UnknownDefect(ValueError):
    """A name that is not in the registry; the message names the nearest ones."""


_REGISTRY = (
    Defect(
        "search.diacritics",
        "Tìm kiếm không nhận từ khóa gõ thiếu dấu",
        ("search.without-diacritics",),
    ),
    Defect(
        "payment.twice",
        "Một lần thanh toán được ghi nhận thành hai khoản tiền",
        ("pay.once",),
    ),
    Defect(
        "status.stuck",
        "Trạng thái hồ sơ không bao giờ rời “Mới đăng ký”",
        ("track.follows-officer",),
    ),
    Defect(
        "emc.no-tag-on-confirmation",
        "Trang xác nhận nộp hồ sơ không gắn mã EMC",
        ("emc.tag-on-every-step", "emc.submission-event", "emc.events-equal-dossiers"),
    ),
    Defect(
        "result.in-person",
        "Dịch vụ công bố toàn trình nhưng phải đến nơi nhận kết quả",
        ("level.declared-equals-measured", "result.download", "result.postal-choice"),
    ),
    Defect(
        "fee.differs",
        "Số tiền phải trả khác mức lệ phí đã công bố",
        ("pay.amount-equals-fee",),
    ),
    Defect(
        "payment.failure-final",
        "Thanh toán thất bại một lần thì không thanh toán lại được",
        ("pay.failed-stays-payable",),
    ),
    Defect(
        "payment.abandon-final",
        "Rời trang thanh toán thì không thanh toán lại được",
        ("pay.abandoned-stays-payable",),
    ),
    Defect(
        "submit.twice",
        "Quay lại rồi bấm nộp lần nữa thì có thêm một hồ sơ",
        ("submit.once",),
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
        "supplement.silent",
        "Cán bộ yêu cầu bổ sung mà người dân không được báo",
        ("amend.supplement-reaches",),
    ),
    Defect(
        "supplement.unanswerable",
        "Yêu cầu bổ sung không trả lời được trên cổng",
        ("amend.supplement-answered",),
    ),
    Defect(
        "withdraw.missing",
        "Không có chức năng rút hồ sơ",
        ("amend.withdraw",),
    ),
    Defect(
        "rating.not-counted",
        "Đánh giá của người dân không được tính vào số liệu công khai",
        ("rating.in-statistics",),
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
    Defect(
        "form.parts-ask-again",
        "Thủ tục liên thông hỏi lại ở từng thủ tục thành phần",
        ("form.asked-once",),
    ),
    Defect(
        "signature.self-made",
        "Kết quả được ký bằng chứng thư tự tạo",
        ("sign.result-verifies",),
    ),
    Defect(
        "signature.tampered",
        "Tệp kết quả bị sửa sau khi ký",
        ("sign.result-verifies",),
    ),
    Defect(
        "form.no-required-check",
        "Biểu mẫu cho đi tiếp khi ô bắt buộc để trống",
        ("form.empty-refused",),
    ),
    Defect(
        "form.no-format-check",
        "Biểu mẫu nhận mọi thứ, dù sai định dạng",
        ("form.malformed-refused",),
    ),
    Defect(
        "form.message-elsewhere",
        "Biểu mẫu báo lỗi chung ở đầu trang, không nói ô nào",
        ("form.empty-refused", "form.malformed-refused"),
    ),
    Defect(
        "form.loses-answers",
        "Biểu mẫu báo lỗi thì xóa mọi điều đã điền",
        ("form.refusal-keeps-answers",),
    ),
    Defect(
        "form.cascade-frozen",
        "Danh sách xã không đổi theo tỉnh đã chọn",
        ("form.cascade",),
    ),
    Defect(
        "draft.lost",
        "Lưu nháp báo thành công nhưng bản nháp không có ở đâu",
        ("form.draft-found-again",),
    ),
    Defect(
        "back.loses",
        "Quay lại bước trước thì thấy biểu mẫu trống",
        ("form.back-keeps",),
    ),
    Defect(
        "session.expiry-loses",
        "Hết phiên giữa chừng thì mất những gì đang nhập",
        ("form.expired-session-keeps",),
    ),
    Defect(
        "papers.accepts-any-type",
        "Chỗ đính kèm nhận mọi loại tệp",
        ("papers.wrong-type-refused",),
    ),
    Defect(
        "papers.accepts-empty",
        "Chỗ đính kèm nhận tệp rỗng",
        ("papers.empty-refused",),
    ),
    Defect(
        "papers.no-size-limit",
        "Chỗ đính kèm nhận tệp lớn hơn mức đã nêu",
        ("papers.oversize-refused",),
    ),
    Defect(
        "papers.not-removable",
        "Bấm gỡ mà tệp đã tải lên vẫn còn",
        ("papers.shown-replaceable-removable",),
    ),
    Defect(
        "login.no-message",
        "Mật khẩu sai thì trang đăng nhập hiện lại mà không nói gì",
        ("login.wrong-password-refused",),
    ),
    Defect(
        "logout.client-only",
        "Đăng xuất chỉ xóa cookie ở trình duyệt, phiên ở máy chủ còn sống",
        ("login.log-out-ends-session", "session.dies-at-log-out"),
    ),
    Defect(
        "channel.old-versions",
        "Máy chủ còn nhận TLS 1.0 và TLS 1.1 (chỉ có nghĩa với --tls)",
        ("channel.protocol-versions", "channel.cipher-suites"),
    ),
    Defect(
        "channel.old-suites",
        "Máy chủ còn nhận bộ mã kiểu CBC ở TLS 1.2 (chỉ có nghĩa với --tls)",
        ("channel.cipher-suites",),
    ),
    Defect(
        "channel.plain-http",
        "Cổng http trả trang thay vì chuyển hướng sang https (chỉ có nghĩa với --tls)",
        ("channel.http-redirected",),
    ),
    Defect(
        "channel.short-hsts",
        "HSTS chỉ dài năm phút (chỉ có nghĩa với --tls)",
        ("channel.hsts",),
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
        ("headers.nosniff",),
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
        ("headers.personal-not-shared",),
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
    Defect(
        "session.same-id",
        "Mã phiên giữ nguyên khi đăng nhập",
        ("session.id-renewed",),
    ),
    Defect(
        "session.pages-stored",
        "Trang cá nhân được trình duyệt giữ lại, bấm Quay lại sau khi đăng xuất vẫn hiện",
        ("session.back-after-log-out",),
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
        "access.page-of-others",
        "Trang hồ sơ không kiểm tra chủ hồ sơ: người dân nào đăng nhập cũng xem được",
        ("access.other-citizen-reads-nothing", "access.data-answers-closed"),
    ),
    Defect(
        "access.page-by-link",
        "Ai có đường dẫn của hồ sơ cũng xem được, không cần đăng nhập",
        ("access.anonymous-sees-nothing", "access.other-citizen-reads-nothing", "access.data-answers-closed"),
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
        "access.officer-pages",
        "Trang của cán bộ mở cho mọi người đã đăng nhập",
        ("access.officer-pages-closed",),
    ),
    Defect(
        "access.slip-by-number",
        "Phiếu hồ sơ mở theo số thứ tự của mã hồ sơ, không kiểm tra chủ hồ sơ",
        ("access.identifiers-unguessable", "access.other-citizen-reads-nothing", "access.data-answers-closed"),
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
    Defect(
        "passwords.unlimited",
        "Nhập sai mật khẩu bao nhiêu lần cũng không bị làm chậm",
        ("session.wrong-passwords-slowed",),
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
)

REGISTRY: dict[str, Defect] = {defect.name: defect for defect in _REGISTRY}

_active: frozenset[str] = frozenset()


def switch_on(names: Iterable[str]) -> None:
    """Make exactly these defects active in this process. Raises UnknownDefect."""
    global _active
    wanted = frozenset(names)
    for name in sorted(wanted - REGISTRY.keys()):
        near = difflib.get_close_matches(name, sorted(REGISTRY), n=3, cutoff=0.4)
        advice = f" Did you mean {', '.join(near)}?" if near else ""
        raise UnknownDefect(f"There is no defect named {name!r}.{advice} `--defects list` shows them all.")
    _active = wanted


def has_defect(name: str) -> bool:
    """True when the defect is switched on. Raises UnknownDefect for a name that is not in the registry."""
    if name not in REGISTRY:
        raise UnknownDefect(f"There is no defect named {name!r}.")
    return name in _active
