"""The questions of an electronic form: what is asked, what was answered, what is wrong with the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from portal.clock import now
from portal.defects import has_defect
from portal.folding import composed
from portal.places import Places
from portal.records import Citizen, Organisation, Service

Answers = dict[str, Any]
CHOICES = frozenset({"select", "radio", "province", "commune"})
_LIMIT = 2000
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Question:
    """One question.

    `type`: text | textarea | date | number | select | radio | checkbox | province | commune | email | tel.
    `depends_on` names the province that a commune belongs to; `prefill` where the account already knows the answer.
    """

    key: str
    label: str
    type: str = "text"
    required: bool = False
    options: Sequence[Sequence[str]] = ()
    hint: str = ""
    pattern: str = ""
    maxlength: int | None = None
    min: int | None = None
    max: int | None = None
    autocomplete: str = ""
    inputmode: str = ""
    prefill: str = ""
    depends_on: str = ""
    section: str = ""
    readonly: bool = False

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Question:
        """The question that a seed file describes."""
        names = cls.__dataclass_fields__.keys()
        given = {name: value for name, value in facts.items() if name in names and value is not None}
        if given.get("type") == "number" and not given.get("hint"):
            bounds = (("Từ", given.get("min")), ("đến", given.get("max")))
            words = " ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)
            given["hint"] = words[:1].upper() + words[1:]
        return cls(**given)


def questions_of(service: Service) -> list[Question]:
    """The questions of the service's content step."""
    asked = [Question.of(facts) for facts in service.form]
    if service.lien_thong and has_defect("form.parts-ask-again"):
        asked.append(replace(asked[0], key=f"{asked[0].key}_lan_nua", section=service.lien_thong[-1]))
    return asked


def with_places(questions: Sequence[Question], answers: Mapping[str, Any], places: Places) -> list[Question]:
    """The questions with the options of their provinces and communes filled in."""

    def filled(question: Question) -> Question:
        if question.type == "province":
            return replace(question, options=places.province_options(), autocomplete=question.autocomplete or "off")
        if question.type == "commune":
            return replace(question, options=places.commune_options(answers.get(question.depends_on)))
        return question

    return [filled(question) for question in questions]


def prefilled(questions: Sequence[Question], citizen: Citizen, organisation: Organisation | None = None) -> Answers:
    """What the account already knows: nobody is asked twice (TT 32/2017/TT-BTTTT)."""
    if has_defect("form.asks-what-is-known"):
        return {}
    known: dict[str, str | None] = {
        "citizen.province": citizen.province_code,
        "citizen.commune": citizen.commune_code,
        **{
            f"citizen.{name}": getattr(citizen, name)
            for name in (
                "full_name", "cccd", "birth_date", "gender", "phone", "email", "address", "ethnicity", "nationality",
            )
        },
    }  # fmt: skip
    if organisation is not None:
        known |= {
            "organisation.province": organisation.province_code,
            "organisation.commune": organisation.commune_code,
            **{
                f"organisation.{name}": getattr(organisation, name)
                for name in ("tax_code", "name", "address", "phone", "email")
            },
        }
    answers = {}
    for question in questions:
        value = known.get(question.prefill) or ""
        if value and question.options and question.type in ("select", "radio"):
            value = next((key for key, title in question.options if value in (key, title)), "")
        if value:
            answers[question.key] = value
    return answers


def in_own_words(questions: Sequence[Question], answers: Mapping[str, Any]) -> str:
    """What the citizen wrote freely, one answer behind the other; not what the account filled in."""
    free = [one.key for one in questions if one.type in ("text", "textarea") and not one.prefill and not one.pattern]
    return "; ".join(str(answers[key]) for key in free if answers.get(key))


def read(questions: Sequence[Question], form: Mapping[str, Any]) -> Answers:
    """The answers in a submitted form, in precomposed Unicode, dates as dd/mm/yyyy. Nothing is refused here."""
    answers: Answers = {}
    for question in questions:
        if question.readonly:
            continue
        if question.type == "checkbox" and question.options:
            getter = getattr(form, "getlist", None)
            chosen = getter(question.key) if getter else form.get(question.key, [])
            answers[question.key] = [one for one in chosen if any(one == key for key, _ in question.options)]
            continue
        value = composed(str(form.get(question.key, ""))).replace("\r\n", "\n").strip()[:_LIMIT]
        answers[question.key] = _as_date(value) if question.type == "date" else value
    return answers


