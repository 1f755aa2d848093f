"""How the result reaches the citizen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.defects import has_defect
from portal.places import Places
from portal.questions import Answers, Question, problems, read
from portal.records import Citizen, Dossier, Service

ONLINE, POSTAL, IN_PERSON = "online", "postal", "in_person"
TITLES = {
    ONLINE: "Nhận bản điện tử trên Cổng",
    POSTAL: "Nhận qua dịch vụ bưu chính công ích",
    IN_PERSON: "Nhận trực tiếp tại Bộ phận Một cửa",
}
DETAILS = {
    ONLINE: "Tệp PDF có ký số, lưu trong Kho giấy tờ của bạn.",
    POSTAL: "Bản giấy gửi đến địa chỉ của bạn, kèm bản điện tử. Cước trả cho bưu tá.",
    IN_PERSON: "Mang theo giấy tờ tùy thân đến nơi tiếp nhận hồ sơ.",
}


def choices(service: Service) -> tuple[str, ...]:
    """The ways offered for a service. A full-process result never asks for a visit (NĐ 42/2022, Đ11 k1)."""
    if has_defect("result.in-person"):
        return (IN_PERSON,)
    return (IN_PERSON,) if service.level == "mot_phan" else (ONLINE, POSTAL)


def questions() -> list[Question]:
    """The postal address."""
    return [
        Question("nguoi_nhan", "Người nhận", required=True, autocomplete="name", maxlength=80),
        Question("sdt_nhan", "Điện thoại người nhận", "tel", True, autocomplete="tel", maxlength=15),
        Question("tinh_nhan", "Tỉnh, thành phố nhận", "province", True),
        Question("xa_nhan", "Phường, xã, đặc khu nhận", "commune", True, depends_on="tinh_nhan"),
        Question(
            "dia_chi_nhan", "Số nhà, đường, thôn nhận", required=True, autocomplete="street-address", maxlength=200
        ),
    ]


def from_account(citizen: Citizen) -> Answers:
    """The postal address as the account knows it."""
    return {
        "nguoi_nhan": citizen.full_name,
        "sdt_nhan": citizen.phone,
        "tinh_nhan": citizen.province_code or "",
        "xa_nhan": citizen.commune_code or "",
        "dia_chi_nhan": citizen.address,
    }


def read_delivery(service: Service, form: Mapping[str, Any]) -> tuple[str, Answers]:
    """(way, postal address) in a submitted form; an unknown way is empty."""
    way = str(form.get("nhan_ket_qua", ""))
    return (way if way in choices(service) else ""), read(questions(), form)


def delivery_problems(dossier: Dossier, places: Places) -> dict[str, str]:
    """What is wrong with the choice."""
    if dossier.delivery not in choices(dossier.service):
        return {"nhan_ket_qua": "Vui lòng chọn cách nhận kết quả."}
    return problems(questions(), dossier.delivery_address, places) if dossier.delivery == POSTAL else {}


def delivery_line(dossier: Dossier, places: Places) -> str:
    """The chosen way in one line, with the address for the post."""
    title = TITLES.get(dossier.delivery, "")
    if dossier.delivery != POSTAL:
        return title
    sent_to = dossier.delivery_address
    where = places.address(sent_to.get("dia_chi_nhan", ""), sent_to.get("xa_nhan"), sent_to.get("tinh_nhan"))
    return f"{title}: {sent_to.get('nguoi_nhan', '')}, {where}"
