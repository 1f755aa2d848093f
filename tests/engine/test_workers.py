"""Which checks stay together when several workers share a run."""

from __future__ import annotations

from fixtures.workers import scope_of

CODES = ("1.001193", "2.000815")


def test_a_service_stays_with_one_worker_in_all_groups() -> None:
    assert scope_of("suites/functional/test_1_9_submission.py::test_code[1.001193]", CODES) == "1.001193"
    assert scope_of("suites/emc/test_6_2_events.py::test_once[2.000815]", CODES) == "2.000815"


def test_what_is_asked_once_stays_with_its_group() -> None:
    first = scope_of("suites/layout/test_2_1_menu.py::test_menu", CODES)
    assert first == scope_of("suites/layout/test_2_4_links.py::test_links[home]", CODES) == "suites/layout"


def test_security_has_parts_and_the_second_citizen_stays_in_one() -> None:
    modules = ("4_1_channel", "4_2_headers_and_cookies", "4_6_leaks", "4_7_security_level")
    assert {scope_of(f"suites/security/test_{name}.py::test_x", CODES) for name in modules} == {"suites/security"}
    session, access, markers, parameters, uploads = (
        scope_of(f"suites/security/test_{name}.py::test_x", CODES)
        for name in ("4_3_session", "4_4_access", "4_5_markers", "4_5_parameters", "4_5_uploads")
    )
    assert session == access and len({access, markers, parameters, uploads, "suites/security"}) == 5
