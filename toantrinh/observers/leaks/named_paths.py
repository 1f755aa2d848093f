"""Asks for the paths of the printed list and judges what comes by its content, against what does not exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import yaml

from toantrinh.observations.exchanges import Ended
from toantrinh.observations.leaks import PathAnswer, State
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.masking import masked
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.redaction import MARK
from toantrinh.store import Attachments
from toantrinh.system_model import System

MOST_BYTES = 64 * 1024
SHOWN = 200  # characters at most of the names that stand in a file that was left behind
FEW = 30  # characters of the sign by which it is known; the rest may be full of secrets and personal data
SETTING = re.compile(r"^([ \t]*(?:export )?[\w.\-]{2,80}[ \t]*[=:])[^\n]*", re.M)


@dataclass(frozen=True)
class NamedPath:
    """One path of the list. What it is known by: a pattern that matches at least `lines` times, or its first bytes."""

    path: str
    title: str
    sign: re.Pattern[str] | None
    magic: bytes
    lines: int
    unsure: bool
    below: bool

    def is_it(self, answer: Answer) -> bool:
        """True when the content of the answer is what the path is known for."""
        if self.sign is None:
            return bool(self.magic) and answer.body.startswith(self.magic)
        return len(self.sign.findall(answer.text)) >= self.lines


@dataclass(frozen=True)
class Asked:
    """A path and its answer."""

    path: NamedPath
    answer: Answer

    @property
    def is_it(self) -> bool:
        """True when the content that the path is known for came; whether for this path alone is another question."""
        return self.answer.ok and self.path.is_it(self.answer)


@cache
def _data() -> dict[str, list[dict[str, object]]]:
    data: dict[str, list[dict[str, object]]] = yaml.safe_load(
        (Path(__file__).parent / "paths.yaml").read_text(encoding="utf-8")
    )
    return data


@cache
def named_paths(group: str) -> tuple[NamedPath, ...]:
    """The paths of a group (`left_files`, `debug_pages`) of the data file."""
    return tuple(
        NamedPath(
            path=str(entry["path"]),
            title=str(entry["title"]),
            sign=re.compile(str(entry["sign"]), re.M) if "sign" in entry else None,
            magic=bytes.fromhex(str(entry.get("magic", ""))),
            lines=int(str(entry.get("lines", 1))),
            unsure=bool(entry.get("unsure")),
            below=bool(entry.get("below")),
        )
        for entry in _data()[group]
    )


def folders() -> tuple[str, ...]:
    """The folders whose listing is asked for in any system."""
    return tuple(str(one) for one in _data()["folders"])


def addresses_of(path: NamedPath, system: System) -> list[str]:
    """Where a path is asked for: at the root of the host, and for some below the system's own base path."""
    host = system.host
    name = path.path.replace("{host}", host).replace("{name}", host.removeprefix("www.").split(".")[0])
    found = [urljoin(system.base_url + "/", name)]
    if path.below and urlsplit(system.base_url).path.strip("/"):
        found.append(system.base_url + name)
    return found


def ask_paths(prober: Prober, group: str) -> list[Asked]:
    """Asks for every path of a group, as a visitor."""
    asked = []
    for path in named_paths(group):
        for address in addresses_of(path, prober.system):
            answer = prober.ask(nobody(), address, f"có để sót không: {path.title}", most_bytes=MOST_BYTES)
            if answer.onward == f"{address}/":
                answer = prober.ask(nobody(), answer.onward, answer.exchange.purpose, most_bytes=MOST_BYTES)
            asked.append(Asked(path, answer))
            if asked[-1].is_it:
                prober.control(nobody(), answer.address)
    return asked


def judged(prober: Prober, asked: Sequence[Asked], attachments: Attachments) -> tuple[PathAnswer, ...]:
    """The facts, after the prober has settled. Of what was found, little is kept."""
    return tuple(_judged(prober, one, attachments) for one in asked)


def answer_facts(title: str, answer: Answer) -> PathAnswer:
    """The facts of an answer that gives nothing away, or that says nothing about the question."""
    silent = not answer.answered and answer.ended is not Ended.DROPPED
    return PathAnswer(
        title=title,
        address=answer.exchange.address,
        exchange=answer.number,
        state=State.UNASKED if silent else State.CLEAN,
        status=answer.exchange.status,
        why=answer.exchange.why,
    )


def _judged(prober: Prober, asked: Asked, attachments: Attachments) -> PathAnswer:
    facts = answer_facts(asked.path.title, asked.answer)
    answer = asked.answer
    if facts.state is State.UNASKED or not asked.is_it:
        return facts
    control = prober.control(nobody(), answer.address)
    if control.answered and not prober.stands_out(nobody(), answer):
        return facts
    alone = "" if control.answered else "; câu hỏi đối chứng không có trả lời"
    answer.exchange = answer.exchange.model_copy(update={"body": _little_of(asked)})
    return facts.model_copy(
        update={
            "state": State.UNSURE if asked.path.unsure or alone else State.FOUND,
            "what": _what(asked) + alone,
            "shown": prober.show(answer, attachments),
        }
    )


def _little_of(asked: Asked) -> str:
    """The start of the sign by which it is known, and the names of settings without their values."""
    text = asked.answer.text
    hit = asked.path.sign.search(text) if asked.path.sign else None
    if hit is None:
        return ""
    names = [found.group(1).strip() for found in SETTING.finditer(text)]
    settings = "".join(f"\n{name} {MARK}" for name in names) if len(names) >= 2 else ""
    return (masked(SETTING.sub(rf"\g<1> {MARK}", hit.group(0).strip()))[:FEW] + settings)[:SHOWN]


def _what(asked: Asked) -> str:
    """What stands there, in few words: the names of settings, or how it begins."""
    answer = asked.answer
    if asked.path.sign is None:
        return f"tệp nhị phân, bắt đầu bằng {answer.body[:4].hex()}"
    names = [found.group(1).strip(" =:\t") for found in SETTING.finditer(answer.text)]
    if re.search(r"<(?:!doctype|html|title|h1|body)\b", answer.text[:1000], re.I):
        return f"trang “{answer.exchange.title}”" if answer.exchange.title else "trang không tiêu đề"
    if len(names) >= 2:
        return f"{len(names)} mục: {', '.join(names[:5])}"
    return f"có “{_little_of(asked)}”"
