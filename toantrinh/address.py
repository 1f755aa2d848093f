"""Whether an address answers, and if not, in which way."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any, Literal

from toantrinh.system_model import is_loopback

AnswerKind = Literal[
    "answers", "error-page", "refused", "no-name", "timeout", "certificate", "tls", "no-http", "network"
]  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """How an address answered one GET (redirects are not followed).

    `kind`: answers (status below 400), error-page (status 400 or more), refused, no-name (the name is unknown),
    timeout, certificate (it answers, but its certificate is not trusted), tls (no secure connection comes about),
    no-http (something else listens there), network (anything else). `status` is that of HTTP, `detail` the words of the
    operating system.
    """

    kind: AnswerKind
    status: int | None = None
    detail: str = ""

    @property
    def is_up(self) -> bool:
        """True when a web server answers there, whatever it says."""
        return self.kind in ("answers", "error-page", "certificate")

    def __str__(self) -> str:
        reason = http.client.responses.get(self.status or 0, "")
        return {
            "answers": f"it answers ({self.status})",
            "error-page": f"it answers with the error page {self.status} {reason}",
            "refused": "the connection is refused: nothing listens there",
            "no-name": "its name is unknown (DNS)",
            "timeout": "it does not answer in time",
            "certificate": f"its certificate is not trusted ({self.detail})",
            "tls": f"no secure connection comes about ({self.detail})",
            "no-http": "something listens there that does not speak HTTP",
            "network": f"it cannot be reached ({self.detail})",
        }[self.kind].strip()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def probe_address(url: str, *, timeout_s: float = 10) -> Answer:
    """How `url` answers one GET within `timeout_s` seconds. Never raises for what the other side does."""
    proxies = urllib.request.ProxyHandler({} if is_loopback(url) else None)
    opener = urllib.request.build_opener(proxies, _NoRedirect)
    request = urllib.request.Request(url, headers={"User-Agent": "toantrinh", "Connection": "close"})
    try:
        with opener.open(request, timeout=timeout_s) as response:
            return Answer("answers", response.status)
    except urllib.error.HTTPError as error:
        error.close()
        return Answer("answers" if error.code < 400 else "error-page", error.code)
    except urllib.error.URLError as error:
        return _failure(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _failure(error)


def _failure(reason: object) -> Answer:
    detail = " ".join(str(getattr(reason, "strerror", None) or reason).split())
    match reason:
        case ssl.SSLCertVerificationError():
            return Answer("certificate", detail=reason.verify_message)
        case ssl.SSLError():
            return Answer("tls", detail=str(reason.reason or detail).replace("_", " ").lower())
        case socket.gaierror():
            return Answer("no-name", detail=detail)
        case TimeoutError():
            return Answer("timeout", detail=detail)
        case ConnectionRefusedError():
            return Answer("refused", detail=detail)
        case http.client.HTTPException():
            return Answer("no-http", detail=detail)
        case _:
            return Answer("network", detail=detail)
