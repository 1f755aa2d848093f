"""From what a browser was heard to send: what changes is taken from answers, what does not stays, secrets are names."""

from __future__ import annotations

from pathlib import Path

import pytest

from toantrinh.load.plan import FormPart, Operation
from toantrinh.load.taking import filled, taken
from toantrinh.load.weaving import Heard, Weaver

HOME = "https://dvc.example.vn"
FORM = {"content-type": "application/x-www-form-urlencoded", "cookie": "session=abc", "user-agent": "Chrome"}
TOKEN = "9f86d081884c7d659a2feaa0c55ad015"


def woven(*heard: Heard, secrets: dict[str, str] | None = None) -> tuple[Operation, ...]:
    return Weaver(heard, HOME, secrets).operations()


def page(address: str, answer: str = "", step: str = "form") -> Heard:
    return Heard(step, "GET", f"{HOME}{address}", 200, {"accept": "text/html"}, "", {}, answer)


def test_a_hidden_token_is_taken_from_the_page_before() -> None:
    opened = page("/bieu-mau", f'<input type="hidden" name="_csrf" value="{TOKEN}"><input name="ten">')
    sent = Heard("send", "POST", f"{HOME}/nop", 302, FORM, f"_csrf={TOKEN}&ten=An", {"location": "/xong"})
    first, second = woven(opened, sent)
    [take] = first.asks[0].takes
    assert second.asks[0].body == "_csrf={{v1|url}}&ten=An" and second.asks[0].status == (302,)
    assert taken(take, {}, opened.answer.replace(TOKEN, "another")) == "another"
    assert set(second.asks[0].headers) == {"content-type"}


def test_a_short_token_is_known_by_its_field() -> None:
    opened = page("/bieu-mau", '<input name="__RequestVerificationToken" value="x7Q">')
    sent = Heard("send", "POST", f"{HOME}/nop", 200, FORM, "__RequestVerificationToken=x7Q")
    assert woven(opened, sent)[1].asks[0].body == "__RequestVerificationToken={{v1|url}}"


def test_the_number_of_a_new_draft_is_taken_from_where_it_leads() -> None:
    begun = Heard("form", "POST", f"{HOME}/ho-so", 302, FORM, "", {"location": "/ho-so/15/nguoi-nop"})
    opened = page("/ho-so/15/nguoi-nop")
    kept = Heard("send", "POST", f"{HOME}/ho-so/15/nguoi-nop", 302, FORM, "nam=2015", {"location": "/ho-so/15/giay-to"})
    form, send = woven(begun, opened, kept)
    assert form.asks[1].path == send.asks[0].path == "/ho-so/{{v1}}/nguoi-nop"
    assert send.asks[0].body == "nam=2015"
    assert taken(form.asks[0].takes[0], {"Location": "/ho-so/2047/nguoi-nop"}, "") == "2047"


def test_a_number_that_json_gave_for_something_new_is_taken() -> None:
    data = {"content-type": "application/json"}
    begun = Heard("form", "POST", f"{HOME}/api/ho-so", 201, data, "{}", {}, '{"buoc": 1, "id": 88, "ma": "nhap-88"}')
    kept = Heard("send", "PUT", f"{HOME}/api/ho-so/88", 200, data, '{"id": 88, "ma": "nhap-88", "tuoi": 34}')
    [begin, keep] = woven(begun, kept)
    assert keep.asks[0].path.startswith("/api/ho-so/{{v") and '"tuoi": 34' in keep.asks[0].body
    assert "88" not in keep.asks[0].path + keep.asks[0].body
    again = '{"buoc": 1, "id": 91, "ma": "nhap-91"}'
    assert {taken(take, {}, again) for take in begin.asks[0].takes} == {"91", "nhap-91"}


def test_a_bearer_token_from_json_goes_into_the_header() -> None:
    data = {"content-type": "application/json"}
    entered = Heard("log-in", "POST", f"{HOME}/api/vao", 200, data, "{}", {}, f'{{"access": "{TOKEN}"}}')
    asked = Heard("form", "GET", f"{HOME}/api/toi", 200, {"authorization": f"Bearer {TOKEN}"})
    assert woven(entered, asked)[1].asks[0].headers == {"authorization": "Bearer {{v1}}"}


