"""Each service that can be submitted goes through to its code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import Application, Portal, Visitor
from .test_papers import PDF, picture

SERVICES = yaml.safe_load(Path(__file__).parents[3].joinpath("portal/seed/services.yaml").read_text(encoding="utf-8"))
SUBMITTABLE = [one for one in SERVICES["services"] if one["level"] != "thong_tin"]
FILES = {"pdf": ("giay-to.pdf", PDF), "jpg": ("anh.jpg", picture("JPEG"))}


@pytest.mark.parametrize("service", SUBMITTABLE, ids=[one["code"] for one in SUBMITTABLE])
def test_the_service_can_be_handed_in(
    portal: Portal, citizen_a: Visitor, citizen_b: Visitor, apply: Callable[..., Application], service: dict[str, Any]
) -> None:
    application = apply(service["code"], citizen_b if service["audience"] == "to_chuc" else citizen_a)
    application.applicant()
    application.any_content(service["form"])
    assert application.visitor.answer.url.endswith("/giay-to"), application.visitor.words
    application.any_papers(FILES)
    page = application.step("le-phi")
    if service["fee"]:
        application.pay()
        page = application.step("le-phi")
    else:
        assert "Không thu phí" in page.words and "thanh-toan" not in page.page.xpath("//button/@value")
    page.send({"thao-tac": "tiep-tuc"})
    application.submit()
    assert "Nộp hồ sơ thành công" in page.words
    signed = portal.rows("SELECT kind FROM signatures WHERE dossier_id = ?", application.id)
    assert signed == ([("citizen",)] if service["requires_signature"] else [])
