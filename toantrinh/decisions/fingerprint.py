"""The fingerprint of what was seen: equal for the same finding in two runs, another when the finding changes.

Left out is what no two runs share though nothing has changed: the address and port of the system, codes of dossiers,
tokens, dates and times, and figures that were measured. What stays: the verdict, the words, paths of pages, elements,
names, amounts of money and short counts. How often it holds (`share`) is no part of it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from toantrinh.observers.markers.marker import FIRST, LETTERS, REST
from toantrinh.verdicts import CheckResult, Verdict

VERSION = "v1"
DECIDABLE = (Verdict.FAIL, Verdict.PARTIAL, Verdict.NEEDS_REVIEW)

_LOCAL = re.compile(r"(https?://)?(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?", re.I)
_TIMES = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{1,2}/\d{1,2}/\d{4}|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,2}h\d\d\b"
)
_WORD = re.compile(r"[A-Za-z0-9_.~-]{8,}")
_SEGMENT = re.compile(r"(?<=/)[A-Za-z0-9_~-]{10,}(?=[/?#\s,;)]|$)")
_MARKS = re.compile(  # what we type to find it again: of markers, uploads, rewritten dossiers
    rf"\b[{FIRST}][{REST}]{{{LETTERS - 1}}}\b|\bKT[0-9a-f]{{4}}\b|\bkt[0-9a-f]{{6}}(?![0-9a-f])"
)
_SERVICE_CODE = re.compile(r"\d\.\d{6}")
_NUMBER = r"\d+(?:[.,]\d+)*"


def fingerprint(result: CheckResult, base_url: str = "") -> str:
    """`v1-` and 16 hex digits for a result that people can speak of; empty for any other."""
    if result.verdict not in DECIDABLE:
        return ""
    texts = (result.identity, result.message, result.expected, result.seen, result.where)
    facts = [result.check, result.service, result.verdict, *(steady(text, base_url) for text in texts)]
    return f"{VERSION}-{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]}"


def steady(text: str, base_url: str = "") -> str:
    """`text` with `#` for what is another in each run."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if host := urlsplit(base_url).netloc:
        text = re.sub(rf"https?://{re.escape(host)}(?![\w.:-])", "", text, flags=re.I)
    text = _TIMES.sub("#", _LOCAL.sub("local", text))
    text = _MARKS.sub("#", text)
    text = _WORD.sub(_code, _SEGMENT.sub(_token, text))
    return _figures().sub("#", text)


def _token(found: re.Match[str]) -> str:
    """A step of a path that was made at random: capitals or digits amid small letters."""
    word = found.group()
    mixed = re.search(r"[a-z]", word) and len(re.findall(r"[A-Z]", word)) > 1
    return "#" if mixed or len(re.findall(r"\d", word)) > 3 else word


def _code(found: re.Match[str]) -> str:
    """A code, number or token in running text; the code of a service is a fact and stays."""
    word = found.group()
    if _SERVICE_CODE.fullmatch(word.strip(".")):
        return word
    digits = len(re.findall(r"\d", word))
    strewn = re.search(r"[a-z]", word) and re.search(r"[A-Z]", word) and digits > 0 and len(word) >= 12
    return "#" if digits > 4 or strewn else word


@lru_cache(maxsize=1)
def _figures() -> re.Pattern[str]:
    """Figures with a unit of what was measured, and long numbers that are no amount of money."""
    words = yaml.safe_load(Path(__file__).with_name("passing.yaml").read_text(encoding="utf-8"))
    units, facts = (
        "|".join(re.escape(unicodedata.normalize("NFC", unit)) for unit in sorted(words[name], key=len, reverse=True))
        for name in ("measured", "facts")
    )
    begins = r"(?<![\w.,])(?!\d\.\d{6}(?!\d))"  # no part of a longer number, and not the code of a service
    return re.compile(
        rf"{begins}{_NUMBER}(?=\s?(?:{units})(?!\w))|{begins}(?=[\d.,]*\d{{4}}){_NUMBER}(?!\d)(?!\s?(?:{facts})(?!\w))"
    )
