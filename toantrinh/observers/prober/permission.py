"""The one function that decides whether a question may be asked at all."""

from __future__ import annotations

from urllib.parse import urlsplit

from toantrinh.observations.exchanges import Ended
from toantrinh.system_model import System, is_loopback

READING = ("GET", "HEAD", "OPTIONS")


def refusal(system: System, method: str, address: str, *, intrusive: bool) -> tuple[Ended, str] | None:
    """Why this question must not be asked, or None.

    A plain GET, HEAD or OPTIONS that disturbs nothing may be asked of every host that the file names. Every other
    method, and what the asker itself calls `intrusive`, only where the authorisation names `intrusive` and the host.
    This machine is free.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return Ended.FOREIGN, "địa chỉ không đọc được"
    if parts.scheme not in ("http", "https") or host not in system.allowed_hosts:
        return Ended.FOREIGN, f"máy chủ {host or address} không có trong hosts"
    if is_loopback(address) or (method in READING and not intrusive):
        return None
    permission = system.authorisation
    covered = permission is not None and (permission.hosts is None or host in permission.hosts)
    if system.is_loopback or not system.may("intrusive") or not covered:
        return Ended.NOT_ALLOWED, f"tệp hệ thống không cho phép thử can thiệp (intrusive) ở {host}"
    return None
