"""The life of a handed-in dossier: every change of its status goes through here, whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.clock import now
from portal.defects import has_defect
from portal.delivery import IN_PERSON
from portal.dossier_papers import keep_paper, signed_results
from portal.folding import slug
from portal.notices import notify
from portal.payments import DEMAND_PAID, is_demand_settled
from portal.places import current_places
from portal.records import (
    Dossier,
    DossierEvent,
    Officer,
    Rating,
    Signature,
    StoredDocument,
    SupplementRequest,
)
from portal.settings import current_settings
from portal.statuses import TRANSITIONS, Status
from portal.wording import money


class RuleBroken(Exception):
    """What was asked for is not possible now; the message says why, to the person who asked."""


def receive(session: Session, dossier: Dossier, officer: Officer, note: str = "") -> None:
    """Tiếp nhận. Commits. Raises RuleBroken."""
    _move(session, dossier, Status.RECEIVED, "Tiếp nhận hồ sơ", officer, note)


def reject(session: Session, dossier: Dossier, officer: Officer, reason: str) -> None:
    """Không tiếp nhận, with its reason. Commits. Raises RuleBroken."""
    _move(session, dossier, Status.REFUSED, "Không tiếp nhận hồ sơ", officer, _needed(reason, "lý do không tiếp nhận"))


def process(session: Session, dossier: Dossier, officer: Officer, note: str = "") -> None:
    """Chuyển xử lý. Commits. Raises RuleBroken."""
    _move(session, dossier, Status.PROCESSING, "Chuyển xử lý hồ sơ", officer, note)


def stop(session: Session, dossier: Dossier, officer: Officer, reason: str) -> None:
    """Dừng xử lý, with its reason. Commits. Raises RuleBroken."""
    _move(session, dossier, Status.STOPPED, "Dừng xử lý hồ sơ", officer, _needed(reason, "lý do dừng xử lý"))


def approve(session: Session, dossier: Dossier, officer: Officer, note: str = "") -> None:
    """Phê duyệt: the case is decided. Commits. Raises RuleBroken; only a leader may."""
    _leader_only(officer)
    _move(session, dossier, Status.PROCESSED, "Phê duyệt kết quả", officer, note)


def request_supplement(
    session: Session, dossier: Dossier, officer: Officer, reason: str,
    items: Sequence[str] = (), due_on: date | None = None,
) -> SupplementRequest:  # fmt: skip
    """Yêu cầu bổ sung: `items` are keys of the service's documents. Commits. Raises RuleBroken."""
    reason = _needed(reason, "nội dung cần bổ sung")
    _move(session, dossier, Status.SUPPLEMENT_ASKED, "Yêu cầu bổ sung giấy tờ", officer, reason, commit=False)
    request = SupplementRequest(
        dossier_id=dossier.id, officer=officer.name, reason=reason, items=list(items), due_on=due_on
    )
    session.add(request)
    session.commit()
    session.refresh(dossier, ["supplements"])
    return request


def demand_fee(session: Session, dossier: Dossier, officer: Officer, amount: int, reason: str) -> None:
    """Yêu cầu thực hiện nghĩa vụ tài chính of `amount` đồng. Commits. Raises RuleBroken."""
    if not 1000 <= amount <= 10_000_000_000:
        raise RuleBroken("Số tiền phải từ 1.000 đồng trở lên.")
    reason = _needed(reason, "căn cứ thu")
    note = f"{money(amount)}: {reason}"
    _move(session, dossier, Status.FEE_DEMANDED, "Yêu cầu thực hiện nghĩa vụ tài chính", officer, note, commit=False)
    dossier.demanded_fee, dossier.demanded_reason = amount, reason
    session.commit()


def demanded_fee_paid(session: Session, dossier: Dossier) -> None:
    """Go on with the case once the demanded fee has been booked; otherwise nothing happens. Commits."""
    if dossier.status == Status.FEE_DEMANDED and is_demand_settled(dossier):
        back = Status(dossier.status_before or Status.RECEIVED)
        _move(session, dossier, back, DEMAND_PAID, None, money(dossier.demanded_fee or 0), commit=False)
        dossier.demanded_fee = None
        session.commit()


def answer_supplement(session: Session, dossier: Dossier, answer: str) -> None:
    """The citizen's answer to the open request; the case goes on where it stood. Commits. Raises RuleBroken."""
    request = open_supplement(dossier)
    if request is None:
        raise RuleBroken("Không có yêu cầu bổ sung nào đang chờ trả lời.")
    request.answered_at, request.answer = now(), answer
    back = Status(dossier.status_before or Status.REGISTERED)
    _move(session, dossier, back, "Công dân đã bổ sung hồ sơ", None, answer)


def open_supplement(dossier: Dossier) -> SupplementRequest | None:
    """The request for more papers that waits for the citizen."""
    if dossier.status != Status.SUPPLEMENT_ASKED or has_defect("supplement.silent"):
        return None
    return next((one for one in reversed(dossier.supplements) if one.answered_at is None), None)


