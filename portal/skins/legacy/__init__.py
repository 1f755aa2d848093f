"""A portal of about 2014: tables for layout, post-backs, pop-up windows, the payment page in a frame.

Only the face is old: what is typed means what it means in the portal's own look, because names are translated at the
door (`wire_names`, `posted_forms`) and no rule of the portal is touched.
"""

from __future__ import annotations

from flask import Flask

from portal.skins.legacy import payment_frame, posted_forms, windows, wire_names

TITLE = "Cổng kiểu cũ (khoảng năm 2014): bảng, cửa sổ bật lên, trang thanh toán trong khung, trang tải lại khi chọn tỉnh"


def install(app: Flask) -> None:
    """Translate the names of fields, open the frame of the payment and the windows."""
    app.jinja_env.globals.update(wire=wire_names.field_name, wire_button=wire_names.button_name)
    posted_forms.install(app)
    payment_frame.install(app)
    windows.install(app)
