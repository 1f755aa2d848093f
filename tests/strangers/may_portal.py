"""A portal that shares nothing with the reference portal: other words, other mark-up, its own log-in, one long form.

Tables for layout, labels tied to nothing, a dialog that asks for the agency, a box that enables the button, a code of
the newer form. It stands for the portals of vendors that nobody here has seen.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from flask import Flask, Response, redirect, request, session

NAME = "Cấp giấy xác nhận nguồn gốc gỗ trồng"
CODE = "3.000175"
OTHERS = ("Cấp giấy phép khai thác tận thu", "Xác nhận bảng kê lâm sản", "Phê duyệt phương án trồng rừng")


@dataclass
class Office:
    """What the portal has taken in: dossiers by number."""

    dossiers: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)


def page(title: str, body: str) -> str:
    who = f"Chào {session['ten']} | <a href=/thoat>Thoát</a>" if session.get("ten") else "<a href=/vao>Đăng nhập</a>"
    return f"""<!doctype html><html lang=vi><meta charset=utf-8><title>{title}</title>
<table width=100%><tr><td class=banner><a href=/>CỔNG DVC HUYỆN MÂY</a></td><td>{who}</td></tr>
<tr><td class=menu><a href=/>Trang nhất</a> <a href=/theo-doi>Theo dõi hồ sơ</a> <a href=/lien-lac>Liên lạc</a></td></tr></table>
<div id=than>{body}</div><div class=chan>Bản quyền huyện Mây. ĐT: 0999.000.111</div></html>"""


def make_portal(office: Office) -> Flask:
    """The application."""
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()

    @app.get("/")
    def home() -> str:
        return page("Huyện Mây", "<form action=/kq><input name=q placeholder='Bạn cần tìm thủ tục gì?'><button>Tìm</button></form><p>Tin tức.</p>")

    @app.get("/kq")
    def results() -> str:
        rows = [(f"3.0001{at}0", name) for at, name in enumerate(OTHERS, 1)] + [(CODE, NAME)]
        words = request.args.get("q", "").casefold().split()
        found = [row for row in rows if any(w in row[1].casefold() or w == row[0] for w in words)]
        listed = "".join(
            f"<tr><td>{code}</td><td>{name}</td><td><a href='/tt?ma={code}'>Xem chi tiết</a></td></tr>" for code, name in found
        )
        return page("Kết quả", f"<table border=1><tr><th>Mã</th><th>Tên</th><th></th></tr>{listed}</table>")

    @app.get("/tt")
    def detail() -> str:
        return page(
            "Thủ tục",
            f"""<b>Mã thủ tục:</b> {CODE}<br><b>Tên:</b> {NAME}<h3>Trình tự thực hiện</h3><p>Nộp, thẩm định, trả.</p>
            <h3>Phí, lệ phí</h3><p>Không</p>
            <input type=button value='Thực hiện trực tuyến' onclick="hop.style.display='block'">
            <div id=hop role=dialog aria-label='Chọn nơi nộp' style='display:none;position:fixed;top:40px;left:40px;background:#fff;padding:20px;border:2px solid'>
            <form action=/khai><table><tr><td>Nơi nộp</td><td><select name=noi><option value=''>--Chọn--</option><option value=1>UBND xã Mây Hạ</option></select></td></tr></table>
            <input type=submit value='Đồng ý'> <input type=button value='Hủy bỏ' onclick="hop.style.display='none'"></form></div>""",
        )

    @app.route("/vao", methods=["GET", "POST"])
    def log_in() -> str | Response:
        wrong = ""
        if request.method == "POST":
            if (request.form["u"], request.form["p"]) == ("dan-thu", "Mat-khau-7"):
                session["ten"] = "Dân Thử"
                return redirect(session.pop("ve", "/"))  # type: ignore[return-value]
            wrong = "<p class=error>Sai tên hoặc mật khẩu</p>"
        return page("Vào", f"{wrong}<form method=post><table><tr><td>Tên đăng nhập</td><td><input name=u></td></tr><tr><td>Mật khẩu</td><td><input name=p type=password></td></tr></table><input type=submit value='Đăng nhập'></form>")

    @app.route("/khai", methods=["GET", "POST"])
    def form() -> str | Response:
        if not session.get("ten"):
            session["ve"] = request.full_path
            return redirect("/vao")  # type: ignore[return-value]
        errors = ""
        if request.method == "POST":
            missing = [n for n in ("ten", "cmt", "dt", "ngay", "khoi") if not request.form.get(n)]
            if not missing and request.files["tep"].filename and request.form["khoi"].isdigit():
                number = f"H46.12-261121-{31 + len(office.dossiers):04d}"
                office.dossiers[number] = dict(request.form)
                office.files[number] = len(request.files["tep"].read())
                return redirect(f"/xong?so={number}")  # type: ignore[return-value]
            errors = "<div class='alert-error'>Khối lượng phải là số. Kiểm tra lại các mục.</div>"
        kept = request.form
        rows = "".join(
            f"<tr><td>{label}</td><td><input name={name} value='{kept.get(name, '')}'></td></tr>"
            for label, name in (("Họ tên chủ gỗ (*)", "ten"), ("Số CMND/CCCD (*)", "cmt"), ("Điện thoại (*)", "dt"),
                                ("Ngày khai thác (*)", "ngay"), ("Khối lượng, m3 (*)", "khoi"), ("Ghi chú", "gc"))
        )  # fmt: skip
        return page(
            "Tờ khai",
            f"""{errors}<h2>Tờ khai nguồn gốc gỗ</h2><form method=post enctype='multipart/form-data'><table>{rows}
            <tr><td>Bảng kê (PDF) (*)</td><td><label class=nut>Chọn tệp<input type=file name=tep style='opacity:0;position:absolute;width:1px'></label></td></tr></table>
            <label><input type=checkbox onclick="gui.disabled=!this.checked"> Tôi xin cam đoan khai đúng sự thật</label><br>
            <button type=button onclick="location='/'">Lưu nháp</button> <button id=gui disabled>Gửi hồ sơ</button></form>""",
        )

    @app.get("/xong")
    def done() -> str:
        return page("Xong", f"<div class='alert alert-success'>Bạn đã nộp hồ sơ thành công.</div><p>Số hồ sơ: <b>{request.args['so']}</b></p>")

    @app.get("/theo-doi")
    def track() -> str:
        number = request.args.get("so", "")
        said = ""
        if number:
            known = number in office.dossiers
            said = f"<p>Số hồ sơ: {number}</p><p>Tình trạng: Mới đăng ký</p><p>21/11/2026: đã gửi</p>" if known else "<p>Không tìm thấy hồ sơ</p>"
        return page("Theo dõi", f"<form>Số hồ sơ <input name=so><button>Xem kết quả</button></form>{said}")

    return app
