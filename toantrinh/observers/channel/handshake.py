"""One TLS handshake by the standard library, and how it ended: accepted, refused, or nothing that can be told."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from toantrinh.observations.channel import Answer
from toantrinh.observers.channel.patience import Count

ALL = "ALL:COMPLEMENTOFALL"
VERSIONS = {
    "SSL 3": ssl.TLSVersion.SSLv3,
    "TLS 1.0": ssl.TLSVersion.TLSv1,
    "TLS 1.1": ssl.TLSVersion.TLSv1_1,
    "TLS 1.2": ssl.TLSVersion.TLSv1_2,
    "TLS 1.3": ssl.TLSVersion.TLSv1_3,
}
SPOKEN_HERE = {
    "SSL 3": ssl.HAS_SSLv3,
    "TLS 1.0": ssl.HAS_TLSv1,
    "TLS 1.1": ssl.HAS_TLSv1_1,
    "TLS 1.2": ssl.HAS_TLSv1_2,
    "TLS 1.3": ssl.HAS_TLSv1_3,
}
NAMES = {"SSLv2": "SSL 2", "SSLv3": "SSL 3", "TLSv1": "TLS 1.0"} | {f"TLSv1.{n}": f"TLS 1.{n}" for n in (1, 2, 3)}
SHORT_CURVES = ("secp224r1", "prime192v1")
# OpenSSL's reasons when our own library cannot ask, or will not take what the server chose: no refusal of the server.
OURS = (
    "NO_PROTOCOLS_AVAILABLE", "NO_CIPHERS_AVAILABLE", "NO_CIPHER_MATCH", "DH_KEY_TOO_SMALL", "EE_KEY_TOO_SMALL",
    "WRONG_SIGNATURE_TYPE", "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
)  # fmt: skip
# ... and when what came back was no TLS at all.
NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "RECORD_TOO_SMALL")


class Ended(StrEnum):
    """How a handshake ended."""

    DONE = "done"
    ALERT = "alert"  # the server refused in words of TLS, or chose something that was not offered
    BROKEN = "broken"  # it broke the connection off
    NO_TLS = "no-tls"  # it answered something else than TLS
    SILENT = "silent"
    DISTRUSTED = "distrusted"  # the chain was not accepted, `code` says why
    UNABLE = "unable"  # our own library cannot ask this
    UNCONNECTED = "unconnected"  # there is no connection any more


@dataclass(frozen=True)
class Shaken:
    """What came of one handshake. `chain`: the certificates as they were sent (DER).

    `path`: those over which our own library came to an authority that it trusts; empty when it was not asked to.
    """

    ended: Ended
    why: str = ""
    version: str = ""
    suite: str = ""
    chain: tuple[bytes, ...] = ()
    path: tuple[bytes, ...] = ()
    code: int | None = None


@dataclass(frozen=True)
class Host:
    """Where to: the name that is asked for, and the port."""

    name: str
    port: int

    @property
    def server_name(self) -> str | None:
        """The name for SNI; None for an address, which RFC 6066 §3 does not allow there."""
        try:
            ipaddress.ip_address(self.name)
        except ValueError:
            return self.name
        return None


def wide_context(versions: tuple[str, str] = ("TLS 1.0", "TLS 1.3"), ciphers: str = ALL) -> ssl.SSLContext:
    """A client that would take anything between these versions, old and weak included, from anybody.

    Raises ssl.SSLError and ValueError when the local library cannot.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = (VERSIONS[name] for name in versions)
    return context


def short_curve_contexts() -> Iterator[ssl.SSLContext]:
    """Clients that offer one of the short curves alone, as far as the local library has them."""
    for curve in SHORT_CURVES:
        context = wide_context(("TLS 1.0", "TLS 1.2"))
        try:
            context.set_ecdh_curve(curve)
        except (ssl.SSLError, ValueError):
            continue
        yield context


def connect(host: Host, timeout_s: float) -> tuple[socket.socket | None, Answer, str]:
    """A connection, or why there is none."""
    try:
        return socket.create_connection((host.name, host.port), timeout=timeout_s), Answer.TLS, ""
    except socket.gaierror as error:
        return None, Answer.NO_NAME, error.strerror or str(error)
    except (TimeoutError, UnicodeError) as error:
        return None, Answer.SILENT, f"không kết nối được trong {timeout_s:g} giây" if not str(error) else str(error)
    except ConnectionRefusedError:
        return None, Answer.CLOSED, "cổng từ chối kết nối"
    except OSError as error:
        return None, Answer.UNREACHED, error.strerror or str(error)


def shake(host: Host, context: ssl.SSLContext, count: Count) -> Shaken:
    """One connection, one handshake, ended at once. Never raises for what the other side does."""
    if count.handshakes and count.patience.pause_s:
        time.sleep(count.patience.pause_s)
    count.handshakes += 1
    raw, answer, why = connect(host, count.patience.connect_s)
    if raw is None:
        return Shaken(Ended.UNCONNECTED, why or answer.value)
    with raw:
        raw.settimeout(count.patience.handshake_s)  # OpenSSL's handshake as a whole is held to it
        try:
            with context.wrap_socket(raw, server_hostname=host.server_name, do_handshake_on_connect=False) as secure:
                secure.do_handshake()
                chosen = secure.cipher()
                version = NAMES.get(secure.version() or "", secure.version() or "")
                path = _chain(secure, "get_verified_chain") if context.verify_mode == ssl.CERT_REQUIRED else ()
                return Shaken(Ended.DONE, "", version, chosen[0] if chosen else "", _chain(secure), path)
        except ssl.SSLCertVerificationError as error:
            return Shaken(Ended.DISTRUSTED, error.verify_message, code=error.verify_code)
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return Shaken(Ended.BROKEN, "máy chủ ngắt kết nối giữa chừng")
        except ssl.SSLError as error:
            return _refused(error)
        except TimeoutError:
            return Shaken(Ended.SILENT, f"im lặng quá {count.patience.handshake_s:g} giây khi bắt tay")
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or str(error)
            return Shaken(Ended.BROKEN, f"máy chủ ngắt kết nối giữa chừng ({said})")


def _refused(error: ssl.SSLError) -> Shaken:
    reason = str(error.reason or error)
    words = reason.replace("_", " ").lower()
    if reason in OURS:
        return Shaken(Ended.UNABLE, f"OpenSSL của máy đo không làm được ({words})")
    if reason in NO_TLS:
        return Shaken(Ended.NO_TLS, words)
    if "UNEXPECTED_EOF" in reason:
        return Shaken(Ended.BROKEN, "máy chủ ngắt kết nối giữa chừng")
    return Shaken(Ended.ALERT, words)


def _chain(secure: ssl.SSLSocket, which: str = "get_unverified_chain") -> tuple[bytes, ...]:
    """The certificates as the server sent them, or those of the path that was verified; its own first."""
    public = getattr(secure, which, None)  # since Python 3.13
    if public is not None:
        return tuple(public())
    inner = getattr(getattr(secure, "_sslobj", None), which, None)
    sent = inner() if inner else None
    if sent:
        return tuple(ssl.PEM_cert_to_DER_cert(one.public_bytes()) for one in sent)
    own = secure.getpeercert(binary_form=True)
    return (own,) if own else ()
