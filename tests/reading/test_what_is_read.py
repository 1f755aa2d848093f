"""Each check on small pages: what is right and what only looks wrong stays silent, what is wrong is named.

Given a page of a few lines in a real browser, when it is read and judged, then these causes are found at these elements.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from suites.accessibility import test_5_1_reading as a51
from suites.accessibility import test_5_2_reading as a52
from suites.accessibility import test_newer_reading as newer
from suites.accessibility.reading import Finding
from tests.reading.conftest import TEXT, Reader
from toantrinh.observations.reading import ReadingFacts

Judge = Callable[[ReadingFacts], Sequence[Finding]]
P = f"<p>{TEXT}</p>"
H, L, W, C, V, F, D, N, U = (
    a51.headings_at_fault,
    a51.structure_at_fault,
    a51.links_at_fault,
    a51.colours_at_fault,
    a51.order_at_fault,
    a51.fields_at_fault,
    a52.headings_that_say_nothing,
    newer.names_at_fault,
    newer.purposes_at_fault,
)
ENGLISH = "Find the procedure that you need, fill in the form and send it together with your papers to the office."
BIG = '<p id="x" style="font-size:22px;font-weight:700">Thành phần hồ sơ</p>'
DATA = (
    "<tr><td>Lệ phí</td><td>Thời hạn</td></tr><tr><td>50.000</td><td>3 ngày</td></tr><tr><td>0</td><td>5 ngày</td></tr>"
)
HEADED = DATA.replace("<td>Lệ phí</td><td>Thời hạn</td>", "<td><b>Lệ phí</b></td><td><b>Thời hạn</b></td>")
LINK = "<style>a { color: #0645ad; text-decoration: none } p { color: #111 }</style>"
INLINE = 'Người dân đọc kỹ <a id="x" href="/quy-dinh">quy định</a> trước khi nộp hồ sơ trên mạng.'
STEP_1, STEP_2 = "<section>Bước một: chuẩn bị giấy tờ</section>", "<section>Bước hai: nộp hồ sơ trên mạng</section>"
CARD = "<article><h3>Đăng ký {0}</h3><p>Thủ tục của Bộ Tư pháp.</p><a href='/{0}'>Chi tiết</a></article>"

# judge, words of the cause, is it sure, the selector, main part of the page
WRONG: list[tuple[Judge, str, bool, str, str]] = [
    (H, "nhảy từ h1 tới h3", True, "#x", '<h3 id="x">Lệ phí</h3>'),
    (H, "đề mục trống", True, "#x", '<h2 id="x"> <span aria-hidden="true">★</span></h2>'),
    (H, "trông như đề mục", True, "#x", P + BIG + P),
    (H, "trông như đề mục", True, "#x", f'{P}<div id="x"><strong style="font-size:1.4em">Lệ phí</strong></div><ul><li>Không</li></ul>'),
    (H, "có thể là đề mục", False, "#x", BIG + P),
    (H, "có thể là đề mục", False, "#x", f'<p id="x"><b>Thành phần hồ sơ</b></p>{P}'),
    (L, "danh sách gõ tay", True, "#x", '<p id="x">Cần có:<br>- Tờ khai<br>- Giấy khai sinh<br>- Căn cước</p>'),
    (L, "danh sách gõ tay", True, "#x", '<div id="x"><p>• Tờ khai</p><p>• Giấy khai sinh</p><p>• Căn cước</p></div>'),
    (L, "danh sách gõ tay", True, "#x", '<div id="x">1. Đăng nhập<br>2. Điền tờ khai<br>3. Nộp hồ sơ</div>'),
    (L, "đoạn đánh số", False, "#x", f'<div id="x"><p>1. {TEXT * 2}</p><p>2. {TEXT * 2}</p><p>3. {TEXT * 2}</p></div>'),
    (L, "không có ô tiêu đề", True, "#x", f'<table id="x">{HEADED}</table>'),
    (L, "không có ô tiêu đề", True, "#x", f'<table id="x"><caption>Lệ phí</caption>{DATA}</table>'),
    (L, "có vẻ là bảng dữ liệu", False, "#x", f'<style>td {{ border: 1px solid }}</style><table id="x">{DATA}</table>'),
    (L, "bảng dàn trang (role)", True, "#x", f'<table id="x" role="presentation"><caption>Khung</caption>{DATA}</table>'),
    (L, "chỉ để dàn trang", False, "#x", '<table id="x"><tr><th>Trang</th></tr><tr><td><form></form><h2>Một</h2></td></tr></table>'),
    (W, "không nói nơi đến", True, "#x", '<div><a id="x" href="/1">Xem thêm</a></div>'.replace("<div>", "</main><main><div>")),
    (W, "giữa một khối chữ dài", False, "#x", f'</main><main><div>{P * 20}<p><a id="x" href="/1">Tại đây</a></p></div>'),
    (W, "khác đích", True, "#y", '<p>Tải <a id="x" href="/a">mẫu đơn</a> hoặc <a id="y" href="/b">mẫu đơn</a></p>'),
    (C, "chỉ khác chữ quanh nó ở màu", True, "#x", f"{LINK}<p>{INLINE}</p>".replace("#0645ad", "#1a2a4a")),
    (C, "không khác gì chữ", False, "#x", f"{LINK}<p>{INLINE}</p>".replace("#0645ad", "#111")),
    (C, "giải thích bằng màu", False, "#x", '<p id="x">Các ô có nền vàng là bắt buộc nhập.</p>'),
    (V, "bên trên (order)", True, "#x", f'<div id="x" style="display:flex;flex-direction:column">{STEP_1}{STEP_2.replace(">", " style=order:-1>", 1)}</div>'),
    (V, "column-reverse", True, "#x", f'<div id="x" style="display:flex;flex-direction:column-reverse">{STEP_1}{STEP_2}</div>'),
    (V, "bên trái", False, "#x", f'<div id="x" style="display:flex;flex-direction:row-reverse">{STEP_1}{STEP_2}</div>'),
    (V, "position: absolute", False, "#x", f'<div id="x" style="position:relative;padding-top:60px">{STEP_1}{STEP_2.replace(">", " style=position:absolute;top:0>", 1)}</div>'),
    (F, "ô không có nhãn", True, "#x", '<input id="x">'),
    (F, "nhãn nhìn thấy mà không gắn", True, "#x", '<p>Họ và tên <input id="x"></p>'),
    (F, "nhãn nhìn thấy mà không gắn", True, "#x", '<table><tr><td>Họ và tên</td><td><input id="x"></td></tr></table>'),
    (F, "nhãn duy nhất", True, "#x", '<input id="x" placeholder="Họ và tên">'),
    (F, "ô tìm kiếm chỉ có", False, "#x", '<input id="x" type="search" placeholder="Nhập từ khóa">'),
    (F, "bắt buộc chỉ nhìn thấy", True, "#x", '<label for="x">Họ tên</label> <span>*</span><br>'.replace(" <span>*</span><br>", ' <input id="x"><span>*</span>')),
    (F, "bắt buộc chỉ nhìn thấy", True, "#x", '<style>.r::after { content: " *" }</style><label class="r" for="x">Họ tên</label><input id="x">'),
    (F, "bắt buộc chỉ nhìn thấy", False, "#x", '<label for="x">Họ tên *</label><input id="x">'),
    (F, "không gắn với ô", False, "#x", '<div><label for="x">Ngày sinh</label><input id="x"><small>Ví dụ: 01/02/1990</small></div>'),
    (a52.passages_at_fault, "đoạn tiếng Anh", True, "#x", f'{P}{P}<p id="x">{ENGLISH}</p>'),
    (D, "đề mục trống", True, "#x", '<h2 id="x"></h2>'),
    (D, "đề mục giữ chỗ", True, "#x", '<h2 id="x">Tiêu đề</h2>'),
    (D, "cùng lời trong cùng một phần", True, "#y", f'<h2>Lệ phí</h2>{P}<h2 id="y">Lệ phí</h2>{P}'),
    (N, "khác chữ nhìn thấy", True, "#x", '<button id="x" aria-label="Gửi biểu mẫu">Nộp hồ sơ</button>'),
    (N, "khác chữ nhìn thấy", True, "#x", '<input id="x" type="submit" value="Tìm kiếm" aria-label="Nút số 1">'),
    (N, "khác chữ nhìn thấy", True, "#x", '<label for="x">Họ và tên</label><input id="x" aria-label="Trường văn bản">'),
    (N, "khác chữ nhìn thấy", False, "#x", f'<a id="x" href="/1" aria-label="Tin số một">{TEXT}</a>'),
    (N, "khác chữ nhìn thấy", False, "#x", '<button id="x" aria-label="Nop ho so">Nộp hồ sơ</button>'),
    (U, "autocomplete=tel", True, "#x", '<label for="x">Số điện thoại (bắt buộc)</label><input id="x">'),
    (U, "autocomplete=email", True, "#x", '<label for="x">Thư điện tử *</label><input id="x" type="email" autocomplete="off">'),
    (U, "autocomplete=tel", True, "#x", '<label for="x">Điện thoại</label><input id="x" type="tel" autocomplete="email">'),
    (U, "autocomplete=name", False, "#x", '<label for="x">Họ và tên</label><input id="x">'),
    (U, "autocomplete=email", False, "#x", '<p>Email <input id="x"></p>'),
]  # fmt: skip

# judge, main part of the page: right, or only looking wrong
SILENT: list[tuple[str, Judge, str]] = [
    ("levels up and down", H, "<h2>Hồ sơ</h2><h3>Tờ khai</h3><h4>Mẫu</h4><h2>Lệ phí</h2>"),
    ("a footer's own levels", H, "</main><footer><h4>Liên hệ</h4></footer>"),
    ("a picture as heading", H, '<h2><img alt="Thành phần hồ sơ"></h2>'),
    ("a hidden empty heading", H, '<h2 hidden></h2><h2 aria-hidden="true"></h2>'),
    ("role heading", H, f'<div role="heading" aria-level="2" style="font-size:22px;font-weight:700">Lệ phí</div>{P}'),
    ("large figures", H, f'<p style="font-size:32px;font-weight:700">12.345</p>{P}'),
    ("a bold sentence", H, f'<p style="font-size:22px;font-weight:700">Hồ sơ phải nộp trước ngày 30.</p>{P}'),
    ("a bold word in a line", H, f"<p><b>Lưu ý:</b> {TEXT}</p>{P}"),
    ("nothing under it", H, '<p style="font-size:22px;font-weight:700">Cổng dịch vụ công</p>'),
    ("a button drawn large", H, f'<button style="display:block;font-size:22px;font-weight:700">Nộp hồ sơ</button>{P}'),
    ("a lead in one piece with its text", H, f'<p style="font-size:22px">{TEXT}</p>{P}'),
    ("a term of a list", H, f'<dl><dt style="font-size:22px;font-weight:700">Lệ phí</dt><dd>{TEXT}</dd></dl>'),
    ("words of a fold", H, f'<details open><summary><b style="display:block;font-size:22px">Lệ phí</b></summary>{P}</details>'),
    ("a real list", L, "<ul><li>- Tờ khai</li><li>- Căn cước</li><li>- Giấy khai sinh</li></ul>"),
    ("dashes inside lines", L, "<p>Hà Nội - Việt Nam<br>Huế - Việt Nam<br>Vinh - Việt Nam</p>"),
    ("two dashes", L, "<p>- Một<br>- Hai</p>"),
    ("negative numbers", L, "<p>-5<br>-6<br>-7</p>"),
    ("numbers without a row", L, "<p>1. Một<br>5. Năm<br>9. Chín</p>"),
    ("a list by role", L, '<div role="list"><p role="listitem">• A b</p><p role="listitem">• B c</p><p role="listitem">• C d</p></div>'),
    ("a data table", L, f"<table>{DATA.replace('<td>Lệ phí</td><td>Thời hạn</td>', '<th>Lệ phí</th><th>Thời hạn</th>')}</table>"),
    ("column headers by role", L, f"<table>{HEADED.replace('<td><b>', '<td role=columnheader><b>')}</table>"),
    ("a layout table that says so", L, f'<table role="presentation">{HEADED}</table>'),
    ("a plain layout table", L, "<table><tr><td><h2>Trái</h2></td><td><form><input></form></td></tr><tr><td>a</td><td>b</td></tr></table>"),
    ("two of one kind in a list", D, "<ul><li><h2>Khai sinh</h2>Hồ sơ số 1</li><li><h2>Khai sinh</h2>Hồ sơ số 2</li></ul>"),
    ("told apart by the row", W, "<ul><li>Khai sinh <a href='/1'>Xem</a></li><li>Kết hôn <a href='/2'>Xem</a></li></ul>"),
    ("told apart by the card", W, CARD.format("khai-sinh") + CARD.format("ket-hon")),
    ("told apart by the table row", W, "<table><tr><td>Khai sinh</td><td><a href='/1'>Chi tiết</a></td></tr><tr><td>Kết hôn</td><td><a href='/2'>Chi tiết</a></td></tr></table>"),
    ("told apart by its name", W, '<a href="/1" aria-label="Xem thêm tin tức">Xem thêm</a>'),
    ("same words, same place", W, '<p><a href="/1">Khai sinh</a> <a href="/1/">Khai sinh</a></p>'),
    ("another way back", W, '<p><a href="/vao?tiep=/a">Đăng nhập</a> <a href="/vao?tiep=/b">Đăng nhập</a></p>'),
    ("menu and footer", W, '<nav><a href="/1">Hướng dẫn</a></nav></main><footer><a href="/2">Hướng dẫn</a></footer>'),
    ("in a short block", W, f"</main><main><div>{P}<p><a href='/1'>Xem thêm</a></p></div>"),
    ("under the heading of a long page", W, f"<div>{P * 20}<p><a href='/1'>Tại đây</a></p></div>"),
    ("under a heading of a long page", W, f"</main><main><div>{P * 20}<h2>Lệ phí</h2><p><a href='/1'>Xem thêm</a></p></div>"),
    ("in a sentence", W, "<p>Mẫu tờ khai đăng ký khai sinh tải <a href='/1'>tại đây</a>.</p>"),
    ("underlined", C, f"{LINK}<p>{INLINE}</p>".replace("text-decoration: none", "text-decoration: underline").replace("#0645ad", "#222")),
    ("underlined by its border", C, f"{LINK}<p>{INLINE}</p>".replace("text-decoration: none", "text-decoration: none; border-bottom: 1px solid").replace("#0645ad", "#222")),
    ("bold", C, f"{LINK}<p>{INLINE}</p>".replace("text-decoration: none", "text-decoration: none; font-weight: 700").replace("#0645ad", "#222")),
    ("a strong contrast", C, f"{LINK}<p>{INLINE}</p>".replace("#0645ad", "#d05a00")),
    ("underlined from within", C, f"{LINK}<p>{INLINE}</p>".replace(">quy định<", "><u>quy định</u><").replace("#0645ad", "#222")),
    ("a menu", C, f'{LINK}<nav><p>Bạn đang ở đây rồi: <a href="/">Trang chủ</a></p></nav>'.replace("#0645ad", "#222")),
    ("a trail without a landmark", C, f'{LINK}<p><a href="/">Trang chủ</a> » Thủ tục đăng ký khai sinh</p>'.replace("#0645ad", "#222")),
    ("a row with separators", C, f'{LINK}<p>Hôm nay là thứ hai | <a href="/en">English</a></p>'.replace("#0645ad", "#222")),
    ("on a line of its own", C, f'{LINK}<p><img alt=""> <a href="/1">Khai sinh</a><br>Toàn trình, ba ngày làm việc</p>'.replace("#0645ad", "#222")),
    ("links alone", C, f'{LINK}<p><a href="/">Trang chủ</a> / <a href="/2">Lệ phí</a></p>'.replace("#0645ad", "#222")),
    ("a mark besides colour", C, "<p>Các ô có dấu * màu đỏ là bắt buộc nhập.</p>"),
    ("columns", V, f'<div style="columns:2">{P}{P}{P}</div>'),
    ("three columns of a grid", V, f'<div style="display:grid;grid-template-columns:1fr 1fr">{P}{P}{P}{P}</div>'),
    ("tall beside short", V, f'<div style="display:flex"><div>{P * 4}</div><div>{P}</div></div>'),
    ("buttons turned round", V, '<div style="display:flex;flex-direction:row-reverse"><button>Nộp hồ sơ ngay bây giờ</button><button>Lưu bản nháp để nộp sau</button></div>'),
    ("a badge", V, f'<div style="position:relative;padding-top:40px">{P}<span style="position:absolute;top:0">Mới</span></div>'),
    ("an order that changes nothing", V, f'<div style="display:flex;flex-direction:column">{STEP_1.replace(">", " style=order:1>", 1)}{STEP_2.replace(">", " style=order:2>", 1)}</div>'),
    ("labelled in every way", F, '<label for="a">Họ tên</label><input id="a"><label>Tuổi <input></label><input aria-label="Quê"><p id="l">Nơi ở</p><input aria-labelledby="l"><input title="Số nhà">'),
    ("required and told", F, '<label for="a">Họ tên <span aria-hidden="true">*</span></label><input id="a" required>'),
    ("an explained asterisk", F, '<p>Ô có dấu * là bắt buộc.</p><label for="a">Họ tên *</label><input id="a">'),
    ("required in words", F, '<label for="a">Họ tên (bắt buộc)</label><input id="a">'),
    ("a tied hint", F, '<div><label for="a">Ngày sinh</label><input id="a" aria-describedby="h"><small id="h">Ví dụ: 01/02/1990</small></div>'),
    ("a note that is no format", F, '<div><label for="a">Họ tên</label><input id="a"><small>Như trong căn cước</small></div>'),
    ("hidden fields and buttons", F, '<input type="hidden"><input type="submit"><input style="display:none">'),
    ("a foreign passage that says so", a52.passages_at_fault, f'{P}<blockquote lang="en"><p>{ENGLISH}</p></blockquote>'),
    ("names in another language", a52.passages_at_fault, f"{P}<p>{'Google Chrome, Mozilla Firefox, Microsoft Edge, ' * 4}</p>"),
    ("a few foreign words", a52.passages_at_fault, f"{P}<p>{TEXT} Bấm Submit để gửi form online.</p>"),
    ("a page declared wrongly", a52.passages_at_fault, f"<p>{ENGLISH}</p>" * 4),
    ("same words, other sections", D, "<h2>Khai sinh</h2><h3>Lệ phí</h3><h2>Kết hôn</h2><h3>Lệ phí</h3>"),
    ("underlined by a line beside it", C, f"{LINK}<p>{INLINE}</p>".replace("text-decoration: none", "text-decoration: none; position: relative").replace("</style>", " a::after { content: ''; position: absolute; left: 0; bottom: 0; width: 100%; height: 1px; background: #222 }</style>").replace("#0645ad", "#222")),
    ("a name that says more", N, '<button aria-label="Nộp hồ sơ khai sinh">Nộp hồ sơ</button>'),
    ("a name in small letters", N, '<a href="/1" aria-label="xem: lệ phí">Lệ phí</a>'),
    ("a sign", N, '<button aria-label="Đóng">×</button>'),
    ("a drawn word", N, '<button aria-label="Đóng"><i class="material-icons">close</i></button><button aria-label="Tìm"><span class="material-symbols-outlined">search</span></button>'),
    ("a counter", N, '<a href="/1" aria-label="Thông báo, 3 tin mới">Thông báo<sup>3</sup></a>'),
    ("a name of its own words", N, '<p id="l">Nộp hồ sơ</p><button id="b" aria-labelledby="l b">hồ sơ</button>'),
    ("hidden words", N, '<button aria-label="Mở menu"><span style="position:absolute;clip:rect(0 0 0 0);width:1px;height:1px;overflow:hidden">Bấm vào đây</span></button>'),
    ("declared purposes", U, '<label>Họ và tên <input autocomplete="section-a name"></label><label>Điện thoại <input autocomplete="tel-national"></label><label>Email <input autocomplete="username"></label>'),
    ("somebody else's data", U, '<label>Họ và tên mẹ <input></label><label>Ngày sinh của người được khai sinh <input></label>'),
    ("one field for two", U, '<label>Điện thoại hoặc thư điện tử <input></label>'),
    ("a search", U, '<label>Họ và tên <input type="search"></label>'),
    ("a list", U, '<label>Địa chỉ <select></select></label>'),
    ("placeholder within words", D, "<h2>Tiêu đề hồ sơ cần nộp</h2>"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("judge", "cause", "sure", "selector", "main"), WRONG, ids=[f"{case[1]}-{n}" for n, case in enumerate(WRONG)]
)
def test_names_what_is_wrong(read: Reader, judge: Judge, cause: str, sure: bool, selector: str, main: str) -> None:
    found = [one for one in judge(read(main)) if cause in one.cause]
    assert [one.element.selector for one in found] == [selector], judge(read(main))
    assert found[0].sure is sure
    assert found[0].element.markup.startswith("<")


@pytest.mark.parametrize(("judge", "main"), [case[1:] for case in SILENT], ids=[case[0] for case in SILENT])
def test_silent_where_it_only_looks_wrong(read: Reader, judge: Judge, main: str) -> None:
    assert judge(read(main)) == []
