"""What one running portal is told from outside: addresses, data folder, shared secrets, defects, skin."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app

ROOT_CODE = "H99"
PORTAL_NAME = "Cổng Dịch vụ công tỉnh Sao Mai"
OWNER = "Ủy ban nhân dân tỉnh Sao Mai"
OWNER_ADDRESS = "Số 1, đường Hòa Bình, phường Sao Mai, tỉnh Sao Mai"
HOTLINE = "1900 1990"
EMAIL = "hotro@saomai.example"


@dataclass(frozen=True)
class Settings:
    """One portal's settings. Addresses are origins without a trailing slash (`http://127.0.0.1:8080`).

    `http_url`: where plain HTTP leads to HTTPS; empty without TLS.
    """

    portal_url: str
    identity_url: str
    gateway_url: str
    collector_url: str
    data: Path
    captcha_answer: str | None = None
    defects: frozenset[str] = field(default_factory=frozenset)
    secret_key: bytes = b""
    gateway_secret: str = ""
    oidc_client_id: str = "cong-dich-vu-cong-sao-mai"
    oidc_client_secret: str = ""
    emc_site_id: str = "4064"
    tls: bool = False
    ca_file: Path | None = None
    idle_minutes: float = 30
    http_url: str = ""
    skin: str = "modern"

    @classmethod
    def load(
        cls,
        data: Path,
        *,
        portal_url: str,
        identity_url: str,
        gateway_url: str,
        collector_url: str,
        captcha_answer: str | None = None,
        defects: frozenset[str] = frozenset(),
        tls: bool = False,
        ca_file: Path | None = None,
        skin: str = "modern",
        idle_minutes: float = 30,
        http_url: str = "",
    ) -> Settings:
        """Settings with the secrets of the data folder, which are made (owner-only) on the first start.

        Raises OSError when the folder cannot be made or written.
        """
        keys = _secrets(data)
        return cls(
            portal_url=portal_url.rstrip("/"),
            identity_url=identity_url.rstrip("/"),
            gateway_url=gateway_url.rstrip("/"),
            collector_url=collector_url.rstrip("/"),
            data=data,
            captcha_answer=captcha_answer,
            defects=defects,
            secret_key=keys["secret_key"].encode(),
            gateway_secret=keys["gateway_secret"],
            oidc_client_secret=keys["oidc_client_secret"],
            tls=tls,
            ca_file=ca_file,
            skin=skin,
            idle_minutes=idle_minutes,
            http_url=http_url,
        )

    @property
    def database_file(self) -> Path:
        """The SQLite file."""
        return self.data / "portal.sqlite3"

    @property
    def uploads(self) -> Path:
        """The folder of all papers: uploads, e-forms, receipts, results."""
        return self.data / "uploads"


def _secrets(data: Path) -> dict[str, str]:
    names = ("secret_key", "gateway_secret", "oidc_client_secret")
    data.mkdir(parents=True, exist_ok=True)
    file = data / "secrets.json"
    if file.exists():
        known: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        if all(known.get(name) for name in names):
            return known
    made = {name: secrets.token_hex(32) for name in names}
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        json.dump(made, out)
    return made


def current_settings() -> Settings:
    """The settings of the portal that serves this request."""
    settings: Settings = current_app.extensions["portal.settings"]
    return settings
