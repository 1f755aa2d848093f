"""Markers written into forms that were never seen before: which fields take one, and what is done when one is refused."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser

from tests.prober.scripted import Heard, Said, Scripted, scripted
from toantrinh.journey.application import submit_dossier
from toantrinh.journey.setting_out import travelling
from toantrinh.journey.stepbook import StepEnded
from toantrinh.journey.traveller import Traveller
from toantrinh.observations.journey import StepName
from toantrinh.observations.markers import MarkedPlace, Taken
from toantrinh.observers.markers.marker import Name
from toantrinh.observers.markers.writing import Marking, Places, is_free, is_of_one_dossier
from toantrinh.store import Attachments
from toantrinh.systems import load_system

NAME = Name("k3zz9q")
DONE = (
    "<!doctype html><html lang=vi><title>Nộp hồ sơ thành công</title><main><h1>Nộp hồ sơ thành công</h1>"
    "<p>Mã hồ sơ: <b>000.00.21.H99-261122-0007</b></p></main></html>"
)
Refuses = Callable[[dict[str, str]], dict[str, str]]  # what was sent → complaints by field; "" for one of no field
Fields = dict[str, tuple[str, str]]  # name → label and further attributes


@contextmanager
def travelled(browser: Browser, address: str, folder: Path) -> Iterator[Traveller]:
    system = load_system("demo", base_url=address)
    with travelling(browser, system, system.services[0], Attachments(folder, "x", str)) as who:
        who.book.pictures = False
        who.book.begin(StepName.FORM)
        yield who


def form(fields: Fields, sent: dict[str, str], errors: dict[str, str]) -> str:
    rows = "".join(
        f"<p><label for={name}>{label} *</label><input id={name} name={name} required {more}"
        f' value="{html.escape(sent.get(name, ""))}"{" aria-invalid=true" if name in errors else ""}>'
        f"<span class=error>{errors.get(name, '')}</span></p>"
        for name, (label, more) in fields.items()
    )
    alert = f"<p role=alert>{errors['']}</p>" if "" in errors else ""
    return (
        "<!doctype html><html lang=vi><title>Kê khai</title><main><h1>Kê khai hồ sơ</h1>"
        f"{alert}<form method=post novalidate>{rows}<button>Nộp hồ sơ</button></form></main></html>"
    )


def office(fields: Fields, refuses: Refuses) -> Callable[[Heard], Said]:
    def answer(heard: Heard) -> Said:
        sent = {name: values[0] for name, values in parse_qs(heard.body.decode(), keep_blank_values=True).items()}
        errors = refuses(sent) if heard.method == "POST" else {}
        return Said(200, DONE if heard.method == "POST" and not errors else form(fields, sent, errors))

    return answer


def marked(
    browser: Browser, folder: Path, fields: Fields, refuses: Refuses = lambda sent: {}
) -> tuple[dict[str, MarkedPlace], list[dict[str, str]]]:
    """The places by their labels, and what was sent each time, after an application that went through."""
    places = Places()
    with scripted(office(fields, refuses)) as server, travelled(browser, server.address, folder) as who:
        view = submit_dossier(who, who.go("/nop"), Marking(NAME, places, lambda who: None))
        assert "thành công" in view.text
        sent = [parse_qs(one.body.decode(), keep_blank_values=True) for one in server.heard if one.method == "POST"]
    return {one.label: one for one in places.known.values()}, [
        {name: values[0] for name, values in one.items()} for one in sent
    ]


PLAIN: Fields = {"ten": ("Họ và tên mẹ", "maxlength=80"), "ghichu": ("Nội dung đề nghị", "maxlength=500")}


def test_free_text_takes_a_marker_behind_its_answer_and_forms_with_rules_stay_as_they_are(
    chromium: Browser, tmp_path: Path
) -> None:
    fields = PLAIN | {
        "dt": ("Số điện thoại", "type=tel"),
        "thu": ("Thư điện tử", "type=email"),
        "ngay": ("Ngày sinh của mẹ", "placeholder=dd/mm/yyyy"),
        "so": ("Số định danh cá nhân của mẹ", "maxlength=12"),
        "ma": ("Mã số thuế", ""),
        "luong": ("Số lượng bản sao", "type=number min=1 max=9"),
        "ngan": ("Ghi chú", "maxlength=12"),
    }
    places, sent = marked(chromium, tmp_path, fields)
    assert set(places) == {"Họ và tên mẹ", "Nội dung đề nghị", "Ghi chú"}
    assert places["Ghi chú"].taken is Taken.TOO_SHORT and NAME.word not in sent[0]["ngan"]
    for name, label in (("ten", "Họ và tên mẹ"), ("ghichu", "Nội dung đề nghị")):
        assert sent[0][name] == places[label].written and places[label].taken is Taken.TAKEN
        assert not sent[0][name].startswith(("'", "<")) and f"<{NAME.tag(places[label].number)} " in sent[0][name]
    assert len(sent[0]["ten"]) <= 80 and sent[0]["ten"].startswith("Nguyễn Thị Mẹ Thử Nghiệm")
    assert not any(NAME.word in sent[0][name] for name in ("dt", "thu", "ngay", "so", "ma", "luong"))


def test_what_came_filled_in_from_the_account_is_sent_as_it_came(chromium: Browser, tmp_path: Path) -> None:
    own = {"chu": ("Họ và tên người nộp", "value='Trần Thị Thật'"), "noio": ("Địa chỉ thường trú", "value='Số 9'")}
    places, sent = marked(
        chromium, tmp_path, own | PLAIN, lambda sent: {"ten": "Không hợp lệ"} if "<" in sent["ten"] else {}
    )
    assert [(one["chu"], one["noio"]) for one in sent] == [("Trần Thị Thật", "Số 9")] * len(sent) and len(sent) > 1
    assert {label for label, one in places.items() if one.taken is Taken.PREFILLED} == {
        "Họ và tên người nộp",
        "Địa chỉ thường trú",
    }
    assert places["Nội dung đề nghị"].taken is Taken.TAKEN and NAME.word in sent[-1]["ghichu"]


def test_a_field_that_refuses_marks_gets_a_shorter_one_and_then_its_plain_answer(
    chromium: Browser, tmp_path: Path
) -> None:
    places, sent = marked(
        chromium,
        tmp_path,
        PLAIN,
        lambda sent: {"ten": "Họ và tên chứa ký tự không hợp lệ"} if "<" in sent["ten"] else {},
    )
    assert places["Họ và tên mẹ"].taken is Taken.REFUSED and places["Nội dung đề nghị"].taken is Taken.TAKEN
    assert [NAME.word in one["ten"] for one in sent] == [True, True, False]
    assert len(sent[1]["ten"]) < len(sent[0]["ten"]) and sent[-1]["ten"] == "Nguyễn Thị Mẹ Thử Nghiệm"
    assert NAME.word in sent[-1]["ghichu"]


def test_quotes_that_a_field_refuses_leave_it_the_short_form(chromium: Browser, tmp_path: Path) -> None:
    places, sent = marked(
        chromium, tmp_path, PLAIN, lambda sent: {"ten": "Không nhập dấu nháy"} if "'" in sent["ten"] else {}
    )
    assert places["Họ và tên mẹ"].taken is Taken.TAKEN and places["Họ và tên mẹ"].form == "thẻ"
    assert len(sent) == 2 and NAME.marker(places["Họ và tên mẹ"].number) in sent[-1]["ten"]


def test_a_page_that_refuses_without_a_field_is_answered_plainly(chromium: Browser, tmp_path: Path) -> None:
    places, sent = marked(
        chromium, tmp_path, PLAIN, lambda sent: {"": "Dữ liệu không hợp lệ"} if "<" in "".join(sent.values()) else {}
    )
    assert {one.taken for one in places.values()} == {Taken.REFUSED}
    assert len(sent) == 2 and NAME.word not in "".join(sent[-1].values())


def test_a_field_that_drops_characters_while_they_are_written_protects_itself(
    chromium: Browser, tmp_path: Path
) -> None:
    fields = PLAIN | {"ten": ("Họ và tên mẹ", "oninput=\"this.value = this.value.replace(/[<>]/g, '')\"")}
    places, sent = marked(chromium, tmp_path, fields)
    assert places["Họ và tên mẹ"].taken is Taken.REFUSED and places["Nội dung đề nghị"].taken is Taken.TAKEN
    assert len(sent) == 1 and "<" not in sent[0]["ten"]


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("https://a/ho-so/VtXgmpSCZrKrl9RV/nguoi-nop", True),
        ("https://a/#/ho-so/8812/nguoi-nop", True),
        ("https://a/nop?id=8812", True),
        ("https://a/nop-ho-so/1.004194", False),
        ("https://a/ke-khai", False),
    ],
)
def test_only_the_address_of_one_draft_is_opened_again(address: str, one: bool) -> None:
    assert is_of_one_dossier(address, "https://a/thu-tuc/1.004194") is one


def test_a_firewall_that_ends_the_application_is_named_and_nothing_is_accused(
    chromium: Browser, tmp_path: Path
) -> None:
    def answer(heard: Heard) -> Said:
        if heard.method == "POST":
            return Said(403, "<title>Request Rejected</title><p>The requested URL was rejected. Support ID: 77</p>")
        return Said(200, form(PLAIN, {}, {}))

    with scripted(answer) as server, travelled(chromium, server.address, tmp_path) as who:
        with pytest.raises(StepEnded) as ended:
            submit_dossier(who, who.go("/nop"), Marking(NAME, Places(), lambda who: None))
        assert ended.value.reach == "blocked" and _posts(server) == 1


def _posts(server: Scripted) -> int:
    return sum(one.method == "POST" for one in server.heard)


@pytest.mark.parametrize(
    ("field", "free"),
    [
        ("<input id=a>", True),
        ("<textarea id=a></textarea>", True),
        ("<input id=a readonly value=x>", False),
        ("<input id=a disabled>", False),
        ("<input id=a pattern='[A-Z]+'>", False),
        ("<input id=a inputmode=numeric>", False),
        ("<input id=a type=password>", False),
        ("<input id=a placeholder='dd/mm/yyyy'>", False),
        ("<input id=a aria-describedby=h><span id=h>Gồm 12 chữ số</span>", False),
        ("<select id=a><option value=''>Chọn</option><option>Một</option></select>", False),
    ],
)
def test_what_a_field_of_free_text_is(chromium: Browser, tmp_path: Path, field: str, free: bool) -> None:
    with travelled(chromium, "http://127.0.0.1:1", tmp_path) as who:
        who.hands.page.set_content(
            f"<html lang=vi><main><form><label for=a>Nội dung</label>{field}</form></main></html>"
        )
        view = who.hands.settle()
        assert [is_free(one, who.lexicon) for one in view.fields] == [free]
