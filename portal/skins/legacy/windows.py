"""The pop-up windows: forms to download, opened from the page of a procedure."""

from __future__ import annotations

from flask import Flask, abort, render_template
from flask.typing import ResponseReturnValue

from portal.database import current_session
from portal.records import Service


def install(app: Flask) -> None:
    """Serve the pages of the windows."""

    @app.get("/cua-so/bieu-mau/<code>", endpoint="forms_window")
    def forms(code: str) -> ResponseReturnValue:
        service = current_session().get(Service, code)
        if service is None:
            abort(404)
        return render_template("legacy/forms_window.html", service=service)
