"""The single-page face: one shell, hash routes, custom widgets, and no page load after the first.

The shell at `/` asks for the portal's own pages as fragments (`fragments.py`), puts them in, and replaces the native
controls by widgets of its own (`static/spa/`). The identity provider and the payment gateway stay what they are: other
origins, which the browser really goes to and comes back from, to a hash route.
"""

from __future__ import annotations

from flask import Flask

from portal.skins.spa import fragments, notices

TITLE = "Ứng dụng một trang: định tuyến bằng dấu #, điều khiển tự dựng, không tải lại trang"


def install(app: Flask) -> None:
    """Serve the shell, fragments, and the count of notices that the shell asks for again and again."""
    fragments.install(app)
    notices.install(app)
