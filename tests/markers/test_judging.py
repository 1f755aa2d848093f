"""What the checks of 4.5 about markers say of a record: a fail for what became mark-up, open for what was not seen."""

from __future__ import annotations

import tracemalloc
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fixtures.markers import Markers
from tests.markers.conftest import said_of
from tests.markers.test_writing import travelled
from tests.prober.scripted import Heard, Said, scripted
from toantrinh.observations.journey import Reach
from toantrinh.observations.markers import How, Kind, LookedAt, MarkedPlace, MarkerRecord, Sighting, Taken
from toantrinh.observers.markers.data_answers import DataEar
from toantrinh.observers.markers.looking import Lookout
from toantrinh.observers.markers.marker import Name
from toantrinh.observers.markers.papers import leads_of, look_at_leads
from toantrinh.observers.markers.pdf_scripts import MOST_OBJECTS, MOST_STREAM, marked_scripts
from toantrinh.observers.markers.trap import Trap
from toantrinh.store import Attachments
from toantrinh.verdicts import Verdict

NAME = Name("k3zz9q")
OWN, OFFICERS, PAPERS = "input.markers-escaped", "input.markers-escaped-for-officer", "input.markers-escaped-in-papers"


def looked(kind: Kind, why: str = "", shown: tuple[int, ...] = (1,)) -> LookedAt:
    return LookedAt(kind=kind, role="citizen_b", address=f"http://a/{kind}", title="Hồ sơ", shown=shown, why=why)


def sighting(kind: Kind, how: How = How.RAN) -> Sighting:
    return Sighting(number=1, how=how, kind=kind, role="officer", address="http://a/x", title="Hồ sơ", picture="d.png")


PLACE = MarkedPlace(
    number=1, what="field", label="Họ và tên", address="http://a/nop", taken=Taken.TAKEN, form="thẻ", written="<k-1>"
)
GOOD = MarkerRecord(
    name="markers", service="1", code="H99-1", places=(PLACE,), pages=tuple(looked(kind) for kind in Kind)
)


def verdicts(**changed: object) -> dict[str, tuple[Verdict, str]]:
    return said_of(Markers(GOOD.model_copy(update=changed)))


def test_all_seen_and_nothing_but_text_passes() -> None:
    assert {verdict for verdict, _ in verdicts().values()} == {Verdict.PASS}


@pytest.mark.parametrize(
    ("kind", "check"),
    [(Kind.PAGE, OWN), (Kind.OFFICER, OFFICERS), (Kind.PAPER, PAPERS), (Kind.NOTICE, PAPERS)],
)
def test_a_marker_that_ran_fails_the_check_of_that_side_alone(kind: Kind, check: str) -> None:
    said = verdicts(sightings=(sighting(kind),))
    verdict, told = said.pop(check)
    assert verdict is Verdict.FAIL and "“Họ và tên” chạy thành mã ở http://a/x với cán bộ" in told
    assert "làm lại" in told and {verdict for verdict, _ in said.values()} == {Verdict.PASS}


@pytest.mark.parametrize(
    ("how", "verdict", "words"),
    [
        (How.ELEMENT, Verdict.FAIL, "đã thành phần tử; CSP chặn không cho chạy"),
        (How.ATTRIBUTE, Verdict.FAIL, "CSP chặn không cho chạy"),
        (How.LINK, Verdict.FAIL, "javascript:"),
        (How.STRIPPED, Verdict.NEEDS_REVIEW, "thuộc tính chạy mã bị bỏ"),
    ],
)
def test_what_the_policy_held_is_a_fail_and_what_was_cleaned_is_for_a_person(
    how: How, verdict: Verdict, words: str
) -> None:
    said = verdicts(sightings=(sighting(Kind.PAGE, how),))[OWN]
    assert said[0] is verdict and words in said[1]


