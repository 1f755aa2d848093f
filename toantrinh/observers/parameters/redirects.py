"""Parameters that say where to go afterwards, with the address of a stranger, which is never followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from toantrinh.observations.leaks import State
from toantrinh.observers.parameters.asking import Asking, Tried
from toantrinh.observers.parameters.names import is_return_name
from toantrinh.observers.parameters.points import PATH, Parameter
from toantrinh.observers.parameters.where_to import host_of, is_kept_by_form, redirect_of, refresh_of, script_names
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.role import Role
from toantrinh.ownership import at_home

STRANGER = "thu-chuyen-huong.example"  # a name that nobody can have (RFC 2606, 3)
AT_ONCE_S = 1.0  # a refresh after longer leaves time to read and to stay
_OF_PROTOCOL = re.compile(r"(?:^|[?&])(?:client_id|response_type|redirect_uri|SAMLRequest)=", re.I)


def says_where_to(parameter: Parameter, base: str) -> bool:
    """True for a parameter that is called after a way back, or whose value is a path or an address of the system.

    What a log-in protocol prescribes (OpenID Connect, SAML requests) is judged by 4.3.
    """
    if parameter.place == PATH or _OF_PROTOCOL.search(urlsplit(parameter.request.address).query):
        return False
    value = parameter.value
    if value.startswith("/") or (value.startswith(("http:", "https:")) and at_home(value, base)):
        return True
    if not is_return_name(parameter.name):
        return False
    return not value or not re.fullmatch(r"\d+|[\w-]{1,3}", value)


def values_of(base: str) -> Iterator[tuple[str, str, bool]]:
    """(what it is, value, True when it goes over the wire as it is)."""
    own = urlsplit(base).hostname or ""
    yield "địa chỉ https của máy lạ", f"https://{STRANGER}/", False
    yield "hai gạch chéo", f"//{STRANGER}/", False
    yield "gạch chéo ngược", f"/\\{STRANGER}/", False
    yield "https: không có gạch chéo", f"https:{STRANGER}/", False
    yield "phần người dùng mang tên máy này", f"https://{own}@{STRANGER}/", False
    yield "tên máy này đứng đầu tên máy lạ", f"https://{own}.{STRANGER}/", False
    yield "mã hóa hai lần", f"%252f%252f{STRANGER}%252f", True
    yield "ký tự trắng ở giữa", f"/%09/{STRANGER}/", True


def try_redirects(
    asking: Asking, parameter: Parameter, role: Role, goes: Callable[[Role, str], bool | None] | None = None
) -> Tried:
    """Every form as one role; only the first where the answer sends nobody on by itself.

    `goes`: whether a browser goes out by what scripts do (`going`).
    """
    tried = Tried(parameter, role)
    home = asking.prober.system.base_url
    base = tried.note(asking.base(parameter.request, role))
    if not base.answered:
        return tried
    acts = _leads(base)
    for number, (what, value, raw) in enumerate(values_of(home)):
        answer = tried.note(asking.ask(parameter, value, what, raw=raw, role=role))
        if _judge(tried, answer, what, goes):
            return tried
        acts = acts or _leads(answer)
        if number == 0 and not acts:  # it is only shown, or kept for later
            break
    if kept := next((one for one in tried.answers[1:] if is_kept_by_form(one, STRANGER)), None):
        said = "trang giữ địa chỉ lạ trong biểu mẫu gửi đi, chỉ dùng sau khi đăng nhập hay gửi; chưa thử bước đó"
        tried.found("kept", said, kept, state=State.UNSURE)
    return tried


def _judge(tried: Tried, answer: Answer, what: str, goes: Callable[[Role, str], bool | None] | None) -> bool:
    """Notes where the answer sends the browser; True when that is to the stranger."""
    if not answer.answered:
        return False
    if _is_strange(redirect_of(answer), answer):
        tried.found("redirect", f"{what} làm máy chủ chuyển hướng tới {redirect_of(answer)}", answer)
        return True
    seconds, where = refresh_of(answer)
    if _is_strange(where, answer):
        state = State.FOUND if seconds <= AT_ONCE_S else State.UNSURE
        tried.found("refresh", f"{what} làm trang tự chuyển sau {seconds:g} giây tới {where}", answer, state=state)
        return True
    if not script_names(answer, STRANGER):
        return False
    went = goes(tried.role, answer.address) if goes else None
    if went is None:
        said = f"{what}: mã trong trang mang địa chỉ lạ cạnh lệnh chuyển trang, cần người xem trình duyệt có đi không"
        tried.found("script", said, answer, state=State.UNSURE)
    elif went:
        tried.found("script", f"{what} làm mã trong trang đưa trình duyệt tới {STRANGER}", answer)
    return went is not False


def _is_strange(where: str, answer: Answer) -> bool:
    return bool(where) and is_stranger(host_of(where, answer.address))


def is_stranger(host: str) -> bool:
    """True for the stranger's name, and for any below it."""
    return host == STRANGER or host.endswith(f".{STRANGER}")


def _leads(answer: Answer) -> bool:
    """True for an answer that sends the browser on by itself."""
    return bool(redirect_of(answer) or refresh_of(answer)[1])


def roles_for(asking: Asking, nobody: Role) -> Sequence[Role]:
    """A visitor, and the test citizen where there is one: after log-in many pages go on at once."""
    return (nobody, asking.citizen) if asking.citizen is not None else (nobody,)
