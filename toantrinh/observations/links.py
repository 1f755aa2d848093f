"""Facts about the links inside the system: where they stand, where they lead, and what answers there."""

from __future__ import annotations

from enum import StrEnum

from toantrinh.observations.page import Facts


class LinkState(StrEnum):
    """What became of the address that a link leads to."""

    SOUND = "sound"  # a page or a file answers
    BROKEN = "broken"  # an error page or a broken-off answer, seen in the browser too
    NO_ANCHOR = "no-anchor"  # the page answers, the place in it that the link names is not there
    WALLED = "walled"  # only for those who have logged in, or are let in
    ELSEWHERE = "elsewhere"  # leads on to a host that the system's file does not name: not asked
    UNSURE = "unsure"  # a person has to look
    UNHEARD = "unheard"  # the network, or a system that asks to be left alone: nothing was seen


class PageLink(Facts):
    """A link of a page. `address` is whole, with its fragment; `acts`: it looks made to act by a script instead."""

    text: str
    address: str
    selector: str
    acts: bool = False


class PageLinks(Facts):
    """A page's links and the names of the places in it that a link may lead to (`id`, and `name` of `a`)."""

    address: str
    links: tuple[PageLink, ...]
    anchors: tuple[str, ...]


class LinkSource(Facts):
    """Where a link stands: the page, its words, and a selector that leads to it there."""

    page: str
    text: str
    selector: str


class LinkTarget(Facts):
    """An address that links lead to, and what answered. `sources`: at most 8 of `count` links that lead there.

    `seen`: the browser has opened it, too.
    """

    address: str
    state: LinkState
    status: int | None
    why: str
    sources: tuple[LinkSource, ...]
    count: int
    seen: bool = False
    shot: str = ""


class WalkedPage(Facts):
    """A page whose links were read: the least number of links from the home page to it, and where its own lead.

    Addresses are without fragments, unless these choose the page (`#/…`). `presses` None: no link that was read leads
    there.
    """

    address: str
    presses: int | None
    links: tuple[str, ...]


class LinkWalk(Facts):
    """A walk over the links from the home page on: breadth first, at most `most` addresses, chosen by `seed`.

    `left`: how many known addresses were not asked; `depth_whole`: every page that so many presses lead to was read;
    `ended`: why the walk ended early.
    """

    seed: int
    most: int
    pages: tuple[WalkedPage, ...]
    targets: tuple[LinkTarget, ...]
    left: int
    depth_whole: int
    ended: str = ""
