"""Answers to the questions of a form that was never seen before, given as the persona.

Order: the system file's own answers (by label), the words of `answers.yaml`, then what type, pattern and limits allow.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from toantrinh.driver.eyes import Control
from toantrinh.driver.lexicon import fold
from toantrinh.persona import Persona

MARK = "Kiểm thử"
PLACES = ("province", "commune")
FIRST_WORDS = 20  # letters: "Phường, xã nơi thường trú" asks for the commune, not for an address
DATE_ASKED = r"dd mm yyyy|ngay thang nam|ngay co that|dinh dang ngay"
NUMBER_ASKED = r"so nguyen|phai la so|chi gom chu so|chi nhap so|tu \d+ den \d+|nhieu nhat \d+|toi da \d+$|lon hon \d+"
_EMPTY_OPTION = ("chon", "lua chon", "tat ca", "vui long chon", "select", "choose", "chua chon")


@cache
def _table() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "answers.yaml").read_text(encoding="utf-8"))
    return tuple((row["fact"], tuple(fold(word) for word in row["words"])) for row in rows)


def fact_asked(label: str) -> str | None:
    """Which fact of the persona a label asks for; None when no word fits.

    The longest fitting words win: "ngày sinh của mẹ" is a date of birth before it is a mother's name.
    """
    folded = f" {fold(label)} "
    fitting = [
        (len(word) + (FIRST_WORDS if fact in PLACES and folded.startswith(f" {word} ") else 0), -at, fact)
        for at, (fact, words) in enumerate(_table())
        for word in words
        if f" {word} " in folded
    ]
    return max(fitting)[2] if fitting else None


class Answerer:
    """Answers as one persona. `given`: answers of the system file, {label: value}, compared folded."""

    def __init__(self, persona: Persona, given: Mapping[str, str], today: datetime.date | None = None) -> None:
        self._persona, self._today = persona, today or datetime.date.today()
        self._given = {fold(label): value for label, value in given.items()}

    def given(self, control: Control) -> str | None:
        """The answer of the system file for this field, if it has one."""
        return self._given.get(fold(control.label))

    def text(self, control: Control, attempt: int = 0) -> str | None:
        """What to write into a text field; None when nothing sensible is known. Later attempts try something else."""
        if (own := self.given(control)) is not None:
            return own
        fact = fact_asked(control.label)
        if fact == "otherwise":
            return None
        if attempt >= 2 and control.error and not (control.required or control.marked):
            return ""  # refused twice and not needed: leave it empty
        made = self._of_type(control, fact) or self._of_fact(fact, control)
        if made is None and control.inputmode in ("numeric", "decimal"):
            made = _number(control)
        if made is None and fold(control.label).startswith("ngay "):
            made = f"{self._date(fact):%d/%m/%Y}"
        value = made or f"{MARK} {control.label}".strip()
        value = self._by_pattern(control, value, attempt)
        return value[: control.maxlength] if control.maxlength else value

    def date(self, control: Control) -> str:
        """The date (dd/mm/yyyy) for a field that takes dates alone."""
        return f"{self._date(fact_asked(control.label)):%d/%m/%Y}"

    def _of_type(self, control: Control, fact: str | None) -> str | None:
        if control.type in ("date", "datetime-local", "month"):
            day = self._date(fact)
            return {"date": f"{day:%Y-%m-%d}", "datetime-local": f"{day:%Y-%m-%dT09:00}", "month": f"{day:%Y-%m}"}[
                control.type
            ]
        if control.type == "time":
            return "09:00"
        if control.type == "number" or control.role == "spinbutton":
            return _number(control)
        if control.type == "email":
            return self._persona.email
        if control.type == "tel":
            return self._persona.phone
        if control.type == "url":
            return "https://example.invalid/"
        return None

    def _of_fact(self, fact: str | None, control: Control) -> str | None:
        person = self._persona
        if fact and fact.endswith("_date"):
            return f"{self._date(fact):%d/%m/%Y}"
        made_up = {
            "child_name": "Nguyễn Bé Thử Nghiệm",
            "deceased_name": "Nguyễn Văn Cố Thử Nghiệm",
            "father_name": "Trần Văn Cha Thử Nghiệm",
            "mother_name": "Nguyễn Thị Mẹ Thử Nghiệm",
            "spouse_name": "Lê Minh Thử Nghiệm",
            "nation": person.ethnicity,
            "country": person.nationality,
            "count": "1",
            "money": "1000000",
            "reason": f"{MARK} hệ thống, đề nghị không giải quyết",
        }
        if fact == "other_cccd":
            return "001091990026"
        if fact in made_up:
            return made_up[fact]
        return (str(getattr(person, fact, "") or "") or None) if fact else None

    def _date(self, fact: str | None) -> datetime.date:
        if fact == "birth_date":
            return datetime.datetime.strptime(self._persona.birth_date, "%d/%m/%Y").date()
        if fact == "deceased_birth_date":
            return datetime.date(1940, 2, 3)
        if fact == "issue_date":
            return datetime.date(2022, 5, 16)
        if fact == "other_birth_date":
            return datetime.date(1991, 9, 9)
        if fact in ("child_birth_date", "death_date"):
            return self._today - datetime.timedelta(days=10)
        if fact == "future_date":
            return self._today + datetime.timedelta(days=14)
        return self._today - datetime.timedelta(days=30)

    def _by_pattern(self, control: Control, value: str, attempt: int) -> str:
        hint = fold(f"{control.error} {control.description} {control.placeholder}")
        if control.pattern and _matches(control.pattern, value):
            return value
        digits = re.search(r"(\d+) (?:chu so|so|ky tu so|digits)", hint) or re.match(
            r"\D*(?:\\d|\[0-9\])\{(\d+)\}\D*$", control.pattern
        )
        either = re.search(r"(\d+) (?:hoac|den|or|to) (\d+) (?:chu so|so|digits)", hint)  # "10 hoặc 11 chữ số"
        if either and value.isdigit() and int(either.group(1)) <= len(value) <= int(either.group(2)):
            return value
        if digits and not re.fullmatch(rf"\d{{{digits.group(1)}}}", value):
            wanted = int(digits.group(1))
            known = {12: self._persona.cccd, 10: self._persona.phone}.get(wanted)
            return known or ("1234567890" * 3)[:wanted]
        if re.search(DATE_ASKED, hint) and not re.fullmatch(r"\d{2}/\d{2}/\d{4}", value):
            return f"{self._date(fact_asked(control.label)):%d/%m/%Y}"
        if re.search(NUMBER_ASKED, hint) and not value.isdigit():
            return _number(control)
        if attempt and control.error and re.fullmatch(r"\d{2}/\d{2}/\d{4}", value):
            return f"{self._date('future_date' if attempt % 2 else None):%d/%m/%Y}"
        return value

    def wish(self, control: Control) -> str:
        """What the persona would choose, whatever is offered; empty when anything will do."""
        return self.given(control) or self._of_fact(fact_asked(control.label), control) or ""

    def option(self, control: Control) -> str | None:
        """The value of the option to choose in a drop-down; None when there is nothing to choose."""
        options = [
            (value, text) for value, text, enabled in control.options if enabled and not is_empty_option(value, text)
        ]
        if not options:
            return None
        return choose(self.wish(control), options) or options[0][0]

    def radio(self, group: list[Control]) -> Control:
        """Which of a group of radio buttons to choose: the persona's own, else the first that is enabled."""
        label = group[0].question
        wanted = self._given.get(fold(label)) or (fact_asked(label) == "gender" and self._persona.gender) or ""
        named = [(c.key, c.label) for c in group if c.enabled]
        key = choose(str(wanted), named)
        return next((c for c in group if c.key == key), next((c for c in group if c.enabled), group[0]))


def choose(wanted: str, options: list[tuple[str, str]]) -> str | None:
    """The value of the option nearest to `wanted` (folded, whole or contained); None when none is near."""
    target = fold(wanted)
    if not target:
        return None
    for value, text in options:
        if fold(text) == target:
            return value
    return next(
        (value for value, text in options if target in fold(text) or (fold(text) and fold(text) in target)), None
    )


def is_empty_option(value: str, text: str) -> bool:
    """True for "-- Chọn --" and its like."""
    folded = fold(text)
    return (
        not folded or not value or folded in _EMPTY_OPTION or (folded.startswith("chon ") and value in ("", "0", "-1"))
    )


def _number(control: Control) -> str:
    """The smallest number from one on that the field's limits and hints allow."""
    said = re.search(r"tu (\d+) den (\d+)", fold(f"{control.error} {control.description}"))
    least = int(float(control.minimum)) if control.minimum else int(said.group(1)) if said else 1
    most = int(float(control.maximum)) if control.maximum else int(said.group(2)) if said else least + 1
    return str(min(max(least, 1), most))


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:
        return True
