"""Facts about the published list of services and the search in it."""

from __future__ import annotations

from toantrinh.observations.page import Facts, ProofOfPage


class SearchTry(Facts):
    """One search.

    `rank` is the place of the wanted service (1 first, None not among them); `total` as the page states it.
    """

    query: str
    results: tuple[str, ...]
    rank: int | None
    total: int | None
    said: str
    proof: ProofOfPage
    shot: str


class SearchVariants(Facts):
    """The same service looked for in other ways than its whole name."""

    without_diacritics: SearchTry
    by_code: SearchTry


class FilterTry(Facts):
    """One filter of the list: the option chosen, and how many services were listed before and after."""

    intent: str
    label: str
    option: str
    before: int
    after: int


class PagingTry(Facts):
    """The list's second page: the words of the control, and whether it showed other services than the first."""

    control: str
    first: tuple[str, ...]
    second: tuple[str, ...]


class CatalogueFacts(Facts):
    """The list of services: rows with their level label, filters, paging, and a search for nothing."""

    address: str
    total: int | None
    rows: tuple[str, ...]
    rows_with_level: int
    levels_offered: tuple[str, ...]
    filters: tuple[FilterTry, ...]
    paging: PagingTry | None
    nothing: SearchTry
    shots: tuple[str, ...]
    proof: ProofOfPage
