"""Tours of the portal of the river, one per face, for the whole session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from fixtures.tour import TourRecord
from tests.scenarios.conftest import served, stranger
from tests.suites_functional.mistakes import journey_to
from tests.suites_pages.conftest import site_of as site_of
from tests.tour.river_portal import CODE, NAME, River, make_river_portal
from toantrinh.observations.tour import Tour
from toantrinh.observers.touring.tour import make_tour
from toantrinh.store import Attachments

TourOf = Callable[[str], tuple[Tour, River]]


@pytest.fixture(scope="session")
def tour_of(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> TourOf:
    """Gives the tour of a face of the portal, and the portal as it was left."""
    known: dict[str, tuple[Tour, River]] = {}

    def get(face: str) -> tuple[Tour, River]:
        if face not in known:
            river = River(face)
            with served(make_river_portal(river)) as address:
                system, service = stranger(address, code=CODE, name=NAME)
                folder = Attachments(tmp_path_factory.mktemp(face), "tour", str)
                tour = make_tour(chromium, system, service, folder, journey_to(service, f"{address}/tt"))
            known[face] = tour, river
        return known[face]

    return get


def record(tour: Tour, *, verified: bool = True) -> TourRecord:
    """The tour as a check reads it."""
    return TourRecord(tour, "", "observations/tour.json", verified)
