"""A second portal that shares nothing with the reference portal: one page, routes behind `#!`, everything drawn by script.

Cards instead of links, a drawn list, a calendar, switches, files asked for by a press, a wizard whose steps replace each
other, toasts, and the code told in a dialog. It answers in JSON and never loads a second document.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, jsonify, request, session
from flask.typing import ResponseReturnValue

SERVICES = (
    ("5.004300", "Cấp thẻ ra vào khu kinh tế"),
    ("5.004321", "Đăng ký thả đèn trời trong lễ hội"),
    ("5.004390", "Xin đỗ xe tải qua đêm"),
)
PAGE = Path(__file__).with_name("chim_page.html")


@dataclass
class Nest:
    """What has been taken in: applications by number, and what was refused on the way."""

    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def make_chim(nest: Nest) -> Flask:
    """The application."""
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()

    @app.get("/")
    def page() -> str:
        return PAGE.read_text(encoding="utf-8")

    @app.get("/api/search")
    def search() -> ResponseReturnValue:
        words = request.args.get("w", "").casefold()
        return jsonify([row for row in SERVICES if words in row[1].casefold() or words == row[0]])

    @app.get("/api/wards")
    def wards() -> ResponseReturnValue:
        return jsonify(["Phường Én Đông", "Phường Én Tây"])

    @app.get("/api/me")
    def me() -> ResponseReturnValue:
        return jsonify(session.get("name"))

    @app.post("/api/enter")
    def enter() -> ResponseReturnValue:
        sent = request.get_json()
        if (sent["u"], sent["p"]) != ("lan.tran", "En-bay-9"):
            return jsonify("Sai tài khoản"), 403
        session["name"] = "Trần Lan"
        return jsonify(session["name"])

    @app.post("/api/send")
    def send() -> ResponseReturnValue:
        sent = request.get_json()
        wrong = "" if str(sent.get("amount", "")).isdigit() else "Số đèn muốn thả phải là số nguyên"
        if wrong or not session.get("name"):
            nest.refused.append(wrong)
            return jsonify(wrong), 422
        number = f"CE26-{len(nest.taken) + 101:05d}"
        nest.taken[number] = sent
        return jsonify(number)

    @app.get("/api/look")
    def look() -> ResponseReturnValue:
        return jsonify("Mới đăng ký" if request.args.get("n") in nest.taken else None)

    return app
