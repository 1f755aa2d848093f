"""As whom a question is asked: a name, and the cookies and headers that make the system take us for that person."""

from __future__ import annotations

import http.cookiejar
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toantrinh.driver.fetching import keep_cookies

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

NAMES = {
    "nobody": "khách chưa đăng nhập",
    "citizen_a": "công dân A",
    "citizen_b": "công dân B",
    "officer": "cán bộ",
}


@dataclass(frozen=True)
class Role:
    """Somebody who asks. `key`: a word for records (`citizen_a`); `name`: as reports say it.

    The cookies are those of a browser `context` that is open, or of an own jar. `headers` are sent with each question,
    such as the Authorization header of a single-page application.
    """

    key: str
    name: str
    context: BrowserContext | None = field(default=None, repr=False)
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def cookies(self, address: str) -> dict[str, str]:
        """The cookies that go to `address`, with their values."""
        if self.context is not None:
            return {cookie["name"]: cookie["value"] for cookie in self.context.cookies(address)}
        request = urllib.request.Request(address)
        self.jar.add_cookie_header(request)
        pairs = (part.partition("=") for part in (request.get_header("Cookie") or "").split("; ") if part)
        return {name: value for name, _, value in pairs}

    def keep(self, given: http.cookiejar.CookieJar) -> None:
        """Takes the cookies of an answer."""
        if self.context is not None:
            keep_cookies(self.context, given)
            return
        for cookie in given:
            self.jar.set_cookie(cookie)

    def secrets(self) -> list[str]:
        """Every value that must not be kept: of cookies and of headers that carry a credential."""
        values = [str(cookie["value"]) for cookie in self.context.cookies()] if self.context is not None else []
        values += [cookie.value or "" for cookie in self.jar]
        values += [value.split(" ", 1)[-1] for value in self.headers.values()]
        return [value for value in values if len(value) >= 8]


def nobody() -> Role:
    """A visitor who has not logged in, with a jar of its own."""
    return Role("nobody", NAMES["nobody"])


def role_of_context(key: str, context: BrowserContext, **headers: str) -> Role:
    """The person who is logged in in an open browser context. Only in the thread of that browser."""
    return Role(key, NAMES.get(key, key), context=context, headers=headers)


def role_of_state(key: str, state: Mapping[str, Any], **headers: str) -> Role:
    """The person of a storage state (Playwright's form): its cookies as they are now, in a jar of its own."""
    jar = http.cookiejar.CookieJar()
    for cookie in state.get("cookies", ()):
        domain = str(cookie.get("domain", ""))
        jar.set_cookie(
            http.cookiejar.Cookie(
                version=0,
                name=cookie["name"],
                value=cookie["value"],
                port=None,
                port_specified=False,
                domain="localhost.local" if domain == "localhost" else domain,
                domain_specified=domain.startswith("."),
                domain_initial_dot=domain.startswith("."),
                path=str(cookie.get("path", "/")),
                path_specified=True,
                secure=bool(cookie.get("secure")),
                expires=None,
                discard=True,
                comment=None,
                comment_url=None,
                rest={"HttpOnly": ""} if cookie.get("httpOnly") else {},
            )
        )
    return Role(key, NAMES.get(key, key), jar=jar, headers=headers)


def frozen(role: Role) -> Role:
    """The same person with the cookies as they are now, in a jar of its own: what the role does later changes nothing.

    To replay an old session, for instance.
    """
    if role.context is not None:
        return role_of_state(role.key, role.context.storage_state(), **role.headers)
    jar = http.cookiejar.CookieJar()
    for cookie in role.jar:
        jar.set_cookie(cookie)
    return Role(role.key, role.name, jar=jar, headers=dict(role.headers))
