"""An application is taken from page to page, and each of its states is looked at; nothing is sent."""

from __future__ import annotations

from typing import Any

import pytest

from fixtures.tour import TourRecord
from suites.accessibility import test_5_1_level_a as a51
from suites.accessibility import test_5_2_level_aa as a52
from suites.accessibility import test_5_2_states as s52
from suites.accessibility.suggestions import says_how_to_mend
from tests.suites_pages.conftest import Recorder, verdict_of
from tests.tour.conftest import TourOf, record
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import Place
from toantrinh.observations.page import PageKind
from toantrinh.observations.tour import ErrorsShown, FieldError, MissedState, Tour
from toantrinh.observers.touring.tour import beside, chosen
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL
OPEN, REVIEW = Verdict.NOT_TESTED, Verdict.NEEDS_REVIEW


def errors(tour: Tour) -> ErrorsShown:
    return next(state.errors for state in tour.states if state.errors)


def test_each_state_is_seen_once_and_nothing_is_sent(tour_of: TourOf) -> None:
    tour, river = tour_of("good")
    assert tour.reach is Reach.REACHED and not river.sent, tour.why
    assert [state.name for state in tour.states] == [
        "Thực đơn mở",
        "Trang chủ trên điện thoại",
        "Thực đơn mở trên điện thoại",
        "Tờ khai – vừa mở",
        "Tờ khai – báo lỗi",
        "Xem lại hồ sơ – vừa mở",
        "Xem lại hồ sơ – trước khi bấm “Nộp hồ sơ”",
    ]
    assert all(state.shot and state.axe and state.axe[0].version and state.widths for state in tour.states)


def test_mistakes_are_mended_before_the_page_is_left(tour_of: TourOf) -> None:
    _, river = tour_of("good")
    assert not [name for name in ("ten", "dt", "thu", "lydo") if not river.draft[name]]
    assert "@" in river.draft["thu"]


def test_errors_are_seen_as_a_screen_reader_tells_them(tour_of: TourOf) -> None:
    good, faulty, alike = (errors(tour_of(face)[0]) for face in ("good", "faulty", "lookalike"))
    assert good.announced and good.focus_moved and all(one.tied and one.invalid for one in good.fields)
    assert not faulty.announced and not faulty.focus_moved and not any(one.tied for one in faulty.fields)
    assert not alike.announced and alike.focus_moved and all(one.tied for one in alike.fields)


@pytest.mark.parametrize(
    ("face", "wanted", "said"),
    [("good", P, ""), ("lookalike", P, ""), ("faulty", F, "“Không hợp lệ.” ở ô Số điện thoại (Tờ khai – báo lỗi)")],
)
def test_messages_that_say_how_to_mend(tour_of: TourOf, face: str, wanted: Verdict, said: str) -> None:
    verdict, words = verdict_of(s52.test_error_messages_say_how_to_mend, record(tour_of(face)[0]))
    assert verdict is wanted and said in words, words
    assert wanted is P or "/khai #dt" in words


@pytest.mark.parametrize(
    ("face", "verified", "wanted", "said"),
    [
        ("good", True, P, ""),
        ("lookalike", True, P, ""),
        ("faulty", True, F, "nút “Nộp hồ sơ”"),
        ("faulty", False, REVIEW, "không thấy nêu lại"),
    ],
)
def test_what_was_entered_is_reviewed(tour_of: TourOf, face: str, verified: bool, wanted: Verdict, said: str) -> None:
    verdict, words = verdict_of(
        s52.test_dossier_is_reviewed_before_it_is_sent, record(tour_of(face)[0], verified=verified)
    )
    assert verdict is wanted and said in words, words


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"ways_back": ()}, HALF),
        ({"ways_back": (), "editable": 9}, P),
        ({"shown": ("Họ và tên",), "missing": ("Ngày sinh",)}, REVIEW),
        ({"shown": (), "missing": ("Họ và tên",), "papers": True}, REVIEW),
        ({"shown": (), "missing": ("Họ và tên",), "pays": True}, OPEN),
    ],
)
def test_a_review_that_is_less_than_whole(tour_of: TourOf, facts: dict[str, Any], wanted: Verdict) -> None:
    tour = tour_of("good")[0]
    assert tour.review
    changed = tour.model_copy(update={"review": tour.review.model_copy(update=facts)})
    assert verdict_of(s52.test_dossier_is_reviewed_before_it_is_sent, record(changed))[0] is wanted


def test_without_a_tour_nothing_is_tested(tour_of: TourOf) -> None:
    none = tour_of("good")[0].model_copy(update={"reach": Reach.NOT_TRIED, "why": "không có tài khoản", "states": ()})
    for check in (s52.test_error_messages_say_how_to_mend, s52.test_dossier_is_reviewed_before_it_is_sent):
        verdict, words = verdict_of(check, record(none))
        assert verdict is OPEN and "không có tài khoản" in words


def test_a_fault_of_a_state_is_named_with_its_state(tour_of: TourOf, site_of: Recorder) -> None:
    tour, site = tour_of("faulty")[0], site_of("clean")
    verdict, words = verdict_of(a51.test_no_violation_of_level_a, site, record(tour))
    assert verdict is F and "image-alt" in words and "Tờ khai – báo lỗi" in words and "dau-than" in words
    assert site.evidence[-1].path == "observations/tour.json"
    assert verdict_of(a51.test_no_violation_of_level_a, site, record(tour_of("good")[0]))[0] is P


