"""Parameters that name a file, with the path of another: told by the content of a file that holds nothing secret.

`/etc/os-release` stands on every Linux and names only its edition; `win.ini` has said the same since Windows 95. A
detour to a public file of the site proves nothing, as servers normalise paths, and is not tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress

from toantrinh.observers.parameters.asking import Asking, Tried
from toantrinh.observers.parameters.names import is_file_name
from toantrinh.observers.parameters.points import PATH, Parameter
from toantrinh.observers.prober.answer import Answer

LINUX, WINDOWS = "etc/os-release", "Windows/win.ini"
UP = 10  # folders; more than there are ends at the root
_OS_RELEASE = re.compile(
    r'^(?:NAME|ID|ID_LIKE|VERSION|VERSION_ID|PRETTY_NAME|HOME_URL|BUG_REPORT_URL)="?[^\n]{1,200}$', re.M
)
_WIN_INI = (
    re.compile(r"^; for 16-bit app support", re.M | re.I),
    re.compile(r"^\[(?:fonts|extensions|mci extensions)\]", re.M | re.I),
)
_FILE = re.compile(r"[^/\\]+\.[A-Za-z]\w{1,4}$")


def names_a_file(parameter: Parameter) -> bool:
    """True for a value that is the name or path of a file, or a parameter that is called after one."""
    value = parameter.value
    if value.startswith(("http:", "https:", "//")) or " " in value:
        return False
    if _FILE.search(value):
        return True
    return parameter.place != PATH and bool(value) and is_file_name(parameter.name)


def values_of(parameter: Parameter) -> Iterator[tuple[str, str]]:
    """(what it is, value as it goes over the wire)."""
    up = "../" * UP
    yield "../ để nguyên", up + LINUX
    yield "../ mã hóa", up.replace("/", "%2f") + LINUX.replace("/", "%2f")
    yield "../ mã hóa hai lần", up.replace("/", "%252f") + LINUX.replace("/", "%252f")
    yield "đường dẫn tuyệt đối", f"%2f{LINUX.replace('/', '%2f')}"
    yield "..\\ của Windows", (up + WINDOWS).replace("/", "%5c")
    yield "đường dẫn tuyệt đối của Windows", f"C:%5c{WINDOWS.replace('/', '%5c')}"


def try_paths(asking: Asking, parameter: Parameter) -> Tried | None:
    """Everything for one parameter; None when the request as it was seen gives nothing."""
    tried = Tried(parameter, asking.role(parameter.request))
    base = tried.note(asking.base(parameter.request))
    if base.answered and not base.ok:
        return None
    if not base.ok:
        return tried
    for what, value in values_of(parameter):
        answer = tried.note(asking.ask(parameter, value, what, raw=True))
        named = system_file(answer)
        if not named or system_file(base):
            continue
        control = tried.note(asking.ask(parameter, f"{asking.word(parameter)}.txt", "tên tệp không có, để đối chứng"))
        if control.answered and not system_file(control):
            tried.found("file", f"{what} cho ra nội dung {named} của máy chủ", answer, control)
            break
    return tried


def system_file(answer: Answer) -> str:
    """Which file of the operating system the answer holds, by the shape of its content; empty for none."""
    if not answer.answered:
        return ""
    for text in (answer.text, *_strings(answer)):
        text = text.replace("\r\n", "\n")
        if len(_OS_RELEASE.findall(text)) >= 3 and re.search(r"^ID=", text, re.M):
            return f"/{LINUX}"
        if all(pattern.search(text) for pattern in _WIN_INI):
            return "win.ini"
    return ""


def _strings(answer: Answer) -> Iterator[str]:
    """The texts in a JSON answer."""
    if "json" not in answer.kind:
        return
    with suppress(ValueError, RecursionError):
        waiting = [json.loads(answer.text)]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                yield one
            elif isinstance(one, dict):
                waiting += one.values()
            elif isinstance(one, list):
                waiting += one
