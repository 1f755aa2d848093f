"""A look that did not come to its end opens what would have passed without it, and is named beside what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from fixtures.keyboard import KeyboardRecord
from fixtures.looking import Looks, pytest_pyfunc_call
from fixtures.states import Place, with_states
from suites.accessibility.test_5_1_motion import test_nothing_flashes as no_flash
from suites.accessibility.test_5_2_reading import test_more_than_one_way_to_each_page as many_ways
from suites.accessibility.test_5_3_keyboard import test_focus_into_dialog as into_dialog
from suites.accessibility.test_5_3_keyboard import test_focus_order as focus_order
from suites.accessibility.test_5_3_keyboard import test_no_trap as no_trap
from suites.accessibility.test_5_4_colours import test_reduced_motion_is_honoured as reduced_motion
from toantrinh.judgement import Judgement
from toantrinh.observations.colours import ColoursFacts, MovingPart
from toantrinh.observations.geometry import GeometryFacts
from toantrinh.observations.journey import Reach
from toantrinh.observations.keyboard import KeyboardFacts
from toantrinh.observations.site import PageName
from toantrinh.observations.tour import MissedState, Tour
from toantrinh.store import Observed, Outcome
from toantrinh.verdicts import Verdict

HOME, GUIDE, FAQ = PageName.HOME, PageName.GUIDE, PageName.QUESTIONS
P, F, NOTHING, OPEN, OURS = (
    Verdict.PASS,
    Verdict.FAIL,
    Verdict.NOT_APPLICABLE,
    Verdict.NOT_TESTED,
    Verdict.TOOL_ERROR,
)
SLIDES = MovingPart(selector="#tin", name="truot", properties=("transform",), duration_ms=900, iterations=-1, box=(0,) * 4)  # fmt: skip
STILL, SLIDING = ColoursFacts(address="/"), ColoursFacts(address="/", moving=(SLIDES,))
WALKED = KeyboardFacts(
    address="/", whole=True, around="", stops=(), ended="left", traps=(), rule="", looks=(), skip=None, dialogs=(), pressed=0
)  # fmt: skip


def seen(facts: Any) -> Observed[Any]:
    return Observed[type(facts)](key="look/x", outcome=Outcome.OBSERVED, made="", duration_ms=0, data=facts)  # type: ignore[misc]


def lost(outcome: Outcome = Outcome.NOT_TESTED) -> Observed[Any]:
    return Observed[ColoursFacts](key="look/x", outcome=outcome, reason="hết giờ", made="", duration_ms=0)


def ends(check: Callable[..., None], record: Looks[Any]) -> tuple[Verdict, str]:
    """What a run says of a check that reads this record."""
    call = cast(Any, pytest_pyfunc_call)(SimpleNamespace(funcargs={"record": record, "other": 1}))
    next(call)
    try:
        try:
            check(record)
        except Judgement as said:
            call.throw(said)
        else:
            call.send(None)
    except StopIteration:
        return P, ""
    except Judgement as said:
        return said.verdict, said.message
    raise AssertionError("the call has an end")


@pytest.mark.parametrize(
    ("check", "looks", "wanted", "words"),
    [
        (reduced_motion, {HOME: seen(STILL), GUIDE: lost()}, OPEN, "không thấy lỗi"),
        (reduced_motion, {HOME: seen(STILL), GUIDE: lost(Outcome.TOOL_ERROR), FAQ: lost()}, OURS, "hết giờ"),
        (reduced_motion, {HOME: seen(SLIDING), GUIDE: lost()}, F, "#tin: vẫn chuyển động"),
        (into_dialog, {HOME: seen(WALKED), GUIDE: lost()}, OPEN, "không có hộp thoại"),
        (no_trap, {HOME: seen(WALKED), GUIDE: lost(Outcome.NETWORK)}, OPEN, "không thấy lỗi"),
    ],
    ids=["nothing wrong", "our own fault", "something wrong", "nothing to judge", "the network"],
)
def test_a_page_whose_look_failed_is_named_and_is_open(
    check: Callable[..., None], looks: Mapping[Place, Observed[Any]], wanted: Verdict, words: str
) -> None:
    verdict, said = ends(check, record_of(check, looks))
    assert verdict is wanted and words in said and f"{GUIDE.vietnamese} (hết giờ)" in said, said


@pytest.mark.parametrize(
    "looks", [{HOME: seen(STILL), GUIDE: seen(STILL)}, {HOME: lost(), GUIDE: seen(STILL)}], ids=["all", "one of two"]
)
def test_another_page_of_the_template_speaks_for_it(looks: Mapping[Place, Observed[Any]]) -> None:
    assert ends(reduced_motion, Looks(looks, alike={HOME: [GUIDE], GUIDE: [HOME]})) == (P, "")


def test_a_finding_stays_as_it_is_where_all_was_seen() -> None:
    verdict, said = ends(reduced_motion, Looks({HOME: seen(SLIDING)}))
    assert verdict is F and "chưa xem được" not in said


def test_without_any_page_the_check_says_so_once() -> None:
    verdict, said = ends(reduced_motion, Looks({HOME: lost(), GUIDE: lost()}))
    assert verdict is OPEN and said.count("hết giờ") == 2, said


def test_what_a_check_did_not_ask_for_does_not_open_it() -> None:
    assert ends(lambda record: None, Looks({HOME: seen(STILL), GUIDE: lost()})) == (P, "")
    states = with_states({HOME: seen(WALKED)}, toured("keyboard", Reach.NOT_TRIED), KeyboardFacts)
    assert ends(no_trap, record_of(no_trap, states))[0] is OPEN
    assert ends(focus_order, record_of(focus_order, states)) == (P, "")  # a check of pages


@pytest.mark.parametrize(("reach", "wanted"), [(Reach.NOT_TRIED, OPEN), (Reach.TOOL_ERROR, OURS)])
def test_a_look_at_a_state_that_was_missed_opens_the_checks_that_would_have_read_it(
    reach: Reach, wanted: Verdict
) -> None:
    tour = toured("colours", reach)
    assert tour.data is not None and tour.data.unseen == () and with_states({}, tour, GeometryFacts) == {}
    looks = with_states({HOME: seen(STILL)}, tour, ColoursFacts)
    verdict, said = ends(reduced_motion, Looks(looks))
    assert verdict is wanted and "Tờ khai: xem (hết giờ)" in said


@pytest.mark.parametrize(
    ("menu_links", "found", "wanted"), [(5, True, P), (5, False, OPEN), (0, False, OPEN)], ids=["two", "one", "none"]
)
def test_ways_that_were_found_are_there_whatever_else_is(menu_links: int, found: bool, wanted: Verdict) -> None:
    facts = SimpleNamespace(menu_links=menu_links, search=found)
    record = Looks(cast(Any, {HOME: SimpleNamespace(data=facts), GUIDE: lost()}))
    assert ends(many_ways, record)[0] is wanted


def test_flashes_are_asked_of_every_page_that_was_watched() -> None:
    assert ends(no_flash, Looks({HOME: lost()}))[0] is OPEN


def toured(look: str, reach: Reach) -> Observed[Tour]:
    missed = MissedState(name="Tờ khai: xem", why="hết giờ", reach=reach, look=look)
    return cast("Observed[Tour]", seen(Tour(name="tour", reach=Reach.NOT_NEEDED, missed=(missed,))))


def record_of(check: Callable[..., None], looks: Mapping[Place, Observed[Any]]) -> Looks[Any]:
    return KeyboardRecord(looks) if "by_keyboard" in check.__annotations__ else Looks(looks)
