"""What a search found, the list by level, the answer of the look-up, the menu open, the door: each with its proof."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from fixtures.geometry import GeometryRecord
from fixtures.keyboard import KeyboardRecord
from fixtures.looking import Looks
from fixtures.reading import ReadingRecord
from fixtures.states import of_pages, with_states
from suites.accessibility import test_5_1_level_a as a51
from suites.accessibility import test_5_1_reading as a51r
from suites.accessibility import test_5_3_keyboard as a53
from suites.accessibility import test_5_4_colours as a54c
from suites.accessibility import test_5_4_zoom as a54
from suites.layout import test_2_3_every_screen as l23
from tests.scenarios.conftest import served, stranger
from tests.suites_functional.mistakes import journey_to
from tests.suites_pages.conftest import Recorder, verdict_of
from tests.tour.conftest import record
from tests.tour.doors_portal import CODE, DOSSIER, NAME, make_doors_portal
from toantrinh.observations.colours import ColoursFacts
from toantrinh.observations.geometry import GeometryFacts
from toantrinh.observations.journey import Journey, Reach, SearchFacts, SubmitFacts
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.page import PageKind
from toantrinh.observations.reading import ReadingFacts
from toantrinh.observations.tour import Tour
from toantrinh.observers.touring.tour import make_tour
from toantrinh.store import Attachments, Observed, Outcome
from toantrinh.verdicts import Verdict

P, F, HALF = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL
DoorsOf = Callable[[str], Tour]


def journey(service: object, address: str) -> Journey:
    found = SearchFacts(query=NAME, field="Từ khóa", results=(NAME,), rank=1)
    sent = SubmitFacts(
        code=DOSSIER, said="", receipt="", receipt_bytes=0, promised="", code_after_reload="", delivery_offered=()
    )
    return journey_to(service, f"{address}/tt").model_copy(update={"search": found, "submit": sent})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def doors_of(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> DoorsOf:
    """The tour of a face of the portal of doors."""
    known: dict[str, Tour] = {}

    def get(face: str) -> Tour:
        if face not in known:
            with served(make_doors_portal(face)) as address:
                system, service = stranger(address, code=CODE, name=NAME)
                kept = Attachments(tmp_path_factory.mktemp(face), "tour", str)
                known[face] = make_tour(chromium, system, service, kept, journey(service, address))
        return known[face]

    return get


def test_each_public_state_is_come_to_and_proved(doors_of: DoorsOf) -> None:
    tour = doors_of("good")
    assert [state.name for state in tour.states] == [
        "Thực đơn mở",
        "Kết quả tìm kiếm",
        "Danh sách theo mức độ: Một phần",
        "Kết quả tra cứu hồ sơ",
        "Đăng nhập – Đăng nhập",
        "Trang chủ trên điện thoại",
        "Thực đơn mở trên điện thoại",
    ]
    assert all(state.judged and state.proof and state.proof.kind is PageKind.PAGE for state in tour.states)
    assert not tour.missed and not tour.left_behind


def test_states_are_looked_at_on_three_screens_and_some_of_them_closely(doors_of: DoorsOf) -> None:
    states = {state.name: state for state in doors_of("good").states}
    assert [seen.width for seen in states["Kết quả tìm kiếm"].widths] == [1366, 768, 360]
    assert [seen.width for seen in states["Thực đơn mở trên điện thoại"].widths] == [360]
    found = states["Kết quả tìm kiếm"]
    assert found.reading and found.geometry and found.colours
    assert [field.name for field in found.reading.fields] == ["Từ khóa", "Mức độ"]
    assert not any(screen.menu.entries for screen in found.geometry.screens)  # nothing was pressed
    assert len({shot for state in states.values() for shot in [state.shot]}) == len(states)


def test_a_state_that_is_not_come_to_is_missed_with_its_reason(doors_of: DoorsOf) -> None:
    tour = doors_of("silent")
    missed = {one.name: one.why for one in tour.missed}
    assert set(missed) == {"Kết quả tìm kiếm", "Danh sách theo mức độ", "Kết quả tra cứu hồ sơ"}
    assert DOSSIER in missed["Kết quả tra cứu hồ sơ"] and "mức độ" in missed["Danh sách theo mức độ"]
    assert not any(state.name in missed for state in tour.states)


def test_faults_of_public_states_are_named_with_them(doors_of: DoorsOf, site_of: Recorder) -> None:
    clean = site_of("clean")

    def at_doors(face: str) -> tuple[object, object]:
        tour = doors_of(face).model_copy(update={"reach": Reach.NOT_NEEDED})  # there is no application
        return clean, record(tour)

    assert verdict_of(l23.test_no_sideways_scroll, *at_doors("good")) == (P, "")
    verdict, words = verdict_of(l23.test_no_sideways_scroll, *at_doors("faulty"))
    assert verdict is HALF and "768, 360 điểm ảnh (Kết quả tìm kiếm)" in words and "main > div" in words, words
    assert verdict_of(a51.test_no_violation_of_level_a, *at_doors("good"))[0] is P
    verdict, words = verdict_of(a51.test_no_violation_of_level_a, *at_doors("faulty"))
    assert verdict is F and "image-alt" in words and "Kết quả tra cứu hồ sơ" in words, words


def test_a_state_whose_proof_does_not_hold_is_not_judged(doors_of: DoorsOf) -> None:
    tour = doors_of("faulty")
    proof = tour.states[1].proof
    assert proof
    blocked = tour.states[1].model_copy(update={"proof": proof.model_copy(update={"kind": PageKind.BLOCK})})
    foreign = tour.states[1].model_copy(update={"own": False})
    assert record(tour.model_copy(update={"states": (blocked, foreign)})).judged == []
    assert record(tour).judged == list(tour.states)


def test_reading_measures_and_colours_of_states_are_judged_with_those_of_the_pages(
    doors_of: DoorsOf, site_of: Recorder
) -> None:
    def verdicts(face: str) -> list[tuple[Verdict, str]]:
        tour = seen(doors_of(face))
        records = (
            (
                a51r.test_fields_have_label_and_instructions,
                ReadingRecord(looks=with_states({}, tour, ReadingFacts), site=site_of("clean")),
            ),
            (a54.test_page_reflows_at_400_percent, GeometryRecord(with_states({}, tour, GeometryFacts))),
            (a54c.test_text_on_pictures_and_placeholders_has_contrast, Looks(with_states({}, tour, ColoursFacts))),
        )
        return [verdict_of(check, record) for check, record in records]

    assert [verdict for verdict, _ in verdicts("good")] == [P, P, P]
    (fields, said), (reflow, wide), (contrast, pale) = verdicts("faulty")
    assert fields is HALF and "main > input (Kết quả tra cứu hồ sơ)" in said, said
    assert reflow is HALF and "(body > main > div)" in wide and "(Kết quả tìm kiếm)" in wide, wide
    assert contrast is F and "“Tên chủ bè”" in pale and "(Kết quả tìm kiếm)" in pale, pale


@pytest.mark.parametrize(("face", "wanted"), [("good", P), ("closing", P), ("holding", F)])
def test_an_open_menu_that_holds_the_keyboard_is_named(doors_of: DoorsOf, face: str, wanted: Verdict) -> None:
    tour = doors_of(face)
    walked = with_states({}, seen(tour), KeyboardFacts)
    assert [name.vietnamese for name in walked] == ["Thực đơn mở", "Thực đơn mở trên điện thoại"]
    verdict, words = verdict_of(a53.test_no_trap, KeyboardRecord(walked))
    assert verdict is wanted, words
    assert wanted is P or ("header > ul" in words and "(Thực đơn mở, Thực đơn mở trên điện thoại)" in words), words
    assert verdict_of(a53.test_focus_visible, KeyboardRecord(walked))[0] is P


@pytest.mark.parametrize(("face", "wanted"), [("dialog", P), ("locked", F)])
def test_an_open_dialog_of_a_page_is_a_state(doors_of: DoorsOf, site_of: Recorder, face: str, wanted: Verdict) -> None:
    tour = doors_of(face).model_copy(update={"reach": Reach.NOT_NEEDED})
    assert not tour.unseen
    name = next(state.name for state in tour.states if "hộp thoại" in state.name)
    assert name == "Trang chủ – hộp thoại mở"
    verdict, words = verdict_of(a53.test_no_trap, KeyboardRecord(with_states({}, seen(tour), KeyboardFacts)))
    assert verdict is wanted and (wanted is P or (name in words and "#trong" in words)), words
    verdict, words = verdict_of(a51.test_no_violation_of_level_a, site_of("clean"), record(tour))
    assert verdict is wanted and (wanted is P or ("image-alt" in words and name in words)), words


def test_a_state_without_proof_is_judged_by_no_look(doors_of: DoorsOf) -> None:
    tour = doors_of("faulty")
    states = tuple(one.model_copy(update={"own": False}) for one in tour.states)
    assert with_states({}, seen(tour.model_copy(update={"states": states})), ReadingFacts) == {}
    assert with_states({}, None, ReadingFacts) == {}
    names = with_states({}, seen(tour), ReadingFacts)
    assert "Kết quả tìm kiếm" in {name.vietnamese for name in names} and of_pages(names) == {}


def seen(tour: Tour) -> Observed[Tour]:
    return Observed[Tour](key="scenario/tour/x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=tour)
