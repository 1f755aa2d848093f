"""What axe left undecided, and which of it is for a person to look at."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from toantrinh.observations.site import ElementFacts, RuleFacts

DOUBTS = Path(__file__).parent / "axe_doubts.yaml"
OPENING, CLASS = re.compile(r"<([\w-]+)[^>]*"), re.compile(r'\sclass="([^"]*)"')
VARYING = re.compile(r'"[^"]*"|[0-9.]+')  # what a reason quotes or counts


@dataclass(frozen=True)
class Doubts:
    """Of one rule, words of axe's reasons for which no person is asked: never, where axe decided something, or where a
    check of ours has looked."""

    nobody: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()  # check and word


@cache
def known_doubts() -> dict[str, Doubts]:
    """The reasons of axe_doubts.yaml by rule, in small letters."""
    return {rule: _doubts(entry) for rule, entry in _file().items()}


def checks_elsewhere() -> set[str]:
    """The checks to which axe_doubts.yaml leaves a decision."""
    return {check for entry in _file().values() for check in entry.get("elsewhere", {})}


def for_a_person(
    rule: RuleFacts,
    *,
    decided: bool,
    blind: Collection[str] = (),
    seen: Collection[ElementFacts] = (),
    asked: bool = True,
) -> RuleFacts | None:
    """The undecided rule with those elements that a person has to look at; None without any.

    `decided`: axe decided the rule for other elements of the same frame. `blind`: checks of `elsewhere` that did not
    look here, and `seen` the elements that they saw elsewhere: one that is the same, words included, is settled there.
    Not `asked`: those checks look at this kind of place but now and then; one of the same class, or a field, speaks for
    its likes there. Elements beyond those that the record keeps are taken for what these are, while one of each reason
    is kept.
    """
    known = known_doubts().get(rule.rule, Doubts())
    words = known.nobody + (known.slight if decided else ()) + (known.unasked if decided and not asked else ())
    words += tuple(word for check, word in known.elsewhere if check not in blind)
    named = _kind if not asked else _markup
    same = {(named(one), one.why) for one in seen}
    left = tuple(word for check, word in known.elsewhere if check in blind)

    def settled(one: ElementFacts) -> bool:
        why = one.why.lower()
        return _tells(why, words) or ((named(one), one.why) in same and _tells(why, left))

    kept = tuple(one for one in rule.elements if not settled(one))
    if kept == rule.elements or (not kept and _may_hide(rule)):
        return rule
    if not kept:
        return None
    shot = rule.shot if kept[0] == rule.elements[0] else ""
    return rule.model_copy(update={"elements": kept, "count": len(kept), "shot": shot})


def _markup(one: ElementFacts) -> str:
    return one.markup


def _kind(one: ElementFacts) -> str:
    """Its tag and class; the whole element without a class, unless it is a field, which all look alike."""
    tag = OPENING.match(one.markup)
    kind = CLASS.search(tag[0]) if tag else None
    if tag is None or (kind is None and tag[1] not in ("select", "input", "textarea")):
        return one.markup
    return f"{tag[1]} {kind[1] if kind else ''}"


def _tells(why: str, words: Collection[str]) -> bool:
    return any(word in why for word in words)


def _may_hide(rule: RuleFacts) -> bool:
    """True when there may be reasons that the record does not keep: each element that it keeps has one of its own."""
    kinds = {VARYING.sub("", one.why) for one in rule.elements}
    return rule.count > len(rule.elements) == len(kinds)


@cache
def _file() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(DOUBTS.read_text(encoding="utf-8"))
    return found


def _doubts(entry: dict[str, Any]) -> Doubts:
    elsewhere = tuple((check, word.lower()) for check, words in entry.get("elsewhere", {}).items() for word in words)
    small = (tuple(word.lower() for word in entry.get(name, ())) for name in ("nobody", "slight", "unasked"))
    return Doubts(*small, elsewhere)
