"""Phản ánh, kiến nghị (NĐ 20/2008, amended by NĐ 92/2017): sending, tracking codes, answers."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import b32encode
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.clock import now
from portal.defects import has_defect
from portal.records import Feedback

SUBJECTS = (
    "Góp ý về dịch vụ công",
    "Quy định, thủ tục hành chính",
    "Thái độ, tác phong của cán bộ",
    "Lỗi kỹ thuật của Cổng",
    "Nội dung khác",
)
LONGEST = 2000
_PHONE = re.compile(r"0\d{9,10}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Message:
    """What somebody wrote. `public`: the answer may be published, without the name."""

    name: str
    contact: str
    subject: str
    text: str
    public: bool

    def mistakes(self) -> dict[str, str]:
        """Field → what is wrong with it, in the order of the form; empty when the message can be sent."""
        wrong: dict[str, str] = {}
        if not 2 <= len(self.name) <= 80:
            wrong["ho_ten"] = "Nhập họ và tên, từ 2 đến 80 ký tự."
        if self.contact and not (_MAIL.fullmatch(self.contact) or _PHONE.fullmatch(re.sub(r"[ .-]", "", self.contact))):
            wrong["lien_he"] = "Số điện thoại hoặc thư điện tử chưa đúng, ví dụ 0912345678 hoặc ten@congdan.example."
        if self.subject not in SUBJECTS:
            wrong["linh_vuc"] = "Chọn nội dung phản ánh."
        if not 10 <= len(self.text) <= LONGEST:
            wrong["noi_dung"] = f"Nhập nội dung, từ 10 đến {LONGEST} ký tự."
        return wrong


def new_form() -> str:
    """A name for one shown form: the same form sent twice makes one feedback."""
    return secrets.token_urlsafe(12)


def send(session: Session, message: Message, form: str, key: bytes) -> str:
    """Keep the message and commit; the tracking code follows from `form`, so a repeated send gives the same code."""
    code = tracking_code(form, key)
    if find(session, code) is not None:
        return code
    session.add(
        Feedback(
            tracking_code=code,
            name=message.name,
            contact=message.contact,
            subject=message.subject,
            text=message.text,
            public=message.public,
        )
    )
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
    return code


def tracking_code(form: str, key: bytes) -> str:
    """`PAKN-XXXX-XXXX`: forty bits that only the portal can derive."""
    letters = b32encode(hmac.digest(key, b"feedback:" + form.encode(), hashlib.sha256)[:5]).decode()
    return f"PAKN-{letters[:4]}-{letters[4:]}"


def normal(code: str) -> str:
    """A tracking code as typed by a person, in its official form."""
    bare = re.sub(r"[^A-Z0-9]", "", code.upper()).removeprefix("PAKN")
    return f"PAKN-{bare[:4]}-{bare[4:]}"


def find(session: Session, code: str) -> Feedback | None:
    """The feedback with this tracking code."""
    return session.scalar(select(Feedback).where(Feedback.tracking_code == code))


def published(session: Session, most: int = 5) -> list[Feedback]:
    """The newest answered messages whose senders agreed to publication."""
    query = select(Feedback).where(Feedback.public, Feedback.answered_at.is_not(None))
    return list(session.scalars(query.order_by(Feedback.answered_at.desc()).limit(most)))


def answer(session: Session, feedback: Feedback, text: str, unit: str) -> None:
    """Answer in the name of `unit`; an earlier answer is replaced. The caller commits."""
    if has_defect("feedback.never-answered"):
        return
    feedback.answer = text
    feedback.answered_by = unit
    feedback.answered_at = now()
    session.add(feedback)
