"""What a walk over the links has found out, and the record that is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from toantrinh.observations.links import LinkSource, LinkState, LinkTarget, LinkWalk, PageLinks, WalkedPage
from toantrinh.observers.comparing import place_of

MOST_SOURCES = 8


@dataclass
class Answer:
    """An address and all that is known of it."""

    state: LinkState
    status: int | None = None
    why: str = ""
    seen: bool = False
    scripts: bool = False
    links: PageLinks | None = None


@dataclass
class Notes:
    """The notes of a walk. `presses`: links from the home page; `sources`: where links stand, by whole address.

    `leads`: where the links of a page that was read lead to.
    """

    seed: int
    most: int
    ended: str = ""
    depth_whole: int = -1
    asked: dict[str, Answer] = field(default_factory=dict)
    presses: dict[str, int | None] = field(default_factory=dict)
    sources: dict[str, list[LinkSource]] = field(default_factory=dict)
    leads: dict[str, list[str]] = field(default_factory=dict)

    def sources_of(self, address: str) -> list[LinkSource]:
        """The links that lead to an address."""
        if address in self.sources and address != place_of(address):
            return self.sources[address]
        return [one for whole, found in self.sources.items() if place_of(whole) == address for one in found]

    def record(self, shots: dict[str, str]) -> LinkWalk:
        """The walk as it is kept; `shots` are pictures of links by the addresses that these lead to."""
        targets = []
        for address, found in self.asked.items():
            sources = self.sources_of(address)
            by_page = {source.page: source for source in reversed(sources)}
            targets.append(
                LinkTarget(
                    address=address,
                    state=found.state,
                    status=found.status,
                    why=found.why,
                    sources=tuple(reversed(by_page.values()))[:MOST_SOURCES],
                    count=len(by_page),
                    seen=found.seen,
                    shot=shots.get(address, ""),
                )
            )
        pages = [
            WalkedPage(address=address, presses=presses, links=tuple(self.leads.get(address, ())))
            for address, presses in self.presses.items()
            if (known := self.asked.get(address)) and known.links is not None
        ]
        return LinkWalk(
            seed=self.seed,
            most=self.most,
            pages=tuple(pages),
            targets=tuple(targets),
            left=sum(address not in self.asked for address in self.presses),
            depth_whole=self.depth_whole,
            ended=self.ended,
        )
