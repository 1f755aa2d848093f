"""Which requests and parameters are asked about: those that a run saw, that read, and no more than there may be."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.parameters.conftest import FOUND, MISSING, Ask, quoted, rerouted, value_of, walked
from tests.prober.conftest import Serve
from tests.prober.scripted import Heard, Said
from toantrinh.observations.leaks import State
from toantrinh.observations.page_parts import FormFacts
from toantrinh.observers.parameters.hearing import Ears
from toantrinh.observers.parameters.points import Request
from toantrinh.observers.parameters.seen import called, requests_of
from toantrinh.observers.prober.role import Role
from toantrinh.observers.site.pages import PAGE_FACTS
from toantrinh.system_model import Authorisation
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

SEARCH = "/tim?tu-khoa=khai+sinh"


def test_a_form_is_asked_with_words_and_a_call_with_its_headers(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        if heard.path.startswith("/goi") and heard.headers.get("X-Khung") != "1":
            return MISSING
        return Said(200, FOUND)

    form = FormFacts(address="/tim", fields=(("tu-khoa", "search", ""), ("trang", "hidden", "1")))
    call = Request("/goi?loai=7", headers={"X-Khung": "1"})
    record, server = ask(answer, forms=[form], heard=[call])
    assert "/tim?tu-khoa=khai+sinh&trang=1" in server.paths
    assert {one.parameter for one in record.data.quotes} == {
        "tham số “tu-khoa” của GET /tim",
        "tham số “trang” của GET /tim",
        "tham số “loai” của GET /goi",
    }


def test_what_acts_and_what_carries_a_token_is_left_alone(ask: Ask) -> None:
    links = (
        "/dang-xuat?x=1",
        "/ho-so/xoa?id=3",
        "/tep?_csrf=abcd1234abcd&loai=2",
        "/a.js?so=3",
        "/tim?code=***",
        "/thanh-toan/tra?so=3",
        "/ho-so/rut?ma=3",
        "/ho-so/thu-hoi?ma=3",
        "/danh-gia/gui?sao=5",
        "/khao-sat/gui?diem=5",
        "/web/guest/ho-so?p_p_id=a&p_p_lifecycle=1",
    )
    record, server = ask(lambda heard: Said(200, FOUND), *links)
    assert record.data.quote_choice.chosen == ("tham số “loai” của GET /tep",)
    assert all(path.startswith("/tep") and "_csrf=abcd1234abcd" in path for path in server.paths)


def test_the_routes_of_a_single_page_application_are_asked_where_its_script_asks(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, FOUND) if heard.headers.get("X-Khung") == "1" else MISSING

    call = Request("/thu-tuc", headers={"X-Khung": "1"})
    record, server = ask(answer, "/#/thu-tuc?muc-do=cao", "/#/khac?muc-do=cao", heard=[call])
    assert record.data.quote_choice.chosen == ("tham số “muc-do” của GET /thu-tuc",)
    assert not any("khac" in path for path in server.paths)


def test_one_identifier_is_asked_about_in_two_addresses_at_most(ask: Ask) -> None:
    record, _ = ask(lambda heard: Said(200, FOUND), *(f"/ho-so/a1b2c3/{step}" for step in ("x", "y", "z")))
    assert len(record.data.quotes) == 2 and record.data.quote_choice.known == 2


def test_what_another_number_shows_to_one_who_has_logged_in_is_not_kept(ask: Ask) -> None:
    def answer(heard: Heard) -> Said:
        return Said(200, f"<title>Hồ sơ</title><p>Hồ sơ của Trần Thị Riêng, số {value_of(heard, 'so')}</p>")

    citizen = Role("citizen_a", "công dân A")
    record, server = ask(answer, heard=[Request("/ho-so?so=5", private=True)], citizen=citizen)
    kept = [one for one in record.exchanges.exchanges if one.address.partition("?")[2] != "so=5" and one.body]
    assert len(server.paths) > 5 and len(kept) > 4
    assert all("không được giữ lại" in one.body for one in kept if "/ho-so" in one.address)


def test_what_gives_no_page_as_it_was_seen_is_not_asked_further(ask: Ask) -> None:
    record, server = ask(lambda heard: MISSING, SEARCH)
    assert server.paths == ["/tim?tu-khoa=khai+sinh"] and quoted(record)[0] is Verdict.NOT_TESTED


def test_without_any_parameter_nothing_is_said(ask: Ask) -> None:
    record, _ = ask(lambda heard: MISSING, "/gioi-thieu")
    assert {check(record)[0] for check in (quoted, walked, rerouted)} == {Verdict.NOT_TESTED}


def test_what_no_parameter_is_about_has_no_subject(ask: Ask) -> None:
    record, _ = ask(lambda heard: Said(200, FOUND), SEARCH, posts=["/gop-y"])
    assert quoted(record)[0] is Verdict.PASS
    assert {check(record)[0] for check in (walked, rerouted)} == {Verdict.NOT_APPLICABLE}


def test_a_search_that_is_sent_by_post_alone_is_named(ask: Ask) -> None:
    verdict, words = quoted(ask(lambda heard: Said(200, FOUND), "/tra-cuu.aspx", posts=["/tra-cuu.aspx"])[0])
    assert verdict is Verdict.NOT_TESTED and "/tra-cuu.aspx" in words and "POST" in words


def test_data_of_another_server_that_the_file_names_are_asked_where_that_is_allowed(ask: Ask, serve: Serve) -> None:
    api = serve(lambda heard: Said(200, FOUND))
    record, _ = ask(lambda heard: MISSING, elsewhere=[Request(f"{api.address}{SEARCH}")])
    assert quoted(record)[0] is Verdict.PASS and any(path.startswith("/tim") for path in api.paths)


def test_a_server_that_must_not_be_asked_is_named_and_left_alone() -> None:
    permission = {"by": "a", "document": "b", "until": "2099-12-31", "allows": ["intrusive"], "hosts": ["dvc.example"]}
    system = load_system("demo").model_copy(
        update={
            "base_url": "https://dvc.example",
            "hosts": ("api.dvc.example",),
            "authorisation": Authorisation.model_validate(permission),
        }
    )
    heard = [Request(f"https://{host}/tim?a=1") for host in ("api.dvc.example", "la.example", "dvc.example")]
    assert called([], heard, system) == {"api.dvc.example": False}
    assert [one.address for one in requests_of([], [], heard, system.base_url, "")] == ["https://dvc.example/tim?a=1"]


def test_only_calls_of_the_own_pages_are_heard_of_another_server(chromium: Browser, serve: Serve) -> None:
    api = serve(
        lambda heard: Said(200, "{}", (("Content-Type", "application/json"), ("Access-Control-Allow-Origin", "*")))
    )
    call = f"<script>fetch('{api.address}/tim?a=1')</script>"
    own = serve(lambda heard: Said(200, f"<title>Cổng</title>{call}"))
    other = serve(lambda heard: Said(200, f"<title>Khác</title>{call.replace('tim', 'cua-ho')}"))
    context = chromium.new_context()
    ears = Ears(context, own.address, ["127.0.0.1"])
    page = context.new_page()
    for server, path in ((own, "tim"), (other, "cua-ho")):
        with page.expect_response(f"**/{path}?a=1"):
            page.goto(server.address)
    context.close()
    heard = [one.address for one in ears.places]
    assert f"{api.address}/tim?a=1" in heard and not any("cua-ho" in one for one in heard)


def test_two_runs_ask_the_same_and_say_what_they_left(ask: Ask) -> None:
    links = [f"/trang-{name}?{name}=5" for name in "abcdefghijklmnopqrs"]
    first, second = (ask(lambda heard: Said(200, FOUND), *links)[0].data for _ in "12")
    assert first.quote_choice == second.quote_choice and first.quote_choice.known == 19
    assert len(first.quote_choice.chosen) + len(first.quote_choice.left) == 19
    assert len(first.quote_choice.chosen) <= 12 and first.exchanges.spent <= 140
    assert all(one.state is State.CLEAN for one in first.quotes)


def test_forms_that_send_what_is_typed_by_post_are_seen(chromium: Browser) -> None:
    fields = "<input name=ma><select name=nam></select>"
    page = chromium.new_page()
    page.set_content(
        f"<base href='http://127.0.0.1/'><form method=POST action='/tra-cuu.aspx'>{fields}</form>"
        f"<form method=post action='/vao'>{fields}<input type=password name=p></form>"
        f"<form action='/tim'>{fields}</form><form method=post action='/ngon-ngu'><button>EN</button></form>"
    )
    facts = page.evaluate(PAGE_FACTS)
    page.close()
    assert facts["post_forms"] == ["http://127.0.0.1/tra-cuu.aspx"]
