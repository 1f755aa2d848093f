"""Portals that share nothing with the reference portal: the way to their form, and cold loads of what was met."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cheroot.wsgi import Server
from flask import Flask
from playwright.sync_api import Browser

from tests.loading.conftest import QUICK
from tests.strangers.chim_portal import Nest, make_chim
from tests.strangers.may_portal import Office, make_portal
from toantrinh.observations.loading import LoadingPage
from toantrinh.observers.loading.form_place import at_form
from toantrinh.observers.loading.one_load import Place
from toantrinh.observers.loading.rounds import observe_loading
from toantrinh.store import Attachments
from toantrinh.systems import load_system

STRANGERS = Path(__file__).parents[1] / "strangers"


@pytest.mark.parametrize(
    ("name", "desk", "made"),
    [("may", Office(), make_portal), ("chim", Nest(), make_chim)],
    ids=["an own log-in, one long form", "a page of scripts"],
)
def test_the_form_opens_again_and_is_measured(
    chromium: Browser, tmp_path: Path, name: str, desk: Any, made: Callable[[Any], Flask]
) -> None:
    server = Server(("127.0.0.1", 0), made(desk))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        base = f"http://127.0.0.1:{server.bind_addr[1]}"
        system = load_system(str(STRANGERS / f"{name}.yaml"), base_url=base)
        attachments = Attachments(tmp_path, "loading/quiet", str)
        with at_form(chromium, system, system.services[0], attachments) as way:
            assert way.form is not None, way.why
            places = [Place(LoadingPage.HOME, f"{base}/"), way.form]
            record = observe_loading(chromium, system, places, {}, attachments, profile=QUICK, rounds=2)
    finally:
        server.stop()

    for page in (LoadingPage.HOME, LoadingPage.FORM):
        loads = record.of(page)
        assert len(loads.loads) >= 2, loads.lost
        assert all(one.first_content_ms and one.speed_index_ms for one in loads.loads)
    assert not (desk.dossiers if isinstance(desk, Office) else desk.taken)  # nothing was handed in
