"""Four origins in one process: the portal, the identity provider, the payment gateway and the EMC collector.

Ports are bound first (so that every application knows the addresses of the others), then the applications are made,
then all four are served by Cheroot with a pool of threads each.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cheroot import wsgi

from portal.plain_http import Application, on_plain_http
from portal.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

HOST = "127.0.0.1"
ROLES = ("portal", "identity", "gateway", "collector")
THREADS = {"portal": 96, "identity": 24, "gateway": 16, "collector": 12, "redirect": 4}
IDLE_CONNECTIONS = 1000  # kept alive at once, per origin
IDLE_SECONDS = 20
BACKLOG = 512
STOP_WITHIN = 1.2  # s for requests under way
OWN_FILES = ("portal.sqlite3", "gateway.sqlite3", "uploads", "keys", "tls", "secrets.json", "portal.log")


class CannotServe(Exception):
    """The portal cannot start; the message says why and what to do, in one line."""


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for. Port 0 means any free one; `http_port` is used under TLS only."""

    ports: dict[str, int]
    data: Path
    tls: bool = False
    reset: bool = False
    captcha_answer: str | None = None
    defects: frozenset[str] = frozenset()
    http_port: int = 0
    skin: str = "modern"
    idle_minutes: float = 30


class Running:
    """The portal as it runs. `addresses` are the origins by role (`http` is the redirecting one, under TLS)."""

    def __init__(self, wanted: Wanted) -> None:
        """Bind, make the applications, serve. Raises CannotServe, portal.defects.UnknownDefect."""
        self.data = wanted.data
        self._servers: dict[str, wsgi.Server] = {}
        self._parties: dict[str, Flask] = {}
        self._stopped = False
        _prepare_folder(wanted.data, reset=wanted.reset)
        _log_to(wanted.data / "portal.log")
        try:
            self.ca_file = self._bind(wanted)
            self.addresses = self._addresses(tls=wanted.tls)
            _keep_to_this_machine(self.ca_file)
            self._settings = _settings(wanted, self.addresses, self.ca_file)
            self._make_applications()
            self._serve()
        except BaseException:
            self.stop()
            raise

    def warm_up(self) -> None:
        """Load in the background what the first citizen would otherwise wait for."""
        threading.Thread(target=self._load_heavy, name="warm-up", daemon=True).start()

    def stop(self) -> None:
        """Stop listening and give requests under way about a second. Calling it again does nothing."""
        if self._stopped:
            return
        self._stopped = True
        stoppers = [threading.Thread(target=server.stop, daemon=True) for server in self._servers.values()]
        for stopper in stoppers:
            stopper.start()
        until = time.monotonic() + STOP_WITHIN
        for stopper in stoppers:
            stopper.join(max(0.0, until - time.monotonic()))
        if "gateway" in self._parties:
            from portal.parties import gateway

            gateway.close(self._parties["gateway"])

    def _bind(self, wanted: Wanted) -> Path | None:
        own, of_others, ca_file = None, None, None
        if wanted.tls:
            from portal import tls

            files = tls.make(wanted.data / "tls")
            own = tls.TlsAdapter(tls.context(files, files.certificate))
            of_others = tls.TlsAdapter(tls.context(files, files.of_others))
            ca_file = files.authority
        for role in ROLES:
            self._servers[role] = _bound(role, wanted.ports[role], own if role == "portal" else of_others)
        if wanted.tls:
            self._servers["http"] = _bound("http", wanted.http_port, None)
        return ca_file

    def _addresses(self, *, tls: bool) -> dict[str, str]:
        addresses = {}
        for role, server in self._servers.items():
            scheme = "https" if tls and role != "http" else "http"
            addresses[role] = f"{scheme}://{HOST}:{server.bind_addr[1]}"
        return addresses

    def _make_applications(self) -> None:
        settings = self._settings
        with ThreadPoolExecutor(1) as beside:  # filling an empty database hashes passwords, which needs no interpreter
            portal_app = beside.submit(_portal, settings)
            from portal.parties import collector, gateway, identity

            self._parties["identity"] = identity.create_app(settings)
            self._parties["collector"] = collector.create_app(settings)
            self._parties["portal"] = portal_app.result()
        self._parties["gateway"] = gateway.create_app(settings)
        for role, app in self._parties.items():
            self._servers[role].wsgi_app = app
        if "http" in self._servers:
            leading = _redirect_to(self.addresses["portal"])
            self._servers["http"].wsgi_app = on_plain_http(self._parties["portal"], leading)

    def _serve(self) -> None:
        for role, server in self._servers.items():
            thread = threading.Thread(target=server.serve, name=f"serve-{role}", daemon=True)
            thread.start()
        for server in self._servers.values():
            with socket.create_connection(server.bind_addr, timeout=5):
                pass

    def _load_heavy(self) -> None:
        from portal.papers import signature
        from portal.parties import identity

        try:
            identity.warm_up(self._parties["identity"])
            signature.warm_up()
            signature.keys(self.data)
        except Exception:  # whoever needs these things meets the same fault, with a request to report it to
            logging.getLogger("portal").exception("warming up failed")


