"""A press whose requests are held reaches nobody: not the system, not its other hosts, not by a link either."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser

from tests.scenarios.conftest import served, stranger
from toantrinh.journey.setting_out import travelling
from toantrinh.observers.session.forged import Sent
from toantrinh.observers.trespass.held import sent_by
from toantrinh.store import Attachments

CONTROLS = {
    "own host": "<button onclick=\"fetch('/pay', {method: 'POST', body: 'x'})\">Thanh toán</button>",
    "other host": "<button onclick=\"fetch('%s/pay', {method: 'POST', body: 'x'})\">Thanh toán</button>",
    "link": "<a href='/pay?x=1'>Thanh toán</a>",
    "link in a new window": "<a href='/pay?x=1' target=_blank>Thanh toán</a>",
    "form by GET": "<form action=/pay><input type=hidden name=x value=1><button>Thanh toán</button></form>",
    "script that goes": "<button onclick=\"location.href='/pay?x=1'\">Thanh toán</button>",
    "beacon": "<button onclick=\"navigator.sendBeacon('%s/pay', 'x')\">Thanh toán</button>",
    "tracker before": "<script>fetch('%s/phi')</script><button onclick=\"navigator.sendBeacon('%s/pay', 'x');"
    "fetch('/pay', {method: 'POST', body: 'x'})\">Thanh toán</button>",
    "reads": "<button onclick=\"fetch('/phi')\">Thanh toán</button>",
}


def pressed(browser: Browser, folder: Path, what: str) -> tuple[Sent | None, list[str], str]:
    """What would be sent, what came to somebody all the same, and where the other host is."""
    came: list[str] = []
    api, app = Flask("api"), Flask("cong")

    @api.route("/pay", methods=["GET", "POST", "OPTIONS"])
    @app.route("/pay", methods=["GET", "POST"])
    def pay() -> Response:
        if request.method != "OPTIONS":
            came.append(f"{request.method} {request.url}")
        return Response("{}", headers={"Access-Control-Allow-Origin": "*"})

    @api.get("/phi")
    @app.get("/phi")
    def fee() -> str:
        return "0"

    with served(api) as other, served(app) as address:
        control = CONTROLS[what].replace("%s", other)

        @app.get("/ho-so/1")
        def page() -> str:
            return f"<!doctype html><html lang=vi><title>x</title><main><h1>Nộp phí</h1>{control}</main>"

        system, service = stranger(address)
        with travelling(browser, system, service, Attachments(folder, "x", str)) as who:
            view = who.go(f"{address}/ho-so/1")
            button = next(one for one in view.controls if one.name == "Thanh toán")
            return sent_by(who, view, button), came, other


@pytest.mark.parametrize("what", CONTROLS)
def test_nothing_that_a_held_press_sends_arrives(what: str, chromium: Browser, tmp_path: Path) -> None:
    sent, came, other = pressed(chromium, tmp_path, what)
    assert not came
    if what in ("reads", "beacon"):
        assert sent is None
        return
    assert sent is not None and "/pay" in sent.address
    assert sent.method == ("POST" if what in ("own host", "other host", "tracker before") else "GET")
    assert sent.address.startswith(other) is (what == "other host")
