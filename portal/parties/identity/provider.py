"""The OpenID Connect side, on Authlib: authorization code with PKCE (S256), nonce, RS256, user info, end of session."""

from __future__ import annotations

import os
import threading
import time
from functools import cached_property
from pathlib import Path
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import InvalidRequestError, grants
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfoEndpoint
from authlib.oidc.rpinitiated import EndSessionEndpoint
from flask import Flask
from joserfc.jwk import KeySet, RSAKey

from portal.parties.identity.issued import SCOPES, Client, Code, Token
from portal.parties.identity.people import Person, by_subject
from portal.parties.identity.visits import CODE_LIFE, TOKEN_LIFE, Shelf
from portal.settings import Settings

CLIENT_RETURN = "/dang-nhap/ket-qua"
CLIENT_AFTER_LOGOUT = ("", "/", "/dang-xuat", "/dang-xuat/ket-qua", "/dang-nhap")
_KEY_BITS = 2048


class Provider:
    """One provider for one portal. `server` and `protector` are Authlib's."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.identity_url
        self.client = Client(
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            redirect_uri=settings.portal_url + CLIENT_RETURN,
            after_logout=tuple(settings.portal_url + path for path in CLIENT_AFTER_LOGOUT),
        )
        self.codes: Shelf[Code] = Shelf(CODE_LIFE)
        self.tokens: Shelf[Token] = Shelf(TOKEN_LIFE)
        self._key_file = settings.data / "keys" / "identity.pem"
        self._key_lock = threading.Lock()

    def install(self, app: Flask) -> tuple[AuthorizationServer, ResourceProtector]:
        """Authlib's server with this provider's flow, and what protects the user info."""
        app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"authorization_code": TOKEN_LIFE}
        server = AuthorizationServer(app, self._client_by_id, self._save_token)
        server.register_grant(_grant(self), [_id_token(self), StrictChallenge(required=True)])
        protector = ResourceProtector()
        protector.register_token_validator(_validator(self))
        server.register_endpoint(_user_info(self)(resource_protector=protector))
        server.register_endpoint(_end_session(self))
        return server, protector

    @cached_property
    def key(self) -> RSAKey:
        """The signing key, made on first use and kept in the data folder."""
        with self._key_lock:
            return RSAKey.import_key(_private_key(self._key_file), {"use": "sig", "alg": "RS256"})

    @property
    def key_id(self) -> str:
        """The key's thumbprint (RFC 7638)."""
        return str(self.key.thumbprint())

    def public_keys(self) -> dict[str, Any]:
        """The JWK set that clients verify with."""
        return {"keys": [{**self.key.as_dict(private=False), "kid": self.key_id, "use": "sig", "alg": "RS256"}]}

    def discovery(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0 §3."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/oauth/authorize",
            "token_endpoint": f"{self.issuer}/oauth/token",
            "userinfo_endpoint": f"{self.issuer}/oauth/userinfo",
            "jwks_uri": f"{self.issuer}/oauth/jwks",
            "end_session_endpoint": f"{self.issuer}/oauth/dang-xuat",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": list(SCOPES),
            "acr_values_supported": ["urn:dinh-danh:muc-2"],
            "claims_supported": ["sub", "SoDinhDanh", "HoVaTen", "NgaySinh", "GioiTinh", "DiaChi", "TinhThanh",
                                 "PhuongXa", "name", "birthdate", "gender", "address", "phone_number", "email"],
            "ui_locales_supported": ["vi"],
        }  # fmt: skip

    def _client_by_id(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None

    def _save_token(self, token: dict[str, Any], request: Any) -> None:
        kept = Token(request.user.subject, token["scope"], request.client, time.time() + TOKEN_LIFE)
        self.tokens.put(token["access_token"], kept)


class StrictChallenge(CodeChallenge):  # type: ignore[misc]
    """PKCE for every client, and S256 only (RFC 7636 §4.2, RFC 9700 §2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with code_challenge_method=S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


def _grant(provider: Provider) -> type[Any]:
    class AuthorizationCode(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

        def save_authorization_code(self, code: str, request: Any) -> None:
            data = request.payload.data
            kept = Code(
                code=code,
                subject=request.user.subject,
                redirect_uri=request.payload.redirect_uri,
                scope=request.scope,
                nonce=data.get("nonce", ""),
                code_challenge=data.get("code_challenge", ""),
                code_challenge_method=data.get("code_challenge_method", ""),
                auth_time=int(time.time()),
            )
            provider.codes.put(code, kept)

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            # taken, not read: of two requests with one code only one succeeds, and a wrong verifier spends the code
            return provider.codes.take(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            provider.codes.drop(authorization_code)

        def authenticate_user(self, authorization_code: Code) -> Person | None:
            return by_subject(authorization_code.subject)

    return AuthorizationCode


def _id_token(provider: Provider) -> OpenIDCode:
    class IdToken(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return False  # replay is the client's to detect; a page that is opened twice asks twice with one nonce

        def resolve_client_private_key(self, client: Client) -> KeySet:
            return KeySet([provider.key])

        def get_client_algorithm(self, client: Client) -> str:
            return "RS256"

        def get_client_claims(self, client: Client) -> dict[str, Any]:
            return {"iss": provider.issuer, "aud": client.client_id}

        def get_encode_header(self, client: Client) -> dict[str, str]:
            return {"alg": "RS256", "kid": provider.key_id}

        def generate_user_info(self, user: Person, scope: str) -> dict[str, object]:
            return user.claims()

    return IdToken(require_nonce=True)


def _validator(provider: Provider) -> BearerTokenValidator:
    class Validator(BearerTokenValidator):  # type: ignore[misc]
        def authenticate_token(self, token_string: str) -> Token | None:
            return provider.tokens.get(token_string)

    return Validator()


def _user_info(provider: Provider) -> type[Any]:
    class UserInfo(UserInfoEndpoint):  # type: ignore[misc]
        def generate_user_info(self, user: Person, scope: str) -> dict[str, object]:
            return user.claims()

        def get_issuer(self) -> str:
            return provider.issuer

    return UserInfo


def _end_session(provider: Provider) -> type[Any]:
    class EndSession(EndSessionEndpoint):  # type: ignore[misc]
        def get_server_jwks(self) -> KeySet:
            return KeySet([provider.key])

        def get_algorithms(self) -> list[str]:
            return ["RS256"]

        def is_post_logout_redirect_uri_legitimate(
            self, request: Any, post_logout_redirect_uri: str, client: Client, logout_hint: str | None
        ) -> bool:
            return True  # the address is registered for the client and leads nowhere else

        def end_session(self, end_session_request: Any) -> None:
            """The page that calls this forgets the browser's visit."""

    return EndSession


def _private_key(file: Path) -> bytes:
    if file.exists():
        return file.read_bytes()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    file.parent.mkdir(parents=True, exist_ok=True)
    made = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(made)
    return made
