"""Words that prove a page: what its own markup says it is, the same each time, and on no other page of the visit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

HEADING = re.compile(r"<(title|h1|h2|h3|legend)\b[^<>]{0,300}>\s*([^<>]{3,300})", re.I)
FIELD = re.compile(r"""<(?:input|select|textarea)\b[^<>]{0,300}?\bname=["'][\w.\-\[\]]{2,60}["']""", re.I)
VARIES = re.compile(r"[\d#&{}]")
LEAST = 3  # letters
MOST = 3  # words of one page
GENERIC = re.compile(
    r"errors?|messages?|msg|loi|thong_?bao|success|ok|status|code|detail|title|data|result|results|body|payload|meta|"
    r"timestamp|path|trace_?id",
    re.I,
)
NEVER = (  # words of a block page, an error page, a log-in page, in small letters
    "access denied", "request blocked", "request rejected", "attention required", "too many requests",
    "internal server error", "service unavailable", "bad gateway", "gateway time", "truy cập bị từ chối",
    "quá nhiều yêu cầu", "đã xảy ra lỗi", "có lỗi xảy ra", "hệ thống đang bận", "đang bảo trì", "phiên làm việc đã hết",
    "vui lòng đăng nhập", 'type="password"', "type='password'", '"success":false', '"success": false',
)  # fmt: skip
ORDER = ("h1", "title", "legend", "h2", "h3")


def words_that_prove(answers: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """For each (place, answer) words that stand in it, and in the fewest answers of other places; none where it says
    nothing. Headings as they are marked up, to the first figure, up to MOST of them, for one may change; the name of a
    member where the answer is JSON."""
    found: list[tuple[str, ...]] = []
    for place, answer in answers:
        others = [text for where, text in answers if where != place]
        ranked = [(sum(words in text for text in others), words) for words in dict.fromkeys(_candidates(answer))]
        least = min((rank for rank, _ in ranked), default=0)
        most = 1 if _is_data(answer) else MOST
        found.append(tuple(words for rank, words in ranked if rank == least)[:most])
    return found


def never_in(answer: str) -> tuple[str, ...]:
    """Words that the right answer does not have, and one that refuses has; for answers that say nothing of themselves.

    As they are, and as JSON may escape them.
    """
    said = answer.lower()
    words = dict.fromkeys(
        form for word in NEVER for form in (word, json.dumps(word)[1:-1] if '"' not in word else word)
    )
    return tuple(word for word in words if word not in said)


def _is_data(answer: str) -> bool:
    return answer.lstrip()[:1] in ("{", "[")


def _candidates(answer: str) -> list[str]:
    if _is_data(answer):
        return _members(answer)
    rows = [(found[1].lower(), found) for found in HEADING.finditer(answer)]
    rows.sort(key=lambda row: ORDER.index(row[0]))
    words = [said for _, found in rows if (said := _marked_up(found))]
    return words or [found[0] for found in FIELD.finditer(answer) if not VARIES.search(found[0])][:1]


def _marked_up(found: re.Match[str]) -> str:
    text = VARIES.split(found[2])[0].rstrip()
    if sum(map(str.isalpha, text)) < LEAST:
        return ""
    opened = found[0][: found.start(2) - found.start()]
    return f"{opened}{text}" if not VARIES.search(opened[3:]) else f">{text}" if opened.endswith(">") else text


def _members(answer: str) -> list[str]:
    try:
        data = json.loads(answer)
    except ValueError:
        return []
    return [f'"{name}"' for name in _names(data, 3) if not GENERIC.fullmatch(name) and f'"{name}"' in answer]


def _names(data: Any, depth: int) -> Iterator[str]:
    """Names of members, those of the whole before those of its parts; of lists the first element's."""
    if isinstance(data, list):
        data = data[0] if data else None
    if not isinstance(data, dict) or not depth:
        return
    yield from (name for name in data if not VARIES.search(name))
    for value in data.values():
        if isinstance(value, (dict, list)):
            yield from _names(value, depth - 1)
