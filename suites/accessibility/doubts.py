"""What axe left undecided, and which of it is for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from toantrinh.observations.site import RuleFacts

DOUBTS = Path(__file__).parent / "axe_doubts.yaml"


@dataclass(frozen=True)
class Doubts:
    """Of one rule, words of axe's reasons for which no person is asked: never, or where axe decided something."""

    settled: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()


@cache
def known_doubts() -> dict[str, Doubts]:
    """The reasons of axe_doubts.yaml by rule, in small letters."""
    return {rule: _doubts(entry) for rule, entry in _file().items()}


def checks_elsewhere() -> set[str]:
    """The checks to which axe_doubts.yaml leaves a decision."""
    return {check for entry in _file().values() for check in entry.get("elsewhere", {})}


def for_a_person(rule: RuleFacts, *, decided: bool) -> RuleFacts | None:
    """The undecided rule with those elements that a person has to look at; None without any.

    `decided`: axe decided the rule for other elements of the same frame. Elements beyond those that the record keeps
    are taken for what these are.
    """
    known = known_doubts().get(rule.rule, Doubts())
    words = known.settled + (known.slight if decided else ())
    kept = tuple(one for one in rule.elements if not any(word in one.why.lower() for word in words))
    if kept == rule.elements:
        return rule
    if not kept:
        return None
    shot = rule.shot if kept[0] == rule.elements[0] else ""
    return rule.model_copy(update={"elements": kept, "count": len(kept), "shot": shot})


@cache
def _file() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(DOUBTS.read_text(encoding="utf-8"))
    return found


def _doubts(entry: dict[str, Any]) -> Doubts:
    elsewhere = [word for words in entry.get("elsewhere", {}).values() for word in words]
    settled = tuple(word.lower() for word in (*elsewhere, *entry.get("nobody", ())))
    return Doubts(settled, tuple(word.lower() for word in entry.get("slight", ())))
