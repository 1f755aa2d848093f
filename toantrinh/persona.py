"""Made-up people and organisations: valid in form, marked as test data, the same for the same seed.

A personal identification number (CCCD) is province (3 digits), century and gender (1), year of birth (2), serial (6):
NĐ 137/2015 Đ13. An organisation's tax code ends in a check digit (weights 31, 29, 23, 19, 17, 13, 7, 5, 3, modulo 11).
Serial numbers begin with 99, telephone numbers with 0999000 and mail goes to the reserved domain `example`, so that a
made-up person hardly ever meets a real one.
"""

from __future__ import annotations

import random
from typing import Literal

from pydantic import BaseModel, ConfigDict

from toantrinh.accounts import Account, PersonFacts

Kind = Literal["citizen", "organisation"]
Gender = Literal["nam", "nữ"]

_PLACES = {
    "Thành phố Hà Nội": ("001", ("Phường Hoàn Kiếm", "Phường Ba Đình", "Phường Cầu Giấy", "Xã Sóc Sơn")),
    "Thành phố Hải Phòng": ("031", ("Phường Hồng Bàng", "Phường Ngô Quyền")),
    "Thành phố Huế": ("046", ("Phường Thuận Hóa", "Phường Phú Xuân")),
    "Thành phố Đà Nẵng": ("048", ("Phường Hải Châu", "Phường Sơn Trà")),
    "Thành phố Hồ Chí Minh": ("079", ("Phường Sài Gòn", "Phường Bến Thành")),
    "Thành phố Cần Thơ": ("092", ("Phường Ninh Kiều", "Phường Cái Răng")),
}
_FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
_MIDDLE_NAMES = {"nam": ("Văn", "Đức", "Minh", "Quang"), "nữ": ("Thị", "Ngọc", "Thu", "Thanh")}
_STREETS = ("Hòa Bình", "Thống Nhất", "Hùng Vương", "Lê Lợi", "Trần Phú")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class Persona(BaseModel):
    """Who fills in the form. Dates are dd/mm/yyyy; `address` is house and street, without commune and province.

    `organisation` and `tax_code` are None for a citizen; for an organisation the other facts are its representative's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    full_name: str
    cccd: str
    birth_date: str
    gender: Gender
    phone: str
    email: str
    province: str
    commune: str
    address: str
    card_issued: str
    card_issuer: str = "Bộ Công an"
    nationality: str = "Việt Nam"
    ethnicity: str = "Kinh"
    religion: str = "Không"
    organisation: str | None = None
    tax_code: str | None = None

    @property
    def full_address(self) -> str:
        """House and street, commune, province."""
        return f"{self.address}, {self.commune}, {self.province}"


def make_persona(seed: int, kind: Kind = "citizen") -> Persona:
    """The made-up person or organisation with this number: always the same one."""
    chance = random.Random(f"{kind}-{seed}")
    gender: Gender = chance.choice(("nam", "nữ"))
    year = chance.randint(1965, 2004)
    province, (_, communes) = chance.choice(sorted(_PLACES.items()))
    serial = chance.randrange(10_000)
    name = f"{chance.choice(_FAMILY_NAMES)} {chance.choice(_MIDDLE_NAMES[gender])} Thử Nghiệm"
    return Persona(
        kind=kind,
        full_name=name,
        cccd=cccd(province, gender, year, 990_000 + serial),
        birth_date=f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{year}",
        gender=gender,
        phone=f"0999000{seed % 1000:03}",
        email=f"thu.nghiem.{seed}@{'congdan' if kind == 'citizen' else 'tochuc'}.example",
        province=province,
        commune=chance.choice(communes),
        address=f"Số {chance.randint(1, 199)} đường {chance.choice(_STREETS)}",
        card_issued=f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/2022",
        organisation=f"Công ty TNHH Thử Nghiệm số {seed}" if kind == "organisation" else None,
        tax_code=tax_code(chance.randrange(100_000)) if kind == "organisation" else None,
    )


def from_account(account: Account, *, seed: int = 1) -> Persona:
    """The person behind a test account: what its file tells, and the made-up person number `seed` for the rest.

    A CCCD in the file decides gender, year of birth and, when it is one of ours, province, unless the file tells them.
    """
    person = account.person
    if isinstance(person, str):
        kind, _, person_seed = person.partition("-")
        return make_persona(int(person_seed), "organisation" if kind == "organisation" else "citizen")
    facts = person or PersonFacts()
    made = make_persona(seed, "organisation" if facts.organisation or facts.tax_code else "citizen")
    told = facts.model_dump(exclude_none=True)
    number = told.get("cccd")
    if number is None:
        gender, year = told.get("gender", made.gender), int(told.get("birth_date", made.birth_date)[-4:])
        province = told.get("province", made.province)
        implied = {"cccd": cccd(province if province in _PLACES else made.province, gender, year, int(made.cccd[6:]))}
    else:
        implied = {"gender": gender_of(number), "birth_date": made.birth_date[:6] + str(birth_year_of(number))}
    return made.model_copy(update={**implied, **told})


def cccd(province: str, gender: Gender, birth_year: int, serial: int) -> str:
    """A personal identification number (12 digits) that agrees with the given facts."""
    century = (birth_year // 100 - 19) * 2 + (gender == "nữ")
    return f"{_PLACES[province][0]}{century}{birth_year % 100:02}{serial:06}"


def gender_of(number: str) -> Gender:
    """The gender that a CCCD states: even fourth digit male, odd female."""
    return "nữ" if int(number[3]) % 2 else "nam"


def birth_year_of(number: str) -> int:
    """The year of birth that a CCCD states."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def tax_code(serial: int) -> str:
    """A ten-digit tax code with a right check digit, `serial` (0 to 99,999) or the next that has one."""
    while True:
        body = f"0199{serial % 100_000:05}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, body, strict=True)) % 11
        if check < 10:
            return f"{body}{check}"
        serial += 1


def is_tax_code(code: str) -> bool:
    """True when `code` has ten digits (and perhaps a branch, `-001`) and its check digit is right."""
    head, _, branch = code.partition("-")
    if len(head) != 10 or not head.isdigit() or (branch and not (len(branch) == 3 and branch.isdigit())):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, head, strict=False))
    return 10 - total % 11 == int(head[9])
