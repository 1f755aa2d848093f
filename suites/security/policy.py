"""What a Content-Security-Policy really allows (CSP Level 3): read as a browser reads it, not searched for words.

Several policies hold together: what one of them refuses is refused. So a weakness is one that all of them leave open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from suites.security.sources import lets_in

HOSTS = Path(__file__).parent / "script_hosts.yaml"
# CSP3 §2.3.1: what is no such value, such as a template's empty place, is no nonce and no hash.
TRUSTED = re.compile(r"'(?:nonce-|sha(?:256|384|512)-)[A-Za-z0-9+/_-]+={0,2}'", re.I)
NOT_IN_META = ("frame-ancestors", "sandbox", "report-uri")  # CSP3 §3.3
STRANGERS = (
    "https://ke-la.example/ke-la.js",
    "http://ke-la.example/ke-la.js",
    "https://ke-la.com/ke-la.js",
    "https://ke-la.net/ke-la.js",
    "https://ke-la.vn/ke-la.js",
    "https://ke-la.com.vn/ke-la.js",
    "data:text/javascript,1",
)
ELEMENTS = ("script-src-elem", "script-src", "default-src")
ATTRIBUTES = ("script-src-attr", "script-src", "default-src")


@dataclass(frozen=True)
class Policy:
    """One policy as it was delivered, by a header or by a meta element; `page` is the address that it protects."""

    text: str
    page: str = "https://cong.example/"
    meta: bool = False

    @cached_property
    def directives(self) -> dict[str, tuple[str, ...]]:
        """Directive name → its sources, keywords in lower case. The first of a name counts (CSP3 §2.2.1)."""
        found: dict[str, tuple[str, ...]] = {}
        for part in self.text.split(";"):
            words = part.split()
            if words and not (self.meta and words[0].lower() in NOT_IN_META):
                sources = tuple(w.lower() if w.startswith("'") and not TRUSTED.fullmatch(w) else w for w in words[1:])
                found.setdefault(words[0].lower(), sources)
        return found

    def sources(self, *names: str) -> tuple[str, ...] | None:
        """The sources of the first of these directives that the policy has; None when it has none of them."""
        return next((self.directives[name] for name in names if name in self.directives), None)

    @property
    def runs_nothing(self) -> bool:
        """True in a sandbox without scripts."""
        return "sandbox" in self.directives and "allow-scripts" not in self.directives["sandbox"]

    def lets_inline(self, names: tuple[str, ...] = ELEMENTS) -> bool:
        """True when inline code of this kind runs; nonces, hashes, 'strict-dynamic' end the leave (§6.7.3.2)."""
        sources = self.sources(*names)
        if self.runs_nothing:
            return False
        if sources is None:
            return True
        ended = "'strict-dynamic'" in sources or any(TRUSTED.fullmatch(source) for source in sources)
        return "'unsafe-inline'" in sources and not ended

    def lets(self, address: str) -> str:
        """What lets a script element with this address run; empty when nothing does."""
        sources = self.sources(*ELEMENTS)
        if self.runs_nothing or (sources is not None and "'strict-dynamic'" in sources):
            return ""  # §8.2: addresses do not count then
        return "mọi nguồn" if sources is None else lets_in(sources, address, self.page)

    @property
    def evaluates(self) -> bool:
        """True when text can be run as code ('unsafe-eval'; §4.4)."""
        sources = self.sources("script-src", "default-src")
        return not self.runs_nothing and (sources is None or "'unsafe-eval'" in sources)

    def objects_held(self) -> bool:
        """True when plug-in objects are limited, by object-src or by the default."""
        return self._held("object-src", "default-src")

    def base_held(self) -> bool:
        """True when the page's base address is fixed; base-uri does not fall back on the default."""
        return self._held("base-uri")

    def framing_held(self) -> bool:
        """True when strangers may not frame the page."""
        return self._held("frame-ancestors")

    def _held(self, *names: str) -> bool:
        sources = self.sources(*names)
        return sources is not None and not any(lets_in(sources, address, self.page) for address in STRANGERS)


@dataclass(frozen=True)
class KnownHosts:
    """Addresses of hosts that are known to let strangers' code pass; see script_hosts.yaml."""

    code_of_anybody: tuple[str, ...]
    needs_eval: tuple[str, ...]
    wraps_answers: tuple[str, ...]


@cache
def known_hosts() -> KnownHosts:
    """The dated list."""
    said = yaml.safe_load(HOSTS.read_text(encoding="utf-8"))
    return KnownHosts(*(tuple(said[name]) for name in ("code_of_anybody", "needs_eval", "wraps_answers")))


def policies(header: str, page: str = "https://cong.example/", *, meta: bool = False) -> list[Policy]:
    """The policies of a Content-Security-Policy header; several are separated by commas, and all of them hold."""
    return [Policy(part.strip(), page, meta) for part in re.split(r"[,\n]", header) if part.strip(" ;")]


def weaknesses(found: Sequence[Policy]) -> list[str]:
    """What the policies together leave open; empty when they hold strange scripts off."""
    if not found:
        return ["không có Content-Security-Policy"]
    wrong = _script_holes(found)
    if not any(one.objects_held() for one in found):
        wrong.append("thiếu object-src")
    if not any(one.base_held() for one in found):
        wrong.append("thiếu base-uri")
    return wrong


def finer_points(found: Sequence[Policy]) -> list[str]:
    """What a policy that holds could still do better: advice."""
    if not found or all(one.sources(*ELEMENTS) is None for one in found):
        return []
    wrong = ["cho chạy chuỗi thành mã ('unsafe-eval')"] if all(one.evaluates for one in found) else []
    if hosts := _hosts_let_in(found, known_hosts().wraps_answers):
        wrong.append(f"cho mã từ máy chủ từng có điểm JSONP ({hosts})")
    return wrong


def _script_holes(found: Sequence[Policy]) -> list[str]:
    if all(one.sources(*ELEMENTS) is None and not one.runs_nothing for one in found):
        return ["không giới hạn mã (thiếu script-src và default-src)"]
    holes = []
    if all(one.lets_inline() for one in found):
        holes.append("cho mã nội tuyến ('unsafe-inline')")
    elif all(one.lets_inline(ATTRIBUTES) for one in found):
        holes.append("cho mã trong thuộc tính sự kiện (script-src-attr 'unsafe-inline')")
    open_ones = [one.lets(address) for address in STRANGERS if all(p.lets(address) for p in found) for one in found]
    if open_ones:
        holes.append(f"cho mã từ mọi nơi ({' '.join(dict.fromkeys(open_ones))})")
        return holes
    known = known_hosts()
    tried = known.code_of_anybody + (known.needs_eval if all(one.evaluates for one in found) else ())
    if hosts := _hosts_let_in(found, tried):
        holes.append(f"cho mã từ máy chủ mà ai cũng đặt được mã ({hosts})")
    return holes


def _hosts_let_in(found: Sequence[Policy], addresses: Sequence[str]) -> str:
    let_in = [one.lets(address) for address in addresses if all(p.lets(address) for p in found) for one in found]
    return " ".join(dict.fromkeys(let_in))
