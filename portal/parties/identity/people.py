"""The people whom the identity provider knows, and how it checks that they are who they say."""

from __future__ import annotations

import base64
import hmac
import time
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import yaml
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS = 6
STEP = 30  # s
_SEED = Path(__file__).parents[2] / "seed" / "people.yaml"


@dataclass(frozen=True)
class Person:
    """One citizen. `number` is the 12-digit number of identification; `birth_date` is `dd/mm/yyyy`."""

    subject: str
    number: str
    full_name: str
    birth_date: str
    gender: str
    phone: str
    email: str
    address: str
    province: str
    commune: str
    password: str
    one_time_secret: str

    def get_user_id(self) -> str:
        """The subject, for Authlib."""
        return self.subject

    def claims(self) -> dict[str, object]:
        """The claims of the national service (FIELD.md §4) and the standard ones of OpenID Connect Core 5.1."""
        day = datetime.strptime(self.birth_date, "%d/%m/%Y").date()
        whole_address = ", ".join(part for part in (self.address, self.commune, self.province) if part)
        return {
            "sub": self.subject,
            "SoDinhDanh": self.number,
            "HoVaTen": self.full_name,
            "NgaySinh": self.birth_date,
            "GioiTinh": self.gender,
            "DiaChi": whole_address,
            "TinhThanh": self.province,
            "PhuongXa": self.commune,
            "name": self.full_name,
            "birthdate": day.isoformat(),
            "gender": "female" if self.gender == "Nữ" else "male",
            "address": {"formatted": whole_address, "street_address": self.address, "region": self.province,
                        "locality": self.commune, "country": "VN"},
            "phone_number": self.phone,
            "phone_number_verified": True,
            "email": self.email,
            "email_verified": True,
        }  # fmt: skip


@cache
def people() -> dict[str, Person]:
    """All people by number of identification."""
    seed = yaml.safe_load(_SEED.read_text(encoding="utf-8"))
    return {one["cccd"]: _person(one) for one in seed["citizens"]}


def by_subject(subject: str) -> Person | None:
    """The person with this subject identifier."""
    return next((person for person in people().values() if person.subject == subject), None)


def with_password(number: str, password: str) -> Person | None:
    """The person when number and password fit. Unknown people cost the same time as wrong passwords."""
    person = people().get(number)
    fits = hmac.compare_digest(password.encode(), (person.password if person else "-").encode())
    return person if person and fits else None


def is_one_time_code(person: Person, code: str) -> bool:
    """True for the person's code of now, of the 30 s before or after (RFC 6238).

    The same code may serve two log-ins at the same time: browsers that test side by side must not wait for each other.
    """
    secret = base64.b32decode(person.one_time_secret)
    generator = TOTP(secret, DIGITS, SHA1(), STEP)
    now = int(time.time())
    return any(hmac.compare_digest(generator.generate(now + shift), code.encode()) for shift in (-STEP, 0, STEP))


def _person(seed: dict[str, str]) -> Person:
    return Person(
        subject=seed["identity_sub"],
        number=seed["cccd"],
        full_name=seed["full_name"],
        birth_date=seed["birth_date"],
        gender=seed["gender"],
        phone=seed["phone"],
        email=seed["email"],
        address=seed["address"],
        province=seed["province"],
        commune=seed["commune"],
        password=seed["password"],
        one_time_secret=seed["totp_secret"],
    )
