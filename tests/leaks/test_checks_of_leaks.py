"""What the checks of 4.6 say: found by content, silent on look-alikes, open where nobody answered."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fixtures.leaks import LeaksRecord
from suites.security import test_4_6_leaks as suite
from suites.security import versions
from tests.leaks.conftest import HOME, MISSING, Leaking, verdict_of
from tests.prober.scripted import Heard, Said
from toantrinh.observations.exchanges import Ended, Exchange
from toantrinh.observations.leaks import State
from toantrinh.observers.leaks.listings import listing_in
from toantrinh.observers.prober.answer import Answer
from toantrinh.verdicts import Verdict

CHECKS = (
    suite.test_error_pages_show_no_trace,
    suite.test_no_folder_is_listed,
    suite.test_no_file_is_left_behind,
    suite.test_no_debug_page_is_open,
)
TRACE = "<title>Lỗi</title><pre>java.lang.IllegalStateException: x\n\tat vn.gov.A.b(A.java:1)\n\tat vn.gov.C.d(C.java:2)</pre>"
LISTING = (
    "<html><head><title>Index of /tinh/js/</title></head><body><h1>Index of /tinh/js/</h1><pre>"
    '<a href="../">../</a>\n<a href="sao-luu.zip">sao-luu.zip</a> 22-Nov-2026 18K</pre></body></html>'
)
IIS = (
    "<html><head><title>127.0.0.1 - /files/</title></head><body><H1>127.0.0.1 - /files/</H1><hr><pre>"
    '<A HREF="/">[To Parent Directory]</A><br> 11/22/2026 <A HREF="/files/a.xls">a.xls</A></pre></body></html>'
)


def verdicts(record: object) -> list[Verdict]:
    return [verdict_of(check, record)[0] for check in CHECKS]


def test_a_clean_system_passes(leaking: Leaking) -> None:
    record, server = leaking({})
    assert verdicts(record) == [Verdict.PASS] * 4
    assert record.exchanges.spent == len(server.heard) < 240  # the whole of it fits into the budget


def test_a_system_that_answers_its_home_page_to_everything_is_not_accused(leaking: Leaking) -> None:
    record, _ = leaking({}, otherwise=Said(200, HOME))
    assert verdicts(record) == [Verdict.PASS] * 4


def test_a_system_that_says_the_asked_path_in_every_answer_is_not_accused(leaking: Leaking) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, f"<title>Index of {heard.path}</title><p>Bạn tìm {heard.path}: không có kết quả nào.</p>")

    record, _ = leaking(answer)
    assert verdicts(record) == [Verdict.PASS] * 4


@pytest.mark.parametrize(
    ("path", "said", "check", "words"),
    [
        ("/.git/HEAD", Said(200, "ref: refs/heads/main\n"), suite.test_no_file_is_left_behind, "kho mã Git"),
        ("/.env", Said(200, "APP_KEY=base64:abc\nDB_PASSWORD=x9\n"), suite.test_no_file_is_left_behind, "APP_KEY"),
        (
            "/web.config",
            Said(200, '<?xml version="1.0"?><configuration><connectionStrings/></configuration>'),
            suite.test_no_file_is_left_behind,
            "cấu hình ASP.NET",
        ),
        ("/backup.zip", Said(200, b"PK\x03\x04" + b"\0" * 50), suite.test_no_file_is_left_behind, "504b0304"),
        ("/127.0.0.1.zip", Said(200, b"PK\x03\x04" + b"\0" * 50), suite.test_no_file_is_left_behind, "bản nén"),
        ("/dump.sql", Said(200, "-- MySQL dump 10.13\nCREATE TABLE x"), suite.test_no_file_is_left_behind, "cơ sở dữ liệu"),
        ("/phpinfo.php", Said(200, "<title>PHP 7.4.3 - phpinfo()</title><h1>PHP Version 7.4.3</h1>"), suite.test_no_debug_page_is_open, "phpinfo"),
        ("/server-status", Said(200, "<h1>Apache Server Status for cong (via 10.0.0.1)</h1>"), suite.test_no_debug_page_is_open, "Apache"),
        ("/actuator/env", Said(200, '{"activeProfiles":[],"propertySources":[]}'), suite.test_no_debug_page_is_open, "Actuator"),
        ("/swagger/v1/swagger.json", Said(200, '{"swagger":"2.0","info":{},"paths":{"/x":{}}}'), suite.test_no_debug_page_is_open, "giao diện lập trình"),
        ("/elmah.axd", Said(200, "<title>Error log for ROOT on MAYCHU (Page #1)</title>"), suite.test_no_debug_page_is_open, "ELMAH"),
        ("/files/", Said(200, IIS), suite.test_no_folder_is_listed, "a.xls"),
        ("/tinh/js/", Said(200, LISTING), suite.test_no_folder_is_listed, "sao-luu.zip"),
    ],
)  # fmt: skip
def test_what_is_left_open_fails_with_request_response_and_role(
    leaking: Leaking, path: str, said: Said, check: object, words: str
) -> None:
    record, server = leaking({path: said}, files=("/tinh/js/a.js",))
    verdict, told = verdict_of(check, record)  # type: ignore[arg-type]
    assert verdict is Verdict.FAIL and words in told
    assert f"GET {server.address}{path} (khách chưa đăng nhập) → HTTP 200" in told and "curl -sS" in told
    assert [one for one in CHECKS if verdict_of(one, record)[0] is not Verdict.PASS] == [check]


def test_a_find_without_an_answer_to_the_control_question_is_for_a_person(leaking: Leaking) -> None:
    def answer(heard: Heard) -> Said:
        if heard.path == "/.git/HEAD":
            return Said(200, "ref: refs/heads/main\n")
        return Said(200, HOME) if heard.path.split("?")[0] == "/" else Said(act="drop")

    record, server = leaking(answer)
    verdict, told = verdict_of(suite.test_no_file_is_left_behind, record)
    assert verdict is Verdict.NEEDS_REVIEW and "kho mã Git" in told and "đối chứng" in told
    assert f"GET {server.address}/.git/HEAD" in told


def test_what_was_found_keeps_no_secret(leaking: Leaking) -> None:
    record, _ = leaking({"/.env": Said(200, "TEN_MIEN=cong.example\nDB_HOST=10.1.2.3\nMAT=x9-rat-bi-mat\n")})
    assert "rat-bi-mat" not in record.probes.model_dump_json() and "10.1.2.3" not in record.probes.model_dump_json()


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        ("/id_rsa", f"-----BEGIN RSA PRIVATE KEY-----\n{'MIIEowIBAAKCAQEA7bq0Zk3' * 20}", "-----BEGIN RSA PRIVATE KEY"),
        ("/backup.sql", "-- MySQL dump 10\nINSERT INTO `users` VALUES (1,'MIIEow','Nguyễn Văn A');", "-- MySQL dump"),
        ("/config.php.bak", "<?php define('KHOA','MIIEow'); $x = 'MIIEow'; ?>", "<?php"),
        ("/.htpasswd", "quan-tri:$apr1$MIIEow$abcdefghijk", "quan-tri: •••"),
    ],
)
def test_of_what_was_found_only_the_sign_is_kept(leaking: Leaking, path: str, text: str, kept: str) -> None:
    record, _ = leaking({path: Said(200, text)})
    verdict, told = verdict_of(suite.test_no_file_is_left_behind, record)
    assert verdict is Verdict.FAIL and kept in told
    everything = record.probes.model_dump_json()
    assert "MIIEow" not in everything and "Nguyễn" not in everything


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/.env", Said(200, HOME)),
        ("/.env", Said(200, "<p>Đặt APP_ENV=production trong tệp .env, rồi DB_HOST=…</p>")),
        ("/.git/HEAD", Said(403, MISSING)),
        ("/.git/HEAD", Said(200, "<p>Tệp .git/HEAD chứa ref: refs/heads/main</p>")),
        ("/web.config", Said(200, "<title>web.config là gì</title><p>Tệp có thẻ &lt;configuration&gt;</p>")),
        ("/backup.zip", Said(200, "<title>Sao lưu</title><p>Hướng dẫn PK</p>")),
        ("/phpinfo.php", Said(200, "<title>Câu hỏi về phpinfo</title><p>phpinfo() cho biết PHP Version</p>")),
        ("/swagger/index.html", Said(302, "", (("Location", "/dang-nhap?tiep=swagger"),))),
        ("/swagger-ui.html", Said(200, "<title>Đăng nhập</title><form><input type=password></form><a href=/swagger>Swagger UI</a>")),
        ("/v3/api-docs", Said(401, '{"error":"unauthorized"}', (("Content-Type", "application/json"),))),
        ("/actuator", Said(200, '{"_links":{"self":{"href":"/actuator"},"health":{"href":"/actuator/health"}}}')),
        ("/server-status", Said(200, "<h1>Trạng thái máy chủ</h1><p>Apache Server Status là trang nội bộ.</p>")),
        ("/files/", Said(200, "<title>Index of giá đất năm 2026</title><a href='bang-gia.pdf'>Bảng giá</a>")),
        ("/files/", Said(200, "<title>Index of /van-ban/</title><a href='/van-ban/1'>Văn bản 1</a>")),
    ],
)  # fmt: skip
def test_look_alikes_stay_silent(leaking: Leaking, path: str, said: Said) -> None:
    record, _ = leaking({path: said})
    assert verdicts(record) == [Verdict.PASS] * 4


@pytest.mark.parametrize(
    ("title", "is_it"), [("/files/", True), ("/dichvucong/files/", True), ("/", False), ("/es/", False)]
)
def test_a_listing_behind_a_prefix_names_the_end_of_its_path(title: str, is_it: bool) -> None:
    body = f"<title>Index of {title}</title><a href='../'>../</a> <a href='a.xls'>a.xls</a>"
    address = "https://cong.example/dichvucong/files/"
    exchange = Exchange(
        number=1, purpose="", role="", role_key="", method="GET", address=address, sent_headers={},
        ended=Ended.ANSWERED, status=200, title=f"Index of {title}",
    )  # fmt: skip
    found = listing_in(Answer(exchange, address, (), body.encode()))
    assert ("a.xls" in found) is is_it


VERSIONS = [
    ({"server": "nginx/1.18.0"}, "", "nginx/1.18.0"),
    ({"via": "1.1 a, 1.1 b"}, "", ""),
    ({"via": "1.1 10.0.0.5:8080, HTTP/2 cong.example"}, "", ""),
    ({"via": "1.1 a, 1.1 b (Varnish/6.0.1)"}, "", "Varnish/6.0.1"),
    ({"liferay-portal": "Liferay Digital Experience Platform"}, "", ""),
    ({"liferay-portal": "Liferay Community Edition Portal 7.0.4"}, "", "7.0.4"),
    ({}, "Mã nguồn mở theo giấy phép Apache 2.0", ""),
    ({}, "Chạy trên Apache 2.0.65", "Apache 2.0.65"),
    ({}, "Apache/2.4.41 (Ubuntu) Server", "Apache/2.4.41"),
]


@pytest.mark.parametrize(("headers", "text", "told"), VERSIONS)
def test_versions_of_programs_are_told_apart_from_others(headers: dict[str, str], text: str, told: str) -> None:
    said: list[str] = []
    headers = headers or {"content-type": "text/html"}
    shown = SimpleNamespace(headers=headers, text=text, resources=(), generator="", address="https://cong.example/")
    site = SimpleNamespace(pages=lambda: [shown], each=lambda pages, fault, expected: said.extend(map(fault, pages)))
    versions.on_pages(site)  # type: ignore[arg-type]
    assert told in said[0] and bool(told) is bool(said[0])


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ((("Server", "nginx/1.18.0"),), Verdict.PARTIAL),
        ((("X-AspNet-Version", "4.0.30319"),), Verdict.PARTIAL),
        ((("Server", "nginx"), ("Via", "1.1 10.0.0.5:8080")), Verdict.PASS),
    ],
)
def test_a_version_in_the_headers_of_an_error_page_alone_is_half_a_fault(
    leaking: Leaking, headers: tuple[tuple[str, str], ...], verdict: Verdict
) -> None:
    record, _ = leaking(lambda heard: Said(200, HOME) if heard.path == "/" else Said(404, MISSING, headers))
    said, told = verdict_of(versions.on_error_pages, record)
    assert said is verdict
    assert verdict is Verdict.PASS or (headers[0][1] in told and "(khách chưa đăng nhập) → HTTP 404" in told)


def test_an_open_shell_of_documentation_is_for_a_person(leaking: Leaking) -> None:
    shell = Said(200, "<title>Swagger UI</title><div id=swagger-ui></div><script>SwaggerUIBundle({url:'/x'})</script>")
    record, _ = leaking({"/swagger/index.html": shell})
    verdict, told = verdict_of(suite.test_no_debug_page_is_open, record)
    assert verdict is Verdict.NEEDS_REVIEW and "Swagger UI" in told


def test_a_stack_trace_fails_with_what_provoked_it(leaking: Leaking) -> None:
    record, _ = leaking(lambda heard: Said(500, TRACE) if "%zz" in heard.path else Said(404, MISSING))
    verdict, told = verdict_of(suite.test_error_pages_show_no_trace, record)
    assert verdict is Verdict.FAIL and "A.java:1" in told and "→ HTTP 500" in told and "/%zz (khách" in told


def test_a_word_in_the_place_of_a_number_provokes_too(leaking: Leaking) -> None:
    def answer(heard: Heard) -> Said:
        return Said(500, "ORA-01722: invalid number") if "khong-phai-so" in heard.path else Said(200, HOME)

    record, _ = leaking(answer, links=("/tin/12", "/tin/13", "/thu-tuc?trang=2", "/tep.pdf"))
    verdict, told = verdict_of(suite.test_error_pages_show_no_trace, record)
    assert verdict is Verdict.FAIL and "ORA-01722" in told
    assert sum("khong-phai-so" in one.address for one in record.exchanges.exchanges) == 2


def test_a_page_about_stack_traces_stays_silent(leaking: Leaking) -> None:
    prose = f"<title>Hỏi đáp</title><p>{'Khi gặp lỗi, hãy gửi cho chúng tôi vết lỗi như sau. ' * 20}</p>{TRACE}"
    record, _ = leaking(lambda heard: Said(200, prose) if heard.path.split("?")[0] == "/" else Said(404, MISSING))
    assert verdict_of(suite.test_error_pages_show_no_trace, record)[0] is Verdict.PASS


def test_a_long_page_with_a_trace_that_only_the_provocation_shows_is_for_a_person(leaking: Leaking) -> None:
    prose = f"<title>Hỏi đáp</title><p>{'Bài viết dài về cách đọc vết lỗi của phần mềm. ' * 20}</p>{TRACE}"
    record, _ = leaking(lambda heard: Said(200, prose) if "%3C" in heard.path else Said(404, MISSING))
    assert verdict_of(suite.test_error_pages_show_no_trace, record)[0] is Verdict.NEEDS_REVIEW


def test_a_server_page_that_names_its_version_costs_half(leaking: Leaking) -> None:
    record, _ = leaking({}, otherwise=Said(404, "<h1>HTTP Status 404 – Not Found</h1><h3>Apache Tomcat/9.0.65</h3>"))
    verdict, told = verdict_of(suite.test_error_pages_show_no_trace, record)
    assert verdict is Verdict.PARTIAL and "Apache Tomcat/9.0" in told


def test_a_ban_in_the_middle_is_open_and_never_a_fail(leaking: Leaking) -> None:
    count: list[str] = []

    def answer(heard: Heard) -> Said:
        count.append(heard.path)
        return Said(404, MISSING) if len(count) < 20 else Said(403, "<title>Access Denied</title>")

    record, server = leaking(answer)
    assert verdicts(record) == [Verdict.NOT_TESTED] * 4 and len(server.heard) < 30
    assert "bị chặn" in verdict_of(suite.test_no_file_is_left_behind, record)[1]


def test_what_the_budget_did_not_reach_is_named(leaking: Leaking) -> None:
    record, server = leaking({}, requests=40)
    assert len(server.heard) == 40
    verdict, told = verdict_of(suite.test_no_debug_page_is_open, record)
    assert verdict is Verdict.NOT_TESTED and "đã dùng hết 40 yêu cầu" in told and "/server-status" in told


def test_an_endless_body_and_a_broken_connection_give_nothing_away(leaking: Leaking) -> None:
    record, server = leaking({"/backup.zip": Said(act="flood"), "/.git/HEAD": Said(act="drop")})
    assert verdicts(record) == [Verdict.PASS] * 4 and getattr(server, "sent", 0) < 64


def test_redirects_in_a_circle_give_nothing_away(leaking: Leaking) -> None:
    record, _ = leaking(
        lambda heard: Said(200, HOME) if heard.path == "/" else Said(302, "", (("Location", heard.path + "/"),))
    )
    assert verdicts(record) == [Verdict.PASS] * 4


def test_what_no_authorisation_allows_is_left_out_while_the_rest_was_asked(leaking: Leaking) -> None:
    record, _ = leaking({})
    assert verdict_of(suite.test_error_pages_show_no_trace, _forbidden(record, {"KHONGCO", "POST"}))[0] is Verdict.PASS
    verdict, told = verdict_of(suite.test_error_pages_show_no_trace, _forbidden(record, {"KHONGCO", "POST", "GET"}))
    assert verdict is Verdict.NOT_TESTED and "không cho phép" in told


def _forbidden(record: LeaksRecord, methods: set[str]) -> LeaksRecord:
    """The record of a system whose file allows none of these methods."""
    why = "tệp hệ thống không cho phép thử can thiệp"
    kept = record.exchanges
    exchanges = tuple(
        one.model_copy(update={"ended": Ended.NOT_ALLOWED, "why": why, "status": None})
        if one.method in methods
        else one
        for one in kept.exchanges
    )
    after = kept.model_copy(update={"exchanges": exchanges})
    provoked = tuple(
        one.model_copy(update={"state": State.UNASKED, "why": why})
        if after.of(one.exchange).ended is Ended.NOT_ALLOWED
        else one
        for one in record.probes.provoked
    )
    return LeaksRecord(record.probes.model_copy(update={"exchanges": after, "provoked": provoked}))