@pytest.mark.parametrize(
    ("changed", "check", "verdict", "words"),
    [
        ({"code": "", "reach": Reach.BLOCKED, "why": "bị chặn"}, OWN, Verdict.NOT_TESTED, "bị chặn"),
        ({"code": "", "reach": Reach.TOOL_ERROR, "why": "hỏng"}, OWN, Verdict.TOOL_ERROR, "hỏng"),
        ({"places": ()}, OWN, Verdict.NOT_TESTED, "không có ô chữ tự do"),
        (
            {"places": (PLACE.model_copy(update={"taken": Taken.TOO_SHORT}),)}, OFFICERS, Verdict.NOT_TESTED, "đủ dài",
        ),
        ({"places": (PLACE.model_copy(update={"taken": Taken.REFUSED}),)}, OWN, Verdict.PASS, ""),
        ({"own_why": "mã bảo mật"}, OWN, Verdict.NOT_TESTED, "mã bảo mật"),
        ({"questions_why": "bị chặn"}, OWN, Verdict.NOT_TESTED, "bị chặn"),
        ({"officer_why": "không có tài khoản cán bộ"}, OFFICERS, Verdict.NOT_TESTED, "không có tài khoản cán bộ"),
        ({"officer_why": "không có tài khoản cán bộ"}, OWN, Verdict.PASS, ""),
        ({"papers_why": "HTTP 500"}, PAPERS, Verdict.NOT_TESTED, "HTTP 500"),
        ({"pages": (looked(Kind.PAGE),)}, PAPERS, Verdict.NOT_TESTED, "không thấy đường đến giấy nào"),
        ({"pages": (looked(Kind.PAPER, "tệp PDF không đọc được"),)}, PAPERS, Verdict.NEEDS_REVIEW, "không đọc được"),
        ({"pages": ()}, OWN, Verdict.NOT_TESTED, "không xem được trang nào"),
    ],
)  # fmt: skip
def test_what_was_not_seen_stays_open_by_name(
    changed: dict[str, object], check: str, verdict: Verdict, words: str
) -> None:
    said = verdicts(**changed)[check]
    assert said[0] is verdict and words in said[1]


@pytest.mark.parametrize(
    ("kinds", "check", "words"),
    [
        ((Kind.PAGE,), OWN, "trang của người dân"),
        ((Kind.OFFICER,), OFFICERS, "trang của cán bộ"),
        ((Kind.PAPER, Kind.NOTICE), PAPERS, "giấy tờ đọc được, thông báo"),
    ],
)
def test_markers_that_nobody_ever_saw_pass_nowhere(kinds: tuple[Kind, ...], check: str, words: str) -> None:
    said = verdicts(pages=tuple(looked(kind, shown=() if kind in kinds else (1,)) for kind in Kind))
    verdict, told = said.pop(check)
    assert verdict is Verdict.NOT_TESTED and "không hiện lại" in told and words in told
    assert {verdict for verdict, _ in said.values()} == {Verdict.PASS}


def test_a_notice_that_shows_a_marker_speaks_for_papers_that_cannot_be_read_for_text() -> None:
    pages = (looked(Kind.NOTICE), looked(Kind.PAPER, shown=()))
    assert verdicts(pages=pages)[PAPERS][0] is Verdict.PASS


def test_a_find_counts_even_where_the_dossier_was_not_sent() -> None:
    said = verdicts(code="", reach=Reach.REFUSED, why="không nộp được", sightings=(sighting(Kind.PAGE),))
    assert said[OWN][0] is Verdict.FAIL and said[OFFICERS][0] is Verdict.NOT_TESTED


def pdf(script: str) -> bytes:
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {script} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode()
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    return out + f"{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def test_a_marker_in_a_script_of_a_pdf_is_found_and_other_scripts_are_not() -> None:
    ours = pdf("/OpenAction << /S /JavaScript /JS (app.alert\\('<k3zz9q-4 onplay=k3zz9q\\(4\\)>'\\)) >>")
    assert marked_scripts(NAME, ours) == ((4,), "")
    assert marked_scripts(NAME, pdf("/OpenAction << /S /JavaScript /JS (this.print\\(\\)) >>")) == ((), "")
    assert marked_scripts(NAME, pdf("/Lang (k3zz9q-4)")) == ((), "")
    assert "không đọc được" in marked_scripts(NAME, b"%PDF-1.7\nbroken")[1]


def test_a_pdf_that_swells_or_never_ends_is_for_a_person_and_costs_little() -> None:
    many = "".join(f"/A{number} << >> " for number in range(MOST_OBJECTS + 1))
    assert marked_scripts(NAME, pdf(many)) == ((), "tệp PDF có quá nhiều đối tượng để xem hết")
    bomb = swelling(b" " * 60_000_000)
    tracemalloc.start()
    numbers, why = marked_scripts(NAME, bomb)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not numbers and "không đọc được" in why and most < 4 * MOST_STREAM
    assert marked_scripts(NAME, swelling(b"app.alert('k3zz9q(7)')")) == ((7,), "")


def swelling(script: bytes) -> bytes:
    """A PDF whose script is a compressed stream."""
    packed = zlib.compress(script, 9).decode("latin-1")
    opening = pdf("/OpenAction << /S /JavaScript /JS 9 0 R >>").decode("latin-1")
    at, start = opening.rindex("xref\n0"), len(opening[: opening.rindex("xref\n0")].encode("latin-1"))
    stream = f"9 0 obj\n<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream\nendobj\n"
    table = opening[at:].replace("trailer", f"9 1\n{start:010d} 00000 n \ntrailer").replace("/Size 4", "/Size 10")
    moved = table.replace(f"startxref\n{start}\n", f"startxref\n{start + len(stream.encode('latin-1'))}\n")
    return (opening[:at] + stream + moved).encode("latin-1")


