"""The cookies that a browser context holds: which changed in which step, and who set them.

Their values are compared, not kept.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toantrinh.driver.own_hosts import OwnHosts
from toantrinh.driver.set_cookies import default_path, is_opaque, read_set_cookie
from toantrinh.observations.http_answers import CookieSet, HeldCookie

if TYPE_CHECKING:
    from playwright.sync_api import Response

Key = tuple[str, str, str]  # name, domain without a leading dot, path


class CookieJar:
    """What one context has held so far of the system's own cookies."""

    def __init__(self, own: OwnHosts) -> None:
        self._own = own
        self._prints: dict[Key, str] = {}
        self._held: dict[Key, HeldCookie] = {}
        self._strange: set[Key] = set()  # set by a party on the same host
        self._changed: set[Key] = set()

    def look(self, cookies: Iterable[Mapping[str, Any]], step: str, officer: bool) -> bool:
        """Takes in what the browser holds now; True when something has changed since the last time."""
        now = {_key(cookie): cookie for cookie in cookies if self._own.takes(str(cookie.get("domain", "")))}
        prints = {key: _print(cookie) for key, cookie in now.items()}
        self._changed = {key for key, value in prints.items() if self._prints.get(key) != value}
        for key in self._changed:
            before = self._held.get(key)
            steps = tuple(dict.fromkeys((*(before.changed if before else ()), step)))
            self._held[key] = _held(now[key], officer, steps, before)
        for key in self._prints.keys() - now.keys():
            self._held[key] = self._held[key].model_copy(update={"gone": True})
        changed = bool(self._changed) or self._prints.keys() != prints.keys()
        self._prints = prints
        return changed

    def unexplained(self) -> bool:
        """True while a cookie has changed of which no answer was seen to set it."""
        return bool(self._changed)

    def explain(self, response: Response) -> list[CookieSet]:
        """The cookies that the answer set; its word is taken for those that the browser holds."""
        from playwright.sync_api import Error

        try:
            headers = response.headers_array()
        except Error:  # it has gone with its page
            return []
        place = urlsplit(response.url)
        found = [
            cookie
            for header in headers
            if header["name"].lower() == "set-cookie"
            for line in header["value"].split("\n")
            if (cookie := read_set_cookie(line, default_path(place.path)))
        ]
        own = response.url in self._own
        who = f"{response.request.method} {response.url.split('?')[0]}"
        for cookie in found:
            key = (cookie.name, cookie.domain or (place.hostname or ""), cookie.path)
            (self._strange.discard if own else self._strange.add)(key)
            held = self._held.get(key)
            if held is not None and not cookie.cleared and key in self._prints:
                self._held[key] = held.model_copy(update={"same_site": cookie.same_site, "set_by": who})
            self._changed.discard(key)
        return found

    def held(self) -> tuple[HeldCookie, ...]:
        """The cookies of the system's own hosts, as they were last."""
        return tuple(cookie for key, cookie in self._held.items() if key not in self._strange)


def _key(cookie: Mapping[str, Any]) -> Key:
    return str(cookie["name"]), str(cookie.get("domain", "")).lstrip(".").lower(), str(cookie.get("path", "/"))


def _print(cookie: Mapping[str, Any]) -> str:
    telling = (cookie.get(name) for name in ("value", "domain", "secure", "httpOnly", "sameSite"))
    return hashlib.sha256(repr(tuple(telling)).encode()).hexdigest()


def _held(cookie: Mapping[str, Any], officer: bool, steps: tuple[str, ...], before: HeldCookie | None) -> HeldCookie:
    domain, ends = str(cookie.get("domain", "")), float(cookie.get("expires", -1))
    return HeldCookie(
        name=str(cookie["name"]),
        domain=domain.lstrip(".").lower(),
        host_only=not domain.startswith("."),
        path=str(cookie.get("path", "/")),
        secure=bool(cookie.get("secure")),
        http_only=bool(cookie.get("httpOnly")),
        same_site=before.same_site if before else str(cookie.get("sameSite", "")),
        lifetime_s=None if ends < 0 else round(ends - time.time()),
        opaque=is_opaque(str(cookie.get("value", "")).strip('"')),
        officer=officer,
        changed=steps,
        set_by=before.set_by if before else "",
    )
