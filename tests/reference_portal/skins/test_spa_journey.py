"""From the first step to the confirmation in the single-page face, and what is left of it in the database and at EMC."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Browser, Page, expect

from ..citizens.conftest import PASSWORD, PEOPLE, Application, Portal, Visitor, running
from ..citizens.test_papers import PDF
from . import application as way


def kept(portal: Portal, dossier: str) -> dict[str, Any]:
    """What the database holds of a dossier, without what differs from one to the next."""
    one = "FROM {} WHERE dossier_id = ? ORDER BY 1, 2"
    facts = "service_code, status, fee, applicant, answers, delivery, delivery_address, code IS NOT NULL, step"
    return {
        "dossier": portal.rows(f"SELECT {facts} FROM dossiers WHERE id = ?", dossier),
        "payments": portal.rows(f"SELECT purpose, amount, state {one.format('payments')}", dossier),
        "papers": portal.rows(f"SELECT origin, document_key, media_type, name {one.format('dossier_files')}", dossier),
        "signatures": portal.rows(f"SELECT kind, subject {one.format('signatures')}", dossier),
        "events": portal.rows(f"SELECT status, title {one.format('dossier_events')}", dossier),
    }


def measured(portal: Portal, site: str = "4064") -> list[dict[str, Any]]:
    told = requests.get(f"{portal.collector}/so-lieu", params={"site": site}, timeout=10).json()
    return list(told["beacons"])


def wait_for_beacons(portal: Portal, count: int) -> list[dict[str, Any]]:
    """The beacons that were sent, once there are `count` of them."""
    until = time.monotonic() + 10
    while len(found := measured(portal)) < count and time.monotonic() < until:
        time.sleep(0.05)
    return found


def test_the_whole_way_leaves_the_same_dossier_as_the_portals_own_face(
    screen: Page, spa: Portal, tmp_path: Path
) -> None:
    dossier = way.until_signing(screen, spa, tmp_path)
    way.sign(screen)
    question = screen.get_by_role("dialog", name="Nộp hồ sơ này?")
    question.get_by_role("button", name="Xác nhận nộp hồ sơ").click()
    way.heading(screen, "Nộp hồ sơ thành công")
    code = spa.rows("SELECT code FROM dossiers WHERE id = ?", dossier)[0][0]
    expect(screen.get_by_text(code)).to_be_visible()

    with running(tmp_path / "modern") as modern:
        who = Visitor(modern).log_in("A")
        who.get(f"/nop-ho-so/{way.SERVICE}")
        same = Application(who, who.answer.url.removesuffix("/nguoi-nop"))
        places = dict(modern.rows("SELECT name, code FROM provinces") + modern.rows("SELECT name, code FROM communes"))
        moved = {"tinh": places[way.HUE], "xa": places[way.COMMUNE], "dia_chi": "Số 1 đường Thử Nghiệm"}
        same.step("nguoi-nop").send({**moved, "thao-tac": "tiep-tuc"})
        same.content()
        same.step("giay-to").send(
            {"thao-tac": "tiep-tuc"}, files={"tep-giay-chung-sinh": ("giay-chung-sinh.pdf", PDF, "application/pdf")}
        )
        same.pay()
        same.submit()
        assert kept(spa, dossier) == kept(modern, same.id)


def test_the_question_before_submission_can_be_refused_by_button_and_by_escape(
    screen: Page, spa: Portal, tmp_path: Path
) -> None:
    dossier = way.until_signing(screen, spa, tmp_path)
    way.sign(screen)
    screen.get_by_role("button", name="Hủy", exact=True).click()
    button = screen.get_by_role("button", name="Ký số và nộp hồ sơ")
    expect(button).to_be_focused()
    button.press("Enter")
    expect(screen.get_by_role("dialog")).to_be_visible()
    screen.keyboard.press("Escape")
    expect(screen.get_by_role("dialog")).to_have_count(0)
    assert spa.rows("SELECT code FROM dossiers WHERE id = ?", dossier) == [(None,)]


def test_a_form_that_is_not_whole_is_refused_by_the_server_without_a_question(
    screen: Page, spa: Portal, tmp_path: Path
) -> None:
    way.until_signing(screen, spa, tmp_path)
    screen.get_by_role("button", name="Ký số và nộp hồ sơ").click()
    expect(screen.get_by_role("alert").first).to_be_focused()
    expect(screen.get_by_role("alert").first).to_contain_text("Vui lòng đánh dấu cam đoan")
    expect(screen.get_by_role("dialog")).to_have_count(0)


def test_logging_in_by_the_identity_provider_comes_back_to_the_route(chromium: Browser, spa: Portal) -> None:
    import pyotp

    context = chromium.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{spa.url}/#/nop-ho-so/{way.SERVICE}")
    page.get_by_role("link", name=re.compile("VNeID")).click()
    page.wait_for_url(re.compile(re.escape(spa.identity)))
    number, secret = PEOPLE["B"]
    page.get_by_role("textbox").first.fill(number)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button").first.click()
    page.get_by_role("textbox").first.fill(pyotp.TOTP(secret).now())
    page.get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"/#/ho-so/.*/nguoi-nop"))
    way.heading(page, "Người nộp")
    expect(page.get_by_role("navigation", name="Khu vực cá nhân")).to_be_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    way.heading(page, "Bạn đã đăng xuất")
    expect(page.get_by_role("link", name="Đăng nhập", exact=True)).to_be_visible()
    context.close()


def test_a_payment_given_up_comes_back_with_its_message(screen: Page, spa: Portal, tmp_path: Path) -> None:
    way.begin(screen, spa)
    way.applicant(screen)
    way.content(screen)
    way.papers(screen, tmp_path)
    way.to_gateway(screen, spa)
    screen.get_by_role("button", name="Hủy giao dịch").click()
    way.heading(screen, "Lệ phí, nhận kết quả")
    expect(screen.get_by_role("main")).to_contain_text("Giao dịch đã bị hủy")
    expect(screen.get_by_role("status").filter(has_text="Giao dịch đã bị hủy")).to_be_visible()


def test_two_quick_presses_of_pay_make_one_order(screen: Page, spa: Portal, tmp_path: Path) -> None:
    dossier = way.begin(screen, spa)
    way.applicant(screen)
    way.content(screen)
    way.papers(screen, tmp_path)
    screen.get_by_role("radio", name=re.compile("Nhận bản điện tử")).check()
    screen.get_by_role("button", name=re.compile("^Thanh toán")).dblclick()
    screen.wait_for_url(re.compile(re.escape(spa.gateway)))
    assert len(spa.rows("SELECT 1 FROM payments WHERE dossier_id = ?", dossier)) == 1


def test_emc_counts_every_view_once_and_the_submission_once(screen: Page, spa: Portal, tmp_path: Path) -> None:
    requests.post(f"{spa.collector}/so-lieu/xoa", timeout=10)
    screen.goto(f"{spa.url}/#/thu-tuc")
    way.heading(screen, "Thủ tục hành chính")
    wait_for_beacons(spa, 1)
    screen.goto(f"{spa.url}/#/thu-tuc/{way.SERVICE}")
    way.heading(screen, "Thủ tục đăng ký khai sinh")
    screen.get_by_role("link", name="Tra cứu hồ sơ").first.click()
    way.heading(screen, "Tra cứu hồ sơ")
    screen.get_by_role("button", name="Tra cứu").click()
    expect(screen.get_by_role("alert").first).to_be_visible()
    told = wait_for_beacons(spa, 4)
    assert [(one["kind"], one["url"].removeprefix(spa.url)) for one in told] == [
        ("view", "/#/thu-tuc"),
        ("view", f"/#/thu-tuc/{way.SERVICE}"),
        ("dvc", f"/#/thu-tuc/{way.SERVICE}"),
        ("view", "/#/tra-cuu"),
    ]
    assert told[1]["title"].startswith("Thủ tục đăng ký khai sinh")
    assert (told[2]["code"], told[2]["what"]) == (way.SERVICE, "-1")

    requests.post(f"{spa.collector}/so-lieu/xoa", timeout=10)
    dossier = way.until_signing(screen, spa, tmp_path)
    way.sign(screen)
    screen.get_by_role("button", name="Xác nhận nộp hồ sơ").click()
    way.heading(screen, "Nộp hồ sơ thành công")
    screen.reload()
    way.heading(screen, "Nộp hồ sơ thành công")
    screen.get_by_role("link", name="Thông báo").click()
    way.heading(screen, "Thông báo")
    steps = [one for one in wait_for_beacons(spa, 10) if one["kind"] == "view"]
    assert [one["url"].rsplit("/", 1)[-1] for one in steps] == [
        "nguoi-nop", "noi-dung", "giay-to", "le-phi", "le-phi", "ky-nop", dossier, dossier, "thong-bao",
    ]  # fmt: skip
    submissions = [(one["code"], one["what"]) for one in measured(spa) if one["kind"] == "dvc"]
    assert submissions == [(way.SERVICE, "1")]