def problems(questions: Sequence[Question], answers: Mapping[str, Any], places: Places) -> dict[str, str]:
    """What is wrong, per question key, in words for the citizen; empty when all is well."""
    found: dict[str, str] = {}
    for question in with_places(questions, answers, places):
        if question.readonly:
            continue
        text = _problem(question, answers.get(question.key))
        if text:
            found[question.key] = "Dữ liệu không hợp lệ." if has_defect("a11y.errors-say-nothing") else text
    return found


def shown(question: Question, answers: Mapping[str, Any], places: Places) -> str:
    """The answer as a person reads it; empty when there is none."""
    value = answers.get(question.key)
    if not value:
        return ""
    match question.type:
        case "province":
            return places.province_name(value)
        case "commune":
            return places.commune_name(value)
        case "checkbox" if not question.options:
            return "Có"
        case "checkbox":
            return ", ".join(title for key, title in question.options if key in value)
        case "select" | "radio":
            return next((str(title) for key, title in question.options if key == value), str(value))
    return str(value)


def sections(questions: Sequence[Question]) -> dict[str, list[Question]]:
    """The questions by section, in their order."""
    grouped: dict[str, list[Question]] = {}
    for question in questions:
        grouped.setdefault(question.section or "Nội dung đề nghị", []).append(question)
    return grouped


def parsed_date(text: str) -> date | None:
    """The day that `dd/mm/yyyy` names, or None."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        return None


def _problem(question: Question, value: Any) -> str:
    name = question.label[:1].lower() + question.label[1:]
    if not value:
        if not question.required or has_defect("form.no-required-check"):
            return ""
        if question.type == "checkbox":
            return f"Vui lòng đánh dấu: {name}."
        return f"Vui lòng {'chọn' if question.type in CHOICES else 'nhập'} {name}."
    if question.type in CHOICES and value not in {key for key, _ in question.options}:
        return f"Vui lòng chọn {name} trong danh sách."
    text = str(value)
    if has_defect("form.no-format-check"):
        return ""
    match question.type:
        case "date":
            return _date_problem(question, text)
        case "number":
            return _number_problem(question, text)
        case "email" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", text):
            return f"{question.label} chưa đúng định dạng, ví dụ ten@mien.vn."
        case "tel" if not re.fullmatch(r"0\d{9,10}", re.sub(r"[\s.\-]", "", text)):
            return f"{question.label} phải bắt đầu bằng 0 và có 10 hoặc 11 chữ số."
    if question.pattern and not re.fullmatch(question.pattern, text):
        hint = f": {question.hint[:1].lower()}{question.hint[1:].rstrip('.')}" if question.hint else ""
        return f"{question.label} chưa đúng định dạng{hint}."
    if question.maxlength and len(text) > question.maxlength:
        return f"{question.label} không được dài quá {question.maxlength} ký tự."
    return ""


def _date_problem(question: Question, text: str) -> str:
    day = parsed_date(text)
    if day is None or day.year < 1900:
        return f"{question.label} phải là ngày có thật, theo dạng ngày/tháng/năm, ví dụ 05/09/2024."
    if question.key.startswith("ngay_sinh") and day > now().date():
        return f"{question.label} không được ở tương lai."
    return ""


def _number_problem(question: Question, text: str) -> str:
    digits = text.replace(".", "").replace(" ", "")
    if not re.fullmatch(r"-?\d{1,15}", digits):
        return f"{question.label} phải là một số nguyên."
    number = int(digits)
    if question.min is not None and number < question.min:
        return f"{question.label} không được nhỏ hơn {question.min}."
    if question.max is not None and number > question.max:
        return f"{question.label} không được lớn hơn {question.max}."
    return ""


def _as_date(text: str) -> str:
    if found := _ISO_DATE.fullmatch(text):
        return f"{int(found[3]):02d}/{int(found[2]):02d}/{found[1]}"
    if found := _DATE.fullmatch(text.replace(" ", "")):
        return f"{int(found[1]):02d}/{int(found[2]):02d}/{found[3]}"
    return text
