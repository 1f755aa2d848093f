"""Log-in by national e-identity: OpenID Connect, authorization code with PKCE, state and nonce (Authlib)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.clock import now
from portal.places import Places
from portal.records import Citizen
from portal.settings import Settings

_SECONDS = 10


def install(app: Flask) -> None:
    """Make `identity()` work in the requests of `app`."""
    settings: Settings = app.extensions["portal.settings"]
    registry = OAuth(app)
    registry.register(
        "identity",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.identity_url}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile phone email address",
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
            "trust_env": False,  # a proxy or certificate bundle of the machine is none of this connection's business
            **({"verify": str(settings.ca_file)} if settings.ca_file else {}),
        },
    )
    app.extensions["portal.identity_client"] = registry.identity


def identity() -> Any:
    """Authlib's client of the identity provider."""
    return current_app.extensions["portal.identity_client"]


def end_session_address(settings: Settings, id_token: str) -> str:
    """Where the browser ends its session at the provider too (OpenID Connect RP-Initiated Logout 1.0)."""
    query = {"id_token_hint": id_token, "post_logout_redirect_uri": f"{settings.portal_url}/dang-xuat/ket-qua"}
    return f"{settings.identity_url}/oauth/dang-xuat?{urlencode(query)}"


def citizen_of(session: Session, claims: Mapping[str, Any], places: Places) -> Citizen:
    """The citizen whom the claims name; a new account at the first log-in. Commits. Raises KeyError."""
    number, subject = str(claims["SoDinhDanh"]), str(claims["sub"])
    citizen = session.scalars(
        select(Citizen).where(or_(Citizen.identity_sub == subject, Citizen.cccd == number))
    ).first()
    if citizen is None:
        province = next((code for code, name in places.province_options() if name == claims.get("TinhThanh")), None)
        communes = places.commune_options(province)
        citizen = Citizen(
            cccd=number,
            full_name=str(claims["HoVaTen"]),
            birth_date=str(claims.get("NgaySinh", "")),
            gender=str(claims.get("GioiTinh", "")),
            phone=str(claims.get("phone_number", "")),
            email=str(claims.get("email", "")),
            province_code=province,
            commune_code=next((code for code, name in communes if name == claims.get("PhuongXa")), None),
            address=str((claims.get("address") or {}).get("street_address", "")),
            created_at=now(),
        )
        session.add(citizen)
    if citizen.identity_sub != subject:
        citizen.identity_sub = subject
    session.commit()
    return citizen
