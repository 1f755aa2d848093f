"""Running numbers that stay unique however many submit at once: the database counts, not the program."""

from __future__ import annotations

from datetime import date

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from portal.defects import has_defect
from portal.records import Counter
from portal.settings import ROOT_CODE


def next_number(session: Session, name: str) -> int:
    """The next number of the counter `name`, from 1. Others wait until this transaction ends."""
    one = insert(Counter).values(name=name, value=1)
    counted = one.on_conflict_do_update(index_elements=["name"], set_={"value": Counter.value + 1})
    return int(session.execute(counted.returning(Counter.value)).scalar_one())


def dossier_code(session: Session, agency: str, day: date) -> str:
    """A new dossier code (TT 01/2018/TT-VPCP, Đ19), as in `000.00.21.H99-261121-0007`."""
    prefix = f"{agency_prefix(agency)}-{day:%y%m%d}"
    if has_defect("submit.own-code"):
        return f"HS{day:%Y%m%d}{next_number(session, f'dossier:{day:%y%m%d}'):06d}"
    return f"{prefix}-{next_number(session, f'dossier:{prefix}'):04d}"


def receipt_number(session: Session, day: date) -> str:
    """A new number of a payment receipt: `BL-261121-000012`."""
    return f"BL-{day:%y%m%d}-{next_number(session, f'receipt:{day:%y%m%d}'):06d}"


def result_number(session: Session, year: int) -> int:
    """A new number of an issued result, counted within the year."""
    return next_number(session, f"result:{year}")


def agency_prefix(agency: str) -> str:
    """The agency's part of a code (QCVN 102:2016): `H99.21` → `000.00.21.H99`."""
    parts = [part for part in agency.split(".")[1:] if part]
    second = parts[0] if parts else "00"
    third = parts[1] if len(parts) > 1 else "00"
    return f"000.{third:0>2}.{second:0>2}.{ROOT_CODE}"
