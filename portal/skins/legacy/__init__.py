"""A portal of about 2014: tables for layout, post-backs, pop-up windows, the payment page in a frame.

Only the face is old: what is typed means what it means in the portal's own look, because names are translated at the
door (`wire_names`, `posted_forms`) and no rule of the portal is touched.
"""

from __future__ import annotations

from flask import Flask

from portal.skins.legacy.payment_frame import install as install_payment_frame
from portal.skins.legacy.posted_forms import install as install_posted_forms
from portal.skins.legacy.windows import install as install_windows
from portal.skins.legacy.wire_names import button_name, field_name

TITLE = "Cổng kiểu cũ (khoảng 2014): bảng, cửa sổ bật lên, thanh toán trong khung, trang tải lại khi chọn tỉnh"


def install(app: Flask) -> None:
    """Translate the names of fields, open the frame of the payment and the windows."""
    app.jinja_env.globals.update(wire=field_name, wire_button=button_name)
    install_posted_forms(app)
    install_payment_frame(app)
    install_windows(app)
