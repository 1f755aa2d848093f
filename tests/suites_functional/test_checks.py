"""Every functional check on real records: passes what is right, fails what is wrong, stays silent at a look-alike.

Given a journey that a real browser made through the real portal, when one fact of it is changed, then just that check
changes its verdict as said here.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures.catalogue import CatalogueRecord
from fixtures.journeys import JourneyRecord
from suites.functional import (
    test_1_01_search as s01,
)
from suites.functional import (
    test_1_02_publication as s02,
)
from suites.functional import (
    test_1_03_level as s03,
)
from suites.functional import (
    test_1_04_identity as s04,
)
from suites.functional import (
    test_1_05_form as s05,
)
from suites.functional import (
    test_1_06_papers as s06,
)
from suites.functional import (
    test_1_07_signature as s07,
)
from suites.functional import (
    test_1_08_payment as s08,
)
from suites.functional import (
    test_1_09_submission as s09,
)
from suites.functional import (
    test_1_10_tracking as s10,
)
from suites.functional import (
    test_1_12_result as s12,
)
from suites.functional import (
    test_1_13_rating as s13,
)
from tests.suites_functional.conftest import FREE, IN_PERSON, PAID, Recorded
from toantrinh.judgement import Judgement
from toantrinh.observations.journey import Journey, Reach, StepName
from toantrinh.verdicts import Verdict

P, F, HALF, NA, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.PARTIAL, Verdict.NOT_APPLICABLE, Verdict.NOT_TESTED
REVIEW = Verdict.NEEDS_REVIEW
Change = Callable[[Journey], Journey]


def same(journey: Journey) -> Journey:
    return journey


def put(part: str, **facts: Any) -> Change:
    """Changes facts of one part of the record, such as `pay`."""
    return lambda j: j.model_copy(update={part: getattr(j, part).model_copy(update=facts)})


def without(*parts: str) -> Change:
    return lambda j: j.model_copy(update={part: None for part in parts})


def ended(name: StepName, reach: Reach, why: str = "đổi trong phép thử") -> Change:
    """Lets a step end differently, and forgets the steps behind it."""

    def change(j: Journey) -> Journey:
        order = list(StepName)
        kept = tuple(s for s in j.steps if order.index(s.name) < order.index(name))
        return j.model_copy(update={"steps": (*kept, j.step(name).model_copy(update={"reach": reach, "why": why}))})

    return change


def labels(**changed: str) -> Change:
    def change(j: Journey) -> Journey:
        assert j.detail is not None
        return put("detail", labels={**j.detail.labels, **{k.replace("_", " "): v for k, v in changed.items()}})(j)

    return change


def renamed(old: str, new: str) -> Change:
    def change(j: Journey) -> Journey:
        assert j.detail is not None
        return put("detail", labels={(new if k == old else k): v for k, v in j.detail.labels.items()})(j)

    return change


def fields(**facts: Any) -> Change:
    """Changes every field of the form."""
    return lambda j: j.model_copy(
        update={
            "form": tuple(
                p.model_copy(update={"fields": tuple(f.model_copy(update=facts) for f in p.fields)}) for p in j.form
            )
        }
    )


def uploads(keep: int | None = None, **facts: Any) -> Change:
    return lambda j: j.model_copy(update={"uploads": tuple(u.model_copy(update=facts) for u in j.uploads[:keep])})


def statuses(**facts: Any) -> Change:
    return lambda j: j.model_copy(update={"statuses": tuple(s.model_copy(update=facts) for s in j.statuses)})


def only_newest(keep_lines: int | None = 3, title: str = "") -> Change:
    """Of the changes a page tells the newest alone, beside two dates that stay; `title`: of the step, for its status."""

    def change(j: Journey) -> Journey:
        told = [
            s.model_copy(
                update={
                    "history": (f"20:31 23/11/2026 {title or s.status}", "20:31 23/11/2026", "24/11/2026"),
                    "dated_lines": keep_lines if keep_lines else at,
                }
            )
            for at, s in enumerate(j.statuses, 3)
        ]
        return j.model_copy(update={"statuses": tuple(told)})

    return change


def templates(**facts: Any) -> Change:
    def change(j: Journey) -> Journey:
        assert j.detail is not None
        return put("detail", templates=tuple(t.model_copy(update=facts) for t in j.detail.templates))(j)

    return change


def both(*changes: Change) -> Change:
    def change(j: Journey) -> Journey:
        for one in changes:
            j = one(j)
        return j

    return change


def asked_again(j: Journey) -> Journey:
    """The first question that was answered by hand is asked again on another page."""
    first = next(f for p in j.form for f in p.fields if not f.prefilled and f.role == "textbox" and f.label)
    last = j.form[-1].model_copy(update={"address": "http://127.0.0.1/ho-so/x/buoc-lap-lai", "fields": (first,)})
    return j.model_copy(update={"form": (*j.form, last)})


def asked_again_prefilled(j: Journey) -> Journey:
    """The look-alike: shown once more on a review page, filled in."""
    twice = asked_again(j)
    shown = twice.form[-1].fields[0].model_copy(update={"prefilled": True})
    return twice.model_copy(update={"form": (*twice.form[:-1], twice.form[-1].model_copy(update={"fields": (shown,)}))})


@dataclass(frozen=True)
class Case:
    """One check: on which journey, what makes it fail, and what looks like a fault and is none."""

    test: Callable[..., None]
    fails: Change
    verdict: Verdict
    look_alike: Change
    service: str = PAID
    clean: Verdict = P
    silent: Verdict = P


CASES = [
    Case(s01.test_keyword_from_home, ended(StepName.SEARCH, Reach.REFUSED), F, put("search", rank=3)),
    Case(s01.test_target_among_first, put("search", rank=9), F, put("search", rank=5)),
    Case(s02.test_detail_labels, labels(Căn_cứ_pháp_lý="-"), HALF, renamed("Địa chỉ tiếp nhận HS", "Địa chỉ tiếp nhận hồ sơ")),
    Case(s02.test_templates_download, templates(sound=False, kind="html"), HALF, templates(kind="doc")),
    Case(s02.test_fee_and_time, both(labels(Thời_hạn_giải_quyết="theo quy định", Cách_thức_thực_hiện="")), HALF, labels(Phí_lệ_phí="Miễn phí")),
    Case(s03.test_label_on_service, put("detail", level_label=""), F, put("detail", level_label="một phần")),
    Case(s03.test_declared_equals_measured, both(put("pay", completed=False)), F, both(without("pay"), lambda j: j.model_copy(update={"fee": 0})), silent=P),
    Case(s03.test_published_fully, labels(Căn_cứ_pháp_lý=""), F, renamed("Kết quả thực hiện", "Kết quả")),
    Case(s03.test_forms_downloadable, templates(sound=False), F, templates(kind="docx")),
    Case(s03.test_filled_and_sent_online, both(without("submit"), ended(StepName.FORM, Reach.REFUSED)), F, without("sign")),
    Case(s03.test_whole_dossier_electronic, uploads(attached="", from_store=False, required=True), F, uploads(attached="", from_store=True)),
    Case(s03.test_fee_online, without("pay"), F, lambda j: without("pay")(j.model_copy(update={"fee": 0}))),
    Case(s04.test_national_identity_is_offered, put("log_in", offered=(), hosts=("127.0.0.1:1",)), F, put("log_in", offered=("Tài khoản định danh",), hosts=("127.0.0.1:1",))),
    Case(s04.test_redirect_is_real, lambda j: put("log_in", hosts=(j.steps[0].address.split("/")[2],))(j), F, put("log_in", hosts=("dichvucong.gov.vn", "xacthuc.dichvucong.gov.vn"))),
    Case(s04.test_returns_to_the_service, put("log_in", service_named_after=False), F, put("log_in", back_at="http://127.0.0.1/khac")),
    Case(s05.test_form_is_interactive, lambda j: j.model_copy(update={"form": ()}), F, fields(type="")),
    Case(s05.test_required_fields_are_marked, fields(required=True, marked=False, readonly=False), HALF, fields(required=False, marked=True)),
    Case(s05.test_account_data_is_prefilled, fields(prefilled=False), F, fields(prefilled=True, readonly=True)),
    Case(s05.test_nothing_is_asked_twice, asked_again, F, asked_again_prefilled),
    Case(s06.test_place_for_each_document, uploads(keep=1), HALF, uploads(label="Tệp đính kèm")),
    Case(s06.test_types_and_sizes_are_stated, uploads(row="Giấy tờ", label="Giấy tờ"), HALF, uploads(row="Tệp JPG, dung lượng tối đa 2 MB")),
    Case(s06.test_documents_held_are_offered, uploads(from_store=False), F, uploads(from_store=True)),
    Case(s07.test_signing_is_offered_in_the_flow, both(without("sign"), ended(StepName.SIGN, Reach.NOT_NEEDED)), F, put("sign", offered="Ký điện tử")),
    Case(s07.test_signature_of_the_result_verifies, put("result", signature="broken"), F, put("result", signer="Cơ quan khác")),
    Case(s08.test_amount_equals_published_fee, put("pay", amount=9000), F, lambda j: j.model_copy(update={"fee": 9000})),
    Case(s08.test_payment_completes, put("pay", completed=False), F, put("pay", said="")),
    Case(s08.test_payment_gives_a_receipt, put("pay", receipt=""), F, put("pay", receipt="BL-1")),
    Case(s08.test_free_service_asks_for_nothing, lambda j: j.model_copy(update={"pay": _PAY}), F, lambda j: j.model_copy(update={"pay": _PAY.model_copy(update={"amount": 0})}), service=FREE),
    Case(s09.test_code_is_in_a_legal_form, put("submit", code="HS-2026-7"), F, put("submit", code="H99.21-261121-0007")),
    Case(s09.test_receipt_carries_the_promised_date, put("submit", promised=""), HALF, put("submit", receipt="Phiếu hẹn")),
    Case(s09.test_confirmation_survives_a_reload, put("submit", code_after_reload=""), F, put("submit", said="khác")),
    Case(s10.test_lookup_by_code, ended(StepName.LOOK_UP, Reach.REFUSED), F, put("submit", said="khác")),
    Case(s10.test_status_in_the_national_words, statuses(status="Chờ"), F, statuses(status="ĐƯỢC TIẾP NHẬN")),
    Case(s10.test_history_with_dates, statuses(history=("Đã tiếp nhận",)), F, statuses(history=("2026-11-21 Được tiếp nhận",))),
    Case(s10.test_history_with_dates, only_newest(), F, only_newest(keep_lines=None)),  # dates of their own, in each line
    Case(s10.test_history_with_dates, only_newest(), F, only_newest(title="Bước giải quyết")),  # steps, not statuses
    Case(s10.test_unit_is_shown, statuses(unit="", history=("21/11/2026 tiếp nhận",)), F, statuses(unit="", history=("21/11/2026 UBND phường Sao Mai",))),
    Case(s10.test_status_follows_the_officer, statuses(status="Mới đăng ký"), F, put("officer", acts=("tiếp nhận",))),
    Case(s10.test_a_notice_reaches_the_citizen, ended(StepName.NOTICE, Reach.REFUSED), F, put("notice", notices=("một",))),
    Case(s12.test_result_can_be_downloaded, put("result", bytes=0), F, put("result", kind="docx")),
    Case(s12.test_result_is_what_the_officer_issued, put("result", sha256="0" * 64), F, put("result", label="Tải về")),
    Case(s12.test_postal_return_can_be_chosen, put("submit", delivery_offered=("Nhận trực tiếp tại bộ phận một cửa",)), F, put("submit", delivery_offered=("Bưu điện gửi tận nhà",))),
    Case(s12.test_result_is_kept_in_the_store, put("result", kept_in_store=False), F, put("result", label="khác")),
    Case(s13.test_rating_is_asked_after_the_result, ended(StepName.RATING, Reach.ABSENT), F, put("rating", given="5")),
    Case(s13.test_rating_is_accepted_once, put("rating", asked_again=True), F, put("rating", said="")),
]  # fmt: skip

from toantrinh.observations.journey import PayFacts  # noqa: E402

_PAY = PayFacts(amount=5000, gateway="http://127.0.0.1/tra", completed=True, said="", receipt="1")


def judged(case: Case, recorded: Recorded, change: Change) -> Verdict:
    """The verdict of the check on the changed record."""
    journey = change(recorded.journeys[case.service])
    record = JourneyRecord(journey, recorded.system.verified is not None, "observations/x.json")
    known = {
        "journey": record,
        "journey_records": [record] * 3,
        "run": SimpleNamespace(system=recorded.system),
        "service_code": case.service,
    }
    try:
        case.test(**{name: known[name] for name in inspect.signature(case.test).parameters})
    except Judgement as judgement:
        return judgement.verdict
    return Verdict.PASS


def name(case: Case) -> str:
    return f"{case.test.__module__.rsplit('.', 1)[-1][5:9]}-{case.test.__name__[5:]}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_clean_portal_passes(case: Case, recorded: Recorded) -> None:
    assert judged(case, recorded, same) is case.clean


@pytest.mark.parametrize("case", CASES, ids=name)
def test_what_is_wrong_is_caught(case: Case, recorded: Recorded) -> None:
    assert judged(case, recorded, case.fails) is case.verdict


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_look_alike_costs_nothing(case: Case, recorded: Recorded) -> None:
    assert judged(case, recorded, case.look_alike) is case.silent


@pytest.mark.parametrize("told", [only_newest(), lambda j: ended(StepName.SUBMIT, Reach.UNANSWERED)(without_form(j))])
def test_where_it_may_stand_elsewhere_a_person_looks(recorded: Recorded, told: Change) -> None:
    record = JourneyRecord(told(recorded.journeys[FREE]), False, "observations/x.json")
    test = s05.test_form_is_interactive if not record.journey.form else s10.test_history_with_dates
    with pytest.raises(Judgement) as said:
        test(record)
    assert said.value.verdict is REVIEW


def without_form(j: Journey) -> Journey:
    return j.model_copy(update={"form": ()})


def test_absence_is_no_fail_where_nobody_has_verified_the_file(recorded: Recorded) -> None:
    journey = ended(StepName.RATING, Reach.ABSENT)(recorded.journeys[PAID])
    with pytest.raises(Judgement) as said:
        s13.test_rating_is_asked_after_the_result(JourneyRecord(journey, False, "observations/x.json"))
    assert said.value.verdict is REVIEW


@pytest.mark.parametrize(
    ("reach", "verdict"),
    [(Reach.BLOCKED, OPEN), (Reach.NOT_TRIED, OPEN), (Reach.TOOL_ERROR, Verdict.TOOL_ERROR), (Reach.NOT_NEEDED, NA)],
)
def test_what_we_did_not_see_is_never_held_against_the_system(
    reach: Reach, verdict: Verdict, recorded: Recorded
) -> None:
    journey = ended(StepName.RESULT, reach)(without("result")(recorded.journeys[PAID]))
    with pytest.raises(Judgement) as said:
        s12.test_result_can_be_downloaded(JourneyRecord(journey, True, "observations/x.json"))
    assert said.value.verdict is verdict


def test_a_service_that_is_partly_in_person_measures_as_what_it_declares(recorded: Recorded) -> None:
    record = JourneyRecord(recorded.journeys[IN_PERSON], True, "observations/x.json")
    assert record.level.level == "một phần"
    s03.test_declared_equals_measured(record)


def test_every_check_of_the_suite_has_a_case() -> None:
    suite, here = Path(s01.__file__).parent, Path(__file__).parent
    told = "\n".join(path.read_text(encoding="utf-8") for path in here.glob("test_*.py"))
    tests = {
        found
        for path in suite.glob("test_*.py")
        for found in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
    }
    assert not {found for found in tests if not re.search(rf"\b{found}\b", told)}


def catalogue(recorded: Recorded, **facts: Any) -> CatalogueRecord:
    return CatalogueRecord(recorded.catalogue.model_copy(update=facts), True)


def verdict_of(test: Callable[..., None], record: Any) -> Verdict:
    try:
        test(record)
    except Judgement as judgement:
        return judgement.verdict
    return Verdict.PASS


LIST_CASES = [
    (s01.test_filters_narrow, lambda r: {"filters": tuple(f.model_copy(update={"after": f.before}) for f in r.filters)}, lambda r: {"filters": tuple(f.model_copy(update={"after": 1}) for f in r.filters)}),
    (s01.test_no_result_message, lambda r: {"nothing": r.nothing.model_copy(update={"said": ""})}, lambda r: {"nothing": r.nothing.model_copy(update={"results": ("Gợi ý: đăng ký khai sinh",)})}),
    (s01.test_paging, lambda r: {"paging": None}, lambda r: {"paging": r.paging.model_copy(update={"control": "2"})}),
    (s03.test_count_by_level, lambda r: {"filters": (), "levels_offered": (), "rows_with_level": 0}, lambda r: {"filters": (), "levels_offered": ("Toàn trình (16)", "Một phần (5)")}),
]  # fmt: skip


@pytest.mark.parametrize(("test", "wrong", "alike"), LIST_CASES, ids=lambda c: getattr(c, "__name__", ""))
def test_checks_of_the_list(test: Any, wrong: Any, alike: Any, recorded: Recorded) -> None:
    assert verdict_of(test, catalogue(recorded)) is P
    assert verdict_of(test, catalogue(recorded, **wrong(recorded.catalogue))) in (F, HALF)
    assert verdict_of(test, catalogue(recorded, **alike(recorded.catalogue))) is P


@pytest.mark.parametrize("part", ["without_diacritics", "by_code"])
def test_checks_of_searching_otherwise(part: str, recorded: Recorded) -> None:
    test = {"without_diacritics": s01.test_without_diacritics, "by_code": s01.test_by_code}[part]
    tried = getattr(recorded.variants, part)
    assert verdict_of(test, recorded.variants) is P
    assert verdict_of(test, recorded.variants.model_copy(update={part: tried.model_copy(update={"rank": None})})) is F
    assert verdict_of(test, recorded.variants.model_copy(update={part: tried.model_copy(update={"rank": 4})})) is P