def test_encoded_values_are_encoded_again() -> None:
    opened = page("/bieu-mau", '<input name="__VIEWSTATE" value="/wEPDwUK+LTI2NzY4MTA0Mg==">')
    sent = Heard("send", "POST", f"{HOME}/nop", 200, FORM, "__VIEWSTATE=%2FwEPDwUK%2BLTI2NzY4MTA0Mg%3D%3D&ten=An")
    assert woven(opened, sent)[1].asks[0].body == "__VIEWSTATE={{v1|url}}&ten=An"


def test_what_never_changes_stays() -> None:
    """A procedure's code and a citizen's words stand in pages, too, and are no tokens."""
    listed = page("/thu-tuc?tu-khoa=khai+sinh", '<a href="/thu-tuc/1.001193">Khai sinh</a> khai sinh', "search")
    detail = page("/thu-tuc/1.001193", "", "detail")
    search, seen = woven(listed, detail)
    assert seen.asks[0].path == "/thu-tuc/1.001193" and not search.asks[0].takes


def test_secrets_become_names() -> None:
    entered = Heard("log-in", "POST", f"{HOME}/dang-nhap", 302, FORM, "ten=an&mat-khau=M%E1%BA%ADt%21")
    [operation] = woven(entered, secrets={"Mật!": "password"})
    assert operation.asks[0].body == "ten=an&mat-khau={{password|url}}"


def test_other_hosts_stay_whole_addresses() -> None:
    away = Heard("log-in", "GET", "https://dinhdanh.example.vn/vao?x=1", 200)
    assert woven(away)[0].asks[0].path == "https://dinhdanh.example.vn/vao?x=1"


def test_each_step_is_an_operation_in_the_order_of_the_steps() -> None:
    steps = Weaver([page("/", step="home"), page("/a", step="search"), page("/b", step="search")], HOME)
    operations = steps.operations(think_s=3)
    assert [(one.name, len(one.asks), one.think_s) for one in operations] == [("home", 1, 0), ("search", 2, 3)]


def test_a_step_that_is_come_back_to_stands_there_twice() -> None:
    steps = [page("/a", step="form"), page("/b", step="log-in"), page("/c", step="form")]
    assert [one.name for one in woven(*steps)] == ["form", "log-in", "form"]


def test_a_hidden_value_is_taken_whatever_it_is() -> None:
    opened = page("/tra-cuu", '<input type="hidden" name="thu_thach" value="EVX">')
    sent = Heard("look-up", "POST", f"{HOME}/tra-cuu", 303, FORM, "thu_thach=EVX&ma=H99")
    assert woven(opened, sent)[1].asks[0].body == "thu_thach={{v1|url}}&ma=H99"


def test_a_figure_of_a_page_is_no_number_of_anything() -> None:
    """One that an answer shows beside much else is neither an identifier nor part of one."""
    sent = Heard("form", "POST", f"{HOME}/nop", 200, FORM, "x=1", {}, "<p>Bước 1 trong 5</p>")
    data = Heard("form", "POST", f"{HOME}/api", 200, FORM, "x=1", {}, '{"tong": 1, "id": 77}')
    later = Heard("send", "POST", f"{HOME}/ghi?a=1", 200, FORM, "b=1&tuoi=77&ma_giay_to=77")
    [ask] = woven(sent, data, later)[1].asks
    assert ask.path == "/ghi?a=1" and ask.body == "b=1&tuoi=77&ma_giay_to={{v1|url}}"


def test_a_short_address_before_a_value_is_enough() -> None:
    sent = Heard("pay", "POST", f"{HOME}/tra", 303, FORM, "", {"location": "/d/h0CxMxtUf5tPs4dVQnQbuYBU"})
    then = page("/d/h0CxMxtUf5tPs4dVQnQbuYBU", step="pay")
    assert woven(sent, then)[0].asks[1].path == "/d/{{v1}}"


