"""Takes out of a question and its answer what must not be kept: cookies, tokens, passwords, personal numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from toantrinh.redaction import MARK, Redactor, mask_tokens

CREDENTIALS = ("authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token", "x-access-token")
_SECRET_NAME = (
    r"(?:[\w.\-]{0,40}(?:token|csrf|xsrf|password|passwd|mat-?_?khau|secret|api_?key|private_?key|access_?key|app_?key|pwd|"
    r"viewstate|eventvalidation|connectionstring)[\w.\-]{0,40}|p_auth|formkey|p_instance|samlresponse|session[_-]?id)"
)
_WITHIN = r"[^<>]{0,500}"  # what stands between two attributes; without a bound an unclosed tag is read without end
_PAIR = re.compile(rf"(?i)\b({_SECRET_NAME})(\"?\s*[=:]\s*)(\"[^\"\n]*\"|'[^'\n]*'|[^\s&;,<>\"']+)")
_FIELD = re.compile(
    rf"(?is)(<(?:input|meta)\b{_WITHIN}\bname=[\"']?{_SECRET_NAME}[\"']?{_WITHIN}\b(?:value|content)=)"
    r"([\"'])[^\"']*(?:\2|\Z)"
)
_FIELD_TURNED = re.compile(
    rf"(?is)(<(?:input|meta)\b{_WITHIN}\b(?:value|content)=)([\"'])[^\"']*\2"
    rf"(?={_WITHIN}\bname=[\"']?{_SECRET_NAME}[\"'\s/>])"
)
_PART = re.compile(
    rf"(?i)(;\s*name=\"{_SECRET_NAME}\"[^\r\n]{{0,200}}\r?\n(?:[^\r\n]{{1,200}}\r?\n){{0,3}}\r?\n)[^\r\n]+"
)  # RFC 7578
_JWT = re.compile(r"\beyJ[\w-]{8,8000}\.[\w-]+(?:\.[\w-]*)?")
_NUMBER = re.compile(r"(?<![\d.])(?:\d{12}|0\d{9})(?![\d.])")  # personal identification numbers, telephones
_CREDENTIAL = re.compile(
    r"token|csrf|xsrf|jwt|api-?key|authorization|secret|(?:^|-)auth$|session(?:-?(?:id|key))?$", re.I
)
_SET_COOKIE = re.compile(r"^([^=;]*=)?[^;]*")


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """`text` without the known `secrets` and without what its form gives away as one."""
    text = Redactor(secrets).clean(text)
    text = _FIELD_TURNED.sub(rf"\g<1>\g<2>{MARK}\g<2>", _FIELD.sub(rf"\g<1>\g<2>{MARK}\g<2>", text))
    text = _PART.sub(rf"\g<1>{MARK}", text)
    text = _PAIR.sub(rf"\g<1>\g<2>{MARK}", text)
    return _NUMBER.sub(MARK, _JWT.sub(MARK, mask_tokens(text)))


def masked_address(address: str, secrets: Iterable[str] = ()) -> str:
    """An address without secrets and personal numbers."""
    return _NUMBER.sub(MARK, _JWT.sub(MARK, mask_tokens(Redactor(secrets).clean(address))))


def masked_headers(headers: Mapping[str, str], secrets: Iterable[str] = ()) -> dict[str, str]:
    """Request headers; of a cookie only the name stays, of a credential its scheme."""
    kept = {}
    for name, value in headers.items():
        if name.lower() == "cookie":
            value = "; ".join(f"{part.partition('=')[0].strip()}={MARK}" for part in value.split(";"))
        elif _is_credential(name):
            value = _scheme_of(value)
        kept[name] = Redactor(secrets).clean(value)
    return kept


def masked_answer(headers: Iterable[tuple[str, str]], secrets: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Response headers; of a cookie that is set, its name and attributes stay."""
    kept = []
    for name, value in headers:
        if name.lower() == "set-cookie":
            value = _SET_COOKIE.sub(rf"\g<1>{MARK}", value, count=1)
        elif _is_credential(name):
            value = _scheme_of(value)
        kept.append((name, masked_address(value, secrets)[:1000]))
    return tuple(kept)


def _is_credential(name: str) -> bool:
    return name.lower() in CREDENTIALS or _CREDENTIAL.search(name) is not None


def _scheme_of(value: str) -> str:
    """Of a credential its scheme, as in `Bearer •••`."""
    return f"{value.partition(' ')[0] if ' ' in value else ''} {MARK}".strip()
