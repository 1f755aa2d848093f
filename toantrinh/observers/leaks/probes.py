"""Everything that is asked about leaks, in one observation: errors, left files, debug pages, listings."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

from toantrinh.observations.leaks import LeakProbes
from toantrinh.observations.site import PageFacts
from toantrinh.observers.leaks import listings, named_paths, provoking
from toantrinh.observers.prober.prober import Prober
from toantrinh.store import Attachments

FILES = ("script", "stylesheet", "image", "font")


def observe_leaks(prober: Prober, pages: Iterable[PageFacts], attachments: Attachments) -> LeakProbes:
    """Asks as a visitor, all of it harmless. `pages`: what was visited, whose links and files say where to ask."""
    known = list(pages)
    home = urljoin(prober.system.base_url + "/", prober.system.paths.get("home", ""))
    files = [found.address for page in known for found in page.resources if found.kind in FILES]
    addresses = [link.address for page in known for link in page.links if link.address]
    addresses += [found.address for page in known for found in page.resources if found.kind in ("xhr", "fetch")]
    left = named_paths.ask_paths(prober, "left_files")
    debug = named_paths.ask_paths(prober, "debug_pages")
    folders = listings.ask_folders(prober, files)
    provoked = provoking.provoke(prober, home, addresses)
    prober.settle()
    return LeakProbes(
        left_files=named_paths.judged(prober, left, attachments),
        debug_pages=named_paths.judged(prober, debug, attachments),
        listings=listings.judged(prober, folders, attachments),
        provoked=provoking.judged(prober, provoked, attachments),
        exchanges=prober.record(),
    )
