"""Logging in and out, and what protects sessions."""

from __future__ import annotations

import hashlib

import requests

from .conftest import Portal, Visitor


def test_log_in_leads_back_to_the_service(visitor: Visitor) -> None:
    visitor.get("/nop-ho-so/1.001193")
    assert "Đăng nhập" in visitor.words
    visitor.log_in("A", "/nop-ho-so/1.001193")
    assert visitor.answer.url.endswith("/nguoi-nop") and "Thủ tục đăng ký khai sinh" in visitor.words


def test_log_in_never_leads_to_another_site(visitor: Visitor) -> None:
    for address in ("https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"):
        visitor.get("/dang-nhap", params={"tiep": address})
        assert "example.org" not in visitor.answer.text.split("<main", 1)[1] and "javascript:" not in visitor.words


def test_the_session_number_changes_at_log_in_and_dies_at_log_out(portal: Portal, visitor: Visitor) -> None:
    visitor.get("/dang-nhap/vneid", allow_redirects=False)
    before = visitor.session.cookies.get("phien", domain="127.0.0.1")
    visitor.log_in("A")
    during = visitor.session.cookies.get("phien", domain="127.0.0.1")
    assert before and during and before != during
    visitor.post("/dang-xuat", {})
    assert "Bạn đã đăng xuất" in visitor.words
    replay = requests.get(f"{portal.url}/tai-khoan", cookies={"phien": during}, allow_redirects=False, timeout=10)
    assert replay.status_code == 302 and "/dang-nhap" in replay.headers["Location"]


def test_a_stolen_answer_of_the_identity_provider_logs_nobody_in(visitor: Visitor) -> None:
    visitor.get("/dang-nhap/ket-qua?code=abc&state=xyz")
    assert "Đăng nhập chưa thành công" in visitor.words


def test_the_database_does_not_hold_the_cookie(portal: Portal, citizen_a: Visitor) -> None:
    cookie = citizen_a.session.cookies.get("phien", domain="127.0.0.1")
    assert cookie
    assert not portal.rows("SELECT id FROM web_sessions WHERE id = ?", cookie)


def test_an_idle_session_is_over(portal: Portal, visitor: Visitor) -> None:
    visitor.log_in("B")
    number = hashlib.sha256(visitor.session.cookies.get("phien", domain="127.0.0.1", default="").encode()).hexdigest()
    portal.change("UPDATE web_sessions SET seen_at = '2026-01-01 00:00:00.000000' WHERE id = ?", number)
    visitor.get("/tai-khoan")
    assert "Phiên làm việc đã hết hạn" in visitor.words


def test_a_form_without_the_token_is_refused(visitor: Visitor) -> None:
    visitor.log_in("A", "/tai-khoan")
    refused = visitor.session.post(f"{visitor.portal.url}/tai-khoan", data={"dien_thoai": "0900000000"}, timeout=10)
    assert refused.status_code == 403


def test_a_token_of_another_session_is_refused(visitor: Visitor, citizen_b: Visitor) -> None:
    citizen_b.get("/tai-khoan")
    token = citizen_b.page.xpath("//input[@name='_csrf']/@value")[0]
    visitor.log_in("A", "/tai-khoan")
    sent = {"_csrf": token, "dien_thoai": "0900000000"}
    assert visitor.session.post(f"{visitor.portal.url}/tai-khoan", data=sent, timeout=10).status_code == 403


def test_a_form_from_another_origin_is_refused(visitor: Visitor) -> None:
    visitor.log_in("A", "/tai-khoan")
    visitor.post("/tai-khoan", {"dien_thoai": "0900000000"}, headers={"Origin": "https://example.org"})
    assert visitor.answer.status_code == 403