def test_a_token_of_a_meta_tag_goes_into_its_header() -> None:
    opened = page("/bieu-mau", f'<meta name="csrf-token" content="{TOKEN}"><title>Hồ sơ</title>')
    headers = {"content-type": "application/json", "x-csrf-token": TOKEN}
    sent = Heard("send", "POST", f"{HOME}/api/nop", 200, headers, "{}")
    first, second = woven(opened, sent)
    assert second.asks[0].headers["x-csrf-token"] == "{{v1}}"
    assert taken(first.asks[0].takes[0], {}, '<meta name="csrf-token" content="new">') == "new"


def test_a_cookie_that_a_script_copies_is_copied_again() -> None:
    """Double submit: the header is the cookie's value, percent-decoded; what sets the cookie belongs to it."""
    value = "eyJpdiI6Ik9aT3I0Q2%3D%3D"
    home = Heard(
        "home", "GET", f"{HOME}/", 200, {}, "", {"set-cookie": f"la=1\nXSRF-TOKEN={value}; Path=/"}, before=True, act=1
    )
    headers = {"cookie": f"la=1; XSRF-TOKEN={value}", "x-xsrf-token": "eyJpdiI6Ik9aT3I0Q2==", "x-requested-with": "XHR"}
    sent = Heard("send", "POST", f"{HOME}/api/nop", 200, headers, "{}", act=2)
    first, second = woven(home, sent)
    assert first.name == "home" and second.asks[0].headers["x-xsrf-token"] == "{{cookie-xsrf-token|decoded}}"
    assert filled("{{cookie-xsrf-token|decoded}}", {"cookie-xsrf-token": "a%3D"}) == "a="
    assert "cookie" not in second.asks[0].headers and second.asks[0].headers["x-requested-with"] == "XHR"


def test_what_only_led_there_is_left_out_when_nothing_needs_it() -> None:
    led = Heard("detail", "GET", f"{HOME}/thu-tuc/1.001193", 200, answer="<h1>Khai sinh</h1>", before=True, act=1)
    sent = Heard("form", "GET", f"{HOME}/nop/1.001193", 200, act=2)
    assert [one.name for one in woven(led, sent)] == ["form"]
    token = f'<input type="hidden" name="_csrf" value="{TOKEN}">'
    led = Heard("detail", "GET", f"{HOME}/thu-tuc/1.001193", 200, answer=token, before=True, act=1)
    pressed = Heard("form", "POST", f"{HOME}/nop", 302, FORM, f"_csrf={TOKEN}", act=2)
    assert [one.name for one in woven(led, pressed)] == ["detail", "form"]


def test_what_shows_whose_session_it_is_becomes_a_name() -> None:
    """A token that no answer here gave is the session's: it is handed over by word of mouth, never written down."""
    bearer = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.Gh2Kx91"
    asked = Heard("form", "GET", f"{HOME}/api/toi", 200, {"authorization": f"Bearer {bearer}"})
    again = Heard("form", "GET", f"{HOME}/api/ho-so", 200, {"authorization": f"Bearer {bearer}"})
    weaver = Weaver([asked, again], HOME)
    [operation] = weaver.operations()
    assert {ask.headers["authorization"] for ask in operation.asks} == {"Bearer {{session-1}}"}
    assert weaver.session == {"session-1": (bearer, "authorization")} and bearer not in operation.model_dump_json()


def test_an_identifier_without_a_figure_is_known_in_a_path() -> None:
    begun = Heard("form", "GET", f"{HOME}/nop/1.001193", 302, {}, "", {"location": "/ho-so/VwNgDmWaCeoYgz-x/nguoi-nop"})
    opened = page("/ho-so/VwNgDmWaCeoYgz-x/nguoi-nop")
    [operation] = woven(begun, opened)
    assert operation.asks[1].path == "/ho-so/{{v1}}/nguoi-nop"
    word = Heard("form", "GET", f"{HOME}/nop/1.001193", 302, {}, "", {"location": "/bieu-mau/nguoi-nop"})
    [operation] = woven(word, page("/bieu-mau/nguoi-nop"))
    assert operation.asks[1].path == "/bieu-mau/nguoi-nop"


