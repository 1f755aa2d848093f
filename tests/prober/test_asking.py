"""One question: what is sent, what is kept, and named outcomes for what is no answer."""

from __future__ import annotations

import hashlib
import shlex

import pytest

from tests.prober.conftest import Probe, Serve
from tests.prober.scripted import Heard, Said
from toantrinh.driver.document_words import without_values
from toantrinh.observations.exchanges import Ended
from toantrinh.observers.prober.role import Role, frozen, nobody, role_of_state

STATE = {
    "cookies": [
        {"name": "phien", "value": "bi-mat-cua-A-0123456789", "domain": "127.0.0.1", "path": "/", "httpOnly": True}
    ]
}


def citizen_a() -> Role:
    return role_of_state("citizen_a", STATE, Authorization="Bearer chuoi-bi-mat-cua-A")


def test_a_role_sends_its_cookies_and_headers_and_keeps_what_it_is_given(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(headers=(("Set-Cookie", "phien=moi-hon-0123456789; Path=/; HttpOnly"),)))
    prober, role = probe(server), citizen_a()
    before = frozen(role)
    prober.ask(role, "/ho-so", "đọc hồ sơ")
    prober.ask(role, "/ho-so", "đọc hồ sơ")
    prober.ask(before, "/ho-so", "dùng lại phiên cũ", keeps_cookies=False)
    prober.ask(nobody(), "/ho-so", "đọc hồ sơ khi chưa đăng nhập")
    assert [one.headers.get("Cookie") for one in server.heard] == [
        "phien=bi-mat-cua-A-0123456789",
        "phien=moi-hon-0123456789",
        "phien=bi-mat-cua-A-0123456789",
        None,
    ]
    assert server.heard[0].headers["Authorization"] == "Bearer chuoi-bi-mat-cua-A"


def test_nothing_secret_is_kept_and_the_rest_is(serve: Serve, probe: Probe) -> None:
    page = (
        "<title>Hồ sơ</title><input type=hidden name=_csrf value='ma-chong-gia-mao-1234'>"
        "<p>Số định danh 079201001234, điện thoại 0912345678</p><p>bi-mat-cua-A-0123456789</p>"
        '<script>token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc"</script><p>DB_PASSWORD=mo-cua-ra</p>'
    )
    server = serve(lambda heard: Said(200, page, (("Set-Cookie", "phien=con-bi-mat-98765; HttpOnly"),)))
    answer = probe(server).ask(
        citizen_a(),
        "/ho-so?access_token=rat-bi-mat-1",
        "nộp",
        method="POST",
        form={"_csrf": "ma-chong-gia-mao-1234", "ten": "An"},
    )
    kept = answer.exchange.model_dump_json()
    secrets = ("bi-mat-cua-A", "chuoi-bi-mat", "con-bi-mat", "ma-chong-gia-mao", "079201001234", "0912345678")
    assert not [secret for secret in (*secrets, "eyJhbG", "mo-cua-ra", "rat-bi-mat-1") if secret in kept]
    assert answer.exchange.sent_body == "_csrf=•••&ten=An" and answer.exchange.title == "Hồ sơ"
    assert dict(answer.exchange.headers)["Set-Cookie"] == "phien=•••; HttpOnly"
    assert answer.exchange.sent_headers["Cookie"] == "phien=•••"
    assert answer.exchange.sha256 == hashlib.sha256(page.encode()).hexdigest() and "079201001234" in answer.text


def test_credentials_and_numbers_in_the_answer_are_not_kept_either(serve: Serve, probe: Probe) -> None:
    given = (
        ("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef"),
        ("X-Auth-Token", "the-phien-1"),
        ("X-CSRF-Token", "deadbeefdeadbeef"),
        ("Set-Cookie", "khong-ten-bi-mat; Path=/"),
        ("Location", "/ho-so/001099012345?tiep=2026"),
        ("X-Request-Id", "11-22"),
    )
    server = serve(lambda heard: Said(302, "", given))
    answer = probe(server).ask(nobody(), "/ho-so/001099012345", "thử")
    kept = answer.exchange
    assert dict(kept.headers) == {
        "Content-Type": "text/html; charset=utf-8",
        "Authorization": "Bearer •••",
        "X-Auth-Token": "•••",
        "X-CSRF-Token": "•••",
        "Set-Cookie": "•••; Path=/",
        "Location": "/ho-so/•••?tiep=2026",
        "X-Request-Id": "11-22",
        "Content-Length": "0",
    }
    assert kept.address == f"{server.address}/ho-so/•••" and server.paths == ["/ho-so/001099012345"]
    assert answer.onward.endswith("/ho-so/001099012345?tiep=2026")


def test_a_charset_that_python_refuses_is_read_as_utf_8(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(200, "Cổng", (("Content-Type", f"text/html; charset={heard.path[1:]}"),)))
    prober = probe(server)
    assert {prober.ask(nobody(), f"/{one}", "thử").text for one in ("undefined", "khong-co", "utf-8")} == {"Cổng"}


def test_an_address_is_kept_without_the_values_of_its_parameters() -> None:
    assert (
        without_values("https://a.example/x;jsessionid=AB12/y?ma=1&b=2#c")
        == "https://a.example/x;jsessionid=…/y?ma=…&b=…"
    )
    assert without_values("https://a.example/a;b/c=d") == "https://a.example/a;b/c=d"


