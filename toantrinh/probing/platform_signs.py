"""Which product a portal is built on, by facts that `platform_signs.yaml` lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from toantrinh.probing.found import PlatformGuess

ENOUGH = 2


@cache
def _signs() -> dict[str, Any]:
    data = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def guess_platform(host: str, addresses: Iterable[str], markup: str) -> PlatformGuess:
    """The product with the most facts for it; `generic` when there is none, unsure below two facts."""
    seen = {"host": host, "address": "\n".join(addresses), "markup": markup}
    best: tuple[int, str, tuple[str, ...]] = (0, "generic", ())
    for name, signs in _signs()["platforms"].items():
        facts = [sign for sign in signs if _holds(sign, seen)]
        weight = sum(int(sign.get("counts", 1)) for sign in facts)
        if weight > best[0]:
            best = (weight, name, tuple(str(sign["says"]) for sign in facts))
    weight, name, says = best
    hints = tuple(hint for hint, sign in _signs()["hints"].items() if _holds(sign, seen))
    return PlatformGuess(name=name, facts=says, sure=weight >= ENOUGH, hints=hints)


def _holds(sign: Mapping[str, Any], seen: Mapping[str, str]) -> bool:
    return re.search(str(sign["match"]), seen[str(sign["in"])], re.IGNORECASE) is not None
