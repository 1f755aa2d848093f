"""One cause on many pages is one finding: it names the element once and the pages that it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from fixtures.keyboard import KeyboardRecord
from toantrinh.judgement import Grounds
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.site import PageName
from toantrinh.verdicts import Evidence


@dataclass(frozen=True)
class Fault:
    """One element at fault: by what it is the same on other pages, how it is called, and what is wrong with it."""

    cause: str
    selector: str
    markup: str
    why: str
    picture: str = ""


@dataclass
class Finding:
    """One cause with the pages that it touches."""

    fault: Fault
    pages: dict[PageName, KeyboardFacts] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.fault.why}: {self.fault.selector} ({', '.join(self.names)})"


def gathered(
    record: KeyboardRecord,
    pages: dict[PageName, KeyboardFacts],
    faults: Callable[[KeyboardFacts], Iterable[Fault]],
) -> list[Finding]:
    """The faults of all pages by cause, those of the most pages first; they become the evidence."""
    found: dict[str, Finding] = {}
    for name, facts in pages.items():
        for fault in faults(facts):
            finding = found.setdefault(fault.cause, Finding(fault))
            finding.names += [] if name in finding.pages else [record.named(name)]
            finding.pages[name] = facts
    findings = sorted(found.values(), key=lambda one: -len(one.pages))
    if findings:
        touched = {name: facts for one in findings for name, facts in one.pages.items()}
        titles = {one.fault.picture: f"{one.fault.why} – {one.names[0]}"[:200] for one in findings if one.fault.picture}
        record.look_at(touched, [Evidence(path=path, title=title) for path, title in titles.items()])
    return findings


def told(findings: Sequence[Finding]) -> str:
    """The findings in one sentence."""
    return "; ".join(map(str, findings[:6])) + (f"; và {len(findings) - 6} lỗi khác" if len(findings) > 6 else "")


def grounds(findings: Sequence[Finding], expected: str) -> Grounds:
    """Where the findings are, and by which markup they are known."""
    return Grounds(
        expected=expected,
        seen="; ".join(f"{one.fault.markup} – {one.fault.why}" for one in findings[:6]),
        where="; ".join(
            f"{facts.address} {one.fault.selector}" for one in findings[:6] for facts in [*one.pages.values()][:3]
        ),
        identity="+".join(sorted(one.fault.cause for one in findings))[:300],
    )
