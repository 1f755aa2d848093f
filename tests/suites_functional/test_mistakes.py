"""The checks on mistakes: silent on the clean portal, changed by one fact, silent at a look-alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from suites.functional import test_1_04_identity as s04
from suites.functional import test_1_05_form as s05
from suites.functional import test_1_06_papers as s06
from tests.suites_functional.conftest import PAID
from tests.suites_functional.mistakes import door_record, log_in_scenario, record, rough_application
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Reach
from toantrinh.observations.mistakes import (
    AnswersTrial,
    LogInScenario,
    Outcome,
    Place,
    RoughApplication,
)
from toantrinh.observations.scenario import Trial
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

P, F, HALF, NA, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_APPLICABLE, Verdict.NOT_TESTED
REVIEW, OURS = Verdict.NEEDS_REVIEW, Verdict.TOOL_ERROR
Change = Callable[[RoughApplication], RoughApplication]


@pytest.fixture(scope="session")
def rough(
    portal_address: tuple[str, Path], chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> RoughApplication:
    """A rough application on the clean portal."""
    system = load_system("demo", base_url=portal_address[0])
    service = next(s for s in system.services if s.code == PAID)
    return rough_application(chromium, system, service, f"/thu-tuc/{PAID}", tmp_path_factory.mktemp("rough"))


@pytest.fixture(scope="session")
def door(portal_address: tuple[str, Path], chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> LogInScenario:
    """The door of the clean portal."""
    return log_in_scenario(chromium, load_system("demo", base_url=portal_address[0]), tmp_path_factory.mktemp("door"))


def same(data: RoughApplication) -> RoughApplication:
    return data


def put(part: str, **facts: Any) -> Change:
    """Changes facts of one trial, such as `draft`."""
    return lambda data: data.model_copy(update={part: getattr(data, part).model_copy(update=facts)})


def answers(is_meant: Callable[[str], bool] = lambda kind: True, **facts: Any) -> Change:
    """Changes every wrong answer of the kinds that are meant."""

    def of(trial: AnswersTrial) -> AnswersTrial:
        changed = tuple(a.model_copy(update=facts) if is_meant(a.kind) else a for a in trial.answers)
        return trial.model_copy(update={"answers": changed})

    return lambda data: data.model_copy(update={"answers": tuple(of(trial) for trial in data.answers)})


def each_trial(**facts: Any) -> Change:
    return lambda data: data.model_copy(
        update={"answers": tuple(trial.model_copy(update=facts) for trial in data.answers)}
    )


def without_answers(is_meant: Callable[[str], bool]) -> Change:
    def of(trial: AnswersTrial) -> AnswersTrial:
        return trial.model_copy(update={"answers": tuple(a for a in trial.answers if not is_meant(a.kind))})

    return lambda data: data.model_copy(update={"answers": tuple(of(trial) for trial in data.answers)})


def lost(part: str, many: int) -> Change:
    """So many of the answers that one came back to are gone."""

    def change(data: RoughApplication) -> RoughApplication:
        trial = getattr(data, part)
        kept = tuple(one.model_copy(update={"after": ""}) if at < many else one for at, one in enumerate(trial.kept))
        return put(part, kept=kept)(data)

    return change


def lost_by_refusals(data: RoughApplication) -> RoughApplication:
    changed = tuple(
        trial.model_copy(update={"kept": tuple(one.model_copy(update={"after": ""}) for one in trial.kept)})
        for trial in data.answers
    )
    return data.model_copy(update={"answers": changed})


def both(*changes: Change) -> Change:
    def change(data: RoughApplication) -> RoughApplication:
        for one in changes:
            data = one(data)
        return data

    return change


def is_empty(kind: str) -> bool:
    return kind == "empty"


def is_malformed(kind: str) -> bool:
    return kind != "empty"


stopped = {"reach": Reach.NOT_TRIED, "why": "trang hỏi mã bảo mật"}
CASES: list[tuple[str, Any, Change, Verdict]] = [
    ("empty: clean", s05.test_empty_fields_are_refused, same, P),
    ("empty: let go on", s05.test_empty_fields_are_refused, answers(outcome=Outcome.ACCEPTED, place=Place.NONE), F),
    ("empty: said elsewhere", s05.test_empty_fields_are_refused, answers(place=Place.GENERAL), HALF),
    ("empty: refused without a word", s05.test_empty_fields_are_refused, answers(place=Place.NONE), HALF),
    ("empty: summary that leads to the field", s05.test_empty_fields_are_refused, answers(place=Place.LINKED), P),
    ("empty: malformed let go on", s05.test_empty_fields_are_refused, answers(is_malformed, outcome=Outcome.ACCEPTED), P),
    ("empty: not looked at", s05.test_empty_fields_are_refused, answers(outcome=Outcome.UNSEEN), OPEN),
    ("empty: nothing required", s05.test_empty_fields_are_refused, without_answers(is_empty), NA),
    ("empty: error page", s05.test_empty_fields_are_refused, each_trial(reach=Reach.REFUSED, why="HTTP 500"), F),
    ("empty: our fault", s05.test_empty_fields_are_refused, each_trial(reach=Reach.TOOL_ERROR), OURS),
    ("empty: form not reached", s05.test_empty_fields_are_refused, put("form", **stopped), OPEN),
    ("malformed: clean", s05.test_malformed_input_is_refused, same, P),
    ("malformed: let go on", s05.test_malformed_input_is_refused, answers(is_malformed, outcome=Outcome.ACCEPTED), F),
    ("malformed: one kind let go on", s05.test_malformed_input_is_refused, answers(lambda k: k == "date", outcome=Outcome.ACCEPTED), HALF),
    ("malformed: the field takes nothing wrong", s05.test_malformed_input_is_refused, answers(outcome=Outcome.PREVENTED), P),
    ("malformed: free text only", s05.test_malformed_input_is_refused, without_answers(is_malformed), NA),
    ("kept: clean", s05.test_refusal_keeps_the_other_answers, same, P),
    ("kept: lost", s05.test_refusal_keeps_the_other_answers, lost_by_refusals, HALF),
    ("kept: never refused", s05.test_refusal_keeps_the_other_answers, each_trial(stayed=False), OPEN),
    ("kept: another form came", s05.test_refusal_keeps_the_other_answers, each_trial(kept=()), OPEN),
    ("cascade: clean", s05.test_communes_follow_the_province, same, P),
    ("cascade: the same communes", s05.test_communes_follow_the_province, put("cascade", communes_before=("A", "B"), communes_after=("A", "B")), F),
    ("cascade: one name in both provinces", s05.test_communes_follow_the_province, put("cascade", communes_before=("A", "B"), communes_after=("A", "C")), P),
    ("cascade: emptied", s05.test_communes_follow_the_province, put("cascade", communes_after=()), F),
    ("cascade: loaded later", s05.test_communes_follow_the_province, put("cascade", communes_before=(), communes_after=()), REVIEW),
    ("cascade: a single address field", s05.test_communes_follow_the_province, put("cascade", reach=Reach.NOT_NEEDED), NA),
    ("draft: clean", s05.test_draft_is_found_again, same, P),
    ("draft: not listed", s05.test_draft_is_found_again, put("draft", reach=Reach.ABSENT), F),
    ("draft: opens empty", s05.test_draft_is_found_again, lost("draft", 99), F),
    ("draft: one answer gone", s05.test_draft_is_found_again, lost("draft", 1), HALF),
    ("draft: saved by itself, without a button", s05.test_draft_is_found_again, put("draft", pressed="", said=()), P),
    ("back: clean", s05.test_back_loses_nothing, same, P),
    ("back: lost by the button", s05.test_back_loses_nothing, lost("back_by_button", 99), F),
    ("back: lost by the browser", s05.test_back_loses_nothing, lost("back_by_browser", 99), F),
    ("back: no button, the browser's works", s05.test_back_loses_nothing, put("back_by_button", reach=Reach.ABSENT), P),
    ("back: one page", s05.test_back_loses_nothing, both(put("back_by_button", reach=Reach.NOT_NEEDED), put("back_by_browser", reach=Reach.NOT_NEEDED)), NA),
    ("back: leads elsewhere", s05.test_back_loses_nothing, both(put("back_by_button", reach=Reach.ABSENT), put("back_by_browser", reach=Reach.UNANSWERED)), REVIEW),
    ("expired: clean", s05.test_expired_session_loses_nothing, same, P),
    ("expired: the form is gone", s05.test_expired_session_loses_nothing, put("expired", arrived=False), F),
    ("expired: what was typed is gone", s05.test_expired_session_loses_nothing, lost("expired", 99), F),
    ("expired: found among the drafts", s05.test_expired_session_loses_nothing, put("expired", found_by="qua bản nháp"), P),
    ("expired: the log-in cannot be repeated", s05.test_expired_session_loses_nothing, put("expired", **stopped), OPEN),
    ("type: clean", s06.test_wrong_type_is_refused, same, P),
    ("type: taken", s06.test_wrong_type_is_refused, put("wrong_type", outcome=Outcome.ACCEPTED), F),
    ("type: refused without a word", s06.test_wrong_type_is_refused, put("wrong_type", message=""), HALF),
    ("type: looked at when handed in", s06.test_wrong_type_is_refused, put("wrong_type", outcome=Outcome.UNSEEN), OPEN),
    ("type: no papers", s06.test_wrong_type_is_refused, put("wrong_type", reach=Reach.NOT_NEEDED), NA),
    ("empty file: clean", s06.test_empty_file_is_refused, same, P),
    ("empty file: taken", s06.test_empty_file_is_refused, put("empty_file", outcome=Outcome.ACCEPTED), F),
    ("oversize: clean", s06.test_oversize_file_is_refused, same, P),
    ("oversize: taken", s06.test_oversize_file_is_refused, put("oversize", outcome=Outcome.ACCEPTED), F),
    ("oversize: error page", s06.test_oversize_file_is_refused, put("oversize", broke="error: HTTP status 413", message=""), F),
    ("oversize: no limit stated", s06.test_oversize_file_is_refused, put("oversize", reach=Reach.NOT_TRIED), OPEN),
    ("handling: clean", s06.test_upload_is_shown_replaceable_removable, same, P),
    ("handling: not removable", s06.test_upload_is_shown_replaceable_removable, put("handling", removed=False), HALF),
    ("handling: the file waits in its field", s06.test_upload_is_shown_replaceable_removable, put("handling", waits=True, opens=None, removed=None), P),
]  # fmt: skip


def verdict_of(test: Callable[..., None], given: Any) -> tuple[Verdict, str]:
    try:
        test(given)
    except Judgement as said:
        return said.verdict, said.message
    return Verdict.PASS, ""


@pytest.mark.parametrize(("test", "change", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_verdict(test: Any, change: Change, expected: Verdict, rough: RoughApplication) -> None:
    verdict, message = verdict_of(test, record(change(rough)))
    assert verdict is expected, message


@pytest.mark.parametrize("part", ["draft", "cascade"])
def test_absence_is_no_fail_where_nobody_has_verified_the_file(part: str, rough: RoughApplication) -> None:
    test = {"draft": s05.test_draft_is_found_again, "cascade": s05.test_communes_follow_the_province}[part]
    change = {"draft": put("draft", reach=Reach.ABSENT), "cascade": put("cascade", communes_after=())}[part]
    assert verdict_of(test, record(change(rough), verified=False))[0] is REVIEW


def test_every_kind_of_malformed_answer_was_tried(rough: RoughApplication) -> None:
    kinds = {answer.kind for trial in rough.answers for answer in trial.answers}
    assert kinds == {"empty", "date", "number", "email", "phone", "cccd"}


def test_its_draft_was_taken_away(rough: RoughApplication, portal_address: tuple[str, Path]) -> None:
    assert rough.left_behind == ()
    draft = rough.draft.address.split("/ho-so/")[1].split("/")[0]
    with closing(sqlite3.connect(portal_address[1] / "portal.sqlite3", timeout=20)) as database:
        assert database.execute("SELECT count(*) FROM dossiers WHERE id = ?", (draft,)).fetchone() == (0,)


DOORS: list[tuple[str, Any, str, dict[str, Any], Verdict]] = [
    ("password: clean", s04.test_wrong_password_is_refused, "password", {}, P),
    ("password: let in", s04.test_wrong_password_is_refused, "password", {"logged_in": True}, F),
    ("password: not a word", s04.test_wrong_password_is_refused, "password", {"message": ""}, F),
    ("password: a page that nobody knows", s04.test_wrong_password_is_refused, "password", {"message": "", "asked_again": False}, REVIEW),
    ("password: no account", s04.test_wrong_password_is_refused, "password", {"reach": Reach.NOT_TRIED}, OPEN),
    ("log-out: clean", s04.test_log_out_ends_the_session, "log_out", {}, P),
    ("log-out: page still open", s04.test_log_out_ends_the_session, "log_out", {"asked_again": False}, F),
    ("log-out: session lives on", s04.test_log_out_ends_the_session, "log_out", {"old_session_dead": False}, F),
    ("log-out: session without cookies", s04.test_log_out_ends_the_session, "log_out", {"old_session_dead": None}, P),
    ("log-out: no button", s04.test_log_out_ends_the_session, "log_out", {"reach": Reach.ABSENT}, F),
]  # fmt: skip


@pytest.mark.parametrize(("test", "part", "facts", "expected"), [case[1:] for case in DOORS], ids=[c[0] for c in DOORS])
def test_verdict_at_the_door(test: Any, part: str, facts: dict[str, Any], expected: Verdict, door: LogInScenario) -> None:
    changed = door.model_copy(update={part: getattr(door, part).model_copy(update=facts)})
    verdict, message = verdict_of(test, door_record(changed))
    assert verdict is expected, message


def test_no_secret_is_in_the_record(rough: RoughApplication, door: LogInScenario) -> None:
    text = rough.model_dump_json() + door.model_dump_json()
    assert "Thu-nghiem-2026" not in text and "phien=" not in text


def test_a_scenario_that_was_not_begun_says_why(rough: RoughApplication) -> None:
    never = RoughApplication(name="rough-application", reach=Reach.NOT_TRIED, why="dịch vụ không có biểu mẫu", form=Trial())
    assert verdict_of(s05.test_empty_fields_are_refused, record(never)) == (OPEN, "dịch vụ không có biểu mẫu")
