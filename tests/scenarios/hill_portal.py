"""A portal of one page that leaves all checking to the browser: native validation, files judged by a script, no log-in,
what is typed kept in the browser. A look-alike: nothing of this is a fault."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, request

CODE, NAME = "2.001234", "Cấp phép chặt tỉa cây xanh"
FORM = """<!doctype html><html lang=vi><meta charset=utf-8><title>Tờ khai</title>
<header><a href=/>UBND xã Đồi</a></header><main><h1>Tờ khai chặt tỉa cây</h1>
<form method=post action=/nhan enctype=multipart/form-data>
<p><label>Họ và tên * <input name=ten required></label></p>
<p><label>Điện thoại * <input name=dt type=tel required pattern="0[0-9]{9}" title="10 chữ số"></label></p>
<p><label>Thư điện tử <input name=thu type=email></label></p>
<p><label>Địa chỉ * <textarea name=dc required></textarea></label></p>
<p><label>Ảnh cây (PDF, tối đa 1 MB) * <input type=file name=anh accept=".pdf" required></label></p>
<button>Gửi hồ sơ</button></form></main>
<script>
const form = document.forms[0], saved = JSON.parse(localStorage.khai || '{}');
for (const one of form.elements) if (one.name && one.type !== 'file') {
  if (saved[one.name]) one.value = saved[one.name];
  one.addEventListener('input', () => { saved[one.name] = one.value; localStorage.khai = JSON.stringify(saved); });
}
form.anh.addEventListener('change', () => {
  const file = form.anh.files[0];
  if (!file) return;
  const why = !file.name.endsWith('.pdf') ? 'Chỉ nhận tệp PDF' : !file.size ? 'Tệp rỗng, vui lòng chọn tệp khác' : file.size > 1048576 ? 'Tệp vượt quá 1 MB' : '';
  if (why) { alert(why); form.anh.value = ''; }
});
</script></html>"""


@dataclass
class Hill:
    """What has been handed in."""

    dossiers: list[dict[str, str]] = field(default_factory=list)


def make_hill_portal(hill: Hill) -> Flask:
    """The application."""
    app = Flask(__name__)

    @app.get("/tt")
    def detail() -> str:
        return f"<!doctype html><meta charset=utf-8><title>{NAME}</title><main><h1>{NAME}</h1><p>Mã thủ tục: {CODE}</p><a href=/khai>Nộp trực tuyến</a></main>"

    @app.get("/khai")
    def form() -> str:
        return FORM

    @app.post("/nhan")
    def take() -> str:
        hill.dossiers.append(dict(request.form))
        number = f"H46.12-261121-{len(hill.dossiers):04d}"
        return f"<!doctype html><meta charset=utf-8><main><h1>Đã nộp hồ sơ</h1><p>Mã hồ sơ: {number}</p></main>"

    return app