UNSEEN: list[tuple[str, dict[str, Any], str]] = [
    ("no application is begun", {"reach": Reach.NOT_TRIED, "why": "chưa được cho phép nộp", "states": ()}, "chưa được cho phép nộp"),
    ("it stops on its way", {"review": None, "stopped": "trang không mở tiếp"}, "các trang sau của hồ sơ (trang không mở tiếp)"),
    ("a state does not come", {"missed": (MissedState(name="Thực đơn mở", why="quá lâu", reach=Reach.BLOCKED),)}, "Thực đơn mở (quá lâu)"),
]  # fmt: skip
SEEN: list[tuple[str, dict[str, Any]]] = [
    ("there is no application", {"reach": Reach.NOT_NEEDED, "review": None, "states": ()}),
    ("there is no such state", {"missed": (MissedState(name="Đăng nhập", why="không thấy", reach=Reach.ABSENT),)}),
    ("a second look at a state failed", {"missed": (MissedState(name="Tờ khai: đo màu", why="quá lâu"),)}),
]


@pytest.mark.parametrize(("facts", "said"), [case[1:] for case in UNSEEN], ids=[case[0] for case in UNSEEN])
def test_what_was_not_seen_of_the_states_leaves_the_levels_open(
    tour_of: TourOf, site_of: Recorder, facts: dict[str, Any], said: str
) -> None:
    seen = record(tour_of("good")[0].model_copy(update=facts))
    for check in (a51.test_no_violation_of_level_a, a52.test_no_violation_of_level_aa):
        verdict, words = verdict_of(check, site_of("clean"), seen)
        assert verdict is OPEN and said in words, words
    assert verdict_of(a51.test_no_violation_of_level_a, site_of("faulty"), seen)[0] is F


@pytest.mark.parametrize("facts", [case[1] for case in SEEN], ids=[case[0] for case in SEEN])
def test_what_is_not_there_leaves_nothing_open(tour_of: TourOf, site_of: Recorder, facts: dict[str, Any]) -> None:
    seen = record(tour_of("good")[0].model_copy(update=facts))
    assert verdict_of(a51.test_no_violation_of_level_a, site_of("clean"), seen)[0] is P


def test_without_any_tour_the_levels_are_open(site_of: Recorder) -> None:
    verdict, words = verdict_of(
        a51.test_no_violation_of_level_a, site_of("clean"), TourRecord(None, "không có dịch vụ")
    )
    assert verdict is OPEN and "không có dịch vụ" in words


def test_a_state_in_which_axe_broke_or_that_is_another_page_was_not_seen(tour_of: TourOf, site_of: Recorder) -> None:
    tour = tour_of("good")[0]
    first = tour.states[3]
    assert first.proof
    broken = first.model_copy(update={"axe": (first.axe[0].model_copy(update={"error": "gone"}),)})
    blocked = first.model_copy(update={"proof": first.proof.model_copy(update={"kind": PageKind.BLOCK, "why": "chặn"})})
    for state, said in ((broken, "gone"), (blocked, "Tờ khai – vừa mở (chặn)")):
        states = tuple(state if one is first else one for one in tour.states)
        seen = record(tour.model_copy(update={"states": states}))
        verdict, words = verdict_of(a51.test_no_violation_of_level_a, site_of("clean"), seen)
        assert verdict is OPEN and said in words, words


def test_a_fault_of_another_party_is_not_the_systems(tour_of: TourOf, site_of: Recorder) -> None:
    tour = tour_of("faulty")[0]
    elsewhere = tour.model_copy(
        update={"states": tuple(state.model_copy(update={"own": False}) for state in tour.states)}
    )
    assert verdict_of(a51.test_no_violation_of_level_a, site_of("clean"), record(elsewhere))[0] is P


@pytest.mark.parametrize(
    ("kind", "message", "mends"),
    [
        ("phone", "Số điện thoại không hợp lệ", False),
        ("phone", "Lỗi", False),
        ("phone", "Sai định dạng, vui lòng kiểm tra lại", False),
        ("phone", "Invalid value", False),
        ("phone", "Số điện thoại phải gồm mười chữ số", True),
        ("email", "Thư điện tử cần có dạng ten@mien.vn", True),
        ("date", "Ngày sinh không hợp lệ (ngày/tháng/năm, ví dụ 05/09/2024)", True),
        ("number", "Số bản sao phải là một số nguyên", True),
        ("empty", "Không hợp lệ", False),
        ("empty", "Trường này là bắt buộc", True),
        ("empty", "Không được để trống", True),
        ("empty", "Vui lòng nhập họ và tên", True),
    ],
)
def test_what_counts_as_a_suggestion(kind: str, message: str, mends: bool) -> None:
    label = {"phone": "Số điện thoại", "email": "Thư điện tử", "date": "Ngày sinh", "number": "Số bản sao"}
    one = FieldError(
        label=label.get(kind, "Họ và tên"), selector="#x", kind=kind, entered="", place=Place.BESIDE, message=message,
        native=False, invalid=True, tied=True,
    )  # fmt: skip
    assert says_how_to_mend(one) is mends


def test_who_disturbs_the_measuring_host_is_not_on_the_tours_way() -> None:
    services = load_system("demo").services
    for seed in range(1, 6):
        other = beside(services, seed)
        assert other.code != chosen(services, seed)[0].code and other.declared == "toàn trình"
    assert beside(services[:1], 1) == services[0]


def test_the_same_seed_chooses_the_same_service() -> None:
    services = load_system("demo").services
    assert chosen(services, 1)[0] == chosen(services[::-1], 1)[0] == chosen(services, 7)[0]
    assert "bốc thăm (hạt giống 7)" in chosen(services, 7)[1]
