"""Made-up people are valid in form, consistent, marked, and the same each time."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from toantrinh.accounts import Account, PersonFacts
from toantrinh.persona import birth_year_of, cccd, from_account, gender_of, is_tax_code, make_persona, tax_code


def account(person: str | PersonFacts | None) -> Account:
    return Account(username="env:A", password="env:B", person=person)


@pytest.mark.parametrize("seed", range(0, 400, 7))
@pytest.mark.parametrize("kind", ["citizen", "organisation"])
def test_a_persona_is_valid_and_agrees_with_itself(seed: int, kind: str) -> None:
    persona = make_persona(seed, kind)  # type: ignore[arg-type]
    born = datetime.strptime(persona.birth_date, "%d/%m/%Y")
    assert re.fullmatch(r"[0-9]{12}", persona.cccd)
    assert (birth_year_of(persona.cccd), gender_of(persona.cccd)) == (born.year, persona.gender)
    assert re.fullmatch(r"0[35789][0-9]{8}", persona.phone)
    assert re.fullmatch(r"[a-z0-9.]+@[a-z]+\.example", persona.email)
    assert persona.commune.startswith(("Phường ", "Xã ")) and persona.province.startswith(("Tỉnh ", "Thành phố "))
    assert datetime.strptime(persona.card_issued, "%d/%m/%Y").year > born.year + 14
    assert "Thử Nghiệm" in persona.full_name
    if kind == "organisation":
        assert is_tax_code(persona.tax_code or "") and "Thử Nghiệm" in (persona.organisation or "")
    else:
        assert persona.tax_code is None and persona.organisation is None


def test_the_same_seed_is_the_same_person_and_another_is_not() -> None:
    assert make_persona(7) == make_persona(7)
    assert len({make_persona(seed).cccd for seed in range(200)}) > 195


@pytest.mark.parametrize(
    ("gender", "year", "digits"), [("nam", 1988, "088"), ("nữ", 1990, "190"), ("nam", 2003, "203"), ("nữ", 2004, "304")]
)
def test_a_cccd_carries_century_gender_and_year(gender: str, year: int, digits: str) -> None:
    assert cccd("Thành phố Hà Nội", gender, year, 990017) == f"001{digits}990017"  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["0300588569", "0300588569-001", "0100109106"])
def test_real_tax_codes_have_a_right_check_digit(code: str) -> None:
    assert is_tax_code(code)


@pytest.mark.parametrize("code", ["0300588568", "030058856", "03005885690", "abcdefghij", "0300588569-1", ""])
def test_wrong_tax_codes_are_known(code: str) -> None:
    assert not is_tax_code(code)


def test_every_made_up_tax_code_is_valid() -> None:
    assert all(is_tax_code(tax_code(serial)) for serial in range(0, 100_000, 997))


def test_an_account_without_a_person_gets_a_made_up_one() -> None:
    assert from_account(account(None), seed=3) == make_persona(3)
    assert from_account(account("organisation-4")) == make_persona(4, "organisation")


def test_the_facts_of_an_account_are_kept_and_the_rest_agrees_with_them() -> None:
    persona = from_account(account(PersonFacts(full_name="Trần Văn Kiểm Thử", cccd="001088000025")))
    assert (persona.full_name, persona.cccd, persona.gender) == ("Trần Văn Kiểm Thử", "001088000025", "nam")
    assert persona.birth_date.endswith("/1988")


def test_a_cccd_is_made_to_agree_with_facts_that_lack_one() -> None:
    persona = from_account(account(PersonFacts(gender="nữ", birth_date="01/02/2001")))
    assert (birth_year_of(persona.cccd), gender_of(persona.cccd)) == (2001, "nữ")
