"""Quotes and values of another type in one parameter: an error of the database that surfaces, or another answer.

Nothing that waits, writes, stacks or joins statements is ever sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from toantrinh.observations.leaks import ErrorTrace, State
from toantrinh.observers.leaks.error_marks import MOST_SOURCE, marks, traces_in
from toantrinh.observers.parameters.asking import Asking, Tried
from toantrinh.observers.parameters.differences import is_signal, words_of
from toantrinh.observers.parameters.points import Parameter
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.likeness import pieces_of

DATABASE_ERRORS = Path(__file__).parent / "database_errors.yaml"
LONG = "9" * 40
TEXT = "khong-phai-so"
QUOTE, DOUBLED = "dấu nháy lẻ", "dấu nháy kép đôi"
# As one compares with = and as one compares with LIKE: (true, false) twice. Both say the same words, as a search may
# count different ones; what leads in the first pair to truth leads in the second away from it.
EQUAL = (("{}' AND '42'>'41", "{}' AND '41'>'42"), ("{}' AND '41'>'12", "{}' AND '12'>'41"))
LIKE = (("{}%' AND '42%'>'41", "{}%' AND '41%'>'42"), ("{}%' AND '41%'>'12", "{}%' AND '12%'>'41"))
_SPOKEN = re.compile(r"<(a|h[1-6]|title)\b", re.I)
TITLES = {
    "equal": "cặp điều kiện đúng và sai",
    "like": "cặp điều kiện đúng và sai kiểu LIKE",
    "number": "phép trừ viết xuôi và viết ngược",
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
        if (errors := _new_errors(answer, base)) and not (tried.proof and _only_spoken_of(answer)):
            _make_sure(asking, tried, base, (what, value, name), errors)
            if tried.state is State.FOUND:
                return tried
    for kind in _pairs_for(parameter):
        if _differs(asking, tried, base, kind):
            return tried
    if not tried.proof:
        _upset(asking, tried, base, given)
    return tried


def _pairs_for(parameter: Parameter) -> tuple[str, ...]:
    """Words that a person searches for are compared with LIKE, too; of 0 and less no subtraction tells anything."""
    if parameter.is_number:
        return ("number",) if int(parameter.value) > 0 else ()
    wordy = parameter.place != "path" and not any(letter.isdigit() for letter in parameter.value)
    return ("equal", "like") if wordy else ("equal",)


def _make_sure(
    asking: Asking, tried: Tried, base: Answer, probe: tuple[str, str, str], errors: tuple[ErrorTrace, ...]
) -> None:
    """Once more, after harmless values and the request as it was: the error must come with the value alone.

    Where a page of the site, which a wrong value may lead back to, is about errors, a person has to look.
    """
    what, value, name = probe
    parameter = tried.parameter
    first = tried.answers[-1]
    plain_value = str(int(parameter.value) + 1) if parameter.is_number else asking.word(parameter)
    harmless = tried.note(asking.ask(parameter, plain_value, "giá trị vô hại để đối chứng"))
    plain = tried.note(asking.base(parameter.request, again=True))
    fallbacks = _fallbacks(asking, tried)
    again = tried.note(asking.ask(parameter, value, f"{what}, hỏi lại", name=name))
    shown = {answer.number: database_errors(answer) for answer in (harmless, plain, base, *fallbacks)}
    always = {one.name for answer in (harmless, plain, base) for one in shown[answer.number]}
    always |= {one.name for answer in fallbacks if _only_spoken_of(answer) for one in shown[answer.number]}
    stays = {one.name for one in database_errors(again)} - always
    told = tuple(one for one in errors if one.name in stays)
    if not told or not (harmless.answered and plain.answered):
        return
    words = "; ".join(f"{one.name}: “{one.words}”" for one in told)
    lasting = {one.name for answer in fallbacks if answer.ok for one in shown[answer.number]}
    doubtful = not all(one.answered for one in fallbacks) or all(one.name in lasting for one in told)
    if not doubtful and not _only_spoken_of(first):
        tried.found("database-error", f"{what} làm lộ lỗi cơ sở dữ liệu ({words})", first, harmless, again)
    else:
        said = f"{what}: trang có lời của lỗi cơ sở dữ liệu ({words}), có thể chỉ là nội dung của một trang khác"
        tried.found("database-error", said, first, harmless, again, state=State.UNSURE)


def _fallbacks(asking: Asking, tried: Tried) -> list[Answer]:
    """What a system may show instead of what it cannot find: its first things, and what it shows unasked."""
    parameter = tried.parameter
    values = [one for one in ("0", "1") if parameter.is_number and one != parameter.value]
    shown = [asking.ask(parameter, one, f"{one} để đối chứng") for one in values]
    if (bare := parameter.without()) is not None:
        shown.append(asking.ask_bare(parameter, bare))
    return [tried.note(one) for one in shown]


def _only_spoken_of(answer: Answer) -> bool:
    """True when a good page tells of errors in its title, headings or links alone, as a list of articles does."""
    if not answer.ok or "html" not in (answer.kind or "html"):
        return False
    rest = " ".join(piece for name, piece in pieces_of(answer.text[:MOST_SOURCE], _SPOKEN) if not name)
    return not traces_in(rest, marks(DATABASE_ERRORS))


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
        if number:  # 6-1 must show what 5 shows, and 1-6 what -5 shows
            nothing = [tried.note(asking.ask(parameter, f"-{int(parameter.value)}", "số âm, để đối chứng"))] * 2
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
    """The number as a difference, and the same the other way round: the same words in both."""
    return [(f"{int(value) + less}-{less}", f"{less}-{int(value) + less}") for less in (1, 2)]


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
