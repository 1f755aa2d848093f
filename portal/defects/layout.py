"""Defects of structure and layout (group 2), and what only looks like them."""

from portal.defects.defect import Defect

DEFECTS = (
    Defect(
        "layout.no-emblem-inside",
        "Quốc huy chỉ có ở trang chủ, các trang bên trong không có",
        ("layout.emblem-and-name",),
    ),
    Defect(
        "layout.name-of-former-system",
        "Trang tra cứu còn mang tên hệ thống một cửa cũ ở phần đầu",
        ("layout.emblem-and-name", "layout.same-header"),
    ),
    Defect(
        "layout.menu-reordered",
        "Menu của các trang hỗ trợ xếp theo thứ tự khác",
        ("layout.same-header",),
    ),
    Defect(
        "layout.footer-shortened",
        "Chân trang của trang phản ánh kiến nghị thiếu một cột, có liên kết tới sơ đồ cổng",
        ("layout.same-footer", "layout.sitemap"),
    ),
    Defect(
        "layout.figures-alone",
        "Trang số liệu do nhà thầu khác làm: không đầu trang, menu, chân trang, không lối ra",
        (
            "layout.emblem-and-name",
            "layout.same-header",
            "layout.same-footer",
            "layout.breadcrumb",
            "layout.no-dead-end",
            "layout.sitemap",
        ),
    ),
    Defect(
        "layout.footer-no-contacts",
        "Chân trang không có số tổng đài và thư điện tử",
        ("layout.footer-contacts",),
    ),
    Defect(
        "layout.footer-no-owner",
        "Chân trang không nêu cơ quan chủ quản",
        ("layout.footer-contacts",),
    ),
    Defect(
        "layout.menu-no-look-up",
        "Menu không có mục tra cứu hồ sơ và phản ánh kiến nghị",
        ("layout.menu-entries",),
    ),
    Defect(
        "layout.help-no-breadcrumb",
        "Các trang hỗ trợ không có đường dẫn vị trí",
        ("layout.breadcrumb",),
    ),
    Defect(
        "layout.breadcrumb-unlinked",
        "Đường dẫn vị trí chỉ là chữ, các mục cha không bấm được",
        ("layout.breadcrumb",),
    ),
    Defect(
        "layout.long-way",
        "Trước biểu mẫu còn ba trang quy định, điều khoản, hướng dẫn phải bấm qua",
        ("layout.three-clicks",),
        for_a_person=True,
    ),
    Defect(
        "layout.guide-link-broken",
        "Liên kết hướng dẫn ở trang thủ tục còn dẫn tới địa chỉ của cổng cũ",
        ("layout.no-broken-link",),
    ),
    Defect(
        "layout.anchor-gone",
        "Nút “Xem thành phần hồ sơ” dẫn tới mục không có trong trang",
        ("layout.no-broken-link",),
        for_a_person=True,
    ),
    Defect(
        "layout.fixed-table",
        "Bảng số liệu rộng cố định, không nằm trong khung cuộn, kéo cả trang cuộn ngang",
        ("layout.no-sideways-scroll",),
    ),
    Defect(
        "layout.no-viewport",
        "Trang không có meta viewport nên điện thoại hiện trang của màn hình lớn thu nhỏ",
        ("layout.no-sideways-scroll",),
    ),
    Defect(
        "layout.buttons-overlap",
        "Nút “Đổi mã khác” của trang tra cứu bị đẩy đè lên nút “Tra cứu”",
        ("layout.no-overlap",),
    ),
    Defect(
        "layout.bar-over-footer",
        "Dải thông báo cố định ở cuối màn hình che phần cuối của trang, cuộn hết vẫn không thấy",
        ("layout.no-overlap",),
    ),
    Defect(
        "layout.buttons-cut",
        "Ô chứa nút của trang tra cứu cao cố định nên các nút bị cắt mất một nửa",
        ("layout.no-cut-control",),
    ),
    Defect(
        "layout.filters-cut",
        "Khung lọc thủ tục cao cố định, giấu phần thừa và không cuộn được",
        ("layout.no-cut-control",),
        for_a_person=True,
    ),
    Defect(
        "layout.menu-gone-on-phone",
        "Màn hình hẹp không có menu và không có nút mở menu, chỉ còn các liên kết ở chân trang",
        ("layout.menu-reachable",),
        for_a_person=True,
    ),
    Defect(
        "layout.menu-button-nameless",
        "Nút mở menu trên điện thoại chỉ là hình ba gạch, không có tên",
        ("layout.menu-reachable", "axe.level-a"),
    ),
    Defect(
        "layout.phone-no-continue",
        "Trên điện thoại nút “Tiếp tục” của biểu mẫu không hiện",
        ("layout.phone-journey",),
    ),
    Defect(
        "layout.phone-asks-for-app",
        "Trên điện thoại biểu mẫu bị phủ kín bởi lời mời tải ứng dụng, không đóng được",
        ("layout.phone-journey",),
        for_a_person=True,
    ),
    Defect(
        "layout.site-map-thin",
        "Sơ đồ cổng không liệt kê mục nào của bản tiếng Việt",
        ("layout.sitemap",),
    ),
    Defect(
        "layout.no-national-link",
        "Không có liên kết tới Cổng Dịch vụ công quốc gia",
        ("layout.national-portal-link",),
    ),
    Defect(
        "layout.national-link-misspelt",
        "Liên kết tới Cổng Dịch vụ công quốc gia viết sai tên miền",
        ("layout.national-portal-link",),
    ),
    Defect(
        "layout.english-is-home",
        "Nút English dẫn về chính trang chủ tiếng Việt",
        (
            "layout.foreign-language",
            "layout.translation-real",
            "layout.search-engine-basics",
            "reader.title-describes",
        ),
    ),
    Defect(
        "layout.english-copy",
        "Bản tiếng Anh là trang chủ tiếng Việt ở địa chỉ khác",
        (
            "layout.foreign-language",
            "layout.translation-real",
            "layout.search-engine-basics",
            "reader.title-describes",
        ),
    ),
    Defect(
        "layout.english-in-part",
        "Bản tiếng Anh chỉ dịch khung, tên và tóm tắt thủ tục còn tiếng Việt",
        ("layout.translation-real", "reader.page-language", "reader.passage-language"),
    ),
    Defect(
        "layout.english-declared-vietnamese",
        'Bản tiếng Anh khai báo lang="vi"',
        ("layout.translation-real", "reader.page-language"),
    ),
    Defect(
        "layout.same-title",
        "Mọi trang có cùng một tiêu đề là tên cổng",
        ("layout.search-engine-basics", "reader.title-describes"),
    ),
    Defect(
        "layout.no-description",
        "Các trang không có mô tả cho máy tìm kiếm",
        ("layout.search-engine-basics",),
    ),
    Defect(
        "layout.noindex-left",
        "Thẻ noindex của môi trường thử nghiệm còn lại trên mọi trang",
        ("layout.search-engine-basics",),
    ),
    Defect(
        "layout.robots-closed",
        "robots.txt cấm máy tìm kiếm vào toàn bộ cổng",
        ("layout.search-engine-basics",),
    ),
    Defect(
        "layout.charset-old",
        "Trang khai báo bảng mã windows-1258",
        ("layout.utf8-declared",),
    ),
    Defect(
        "layout.guide-encoded-twice",
        "Chữ của trang hướng dẫn bị mã hóa hai lần khi chuyển từ cổng cũ sang",
        ("layout.utf8-declared",),
    ),
    Defect(
        "layout.questions-decomposed",
        "Trang hỏi đáp viết bằng Unicode tổ hợp",
        ("layout.precomposed",),
    ),
    Defect(
        "layout.footer-decomposed",
        "Địa chỉ ở chân trang viết bằng Unicode tổ hợp",
        ("layout.precomposed",),
    ),
    Defect(
        "layout.language-english",
        'Mọi trang tiếng Việt khai báo lang="en" theo mẫu giao diện mua về',
        ("layout.language-declared", "reader.page-language", "reader.passage-language"),
    ),
    Defect(
        "layout.figures-no-language",
        "Trang số liệu không khai báo ngôn ngữ",
        ("layout.language-declared", "reader.page-language", "axe.level-a"),
    ),
    Defect(
        "lookalike.header-stays",
        "Phần đầu trang dính ở đầu màn hình khi cuộn, nội dung cuộn bên dưới",
        is_lookalike=True,
        like=("layout.no-overlap", "keyboard.focus-visible"),
    ),
    Defect(
        "lookalike.current-page-unlinked",
        "Mục menu của trang đang xem là chữ, không phải liên kết",
        is_lookalike=True,
        like=("layout.menu-entries", "layout.same-header"),
    ),
    Defect(
        "lookalike.table-in-a-box",
        "Bảng rất rộng nằm trong khung cuộn ngang của riêng nó",
        is_lookalike=True,
        like=("layout.no-sideways-scroll", "zoom.reflow-400"),
    ),
)
