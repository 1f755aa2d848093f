"""The applicant step: who submits, on whose behalf, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.defects import has_defect
from portal.places import Places
from portal.questions import Answers, Question, problems, read
from portal.records import Citizen, Dossier, Organisation, Service

SELF, ORGANISATION = "ban-than", "to-chuc"


def questions_for(citizen: Citizen, service: Service) -> list[Question]:
    """The questions of the step. What identifies the citizen comes from the account and cannot be changed here."""
    about = "Thông tin từ tài khoản định danh"
    reach = "Thông tin liên hệ"
    known = not has_defect("form.asks-what-is-known")
    given: dict[str, Any] = {"readonly": known, "required": not known, "section": about}
    asked = [
        Question("ho_ten", "Họ và tên", autocomplete="name", **given),
        Question("so_dinh_danh", "Số định danh cá nhân", pattern=r"\d{12}", hint="" if known else "12 chữ số", **given),
        Question("ngay_sinh", "Ngày sinh", "text" if known else "date", autocomplete="bday", **given),
        Question("gioi_tinh", "Giới tính", autocomplete="sex", **given),
    ]
    if citizen.organisations and service.audience in ("to_chuc", "ca_hai"):
        organisation = citizen.organisations[0]
        options = ((SELF, "Cá nhân tôi"), (ORGANISATION, f"{organisation.name} (MST {organisation.tax_code})"))
        asked.append(Question("nop_cho", "Nộp hồ sơ cho", "radio", True, options, section=reach))
    asked += [
        Question(
            "dien_thoai", "Số điện thoại", "tel", True, hint="Ví dụ 0912345678", autocomplete="tel",
            maxlength=15, section=reach,
        ),
        Question("thu_dien_tu", "Thư điện tử", "email", autocomplete="email", maxlength=120, section=reach),
        Question("tinh", "Tỉnh, thành phố nơi ở hiện nay", "province", True, section=reach),
        Question("xa", "Phường, xã, đặc khu nơi ở hiện nay", "commune", True, depends_on="tinh", section=reach),
        Question(
            "dia_chi", "Số nhà, đường, thôn", required=True, autocomplete="street-address", maxlength=200, section=reach
        ),
    ]  # fmt: skip
    return asked


def from_account(citizen: Citizen, service: Service) -> Answers:
    """The step as the account fills it in."""
    answers: Answers = {}
    if not has_defect("form.asks-what-is-known"):
        answers = {
            **identity_of(citizen),
            "dien_thoai": citizen.phone,
            "thu_dien_tu": citizen.email,
            "tinh": citizen.province_code or "",
            "xa": citizen.commune_code or "",
            "dia_chi": citizen.address,
        }
    if citizen.organisations and service.audience in ("to_chuc", "ca_hai"):
        answers["nop_cho"] = ORGANISATION if service.audience == "to_chuc" else SELF
    return answers


def identity_of(citizen: Citizen) -> Answers:
    """The read-only part."""
    return {
        "ho_ten": citizen.full_name,
        "so_dinh_danh": citizen.cccd,
        "ngay_sinh": citizen.birth_date,
        "gioi_tinh": citizen.gender,
    }


def read_applicant(dossier: Dossier, form: Mapping[str, Any]) -> Answers:
    """The step's answers in a submitted form; the identity is the account's, whatever was sent."""
    sent = read(questions_for(dossier.citizen, dossier.service), form)
    return sent if has_defect("form.asks-what-is-known") else {**sent, **identity_of(dossier.citizen)}


def applicant_problems(dossier: Dossier, places: Places) -> dict[str, str]:
    """What is wrong with the step."""
    return problems(questions_for(dossier.citizen, dossier.service), dossier.applicant, places)


def organisation_of(dossier: Dossier) -> Organisation | None:
    """The organisation on whose behalf the citizen submits."""
    if dossier.applicant.get("nop_cho") != ORGANISATION:
        return None
    return next(iter(dossier.citizen.organisations), None)
