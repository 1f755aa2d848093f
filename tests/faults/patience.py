"""Loaded into the main job with `-p`: the limits of a run in small, so that what never ends is given up sooner; and a
resolver that knows no name under .example (RFC 2606), without asking anybody."""

from __future__ import annotations

from collections.abc import Iterable

from toantrinh import browsers
from toantrinh.driver import opening, pace

opening.PAGE_S = 10.0
opening.RETRY_PAUSE_MS = 300.0
pace.FIRST_PAUSE_S = 0.2
rules_for = browsers.resolver_rules


def without_example(hosts: Iterable[str]) -> str:
    """The resolver's rules for hosts that can be known."""
    return rules_for(host for host in hosts if not host.endswith(".example"))


browsers.resolver_rules = without_example
