"""What a citizen has here: dossiers, notices, stored papers, account."""

from __future__ import annotations

from math import ceil

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from portal.accounts import citizen_only, the_citizen
from portal.citizen.drafting import with_choices
from portal.citizen.pages import blueprint
from portal.citizen.sent_papers import sent
from portal.clock import now
from portal.database import current_session
from portal.defects import has_defect
from portal.notices import mark_read, notices_of
from portal.paper_kinds import KINDS
from portal.places import current_places
from portal.questions import Question, problems, read
from portal.records import Dossier, StoredDocument
from portal.settings import current_settings
from portal.statuses import Status
from portal.storage import keep
from portal.uploads import RefusedFile, examine

PAGE = 10
STORE_TYPES = ("pdf", "jpg", "png")
STORE_BYTES = 5 * 1024 * 1024
KINDS_OF_LIST = {
    "": "Tất cả",
    "nhap": "Bản nháp",
    "dang-xu-ly": "Đang giải quyết",
    "cho-toi": "Chờ tôi bổ sung, thanh toán",
    "da-xong": "Đã kết thúc",
}
_STATUSES = {
    "nhap": (Status.DRAFT,),
    "dang-xu-ly": (Status.REGISTERED, Status.RECEIVED, Status.PROCESSING, Status.PROCESSED),
    "cho-toi": (Status.SUPPLEMENT_ASKED, Status.FEE_DEMANDED),
    "da-xong": (Status.RETURNED, Status.REFUSED, Status.WITHDRAWN, Status.STOPPED),
}


@blueprint.get("/ho-so-cua-toi")
@citizen_only
def my_dossiers() -> ResponseReturnValue:
    """The citizen's dossiers, drafts among them, newest first."""
    kind = request.args.get("loai", "")
    query = select(Dossier).where(Dossier.citizen_id == the_citizen().id)
    if has_defect("draft.lost"):
        query = query.where(Dossier.status != Status.DRAFT.value)
    if kind in _STATUSES:
        query = query.where(Dossier.status.in_([status.value for status in _STATUSES[kind]]))
    session = current_session()
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, ceil(total / PAGE))
    asked = request.args.get("trang", "1")
    number = min(int(asked), pages) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked) else 1
    rows = session.scalars(
        query.order_by(Dossier.changed_at.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
        .options(selectinload(Dossier.service), selectinload(Dossier.agency), selectinload(Dossier.payments))
    ).all()
    return render_template(
        "citizen/my_dossiers.html",
        dossiers=rows, kinds=KINDS_OF_LIST, kind=kind, total=total, number=number, pages=pages,
    )  # fmt: skip


@blueprint.get("/thong-bao")
@citizen_only
def notices() -> ResponseReturnValue:
    """The citizen's notices; looking at them marks them read."""
    session = current_session()
    found = notices_of(session, the_citizen())
    page = render_template("citizen/notices.html", notices=found)
    if any(notice.read_at is None for notice in found):
        mark_read(session, the_citizen())
        session.commit()
    return page


@blueprint.route("/tai-khoan", methods=["GET", "POST"])
@citizen_only
def account() -> ResponseReturnValue:
    """The account: what identifies the citizen, and the contact data that can be changed."""
    citizen, places = the_citizen(), current_places()
    asked = [
        Question("dien_thoai", "Số điện thoại", "tel", True, autocomplete="tel", maxlength=15),
        Question("thu_dien_tu", "Thư điện tử", "email", autocomplete="email", maxlength=120),
        Question("tinh", "Tỉnh, thành phố nơi ở hiện nay", "province", True),
        Question("xa", "Phường, xã, đặc khu nơi ở hiện nay", "commune", True, depends_on="tinh"),
        Question("dia_chi", "Số nhà, đường, thôn", required=True, autocomplete="street-address", maxlength=200),
    ]
    errors: dict[str, str] = {}
    if request.method == "POST":
        answers = read(asked, request.form)
        errors = {} if request.form.get("thao-tac") == "cap-nhat" else problems(asked, answers, places)
        if not errors and request.form.get("thao-tac") != "cap-nhat":
            citizen.phone, citizen.email = answers["dien_thoai"], answers["thu_dien_tu"]
            citizen.province_code, citizen.commune_code = answers["tinh"], answers["xa"]
            citizen.address = answers["dia_chi"]
            current_session().commit()
            flash("Đã lưu thông tin liên hệ.", "success")
            return redirect(url_for("citizen.account"), 303)
    else:
        answers = {
            "dien_thoai": citizen.phone,
            "thu_dien_tu": citizen.email,
            "tinh": citizen.province_code,
            "xa": citizen.commune_code,
            "dia_chi": citizen.address,
        }
    page = render_template(
        "citizen/account.html", questions=with_choices(asked, answers), answers=answers, errors=errors
    )
    return page


@blueprint.route("/kho-giay-to", methods=["GET", "POST"])
@citizen_only
def paper_store() -> ResponseReturnValue:
    """The citizen's papers: results of earlier dossiers, and what was put in by hand."""
    citizen, session = the_citizen(), current_session()
    errors: dict[str, str] = {}
    if request.method == "POST":
        kind, sent_file = request.form.get("loai_giay_to", ""), request.files.get("tep")
        if kind not in KINDS:
            errors["loai_giay_to"] = "Vui lòng chọn loại giấy tờ."
        try:
            name = sent_file.filename or "" if sent_file else ""
            if not name or sent_file is None:
                raise RefusedFile("Vui lòng chọn tệp.")
            file = examine(name, sent_file.read(), STORE_TYPES, STORE_BYTES)
        except RefusedFile as refused:
            errors["tep"] = str(refused)
        if not errors:
            kept = keep(current_settings().uploads, file.content)
            session.add(
                StoredDocument(
                    citizen_id=citizen.id, kind=kind, title=KINDS[kind], name=file.name, media_type=file.media_type,
                    size=kept.size, sha256=kept.sha256, path=kept.path, stored_at=now(),
                )
            )  # fmt: skip
            session.commit()
            flash("Đã thêm giấy tờ vào kho.", "success")
            return redirect(url_for("citizen.paper_store"), 303)
    query = select(StoredDocument).where(StoredDocument.citizen_id == citizen.id)
    papers = session.scalars(query.order_by(StoredDocument.stored_at.desc())).all()
    page = render_template(
        "citizen/paper_store.html", papers=papers, kinds=KINDS, errors=errors,
        chosen=request.form.get("loai_giay_to", ""),
        types=list(STORE_TYPES), max_bytes=STORE_BYTES,
    )  # fmt: skip
    return page


@blueprint.get("/kho-giay-to/<paper_id>")
@citizen_only
def stored_paper(paper_id: str) -> ResponseReturnValue:
    """One paper of the store."""
    paper = current_session().get(StoredDocument, paper_id)
    if paper is None or paper.citizen_id != the_citizen().id:
        abort(404)
    return sent(paper, download="tai" in request.args)
