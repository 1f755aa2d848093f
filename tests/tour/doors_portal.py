"""A portal of a few public pages: search, list by level, look-up; its application asks to log in at once."""

from __future__ import annotations

from html import escape

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

CODE, NAME, DOSSIER = "2.007654", "Cấp biển số bè nuôi cá", "H46.12-261121-0007"
LEVELS = ("Toàn trình", "Một phần")
WIDE = (
    "<div style='width:900px'>Bảng giá bè</div><style>.nhat::placeholder { color: #ccc; opacity: 1 }</style>"
    "<input class=nhat placeholder='Tên chủ bè' aria-label='Tên chủ bè'>"
)


ROUND = """<script>document.querySelector('header ul').addEventListener('keydown', (event) => {
  if (event.key === 'Tab') event.preventDefault();
  if (event.key === 'Escape' && CLOSES) event.currentTarget.hidden = true;
})</script>"""


DIALOG = """<button type=button aria-haspopup=dialog id=mo onclick="hop.hidden=false;hop.querySelector('button,input').focus()">Hướng dẫn nhanh</button>
<div role=dialog aria-modal=true aria-label="Hướng dẫn nhanh" id=hop hidden style="position:fixed;inset:10% 20%;background:#fff;border:1px solid">
<h2>Ba bước nộp hồ sơ</h2>INSIDE</div>"""
CLOSER = "<button type=button onclick='hop.hidden=true;mo.focus()'>Đóng</button>"
LOCKED = """<img src=/buoc.png><label>Tìm <input id=trong></label><script>
document.getElementById('hop').addEventListener('keydown', (event) => { if (event.key === 'Tab') event.preventDefault(); });</script>"""


def page(title: str, body: str, script: str = "") -> str:
    menu = '<button aria-expanded=false onclick="this.nextElementSibling.hidden=false">Danh mục</button><ul hidden><li><a href=/tim>Thủ tục</a></ul>'
    return (
        "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{title} – Xã Bè</title><header><a href=/>UBND xã Bè</a> <a href=/tim>Danh sách thủ tục</a> "
        f"<a href=/tra-cuu>Tra cứu hồ sơ</a>{menu}</header><main><h1>{title}</h1>{body}</main>{script}</html>"
    )


def search_form(choice: bool) -> str:
    options = "".join(f"<option>{level}</option>" for level in LEVELS)
    level = f"<label>Mức độ <select name=muc><option value=''>Tất cả</option>{options}</select></label>"
    return f"<form action=/tim><label>Từ khóa <input name=q></label>{level if choice else ''}<button>Tìm kiếm</button></form>"


def make_doors_portal(face: str) -> Flask:
    """`good`; `faulty`: a wide block and a pale placeholder among the results, a picture and a field without names in
    the answer; `silent`: the look-up knows nothing, the list has no level, a search shows an error. `holding` and
    `closing`: Tab goes round in the open menu, which Escape closes in the second alone. `dialog` and `locked`: the home
    page opens a dialog, in the second with a picture without words, and with nothing that leads out."""
    app = Flask(__name__)

    @app.get("/")
    def home() -> str:
        script = {"holding": ROUND.replace("CLOSES", "0"), "closing": ROUND.replace("CLOSES", "1")}.get(face, "")
        opener = {"dialog": DIALOG.replace("INSIDE", CLOSER), "locked": DIALOG.replace("INSIDE", LOCKED)}.get(face, "")
        said = f"<p>Dịch vụ công trực tuyến của xã Bè.</p>{opener}"
        return page("Trang chủ", search_form(False) + said, script)

    @app.get("/tim")
    def found() -> str | tuple[str, int]:
        if face == "silent" and request.args.get("q"):
            return page("Lỗi hệ thống", "<p>Đã có lỗi xảy ra.</p>"), 500
        row = f"<ul><li><a href=/tt>{NAME}</a> <span>{CODE}, {request.args.get('muc') or LEVELS[0]}</span></li></ul>"
        asked = bool(request.args.get("q"))
        wide = WIDE if face == "faulty" and asked else ""
        return page("Thủ tục", search_form(face != "silent") + f"<p>Tìm thấy 1 thủ tục</p>{row}{wide}")

    @app.get("/tra-cuu")
    def look_up() -> str:
        code = request.args.get("ma", "")
        form = "<form><label>Mã hồ sơ <input name=ma></label><button>Tra cứu</button></form>"
        if not code:
            return page("Tra cứu hồ sơ", form)
        if face == "silent":
            return page("Tra cứu hồ sơ", form + "<p>Không tìm thấy hồ sơ.</p>")
        picture = "<img src=/dau.png><input name=ghi-chu>" if face == "faulty" else ""
        answer = f"<dl><dt>Mã hồ sơ</dt><dd>{escape(code)}</dd><dt>Trạng thái</dt><dd>Đang xử lý</dd></dl>{picture}"
        return page("Kết quả tra cứu", form + answer)

    @app.get("/tt")
    def detail() -> str:
        return page(NAME, f"<p>Mã thủ tục: {CODE}</p><a href=/nop>Nộp trực tuyến</a>")

    @app.get("/nop")
    def apply() -> Response:
        return redirect("/vao")

    @app.get("/vao")
    def door() -> str:
        fields = "<label>Tên đăng nhập <input name=u></label><label>Mật khẩu <input type=password name=p></label>"
        return page("Đăng nhập", f"<form method=post>{fields}<button>Đăng nhập</button></form>")

    return app
