"""What a Content-Security-Policy really allows (CSP Level 3): read as a browser reads it, not searched for words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

OPEN_SOURCES = frozenset({"*", "http:", "https:", "data:", "blob:", "http://*", "https://*"})
TRUSTED = re.compile(r"'(?:nonce-|sha(?:256|384|512)-).+'", re.I)
NONCE = re.compile(r"'nonce-([^']+)'", re.I)


@dataclass(frozen=True)
class Policy:
    """One policy as it was delivered; the first of directives with the same name counts (CSP3 §2.2.1)."""

    text: str

    @cached_property
    def directives(self) -> dict[str, tuple[str, ...]]:
        """Directive name → its sources, lower-case but for nonces and hashes."""
        found: dict[str, tuple[str, ...]] = {}
        for part in self.text.split(";"):
            words = part.split()
            if words:
                sources = tuple(w if TRUSTED.fullmatch(w) else w.lower() for w in words[1:])
                found.setdefault(words[0].lower(), sources)
        return found

    def sources(self, *names: str) -> tuple[str, ...] | None:
        """The sources of the first of these directives that the policy has; None when it has none of them."""
        return next((self.directives[name] for name in names if name in self.directives), None)

    @property
    def nonces(self) -> frozenset[str]:
        """All nonces of the policy."""
        return frozenset(NONCE.findall(self.text))

    def script_holes(self) -> list[str]:
        """What in the policy lets strange scripts in; empty when it holds them off."""
        sources = self.sources("script-src", "default-src")
        if sources is None:
            return ["không giới hạn mã (thiếu script-src và default-src)"]
        trusted = any(TRUSTED.fullmatch(source) for source in sources)
        strict = "'strict-dynamic'" in sources and trusted
        holes = []
        # CSP3 §6.7.3.2: with a nonce or hash browsers ignore 'unsafe-inline', with 'strict-dynamic' the hosts.
        if "'unsafe-inline'" in sources and not trusted:
            holes.append("cho mã nội tuyến ('unsafe-inline')")
        if not strict and (open_ones := sorted(set(sources) & OPEN_SOURCES)):
            holes.append(f"cho mã từ mọi nơi ({' '.join(open_ones)})")
        return holes

    def objects_held(self) -> bool:
        """True when plug-in objects are limited, by object-src or by the default."""
        sources = self.sources("object-src", "default-src")
        return sources is not None and not set(sources) & OPEN_SOURCES

    def base_held(self) -> bool:
        """True when the page's base address is fixed; base-uri does not fall back on the default."""
        sources = self.sources("base-uri")
        return sources is not None and not set(sources) & OPEN_SOURCES

    def framing_held(self) -> bool:
        """True when strangers may not frame the page."""
        sources = self.sources("frame-ancestors")
        return sources is not None and not set(sources) & OPEN_SOURCES


def policies(header: str) -> list[Policy]:
    """The policies of a Content-Security-Policy header; several are separated by commas, and all of them hold."""
    return [Policy(part.strip()) for part in re.split(r"[,\n]", header) if part.strip()]


def weaknesses(found: list[Policy]) -> list[str]:
    """What the policies together leave open; each demand is met when one of them meets it."""
    if not found:
        return ["không có Content-Security-Policy"]
    wrong = [] if any(not one.script_holes() for one in found) else list(found[0].script_holes())
    if not any(one.objects_held() for one in found):
        wrong.append("thiếu object-src")
    if not any(one.base_held() for one in found):
        wrong.append("thiếu base-uri")
    return wrong
