"""What stands around every page: names, menu, addresses, the EMC tag, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, session
from sqlalchemy import func, select

from portal import settings as names
from portal.accounts import current_citizen
from portal.careless_letters import decomposed
from portal.database import current_session
from portal.defects import has_defect
from portal.records import Notice
from portal.settings import Settings


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu; with `children` it opens a list."""

    key: str
    title: str
    address: str = ""
    children: tuple[tuple[str, str], ...] = ()


NATIONAL_PORTAL = "dichvucong.gov.vn"
MENU = {
    "vi": (
        MenuEntry("home", "Trang chủ", "/"),
        MenuEntry("procedures", "Thủ tục hành chính", "/thu-tuc"),
        MenuEntry("lookup", "Tra cứu hồ sơ", "/tra-cuu"),
        MenuEntry("figures", "Tình hình giải quyết", "/so-lieu"),
        MenuEntry("feedback", "Phản ánh, kiến nghị", "/phan-anh-kien-nghi"),
        MenuEntry(
            "help",
            "Hỗ trợ",
            children=(
                ("Hướng dẫn sử dụng", "/huong-dan"),
                ("Câu hỏi thường gặp", "/hoi-dap"),
                ("Liên hệ", "/lien-he"),
            ),
        ),
    ),
    "en": (
        MenuEntry("home", "Home", "/en/"),
        MenuEntry("procedures", "Procedures", "/en/procedures"),
        MenuEntry("help", "Guide", "/en/guide"),
        MenuEntry("contact", "Contact", "/en/contact"),
    ),
}


def menu_for(lang: str, active: str | None) -> tuple[MenuEntry, ...]:
    """The main menu, as it stands on the pages of the part that is `active`."""
    entries = MENU[lang]
    if has_defect("layout.menu-reordered") and active == "help":
        return entries[::-1]
    if has_defect("layout.menu-no-look-up"):
        return tuple(one for one in entries if one.key not in ("lookup", "feedback"))
    return entries


def install(app: Flask) -> None:
    """Give templates what the layout needs."""
    settings: Settings = app.extensions["portal.settings"]
    app.jinja_env.globals.update(
        has_defect=has_defect,
        menu=MENU,
        menu_for=menu_for,
        national_portal=_national_portal,
        portal_name=names.PORTAL_NAME,
        owner=names.OWNER,
        owner_address=_owner_address,
        hotline=names.HOTLINE,
        email=names.EMAIL,
        root_code=names.ROOT_CODE,
        settings=settings,
        unread_notices=unread_notices,
    )

    @app.context_processor
    def _visitor() -> dict[str, Any]:
        if g.get("without_database"):
            return {"citizen": None, "is_officer": False, "canonical": settings.portal_url + request.path}
        return {
            "citizen": current_citizen(),
            "is_officer": "officer" in session,
            "canonical": settings.portal_url + request.path,
        }


def _national_portal() -> str:
    return "dichvucong.gov.com.vn" if has_defect("layout.national-link-misspelt") else NATIONAL_PORTAL


def _owner_address() -> str:
    return decomposed(names.OWNER_ADDRESS) if has_defect("layout.footer-decomposed") else names.OWNER_ADDRESS


def unread_notices() -> int:
    """How many notices the signed-in citizen has not read."""
    citizen = current_citizen()
    if citizen is None:
        return 0
    query = select(func.count()).select_from(Notice).where(Notice.citizen_id == citizen.id, Notice.read_at.is_(None))
    return current_session().scalar(query) or 0
