"""Defects of the way to a submission: the log-in page, the form, papers, drafts."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "form.parts-ask-again",
        "Thủ tục liên thông hỏi lại ở từng thủ tục thành phần",
        ("form.asked-once",),
        service="2.002621",
    ),
    Defect(
        "form.no-required-check",
        "Biểu mẫu cho đi tiếp khi ô bắt buộc để trống",
        ("form.empty-refused",),
        blinds=("form.refusal-keeps-answers",),
    ),
    Defect(
        "form.no-format-check",
        "Biểu mẫu nhận mọi thứ, dù sai định dạng",
        ("form.malformed-refused",),
        blinds=("form.refusal-keeps-answers",),
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
        ("papers.wrong-type-refused", "input.disguised-uploads-refused"),
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
        "papers.limits-unsaid",
        "Chỗ đính kèm không nói loại tệp và dung lượng được nhận",
        ("papers.types-and-sizes-stated",),
        service="1.001193",
    ),
    Defect(
        "papers.store-unused",
        "Giấy tờ đã có trong kho vẫn phải tải lên lại",
        ("papers.from-store",),
        for_a_person=True,
        service="2.002621",
    ),
    Defect(
        "form.asks-what-is-known",
        "Tờ khai hỏi lại họ tên, số định danh, nơi ở mà tài khoản đã có",
        ("form.prefilled",),
    ),
    Defect(
        "submit.own-code",
        "Mã hồ sơ do phần mềm tự đặt, không theo dạng đã quy định",
        ("submit.code-in-legal-form",),
        blinds=("submit.once",),
    ),
    Defect(
        "submit.no-date",
        "Nộp xong không cho biết thời điểm nhận và ngày hẹn trả",
        ("submit.receipt-with-date",),
    ),
    Defect(
        "payment.no-receipt",
        "Trả tiền xong không có biên lai",
        ("pay.receipt",),
        service="1.001193",
    ),
    Defect(
        "login.forgets-the-way",
        "Đăng nhập xong về trang hồ sơ của tôi chứ không về thủ tục đang làm",
        ("login.returns-to-service",),
    ),
    Defect(
        "login.no-message",
        "Mật khẩu sai thì trang đăng nhập hiện lại mà không nói gì",
        ("login.wrong-password-refused",),
    ),
)
