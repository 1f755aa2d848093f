"""Remote signing by PIN: wrong PINs in a row are braked, as the signing service would."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash

from portal.clock import now
from portal.records import Citizen, LoginFailure

MOST_FAILURES = 5
PAUSE = timedelta(minutes=5)


class WrongPin(ValueError):
    """The PIN is missing or wrong, or too many were wrong; the message says which."""


def check_pin(session: Session, citizen: Citizen, pin: str) -> None:
    """Let a right PIN pass. Commits what it counts. Raises WrongPin."""
    account = f"pin:{citizen.id}"
    row = session.get(LoginFailure, account)
    if row is not None and row.failures >= MOST_FAILURES and now() - row.last_at < PAUSE:
        raise WrongPin("Mã PIN đã nhập sai 5 lần. Vui lòng thử lại sau 5 phút.")
    if not pin:
        raise WrongPin("Vui lòng nhập mã PIN ký số.")
    if not citizen.pin_hash:
        raise WrongPin("Tài khoản chưa đăng ký chứng thư ký số từ xa.")
    if check_password_hash(citizen.pin_hash, pin):
        if row is not None:
            session.execute(delete(LoginFailure).where(LoginFailure.account == account))
            session.commit()
        return
    before = row.failures if row is not None and now() - row.last_at < PAUSE else 0
    values = {"failures": before + 1, "last_at": now()}
    counted = insert(LoginFailure).values(account=account, **values)
    session.execute(counted.on_conflict_do_update(index_elements=["account"], set_=values))
    session.commit()
    raise WrongPin("Mã PIN ký số không đúng. Vui lòng nhập lại.")
