"""Asks for the folders from which pages loaded their files, and a few well-known ones, and looks for listings."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import unquote, urljoin, urlsplit

from toantrinh.observations.leaks import PathAnswer, State
from toantrinh.observers.leaks.named_paths import answer_facts, folders
from toantrinh.observers.prober.answer import Answer
from toantrinh.observers.prober.prober import Prober
from toantrinh.observers.prober.role import nobody
from toantrinh.ownership import at_home
from toantrinh.store import Attachments

MOST_FOLDERS = 8
TITLES = (
    re.compile(r"^(?:Index of|Directory [Ll]isting [Ff]or|Directory:|listing directory)\s*\[?(/[^\]]*)\]?$"),
    re.compile(r"^[\w.:-]+ - (/.*)$"),  # IIS, which names the host first
)
ENTRY = re.compile(r"<a\b[^<>]{0,500}?\bhref=[\"']?([^\"'<>\s]{1,500}+)[^<>]{0,500}+>([^<]*)", re.I)
UP = re.compile(r"parent directory|^\.\./?$", re.I)


def ask_folders(prober: Prober, files: Iterable[str]) -> list[Answer]:
    """Asks for folders as a visitor: those above `files` (addresses that pages loaded), and the well-known ones."""
    base = prober.system.base_url + "/"
    wanted = [*_folders_of(files, base), *(urljoin(base, one) for one in folders())]
    return [
        prober.ask(nobody(), address, "thư mục có bị liệt kê không", most_bytes=256 * 1024)
        for address in dict.fromkeys(wanted)
    ]


def judged(prober: Prober, answers: Sequence[Answer], attachments: Attachments) -> tuple[PathAnswer, ...]:
    """The facts, after the prober has settled."""
    found = []
    for answer in answers:
        facts = answer_facts("liệt kê thư mục", answer)
        if facts.state is State.CLEAN and answer.ok and (what := listing_in(answer)):
            shown = prober.show(answer, attachments)
            facts = facts.model_copy(update={"state": State.FOUND, "what": what, "shown": shown})
        found.append(facts)
    return tuple(found)


def listing_in(answer: Answer) -> str:
    """What a server's own listing of the asked folder shows; empty when the answer is none.

    It is known by its title, which names the path that was asked for, or the end of it behind a prefix that another
    server takes away, and by its entries.
    """
    title = html.unescape(answer.exchange.title)
    path = unquote(urlsplit(answer.address).path).rstrip("/")
    named = next((found.group(1) for pattern in TITLES if (found := pattern.match(title))), None)
    if named is None or not _is_of(unquote(named).strip().rstrip("/"), path):
        return ""
    entries = [
        text.strip()
        for href, text in ENTRY.findall(answer.text)
        if text.strip() and not UP.search(text.strip()) and not href.startswith(("?", "#", "mailto:", "javascript:"))
    ]
    is_iis = "[To Parent Directory]" in answer.text
    if not entries and not is_iis and not UP.search(" ".join(text.strip() for _, text in ENTRY.findall(answer.text))):
        return ""
    return f"{len(entries)} mục: {', '.join(entries[:4])}" if entries else "thư mục trống, vẫn bị liệt kê"


def _is_of(named: str, path: str) -> bool:
    return named == path or (bool(named) and path.endswith(named))


def _folders_of(files: Iterable[str], base: str) -> list[str]:
    """The folders above the system's own files, the most used first."""
    counted: Counter[str] = Counter()
    for address in files:
        if not at_home(address, base):
            continue
        parts = urlsplit(address)
        steps = parts.path.split("/")[1:-1]
        for depth in range(len(steps), 0, -1):
            counted[parts._replace(path=f"/{'/'.join(steps[:depth])}/", query="", fragment="").geturl()] += 1
    return [address for address, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))][:MOST_FOLDERS]
