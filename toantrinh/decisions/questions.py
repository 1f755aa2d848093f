"""Questions in the terminal, one after another; through a pipe, too. Whoever stops has what was written before."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from toantrinh.decisions.model import LONGEST, MOST_BYTES
from toantrinh.decisions.promises import promise_in

STOP = ("q", "thoát")
SHORTEST = 10  # characters of a reason


class Stopped(Exception):
    """The person has had enough: q, Ctrl-D or the end of the pipe."""


def ask(question: str, wrong: Callable[[str], str] = lambda _: "", usual: str = "") -> str:
    """What the person answers; Enter takes `usual`. Asks again while `wrong` gives a reason. Raises Stopped."""
    while True:
        try:
            said = input(f"{question}{f' [{usual}]' if usual else ''}: ").strip()
        except EOFError:
            raise Stopped from None
        if said.lower() in STOP:
            raise Stopped
        said = said or usual
        if not (why := wrong(said)):
            return said
        print(f"  ! {why}")


def choose(question: str, choices: Mapping[str, str]) -> str:
    """The key of the choice that was made; empty to pass over. Raises Stopped."""
    numbered = dict(enumerate(choices, start=1))
    for number, key in numbered.items():
        print(f"    {number}  {choices[key]}")

    def wrong(said: str) -> str:
        return "" if not said or (said.isdecimal() and int(said) in numbered) else f"trả lời 1 đến {len(numbered)}"

    said = ask(f"{question} (Enter: bỏ qua, q: thoát)", wrong)
    return numbered[int(said)] if said else ""


def ask_reason(question: str, *, promises: bool) -> str:
    """A text of some words; one without a promise to mend, where `promises` do not count."""

    def wrong(said: str) -> str:
        if len(said) < SHORTEST:
            return f"viết ít nhất {SHORTEST} ký tự"
        if not promises and (promise := promise_in(said)):
            return f"lời hứa khắc phục (“{promise}”) không phải là giải trình: hãy nói vì sao không phải lỗi"
        return ""

    return ask(question, wrong)


def ask_who(question: str, usual: str, not_this: str = "") -> str:
    """A name; the last one is remembered. Nobody may be `not_this`."""

    def wrong(said: str) -> str:
        if not said:
            return "ghi họ tên và đơn vị"
        return "người giải trình không tự chấp nhận được" if said.casefold() == not_this.casefold() else ""

    return ask(question, wrong, usual)


def ask_share() -> float:
    """The part that was earned, 0 to 1, asked for in per cent."""

    def wrong(said: str) -> str:
        return "" if said.isdecimal() and 0 < int(said) < 100 else "trả lời 1 đến 99"

    return int(ask("Đạt bao nhiêu phần trăm", wrong)) / 100


def ask_expiry(today: datetime.date) -> datetime.date:
    """The last day on which it holds, within a year."""
    last = today + datetime.timedelta(days=365)

    def wrong(said: str) -> str:
        date = _date(said)
        if date is None:
            return "viết ngày như 31/12/2026"
        return "" if today < date <= today + LONGEST else "chọn một ngày sau hôm nay, trong vòng một năm"

    found = _date(ask("Có giá trị đến hết ngày", wrong, last.strftime("%d/%m/%Y")))
    assert found is not None
    return found


def ask_document(folder: Path, *, needed: bool) -> str:
    """The path of a document below the folder of the file; empty without one."""

    def wrong(said: str) -> str:
        pure = PurePosixPath(said)
        if not said:
            return "cần có văn bản kèm theo" if needed else ""
        if pure.is_absolute() or ".." in pure.parts or "\\" in said or not (folder / pure).is_file():
            return f"đặt tệp vào thư mục {folder} rồi ghi đường dẫn kể từ đó"
        return "" if (folder / pure).stat().st_size <= MOST_BYTES else "tệp lớn hơn 20 MB"

    return ask("Tài liệu kèm theo" + ("" if needed else " (Enter: không có)"), wrong)


def _date(text: str) -> datetime.date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
