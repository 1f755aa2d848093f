"""Which addresses act by themselves when they are asked for: one list for all who send an address again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from toantrinh.driver.lexicon import fold

LONGEST = 4  # words of a part of a path that names an act; a longer one is the title of a page
_BEGINS = (
    "nop", "nop ho so", "gui", "tao", "tao ho so", "tao moi", "them", "them moi", "sua", "cap nhat", "xoa", "huy",
    "rut", "thu hoi", "thanh toan", "binh chon", "bo phieu", "xac nhan", "phe duyet", "dang xuat", "thoat",
    "dang ky nhan", "ky nop", "ky so", "tiep nhan", "thich", "luu lai", "luu nhap", "luu tam", "luu ho so", "tai len",
    "apply", "submit", "send", "create", "add", "update", "save", "upload", "delete", "remove", "cancel", "withdraw",
    "revoke", "pay", "payment", "checkout", "vote", "like", "subscribe", "unsubscribe", "confirm", "approve", "accept",
    "reject", "logout", "log out", "logoff", "log off", "signout", "sign out",
)  # fmt: skip
_WHOLE = ("luu",)  # acts alone; with other words it is something else (lưu trữ)
_ANYWHERE = (
    "xoa", "huy", "rut", "submit", "create", "update", "delete", "remove", "cancel", "withdraw", "unsubscribe",
    "logout", "log out", "dang xuat", "sign out",
)  # fmt: skip
_READS = (
    "huong dan", "cach", "quy dinh", "quy trinh", "hoi dap", "gioi thieu", "thong bao", "tin", "tra cuu", "tim",
    "danh sach", "lich su", "xem", "chi tiet", "ket qua", "trang thai", "bien lai", "bien nhan", "hoa don",
    "dang nhap", "how to", "help", "guide", "get", "list", "find", "search", "view", "show", "count", "detail",
    "history", "status", "result", "receipt", "invoice", "info", "thong ke", "bao cao",
)  # fmt: skip
_DONE = ("da", "bi", "cho", "chua", "duoc", "khong")  # "hồ sơ đã hủy" is a list
_ASKS_FOR_AN_ACT = re.compile(
    r"(?:.* )?(?:action|act|do|cmd|command|method|op|operation|task|event|handler|thao tac|hanh dong|lenh)"
)
_NAMES = ("xoa", "huy", "rut", "thu hoi", "tao", "dang xuat", "xac nhan", "binh chon", "delete", "remove", "cancel",
          "create", "withdraw", "vote", "confirm", "unsubscribe", "logout")  # fmt: skip
_ACCOUNTS = ("tai khoan", "account", "user", "users", "auth", "cong dan", "to chuc", "nguoi dung", "identity")


def acts(address: str) -> bool:
    """True for an address that may hand in, change, take away, pay, vote or log out when it is asked for.

    Whole words of the parts of its path, of names of its parameters, and of values of parameters that name an act; the
    route behind a hash counts, too. What is searched for, and titles of pages, do not.
    """
    parts = urlsplit(address)
    route, _, asked = parts.fragment.partition("?")
    return any(
        _path_acts(path) or any(_pair_acts(*pair) for pair in parse_qsl(query, keep_blank_values=True))
        for path, query in ((parts.path, parts.query), (route, asked))
    )


def _path_acts(path: str) -> bool:
    segments = [_words(segment.partition(";")[0]) for segment in path.split("/")]
    segments = [one for one in segments if one]
    for at, words in enumerate(segments):
        if _segment_acts(words) and not any(_begins(later, _READS) for later in segments[at + 1 :]):
            return True
    return segments[-1:] == ["dang ky"] and len(segments) > 1 and segments[-2] not in _ACCOUNTS


def _segment_acts(words: str) -> bool:
    if len(words.split()) > LONGEST or _begins(words, _READS):
        return False
    if words in _WHOLE or _begins(words, _BEGINS):
        return True
    return any(re.search(rf"(?<!\S){one}(?!\S)", words) and not _is_done(words, one) for one in _ANYWHERE)


def _is_done(words: str, act: str) -> bool:
    return words.partition(act)[0].split()[-1:] in [[one] for one in _DONE]


def _pair_acts(name: str, value: str) -> bool:
    named, said = _words(name), _words(value)
    if named in ("p p lifecycle", "lifecycle"):
        return said in ("1", "action phase")  # Liferay: the action phase
    return named in _NAMES or bool(_ASKS_FOR_AN_ACT.fullmatch(named) and _segment_acts(said))


def _begins(words: str, acting: Iterable[str]) -> bool:
    """True when the words begin with one of these, written apart or together: 'tao ho so', 'taohoso'."""
    first = words.split()[0] if words else ""
    return any(f"{words} ".startswith(f"{one} ") or (" " in one and first == one.replace(" ", "")) for one in acting)


def _words(text: str) -> str:
    """'xacNhan_rut.do' → 'xac nhan rut do'."""
    return fold(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", unquote(text)))
