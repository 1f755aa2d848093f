"""What the provider issues, in Authlib's terms: to whom (the client), authorization codes, access tokens."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, TokenMixin

from portal.defects import has_defect
from portal.parties.identity.people import Person, by_subject
from portal.parties.identity.visits import TOKEN_LIFE

SCOPES = ("openid", "profile", "email", "phone", "address")


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]
    """The portal as the provider knows it: exact addresses, a secret, one flow."""

    client_id: str
    client_secret: str
    redirect_uri: str
    after_logout: tuple[str, ...]

    @property
    def client_metadata(self) -> dict[str, Any]:
        """What Authlib asks for by name."""
        return {"post_logout_redirect_uris": list(self.after_logout)}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(one for one in (scope or "").split() if one in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri or has_defect("identity.any-return-address")

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(client_secret.encode(), self.client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """An authorization code that has been given out."""

    code: str
    subject: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> str:
        return "urn:dinh-danh:muc-2"

    def get_amr(self) -> list[str]:
        return ["pwd", "otp"]


@dataclass(frozen=True)
class Token(TokenMixin):  # type: ignore[misc]
    """An access token that has been given out."""

    subject: str
    scope: str
    client: Client
    until: float

    def check_client(self, client: Client) -> bool:
        return client.client_id == self.client.client_id

    def get_scope(self) -> str:
        return self.scope

    def get_expires_in(self) -> int:
        return TOKEN_LIFE

    def is_expired(self) -> bool:
        return time.time() > self.until

    def is_revoked(self) -> bool:
        return False

    def get_user(self) -> Person | None:
        return by_subject(self.subject)

    def get_client(self) -> Client:
        return self.client