def test_facts_of_a_person_and_dates_stay_whatever_pages_show() -> None:
    """They stand in pages, too, as long as a token and full of figures; nobody takes them from there."""
    shown = page("/toi", '<input name="sdt" value="0912000017"><b>15/03/1990</b><i>Số 17 đường Hòa Bình, tổ 3</i>')
    body = "sdt=0912000017&ngay=15%2F03%2F1990&noi=S%E1%BB%91+17+%C4%91%C6%B0%E1%BB%9Dng+H%C3%B2a+B%C3%ACnh%2C+t%E1%BB%95+3"
    first, second = woven(shown, Heard("send", "POST", f"{HOME}/nop", 200, FORM, body))
    assert second.asks[0].body == body and not first.asks[0].takes


def test_a_redirect_proves_where_it_leads() -> None:
    kept = Heard("form", "POST", f"{HOME}/nop", 303, FORM, "ten=An", {"location": "/ho-so/giay-to?ok=1"})
    [operation] = woven(kept)
    [proof] = operation.asks[0].takes
    assert taken(proof, {"location": "/ho-so/giay-to?ok=1"}, "") is not None
    assert taken(proof, {"location": "/dang-nhap?tiep=/ho-so"}, "") is None


def test_the_dossier_is_taken_from_the_last_answer_that_shows_it() -> None:
    code = "000.00.21.H99-261123-0001"
    sent = Heard("submit", "POST", f"{HOME}/nop", 303, FORM, "x=1", {"location": "/xong"})
    shown = page("/xong", f"<title>Xong</title><p>Mã hồ sơ: <strong>{code}</strong></p>", "submit")
    [operation] = Weaver([sent, shown], HOME).operations(dossier=code)
    [take] = operation.asks[1].takes
    assert take.name == "dossier"
    assert taken(take, {}, shown.answer.replace(code, "000.00.21.H99-261123-0002")) == "000.00.21.H99-261123-0002"


def test_parts_of_a_form_with_files_are_woven_and_not_encoded() -> None:
    token = "RzE3Z2hKa0xt+3Q9/w=="
    opened = page("/giay-to", f'<input type="hidden" name="_csrf" value="{token}">')
    parts = (FormPart(name="_csrf", value=token), FormPart(name="tep", file=Path("a.pdf"), file_name="a.pdf"))
    headers = {"content-type": "multipart/form-data; boundary=x"}
    sent = Heard("upload", "POST", f"{HOME}/giay-to", 303, headers, parts=parts)
    ask = woven(opened, sent)[1].asks[0]
    assert [part.value for part in ask.parts] == ["{{v1}}", ""] and "content-type" not in ask.headers
    written = f'--x\r\nContent-Disposition: form-data; name="_csrf"\r\n\r\n{token}\r\n--x--\r\n'
    [operation] = woven(opened, Heard("form", "POST", f"{HOME}/luu", 200, headers, written))
    assert "\r\n{{v1}}\r\n" in operation.asks[1].body


def test_what_changes_something_says_where_it_comes_from() -> None:
    """Many systems check it (OWASP: Origin, Referer, Sec-Fetch-Site); what only reads says nothing."""
    said = {**FORM, "origin": HOME, "referer": f"{HOME}/ho-so/15/nguoi-nop", "sec-fetch-site": "same-origin"}
    begun = Heard("form", "POST", f"{HOME}/ho-so", 302, FORM, "", {"location": "/ho-so/15/nguoi-nop"})
    opened = Heard("form", "GET", f"{HOME}/ho-so/15/nguoi-nop", 200, said)
    kept = Heard("form", "POST", f"{HOME}/ho-so/15/nguoi-nop", 302, said, "nam=15")
    [operation] = woven(begun, opened, kept)
    assert "referer" not in operation.asks[1].headers
    assert operation.asks[2].headers["referer"] == HOME + "/ho-so/{{v1}}/nguoi-nop"
    assert operation.asks[2].headers["origin"] == HOME and operation.asks[2].body == "nam=15"


