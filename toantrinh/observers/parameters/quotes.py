"""Quotes and values of another type in one parameter: an error of the database that surfaces, or another answer.

Nothing that waits, writes, stacks or joins statements is ever sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from toantrinh.observations.leaks import ErrorTrace, State
from toantrinh.observers.leaks.error_marks import marks, traces_in
from toantrinh.observers.parameters.asking import Asking, Tried
from toantrinh.observers.parameters.differences import is_signal, words_of
from toantrinh.observers.parameters.points import Parameter
from toantrinh.observers.prober.answer import Answer

DATABASE_ERRORS = Path(__file__).parent / "database_errors.yaml"
MOST_FOR_ONE = 18  # requests of one parameter, when everything has to be made sure of
LONG = "9" * 40
TEXT = "khong-phai-so"
QUOTE, DOUBLED = "dấu nháy lẻ", "dấu nháy kép đôi"
# As one compares with = and as one compares with LIKE: (true, false) twice, with different numbers, which a search that
# knows AND as an operator would hardly find in everything that it has.
EQUAL = (("{}' AND '41'='41", "{}' AND '41'='42"), ("{}' AND '73'='73", "{}' AND '73'='74"))
LIKE = (("{}%' AND '41%'='41", "{}%' AND '41%'='42"), ("{}%' AND '73%'='73", "{}%' AND '73%'='74"))
TITLES = {
    "equal": "cặp điều kiện đúng và sai",
    "like": "cặp điều kiện đúng và sai kiểu LIKE",
    "number": "5-0 so với 5-1",
}


def values_of(parameter: Parameter) -> Iterator[tuple[str, str, str]]:
    """(what it is, value, name) for each value that may cause an error."""
    value = parameter.value
    yield QUOTE, f"{value}'", ""
    if parameter.is_number:
        yield "số rất lớn", LONG, ""
        yield "số âm", f"-{value.lstrip('-')}", ""
        yield "chữ ở chỗ của số", TEXT, ""
    else:
        yield DOUBLED, f"{value}''", ""
        yield "dấu ngoặc", f"{value})", ""
    yield "dạng mảng", value, f"{parameter.name}[]"


def try_quotes(asking: Asking, parameter: Parameter) -> Tried | None:
    """Everything for one parameter; None when the request as it was seen gives no page or data to compare with."""
    tried = Tried(parameter, asking.role(parameter.request))
    base = tried.note(asking.base(parameter.request))
    if base.answered and not base.ok:
        return None
    if not base.ok:
        return tried
    given: dict[str, Answer] = {}
    for what, value, name in values_of(parameter):
        if name and not parameter.name:
            continue
        answer = given[what] = tried.note(asking.ask(parameter, value, what, name=name))
        if errors := _new_errors(answer, base):
            _make_sure(asking, tried, base, (what, value, name), errors)
            if tried.state is State.FOUND:
                return tried
    for kind in ("number",) if parameter.is_number else _pairs_for(parameter):
        if _differs(asking, tried, base, kind):
            return tried
    _upset(asking, tried, base, given)
    return tried


def _pairs_for(parameter: Parameter) -> tuple[str, ...]:
    """Words that a person searches for are compared with LIKE, too."""
    wordy = parameter.place != "path" and not any(letter.isdigit() for letter in parameter.value)
    return ("equal", "like") if wordy else ("equal",)


def _make_sure(
    asking: Asking, tried: Tried, base: Answer, probe: tuple[str, str, str], errors: tuple[ErrorTrace, ...]
) -> None:
    """Once more, after a harmless word and the request as it was: the error must come with the value alone."""
    what, value, name = probe
    parameter = tried.parameter
    first = tried.answers[-1]
    plain_value = str(int(parameter.value) + 1) if parameter.is_number else asking.word(parameter)
    harmless = tried.note(asking.ask(parameter, plain_value, "giá trị vô hại để đối chứng"))
    plain = tried.note(asking.base(parameter.request, again=True))
    again = tried.note(asking.ask(parameter, value, f"{what}, hỏi lại", name=name))
    always = {one.name for answer in (harmless, plain, base) for one in database_errors(answer)}
    told = [one for one in errors if one.name not in always and one.name in {x.name for x in database_errors(again)}]
    if not told or not (harmless.answered and plain.answered):
        return
    words = "; ".join(f"{one.name}: “{one.words}”" for one in told)
    tried.found("database-error", f"{what} làm lộ lỗi cơ sở dữ liệu ({words})", first, harmless, again)


def database_errors(answer: Answer) -> tuple[ErrorTrace, ...]:
    """The errors of databases that an answer shows."""
    return traces_in(answer.text, marks(DATABASE_ERRORS)) if answer.answered else ()


def _new_errors(answer: Answer, base: Answer) -> tuple[ErrorTrace, ...]:
    known = {one.name for one in database_errors(base)}
    return tuple(one for one in database_errors(answer) if one.name not in known)


def _differs(asking: Asking, tried: Tried, base: Answer, kind: str) -> bool:
    """Asks one pair; where its two answers differ, everything that is needed to be sure, and the pair once more."""
    parameter, number = tried.parameter, kind == "number"
    pairs = _number_pairs(parameter.value) if number else _text_pairs(parameter.value, kind)
    first = _ask_pair(asking, tried, pairs[0], kind)
    if not _are_apart(*first, pairs[0]):
        return False
    plain = tried.note(asking.base(parameter.request, again=True))
    for times, pair in enumerate(pairs):
        true, false = first if times == 0 else _ask_pair(asking, tried, pair, kind)
        if number:  # 5-1 must show what 4 shows
            nothing = [tried.note(asking.ask(parameter, str(int(parameter.value) - times - 1), "số kế bên"))] * 2
        else:
            nothing = [tried.note(asking.ask(parameter, asking.word(parameter, 2 * times + n), "từ vô hại"))
                       for n in (1, 2)]  # fmt: skip
        if not _holds(parameter, (base, plain), nothing, (true, false), pair):
            return False
        last = (true, false)
    tried.found("difference", f"{TITLES[kind]}: câu đúng ra kết quả như cũ, câu sai thì không, hai lần như nhau", *last)
    return True


def _holds(
    parameter: Parameter,
    found: tuple[Answer, Answer],
    nothing: list[Answer],
    pair: tuple[Answer, Answer],
    sent: tuple[str, str],
) -> bool:
    if not all(one.answered for one in (*found, *nothing, *pair)):
        return False
    if pair[0].status != found[0].status or pair[1].status != nothing[0].status:
        return False
    echoed = [parameter.value, *sent]
    said = [words_of(one, echoed) for one in (*found, *nothing, *pair)]
    return is_signal(said[:2], said[2:4], said[4], said[5])


def _ask_pair(asking: Asking, tried: Tried, pair: tuple[str, str], kind: str) -> tuple[Answer, Answer]:
    true = tried.note(asking.ask(tried.parameter, pair[0], f"{TITLES[kind]}: câu đúng"))
    false = tried.note(asking.ask(tried.parameter, pair[1], f"{TITLES[kind]}: câu sai"))
    return true, false


def _are_apart(true: Answer, false: Answer, sent: tuple[str, str]) -> bool:
    if not true.ok or not false.answered:
        return False
    return true.status != false.status or words_of(true, sent) != words_of(false, sent)


def _text_pairs(value: str, kind: str) -> list[tuple[str, str]]:
    return [(true.format(value), false.format(value)) for true, false in (EQUAL if kind == "equal" else LIKE)]


def _number_pairs(value: str) -> list[tuple[str, str]]:
    return [(f"{value}-0", f"{value}-1"), (f"{value}-0-0", f"{value}-2")]


def _upset(asking: Asking, tried: Tried, base: Answer, given: dict[str, Answer]) -> None:
    """A fault of the server at a lone quote and none at a doubled one hints at a query; alone it proves nothing."""
    lone, doubled = given.get(QUOTE), given.get(DOUBLED)
    if lone is None or doubled is None or (lone.status or 0) < 500 or not doubled.ok:
        return
    again = tried.note(asking.ask(tried.parameter, f"{tried.parameter.value}'", f"{QUOTE}, hỏi lại"))
    if again.status == lone.status:
        what = f"{QUOTE} làm máy chủ trả {lone.status}, hai dấu nháy liền nhau thì không; không thấy lỗi cơ sở dữ liệu"
        tried.found("upset", what, lone, doubled, again, state=State.UNSURE)


@cache
def printed() -> str:
    """The list of error shapes as it is printed: its date and the programs."""
    data = yaml.safe_load(DATABASE_ERRORS.read_text(encoding="utf-8"))
    return f"{data['dated']}: " + ", ".join(mark["name"] for mark in data["marks"])
