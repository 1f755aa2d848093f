"""The five steps of an application, and what each still lacks."""

from __future__ import annotations

from portal.applicants import applicant_problems
from portal.delivery import delivery_problems
from portal.payments import is_settled
from portal.places import Places
from portal.questions import problems, questions_of
from portal.records import Dossier
from portal.wording import money

STEPS = {
    "nguoi-nop": "Người nộp",
    "noi-dung": "Nội dung",
    "giay-to": "Giấy tờ",
    "le-phi": "Lệ phí, nhận kết quả",
    "ky-nop": "Kiểm tra, nộp",
}


def step_problems(dossier: Dossier, step: str, places: Places) -> dict[str, str]:
    """What one step lacks, per field key, in words for the citizen."""
    match step:
        case "nguoi-nop":
            return applicant_problems(dossier, places)
        case "noi-dung":
            return problems(questions_of(dossier.service), dossier.answers, places)
        case "giay-to":
            return paper_problems(dossier)
        case "le-phi":
            found = delivery_problems(dossier, places)
            if not is_settled(dossier):
                found["thanh-toan"] = f"Vui lòng thanh toán {money(dossier.fee)} trước khi tiếp tục."
            return found
    return {}


def paper_problems(dossier: Dossier) -> dict[str, str]:
    """The required papers that are missing."""
    held = {file.document_key for file in dossier.files}
    return {
        f"tep-{document.key}": f"Vui lòng đính kèm: {document.name}."
        for document in dossier.service.documents
        if document.required and document.key not in held
    }


def first_open_step(dossier: Dossier, places: Places) -> str:
    """The first step that lacks something; `ky-nop` when all are done."""
    return next((step for step in STEPS if step_problems(dossier, step, places)), "ky-nop")


def step_after(step: str) -> str:
    """The following step."""
    order = list(STEPS)
    return order[min(order.index(step) + 1, len(order) - 1)]


def step_before(step: str) -> str | None:
    """The step before, or None for the first."""
    order = list(STEPS)
    place = order.index(step)
    return order[place - 1] if place else None