@pytest.mark.parametrize("name", ["requestverificationtoken", "csrf-token", "token", "api-key", "authorization"])
def test_a_token_is_sent_under_whatever_header_the_system_wants_it(name: str) -> None:
    opened = page("/bieu-mau", f'<meta name="{name}" content="{TOKEN}">')
    headers = {"content-type": "application/json", name: TOKEN, "user-agent": TOKEN, "cookie": "a=1"}
    sent = Heard("send", "POST", f"{HOME}/api/nop", 200, headers, "{}")
    assert woven(opened, sent)[1].asks[0].headers == {"content-type": "application/json", name: "{{v1}}"}


def test_what_a_browser_or_a_tracer_adds_is_not_sent() -> None:
    """A random value makes a header the application's, unless it is another each time by its nature."""
    headers = {name: TOKEN for name in ("cookie", "traceparent", "x-request-id", "sec-ch-ua", ":path", "if-none-match")}
    sent = Heard("send", "GET", f"{HOME}/api", 200, {**headers, "khoa": TOKEN, "lang": "vi", "host": HOME})
    weaver = Weaver([sent], HOME)
    assert weaver.operations()[0].asks[0].headers == {"khoa": "{{session-1}}"}
    assert weaver.session == {"session-1": (TOKEN, "khoa")}


def test_the_values_of_a_session_are_never_written_wherever_they_stand() -> None:
    """Under names that redaction knows: in an address, in JSON; one that is no secret stays."""
    body = '{"sessionId": "eyJhbGciOi9.Zx8Qw3Er5Ty7", "jwt": "aB3dE5fG7hI9jK1lM2nO", "ten": "An", "otp": "1"}'
    kind = {"content-type": "application/json"}
    weaver = Weaver([Heard("send", "POST", f"{HOME}/api?sid={TOKEN}", 200, kind, body)], HOME)
    [ask] = weaver.operations()[0].asks
    assert ask.path == "/api?sid={{session-1|url}}" and '"ten": "An", "otp": "1"' in ask.body
    assert '"sessionId": "{{session-2}}", "jwt": "{{session-3}}"' in ask.body
    assert {value for value, _ in weaver.session.values()} == {
        TOKEN,
        "eyJhbGciOi9.Zx8Qw3Er5Ty7",
        "aB3dE5fG7hI9jK1lM2nO",
    }


@pytest.mark.parametrize(
    ("kind", "answer", "right", "wrong"),
    [
        ("application/json", "[]", '[{"ten": "x"}]', '{"success":false,"data":[]}'),
        ("application/json", '{"data":[],"message":"ok"}', '{"data":[]}', '{"data":[],"message":"Đã xảy ra lỗi"}'),
        ("application/json", "[]", "[]", '{"message": "Qu\\u00e1 nhi\\u1ec1u y\\u00eau c\\u1ea7u"}'),
        ("text/html", "", "<p>Một trang khác", "<h1>Access Denied</h1>"),
        ("text/html", "<p>Vui lòng đăng nhập", "<p>Vui lòng đăng nhập", '<input type="password">'),
    ],
)
def test_an_answer_that_says_nothing_is_proved_by_its_kind_and_by_no_refusal(
    kind: str, answer: str, right: str, wrong: str
) -> None:
    headers = {"content-type": f"{kind}; charset=utf-8"}
    [operation] = woven(Heard("form", "GET", f"{HOME}/api", 200, {}, "", headers, answer))
    [proof] = operation.asks[0].takes
    assert taken(proof, {"Content-Type": f"{kind};charset=UTF-8"}, right) is not None
    assert taken(proof, {"Content-Type": kind}, wrong) is None
    assert taken(proof, {"Content-Type": "text/x-other"}, right) is None


def test_words_of_its_own_prove_an_answer_alone() -> None:
    given = {"content-type": "text/html"}
    [operation] = woven(Heard("form", "GET", f"{HOME}/a", 200, {}, "", given, "<h1>A", shows=("<h1>A",)))
    assert not operation.asks[0].takes
