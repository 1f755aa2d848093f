"""6.4 Nhãn và không gây hại."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.pages import JourneysRecord, SiteRecord
from suites.emc.beacons import of_journey
from suites.personal_data import found_in, personal_facts
from toantrinh.judgement import Grounds, fail, not_tested, partial
from toantrinh.observations.site import PageName


@check("emc.label")
def test_label_is_visible(site: SiteRecord) -> None:
    """Nhãn "Đã kết nối EMC" hiện trên trang, không bị ẩn."""
    home = site.page(PageName.HOME)
    if home.tag.label_visible:
        return
    pages = site.pages()
    shown = [page for page in pages if page.tag.label_visible]
    expected = "nhãn “Đã kết nối EMC” nhìn thấy được"
    if shown:
        names = ", ".join(page.name.vietnamese for page in shown)
        partial(
            len(shown) / len(pages),
            f"trang chủ không có nhãn EMC, chỉ có ở {names}",
            Grounds(expected, names, home.address),
        )
    hidden = next((page for page in pages if page.tag.label), None)
    if hidden:
        fail(f"nhãn “{hidden.tag.label}” có trong trang nhưng bị ẩn", Grounds(expected, "nhãn bị ẩn", hidden.address))
    site.missing("không thấy nhãn “Đã kết nối EMC” ở trang nào", expected=expected, where=home.address)


@check("emc.no-personal-data")
def test_no_personal_data_is_sent(all_journeys: JourneysRecord) -> None:
    """Không tín hiệu nào chứa họ tên, số định danh, điện thoại, thư điện tử, kể cả dạng mã hóa đơn giản."""
    sent = [(journey, step, beacon) for journey in all_journeys.journeys for step, beacon in of_journey(journey)]
    if not sent:
        not_tested("không có tín hiệu đo nào trong các hành trình")
    facts = personal_facts(all_journeys.system)
    leaks: dict[str, str] = {}
    for journey, step, beacon in sent:
        for name, value in (*beacon.parameters.items(), ("thân", beacon.body)):
            for what in found_in(value, facts, all_journeys.clean):
                leaks.setdefault(
                    f"{what} trong “{name}”", f"{step.name.vietnamese} ({journey.service}), trang {beacon.page}"
                )
    if leaks:
        said = "; ".join(f"{what} – {where}" for what, where in leaks.items())
        fail(
            f"tín hiệu đo mang dữ liệu cá nhân: {said}",
            Grounds("không có dữ liệu cá nhân", "; ".join(leaks), "; ".join(leaks.values())),
        )
