"""Public figures agree with the records."""

from __future__ import annotations

from portal.clock import now
from portal.information import chart
from portal.information.figures import Count, count
from portal.records import Rating

from .conftest import Site


def ward(site: Site, agency: str = "H99.23") -> Count:
    with site.database.transaction() as rows:
        return count(rows, now().date()).narrowed(agency, f"{now():%Y-%m}").total


def test_figures_follow_a_new_dossier_its_result_and_its_rating(site: Site) -> None:
    before = ward(site)
    number, _ = site.dossier("1.000656", "H99.23")
    received = ward(site)
    assert (received.received, received.under_way) == (before.received + 1, before.under_way + 1)
    officer = site.officer()
    officer.get(f"/can-bo/ho-so/{number}")
    for action in ("tiep-nhan", "xu-ly", "phe-duyet", "tra-ket-qua"):
        officer.post(f"/can-bo/ho-so/{number}/{action}")
    with site.database.transaction() as rows:
        rows.add(Rating(dossier_id=number, stars=4))
    settled = ward(site)
    assert (settled.settled, settled.on_time) == (before.settled + 1, before.on_time + 1)
    assert (settled.rated, settled.stars) == (before.rated + 1, before.stars + 4)


def test_every_dossier_is_counted_once(site: Site) -> None:
    site.dossier()
    with site.database.transaction() as rows:
        figures = count(rows, now().date())
    total = figures.total
    assert total.received == total.settled + total.under_way + total.without_result
    assert total.settled == total.on_time + total.late
    assert sum(one.received for _, one in figures.by_month()) == total.received
    assert sum(one.received for _, one in figures.by_agency()) == total.received


def test_the_page_shows_the_figures_of_one_agency(site: Site) -> None:
    site.dossier("1.000656", "H99.26")
    visitor = site.visitor()
    visitor.get("/so-lieu?co-quan=H99.26")
    assert "Ủy ban nhân dân xã Hạ Long Giang" in visitor.words
    assert f"{ward_total(site, 'H99.26')} hồ sơ đã tiếp nhận" in visitor.words


def ward_total(site: Site, agency: str) -> int:
    with site.database.transaction() as rows:
        return count(rows, now().date()).narrowed(agency).total.received


def test_bars_stand_on_the_floor_and_stay_inside_the_chart() -> None:
    drawn = chart.bars(["01/2026", "02/2026"], [[3, 17], [0, 9]])
    for group in drawn.groups:
        for bar in group.bars:
            assert round(bar.y + bar.height, 1) == drawn.floor
            assert bar.y >= 0 and bar.x + bar.width <= drawn.width


def test_a_chart_without_months_has_only_its_lines() -> None:
    assert chart.bars([], [[], []]).groups == ()
