"""The home page and the notice on personal data."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template

from portal import slow_work
from portal.catalogue import Catalogue, Question, current_catalogue
from portal.citizen.pages import blueprint
from portal.defects import has_defect


@dataclass(frozen=True)
class LifeEvent:
    """A turn in somebody's life or work, and the keyword that finds its services."""

    title: str
    icon: str
    keyword: str


LIFE_EVENTS = (
    LifeEvent("Có con nhỏ", "baby", "khai sinh"),
    LifeEvent("Hôn nhân và gia đình", "heart", "kết hôn"),
    LifeEvent("Cư trú, căn cước", "home", "trú"),
    LifeEvent("Phương tiện, lái xe", "car", "lái xe"),
    LifeEvent("Khởi sự kinh doanh", "briefcase", "kinh doanh"),
    LifeEvent("Đất đai, nhà ở", "land", "đất"),
    LifeEvent("Học tập, thi cử", "cap", "tốt nghiệp"),
    LifeEvent("Bảo hiểm, y tế", "shield", "bảo hiểm y tế"),
    LifeEvent("Việc làm", "user", "thất nghiệp"),
    LifeEvent("Điện, nước", "bolt", "điện"),
    LifeEvent("Người thân qua đời", "file", "khai tử"),
    LifeEvent("Lý lịch tư pháp", "files", "lý lịch tư pháp"),
)


@blueprint.get("/")
def home() -> str:
    """The home page."""
    if has_defect("http.first-byte-slow"):
        slow_work.put_together_home_page()
    catalogue = current_catalogue()
    return render_template(
        "citizen/home.html",
        popular=catalogue.most_used()[:8],
        events=_events(catalogue),
        by_level=catalogue.count_by_level(),
        total=len(catalogue.entries),
    )


@blueprint.get("/bao-ve-du-lieu")
def data_protection() -> str:
    """What the portal keeps of a person and why (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)."""
    return render_template("citizen/data_protection.html")


def _events(catalogue: Catalogue) -> list[tuple[LifeEvent, int]]:
    known: dict[str, list[tuple[LifeEvent, int]]] = current_app.extensions
    if "portal.life_events" not in known:
        counted = [(event, catalogue.find(Question(keyword=event.keyword)).total) for event in LIFE_EVENTS]
        known["portal.life_events"] = [(event, count) for event, count in counted if count]
    return known["portal.life_events"]
