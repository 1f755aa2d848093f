"""Facts about what a page holds: its forms that only ask, the libraries that run in it."""

from __future__ import annotations

from toantrinh.observations.page import Facts


class GlobalFacts(Facts):
    """A library that runs in the page, by the global `name` that says its version."""

    library: str
    version: str
    name: str


class FormFacts(Facts):
    """A form that asks by GET. `fields`: name, type, and value as it stands.

    Of a list in which nothing is chosen the type is `choice` and the value its first choice that says something.
    """

    address: str
    fields: tuple[tuple[str, str, str], ...]
