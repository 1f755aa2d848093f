"""Headers, static files, error pages, and other people's dossiers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from .conftest import Application, Portal, Visitor


@pytest.mark.parametrize("path", ["/", "/thu-tuc", "/dang-nhap", "/khong-co", "/dia-ban/xa?tinh=01"])
def test_every_answer_carries_the_protecting_headers(portal: Portal, path: str) -> None:
    headers = requests.get(portal.url + path, timeout=10).headers
    policy = headers["Content-Security-Policy"]
    assert "object-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"]
    assert "Werkzeug" not in headers.get("Server", "") and "Python" not in headers.get("Server", "")


def test_the_nonce_is_fresh_each_time_and_on_every_script(visitor: Visitor) -> None:
    nonces = set()
    for _ in range(2):
        visitor.get("/")
        scripts = visitor.page.xpath("//script")
        assert scripts
        nonces.add(frozenset(one.get("nonce") for one in scripts))
    assert len(nonces) == 2 and all(len(one) == 1 for one in nonces)


def test_static_files_are_compressed_and_kept_for_ever(visitor: Visitor) -> None:
    visitor.get("/")
    sheet = visitor.page.xpath("//link[@rel='stylesheet']/@href")[0]
    for encoding in ("br", "gzip"):
        answer = requests.get(visitor._whole(sheet), headers={"Accept-Encoding": encoding}, stream=True, timeout=10)
        assert answer.headers["Content-Encoding"] == encoding
        assert "immutable" in answer.headers["Cache-Control"]
    assert requests.get(visitor._whole(sheet), headers={"Accept-Encoding": "identity"}, timeout=10).text.startswith(
        "@font"
    )


def test_pages_are_compressed(portal: Portal) -> None:
    answer = requests.get(portal.url, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=10)
    assert answer.headers["Content-Encoding"] == "gzip"


def test_pages_of_a_logged_in_citizen_are_not_stored(citizen_a: Visitor) -> None:
    assert citizen_a.get("/ho-so-cua-toi").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "code"), [("GET", "/khong-co", 404), ("DELETE", "/thu-tuc", 405), ("POST", "/tra-cuu", 403)]
)
def test_refusals_have_a_page_in_vietnamese(portal: Portal, method: str, path: str, code: int) -> None:
    answer = requests.request(method, portal.url + path, timeout=10)
    assert answer.status_code == code
    assert 'lang="vi"' in answer.text and "<h1>" in answer.text and "Traceback" not in answer.text


def test_a_dossier_does_not_exist_for_anybody_else(
    portal: Portal, visitor: Visitor, citizen_b: Visitor, apply: Callable[..., Application]
) -> None:
    application = apply()
    application.until("nop")
    (file,) = portal.rows("SELECT id FROM dossier_files WHERE dossier_id = ? AND origin = 'store'", application.id)[0]
    paths = (
        "",
        "/bien-nhan",
        "/bien-lai",
        "/ket-qua",
        "/to-khai",
        "/rut",
        "/bo-sung",
        "/nguoi-nop",
        "/ky-nop",
        f"/tep/{file}",
    )
    for path in paths:
        assert citizen_b.get(application.address + path).status_code == 404, path
        answer = visitor.get(application.address + path, allow_redirects=False)
        assert answer.status_code == 302 and "/dang-nhap" in answer.headers["Location"], path
    citizen_b.get("/tai-khoan")
    citizen_b.post(f"{application.address}/rut", {"ly_do": "không phải của tôi"})
    assert citizen_b.answer.status_code == 404
    assert portal.rows("SELECT status FROM dossiers WHERE id = ?", application.id) == [(1,)]


def test_a_file_of_one_dossier_is_not_found_under_another(portal: Portal, apply: Callable[..., Application]) -> None:
    first, second = apply(), None
    first.until("le-phi")
    second = apply()
    (file,) = portal.rows("SELECT id FROM dossier_files WHERE dossier_id = ?", first.id)[0]
    assert second.visitor.get(f"{second.address}/tep/{file}").status_code == 404


def test_papers_of_a_store_are_their_owners(portal: Portal, citizen_a: Visitor, citizen_b: Visitor) -> None:
    (paper,) = portal.rows("SELECT id FROM stored_documents WHERE citizen_id = 1")[0]
    assert citizen_a.get(f"/kho-giay-to/{paper}").status_code == 200
    assert citizen_b.get(f"/kho-giay-to/{paper}").status_code == 404