def test_the_command_repeats_the_question_without_its_secrets(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(405))
    answer = probe(server).ask(
        citizen_a(), "/a'b?q=%zz", "sai cách", method="PUT", body="<a>", headers={"Content-Type": "text/xml"}
    )
    words = shlex.split(answer.exchange.curl)
    assert words[:8] == ["curl", "-sS", "-i", "--path-as-is", "--globoff", "-X", "PUT", "-H"]
    assert f"{server.address}/a'b?q=%zz" == words[-1] and "<a>" in words and "Content-Type: text/xml" in words
    assert "Cookie: $COOKIE_CITIZEN_A" in words and "Authorization: $AUTHORIZATION_CITIZEN_A" in words
    assert server.heard[0].path == "/a'b?q=%zz" and "công dân A" in answer.exchange.summary


def test_files_forms_and_data_are_sent_as_browsers_do(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(201))
    prober = probe(server)
    prober.ask(
        nobody(), "/tep", "gửi tệp", method="POST", form={"loai": "1"},
        files={"tep": ('a".pdf', b"%PDF-1.4\x00", "application/pdf")},
    )  # fmt: skip
    prober.ask(nobody(), "/du-lieu", "gửi dữ liệu", method="POST", data={"ten": "Ân"})
    file, data = server.heard
    assert file.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="tep"; filename="a%22.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\x00\r\n' in file.body
    assert b'name="loai"\r\n\r\n1\r\n' in file.body
    assert data.headers["Content-Type"] == "application/json" and data.body.decode() == '{"ten": "Ân"}'


def test_a_redirect_is_told_and_not_followed_by_itself(serve: Serve, probe: Probe) -> None:
    server = serve(
        lambda heard: Said(302, headers=(("Location", "/dang-nhap?tiep=1"),)) if heard.path == "/a" else Said()
    )
    prober = probe(server)
    answer = prober.ask(nobody(), "/a", "thử")
    assert (answer.status, answer.onward, server.paths) == (302, f"{server.address}/dang-nhap?tiep=1", ["/a"])
    assert prober.follow(nobody(), answer).status == 200 and server.paths == ["/a", "/dang-nhap?tiep=1"]


def test_redirects_in_a_circle_end_by_their_name(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(302, headers=(("Location", "/b" if heard.path == "/a" else "/a"),)))
    prober = probe(server)
    ended = prober.follow(nobody(), prober.ask(nobody(), "/a", "thử"))
    assert ended.ended is Ended.CIRCLE and len(server.heard) == 2


def test_a_redirect_to_another_host_is_not_followed(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(302, headers=(("Location", "http://khac.example/"),)))
    prober = probe(server)
    answer = prober.follow(nobody(), prober.ask(nobody(), "/a", "thử"))
    assert answer.ended is Ended.FOREIGN and prober.record().spent == 1


@pytest.mark.parametrize(
    ("act", "cut"), [("flood", "chỉ đọc 65536 byte đầu"), ("trickle", "không tải xong trong thời hạn")]
)
def test_an_endless_body_is_cut_off(serve: Serve, probe: Probe, act: str, cut: str) -> None:
    server = serve(lambda heard: Said(act=act))
    answer = probe(server, patience_s=30 if act == "flood" else 5).ask(nobody(), "/lon", "thử")
    assert answer.status == 200 and answer.exchange.cut == cut and len(answer.body) <= 65536
    assert getattr(server, "sent", 0) < 64  # of 2,048 MiB


def test_a_bomb_of_compressed_nothing_is_cut_off(serve: Serve, probe: Probe) -> None:
    import gzip

    packed = gzip.compress(b"0" * 20_000_000)
    server = serve(lambda heard: Said(200, packed, (("Content-Encoding", "gzip"),)))
    answer = probe(server).ask(nobody(), "/nen", "thử")
    assert len(answer.body) == 65536 and answer.exchange.cut


def test_a_broken_connection_is_asked_once_more_and_then_named(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(act="drop") if heard.path == "/dut" else Said(200, "<p>Trang chủ</p>"))
    prober = probe(server)
    answer = prober.ask(nobody(), "/dut", "thử")
    assert answer.ended is Ended.DROPPED and answer.status is None and server.paths == ["/dut", "/dut"]
    assert prober.record().spent == 2


def test_silence_is_named(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(act="silence"))
    answer = probe(server, patience_s=0.5).ask(nobody(), "/im", "thử")
    assert answer.ended is Ended.SILENT and "im lặng" in answer.exchange.why and not answer.answered


def test_a_lie_about_its_length_is_told(serve: Serve, probe: Probe) -> None:
    server = serve(lambda heard: Said(200, "ngắn", (("Content-Length", "1000"),)))
    answer = probe(server).ask(nobody(), "/doi", "thử")
    assert answer.status == 200 and answer.exchange.cut.startswith("đứt giữa chừng")


def test_what_is_no_http_is_a_broken_connection(serve: Serve, probe: Probe) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, "", (("Content-Length", "không phải số"),))

    server = serve(answer)
    assert probe(server).ask(nobody(), "/la", "thử").ended in (Ended.ANSWERED, Ended.DROPPED)