def withdraw(session: Session, dossier: Dossier, reason: str) -> None:
    """Rút hồ sơ, at the citizen's wish. Commits. Raises RuleBroken."""
    reason = _needed(reason, "lý do rút hồ sơ")
    _move(session, dossier, Status.WITHDRAWN, "Công dân rút hồ sơ", None, reason, commit=False)
    dossier.finished_at = now()
    session.commit()


def can_withdraw(dossier: Dossier) -> bool:
    """True while the citizen may still withdraw."""
    if has_defect("withdraw.missing"):
        return False
    return dossier.status != Status.DRAFT and Status.WITHDRAWN in TRANSITIONS[dossier.state]


def issue_result(session: Session, dossier: Dossier, officer: Officer, note: str = "") -> None:
    """Trả kết quả: the signed paper goes to the dossier and to the citizen's store. Commits. Raises RuleBroken."""
    _leader_only(officer)
    if Status.RETURNED not in TRANSITIONS[dossier.state]:
        raise RuleBroken(f"Không trả kết quả được khi hồ sơ ở trạng thái “{dossier.state.title}”.")
    settings = current_settings()
    papers = []
    if dossier.delivery != IN_PERSON:
        for title, pdf in signed_results(session, dossier, officer, current_places(), settings):
            papers.append((title, keep_paper(dossier, settings, "ket-qua", "result", f"{slug(title)[:60]}.pdf", pdf)))
    _move(session, dossier, Status.RETURNED, "Trả kết quả", officer, note, commit=False)
    dossier.finished_at = now()
    for title, paper in papers:
        session.add(paper)
        session.flush()
        if has_defect("result.not-kept"):
            continue
        session.add(Signature(dossier_id=dossier.id, file_id=paper.id, kind="agency", subject=dossier.agency.name))
        session.add(
            StoredDocument(
                citizen_id=dossier.citizen_id, kind=f"ket_qua:{dossier.service_code}", title=title,
                number=dossier.code or "", origin="result", name=paper.name, media_type=paper.media_type,
                size=paper.size, sha256=paper.sha256, path=paper.path, dossier_id=dossier.id,
            )
        )  # fmt: skip
    session.commit()
    session.refresh(dossier)


def rate(session: Session, dossier: Dossier, stars: int, comment: str) -> None:
    """The citizen's rating, once, after the case is closed. Commits. Raises RuleBroken."""
    if not can_rate(dossier):
        raise RuleBroken("Hồ sơ này đã được đánh giá hoặc chưa có kết quả.")
    if not 1 <= stars <= 5:
        raise RuleBroken("Vui lòng chọn từ 1 đến 5 sao.")
    if dossier.rating is not None:
        dossier.rating.stars, dossier.rating.comment = stars, comment[:1000]
    else:
        session.add(Rating(dossier_id=dossier.id, stars=stars, comment=comment[:1000]))
    session.commit()
    session.refresh(dossier, ["rating"])


def can_rate(dossier: Dossier) -> bool:
    """True when the result is there and has not been rated."""
    again = has_defect("rating.again")
    return dossier.status == Status.RETURNED and (dossier.rating is None or again)


def _move(
    session: Session, dossier: Dossier, to: Status, title: str, officer: Officer | None, note: str,
    *, commit: bool = True,
) -> None:  # fmt: skip
    before = dossier.state
    if to not in TRANSITIONS[before]:
        raise RuleBroken(f"Không thực hiện được khi hồ sơ ở trạng thái “{before.title}”.")
    moved = session.execute(
        update(Dossier)
        .where(Dossier.id == dossier.id, Dossier.status == before.value)
        .values(
            status=to.value,
            status_before=before.value,
            changed_at=now(),
            officer_name=officer.name if officer else dossier.officer_name,
            finished_at=now() if to in (Status.REFUSED, Status.STOPPED) else dossier.finished_at,
        )
    )
    if not moved.rowcount:  # type: ignore[attr-defined]
        session.rollback()
        raise RuleBroken("Hồ sơ vừa được người khác xử lý. Vui lòng tải lại trang.")
    unit = officer.agency.name if officer else "Công dân"
    add_event(session, dossier, to, title, unit=unit, officer=officer.name if officer else "", note=note)
    if officer is not None and not (has_defect("supplement.silent") and to is Status.SUPPLEMENT_ASKED):
        text = f"Hồ sơ {dossier.code}: {to.title.lower()}."
        notify(session, dossier, title, f"{text} {note}".strip())
    if commit:
        session.commit()


def add_event(
    session: Session, dossier: Dossier, status: Status, title: str, *, unit: str, officer: str = "", note: str = ""
) -> None:
    session.add(
        DossierEvent(
            dossier_id=dossier.id, status=status.value, title=title, unit=unit, officer=officer, note=note
        )
    )  # fmt: skip


def _needed(text: str, what: str) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise RuleBroken(f"Vui lòng nhập {what}.")
    return cleaned[:2000]


def _leader_only(officer: Officer) -> None:
    if officer.role != "lanh_dao":
        raise RuleBroken("Chỉ lãnh đạo được phê duyệt và trả kết quả.")
