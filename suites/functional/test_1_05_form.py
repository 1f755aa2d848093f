"""1.5 Biểu mẫu điện tử."""

from __future__ import annotations

from fixtures.checks import check
from fixtures.journeys import JourneyRecord
from fixtures.scenarios import ScenarioRecord
from suites.functional.returning import judge_return
from suites.functional.wrong_answers import judge_answers
from toantrinh.driver.lexicon import fold
from toantrinh.judgement import fail, needs_review, not_applicable, not_tested, partial
from toantrinh.observations.journey import FieldRecord, Journey, Reach, StepName
from toantrinh.observations.mistakes import RoughApplication

TEXT = ("textbox", "combobox", "spinbutton", "radio", "searchbox")
SUBJECTS = ("tre", "con", "nguoi mat", "nguoi da mat", "nguoi chet", "nguoi duoc khai sinh", "nguoi duoc khai tu")


@check("form.interactive")
def test_form_is_interactive(journey: JourneyRecord) -> None:
    """Biểu mẫu điền ngay trên trang, không phải tệp tải về."""
    journey.need_seen(StepName.FORM)
    fields = _fields(journey)
    if not fields:
        grounds = journey.grounds(StepName.FORM, "biểu mẫu điền trên trang", "không có trường")
        if stopped := _stopped(journey):
            needs_review(f"chưa thấy trường nào để điền, mà hành trình dừng trước khi nộp: {stopped}", grounds)
        fail("không có trường nào để điền trên trang", grounds)
    if journey.journey.unanswered and not journey.journey.reached(StepName.SUBMIT):
        needs_review("có câu hỏi mà trình điều khiển không trả lời được: " + "; ".join(journey.journey.unanswered))


@check("form.required-marked")
def test_required_fields_are_marked(journey: JourneyRecord) -> None:
    """Trường bắt buộc được đánh dấu."""
    journey.need_seen(StepName.FORM)
    required = [f for f in _fields(journey) if f.required and not f.readonly]
    if not required:
        if any(f.marked for f in _fields(journey)):
            return
        not_applicable("biểu mẫu không có trường bắt buộc")
    unmarked = [f.label for f in required if not f.marked]
    if unmarked:
        partial(
            1 - len(unmarked) / len(required),
            "trường bắt buộc không có dấu: " + "; ".join(unmarked[:6]),
            journey.grounds(StepName.FORM, "dấu * hoặc chữ “bắt buộc” ở nhãn", "; ".join(unmarked[:6])),
        )


@check("form.empty-refused")
def test_empty_fields_are_refused(rough: ScenarioRecord[RoughApplication]) -> None:
    """Bỏ trống ô bắt buộc thì bị từ chối, thông báo cạnh ô đó."""
    judge_answers(rough, lambda kind: kind == "empty", "biểu mẫu không có ô bắt buộc nào để bỏ trống", "để trống")


@check("form.malformed-refused")
def test_malformed_input_is_refused(rough: ScenarioRecord[RoughApplication]) -> None:
    """Dữ liệu sai định dạng bị từ chối, thông báo cạnh ô đó."""
    why = "biểu mẫu không có ô nào có định dạng (ngày, số, thư điện tử, điện thoại, số định danh)"
    judge_answers(rough, lambda kind: kind != "empty", why, "sai định dạng")


@check("form.refusal-keeps-answers")
def test_refusal_keeps_the_other_answers(rough: ScenarioRecord[RoughApplication]) -> None:
    """Khi bị từ chối, những gì đã điền vẫn còn."""
    rough.need(rough.data.form)
    refused = [trial for trial in rough.data.answers if trial.reach is Reach.REACHED and trial.stayed]
    rough.at(*refused)
    if not refused:
        not_tested("chưa lần nào biểu mẫu từ chối câu trả lời sai")
    found = [one for trial in refused for one in trial.kept if one.after is not None]
    if not found:
        not_tested("các trang bị từ chối không có ô nào khác đã điền để so")
    lost = list(dict.fromkeys(one.label for one in found if one.lost))
    if lost:
        first = next(trial for trial in refused if any(one.lost for one in trial.kept))
        partial(
            sum(not one.lost for one in found) / len(found),
            "bị từ chối thì mất: " + "; ".join(lost[:6]),
            rough.grounds(first, "các ô khác giữ nguyên", "; ".join(lost[:6])),
        )


