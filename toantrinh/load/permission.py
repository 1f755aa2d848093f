"""Whether load may be sent: who allowed it, to which hosts, when, and whether it may write."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from toantrinh.system_model import System

OTHERS = re.compile(  # by the first label of its name: an identity provider, a payment gateway, EMC
    r"(?:^|-)(?:sso\d*|login|log-in|signin|idp?|ids|auth|oauth\d?|authen|accounts?|dang-?nhap|dinh-?danh|xac-?thuc|"
    r"tai-?khoan|vneid|pay|payment|payments|paygate|thanh-?toan|emc|tracking)(?:-|\d*$)",
    re.I,
)


def why_no_load(system: System, now: datetime | None = None) -> str:
    """Why no load may be sent to this system at this moment (any time zone), one sentence; empty when it may.

    This machine may be sent load at any time, unless its file names a window; any other host needs an authorisation
    that covers it, and a window.
    """
    moment = (now or system.now()).astimezone(ZoneInfo(system.timezone))
    if why := _why_not_authorised(system, "load", "gửi tải", moment):
        return why
    window = system.load.window
    if window is None:
        if system.is_loopback:
            return ""
        return "Tệp hệ thống chưa ghi khung giờ được gửi tải (load.window), nên không gửi tải."
    if not system.load.is_open_at(moment.time().replace(tzinfo=None)):
        return f"Ngoài khung giờ được gửi tải {window} (giờ của hệ thống là {moment:%H:%M}), nên không gửi tải."
    return ""


def why_no_writing(system: System, now: datetime | None = None) -> str:
    """Why load may not submit test dossiers to this system, one sentence; empty when it may."""
    moment = (now or system.now()).astimezone(ZoneInfo(system.timezone))
    if why := _why_not_authorised(system, "submit", "nộp hồ sơ thử", moment):
        return why
    if not system.load.submissions_at_most:
        return "Tệp hệ thống không cho tải nộp hồ sơ nào (load.submissions_at_most: 0)."
    return ""


def hosts_allowed(system: System, hosts: Iterable[str]) -> tuple[str, ...]:
    """Of these `host:port` those that the authorisation covers; all on this machine, where that is the system.

    None that another party serves (`is_of_others`).
    """
    own = tuple(one for one in hosts if not is_of_others(one.rpartition(":")[0] or one, system))
    permission = system.authorisation
    if system.is_loopback or permission is None:
        return own if system.is_loopback else ()
    covered = permission.hosts or tuple(system.allowed_hosts)
    return tuple(one for one in own if one.rpartition(":")[0] in covered)


def is_of_others(host: str, system: System) -> bool:
    """Whether a host is called what log-ins, gateways and EMC are called, which are never sent load, whoever owns the
    domain; the host of the system's own address is not."""
    return host.lower() != system.host.lower() and OTHERS.search(host.partition(".")[0]) is not None


def _why_not_authorised(system: System, action: Literal["load", "submit"], words: str, moment: datetime) -> str:
    if not system.why_not(action, today=moment.date()):
        return ""
    permission = system.authorisation
    if permission is None:
        return f"Tệp hệ thống không có văn bản cho phép {words} (authorisation), nên không {words}."
    if action not in permission.allows:
        return f"Văn bản cho phép ({permission.document}) không cho {words}."
    if moment.date() > permission.until:
        return f"Văn bản cho phép ({permission.document}) đã hết hạn ngày {permission.until:%d/%m/%Y}."
    return f"Văn bản cho phép ({permission.document}) không bao gồm máy chủ {system.host}."
