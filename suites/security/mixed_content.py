"""What a page over HTTPS asks for by plain HTTP (W3C Mixed Content), as far as it leaves the citizen's machine."""

from __future__ import annotations

from urllib.parse import urlsplit

from toantrinh.observations.site import PageFacts
from toantrinh.system_model import System, is_loopback


def mixed_on(page: PageFacts, system: System) -> list[str]:
    """What was loaded or refused, and where forms lead, each in words."""
    loaded = [found.address for found in page.resources if _over_the_net(found.address, system)]
    refused = [text for text in page.blocked if _over_the_net(text.partition(" ")[0], system)]
    mixed = [f"tài nguyên {address}" for address in dict.fromkeys([*loaded, *refused])]
    return [*mixed, *(f"biểu mẫu gửi tới {to}" for to in page.insecure_forms if _over_the_net(to, system))]


def _over_the_net(address: str, system: System) -> bool:
    """True for plain HTTP to another machine than the citizen's own.

    Programs for signing listen there, and browsers take them for safe (W3C Secure Contexts §3.1). Of a system that is
    on this machine its own host stands for the net.
    """
    if not address.lower().startswith("http:"):
        return False
    try:
        return not is_loopback(address) or urlsplit(address).hostname == system.host
    except ValueError:  # an address that nobody can read
        return True
