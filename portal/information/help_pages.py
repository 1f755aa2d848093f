"""Guide, FAQ, contact, about and accessibility, in Vietnamese."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal.careless_letters import decomposed, encoded_twice
from portal.database import current_session
from portal.defects import has_defect
from portal.information.texts import texts
from portal.records import Agency

blueprint = Blueprint("help", __name__)


@blueprint.get("/hoi-dap")
def faq() -> str:
    """Câu hỏi thường gặp."""
    if has_defect("layout.questions-decomposed"):
        return decomposed(render_template("information/faq.html", groups=texts("vi").faq, active="help"))
    return render_template("information/faq.html", groups=texts("vi").faq, active="help")


@blueprint.get("/huong-dan")
def guide() -> str:
    """Hướng dẫn sử dụng, step by step."""
    steps = texts("vi").guide
    if has_defect("layout.guide-encoded-twice"):
        steps = tuple(replace(step, text=tuple(map(encoded_twice, step.text))) for step in steps)
    return render_template("information/guide.html", steps=steps, active="help")


@blueprint.get("/lien-he")
def contact() -> str:
    """Liên hệ: hotlines, addresses of the agencies, the root certificate of the signatures."""
    agencies = current_session().scalars(select(Agency).order_by(Agency.code)).all()
    return render_template("information/contact.html", hotlines=texts("vi").hotlines, agencies=agencies, active="help")


@blueprint.get("/gioi-thieu")
def about() -> str:
    """Giới thiệu Cổng."""
    return render_template(
        "information/sections.html",
        title="Giới thiệu Cổng",
        lead="Nơi công dân và tổ chức thực hiện thủ tục hành chính của tỉnh Sao Mai.",
        sections=texts("vi").about,
        active="about",
    )


@blueprint.get("/quyen-rieng-tu")
def privacy_by_its_other_name() -> ResponseReturnValue:
    """The address that people guess; the notice itself is the citizens' page."""
    return redirect("/bao-ve-du-lieu", 301)


@blueprint.get("/kha-nang-truy-cap")
def accessibility() -> str:
    """Accessibility statement."""
    return render_template(
        "information/sections.html",
        title="Khả năng truy cập",
        lead="Cổng được làm cho tất cả mọi người, kể cả người dùng trình đọc màn hình và bàn phím.",
        sections=texts("vi").accessibility,
        active="accessibility",
    )
