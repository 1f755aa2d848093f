"""What a forged request carries: the same change, without the page's token or with another."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

import pytest

from toantrinh.observers.session.forged import FORM, PLAIN, Sent, token_of_page

PART = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
BODIES = {
    FORM: "dia_chi=S%E1%BB%91+1+KT2601&_csrf=abc%3D&tinh=",
    "application/json": json.dumps({"dia_chi": "Số 1 KT2601", "_csrf": "abc=", "tinh": ""}),
    "multipart/form-data; boundary=x": PART.format("dia_chi", "So 1 KT2601")
    + PART.format("_csrf", "abc=")
    + "--x--\r\n",
}


@pytest.mark.parametrize("kind", BODIES)
def test_the_token_is_found_left_out_and_changed_and_the_rest_stays(kind: str) -> None:
    sent = Sent("POST", "https://cong.example/tai-khoan", BODIES[kind], kind)
    assert sent.tokens == {"_csrf": "abc="}
    bare, other = sent.without_tokens(), sent.with_tokens({"_csrf": "khac"})
    assert bare.tokens == {} and "_csrf" not in bare.body and "KT2601" in bare.body
    assert other.tokens == {"_csrf": "khac"} and "KT2601" in other.body


def test_an_empty_field_of_a_form_stays() -> None:
    sent = Sent("POST", "https://cong.example/", BODIES[FORM], FORM)
    assert dict(parse_qsl(sent.without_tokens().body, keep_blank_values=True)) == {"dia_chi": "Số 1 KT2601", "tinh": ""}


def test_another_site_can_send_json_only_as_plain_text() -> None:
    assert Sent("POST", "https://a.example/", "{}", "application/json; charset=utf-8").simple_kind == PLAIN
    assert Sent("POST", "https://a.example/", "a=1", FORM).simple_kind == FORM


def test_the_token_of_a_page_is_that_of_its_name() -> None:
    page = (
        '<meta name="csrf-token" content="m1"><input type="hidden" value="a&amp;b" name="_csrf"><input name="_csrf2">'
    )
    assert token_of_page(page, "_csrf") == "a&b" and token_of_page(page, "csrf-token") == "m1"
    assert token_of_page(page, "_csrf2") == "" and token_of_page("<p>_csrf</p>", "_csrf") == ""
