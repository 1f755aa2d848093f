"""What a defect is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """One fault as real systems have it. `checks` are the ids of the checks that must catch it."""

    name: str
    title: str
    checks: tuple[str, ...]
