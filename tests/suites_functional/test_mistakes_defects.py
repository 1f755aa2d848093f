"""Defects of forms, papers and the door that are switched on in the portal are caught by the checks that should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from suites.functional import test_1_04_identity as s04
from suites.functional import test_1_05_form as s05
from suites.functional import test_1_06_papers as s06
from tests.suites_functional.conftest import PAID, running_portal
from tests.suites_functional.mistakes import door_record, log_in_scenario, record, rough_application
from toantrinh.judgement import Judgement
from toantrinh.systems import load_system
from toantrinh.verdicts import Verdict

ROUGH: dict[str, Callable[[Any], None]] = {
    "form.empty-refused": s05.test_empty_fields_are_refused,
    "form.malformed-refused": s05.test_malformed_input_is_refused,
    "form.refusal-keeps-answers": s05.test_refusal_keeps_the_other_answers,
    "form.cascade": s05.test_communes_follow_the_province,
    "form.draft-found-again": s05.test_draft_is_found_again,
    "form.back-keeps": s05.test_back_loses_nothing,
    "form.expired-session-keeps": s05.test_expired_session_loses_nothing,
    "papers.wrong-type-refused": s06.test_wrong_type_is_refused,
    "papers.empty-refused": s06.test_empty_file_is_refused,
    "papers.oversize-refused": s06.test_oversize_file_is_refused,
    "papers.shown-replaceable-removable": s06.test_upload_is_shown_replaceable_removable,
}
DOOR: dict[str, Callable[[Any], None]] = {
    "login.wrong-password-refused": s04.test_wrong_password_is_refused,
    "login.log-out-ends-session": s04.test_log_out_ends_the_session,
}
# Defects of one row do not touch each other; the checks named, and no others, must speak.
TOGETHER: dict[str, tuple[str, ...]] = {
    "form.no-required-check,form.cascade-frozen": ("form.empty-refused", "form.cascade"),
    "form.no-format-check,papers.accepts-any-type": ("form.malformed-refused", "papers.wrong-type-refused"),
    "form.message-elsewhere,papers.accepts-empty,session.expiry-loses": (
        "form.empty-refused", "form.malformed-refused", "papers.empty-refused", "form.expired-session-keeps",
    ),
    "form.loses-answers,papers.no-size-limit,draft.lost": (
        "form.refusal-keeps-answers", "papers.oversize-refused", "form.draft-found-again",
    ),
    "back.loses,papers.not-removable": ("form.back-keeps", "papers.shown-replaceable-removable"),
}  # fmt: skip


def loud(tests: dict[str, Callable[[Any], None]], given: Any) -> dict[str, str]:
    """The checks that hold something against the portal, with what they say."""
    found = {}
    for check, test in tests.items():
        try:
            test(given)
        except Judgement as said:
            found[check] = f"{said.verdict}: {said.message}"
            assert said.verdict in (Verdict.FAIL, Verdict.PARTIAL), found
    return found


@pytest.mark.parametrize(("defects", "checks"), TOGETHER.items(), ids=list(TOGETHER))
def test_a_rough_application_shows_the_defects(
    defects: str, checks: tuple[str, ...], chromium: Browser, tmp_path: Path
) -> None:
    with running_portal(tmp_path / "portal", "--defects", defects) as address:
        system = load_system("demo", base_url=address)
        service = next(s for s in system.services if s.code == PAID)
        data = rough_application(chromium, system, service, f"/thu-tuc/{PAID}", tmp_path / "run")
    found = loud(ROUGH, record(data))
    assert set(found) == set(checks), found


def test_a_door_with_defects(chromium: Browser, tmp_path: Path) -> None:
    with running_portal(tmp_path / "portal", "--defects", "login.no-message,logout.client-only") as address:
        data = log_in_scenario(chromium, load_system("demo", base_url=address), tmp_path / "run")
    assert set(loud(DOOR, door_record(data))) == set(DOOR), data


def test_every_defect_of_this_kind_is_tried() -> None:
    from portal.defects import REGISTRY

    mine = {name for name, defect in REGISTRY.items() if set(defect.checks) & {*ROUGH, *DOOR}}
    tried = {name for row in TOGETHER for name in row.split(",")} | {"login.no-message", "logout.client-only"}
    assert mine == tried