DOSSIER = (
    "<!doctype html><html lang=vi><title>Hồ sơ</title><main><h1>Hồ sơ của tôi</h1><p>Trạng thái: Mới đăng ký</p>"
    "<p><a href=/bien-nhan>Tải biên nhận hồ sơ</a> <a href=/lich-su>Lịch sử xử lý</a> <a href=/rut>Rút hồ sơ</a></p>"
    "<p><a href=/tep/1>kiem-thu-01-to-khai.pdf</a></p></main></html>"
)


def papers(
    browser: Browser, folder: Path, receipt: Said
) -> tuple[tuple[Sighting, ...], list[LookedAt], list[str], str]:
    def answer(heard: Heard) -> Said:
        return {"/": Said(200, DOSSIER), "/bien-nhan": receipt}.get(heard.path) or Said(200, DOSSIER)

    with scripted(answer) as server, travelled(browser, server.address, folder) as who:
        trap = Trap(NAME, "citizen_b", Kind.PAGE)
        trap.set_in(who.hands.watch.context)
        lookout = Lookout(trap, Attachments(folder, "m", lambda text: text), who.at_home)
        why = look_at_leads(who, lookout, leads_of(who, who.go("/")), Kind.PAGE)
        return lookout.sightings(), lookout.pages, [one.path for one in server.heard], why


def receipt(body: str) -> Said:
    return Said(
        200, f"<!doctype html><html lang=vi><title>Biên nhận</title><main><h1>Biên nhận</h1>{body}</main></html>"
    )


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        (receipt("<p>Người nộp: <k3zz9q-1 onplay=k3zz9q(1)></p>"), [How.RAN]),
        (receipt("<p>Người nộp: &lt;k3zz9q-1 onplay=k3zz9q(1)&gt;</p>"), []),
        (Said(200, pdf("/OpenAction << /JS (k3zz9q\\(1\\)) >>"), (("Content-Type", "application/pdf"),)), [How.IN_PDF]),
        (Said(200, pdf(""), (("Content-Type", "application/pdf"),)), []),
    ],
)
def test_papers_are_opened_and_nothing_is_pressed(
    chromium: Browser, tmp_path: Path, answer: Said, how: list[How]
) -> None:
    seen, pages, asked, why = papers(chromium, tmp_path, answer)
    assert [(one.how, one.kind) for one in seen] == [(one, Kind.PAPER) for one in how] and not why
    assert [one.kind for one in pages] == [Kind.PAPER, Kind.PAGE]
    assert "/rut" not in asked and "/tep/1" not in asked


def test_a_paper_that_does_not_come_is_named(chromium: Browser, tmp_path: Path) -> None:
    seen, _, _, why = papers(chromium, tmp_path, Said(404, "<h1>Không có</h1>"))
    assert not seen and "404" in why


@pytest.mark.parametrize(("kind", "found"), [("text/html", [How.RAN]), ("application/json", [])])
def test_data_that_is_served_as_a_page_is_opened_as_one(
    chromium: Browser, tmp_path: Path, kind: str, found: list[How]
) -> None:
    def answer(heard: Heard) -> Said:
        if heard.path == "/api/ho-so":
            return Said(200, '{"ten": "<k3zz9q-1 onplay=k3zz9q(1)>"}', (("Content-Type", kind),))
        script = "<script>fetch('/api/ho-so').then((it) => it.text()).then((it) => { ra.textContent = it; });</script>"
        return Said(200, DOSSIER.replace("</main>", f"<p id=ra></p></main>{script}"))

    with scripted(answer) as server, travelled(chromium, server.address, tmp_path) as who:
        trap = Trap(NAME, "citizen_b", Kind.PAGE)
        trap.set_in(who.hands.watch.context)
        lookout = Lookout(trap, Attachments(tmp_path, "m", lambda text: text), who.at_home)
        ear = DataEar(who.hands.watch.context, who.at_home)
        who.go("/")
        who.hands.page.wait_for_function("document.getElementById('ra').textContent")
        lookout.at(who.hands.page)
        assert not lookout.sightings()
        ear.open_marked(who, lookout)
        assert [one.how for one in lookout.sightings()] == found


def test_fields_too_short_for_a_marker_are_named() -> None:
    short = PLACE.model_copy(update={"number": 2, "label": "Số tờ", "taken": Taken.TOO_SHORT})
    assert Markers(GOOD.model_copy(update={"places": (PLACE, short)})).untried.endswith("ô quá ngắn: Số tờ")
    held = short.model_copy(update={"taken": Taken.PREFILLED, "label": "Họ và tên người nộp"})
    told = verdicts(places=(held,))[OWN]
    assert told[0] is Verdict.NOT_TESTED and "điền sẵn từ tài khoản: Họ và tên người nộp" in told[1]
    assert not Markers(GOOD).untried
