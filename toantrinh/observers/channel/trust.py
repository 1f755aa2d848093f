"""Whether a chain leads to an authority that is trusted: the question of names, dates and key sizes is another one."""

from __future__ import annotations

import hashlib
import ssl
import warnings
from pathlib import Path

from toantrinh.mistakes import UserMistake
from toantrinh.observations.channel import TrustFacts
from toantrinh.observers.channel.handshake import ALL, Ended, Host, shake
from toantrinh.observers.channel.patience import Count

PUBLIC = "các CA công cộng của máy đo"
NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME
OF_TIME = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, …_CERT_HAS_EXPIRED


def public_trust(host: Host, count: Count) -> TrustFacts:
    """Trust in the authorities that this machine's system knows; not tested where it knows none."""
    context = _context()
    context.load_default_certs()
    if not context.cert_store_stats()["x509_ca"] and not _has_folder():
        return TrustFacts(store=PUBLIC, holds=None, why="máy đo không có kho CA nào để đối chiếu")
    return _trust(host, context, PUBLIC, count)


def named_trust(host: Host, authority: Path, count: Count) -> TrustFacts:
    """Trust in the authorities of a file (PEM) alone. Raises UserMistake when it holds none."""
    context = _context()
    load_authority(context, authority)
    return _trust(host, context, f"CA được nêu ({authority.name})", count)


def load_authority(context: ssl.SSLContext, authority: Path) -> None:
    """Lets `context` trust the authorities of a file. Raises UserMistake when there is no such file or none in it."""
    try:
        context.load_verify_locations(cafile=str(authority))
    except (OSError, ssl.SSLError) as error:
        said = "there is no such file" if isinstance(error, FileNotFoundError) else "no certificate (PEM) is in it"
        raise UserMistake(f"{said}.", str(authority), "Name the file of the authority to trust.") from None


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_REQUIRED
    context.set_ciphers(f"{ALL}:!aNULL:@SECLEVEL=0")
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    return context


def _trust(host: Host, context: ssl.SSLContext, store: str, count: Count) -> TrustFacts:
    got = shake(host, context, count)
    if got.ended is Ended.DISTRUSTED and got.code in OF_TIME:  # a path that is in date goes before one that is not
        context.verify_flags |= NO_CHECK_TIME
        got = shake(host, context, count)
    if got.ended is Ended.DONE:
        return TrustFacts(store=store, holds=True, path=tuple(hashlib.sha256(one).hexdigest() for one in got.path))
    if got.ended is Ended.DISTRUSTED:
        return TrustFacts(store=store, holds=False, code=got.code, why=got.why)
    return TrustFacts(store=store, holds=None, why=got.why or got.ended.value)


def _has_folder() -> bool:
    """True when the system keeps its authorities in a folder, where OpenSSL looks for each one as it needs it."""
    folder = ssl.get_default_verify_paths().capath
    return bool(folder) and any(Path(str(folder)).glob("*.0"))
