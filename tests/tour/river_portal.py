"""A portal of two pages, the form and what was entered, in four faces: good, a look-alike that is sound, faulty, and one
whose script says the errors in place to those alone who see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

CODE, NAME = "2.004321", "Cấp giấy phép bến đò"
QUESTIONS = {"ten": "Họ và tên", "dt": "Số điện thoại", "thu": "Thư điện tử", "lydo": "Lý do"}
MENU = """<button aria-expanded=false onclick="this.nextElementSibling.hidden=false">Menu</button>
<ul hidden><li><a href=/tt>Thủ tục</a></li></ul>"""
IN_PLACE = """<script>
document.forms[0].addEventListener('submit', (event) => {
  for (const old of document.querySelectorAll('form p')) old.remove();
  for (const field of document.querySelectorAll('input')) {
    const wrong = !field.value || (field.name === 'dt' && !/^[0-9]{10,}$/.test(field.value)) || (field.name === 'thu' && !field.value.includes('@'));
    if (!wrong) continue;
    event.preventDefault();
    const said = document.createElement('p');
    said.textContent = 'Không hợp lệ.';
    field.after(said);
  }
});
</script>"""
# Help and complaints in dialogs: of the browser's own kind, and of a kind that no keyboard comes into or back from.
HELP = """<button type=button aria-haspopup=dialog onclick="huongdan.showModal()">Xem cách điền</button>
<dialog id=huongdan><h2>Cách điền</h2><p>Điền đủ bốn ô.</p><button type=button onclick="huongdan.close()">Đóng</button></dialog>"""
LOOSE = (
    "role=dialog aria-modal=true style='position:fixed;z-index:9;inset:20% 25%;background:#fff;border:1px solid' hidden"
)
LOOSE_HELP = f"""<button type=button aria-haspopup=dialog id=mo onclick="huongdan.hidden=false">Xem cách điền</button>
<div id=huongdan {LOOSE} aria-label="Cách điền"><p>Điền đủ bốn ô.</p><button type=button onclick="huongdan.hidden=true">Đóng</button></div>"""
STUCK_HELP = """<button type=button aria-haspopup=dialog onclick="huongdan.hidden=false">Xem lịch</button>
<div id=huongdan role=dialog aria-label=Lịch hidden style="position:fixed;z-index:9;inset:0;background:#fff">Tháng 11 <button type=button>12</button></div>"""
NOTICE = f"""<div id=bao {LOOSE} aria-label="Thông báo"><p>Thông tin không hợp lệ, vui lòng nhập lại.</p>
<button type=button onclick='bao.hidden=true'>Đã hiểu</button></div>"""
COMPLAINS = """<script>
document.forms[0].addEventListener('submit', (event) => {
  const bad = [...document.querySelectorAll('form input')].filter((field) => !field.value
    || (field.name === 'dt' && !/^[0-9]{10,}$/.test(field.value)) || (field.name === 'thu' && !field.value.includes('@')));
  if (!bad.length) return;
  event.preventDefault();
  bao.hidden = false;
  if (!SOUND) return;
  const close = () => { bao.hidden = true; bad[0].focus(); };
  bao.querySelector('button').onclick = close;
  bao.onkeydown = (event) => { if (event.key === 'Escape') close(); if (event.key === 'Tab') event.preventDefault(); };
  bao.querySelector('button').focus();
});
</script>"""
SOUND = {
    "ten": "Vui lòng nhập họ và tên.",
    "dt": "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.",
    "thu": "Thư điện tử có dạng ten@mien.vn.",
    "lydo": "Lý do không được để trống.",
}


@dataclass
class River:
    """`face`: good, lookalike, faulty or in-place; dialogs, loose-dialogs: help and complaints in dialogs, stuck-dialog:
    a calendar over the form that nothing closes; in-dialog: the form in one. `sent`: dossiers that were handed in."""

    face: str = "good"
    sent: list[dict[str, str]] = field(default_factory=list)
    draft: dict[str, str] = field(default_factory=dict)


def wrong(draft: dict[str, str]) -> set[str]:
    found = {name for name in QUESTIONS if not draft.get(name, "").strip()}
    phone, mail = draft.get("dt", ""), draft.get("thu", "")
    found |= set() if phone.isdigit() and len(phone) >= 10 else {"dt"}
    return found | (set() if "@" in mail else {"thu"})


def page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content="width=device-width">'
        f"<title>{title} – Bến Sông</title><header><a href=/>UBND xã Bến Sông</a>{MENU}</header><main><h1>{title}</h1>{body}</main></html>"
    )


def _form(river: River, errors: set[str]) -> str:
    parts = []
    if errors and river.face == "good":
        parts.append("<div role=alert tabindex=-1 id=tong>Vui lòng kiểm tra lại các mục được đánh dấu.</div>")
    if errors and river.face == "faulty":
        parts.append("<img src='/dau-than.png'>")  # stands in this state alone
    silent = river.face in ("faulty", "in-place")
    for name, question in QUESTIONS.items():
        bad = name in errors
        said = SOUND[name] if river.face == "good" else "Không hợp lệ."
        hint = "Ví dụ: 0912345678" if name == "dt" else "Ví dụ: ten@mien.vn" if name == "thu" else ""
        if river.face == "lookalike":
            said = "Chưa hợp lệ." if hint else f"Bạn chưa nhập {question.lower()}."
        tied = f" aria-describedby='loi-{name} goi-{name}'" if not silent else ""
        tied += " aria-invalid=true" if bad and not silent else ""
        parts.append(
            f"<div><label for={name}>{question} *</label>"
            f"<input id={name} name={name} value='{escape(river.draft.get(name, ''))}'{tied}>"
            + (f"<small id=goi-{name}>{hint}</small>" if hint and river.face == "lookalike" else "")
            + (f"<p id=loi-{name}>{said}</p>" if bad else "")
            + "</div>"
        )
    focus = "<script>document.getElementById('tong')?.focus()</script>" if river.face == "good" else ""
    if errors and river.face == "lookalike":  # no live region: the first field at fault has the focus
        focus = "<script>document.querySelector('[aria-invalid]').focus()</script>"
    focus = IN_PLACE if river.face == "in-place" else focus
    before = {"dialogs": HELP, "loose-dialogs": LOOSE_HELP, "stuck-dialog": STUCK_HELP}.get(river.face, "")
    if before and river.face != "stuck-dialog":
        focus = NOTICE + COMPLAINS.replace("SOUND", str(river.face == "dialogs").lower())
    return page(
        "Tờ khai", f"{before}<form method=post novalidate>{''.join(parts)}<button>Tiếp tục</button></form>{focus}"
    )


def make_river_portal(river: River) -> Flask:
    """The application."""
    app = Flask(__name__)

    @app.get("/")
    def home() -> str:
        return page("Trang chủ", "<p>Dịch vụ công trực tuyến</p>")

    @app.get("/tt")
    def detail() -> str:
        if river.face == "in-dialog":
            fields = "".join(
                f"<p><label>{question} * <input name={name}></label></p>" for name, question in QUESTIONS.items()
            )
            form = f"<form method=post action=/khai novalidate>{fields}<button>Tiếp tục</button></form>"
            opener = "<button type=button onclick='khai.showModal()'>Nộp trực tuyến</button>"
            return page(NAME, f"<p>Mã thủ tục: {CODE}</p>{opener}<dialog id=khai><h2>Tờ khai</h2>{form}</dialog>")
        return page(NAME, f"<p>Mã thủ tục: {CODE}</p><a href=/khai>Nộp trực tuyến</a>")

    @app.get("/khai")
    def form() -> str:
        return _form(river, set())

    @app.post("/khai")
    def answered() -> str | Response:
        river.draft = dict(request.form)
        errors = wrong(river.draft)
        return _form(river, errors) if errors else redirect("/xem")

    @app.get("/xem")
    def review() -> str:
        send = "<form method=post action=/nop><button>Nộp hồ sơ</button></form>"
        if river.face == "faulty":
            return page("Nộp hồ sơ", f"<p>Ông, bà bấm nút dưới đây để nộp.</p>{send}")
        rows = "".join(f"<dt>{QUESTIONS[name]}</dt><dd>{escape(value)}</dd>" for name, value in river.draft.items())
        back = "<a href=/khai>Sửa thông tin</a>" if river.face == "good" else "<a href=/khai>Quay lại</a>"
        return page("Xem lại hồ sơ", f"<dl>{rows}</dl>{back}{send}")

    @app.post("/nop")
    def send() -> str:
        river.sent.append(river.draft)
        return page("Đã nộp hồ sơ", "<p>Mã hồ sơ: H46.12-261121-0001</p>")

    return app
