"""What the matrix makes of verdicts that changed, and of those that did not."""

from __future__ import annotations

from dataclasses import replace

from portal.defects.defect import Defect
from tests.matrix.judging import Row, precision, recall, row_of
from tests.matrix.page import page_of, prefix_of
from tests.matrix.plan import asked_of, on_pages, timed_of

TWICE = Defect("payment.twice", "Hai khoản tiền", ("pay.once", "pay.receipt"))
UNSURE = Defect("passwords.unlimited", "Không bị làm chậm", ("session.slowed",), for_a_person=True)
ALIKE = Defect("lookalike.slow", "Trang chậm", is_lookalike=True, like=("pay.once",))
CLEAN = dict.fromkeys(("pay.once", "pay.receipt", "search.by-code", "session.slowed"), "pass")


def judged(defect: Defect, **verdicts: str) -> Row:
    said = CLEAN | {check.replace("__", ".").replace("_", "-"): verdict for check, verdict in verdicts.items()}
    return row_of(defect, CLEAN, CLEAN, said, {})


def test_a_defect_that_every_named_check_fails_is_caught() -> None:
    row = judged(TWICE, pay__once="fail", pay__receipt="partial")
    assert row.holds and row.caught == ("pay.once", "pay.receipt")


def test_a_defect_that_one_named_check_lets_pass_is_missed() -> None:
    row = judged(TWICE, pay__once="fail")
    assert not row.holds and list(row.missed) == ["pay.receipt"]
    assert recall([row]) == (0, 1)


def test_a_defect_that_is_left_to_a_person_is_caught_only_where_nobody_can_be_sure() -> None:
    assert judged(UNSURE, session__slowed="needs-review").holds
    assert not judged(TWICE, pay__once="needs-review", pay__receipt="fail").holds
    partly = replace(TWICE, for_a_person=("pay.receipt",))
    assert judged(partly, pay__once="fail", pay__receipt="needs-review").holds
    assert not judged(partly, pay__once="needs-review", pay__receipt="fail").holds


def test_a_check_that_was_never_passed_catches_nothing() -> None:
    said = {"pay.once": "fail", "pay.receipt": "fail"}
    row = row_of(TWICE, said, {"pay.once": "fail", "pay.receipt": "pass"}, said, {})
    assert list(row.missed) == ["pay.once"]


def test_another_check_that_turns_is_a_false_alarm_even_when_it_only_asks_a_person() -> None:
    for verdict in ("fail", "partial", "needs-review"):
        row = judged(TWICE, pay__once="fail", pay__receipt="fail", search__by_code=verdict)
        assert list(row.alarms) == ["search.by-code"] and not row.holds
        assert precision([row]) == (2, 3)


def test_what_could_not_be_looked_at_any_more_is_no_false_alarm() -> None:
    row = judged(TWICE, pay__once="fail", pay__receipt="fail", search__by_code="not-tested")
    assert row.holds and list(row.lost) == ["search.by-code"]


def test_a_check_that_is_known_to_be_unsure_there_may_ask_a_person_and_no_more() -> None:
    blind = replace(TWICE, blinds=("search.by-code",))
    row = judged(blind, pay__once="fail", pay__receipt="fail", search__by_code="needs-review")
    assert row.holds and list(row.lost) == ["search.by-code"]
    assert not judged(blind, pay__once="fail", pay__receipt="fail", search__by_code="fail").holds


def test_a_look_alike_may_change_nothing() -> None:
    assert judged(ALIKE).holds
    assert list(judged(ALIKE, pay__once="partial").alarms) == ["pay.once"]


def test_our_own_failure_never_counts_as_caught_or_silent() -> None:
    row = judged(TWICE, pay__once="fail", pay__receipt="tool-error")
    assert list(row.ours) == ["pay.receipt"] and not row.holds and recall([row]) == (0, 1)
    assert not judged(ALIKE, search__by_code="tool-error").holds
    assert row_of(ALIKE, ["pay.once"], CLEAN, {}, {}).ours


def test_what_rests_on_the_same_observations_is_asked_and_a_sample_of_the_rest() -> None:
    reads = {
        "pay.once": frozenset({"journey/*", "second/*"}),
        "pay.receipt": frozenset({"journey/*"}),
        "search.by-code": frozenset({"catalogue/*"}),
        "layout.no-overlap": frozenset({"scenario/tour/*"}),
    }
    assert asked_of([ALIKE], reads) == {"pay.once", "pay.receipt", "search.by-code"}


def test_what_is_measured_in_time_is_asked_with_all_of_its_kind_and_nothing_else() -> None:
    slow = Defect("memory.growth", "Càng phục vụ càng chậm", ("load.soak-no-drift",))
    asked = timed_of(slow)
    assert {"load.soak-no-drift", "load.mean-in-limit"} < asked and all(one.startswith("load.") for one in asked)


def test_what_is_looked_for_on_pages_leaves_applications_out() -> None:
    reads = {
        "axe.level-a": frozenset({"site/home", "scenario/tour/*"}),
        "pay.once": frozenset({"journey/*"}),
        "search.by-code": frozenset({"site/home"}),  # of each procedure
    }
    assert on_pages(reads) == {"axe.level-a": {"site/home"}}


def test_the_page_says_what_was_missed_and_by_whom() -> None:
    page = page_of([judged(TWICE, pay__once="fail", search__by_code="fail"), judged(ALIKE)], 21.4)
    assert f"{prefix_of(TWICE)} missed by `pay.receipt`; false alarm of `search.by-code` |" in page
    assert f"{prefix_of(ALIKE)} silent |" in page
    assert "0 of 1 (0.0 %)" in page and "1 of 2 (50.0 %)" in page and "1 of 1" in page
