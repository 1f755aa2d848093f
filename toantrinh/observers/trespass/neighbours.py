"""Identifiers that can be counted on: the next number, plain or inside a base64 or hex word; asked for in another's
name.

Only to see whether they open somebody's data. What they show is named and never kept.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import quote

from toantrinh.observations.leaks import State
from toantrinh.observations.trespass import Neighbour
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import Role
from toantrinh.observers.trespass.own_data import OwnData, is_file, personal_values
from toantrinh.observers.trespass.places import identifiers
from toantrinh.observers.trespass.reading import Asked, open_why
from toantrinh.store import Attachments

MOST = 6  # addresses whose neighbours are asked for
COUNTED = "đếm số kế tiếp"
DECODED = "giải mã base64 rồi đếm số kế tiếp"
UNHEXED = "giải mã hex rồi đếm số kế tiếp"
HIDDEN = "[nội dung không được giữ lại: có thể là dữ liệu của người khác]"
_NUMBER = re.compile(r"(?:^|.*[^\dA-Za-z])(\d{1,12})$")
_HEX_TEXT = re.compile(r"(?:[2-7][0-9a-f]){2,32}", re.I)  # printable ASCII, two digits each
_HEX_NUMBER = re.compile(r"0x[0-9a-f]{1,8}|0[0-9a-f]{7}", re.I)  # written as a number, or small for eight digits
_WORD = re.compile(r"^[A-Za-z0-9+_-]{4,}={0,2}$")


@dataclass
class Guess:
    """An address with a neighbour's identifier, and what came."""

    address: str
    how: str
    role: Role
    answer: Answer | None  # None where it could not be asked: `why`
    why: str = ""


def next_to(identifier: str) -> Iterator[tuple[str, str]]:
    """(neighbour, how it was found): the numbers before and after; nothing for what cannot be counted on."""
    for neighbour in _counted(identifier):
        yield neighbour, COUNTED
    if (inside := _decoded(identifier)) is not None:
        for neighbour in _counted(inside):
            raw = neighbour.encode()
            word = base64.urlsafe_b64encode(raw) if re.search("[-_]", identifier) else base64.b64encode(raw)
            yield (word.decode() if identifier.endswith("=") else word.decode().rstrip("=")), DECODED
    for neighbour in _unhexed(identifier):
        yield neighbour, UNHEXED


def countable(rows: Iterable[Asked]) -> list[tuple[str, str, str]]:
    """(address of a neighbour, how, the address that it is next to), for what showed its owner's data.

    At most six addresses are counted on, one of each form before a second of any: the many files of a dossier leave
    room for its page.
    """
    forms: dict[str, list[tuple[str, list[tuple[str, str, str]]]]] = {}
    for row in rows:
        address = row.place.address
        guesses = [(part, *guess) for part in identifiers(address) for guess in next_to(part)]
        if guesses:
            forms.setdefault(_form(address), []).append((address, guesses))
    found: dict[str, tuple[str, str, str]] = {}
    in_turn = [one for turn in zip_longest(*forms.values()) for one in turn if one is not None]
    for address, guesses in in_turn[:MOST]:
        for part, neighbour, how in guesses:
            there = _put(address, part, quote(neighbour, safe="=-_."))
            if there != address:
                found.setdefault(there, (there, how, address))
    return list(found.values())


def _form(address: str) -> str:
    """The address without what identifies."""
    for part in identifiers(address):
        address = _put(address, part, "*")
    return address


def _put(address: str, part: str, other: str) -> str:
    return re.sub(rf"(?<=[/=]){re.escape(part)}(?=[/?&#]|$)", lambda _: other, address)


def ask_neighbours(prober: Prober, other: Role, rows: Sequence[Asked]) -> list[Guess]:
    """Asks for the neighbours as somebody who owns none of it."""
    known = {row.place.address: row for row in rows}
    guesses = []
    for there, how, here in countable(rows):
        purpose = f"định danh kế bên định danh của A ({how})"
        if why := known[here].why_not(other):
            guesses.append(Guess(known[here].owners.exchange.address, how, other, None, why))
            continue
        headers = known[here].place.headers
        guesses.append(Guess(there, how, other, prober.ask(other, there, purpose, headers=headers, intrusive=True)))
    return guesses


def told_of_neighbours(
    prober: Prober, guesses: Sequence[Guess], people: Sequence[OwnData], mine: OwnData, attachments: Attachments
) -> list[Neighbour]:
    """What came of the guesses; `people` are the test persons, `mine` the one who asked. The prober has settled."""
    found = []
    for guess in guesses:
        answer = guess.answer
        if answer is None:
            found.append(
                Neighbour(
                    address=guess.address, how=guess.how, role=guess.role.key, state=State.UNASKED,
                    exchange=0, why=guess.why,
                )
            )  # fmt: skip
            continue
        why = open_why(answer)
        seen = () if why else _shown(answer, people, mine)
        if seen:
            answer.exchange = answer.exchange.model_copy(update={"body": HIDDEN, "title": ""})
        found.append(
            Neighbour(
                address=guess.address,
                how=guess.how,
                role=guess.role.key,
                state=State.UNASKED if why else State.FOUND if seen else State.CLEAN,
                exchange=answer.number,
                seen=seen,
                why=why,
                shown=prober.show(answer, attachments) if seen else "",
            )
        )
    return found


def _shown(answer: Answer, people: Sequence[OwnData], mine: OwnData) -> tuple[str, ...]:
    """Facts of a test person who is not the one who asks, and whatever has the form of somebody's personal number."""
    if is_file(answer.body) or not answer.ok:
        return ()
    known = {name for one in people for name in one.in_text(answer.text)}
    own = {value for values in mine.facts.values() for value in values}
    strangers = {name for name, values in personal_values(answer.text).items() if values - own}
    return tuple(sorted(known | strangers))


def _counted(identifier: str) -> Iterator[str]:
    found = _NUMBER.match(identifier)
    if not found:
        return
    number, width = int(found[1]), len(found[1])
    for other in (number - 1, number + 1):
        if other >= 0:
            yield f"{identifier[: found.start(1)]}{other:0{width if found[1].startswith('0') else 1}d}"


def _unhexed(identifier: str) -> Iterator[str]:
    """The words beside one that is a text in hex, or a number in hex with a letter in it."""
    if _HEX_TEXT.fullmatch(identifier):
        for neighbour in _counted(bytes.fromhex(identifier).decode("ascii")):
            found = neighbour.encode().hex()
            yield found.upper() if identifier.isupper() else found
    if _HEX_NUMBER.fullmatch(identifier) and not identifier.isdigit():
        head, digits = (identifier[:2], identifier[2:]) if identifier[1] in "xX" else ("", identifier)
        for number in (int(digits, 16) - 1, int(digits, 16) + 1):
            found = f"{max(number, 0):0{len(digits)}x}"
            yield head + (found.upper() if digits.isupper() else found)


def _decoded(identifier: str) -> str | None:
    if not _WORD.match(identifier) or identifier.isdigit():
        return None
    padded = identifier.rstrip("=") + "=" * (-len(identifier.rstrip("=")) % 4)
    try:
        text = base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return text if text.isprintable() and _NUMBER.match(text) else None
