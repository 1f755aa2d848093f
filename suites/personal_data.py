"""Looking for the test persons' own data in what leaves the browser: in clear, encoded or plainly hashed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote_plus

from toantrinh.driver.lexicon import fold
from toantrinh.persona import from_account
from toantrinh.redaction import MARK
from toantrinh.system_model import System

# A captcha's answer that the body has lent is secret, but nobody's personal data.
CAPTCHA_PART = re.compile(rf"[\w.-]*(?:captcha|bao-?_?mat|ma-?xac-?nhan)[\w.-]*=[^&;]*{MARK}[^&;]*", re.I)
BETWEEN = re.compile(r"[\s&=?/;,:|#\"'()<>{}\[\]]+")


def personal_facts(system: System) -> dict[str, tuple[str, ...]]:
    """What must not be found, by its Vietnamese name: the facts of every test citizen of the system file."""
    people = [from_account(account) for account in system.accounts.values() if account.person is not None]
    return {
        "họ tên": tuple(person.full_name for person in people),
        "số định danh": tuple(person.cccd for person in people),
        "số điện thoại": tuple(person.phone for person in people),
        "thư điện tử": tuple(person.email for person in people),
    }


def found_in(
    text: str, facts: Mapping[str, tuple[str, ...]], clean: Callable[[str], str] = lambda text: text
) -> list[str]:
    """The names of the facts that a text carries, in clear, percent-encoded, in base64, hex, MD5, SHA-1 or SHA-256.

    `clean` hides the secrets of the system file (an account's name is often the citizen's number), as they are hidden
    in the stored record: there they are found by their mark, where it stands for a whole value. A mark inside a longer
    word is a coincidence of letters.
    """
    plain = clean(_unquoted(text))
    found = [name for name, values in facts.items() if any(_carries(plain, value) for value in values)]
    if not found and MARK in BETWEEN.split(CAPTCHA_PART.sub("", plain)):
        found.append("tài khoản hoặc bí mật của tài khoản thử")
    return found


def _unquoted(text: str) -> str:
    for _ in range(3):
        plain = unquote_plus(text)
        if plain == text:
            break
        text = plain
    return text


def _carries(text: str, value: str) -> bool:
    if not value:
        return False
    if value in text or fold(value) in fold(text):
        return True
    raw = value.encode()
    hashes = (hashlib.new(name, form) for name in ("md5", "sha1", "sha256") for form in (raw, raw.lower()))
    forms = [raw.hex(), *(one.hexdigest() for one in hashes)]
    encoded = [base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")]
    lower = text.lower()
    return any(form in lower for form in forms) or any(form in text for form in encoded if len(form) >= 8)