def _portal(settings: Settings) -> Flask:
    from portal.application import create_app
    from portal.papers import root_certificate

    app = create_app(settings)
    if root_certificate.blueprint.name not in app.blueprints:
        app.register_blueprint(root_certificate.blueprint)
    return app


def _bound(role: str, port: int, adapter: Any) -> wsgi.Server:
    server = wsgi.Server(
        (HOST, port),
        _not_ready,
        numthreads=THREADS.get(role, THREADS["redirect"]),
        server_name="sao-mai",
        request_queue_size=BACKLOG,
        timeout=IDLE_SECONDS,
        shutdown_timeout=1,
    )
    server.ssl_adapter = adapter
    server.keep_alive_conn_limit = IDLE_CONNECTIONS
    server.max_request_header_size = 64 * 1024
    server.error_log = _cheroot_log  # type: ignore[method-assign]  # Cheroot documents it as replaceable
    try:
        server.prepare()
    except OSError as fault:
        raise CannotServe(_port_trouble(role, port, fault)) from fault
    return server


def _port_trouble(role: str, port: int, fault: OSError) -> str:
    option = "--port" if role == "portal" else f"--{role}-port"
    cause = fault.__cause__ or fault
    number = getattr(cause, "errno", None)
    if number in (errno.EACCES, errno.EPERM):
        return f"Port {port} may not be opened by this user. Choose one above 1023 with {option}, or 0 for a free one."
    if number == errno.EADDRINUSE or "in use" in str(fault):
        return f"Port {port} is taken by another program. Choose another with {option}, or 0 for any free one."
    return f"Port {port} cannot be opened ({cause}). Choose another with {option}, or 0 for any free one."


def _prepare_folder(data: Path, *, reset: bool) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        if reset:
            for name in OWN_FILES:
                _remove(data / name)
                for extra in ("-wal", "-shm"):
                    _remove(data / f"{name}{extra}")
        probe = data / ".thu-ghi"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        advice = "Choose another with --data."
        raise CannotServe(f"The data folder {data} cannot be written ({reason}). {advice}") from fault


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _settings(wanted: Wanted, addresses: dict[str, str], ca_file: Path | None) -> Settings:
    return Settings.load(
        wanted.data,
        portal_url=addresses["portal"],
        identity_url=addresses["identity"],
        gateway_url=addresses["gateway"],
        collector_url=addresses["collector"],
        captcha_answer=wanted.captcha_answer,
        defects=wanted.defects,
        tls=wanted.tls,
        ca_file=ca_file,
        skin=wanted.skin,
        idle_minutes=wanted.idle_minutes,
        http_url=addresses.get("http", ""),
    )


def _keep_to_this_machine(ca_file: Path | None) -> None:
    """Whatever proxy or trust store the user's environment names, the four origins speak to each other directly."""
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = f"{HOST},localhost"
    if ca_file is not None:
        os.environ["REQUESTS_CA_BUNDLE"] = str(ca_file)


def _redirect_to(origin: str) -> Application:
    def redirect(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        path = environ.get("REQUEST_URI", "/").split("?", 1)[0]
        target = origin + (path if path.startswith("/") else "/") + query
        start_response("308 Permanent Redirect", [("Location", target), ("Content-Length", "0")])
        return [b""]

    return redirect


def _not_ready(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("503 Service Unavailable", [("Content-Length", "0"), ("Retry-After", "1")])
    return [b""]


def _log_to(file: Path) -> None:
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def _cheroot_log(msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
    logging.getLogger("portal.server").log(level, msg, exc_info=traceback)
