"""Defects of what comes after: payment, status, result, supplement, withdrawal, rating."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "payment.twice",
        "Một lần thanh toán được ghi nhận thành hai khoản tiền",
        ("pay.once",),
        service="1.001193",
    ),
    Defect(
        "status.stuck",
        "Trạng thái hồ sơ không bao giờ rời “Mới đăng ký”",
        (
            "track.follows-officer",
            "result.download",
            "result.is-what-was-issued",
            "result.kept-in-store",
            "sign.result-verifies",
            "rating.asked-after-result",
            "rating.once",
        ),
        blinds=("level.declared-equals-measured",),
    ),
    Defect(
        "result.in-person",
        "Dịch vụ công bố toàn trình nhưng phải đến nơi nhận kết quả",
        (
            "level.declared-equals-measured",
            "result.download",
            "result.is-what-was-issued",
            "result.kept-in-store",
            "result.postal-choice",
            "sign.result-verifies",
        ),
    ),
    Defect(
        "fee.differs",
        "Số tiền phải trả khác mức lệ phí đã công bố",
        ("pay.amount-equals-fee",),
        service="1.001193",
    ),
    Defect(
        "payment.failure-final",
        "Thanh toán thất bại một lần thì không thanh toán lại được",
        ("pay.failed-stays-payable",),
        service="1.001193",
    ),
    Defect(
        "payment.abandon-final",
        "Rời trang thanh toán thì không thanh toán lại được",
        ("pay.abandoned-stays-payable",),
        service="1.001193",
    ),
    Defect(
        "submit.twice",
        "Quay lại rồi bấm nộp lần nữa thì có thêm một hồ sơ",
        ("submit.once",),
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
        blinds=("access.other-citizen-changes-nothing",),
    ),
    Defect(
        "track.own-words",
        "Trạng thái hồ sơ ghi bằng chữ riêng của phần mềm",
        ("track.national-words",),
    ),
    Defect(
        "track.no-history",
        "Chỉ thấy bước mới nhất, không có quá trình giải quyết",
        ("track.history-with-dates",),
    ),
    Defect(
        "track.no-unit",
        "Không cho biết hồ sơ đang ở đơn vị nào",
        ("track.unit-shown",),
    ),
    Defect(
        "track.no-notice",
        "Hồ sơ chuyển trạng thái mà người nộp không được báo",
        ("track.notice-reaches",),
    ),
    Defect(
        "lookalike.words-in-capitals",
        "Trạng thái hồ sơ viết bằng chữ in hoa",
        is_lookalike=True,
        like=("track.national-words", "track.follows-officer"),
    ),
    Defect(
        "result.another-file",
        "Tải kết quả thì nhận được giấy tiếp nhận",
        ("result.is-what-was-issued", "result.kept-in-store", "sign.result-verifies"),
    ),
    Defect(
        "result.not-kept",
        "Kết quả đã trả không vào kho giấy tờ",
        ("result.kept-in-store",),
    ),
    Defect(
        "rating.never-asked",
        "Có kết quả rồi mà không chỗ nào mời đánh giá",
        ("rating.asked-after-result",),
    ),
    Defect(
        "rating.again",
        "Một hồ sơ đánh giá được nhiều lần",
        ("rating.once",),
    ),
    Defect(
        "rating.not-counted",
        "Đánh giá của người dân không được tính vào số liệu công khai",
        ("rating.in-statistics",),
    ),
    Defect(
        "signature.self-made",
        "Kết quả được ký bằng chứng thư tự tạo",
        ("sign.result-verifies",),
        service="1.001193",
    ),
    Defect(
        "signature.tampered",
        "Tệp kết quả bị sửa sau khi ký",
        ("sign.result-verifies",),
        service="1.001193",
    ),
)
