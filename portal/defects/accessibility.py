"""Defects for people who read, move or see otherwise (group 5), and what only looks like them."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "a11y.captcha-nameless",
        "Ảnh mã bảo mật của trang tra cứu không có lời thay thế",
        ("axe.level-a",),
    ),
    Defect(
        "a11y.icon-link-nameless",
        "Liên kết ở chân trang chỉ có biểu tượng, không có tên",
        ("axe.level-a",),
    ),
    Defect(
        "a11y.label-of-another-field",
        "Nhãn “Cơ quan” của bộ lọc số liệu gắn với ô tháng",
        ("reader.field-instructions", "axe.level-a"),
    ),
    Defect(
        "a11y.required-for-the-eye",
        "Ô bắt buộc chỉ có dấu sao nhìn thấy được",
        ("reader.field-instructions",),
    ),
    Defect(
        "a11y.same-step-title",
        "Mọi trang hỗ trợ dùng chung tiêu đề “Hỗ trợ”",
        ("reader.title-describes", "layout.search-engine-basics"),
    ),
    Defect(
        "a11y.headings-drawn",
        "Đề mục của trang hỏi đáp là đoạn chữ to, đậm, không phải đề mục",
        ("reader.headings-real",),
    ),
    Defect(
        "a11y.heading-levels-skip",
        "Trang hỏi đáp dùng h5 ngay sau h1 vì chữ vừa cỡ",
        ("reader.headings-real",),
    ),
    Defect(
        "a11y.heading-empty",
        "Trang hướng dẫn có đề mục trống để tạo khoảng cách",
        ("reader.headings-real", "reader.headings-describe"),
    ),
    Defect(
        "a11y.heading-placeholder",
        "Trang hướng dẫn còn đề mục giữ chỗ “Tiêu đề”",
        ("reader.headings-describe",),
    ),
    Defect(
        "a11y.list-typed",
        "Danh sách trạng thái gõ tay bằng số và ngắt dòng",
        ("reader.lists-and-tables",),
    ),
    Defect(
        "a11y.table-no-headers",
        "Bảng số liệu không có ô tiêu đề",
        ("reader.lists-and-tables",),
    ),
    Defect(
        "a11y.links-say-here",
        "Liên kết đứng riêng chỉ ghi “Tại đây”",
        ("reader.link-words",),
        for_a_person=True,
    ),
    Defect(
        "a11y.same-words-elsewhere",
        "Hai liên kết “Xem thêm” cạnh nhau dẫn tới hai nơi khác nhau",
        ("reader.link-words",),
    ),
    Defect(
        "a11y.links-by-colour",
        "Liên kết trong đoạn văn chỉ khác chữ thường ở màu",
        ("reader.not-colour-alone", "axe.level-a"),
    ),
    Defect(
        "a11y.order-by-style",
        "Các bước hướng dẫn viết ngược trong mã, CSS đảo lại cho mắt",
        ("reader.reading-order",),
    ),
    Defect(
        "a11y.templates-untagged",
        "Mẫu đơn PDF không có thẻ cấu trúc",
        ("reader.documents-tagged",),
    ),
    Defect(
        "a11y.moving-words",
        "Lời giới thiệu ở trang chủ chạy ngang mãi, không có nút dừng, không theo cài đặt giảm chuyển động",
        ("motion.stoppable", "zoom.reduced-motion"),
    ),
    Defect(
        "a11y.flashing-banner",
        "Nền đầu trang chủ nhấp nháy năm lần mỗi giây",
        ("motion.no-flashes", "motion.stoppable"),
    ),
    Defect(
        "a11y.figures-reload",
        "Trang số liệu tự tải lại mỗi phút",
        ("motion.stoppable", "motion.time-limit-warned", "axe.level-a"),
    ),
    Defect(
        "a11y.log-in-runs-out",
        "Trang đăng nhập tự chuyển về trang chủ sau hai phút, không hỏi trước",
        ("motion.time-limit-warned", "axe.level-a"),
    ),
    Defect(
        "a11y.pale-text",
        "Chữ phụ màu xám nhạt trên nền trắng",
        ("axe.level-aa",),
    ),
    Defect(
        "a11y.no-zoom",
        "Meta viewport cấm phóng to trên điện thoại",
        ("axe.level-aa",),
    ),
    Defect(
        "a11y.english-passage",
        "Đoạn tiếng Anh ở trang hướng dẫn không khai báo ngôn ngữ",
        ("reader.passage-language",),
    ),
    Defect(
        "a11y.errors-say-nothing",
        "Thông báo lỗi chỉ ghi “Dữ liệu không hợp lệ.”",
        ("reader.error-suggestion",),
    ),
    Defect(
        "a11y.no-review",
        "Trước nút nộp không có bản tóm tắt những gì đã khai",
        ("reader.review-before-submit",),
        for_a_person=True,
    ),
    Defect(
        "a11y.choices-by-mouse",
        "Ô chọn tự vẽ, ô thật bị giấu hẳn nên bàn phím không tới được",
        ("keyboard.whole-submission",),
    ),
    Defect(
        "a11y.search-holds-tab",
        "Ô tìm kiếm ở trang chủ giữ phím Tab và Shift+Tab để chọn gợi ý",
        ("keyboard.no-trap",),
    ),
    Defect(
        "a11y.filters-hold-tab",
        "Bộ lọc số liệu quay vòng phím Tab trong khung của nó",
        ("keyboard.no-trap",),
    ),
    Defect(
        "a11y.no-focus-ring",
        "CSS xóa vòng tiêu điểm ở mọi nơi",
        ("keyboard.focus-visible",),
    ),
    Defect(
        "a11y.positive-tabindex",
        'Nút gửi của biểu mẫu phản ánh có tabindex="1"',
        ("keyboard.focus-order",),
    ),
    Defect(
        "a11y.dialog-without-focus",
        "Hộp thông báo mở ra mà tiêu điểm ở lại trang bên dưới",
        ("keyboard.focus-into-dialog",),
    ),
    Defect(
        "a11y.dialog-forgets",
        "Đóng hộp thông báo thì mất tiêu điểm",
        ("keyboard.focus-after-dialog",),
    ),
    Defect(
        "a11y.errors-unannounced",
        "Bảng tóm tắt lỗi không được báo và không nhận tiêu điểm",
        ("keyboard.errors-announced", "keyboard.focus-after-error"),
        for_a_person=True,
    ),
    Defect(
        "a11y.errors-in-silence",
        "Trang tự kiểm tra ô trống, ghi lỗi cạnh ô mà không báo cho trình đọc màn hình, tiêu điểm ở nguyên nút bấm",
        ("keyboard.errors-announced", "keyboard.focus-after-error"),
        for_a_person=("keyboard.focus-after-error",),
    ),
    Defect(
        "a11y.focus-lost-after-error",
        "Khi báo lỗi, nút vừa bấm bị khóa nên mất tiêu điểm",
        ("keyboard.focus-after-error",),
    ),
    Defect(
        "a11y.errors-loose",
        "Thông báo lỗi không gắn với ô của nó",
        ("keyboard.errors-tied",),
    ),
    Defect(
        "a11y.skip-link-nowhere",
        "Liên kết bỏ qua dẫn tới mục không có trong trang",
        ("keyboard.skip-link", "layout.no-broken-link"),
        for_a_person=True,
    ),
    Defect(
        "a11y.fixed-heights",
        "Thẻ dịch vụ cao cố định theo điểm ảnh, phần thừa bị giấu",
        ("zoom.text-200",),
    ),
    Defect(
        "a11y.form-never-narrow",
        "Khung biểu mẫu rộng ít nhất 380 điểm ảnh",
        ("zoom.reflow-400", "layout.no-sideways-scroll"),
    ),
    Defect(
        "a11y.lines-held",
        "Lời dẫn ở đầu trang chủ chỉ được đúng số dòng như khi thiết kế",
        ("zoom.text-spacing", "zoom.reflow-400"),
    ),
    Defect(
        "a11y.words-on-picture",
        "Lời dẫn ở trang chủ đặt trên ảnh với màu gần màu ảnh",
        ("zoom.contrast",),
    ),
    Defect(
        "a11y.placeholder-pale",
        "Chữ gợi ý trong ô quá nhạt",
        ("zoom.contrast",),
    ),
    Defect(
        "a11y.focus-ring-pale",
        "Vòng tiêu điểm màu xám rất nhạt",
        ("zoom.focus-contrast",),
    ),
    Defect(
        "a11y.boxes-by-background",
        "Ô đánh dấu vẽ bằng màu nền, mất hẳn khi màu bị bắt buộc",
        ("zoom.forced-colours",),
    ),
    Defect(
        "lookalike.own-focus-ring",
        "Vòng tiêu điểm vẽ bằng bóng đậm thay cho viền của trình duyệt",
        is_lookalike=True,
        like=("keyboard.focus-visible", "zoom.focus-contrast"),
    ),
    Defect(
        "lookalike.announcement",
        "Hộp thông báo mở bằng nút, nhận tiêu điểm, đóng bằng Esc và trả tiêu điểm về nút",
        is_lookalike=True,
        like=("keyboard.focus-into-dialog", "keyboard.focus-after-dialog", "keyboard.no-trap"),
    ),
    Defect(
        "lookalike.moves-until-stopped",
        "Dòng tin ở trang chủ tự chạy, có nút dừng và dừng sẵn khi người dùng giảm chuyển động",
        is_lookalike=True,
        like=("motion.stoppable", "zoom.reduced-motion"),
    ),
)