@check("form.prefilled")
def test_account_data_is_prefilled(journey: JourneyRecord) -> None:
    """Dữ liệu của tài khoản được điền sẵn."""
    journey.need(StepName.LOG_IN)
    journey.need_seen(StepName.FORM)
    own = ("họ và tên", "họ tên", "họ, chữ đệm", "số định danh", "ngày sinh", "điện thoại")
    asked = [f for f in _fields(journey)[:25] if any(fold(word) in fold(f.label) for word in own)]
    if not asked:
        not_applicable("biểu mẫu không hỏi dữ liệu có trong tài khoản")
    if not any(f.prefilled for f in asked):
        fail(
            "không trường nào được điền sẵn từ tài khoản",
            journey.grounds(StepName.FORM, "họ tên, số định danh điền sẵn", "; ".join(f.label for f in asked[:6])),
        )


@check("form.asked-once")
def test_nothing_is_asked_twice(journey: JourneyRecord) -> None:
    """Một thông tin chỉ hỏi một lần."""
    journey.need(StepName.FORM, StepName.SUBMIT)
    seen: dict[tuple[str, str], str] = {}
    again = []
    for page in journey.journey.form:
        for field in page.fields:
            if field.prefilled or field.readonly or field.role not in TEXT or not field.label:
                continue
            key = (fold(field.group), fold(field.label))
            if key in seen and seen[key] != page.address and page.address.split("?")[0] != seen[key].split("?")[0]:
                again.append(field.label)
            seen.setdefault(key, page.address)
    again += _asked_in_parts(journey.journey)
    if again:
        fail(
            "hỏi lại điều đã trả lời: " + "; ".join(again[:6]),
            journey.grounds(StepName.FORM, "hỏi một lần", "; ".join(again[:6])),
        )


def _asked_in_parts(journey: Journey) -> list[str]:
    """What a service that joins several procedures asks once for each: the same words about the same person, twice on a
    page. Words that name nobody (họ và tên) may be asked of several people."""
    if "lien thong" not in fold(journey.name):
        return []
    again: list[str] = []
    for page in journey.form:
        asked = [fold(f.label) for f in page.fields if f.role in TEXT and not f.prefilled and not f.readonly]
        named = [label for label in asked if any(f" {who} " in f" {label} " for who in SUBJECTS)]
        again += [f.label for f in page.fields if named.count(fold(f.label)) > 1]
    return list(dict.fromkeys(again))


@check("form.cascade")
def test_communes_follow_the_province(rough: ScenarioRecord[RoughApplication]) -> None:
    """Chọn tỉnh thì danh sách xã đổi theo."""
    trial = rough.data.cascade
    rough.need(trial)
    before, after = trial.communes_before, trial.communes_after
    grounds = rough.grounds(
        trial,
        f"xã, phường của {trial.chosen_after}",
        "; ".join(after[:6]) or "danh sách trống",
    )
    if not after:
        message = f"chọn {trial.chosen_after} thì danh sách xã trống"
        if rough.verified and before:
            fail(message, grounds)
        needs_review(message, grounds)
    if len(before) > 1 and set(before) <= set(after):
        fail(f"chọn {trial.chosen_after} mà danh sách xã vẫn là của {trial.chosen_before or 'tỉnh khác'}", grounds)


@check("form.draft-found-again")
def test_draft_is_found_again(rough: ScenarioRecord[RoughApplication]) -> None:
    """Hồ sơ nháp lưu được và tìm lại được."""
    judge_return(rough, rough.data.draft, "mở lại bản nháp")


@check("form.back-keeps")
def test_back_loses_nothing(rough: ScenarioRecord[RoughApplication]) -> None:
    """Quay lại bước trước không mất dữ liệu."""
    ways = (rough.data.back_by_button, rough.data.back_by_browser)
    arrived = [trial for trial in ways if trial.reach is Reach.REACHED]
    if not arrived:
        rough.need(min(ways, key=lambda trial: trial.reach is not Reach.UNANSWERED))
    for trial in arrived:
        judge_return(rough, trial, f"quay lại bằng “{trial.pressed}”")


@check("form.expired-session-keeps")
def test_expired_session_loses_nothing(rough: ScenarioRecord[RoughApplication]) -> None:
    """Hết phiên giữa chừng không mất dữ liệu."""
    judge_return(rough, rough.data.expired, "hết phiên rồi đăng nhập lại")


def _stopped(journey: JourneyRecord) -> str:
    """Where the way ended before anything was sent, and why; empty when it was sent."""
    if journey.journey.reached(StepName.SUBMIT):
        return ""
    ended = (one for one in journey.journey.steps if one.reach not in (Reach.REACHED, Reach.NOT_NEEDED))
    return next((f"{one.name.vietnamese}: {one.why}" for one in ended if one.why), "")


def _fields(journey: JourneyRecord) -> list[FieldRecord]:
    return [field for page in journey.journey.form for field in page.fields if field.role in TEXT]
