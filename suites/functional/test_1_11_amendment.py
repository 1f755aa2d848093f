"""1.11 Bổ sung, rút hồ sơ."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.scenarios import ScenarioRecord
from toantrinh.driver.lexicon import fold, load_lexicon
from toantrinh.judgement import Grounds, fail, needs_review, not_tested, partial
from toantrinh.observations.journey import Reach
from toantrinh.observations.second_dossier import SecondDossier, SupplementAsked


@check("amend.supplement-reaches")
def test_supplement_request_reaches_the_citizen(second_dossier: ScenarioRecord[SecondDossier]) -> None:
    """Cán bộ yêu cầu bổ sung thì người dân biết, và biết phải bổ sung gì."""
    _sent(second_dossier)
    asked = second_dossier.data.asked
    second_dossier.need(asked)
    seen = f"trạng thái “{asked.status}”; {len(asked.notices or ())} thông báo"
    grounds = second_dossier.grounds(asked, "trạng thái yêu cầu bổ sung, nội dung cần bổ sung, thông báo", seen)
    if not _heard_of(asked):
        fail("cán bộ đã yêu cầu bổ sung mà người dân không thấy gì", grounds)
    if not asked.reason_shown:
        _half(second_dossier, "người dân thấy có yêu cầu bổ sung nhưng không thấy phải bổ sung gì", grounds)


@check("amend.supplement-answered")
def test_supplement_is_answered_online(second_dossier: ScenarioRecord[SecondDossier]) -> None:
    """Nộp bổ sung được ngay trên cổng và hồ sơ trở lại xử lý."""
    _sent(second_dossier)
    data = second_dossier.data
    if data.asked.reach is not Reach.REACHED:
        second_dossier.at(data.asked)
        not_tested(f"chưa có yêu cầu bổ sung để trả lời: {data.asked.why}")
    answered = data.answered
    if answered.reach is Reach.ABSENT and not _heard_of(data.asked):
        not_tested("yêu cầu bổ sung không đến được người dân nên chưa thử trả lời")
    second_dossier.need(answered)
    seen = f"trạng thái “{answered.status}” sau khi bấm “{answered.pressed}”"
    grounds = second_dossier.grounds(answered, "giấy tờ được nhận và hồ sơ trở lại xử lý", seen)
    if not answered.status:
        not_tested("nộp bổ sung xong không thấy trạng thái hồ sơ", grounds)
    if load_lexicon().says("supplement-asked", answered.status) and fold(answered.status) == fold(
        answered.status_before
    ):
        fail(f"đã nộp bổ sung mà hồ sơ vẫn ở “{answered.status}”", grounds)
    if not answered.attached:
        _half(second_dossier, "trả lời được bằng lời nhưng không có chỗ nộp giấy tờ bổ sung", grounds)


@check("amend.withdraw")
def test_dossier_can_be_withdrawn(second_dossier: ScenarioRecord[SecondDossier]) -> None:
    """Người dân rút được hồ sơ trên cổng."""
    _sent(second_dossier)
    withdrawn = second_dossier.data.withdrawn
    if withdrawn.reach is Reach.ABSENT and (withdrawn.offered_at_first or "trang ghi" in withdrawn.why):
        second_dossier.at(withdrawn)
        when = (
            "lúc mới nộp thì có, sau việc của cán bộ thì không" if withdrawn.offered_at_first else "hệ thống giới hạn"
        )
        needs_review(f"{withdrawn.why} ({when})", second_dossier.grounds(withdrawn, "rút được hồ sơ", withdrawn.why))
    second_dossier.need(withdrawn)
    if not withdrawn.confirmed:
        fail(
            f"bấm “{withdrawn.pressed}” rồi mà hồ sơ vẫn ở “{withdrawn.status or 'không rõ trạng thái'}”",
            second_dossier.grounds(withdrawn, "Công dân yêu cầu rút hồ sơ", withdrawn.status or "không có trạng thái"),
        )


def _heard_of(asked: SupplementAsked) -> bool:
    """True when anything told the citizen of the request: the status, what it says, a notice."""
    return load_lexicon().says("supplement-asked", asked.status) or asked.reason_shown or bool(asked.notices)


def _sent(record: ScenarioRecord[SecondDossier]) -> None:
    """Ends the check unless the second dossier was sent: what stopped it is asked by other checks."""
    record.need()
    if record.data.sent.reach is not Reach.REACHED and not record.data.sent.code:
        record.at(record.data.sent)
        not_tested(f"hồ sơ thứ hai chưa nộp được: {record.data.sent.why}")


def _half(record: ScenarioRecord[SecondDossier], message: str, grounds: Grounds) -> None:
    if record.verified:
        partial(0.5, message, grounds)
    needs_review(message, grounds)
