"""Small portals of strangers, served on a free port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cheroot.wsgi import Server
from flask import Flask

from toantrinh.system_model import Service, System
from toantrinh.systems import load_system

MAY = Path(__file__).parents[1] / "strangers" / "may.yaml"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a portal that runs in a thread."""
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()


def stranger(address: str, **service: Any) -> tuple[System, Service]:
    """A system with one service at that address; the rest as in the file of the portal of Mây."""
    system = load_system(str(MAY), base_url=address)
    changed = system.services[0].model_copy(update=service)
    return system.model_copy(update={"services": (changed,)}), changed
