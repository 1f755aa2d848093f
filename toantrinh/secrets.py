"""Secrets: named in files, never written there; never shown, never kept.

A system file holds a *reference* to each secret: `env:NAME` (environment), `keyring:service/name` (keyring of the
operating system), or `public:VALUE` (a published secret of a test system on this machine).
"""

from __future__ import annotations

import hmac
import os
import re
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from toantrinh.mistakes import UserMistake

_HOW = "expected a reference to a secret: env:NAME, keyring:service/name or (on this machine only) public:VALUE"
_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Secret:
    """A text that shows itself only to `reveal()`; as str, repr or in a format it is `•••`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself. Give it to the browser, to nothing else."""
        return self._value

    def __repr__(self) -> str:
        return "•••"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return "•••"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash(("Secret", self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is neither pickled nor copied")


def resolve(reference: str) -> Secret:
    """The secret that `reference` names.

    Raises UserMistake saying which variable to set, or what is wrong with the keyring; never shows a value.
    """
    kind, _, rest = reference.partition(":")
    if kind == "public":
        return Secret(rest)
    if kind == "env":
        value = os.environ.get(rest, "")
        if not value:
            raise UserMistake(f"the environment variable {rest} is not set.", advice=f"Set {rest} and start again.")
        return Secret(value)
    if kind == "keyring":
        service, _, name = rest.partition("/")
        return Secret(_from_keyring(service, name))
    raise UserMistake(_HOW)


def _from_keyring(service: str, name: str) -> str:
    where = f"keyring:{service}/{name}"
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise UserMistake(
            "the package for the keyring is not installed.", where, "Install it: pip install toantrinh[keyring]"
        ) from None
    try:
        value = keyring.get_password(service, name)
    except keyring.errors.KeyringError as error:
        raise UserMistake(f"the keyring does not answer: {error}.", where, "Unlock it, or use env:NAME.") from None
    if not value:
        raise UserMistake("the keyring holds no such secret.", where, f"Store it: keyring set {service} {name}")
    return str(value)


def _no_literal(value: Any) -> Any:
    """Refuses everything that is no reference without ever repeating it."""
    if not isinstance(value, str) or not value.startswith(("env:", "keyring:", "public:")):
        raise ValueError(_HOW + "; the file holds the secret itself (or something else), which is not shown here")
    return value


def _well_formed(value: str, info: ValidationInfo) -> str:
    kind, _, rest = value.partition(":")
    if kind == "env" and not _ENV_NAME.fullmatch(rest):
        raise ValueError("expected env:NAME with the name of an environment variable (letters, digits, _)")
    if kind == "keyring" and not all(rest.partition("/")[::2]):
        raise ValueError("expected keyring:service/name")
    if kind == "public":
        if not rest:
            raise ValueError("expected public:VALUE with a value")
        if (info.context or {}).get("loopback") is False:
            raise ValueError(
                "public: is for test systems on this machine; for another host use env:NAME or keyring:service/name"
            )
    return value


Reference = Annotated[str, BeforeValidator(_no_literal), AfterValidator(_well_formed)]
