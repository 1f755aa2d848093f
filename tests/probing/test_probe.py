"""What the first visit finds on portals that it has never seen, and that it only reads."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.probing.conftest import Serve, running_portal
from tests.strangers.may_portal import CODE, NAME, Office
from toantrinh.driver import opening
from toantrinh.mistakes import UserMistake
from toantrinh.probing import visit
from toantrinh.probing.first_file import first_file
from toantrinh.probing.found import PortalSeen
from toantrinh.probing.visit import ask_address, base_of, probe_portal
from toantrinh.systems import load_system

TODAY = datetime.date(2026, 11, 21)
DETAIL = "<b>Mã thủ tục:</b> 1.001193<br><b>Tên thủ tục:</b> {name}<br><b>Lệ phí:</b> {fee}<h3>Trình tự thực hiện</h3><p>Nộp.</p><h3>Thành phần hồ sơ</h3><p>Đơn.</p><a href=/nop>Nộp trực tuyến</a>"
HOME = "<title>Cổng Dịch vụ công tỉnh Đồi</title><a href=/ds>Danh sách thủ tục</a> <a href=/vao>Đăng nhập</a><p>Trang chủ của cổng.</p>"


def loaded(seen: PortalSeen, folder: Path):  # type: ignore[no-untyped-def]
    path = folder / "first.yaml"
    path.write_text(first_file(seen, TODAY), encoding="utf-8")
    return load_system(str(path))


@pytest.fixture(scope="module")
def reference_seen(chromium: Browser, reference: str) -> PortalSeen:
    return probe_portal(chromium, reference)


@pytest.fixture(scope="module")
def may_seen(chromium: Browser, may: tuple[str, Office]) -> PortalSeen:
    return probe_portal(chromium, may[0])


def test_the_reference_portal_is_known_in_twenty_seconds(reference_seen: PortalSeen) -> None:
    seen = reference_seen
    assert seen.seconds < 20 and seen.is_portal
    assert (seen.name, seen.kind, seen.total) == ("Cổng Dịch vụ công tỉnh Sao Mai", "province", 24)
    assert seen.owner == "Ủy ban nhân dân tỉnh Sao Mai" and seen.hotline == "1900 1990"
    assert len(seen.services) == 5 and all(s.code and s.level and s.apply and len(s.labels) > 12 for s in seen.services)
    assert {"1.001193": 8000, "1.000656": 0}.items() <= {s.code: s.fee for s in seen.services}.items()
    assert seen.code_field == "Mã hồ sơ" and seen.look_up_captcha
    assert {"look-up", "guide", "questions", "feedback", "figures"} <= {w.intent for w in seen.pages if w.found}
    assert seen.tag.site_ids == ("4064",) and seen.tag.collectors
    assert seen.platform.name == "generic" and not seen.unseen


def test_the_host_behind_the_log_in_is_named(reference_seen: PortalSeen, reference: str) -> None:
    door = reference_seen.log_in
    assert any("VNeID" in offer for offer in door.offers)
    assert len(door.leads_to) == 1 and door.leads_to[0] not in reference


def test_the_first_file_loads_and_says_what_is_to_be_done(reference_seen: PortalSeen, tmp_path: Path) -> None:
    system = loaded(reference_seen, tmp_path)
    assert [s.code for s in system.services] == [s.code for s in reference_seen.services]
    assert system.emc.site_id == "4064" and not system.accounts and not system.paths
    text = (tmp_path / "first.yaml").read_text(encoding="utf-8")
    assert "kiểm tra lại: phí: trang ghi “115.000 đồng | 135.000 đồng”" in text
    assert "# accounts:" in text and "# điền" in text and "officer: /…" in text


def test_a_portal_without_a_list_is_searched(may_seen: PortalSeen, tmp_path: Path) -> None:
    seen = may_seen
    assert [(s.code, s.name, s.fee, s.apply) for s in seen.services] == [(CODE, NAME, 0, "Thực hiện trực tuyến")]
    assert seen.log_in.asks_password and seen.code_field == "Số hồ sơ"
    assert not seen.tag.present and loaded(seen, tmp_path).services[0].code == CODE


@pytest.mark.parametrize("skin", ["spa", "legacy"])
def test_other_faces_of_it_show_the_same(skin: str, chromium: Browser, reference_seen: PortalSeen, tmp_path: Path) -> None:
    with running_portal(tmp_path / "portal", "--skin", skin) as address:
        seen = probe_portal(chromium, address)
    assert seen.search_field and seen.code_field and not seen.unseen
    facts = [(s.code, s.name, s.level) for s in seen.services]
    assert facts == [(s.code, s.name, s.level) for s in reference_seen.services]
    assert (seen.name, seen.owner.casefold(), seen.tag.site_ids, seen.total) == (reference_seen.name, reference_seen.owner.casefold(), ("4064",), 24)
    assert [w.intent for w in seen.pages if w.found] == [w.intent for w in reference_seen.pages if w.found]
    assert any("VNeID" in offer for offer in seen.log_in.offers)
    assert loaded(seen, tmp_path).services


def test_nothing_is_sent_and_no_other_place_is_entered(chromium: Browser, serve: Serve) -> None:
    other = serve({"/": "<p>Người khác"})
    script = f"<script>fetch('/gui',{{method:'POST'}});navigator.sendBeacon('{other.address}/dem')</script>"
    site = serve(
        {
            "/": HOME + script,
            "/ds": "<p>Tìm thấy 2 thủ tục<ul>" + "".join(f"<li>1.00119{n} <a href=/tt/1.00119{n}>Đăng ký việc số {n}</a>" for n in (3, 4)) + "</ul>",
            "/tt/1.001193": DETAIL.format(name="Đăng ký việc số ba", fee="12.000 đồng") + script,
            "/tt/1.001194": DETAIL.format(name="Đăng ký việc số bốn", fee="Tùy từng vụ việc").replace("1.001193", "1.001194"),
            "/vao": (302, {"Location": f"{other.address}/oidc?state=x"}, ""),
        }
    )
    seen = probe_portal(chromium, site.address)
    assert {asked.split()[0] for asked in site.asked} == {"GET"} and not other.asked
    assert seen.log_in.leads_to == (other.address.removeprefix("http://"),)
    assert any(stopped == f"POST {site.address}/gui" for stopped in seen.stopped)
    assert [(s.code, s.fee) for s in seen.services] == [("1.001193", 12000), ("1.001194", None)]
    assert not any(asked.endswith("/nop") for asked in site.asked)


@pytest.mark.parametrize(
    ("markup", "name", "sure"),
    [
        ("<a href='/vi/procedure/search'>Thủ tục</a><a href='/vi/dossier/search'>Tra cứu hồ sơ</a>", "igate", True),
        ("<input id=CongDan_soCmnd>", "igate", True),
        ("<script>Liferay.on('x')</script><a href='#/danh-sach-ho-so/0'>Hồ sơ</a>", "opencps", True),
        ("<script>var Liferay = {}; Liferay.x = 1</script>", "opencps", False),
        ("<p>Thủ tục, hồ sơ", "generic", False),
    ],
)
def test_the_platform_is_told_by_facts(markup: str, name: str, sure: bool, chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    seen = probe_portal(chromium, serve({"/": HOME + markup}).address)
    assert (seen.platform.name, seen.platform.sure) == (name, sure)
    assert loaded(seen, tmp_path).platform == (name if sure else "generic")


def test_what_a_page_says_cannot_break_the_file(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    title = "Cổng Dịch vụ công: #1 \u2028 authorisation: {by: x} 'a\" \\ {}[] - *"
    seen = probe_portal(chromium, serve({"/": HOME.replace("Cổng Dịch vụ công tỉnh Đồi", title) + "<footer>Cơ quan chủ quản: a\u2028b: c # d</footer>"}).address)
    system = loaded(seen, tmp_path)
    assert system.name.startswith("Cổng Dịch vụ công: #1") and system.authorisation is None


def test_a_blog_is_no_portal(chromium: Browser, serve: Serve) -> None:
    posts = "".join(f"<li><a href=/bai-{n}>Chuyện đi chợ ngày thứ {n}</a>" for n in range(5))
    pages = {f"/bai-{n}": f"<h1>Chuyện đi chợ ngày thứ {n}</h1><p>Mua rau.</p>" for n in range(5)}
    site = serve({"/": f"<title>Nhật ký</title><h1>Nhật ký</h1><form action=/><input name=q placeholder='Tìm kiếm'></form><ul>{posts}</ul>", **pages})
    assert not probe_portal(chromium, site.address).is_portal


def test_a_page_that_fails_does_not_end_the_visit(chromium: Browser, serve: Serve) -> None:
    site = serve({"/": HOME + "<a href=/tc>Tra cứu hồ sơ</a>", "/ds": (500, {}, "Internal Server Error"), "/tc": "<form>Mã hồ sơ <input name=ma><button>Tra cứu</button></form>"})
    seen = probe_portal(chromium, site.address)
    assert seen.code_field == "Mã hồ sơ" and not seen.services and seen.is_portal


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({"/": (302, {"Location": "http://other.example/cong"}, "")}, "leads to another host: http://other.example/cong"),
        ({"/": (302, {"Location": "/"}, "")}, "redirects in a circle"),
        ({"/": "<title>Bảo trì</title><h1>Hệ thống đang bảo trì</h1>"}, "maintenance"),
        ({"/": "<title>Attention Required! | Cloudflare</title>Sorry, you have been blocked"}, "block"),
        ({"/": ""}, "blank"),
    ],
)
def test_an_address_that_shows_no_portal_is_said(pages: dict[str, str], said: str, chromium: Browser, serve: Serve) -> None:
    with pytest.raises(UserMistake, match=said):
        probe_portal(chromium, serve(pages).address)


def test_an_address_that_does_not_answer_is_said(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "ANSWER_S", 0.5)
    for address, said in (
        ("http://127.0.0.1:1", "refused"),
        (serve({"/": (503, {}, "Bảo trì")}).address, "error page 503"),
        (serve({"/": (0, {}, "")}).address, "does not answer in time"),
    ):
        with pytest.raises(UserMistake, match=said):
            ask_address(address)


@pytest.mark.parametrize("given", ["", "ftp://a.example", "https://", "http://a:b@c.example", "https://a b"])
def test_what_is_no_address_is_said(given: str) -> None:
    with pytest.raises(UserMistake, match="expected an address"):
        base_of(given)


def test_an_address_may_be_copied_from_the_browser() -> None:
    assert base_of("dichvucong.example.vn/vi/#/trang-chu?x=1") == "https://dichvucong.example.vn/vi"


def test_a_page_that_hangs_ends_in_time_and_the_rest_is_seen(chromium: Browser, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PAGE_S", 1.0)
    site = serve({"/": HOME + "<a href=/tc>Tra cứu hồ sơ</a>", "/ds": (0, {}, ""), "/tc": "<form>Mã hồ sơ <input name=ma><button>Tra cứu</button></form>"})
    seen = probe_portal(chromium, site.address)
    assert seen.code_field == "Mã hồ sơ" and not seen.services and seen.seconds < 60
